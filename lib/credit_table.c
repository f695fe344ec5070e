#include "credit_table.h"

/* Names are compared without regard to case, dots and hyphens; short ones in capitals must be so in
 * bylines. */
const struct pm_agency_row pm_agency_table[] = {
    /* worldwide */
    {"AFP",
     "Agence France-Presse|Agence France Presse|AFP News|AFP Factuel|AFP "
     "Relaxnews|AFP-Relaxnews|AFPTV|France-Presse|"
     "ETX Daily Up|ETX Studio|Франс Пресс|АФП|Agencia France-Presse|Agencia France Presse|أ ف "
     "ب|أ.ف.ب|فرانس برس|"
     "وكالة فرانس برس|الفرنسية|خبرگزاری فرانسه|法新社|法新|AFP通信|AFP時事|AFP=時事|AFPBB "
     "News|एएफपी|এএফপি|เอเอฟพี",
     "afp.com|afpforum.com|afpbb.com"},
    {"AP",
     "Associated Press|The Associated Press|AP News|Associated Press News|Assoc. Press|AP "
     "Wire|APNews|AP Sports|"
     "AP Business|AP Exclusive|Ассошиэйтед Пресс|АП|أسوشيتد برس|اسوشيتد برس|أ "
     "ب|أ.ب|美联社|美聯社|AP通信|एपी|"
     "एसोसिएटेड प्रेस|এপি|เอพี",
     "apnews.com|ap.org"},
    {"Reuters",
     "Thomson Reuters|Reuters News|Reuters News Agency|Reuters Staff|Reuters.com|Reuters "
     "Health|Reuters Agency|"
     "Reuters Limited|Reuters "
     "Breakingviews|Рейтер|Рейтерс|Ройтерс|Reuter|رويترز|رویترز|路透社|路透|ロイター|ロイター通信|"
     "로이터|로이터통신|रॉयटर्स|रायटर|रॉयटर|রয়টার্স|ரய்ட்டர்ஸ்|รอยเตอร์|Ројтерс|רויטרס|Ρόιτερς",
     "reuters.com|reutersagency.com"},
    {"Bloomberg",
     "Bloomberg News|Bloomberg L.P.|Bloomberg LP|Bloomberg.com|Bloomberg "
     "Opinion|Блумберг|بلومبرغ|بلومبيرغ|彭博社|彭博|"
     "ブルームバーグ|블룸버그|블룸버그통신",
     "bloomberg.com|bloomberg.co.jp|bloomberglinea.com"},
    {"UPI", "United Press International|UPI.com|U.P.I.", "upi.com"},
    {"dpa",
     "Deutsche Presse-Agentur|Deutschen Presse-Agentur|Deutsche Presseagentur|DPA "
     "International|dpa-infocom|"
     "dpa-infocom GmbH|dpa-AFX|dpa Sport|dpa/tmn|dpa-tmn|dpa-mag|dpa-com|German Press "
     "Agency|german news agency dpa|"
     "د ب أ|د.ب.أ|وكالة الأنباء الألمانية|ДПА|德新社|डीपीए",
     "dpa.com|dpa-international.com|dpa-news.de"},
    {"Xinhua",
     "Xinhua News "
     "Agency|Xinhuanet|新华社|新华网|新華社|新華網|شينخوا|Синьхуа|新华|新華社通信|신화통신|신화사|"
     "शिन्हुआ|"
     "Agencia Xinhua|Chine nouvelle",
     "xinhuanet.com|news.cn"},
    {"TASS",
     "ITAR-TASS|ИТАР-ТАСС|ТАСС|TASS News Agency|Russian News Agency "
     "TASS|タス通信|타스통신|塔斯社|تاس",
     "tass.ru|tass.com"},
    {"RIA Novosti", "РИА Новости|РИА|RIA|RIA Nowosti|РИА Спорт", "ria.ru"},
    {"Sputnik", "Sputnik News|Спутник|سبوتنيك|俄罗斯卫星通讯社|卫星通讯社|スプートニク", NULL},
    {"Interfax", "Интерфакс|Interfax News Agency|国际文传电讯社", "interfax.ru|interfax.com"},
    {"Interfax-Ukraine", "Интерфакс-Украина|Інтерфакс-Україна|Interfax Ukraine", "interfax.com.ua"},
    {"ANI", "Asian News International|ANI News|एएनआई|एएनआइ|এএনআই|ఏఎన్ఐ|ஏ.என்.ஐ", "aninews.in"},
    {"PTI",
     "Press Trust of India|Press Trust Of India|पीटीआई|पीटीआइ|भाषा|पीटीआई-भाषा|पीटीआई भाषा|प्रेस "
     "ट्रस्ट ऑफ इंडिया|পিটিআই|"
     "PTI Bhasha|પીટીઆઈ|ਪੀਟੀਆਈ|பிடிஐ|పీటీఐ|പിടിഐ",
     "ptinews.com"},
    {"IANS", "Indo-Asian News Service|Indo Asian News Service|आईएएनएस|IANS News|আইএএনএস",
     "ianslive.in"},
    {"UNI", "United News of India|यूनीवार्ता|वार्ता|यूएनआई", "uniindia.com"},
    {"Kyodo",
     "Kyodo News|Kyodo News "
     "Service|共同|共同通信|共同通信社|共同社|교도통신|教도|共同网|共同網|Киодо|Кёдо|كيودو",
     "kyodonews.net|kyodonews.jp|kyodo.co.jp|nordot.app"},
    {"Jiji", "Jiji Press|時事|時事通信|時事通信社|时事通讯社|지지통신", "jiji.com"},
    {"Yonhap",
     "Yonhap News|Yonhap News "
     "Agency|연합뉴스|연합|韩联社|韓聯社|聯合ニュース|聯合通訊|Ренхап|Ёнхап|يونهاب|연합뉴스TV",
     "yna.co.kr|yonhapnewstv.co.kr"},
    {"Newsis", "뉴시스|Newsis News Agency", "newsis.com"},
    {"News1", "뉴스1|News1 Korea", "news1.kr"},
    {"KCNA",
     "Korean Central News "
     "Agency|조선중앙통신|조선중앙통신사|朝鲜中央通讯社|朝中社|朝鮮中央通信|ЦТАК",
     "kcna.kp|kcna.co.jp|kcna.watch"},
    {"EFE",
     "Agencia EFE|EFE Agencia|EFE Verde|EFE News|Agencia Efe|EFE Salud|إفي|EFE Noticias|EFE/EPA",
     "efe.com"},
    {"Europa Press", "EuropaPress|Agencia Europa Press|EP Agencia", "europapress.es"},
    {"ANSA", "Agenzia ANSA|ANSAmed|ansa.it|Agência ANSA|Agencia ANSA|وكالة أنسا",
     "ansa.it|ansabrasil.com.br"},
    {"AGI", "Agenzia Giornalistica Italia|Agenzia Italia", "agi.it"},
    {"Adnkronos", "AdnKronos|Adn Kronos|AKI", "adnkronos.com"},
    {"LaPresse", "Agenzia LaPresse|LaPresse News Agency", "lapresse.it"},
    {"askanews", "Askanews|TMNews", "askanews.it"},
    {"Italpress", NULL, "italpress.com"},
    {"DIRE", "Agenzia DIRE|Agenzia Dire", "dire.it"},
    {"PA",
     "Press Association|PA Media|The Press Association|PA News|PA Sport|PA Wire|PA news agency|PA "
     "Newswire|PA Real Life",
     "pamediagroup.com|pressassociation.com|pa.media"},
    {"SWNS", "South West News Service", "swns.com"},
    {"LUSA", "Lusa|Agência Lusa|Agencia Lusa|Lusa News Agency", "lusa.pt"},
    {"Anadolu",
     "Anadolu Agency|Anadolu Ajansı|Anadolu Ajansi|AA|A.A.|Agence Anadolu|Agencia "
     "Anadolu|الأناضول|وكالة الأناضول|Анадолу|"
     "Агентство Анадолу|阿纳多卢通讯社|खबर अनादोलु|آناتولی|خبرگزاری آناتولی",
     "aa.com.tr"},
    {"IHA", "İhlas Haber Ajansı|Ihlas News Agency|İHA|İhlas", "iha.com.tr"},
    {"DHA", "Demirören Haber Ajansı|Demiroren News Agency|Doğan Haber Ajansı|Demirören News Agency",
     "dha.com.tr"},
    {"ANKA", "ANKA Haber Ajansı|Anka News Agency", "ankahaber.net"},
    {"APA", "Austria Presse Agentur|Austria Presse-Agentur|APA-OTS|APA Sport|APA-Science",
     "apa.at"},
    {"SDA",
     "Keystone-SDA|Keystone SDA|Schweizerische Depeschenagentur|sda-ats|Keystone-ATS|Keystone "
     "ATS|Keystone-SDA-ATS|awp/sda",
     "keystone-sda.ch|sda.ch"},
    {"ATS", "Agence télégraphique suisse|Agenzia telegrafica svizzera", NULL},
    {"AWP", "AWP Finanznachrichten|awp international", "awp.ch"},
    {"epd", "Evangelischer Pressedienst|Evangelische Pressedienst|Evangelischen Pressedienst",
     "epd.de"},
    {"KNA", "Katholische Nachrichten-Agentur|Katholischen Nachrichten-Agentur", "kna.de"},
    {"SID", "Sport-Informations-Dienst|Sportinformationsdienst|Sport Informations Dienst|SID Sport",
     "sid.de"},
    {"dts", "dts Nachrichtenagentur|dts-Nachrichtenagentur|dts news agency",
     "dts-nachrichtenagentur.de"},
    {"Belga", "Agence Belga|Belga News Agency|Belganews", "belga.be|belganewsagency.eu"},
    {"ANP", "Algemeen Nederlands Persbureau|ANP Producties", "anp.nl"},
    {"Ritzau", "Ritzaus Bureau|Ritzau Finans", "ritzau.dk"},
    {"NTB", "Norsk Telegrambyrå|NTB Nyheter", "ntb.no"},
    {"TT", "TT Nyhetsbyrån|TT News Agency|Tidningarnas Telegrambyrå", "tt.se"},
    {"STT", "Suomen Tietotoimisto|STT-Lehtikuva|STT Lehtikuva", "stt.fi"},
    {"BNS", "Baltic News Service", "bns.lt|bns.ee|bns.lv"},
    {"LETA", "Latvijas Informācijas aģentūra", "leta.lv"},
    {"ELTA", "Lietuvos naujienų agentūra", "elta.lt"},
    {"PAP", "Polska Agencja Prasowa|Polish Press Agency|Nauka w Polsce", "pap.pl"},
    {"CTK", "ČTK|Česká tisková kancelář|Czech News Agency|Ceska tiskova kancelar",
     "ctk.cz|ctk.eu|ceskenoviny.cz"},
    {"TASR", "Tlačová agentúra Slovenskej republiky", "tasr.sk"},
    {"SITA", "Slovenská tlačová agentúra", "sita.sk"},
    {"MTI", "Magyar Távirati Iroda|MTVA", "mti.hu"},
    {"Agerpres", "AGERPRES", "agerpres.ro"},
    {"Mediafax", NULL, "mediafax.ro"},
    {"BTA", "БТА|Bulgarian News Agency|Българска телеграфна агенция", "bta.bg"},
    {"ATA", "Albanian Telegraphic Agency|Agjencia Telegrafike Shqiptare", "ata.gov.al"},
    {"Tanjug", "Танјуг|TANJUG", "tanjug.rs"},
    {"Beta", "Novinska agencija Beta|Агенција Бета|Beta News Agency", "beta.rs"},
    {"FoNet", "Фонет|FoNet News Agency", "fonet.rs"},
    {"Hina", "HINA", "hina.hr"},
    {"STA", "Slovenska tiskovna agencija|Slovenian Press Agency", "sta.si"},
    {"FENA", "Federalna novinska agencija", "fena.ba"},
    {"SRNA", "СРНА", "srna.rs"},
    {"MIA", "МИА|Medijska informativna agencija", "mia.mk"},
    {"MINA", "Agencija MINA", "mina.news"},
    {"ANA-MPA",
     "ΑΠΕ-ΜΠΕ|ΑΠΕ|Athens News Agency|AMNA|Athens-Macedonian News Agency|Αθηναϊκό Πρακτορείο "
     "Ειδήσεων",
     "amna.gr"},
    {"CNA-Cyprus", "ΚΥΠΕ|Cyprus News Agency|Κυπριακό Πρακτορείο Ειδήσεων", "cna.org.cy"},
    {"Ukrinform", "Укрінформ|Укринформ", "ukrinform.ua|ukrinform.net|ukrinform.ru"},
    {"UNIAN", "УНІАН|УНИАН", "unian.ua|unian.net|unian.info"},
    {"UNN", "УНН|Українські Національні Новини", "unn.ua"},
    {"BelTA", "БелТА", "belta.by"},
    {"Moldpres", NULL, "moldpres.md"},
    {"IPN", "IPN Moldova", "ipn.md"},
    {"Armenpress", "Արմենպրես|Арменпресс|ARMENPRESS", "armenpress.am"},
    {"Azertac", "AZƏRTAC|АЗЕРТАДЖ|AZERTAC", "azertag.az"},
    {"Trend News Agency", NULL, "trend.az"},
    {"Interpressnews", "ინტერპრესნიუსი|IPN Georgia", "interpressnews.ge"},
    {"Kazinform", "Казинформ|ҚазАқпарат|Qazinform", "inform.kz|qazinform.com"},
    {"KyrTAg", "Кабар", "kabar.kg"},
    {"UzA", "УзА|O‘zA|UzA.uz", "uza.uz"},
    {"Montsame", "МОНЦАМЭ", "montsame.mn"},
    /* Middle East and Africa */
    {"MENA", "Middle East News Agency|أ ش أ|أ.ش.أ|وكالة أنباء الشرق الأوسط", "mena.org.eg"},
    {"SPA", "Saudi Press Agency|واس|وكالة الأنباء السعودية", "spa.gov.sa"},
    {"WAM", "Emirates News Agency|وام|وكالة أنباء الإمارات", "wam.ae"},
    {"QNA", "Qatar News Agency|قنا|وكالة الأنباء القطرية", "qna.org.qa"},
    {"KUNA", "Kuwait News Agency|كونا|وكالة الأنباء الكويتية", "kuna.net.kw"},
    {"BNA", "Bahrain News Agency|بنا|وكالة أنباء البحرين", "bna.bh"},
    {"ONA", "Oman News Agency|العمانية|وكالة الأنباء العمانية", "omannews.gov.om"},
    {"Petra", "Jordan News Agency|بترا|وكالة الأنباء الأردنية", "petra.gov.jo"},
    {"NNA", "National News Agency|الوكالة الوطنية للإعلام|وطنية", "nna-leb.gov.lb"},
    {"SANA", "Syrian Arab News Agency|سانا", "sana.sy"},
    {"WAFA", "وفا|Palestine News Agency|Palestinian News Agency", "wafa.ps"},
    {"Maan", "Ma'an News Agency|معا", "maannews.net"},
    {"INA", "Iraqi News Agency|واع", "ina.iq"},
    {"IRNA", "ایرنا|إرنا|Islamic Republic News Agency|خبرگزاری جمهوری اسلامی", "irna.ir"},
    {"ISNA", "ایسنا|Iranian Students News Agency|Iranian Students' News Agency", "isna.ir"},
    {"Fars", "فارس|Fars News Agency|خبرگزاری فارس|وكالة فارس", "farsnews.ir"},
    {"Tasnim", "تسنیم|Tasnim News Agency|خبرگزاری تسنیم", "tasnimnews.com"},
    {"Mehr News", "Mehr News Agency|خبرگزاری مهر", "mehrnews.com"},
    {"TPS", "Tazpit Press Service|TPS-IL|The Press Service of Israel", "tps.co.il"},
    {"JTA", "Jewish Telegraphic Agency", "jta.org"},
    {"JNS", "Jewish News Syndicate", "jns.org"},
    {"APS", "Algérie Presse Service|Algeria Press Service|وأج|وكالة الأنباء الجزائرية", "aps.dz"},
    {"MAP", "Maghreb Arabe Presse|و م ع|وكالة المغرب العربي للأنباء", "mapnews.ma|map.ma"},
    {"TAP", "Tunis Afrique Presse|وات|وكالة تونس إفريقيا للأنباء", "tap.info.tn"},
    {"LANA", "Libyan News Agency|وال", "lana.gov.ly"},
    {"SUNA", "Sudan News Agency|سونا", "suna-sd.net"},
    {"ENA", "Ethiopian News Agency", "ena.et"},
    {"GNA", "Ghana News Agency", "gna.org.gh"},
    {"NAN", "News Agency of Nigeria|The News Agency of Nigeria", "nannews.ng"},
    {"KNA-Kenya", "Kenya News Agency", "kenyanews.go.ke"},
    {"ZIANA", "New Ziana", "newziana.co.zw"},
    {"Nampa", "NAMPA|Namibia Press Agency", "nampa.org"},
    {"BOPA", "Botswana Press Agency", NULL},
    {"LENA", "Lesotho News Agency", NULL},
    {"ANGOP", "Angola Press|Agência Angola Press", "angop.ao"},
    {"AIM", "Agência de Informação de Moçambique", "aimnews.org"},
    {"AGP", "Agence Guinéenne de Presse|Agence Gabonaise de Presse", NULL},
    {"AIP", "Agence Ivoirienne de Presse", "aip.ci"},
    {"APS-Senegal", "Agence de presse sénégalaise", "aps.sn"},
    {"APO", "APO Group|African Press Organization", "apo-opa.com"},
    {"APA News", "Agence de Presse Africaine|African Press Agency|APAnews", "apanews.net"},
    {"ANA", "African News Agency", "africannewsagency.com"},
    {"PANA", "Panapress", "panapress.com"},
    {"SAnews", "SA News|South African Government News Agency|SAnews.gov.za", "sanews.gov.za"},
    /* Asia and the Pacific */
    {"CNS", "中新社|中新网|中新網|China News Service|中国新闻社|中國新聞社",
     "chinanews.com|chinanews.com.cn"},
    {"CNA", "中央社|Central News Agency|中央通訊社|Focus Taiwan", "cna.com.tw|focustaiwan.tw"},
    {"Bernama", "BERNAMA|马新社|馬新社", "bernama.com"},
    {"Antara", "ANTARA|Antara News|Kantor Berita Antara|LKBN Antara", "antaranews.com"},
    {"TTXVN", "VNA|Vietnam News Agency|Thông tấn xã Việt Nam|VietnamPlus|TTXVN/Vietnam+",
     "vnanet.vn|vietnamplus.vn"},
    {"PNA", "Philippine News Agency|Philippines News Agency", "pna.gov.ph"},
    {"TNA", "สำนักข่าวไทย|Thai News Agency", "tnamcot.com"},
    {"AKP", "Agence Kampuchea Presse", "akp.gov.kh"},
    {"KPL", "Lao News Agency", "kpl.gov.la"},
    {"MNA", "Myanmar News Agency", NULL},
    {"BSS", "Bangladesh Sangbad Sangstha|বাসস", "bssnews.net"},
    {"UNB", "United News of Bangladesh|ইউএনবি", "unb.com.bd"},
    {"APP", "Associated Press of Pakistan|اے پی پی", "app.com.pk"},
    {"PPI", "Pakistan Press International", "ppinewsagency.com"},
    {"INP", "Independent News Pakistan", "inp.net.pk"},
    {"Rastriya Samachar Samiti", "रासस", "rssnepal.com"},
    {"Pajhwok", "Pajhwok Afghan News", "pajhwok.com"},
    {"Bakhtar", "Bakhtar News Agency", "bakhtarnews.af"},
    {"AAP", "Australian Associated Press|AAP Newswire", "aap.com.au|aapnews.com.au"},
    {"RNZ", "Radio New Zealand|RNZ Pacific|RNZ News", "rnz.co.nz"},
    {"PACNEWS", "Pacific News Agency Service", NULL},
    /* the Americas */
    {"CP",
     "The Canadian Press|Canadian Press|La Presse Canadienne|Presse Canadienne|Presse canadienne",
     "thecanadianpress.com"},
    {"QMI", "Agence QMI|QMI Agency", NULL},
    {"Postmedia", "Postmedia News|Postmedia Network", NULL},
    {"TNS", "Tribune News Service|Tribune Content Agency|McClatchy-Tribune", NULL},
    {"CNN Wire", "CNN Newsource|CNN Newswire|CNN Wire Service|The-CNN-Wire|CNNWire", NULL},
    {"Dow Jones", "Dow Jones Newswires|Dow Jones Newswire", "dowjones.com"},
    {"RTTNews", "RTT News", "rttnews.com"},
    {"Kaiser Health News", "KFF Health News|KHN", "kffhealthnews.org|khn.org"},
    {"States Newsroom", NULL, "statesnewsroom.com"},
    {"Stacker", NULL, "stacker.com"},
    {"The Center Square", "Center Square", "thecentersquare.com"},
    {"NOTIMEX", "Notimex|Agencia Notimex", "notimex.gob.mx"},
    {"Agencia Reforma", "Grupo Reforma|Agencia REFORMA", NULL},
    {"Prensa Latina", "Agencia Prensa Latina", "prensa-latina.cu|plenglish.com"},
    {"ACN", "Agencia Cubana de Noticias|Agència Catalana de Notícies", "acn.cu|acn.cat"},
    {"Télam", "Telam|Agencia Télam|Agencia Telam", "telam.com.ar"},
    {"Noticias Argentinas", "Agencia Noticias Argentinas", "noticiasargentinas.com"},
    {"Andina", "Agencia Andina", "andina.pe"},
    {"Colprensa", NULL, "colprensa.com"},
    {"ABI", "Agencia Boliviana de Información", "abi.bo"},
    {"ANF", "Agencia de Noticias Fides", "noticiasfides.com"},
    {"AVN", "Agencia Venezolana de Noticias", "avn.info.ve"},
    {"Agência Brasil", "Agencia Brasil|Agência Brasil EBC", "agenciabrasil.ebc.com.br"},
    {"Estadão Conteúdo", "Estadao Conteudo|Agência Estado|Agencia Estado", NULL},
    {"Folhapress", NULL, "folhapress.folha.com.br"},
    {"Agência O Globo", "Agencia O Globo", NULL},
    {"CMC", "Caribbean Media Corporation|CANA News", "cmcnews.com"},
    {"IPS", "Inter Press Service", "ipsnews.net"},
    /* themes */
    {"CNS-Catholic", "Catholic News Service|OSV News", "catholicnews.com|osvnews.com"},
    {"RNS", "Religion News Service", "religionnews.com"},
    {"CNA-Catholic", "Catholic News Agency|ACI Prensa|ACI Stampa",
     "catholicnewsagency.com|aciprensa.com"},
    {"Fides", "Agenzia Fides", "fides.org"},
    {"AsiaNews", "Agenzia AsiaNews", "asianews.it"},
    {"Servimedia", NULL, "servimedia.es"},
    {"Colpisa", "Agencia Colpisa", NULL},
    {"Bang Showbiz", "BANG Showbiz|BangShowbiz", NULL},
    {"Cover Media", "Covermedia", NULL},
};

