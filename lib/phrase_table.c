/*
 * phrase_table.c - the vocabulary of phrases.c: data only.
 *
 * Add a phrase to a row of its class; lower case, "|" between phrases, punctuation does not count. A phrase may be in more
 * than one class. Words that stories use as often as interfaces do belong here only if they mean
 * something as a whole line ("share", "photo"): such a word counts nowhere else.
 */
#include "phrases.h"

const struct pm_phrase_row pm_phrase_table[] = {
    {PM_PHRASE_MORE,
     "read more|read also|also read|read next|read this|see also|see more|more|watch|"
     "watch also|watch more|learn more|find out more|click here|continue reading|keep reading|"
     "more on this|more on this story|you may also like|you might also like|"
     "you may be interested|you might be interested in|recommended reading|related|"
     "related story|related article|related articles|related stories|related news|"
     "related content|related topics|related coverage|related posts|read the full story|"
     "read full story|full story|listen|don't miss|further reading|more stories|more news|"
     "load more|show more|view more|view all|see all|more info|more information|"
     "story continues below|article continues below|article continues after|what to read next|"
     "in case you missed it|up next|next article|next story|editor's picks|editors' picks|"
     "from our partners|read the original article"},
    {PM_PHRASE_MORE,
     "lesen sie auch|lesen sie mehr|lesen sie hier|lesen sie weiter|lesen sie dazu|mehr lesen|"
     "mehr dazu|mehr zum thema|mehr zu diesem thema|mehr anzeigen|mehr erfahren|weiterlesen|"
     "weitere artikel|weitere nachrichten|weitere meldungen|siehe auch|auch interessant|"
     "das könnte sie auch interessieren|das könnte dich auch interessieren|"
     "das könnte ihnen auch gefallen|zum thema|zum artikel|verwandte artikel|verwandte themen|"
     "ähnliche artikel|passend dazu|hier geht es|hier lesen sie|nächster artikel|"
     "vorheriger artikel|alle anzeigen|zur startseite|hören sie"},
    {PM_PHRASE_MORE,
     "lire aussi|à lire aussi|a lire aussi|à lire|lire également|à lire également|"
     "lire la suite|en savoir plus|voir aussi|à voir aussi|voir plus|sur le même sujet|"
     "à découvrir|à lire ensuite|plus d'infos|plus d'informations|articles liés|"
     "articles similaires|contenus associés|pour aller plus loin|vous aimerez aussi|"
     "cela pourrait vous intéresser|découvrez aussi|lire l'article|article suivant|"
     "afficher plus|afficher la suite|plus d'articles|à ne pas manquer|regarder|écouter"},
    {PM_PHRASE_MORE,
     "leer más|lee también|leer también|lea también|lea además|lea más|leé también|"
     "le puede interesar|te puede interesar|puede interesarle|te recomendamos|"
     "también te puede interesar|también puedes leer|ver más|ver también|vea también|"
     "vea además|mira también|más información|más noticias|más sobre este tema|"
     "noticias relacionadas|noticia relacionada|artículos relacionados|temas relacionados|"
     "contenido relacionado|relacionadas|relacionados|seguir leyendo|sigue leyendo|"
     "siga leyendo|saber más|conoce más|además lee|no te pierdas|recomendados|recomendadas"},
    {PM_PHRASE_MORE,
     "leia mais|leia também|leia ainda|saiba mais|veja mais|veja também|ver mais|ler mais|"
     "mais sobre|mais notícias|notícias relacionadas|matérias relacionadas|"
     "artigos relacionados|conteúdo relacionado|continue lendo|continuar a ler|continue a ler|"
     "assista|confira também|você também pode gostar|pode gostar também|subscreva"},
    {PM_PHRASE_MORE,
     "leggi anche|leggi tutto|leggi di più|leggi di piu|leggi l'articolo|per approfondire|"
     "approfondisci|guarda anche|vedi anche|scopri di più|continua a leggere|"
     "articoli correlati|notizie correlate|potrebbe interessarti|ti potrebbe interessare|"
     "potrebbe interessarti anche|altre notizie|tutti gli articoli|mostra altro|correlati"},
    {PM_PHRASE_MORE,
     "lees ook|lees meer|lees verder|lees verder onder|meer lezen|bekijk ook|"
     "meer over dit onderwerp|ook interessant|gerelateerd|gerelateerde artikelen|meer nieuws|"
     "toon meer|verder lezen|tekst gaat verder"},
    {PM_PHRASE_MORE,
     "läs mer|läs också|läs även|läs vidare|mer om|relaterat|relaterade artiklar|visa mer|"
     "fler nyheter|se även|mer läsning"},
    {PM_PHRASE_MORE,
     "les mer|les også|les videre|se også|relatert|relaterte saker|vis mer|flere nyheter|"
     "saken fortsetter under"},
    {PM_PHRASE_MORE,
     "læs mere|læs også|læs videre|relaterede artikler|vis mere|flere nyheder|"
     "artiklen fortsætter"},
    {PM_PHRASE_MORE,
     "lue myös|lue lisää|lue seuraavaksi|katso myös|aiheesta muualla|aiheeseen liittyvää|"
     "näytä lisää|juttu jatkuu|artikkeli jatkuu mainoksen jälkeen"},
    {PM_PHRASE_MORE,
     "czytaj także|czytaj też|czytaj również|czytaj więcej|czytaj dalej|przeczytaj także|"
     "przeczytaj również|zobacz także|zobacz też|zobacz również|zobacz więcej|"
     "dowiedz się więcej|więcej na ten temat|powiązane|powiązane artykuły|polecane artykuły|"
     "polecamy|warto przeczytać|pokaż więcej|sprawdź także|dalszy ciąg materiału pod wideo"},
    {PM_PHRASE_MORE,
     "čtěte také|čtěte více|čtěte dále|přečtěte si také|přečtěte si i|mohlo by vás zajímat|"
     "mohlo by vás také zajímat|související články|související|související témata|"
     "více k tématu|zobrazit více|číst dále|další články|čítajte aj|prečítajte si aj|"
     "prečítajte si tiež|mohlo by vás zaujať|súvisiace články|súvisiace|viac k téme|čítať viac"},
    {PM_PHRASE_MORE,
     "olvassa el|olvasd el|kapcsolódó|kapcsolódó cikkek|kapcsolódó cikk|ajánló|"
     "ajánlott cikkek|ajánlott|bővebben|tovább olvasom|további cikkek|ez is érdekelheti|tovább"},
    {PM_PHRASE_MORE,
     "citește și|citeşte şi|citiți și|citește mai mult|citește mai departe|citiți mai mult|"
     "articole similare|pe aceeași temă|vezi și|mai multe|ar putea să te intereseze|"
     "recomandări"},
    {PM_PHRASE_MORE,
     "devamını oku|ayrıca bakınız|ilgili haberler|ilgili haber|benzer haberler|haberin devamı|"
     "daha fazla|ayrıca oku|diğer haberler|ilginizi çekebilir|bunlar da ilginizi çekebilir|"
     "önerilen haberler|oku"},
    {PM_PHRASE_MORE,
     "читайте также|читать также|читайте ещё|читайте еще|читать далее|читать дальше|подробнее|"
     "смотрите также|см. также|по теме|материалы по теме|ещё по теме|еще по теме|"
     "другие новости|больше новостей|новости по теме|показать еще|показать ещё|"
     "похожие новости|рекомендуем|вам может быть интересно"},
    {PM_PHRASE_MORE,
     "читайте також|читайте більше|читати далі|дивіться також|за темою|більше новин|"
     "детальніше|вас може зацікавити|новини за темою"},
    {PM_PHRASE_MORE,
     "прочетете още|прочети още|вижте още|вижте също|още по темата|виж още|свързани новини|"
     "прочитајте|pročitajte još|pročitajte i|pročitaj još|više o temi|vezane vijesti|"
     "povezani članci|povezane vijesti|povezano|preberite tudi|preberi več|preberite še|"
     "pročitajte više|više|сродне вести|прочитај још|повезано"},
    {PM_PHRASE_MORE,
     "διαβάστε επίσης|διαβάστε περισσότερα|διαβάστε ακόμη|διαβάστε ακόμα|δείτε επίσης|"
     "σχετικά άρθρα|σχετικά|περισσότερα|δείτε ακόμη|διαβάστε"},
    {PM_PHRASE_MORE,
     "اقرأ أيضا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|اقرأ ايضا|المزيد|شاهد أيضا|شاهد أيضاً|"
     "مواضيع ذات صلة|مقالات ذات صلة|أخبار ذات صلة|موضوعات ذات صلة|قد يهمك|قد يعجبك|"
     "مواضيع متعلقة|للمزيد"},
    {PM_PHRASE_MORE,
     "بیشتر بخوانید|بیشتر|همچنین بخوانید|مطالب مرتبط|اخبار مرتبط|یہ بھی پڑھیں|مزید پڑھیں|مزید|"
     "متعلقہ خبریں"},
    {PM_PHRASE_MORE,
     "קראו גם|קרא עוד|קרא גם|כתבות נוספות|עוד בנושא|להמשך קריאה"},
    {PM_PHRASE_MORE,
     "यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|और भी पढ़ें|इसे भी पढ़ें|संबंधित खबरें|और देखें|"
     "पढ़ें पूरी खबर|पूरी खबर पढ़ें|अधिक पढ़ें|हेही वाचा|आणखी वाचा|আরও পড়ুন|আরো পড়ুন|"
     "আরও দেখুন|மேலும் படிக்க|மேலும் வாசிக்க|మరింత చదవండి|ఇవి కూడా చదవండి|വായിക്കുക"},
    {PM_PHRASE_MORE,
     "baca juga|baca selengkapnya|baca lagi|selengkapnya|simak juga|lihat juga|"
     "artikel terkait|berita terkait|berita terkini|lihat semua|baca artikel|"
     "pilihan untuk anda|soma zaidi|basahin"},
    {PM_PHRASE_MORE,
     "xem thêm|đọc thêm|tin liên quan|bài liên quan|đọc tiếp|อ่านเพิ่มเติม|อ่านต่อ|"
     "ข่าวที่เกี่ยวข้อง|อ่านข่าวต้นฉบับ|ดูเพิ่มเติม"},
    {PM_PHRASE_MORE,
     "関連記事|関連ニュース|あわせて読みたい|こちらもおすすめ|続きを読む|もっと見る|もっと読む|記事全文|次の記事|おすすめ記事|合わせて読みたい|相关阅读|相关新闻|"
     "相关报道|延伸阅读|更多|查看更多|阅读更多|推荐阅读|阅读全文|相關新聞|延伸閱讀|更多新聞|看更多|推薦閱讀|閱讀更多|관련기사|관련 기사|더보기|더 보기|관련 뉴스|"
     "많이 본|이전 기사|다음 기사"},
    {PM_PHRASE_MORE,
     "full article|full report|read the article|mehr über|hier klicken|mehr lesen sie"},
    {PM_PHRASE_LIST,
     "published under|most read|most popular|most viewed|most shared|most commented|"
     "most watched|trending|trending now|trending topics|trending stories|popular|popular now|"
     "latest|latest news|latest stories|latest headlines|latest articles|top stories|top news|"
     "top headlines|recommended|recommended for you|recommendations|related|tags|tag|topics|"
     "topic|keywords|more from|more in|more on|more about|explore|explore more|discover|"
     "featured|editor's pick|in this article|in this story|about the author|about the authors|"
     "breaking news|just in|live|categories|category|archive|archives|next up|you may like|"
     "popular stories|popular articles|news in brief|other news|today's top stories|headlines|"
     "best of|sponsored stories|from the web|around the web|filed under|"
     "mentioned in this article|table of contents|on this page|live updates|what's new|gallery"},
    {PM_PHRASE_LIST,
     "meistgelesen|meistgelesene artikel|am meisten gelesen|die beliebtesten|beliebt|neueste|"
     "neueste artikel|neueste nachrichten|aktuelle nachrichten|aktuelles|empfehlungen|"
     "empfohlen|empfehlungen der redaktion|schlagworte|schlagwörter|themen|thema|stichworte|"
     "mehr aus|mehr von|top-themen|topthemen|top themen|newsticker|ticker|über den autor|"
     "zum autor|zur person|die redaktion empfiehlt|weitere angebote|weitere themen|lesetipps|"
     "neu auf"},
    {PM_PHRASE_LIST,
     "les plus lus|les plus lues|les plus consultés|à la une|en direct|les plus populaires|"
     "dernières nouvelles|dernières actualités|dernières infos|derniers articles|"
     "nos derniers articles|l'actu en direct|mots-clés|mots clés|thèmes|sujets|thématiques|"
     "recommandés|sélection de la rédaction|à propos de l'auteur|dans la même rubrique|"
     "les dernières actualités|vidéos|tendances|populaires|fil info|le fil info"},
    {PM_PHRASE_LIST,
     "lo más leído|lo más visto|más leídas|más leídos|las más leídas|más vistos|"
     "últimas noticias|lo último|noticias destacadas|etiquetas|temas|archivado en|en portada|"
     "destacados|tendencias|lo más reciente|recomendados para ti|te sugerimos|noticias de hoy|"
     "sobre el autor|más populares|en vivo|en esta nota|más de|más en"},
    {PM_PHRASE_LIST,
     "mais lidas|mais lidos|mais vistas|últimas notícias|últimas|destaques|tópicos|assuntos|"
     "recomendadas para si|recomendados para você|em destaque|ao vivo|sobre o autor|populares|"
     "tudo sobre|mais de"},
    {PM_PHRASE_LIST,
     "i più letti|più letti|le più lette|più lette|ultime notizie|ultima ora|in evidenza|"
     "argomenti|in primo piano|ultimi articoli|consigliati|raccomandati|i più visti|"
     "di tendenza|in diretta|notizie"},
    {PM_PHRASE_LIST,
     "meest gelezen|het laatste nieuws|laatste nieuws|net binnen|populair|onderwerpen|"
     "aanbevolen|meest recent|mest läst|mest lästa|senaste nytt|senaste|ämnen|taggar|"
     "mest lest|siste nytt|siste|temaer|emner|mest læste|seneste nyt|seneste|luetuimmat|"
     "tuoreimmat|uusimmat|suosituimmat|aiheet|uutiset"},
    {PM_PHRASE_LIST,
     "najczęściej czytane|najpopularniejsze|najnowsze|ostatnie wiadomości|tagi|tematy|"
     "polecane|wiadomości|najnowsze artykuły|na temat|wybrane dla ciebie|więcej o|nejčtenější|"
     "nejnovější|doporučujeme|témata|štítky|hlavní zprávy|nejčtenější články|doporučované|"
     "najčítanejšie|najnovšie|odporúčame|témy|legolvasottabb|legfrissebb|friss hírek|címkék|"
     "hírek|népszerű|legnépszerűbb|cele mai citite|ultimele știri|etichete|știri|cele mai noi|"
     "cele mai populare|taguri"},
    {PM_PHRASE_LIST,
     "en çok okunanlar|çok okunanlar|son dakika|son haberler|etiketler|manşetler|gündem|"
     "son dakika haberleri|diğer|öne çıkanlar|самое читаемое|самое популярное|популярное|"
     "последние новости|новости|теги|темы|лента новостей|главное|рекомендации|главные новости|"
     "найпопулярніше|останні новини|теми|популярне|головне|новини|најчитано|најновије|"
     "најновије вести|най-четени|последни новини|тагове|најчитаније|najčitanije|najnovije|"
     "vezane teme|teme|oznake|najnovejše|najbolj brano|δημοφιλή|τελευταία νέα|ετικέτες|"
     "ροή ειδήσεων|θέματα|τελευταίες ειδήσεις|δείτε όλες τις τελευταίες ειδήσεις"},
    {PM_PHRASE_LIST,
     "الأكثر قراءة|الأكثر مشاهدة|آخر الأخبار|أخبار عاجلة|وسوم|الوسوم|كلمات مفتاحية|"
     "الكلمات المفتاحية|اخترنا لك|أهم الأخبار|أحدث الأخبار|الأكثر تداولا|پربازدیدترین|"
     "آخرین اخبار|برچسب ها|برچسب‌ها|تازہ ترین|پڑھے جانے والی|הנקראות ביותר|תגיות|खबरें|"
     "टॉप न्यूज़|टॉप न्यूज|ट्रेंडिंग|लेटेस्ट न्यूज़|ताज़ा खबरें|ताजा खबरें|टैग्स|টপ নিউজ|"
     "সর্বশেষ|সর্বাধিক পঠিত|জনপ্রিয়|terpopuler|terbaru|berita terbaru|berita lainnya|topik|"
     "populer|tin mới|tin mới nhất|đọc nhiều|từ khóa|chủ đề|ข่าวล่าสุด|ข่าวเด่น|ยอดนิยม|แท็ก|"
     "アクセスランキング|ランキング|人気記事|新着記事|新着|最新ニュース|タグ|注目|トピックス|热门|最新|最新消息|标签|热点|排行|热门新闻|熱門|熱門新聞|最新新聞|"
     "標籤|關鍵字|即時|많이 본 뉴스|인기 기사|최신 뉴스|태그|실시간|최신기사|인기기사"},
    {PM_PHRASE_SHARE,
     "share|share this|share this article|share this story|share article|share on facebook|"
     "share on twitter|share on x|share on whatsapp|share on linkedin|share via email|tweet|"
     "tweet this|pin it|email|e-mail|mail|print|print article|copy link|link copied|copied|"
     "save|save article|bookmark|like|like us on facebook|follow|follow us|follow us on|"
     "facebook|twitter|x|whatsapp|linkedin|telegram|pinterest|reddit|instagram|youtube|"
     "messenger|tiktok|threads|bluesky|mastodon|flipboard|tumblr|viber|line|vk|vkontakte|"
     "odnoklassniki|xing|pocket|google|google+|google news|google plus|rss|rss feed|sms|"
     "snapchat|wechat|weibo|skype|gmail|show more sharing options|x (twitter)|twitter/x|"
     "add as preferred source|add us on google|a a|gift|gift article|blogger|stumbleupon|"
     "buffer|url|link|linked in|weixin|discord|kakao talk|kakaotalk|naver|band|"
     "whatsapp channel|spotify|apple podcasts|apple news|sina weibo"},
    {PM_PHRASE_SHARE,
     "teilen|artikel teilen|auf facebook teilen|auf twitter teilen|auf x teilen|"
     "per e-mail teilen|per whatsapp teilen|drucken|link kopieren|merken|speichern|folgen|"
     "folgen sie uns|kopieren|feedback|artikel drucken|zum merken"},
    {PM_PHRASE_SHARE,
     "partager|partager sur|partager sur facebook|partager sur twitter|partager l'article|"
     "partager cet article|envoyer par email|envoyer|imprimer|copier le lien|enregistrer|"
     "suivez-nous|suivre|sauvegarder|courriel|partagez|par e-mail"},
    {PM_PHRASE_SHARE,
     "compartir|compartir en|comparte|comparte esta noticia|compártelo|compartir en facebook|"
     "enviar|enviar por email|imprimir|copiar enlace|guardar|síguenos|síganos|seguir|correo|"
     "correo electrónico|copiar link|copia el enlace|enlace copiado|siga a|síguenos en"},
    {PM_PHRASE_SHARE,
     "compartilhar|compartilhe|partilhar|partilhe|partilhar no facebook|salvar|siga-nos|"
     "copiar|enviar por e-mail"},
    {PM_PHRASE_SHARE,
     "condividi|condividi su|condividi su facebook|condividi l'articolo|stampa|salva|seguici|"
     "seguici su|copia link|invia|copia"},
    {PM_PHRASE_SHARE,
     "delen|deel|deel dit artikel|deel via|afdrukken|kopieer link|volg ons|bewaar|opslaan|"
     "dela|dela artikel|skriv ut|spara|kopiera länk|följ oss|del|del artikel|del på facebook|"
     "skriv ud|gem|kopier link|kopier lenke|følg oss|følg os|jaa|jaa artikkeli|tulosta|"
     "kopioi linkki|tallenna"},
    {PM_PHRASE_SHARE,
     "udostępnij|udostępnij artykuł|podziel się|drukuj|kopiuj link|skopiuj link|obserwuj|"
     "obserwuj nas|zapisz|wyślij|sdílet|sdílejte|sdílejte článek|tisk|tisknout|sledovat|"
     "sledujte nás|zdieľať|zdieľaj|zdieľajte|uložiť|poslať|vytlačiť|megosztás|megosztom|"
     "nyomtatás|küldés|mentés|distribuie|distribuiți|trimite|salvează"},
    {PM_PHRASE_SHARE,
     "paylaş|paylas|yazdır|kaydet|takip et|bizi takip edin|kopyala|gönder|поделиться|"
     "поделиться в|распечатать|печать|сохранить|копировать ссылку|скопировать ссылку|"
     "подписаться|подписывайтесь|отправить|поділитися|поширити|роздрукувати|зберегти|сподели|"
     "споделете|podijeli|podeli|подели|deli|spremi|сачувај|pošalji|κοινοποίηση|κοινοποιήστε|"
     "εκτύπωση|μοιραστείτε|ακολουθήστε μας|αποθήκευση"},
    {PM_PHRASE_SHARE,
     "شارك|مشاركة|شارك على|شاركها|طباعة|حفظ|تابعنا|نسخ الرابط|انسخ الرابط|فيسبوك|تويتر|واتساب|"
     "واتس اب|تيليجرام|تلغرام|انستغرام|يوتيوب|لينكدإن|اشتراک گذاری|شیئر کریں|فیس بک|واٹس ایپ|"
     "ٹوئٹر|شیئر|שתף|שתפו|הדפסה|शेयर करें|शेयर|कॉपी लिंक|फॉलो करें|हमें फॉलो करें|फेसबुक|"
     "ट्विटर|व्हाट्सएप|শেয়ার|শেয়ার করুন|ফেসবুক|প্রিন্ট|bagikan|salin tautan|ikuti kami|"
     "cetak|chia sẻ|lưu|in bài|theo dõi|แชร์|แชร์ข่าว|บันทึก|พิมพ์|ติดตาม|シェア|シェアする|共有|ツイート|"
     "保存|印刷|ブックマーク|フォロー|コピー|リンクをコピー|分享|分享到|打印|收藏|微信|微博|轉發|列印|复制链接|複製連結|공유|공유하기|인쇄|스크랩|저장|"
     "링크 복사|페이스북|트위터|카카오톡|카카오스토리|네이버|구독|구독하기"},
    {PM_PHRASE_SIGN,
     "subscribe|subscribe now|subscribe to our newsletter|subscribe to the newsletter|"
     "subscribe to continue|subscribe for|subscriptions|subscription|sign in|sign up|"
     "sign up for|sign up here|sign up now|sign up to|sign out|log in|login|log out|logout|"
     "register|register now|create account|create an account|my account|account|newsletter|"
     "newsletters|our newsletter|daily newsletter|email address|your email|enter your email|"
     "email newsletter|already have an account|already a subscriber|become a member|join now|"
     "join our|free trial|premium|members only|download the app|download our app|get the app|"
     "get our app|our app|support us|donate|donate now|support our journalism|"
     "unlimited access|e-paper|epaper|digital edition|notifications|push notifications|"
     "enable notifications|in your inbox|to your inbox|straight to your inbox|by signing up|"
     "you can unsubscribe|unsubscribe|thank you for subscribing|follow us on google news|"
     "follow us on facebook|follow us on twitter|follow us on instagram|join our whatsapp|"
     "our whatsapp channel|our telegram channel|push alerts"},
    {PM_PHRASE_SIGN,
     "abonnieren|abo|abonnement|abonnements|jetzt abonnieren|anmelden|einloggen|registrieren|"
     "jetzt registrieren|konto|mein konto|newsletter abonnieren|newsletter anmelden|"
     "kostenlos registrieren|e-mail-adresse|jetzt anmelden|abmelden|mit anmeldung|"
     "plus-artikel|zum abo|unterstützen sie uns|jetzt testen"},
    {PM_PHRASE_SIGN,
     "s'abonner|abonnez-vous|je m'abonne|s'inscrire|inscrivez-vous|se connecter|connexion|"
     "mon compte|créer un compte|déjà abonné|abonnés|réservé aux abonnés|lettre d'information|"
     "votre adresse e-mail|recevez|notre newsletter|infolettre|infolettres|se déconnecter|"
     "abonnez vous|faire un don|soutenez-nous"},
    {PM_PHRASE_SIGN,
     "suscríbete|suscribirse|suscríbase|suscribirme|suscripción|suscripciones|iniciar sesión|"
     "inicia sesión|regístrate|registrarse|regístrese|mi cuenta|boletín|boletines|"
     "correo electrónico|nuestro boletín|ya soy suscriptor|accede|acceder|cerrar sesión|"
     "nuestro canal de whatsapp|canal de whatsapp|canal de telegram"},
    {PM_PHRASE_SIGN,
     "assine|assine já|assinar|assinatura|assinantes|entrar|fazer login|faça login|"
     "cadastre-se|cadastrar|criar conta|minha conta|já sou assinante|nossa newsletter|receba|"
     "iniciar sessão|inscreva-se|canal do whatsapp|registe-se|assinaturas"},
    {PM_PHRASE_SIGN,
     "abbonati|abbonamenti|abbonamento|accedi|registrati|iscriviti|iscriviti alla newsletter|"
     "il mio account|esci|già abbonato|canale whatsapp|abonneren|abonneer|abonneer je|"
     "inloggen|aanmelden|registreren|mijn account|nieuwsbrief|nieuwsbrieven|schrijf je in|"
     "uitloggen|prenumerera|bli prenumerant|logga in|logga ut|skapa konto|nyhetsbrev|"
     "nyhetsbrevet|abonner|bli abonnent|bliv abonnent|logg inn|logg ut|log ind|log ud|"
     "opret konto|tilmeld|tilmeld dig|meld deg på|tilaa|kirjaudu|kirjaudu sisään|rekisteröidy|"
     "uutiskirje|uutiskirjeet|tilaajille"},
    {PM_PHRASE_SIGN,
     "subskrybuj|zaloguj się|zaloguj|zarejestruj się|zapisz się|moje konto|wyloguj|"
     "prenumerata|kup dostęp|przihlásit|přihlásit|přihlásit se|přihlásit k odběru|registrace|"
     "registrovat|předplatné|předplatit|odebírat|můj účet|prihlásiť|prihlásiť sa|predplatné|"
     "registrácia|odoberať|belépés|bejelentkezés|regisztráció|előfizetés|előfizetek|"
     "feliratkozás|feliratkozom|hírlevél|abonează-te|abonare|autentificare|conectare|"
     "înregistrare|contul meu"},
    {PM_PHRASE_SIGN,
     "abone ol|giriş yap|üye ol|kayıt ol|bülten|e-bülten|üye girişi|войти|вход|регистрация|"
     "зарегистрироваться|личный кабинет|подписка|рассылка|подпишитесь|подпишитесь на|"
     "наш telegram|увійти|вхід|реєстрація|підписатися|підпишіться|підписуйтесь|розсилка|"
     "абонирай се|абонамент|prijava|prijavi se|registracija|registriraj se|pretplata|"
     "pretplatite se|prijavite se|naroči se|naročnina|naročite se|σύνδεση|εγγραφή|εγγραφείτε|"
     "συνδρομή|συνδρομητές"},
    {PM_PHRASE_SIGN,
     "اشترك|اشترك الآن|تسجيل الدخول|تسجيل|إنشاء حساب|حسابي|النشرة البريدية|النشرة الإخبارية|"
     "البريد الإلكتروني|ورود|ثبت نام|عضویت|خبرنامه|لاگ ان|רישום|התחברות|הרשמה|הירשמו|लॉगिन|"
     "लॉग इन|साइन इन|सब्सक्राइब|सब्सक्राइब करें|ऐप डाउनलोड करें|डाउनलोड करें|লগইন|সাবস্ক্রাইব|"
     "masuk|daftar|berlangganan|langganan|đăng nhập|đăng ký|สมัครสมาชิก|เข้าสู่ระบบ|ログイン|会員登録|"
     "新規登録|無料登録|有料会員|ログアウト|メルマガ|メールマガジン|登录|注册|订阅|登入|註冊|訂閱|會員|로그인|회원가입|로그아웃|뉴스레터|구독신청"},
    {PM_PHRASE_SIGN,
     "preferred source|google news|in your feed|in your feeds|free newsletter|news email|"
     "kostenlos testen|delivered to your inbox|download our|unsere app|free daily newsletter"},
    {PM_PHRASE_TALK,
     "comments|comment|leave a comment|post a comment|add a comment|add comment|"
     "write a comment|no comments|view comments|show comments|read comments|see comments|"
     "join the conversation|join the discussion|discussion|discuss|reply|replies|"
     "leave a reply|comments are closed|comment guidelines|your comment|your name|"
     "all comments|report comment|comments (0)|0 comments|be the first to comment|"
     "have your say|community guidelines|what do you think|letters to the editor|"
     "start the conversation"},
    {PM_PHRASE_TALK,
     "kommentare|kommentar|kommentieren|kommentar schreiben|kommentar verfassen|diskutieren|"
     "diskussion|antworten|forum|leserkommentare|keine kommentare|mitdiskutieren|"
     "jetzt kommentieren|leserbrief"},
    {PM_PHRASE_TALK,
     "commentaires|commentaire|commenter|laisser un commentaire|réagir|réactions|"
     "ajouter un commentaire|répondre|voir les commentaires|lire les commentaires|"
     "aucun commentaire|comentarios|comentario|comentar|deja un comentario|dejar comentario|"
     "deja tu comentario|responder|ver comentarios|sin comentarios|comentários|comentário|"
     "comente|deixe um comentário|deixe o seu comentário|ver comentários|commenti|commento|"
     "commenta|lascia un commento|rispondi|reacties|reageer|reageren|plaats een reactie|"
     "geef een reactie|kommentarer|kommentera|svara|kommenter|svar|debat|kommentit|kommentoi|"
     "vastaa|keskustelu|komentarze|komentarz|skomentuj|dodaj komentarz|odpowiedz|"
     "napisz komentarz|komentáře|komentář|diskuze|diskuse|přidat komentář|vstoupit do diskuze|"
     "diskusia|komentáre|pridať komentár|hozzászólások|hozzászólás|kommentek|szólj hozzá|"
     "comentarii|comentariu|adaugă un comentariu|scrie un comentariu|lasă un comentariu|"
     "yorumlar|yorum|yorum yap|yorum yaz|yanıtla|yorum ekle|комментарии|комментарий|"
     "комментировать|оставить комментарий|добавить комментарий|ответить|обсудить|коментарі|"
     "коментар|коментувати|додати коментар|коментари|коментирай|komentari|komentar|komentiraj|"
     "dodaj komentar|pošalji komentar|пошаљи коментар|komentarji|σχόλια|σχόλιο|σχολιάστε|"
     "αφήστε ένα σχόλιο|التعليقات|تعليقات|تعليق|أضف تعليق|اترك تعليقا|اترك تعليقاً|نظرات|نظر|"
     "تبصرے|תגובות|תגובה|कमेंट|कमेंट करें|टिप्पणी|মন্তব্য|kirim komentar|bình luận|ý kiến|"
     "ความคิดเห็น|แสดงความคิดเห็น|コメント|コメントする|コメントを書く|评论|发表评论|網友評論|留言|回复|回覆|댓글|댓글쓰기|댓글 쓰기|의견"},
    {PM_PHRASE_TALK,
     "community standards|community rules|comment policy|commenting policy|"
     "moderating comments|terms and policies"},
    {PM_PHRASE_LEGAL,
     "copyright|all rights reserved|rights reserved|privacy|privacy policy|cookie policy|"
     "cookies|cookie settings|cookie preferences|manage cookies|accept cookies|accept all|"
     "accept|reject all|terms|terms of use|terms of service|terms and conditions|"
     "terms & conditions|legal notice|disclaimer|legal|do not sell|"
     "do not sell my personal information|your privacy choices|"
     "this site is protected by recaptcha|we use cookies|uses cookies|we and our partners|"
     "consent|manage consent|ad choices|adchoices|accessibility|editorial policy|"
     "editorial standards|code of ethics|may not be published, broadcast|"
     "may not be reproduced|without permission|registered office|registered in|"
     "subject to change|views expressed|opinions expressed|the views expressed|"
     "do not necessarily reflect|does not necessarily reflect|syndicated feed|"
     "this story has been published|has not been edited"},
    {PM_PHRASE_LEGAL,
     "alle rechte vorbehalten|datenschutz|datenschutzerklärung|datenschutzrichtlinie|"
     "datenschutzhinweise|impressum|agb|nutzungsbedingungen|nutzungsbasierte online-werbung|"
     "cookie-einstellungen|privatsphäre|barrierefreiheit|widerruf|offenlegung|rechtliches|"
     "akzeptieren|alle akzeptieren|personenbezogene daten"},
    {PM_PHRASE_LEGAL,
     "tous droits réservés|mentions légales|politique de confidentialité|confidentialité|"
     "conditions générales|conditions d'utilisation|cgu|cgv|gérer les cookies|"
     "données personnelles|vie privée|accepter|reproduction interdite|"
     "todos los derechos reservados|derechos reservados|política de privacidad|privacidad|"
     "aviso legal|política de cookies|términos y condiciones|términos de uso|"
     "condiciones de uso|aviso de privacidad|aceptar|prohibida la reproducción|"
     "prohibida su reproducción|todos os direitos reservados|direitos reservados|"
     "termos de uso|termos e condições|política de privacidade|ficha técnica|"
     "proibida a reprodução|tutti i diritti riservati|diritti riservati|"
     "riproduzione riservata|informativa privacy|note legali|termini e condizioni|"
     "informativa sulla privacy|informativa sui cookie|partita iva|p.iva|"
     "alle rechten voorbehouden|privacybeleid|privacyverklaring|gebruiksvoorwaarden|"
     "algemene voorwaarden|privacy-instellingen|cookiebeleid|integritetspolicy|personvern|"
     "personvernerklæring|privatlivspolitik|cookiepolitik|ansvarig utgivare|"
     "alla rättigheter förbehållna|ansvarlig redaktør|informasjonskapsler|tietosuoja|"
     "tietosuojaseloste|käyttöehdot|evästeasetukset|wszelkie prawa zastrzeżone|"
     "polityka prywatności|regulamin|ustawienia prywatności|prawa zastrzeżone|"
     "všechna práva vyhrazena|ochrana osobních údajů|ochrana soukromí|podmínky užití|"
     "nastavení soukromí|všetky práva vyhradené|ochrana osobných údajov|podmienky používania|"
     "minden jog fenntartva|adatvédelem|adatvédelmi|adatkezelési tájékoztató|"
     "felhasználási feltételek|impresszum|sütik|toate drepturile rezervate|"
     "politica de confidențialitate|termeni și condiții|tüm hakları saklıdır|"
     "her hakkı saklıdır|gizlilik politikası|gizlilik|kullanım koşulları|çerez politikası|"
     "kvkk|künye|все права защищены|политика конфиденциальности|пользовательское соглашение|"
     "правовая информация|использование материалов|при использовании материалов|"
     "зарегистрировано|свидетельство о регистрации|учредитель|усі права захищені|"
     "всі права захищені|політика конфіденційності|використання матеріалів|"
     "всички права запазени|общи условия|политика за поверителност|sva prava pridržana|"
     "sva prava zadržana|pravila privatnosti|uvjeti korištenja|uslovi korišćenja|"
     "politika privatnosti|pogoji uporabe|varstvo osebnih podatkov|vse pravice pridržane|"
     "όροι χρήσης|πολιτική απορρήτου|προσωπικά δεδομένα|ταυτότητα|"
     "με επιφύλαξη παντός δικαιώματος"},
    {PM_PHRASE_LEGAL,
     "جميع الحقوق محفوظة|حقوق النشر|سياسة الخصوصية|الخصوصية|شروط الاستخدام|الشروط والأحكام|"
     "تمامی حقوق|جملہ حقوق|כל הזכויות שמורות|תנאי שימוש|מדיניות פרטיות|सर्वाधिकार सुरक्षित|"
     "गोपनीयता नीति|প্রাইভেসি|সর্বস্বত্ব|hak cipta|kebijakan privasi|syarat dan ketentuan|"
     "pedoman media siber|bản quyền|สงวนลิขสิทธิ์|利用規約|プライバシー|プライバシーポリシー|個人情報|著作権|無断転載|"
     "無断転載を禁じます|特定商取引法|免責事項|版权所有|隐私政策|免责声明|使用条款|隱私權|版權所有|著作權|服務條款|無断複製|不得转载|請勿轉載|保留所有权利|저작권자|"
     "무단전재|무단 전재|재배포 금지|재배포금지|개인정보처리방침|이용약관|청소년보호정책|저작권|개인정보취급방침"},
    {PM_PHRASE_LEGAL,
     "externer inhalt|externe inhalte|externen inhalt|redaktioneller inhalt|contenu externe|"
     "contenido externo|necessarily reflect those|meinung der redaktion"},
    {PM_PHRASE_CONTACT,
     "contact|contact us|about|about us|who we are|careers|jobs|advertise|advertise with us|"
     "advertising|help|help center|help centre|faq|site map|sitemap|feedback|send feedback|"
     "site index|our team|work with us|press|newsroom|staff|customer service|report an error|"
     "report error|report a mistake|spotted an error|corrections|send us|got a tip|"
     "send us a tip|tip us|mobile apps|apps|our apps|authors|write to us|share your feedback|"
     "site information|mobile version|desktop version|contact the author"},
    {PM_PHRASE_CONTACT,
     "kontakt|über uns|redaktion|werben|mediadaten|hilfe|karriere|stellenmarkt|inserieren|"
     "archiv|kundenservice|leserservice|fehler gefunden|fehler melden|contactez-nous|"
     "nous contacter|contacts|qui sommes-nous|publicité|aide|plan du site|emploi|recrutement|"
     "contacto|contáctenos|contáctanos|quiénes somos|publicidad|anúnciate|ayuda|"
     "mapa del sitio|nosotros|hemeroteca|trabaja con nosotros|contato|contacte-nos|quem somos|"
     "fale conosco|anuncie|ajuda|expediente|trabalhe conosco|contactos|contatti|chi siamo|"
     "pubblicità|lavora con noi|redazione|over ons|contacteer ons|adverteren|vacatures|"
     "klantenservice|over|om oss|kontakta oss|annonsera|kundservice|tipsa oss|tips oss|"
     "kontakt oss|annonser|om os|kontakt os|ota yhteyttä|yhteystiedot|mediatiedot|"
     "asiakaspalvelu|o nas|reklama|redakcja|pomoc|kariera|zgłoś błąd|o nás|redakce|inzerce|"
     "kontakty|kariéra|nápověda|nahlásit chybu|redakcia|inzercia|rólunk|kapcsolat|"
     "médiaajánlat|szerkesztőség|impresszum|despre noi|publicitate|redacția|iletişim|"
     "hakkımızda|reklam ver|контакты|о нас|реклама|о проекте|редакция|вакансии|обратная связь|"
     "карта сайта|сообщить об ошибке|про нас|контакти|вакансії|редакція|за нас|за реклама|"
     "o nama|oglašavanje|marketing|impresum|импресум|о нама|oglaševanje|επικοινωνία|"
     "σχετικά με εμάς|διαφήμιση|ποιοι είμαστε|اتصل بنا|من نحن|أعلن معنا|تواصل معنا|تماس با ما|"
     "درباره ما|ہم سے رابطہ|צור קשר|אודות|संपर्क करें|हमारे बारे में|फीडबैक दें|যোগাযোগ|"
     "hubungi kami|tentang kami|redaksi|karir|liên hệ|giới thiệu|quảng cáo|ติดต่อเรา|"
     "เกี่ยวกับเรา|お問い合わせ|会社概要|運営会社|広告掲載|ヘルプ|サイトマップ|联系我们|关于我们|广告服务|聯絡我們|關於我們|廣告刊登|网站地图|회사소개|"
     "광고문의|제보|문의|고객센터|사이트맵|광고안내|기사제보"},
    {PM_PHRASE_AD,
     "advertisement|advertisements|ads|ad|sponsored|sponsored content|promoted|"
     "promoted content|paid content|paid post|partner content|sponsor content|story continues|"
     "article continues|scroll to continue|continue reading the main story|supported by|"
     "skip advertisement|skip ad|loading|advertising"},
    {PM_PHRASE_AD,
     "anzeige|werbung|advertorial|gesponsert|publicité|annonce|contenu sponsorisé|"
     "publi-rédactionnel|la suite après la publicité|publicidad|anuncio|contenido patrocinado|"
     "patrocinado|publicidade|continua após a publicidade|conteúdo patrocinado|pub|pubblicità|"
     "annuncio|contenuto sponsorizzato|advertentie|annons|annonse|mainos|reklama|reklam|"
     "inzerce|komerční sdělení|hirdetés|publicitate|реклама|на правах рекламы|διαφήμιση|إعلان|"
     "اعلان|تبلیغات|اشتہار|פרסומת|विज्ञापन|বিজ্ঞাপন|iklan|scroll to continue with content|"
     "lanjutkan membaca|quảng cáo|โฆษณา|広告|スポンサー|广告|廣告|광고|oglas"},
    {PM_PHRASE_PHOTO,
     "photo|photos|photo by|photo credit|image|image credit|image caption|image source|images|"
     "picture|pictures|file photo|file picture|file image|courtesy|courtesy of|getty|"
     "getty images|via getty images|/getty images|ap photo|afp photo|reuters photo|"
     "shutterstock|istock|alamy|imago|picture alliance|ap images|afp via getty|illustration|"
     "representational image|representative image|video|screenshot|screen grab|screengrab|"
     "handout|stock image|photograph|photograph by|view image in fullscreen|enlarge image|"
     "open image in gallery|media caption|caption|captions|click to enlarge"},
    {PM_PHRASE_PHOTO,
     "foto|fotos|bild|bildquelle|symbolbild|symbolfoto|archivbild|archivfoto|grafik|"
     "quelle: dpa|© dpa|copyright|bildrechte|photographie|crédit photo|crédit|crédits|"
     "photo d'archives|photo archives|photo d'illustration|image d'illustration|légende|"
     "imagen|fotografía|foto de archivo|imagen de archivo|créditos|crédito|imagem|foto de|"
     "divulgação|arquivo|fotografia|reprodução|immagine|foto d'archivio|fotogramma|ansa|beeld|"
     "archieffoto|foto: anp|arkivbild|arkivfoto|illustrasjonsfoto|genrebild|kuva|kuvat|"
     "arkistokuva|kuvituskuva|zdjęcie|fot|zdj|zdjęcie ilustracyjne|źródło zdjęć|"
     "ilustrační foto|ilustrační snímek|zdroj|autor|ilustračné foto|snímka|fotó|illusztráció|"
     "képünk illusztráció|forrás|kép|sursa foto|fotografie|fotoğraf|görsel|arşiv|фото|"
     "фотография|иллюстрация|скриншот|архивное фото|ілюстрація|зображення|снимка|снимки|архив|"
     "izvor|fotografija|ilustracija|илустрација|фотографија|φωτογραφία|φωτό|πηγή|εικόνα|صورة|"
     "الصورة|تصوير|صورة أرشيفية|أرشيف|عکس|تصویر|فوٹو|צילום|תמונה|फोटो|फाइल फोटो|तस्वीर|ছবি|"
     "gambar|ilustrasi|ảnh|ภาพ|แฟ้มภาพ|写真|画像|撮影|提供|図|图片|图源|资料图|摄影|圖|圖片|資料照|照片|翻攝|攝影|사진|자료사진|"
     "사진제공|제공|이미지|그래픽"},
    {PM_PHRASE_PHOTO,
     "image credits|photo credits|reuters|afp|epa|dpa|getty images plus|pictured|"
     "placeholder image|picture credit"},
    {PM_PHRASE_SOURCE,
     "source|sources|via|with inputs from|with input from|with agency inputs|agencies|"
     "reporting by|writing by|editing by|additional reporting|with reporting by|"
     "with files from|quelle|quellen|avec afp|avec reuters|fuente|fuentes|con información de|"
     "fonte|fontes|com informações de|con agenzie|bron|källa|kilde|lähde|lähteet|źródło|"
     "źródła|zdroj|zdroje|forrás|sursa|kaynak|источник|источники|джерело|източник|извор|izvor|"
     "izvori|vir|πηγή|المصدر|المصادر|منبع|ماخذ|מקור|स्रोत|इनपुट|সূত্র|sumber|nguồn|theo|ที่มา|"
     "出典|出所|来源|來源|출처|자료"},
    {PM_PHRASE_BY,
     "by|written by|author|authors|reporter|reported by|story by|text by|from|correspondent|"
     "staff writer|staff reporter|senior reporter|news agency|editor|edited by|von|autor|"
     "autorin|redaktion|ein artikel von|eine analyse von|ein kommentar von|"
     "ein gastbeitrag von|par|auteur|rédaction|avec|propos recueillis par|envoyé spécial|por|"
     "redacción|escrito por|periodista|redação|jornalista|di|a cura di|autore|redazione|door|"
     "redactie|av|text|journalist|skrevet av|af|tekst|kirjoittaja|toimittaja|teksti|autorka|"
     "opracowanie|oprac|redakcja|autoři|redaktor|reportér|redakce|szerző|írta|szerkesztő|de|"
     "scris de|yazar|muhabir|haber|автор|корреспондент|текст|журналист|авторка|аўтар|редактор|"
     "piše|pise|novinar|autor teksta|avtor|του|της|από|συντάκτης|كتب|كتبت|بقلم|الكاتب|نویسنده|"
     "خبرنگار|מאת|लेखक|रिपोर्टर|प्रस्तुति|লেখক|প্রতিবেদক|নিজস্ব প্রতিবেদক|oleh|penulis|"
     "tác giả|phóng viên|ผู้เขียน|โดย|記者|文|執筆|編集|作者|记者|責任編集|编辑|责任编辑|編輯|撰文|기자|특파원|글"},
    {PM_PHRASE_WHEN,
     "published|published on|published at|publish date|posted|posted on|posted at|updated|"
     "updated on|updated at|last updated|last modified|last update|created|first published|"
     "modified|date|time|min read|minute read|minutes read|mins read|read time|reading time|"
     "estimated read time|ago|hours ago|minutes ago|days ago|hour ago|just now|today|"
     "yesterday|ist|gmt|utc|edt|est|pst|pdt|bst|cet|a.m|p.m|am|pm|publish"},
    {PM_PHRASE_WHEN,
     "aktualisiert|aktualisiert am|zuletzt aktualisiert|veröffentlicht|veröffentlicht am|"
     "stand|uhr|lesezeit|min lesezeit|minuten lesezeit|min. lesezeit|erschienen am|heute|"
     "gestern|datum|publié|publié le|publiée|mis à jour|mise à jour|mis à jour le|modifié|"
     "modifié le|posté|posté le|temps de lecture|min de lecture|minutes de lecture|lecture|"
     "aujourd'hui|hier|le|il y a|publicado|publicado el|actualizado|actualizado el|"
     "actualizada|última actualización|fecha|hace|tiempo de lectura|min de lectura|"
     "minutos de lectura|hoy|ayer|horas|h|publicado em|atualizado|atualizado em|atualizada|há|"
     "tempo de leitura|min de leitura|minutos de leitura|hoje|ontem|às|pubblicato|"
     "pubblicato il|aggiornato|aggiornato il|aggiornato alle|tempo di lettura|"
     "minuti di lettura|min di lettura|oggi|ieri|alle|ore|gepubliceerd|gepubliceerd op|"
     "bijgewerkt|laatst bijgewerkt|leestijd|min leestijd|vandaag|gisteren|publicerad|"
     "publicerat|uppdaterad|uppdaterat|lästid|idag|igår|publisert|oppdatert|sist oppdatert|"
     "lesetid|i dag|i går|opdateret|udgivet|publiceret|julkaistu|päivitetty|tänään|eilen|klo|"
     "opublikowano|aktualizacja|data publikacji|data|dzisiaj|wczoraj|godz|publikováno|"
     "aktualizováno|vydáno|dnes|včera|čtení|min čtení|publikované|aktualizované|zverejnené|"
     "megjelent|frissítve|frissült|közzétéve|tegnap|ma|publicat|publicat la|actualizat|"
     "data publicării|azi|yayınlanma|güncelleme|güncellenme|oluşturulma|yayın tarihi|"
     "güncelleme tarihi|yayınlanma tarihi|bugün|dün|dakika|dk|önce|опубликовано|обновлено|"
     "дата|сегодня|вчера|мск|назад|опубліковано|оновлено|сьогодні|вчора|публикувано|обновена|"
     "днес|преди|objavljeno|ažurirano|zadnja izmjena|izmjena|danes|danas|včeraj|jučer|pre|"
     "prije|објављено|δημοσίευση|δημοσιεύτηκε|ενημέρωση|ενημερώθηκε|τελευταία ενημέρωση|"
     "نشر في|نشر|تاريخ النشر|آخر تحديث|تحديث|تم النشر|منذ|توقيت|بتوقيت|تاریخ|تاریخ انتشار|"
     "آخری|פורסם|עודכן|प्रकाशित|अपडेट|अपडेटेड|पब्लिश|अंतिम अपडेट|कुछ ही क्षण पहले|पहले|প্রকাশ|"
     "প্রকাশিত|আপডেট|diterbitkan|diperbarui|terbit|wib|wita|wit|xuất bản|cập nhật|ngày|"
     "เผยแพร่|อัปเดต|ปรับปรุง|更新|公開|配信|掲載|最終更新|投稿日|更新日|公開日|发布|发布时间|更新时间|發布|發布時間|時間|分钟前|小时前|입력|"
     "수정|등록|승인|기사입력|최종수정|업데이트|게시|전송"},
    {PM_PHRASE_NAV,
     "home|homepage|menu|main menu|search|skip to content|skip to main content|"
     "skip to navigation|skip to site index|jump to content|close|next|previous|prev|back|"
     "back to top|top|open menu|close menu|navigation|main navigation|breadcrumb|play|pause|"
     "mute|unmute|play video|listen|listen to this article|listen to article|listen to story|"
     "audio|video|videos|podcast|podcasts|photo gallery|galleries|live tv|watch live|sections|"
     "more|news|world|sport|sports|politics|business|opinion|weather|language|languages|"
     "english|edition|dark mode|settings|share your story|log|print edition|today's paper|"
     "games|crossword|horoscope|quiz|cancel|ok|yes|no|submit|send|continue|go|edit|delete|"
     "hide|toggle|all news|read|views|shares|text size|font size|switch language|"
     "change language|expand|collapse|view|show"},
    {PM_PHRASE_NAV,
     "startseite|menü|suche|suchen|zum inhalt|zum inhalt springen|zur navigation|schließen|"
     "weiter|zurück|nach oben|vorlesen|artikel anhören|anhören|nachrichten|politik|wirtschaft|"
     "kultur|wissen|panorama|wetter|meinung|mehr|zum hauptinhalt|hauptmenü|accueil|recherche|"
     "rechercher|aller au contenu|fermer|suivant|précédent|retour|haut de page|écouter|"
     "écouter l'article|actualités|économie|politique|monde|société|culture|plus|"
     "aller au contenu principal|inicio|portada|menú|buscar|ir al contenido|"
     "saltar al contenido|cerrar|siguiente|anterior|volver|escuchar|noticias|política|"
     "economía|deportes|mundo|cultura|sociedad|opinión|más|início|capa|busca|pesquisar|"
     "pesquisa|ir para o conteúdo|pular para o conteúdo|fechar|próximo|voltar|ouvir|"
     "ouvir artigo|notícias|economia|esportes|desporto|opinião|mais|home page|cerca|"
     "vai al contenuto|chiudi|successivo|precedente|indietro|ascolta|ascolta l'articolo|"
     "cronaca|politica|esteri|spettacoli|altro|zoeken|sluiten|volgende|vorige|terug|luister|"
     "nieuws|meer|startsida|hem|sök|stäng|nästa|föregående|lyssna|nyheter|lyssna på artikeln|"
     "forside|forsiden|søk|søg|lukk|luk|neste|forrige|lytt|etusivu|haku|hae|valikko|sulje|"
     "seuraava|edellinen|strona główna|szukaj|wyszukaj|zamknij|następny|poprzedni|posłuchaj|"
     "wróć|domů|hledat|hledání|vyhledat|zavřít|další|předchozí|poslechnout|hlavní menu|"
     "hlavní obsah|přeskočit na obsah|domov|hľadať|zavrieť|ďalšie|predchádzajúce|späť|vypočuť|"
     "címlap|főoldal|kezdőlap|keresés|bezár|bezárás|következő|előző|acasă|prima pagină|caută|"
     "căutare|închide|următorul|înapoi|anasayfa|ana sayfa|ara|arama|kapat|sonraki|önceki|geri|"
     "dinle|haberler|главная|меню|поиск|найти|закрыть|далее|назад|следующая|предыдущая|"
     "слушать|наверх|ещё|еще|головна|пошук|закрити|далі|слухати|начало|търсене|търси|затвори|"
     "naslovnica|naslovna|početna|pretraga|traži|zatvori|насловна|почетна|претрага|iskanje|"
     "αρχική|αναζήτηση|μενού|κλείσιμο|επόμενο|προηγούμενο|الرئيسية|القائمة|بحث|البحث|إغلاق|"
     "التالي|السابق|استمع|أخبار|عاجل|خانه|صفحه اصلی|جستجو|بستن|صفحہ اول|تلاش|ראשי|חיפוש|תפריט|"
     "סגור|होम|सर्च|मेनू|वीडियो|खोजें|सुनें|হোম|সার্চ|প্রচ্ছদ|ভিডিও|beranda|cari|tutup|"
     "berikutnya|sebelumnya|trang chủ|tìm kiếm|đóng|หน้าแรก|ค้นหา|เมนู|ปิด|ホーム|トップ|メニュー|検索|"
     "閉じる|次へ|前へ|戻る|ページトップへ|ニュース|動画|首页|搜索|菜单|关闭|下一页|上一页|返回|返回顶部|首頁|搜尋|選單|關閉|下一則|上一則|回上頁|홈|메뉴|"
     "검색|닫기|다음|이전|맨위로|전체메뉴|본문 바로가기|글자크기|가|전체"},
};
const size_t pm_phrase_table_rows = sizeof(pm_phrase_table) / sizeof(pm_phrase_table[0]);