const size_t pm_agency_table_len = sizeof(pm_agency_table) / sizeof(pm_agency_table[0]);

/* clang-format off: a list breaks between its words */

const char pm_agency_unnamed[] =
    "agencies|news agencies|wire agencies|agency|agency reports|agency report|agency inputs|"
    "agencies inputs|wire services|wire service|wire reports|news services|news service|"
    "newswires|newswire|wires|international agencies|foreign agencies|agenturen|"
    "nachrichtenagenturen|agenturmaterial|agenturmeldungen|agenturmeldung|agences|"
    "agences de presse|agence|agencias|agencias internacionales|agencias de noticias|"
    "redacción y agencias|agenzie|agenzie di stampa|agências|agências internacionais|"
    "agentschappen|persbureaus|agencje|agentury|agenture|agencije|agenturyi|агентства|агенции|"
    "агенције|інформагентства|информагентства|πρακτορεία|ajanslar|ajansları|وكالات|الوكالات|"
    "وكالات أنباء|خبرگزاری‌ها|खबर एजेंसियां|एजेंसी|एजेंसियां|एजेंसियां|এজেন্সি|সংবাদ "
    "সংস্থা|"
    "ஏஜென்சி|各社電|综合外电|綜合外電|外電|外电|綜合報導|通讯社|通訊社|agensi|berita agensi|"
    "kantor berita|agencije i|byråer|telegrambyråer|uutistoimistot|ügynökségek|agentii|agenții";

const char pm_credit_labels[] =
    "source|sources|news source|origin|agency|agencies|news agency|wire|credit|via|from|"
    "courtesy|quelle|quellen|agentur|agenturen|source(s)|origine|agence|agences|fuente|fuentes|"
    "agencia|agencias|con información de|fonte|fonti|fontes|agenzia|agência|bron|bronnen|kilde|"
    "kilder|källa|källor|lähde|lähteet|heimild|allikas|avots|šaltinis|źródło|źródła|zrodlo|"
    "zdroj|zdroje|vir|izvor|извор|източник|источник|источники|источник информации|джерело|"
    "джерела|крыніца|forrás|sursa|surse|sursă|burimi|πηγή|πηγές|πηγη|kaynak|kaynaklar|"
    "haber kaynağı|mənbə|manba|дереккөз|աղբյուր|წყარო|מקור|المصدر|مصدر|المصادر|منبع|ماخذ|स्रोत|"
    "सोर्स|स्त्रोत|সূত্র|উৎস|સ્ત્રોત|ਸਰੋਤ|ஆதாரம்|మూలం|ಮೂಲ|ഉറവിടം|ที่มา|แหล่งข่าว|nguồn|theo|sumber|"
    "pinagmulan|chanzo|来源|來源|消息来源|稿源|资料来源|出典|提供|情報源|出处|출처|자료|제공|"
    "इनपुट|ইনপুট";

const char pm_credit_leads[] =
    "with inputs from|with input from|inputs from|input from|with agency inputs from|"
    "with files from|files from|with reporting from|with reporting by|"
    "with additional reporting from|with additional reporting by|additional reporting from|"
    "additional reporting by|additional report from|additional sources|additional source|"
    "additional material from|additional information from|additional contributions from|"
    "with contributions from|with information from|information from|reporting from|"
    "with content from|with material from|includes reporting from|includes material from|"
    "includes information from|compiled from|with reports from|reports from|reported by|"
    "report by|story by|text by|written by|this story is from|courtesy of|with assistance from|"
    "with help from|mit material von|mit material der|mit informationen von|"
    "mit informationen der|mit informationen|mit informationen aus|mit agenturmaterial von|"
    "mit meldungen von|mit agenturen|unter verwendung von material der|unter verwendung von|"
    "mit inhalten von|mit inhalten der|mit beiträgen von|mit texten von|mit|avec l'agence|"
    "avec des informations de|avec les informations de|avec les agences|avec|texte de|"
    "selon les informations de|con información de|con informacion de|"
    "con información de la agencia|con informaciones de|con agencias|con datos de|con|"
    "redacción con|con informazioni di|con informazioni da|com informações da|"
    "com informações do|com informações das|com informações de|com informações|com agências|"
    "com a|com|met medewerking van|met informatie van|met dank aan|met|med bidrag fra|"
    "med materiale fra|med materiale från|med|z wykorzystaniem|na podstawie|s využitím|"
    "s použitím|z materiálov|uz pomoć|по материалам|по данным|с использованием материалов|"
    "за матеріалами|за даними|з використанням матеріалів|forrás|με πληροφορίες από|"
    "με πληροφορίες|derleyen|मीडिया इनपुट|इनपुट|बشراكة|مع وكالة|مع|نقلا عن|نقلاً عن|"
    "به نقل از|dengan masukan dari|dilaporkan oleh|theo|tổng hợp từ|据|綜合|综合|with|"
    "with a file from|with reports by|con informes de|con reportes de|con material de|"
    "información de|informacion de|informazioni di|informações da";

const char pm_credit_claims[] =
    "contributed to this|contributed reporting|contributed to the report|also contributed|"
    "contributing to this|all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    "todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|"
    "riproduzione riservata|may not be published, broadcast|first published by|"
    "originally published by|originally appeared on|first appeared on|"
    "published by arrangement with|published under arrangement with|"
    "published in arrangement with|in arrangement with|syndicated feed|syndicated from|"
    "agency feed|wire feed|news agency feed|auto-generated from|provided by|supplied by|"
    "republished with permission|reprinted with permission|distributed by|übernommen|"
    "automatisch von der|aus dem feed|bereitgestellt|trug zu dies|trugen zu dies|mitgewirkt|"
    "ist eine meldung de|a contribué à|ont contribué à|cet article a été publié par|"
    "cette dépêche|contribuyó a est|contribuyeron a est|contribuiu para|contribuíram para|"
    "ha contribuito a|bidrog till|bidro til|bidragit till|droeg bij aan|przyczynił|přispěl|"
    "katkıda bulun|was first published|this report by|published from a|"
    "feed from the|unformatted feed|basiert auf material|stammt von der";

const char pm_credit_pictures[] =
    "photo|photos|photograph|photographer|photography|picture|pictures|image|images|pic|pics|"
    "foto|fotos|fotó|fotograf|fotografie|bild|bilder|bildquelle|titelbild|symbolbild|"
    "archivbild|bildrechte|fotocredit|getty|shutterstock|alamy|imago|istock|picture alliance|"
    "picture-alliance|unsplash|pixabay|video|videos|graphic|graphics|grafik|infografik|"
    "infographic|illustration|imagen|imágenes|imagem|immagine|immagini|fotografía|fotografia|"
    "crédit photo|zdjęcie|fot|фото|фотография|видео|відео|φωτογραφία|صورة|تصوير|写真|照片|图片|"
    "圖片|사진|ภาพ|ảnh|afbeelding|beeld|kuva|valokuva|zum bild|handout|pool|screenshot|"
    "screengrab|file";

const char pm_credit_fillers[] =
    "the|by|von|vom|de|der|die|den|das|del|della|dell|la|le|les|el|los|las|il|lo|da|do|das|dos|"
    "di|des|du|et|van|af|av|from|via|per|agency|agencies|news|agence|agencia|agencias|agenzia|"
    "agência|agentur|agenturen|nachrichtenagentur|nachrichtenagenturen|nachrichtendienst|"
    "presseagentur|pressebüro|persbureau|nyhedsbureauet|nyhetsbyrån|nyhetsbyrået|wire|service|"
    "services|newswire|staff|writer|writers|reporter|reporters|correspondent|correspondents|"
    "newsroom|bureau|desk|journalist|journalists|team|агентство|агентства|агенства|"
    "информагентства|агенция|агенција|ajansı|ajans|haber|وكالة|وكالات|خبرگزاری|एजेंसी|통신|"
    "기자|記者|记者|通信|電|电|讯|訊|material|meldung|meldungen|informationen|inhalte|inputs|"
    "input|feed|informes|reportes|media";

const char pm_credit_joins[] =
    "and|und|et|y|e|ed|och|og|en|ja|i|a|și|si|и|і|та|ve|và|dan|with|mit|avec|con|com|met|med|"
    "for|für|pour|para|per|via|through|plus|in";

/* clang-format on */
