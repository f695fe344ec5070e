#include "when_names.h"

struct months {
    const char *lang; /* BCP 47, for the reader */
    enum pm_when_calendar calendar;
    const char *names[12]; /* lower case; forms with "|" between: full, inflected, short */
};

/*
 * Names that mean another month in another language are left to the language with more news
 * ("listopada" is Polish November; its Croatian October is told by the dot before it in when_find.c).
 */
static const struct months table[] = {
    {"en", PM_CALENDAR_GREGORIAN,
     {"january|jan", "february|feb|febr", "march|mar", "april|apr", "may", "june|jun", "july|jul",
      "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec"}},
    {"de", PM_CALENDAR_GREGORIAN,
     {"januar|jänner|jän", "februar|feber", "märz|mär|mrz", "april", "mai", "juni", "juli", "august",
      "september", "oktober|okt", "november", "dezember|dez"}},
    {"fr", PM_CALENDAR_GREGORIAN,
     {"janvier|janv", "février|fevrier|févr|fév|fevr", "mars", "avril|avr", "mai", "juin", "juillet|juil",
      "août|aout|aoû", "septembre", "octobre", "novembre", "décembre|decembre|déc"}},
    {"es", PM_CALENDAR_GREGORIAN,
     {"enero|ene", "febrero", "marzo", "abril|abr", "mayo", "junio", "julio", "agosto|ago",
      "septiembre|setiembre", "octubre", "noviembre", "diciembre|dic"}},
    {"pt", PM_CALENDAR_GREGORIAN,
     {"janeiro", "fevereiro|fev", "março|marco", "abril", "maio", "junho", "julho", "agosto", "setembro|set",
      "outubro|out", "novembro", "dezembro"}},
    {"it", PM_CALENDAR_GREGORIAN,
     {"gennaio|gen|genn", "febbraio|febb", "marzo", "aprile", "maggio|mag|magg", "giugno|giu", "luglio|lug",
      "agosto", "settembre|sett", "ottobre|ott", "novembre", "dicembre"}},
    {"ca", PM_CALENDAR_GREGORIAN,
     {"gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
      "novembre", "desembre"}},
    {"gl", PM_CALENDAR_GREGORIAN,
     {"xaneiro", "febreiro", "marzo", "abril", "maio", "xuño", "xullo", "agosto", "setembro", "outubro",
      "novembro", "decembro"}},
    {"eu", PM_CALENDAR_GREGORIAN,
     {"urtarrilaren|urtarrila", "otsailaren|otsaila", "martxoaren|martxoa", "apirilaren|apirila",
      "maiatzaren|maiatza", "ekainaren|ekaina", "uztailaren|uztaila", "abuztuaren|abuztua",
      "irailaren|iraila", "urriaren|urria", "azaroaren|azaroa", "abenduaren|abendua"}},
    {"ro", PM_CALENDAR_GREGORIAN,
     {"ianuarie|ian", "februarie", "martie", "aprilie", "mai", "iunie|iun", "iulie|iul", "august",
      "septembrie", "octombrie", "noiembrie|noi", "decembrie"}},
    {"nl", PM_CALENDAR_GREGORIAN,
     {"januari", "februari", "maart|mrt", "april", "mei", "juni", "juli", "augustus", "september",
      "oktober", "november", "december"}},
    {"af", PM_CALENDAR_GREGORIAN,
     {"januarie", "februarie", "maart", "april", "mei", "junie", "julie", "augustus", "september", "oktober",
      "november", "desember|des"}},
    {"da no", PM_CALENDAR_GREGORIAN,
     {"januar", "februar", "marts|mars", "april", "maj|mai", "juni", "juli", "august", "september",
      "oktober", "november", "december|desember|des"}},
    {"sv", PM_CALENDAR_GREGORIAN,
     {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
      "november", "december"}},
    {"is", PM_CALENDAR_GREGORIAN,
     {"janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst", "september", "október",
      "nóvember", "desember"}},
    {"fi", PM_CALENDAR_GREGORIAN,
     {"tammikuuta|tammikuu", "helmikuuta|helmikuu", "maaliskuuta|maaliskuu", "huhtikuuta|huhtikuu",
      "toukokuuta|toukokuu", "kesäkuuta|kesäkuu", "heinäkuuta|heinäkuu", "elokuuta|elokuu",
      "syyskuuta|syyskuu", "lokakuuta|lokakuu", "marraskuuta|marraskuu", "joulukuuta|joulukuu"}},
    {"et", PM_CALENDAR_GREGORIAN,
     {"jaanuar|jaanuaril", "veebruar|veebruaril", "märts|märtsil", "aprill|aprillil", "mai|mail",
      "juuni|juunil", "juuli|juulil", "august|augustil", "september|septembril", "oktoober|oktoobril",
      "november|novembril", "detsember|detsembril"}},
    {"lv", PM_CALENDAR_GREGORIAN,
     {"janvāris|janvārī", "februāris|februārī", "marts|martā", "aprīlis|aprīlī", "maijs|maijā",
      "jūnijs|jūnijā", "jūlijs|jūlijā", "augusts|augustā", "septembris|septembrī", "oktobris|oktobrī",
      "novembris|novembrī", "decembris|decembrī"}},
    {"lt", PM_CALENDAR_GREGORIAN,
     {"sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio", "rugsėjo",
      "spalio", "lapkričio", "gruodžio"}},
    {"pl", PM_CALENDAR_GREGORIAN,
     {"stycznia|styczeń|sty", "lutego|luty|lut", "marca|marzec", "kwietnia|kwiecień|kwi", "maja|maj",
      "czerwca|czerwiec|cze", "lipca|lipiec|lip", "sierpnia|sierpień|sie", "września|wrzesień|wrz",
      "października|październik|paź", "listopada|listopad|lis", "grudnia|grudzień|gru"}},
    {"cs", PM_CALENDAR_GREGORIAN,
     {"ledna|leden", "února|únor", "března|březen", "dubna|duben", "května|květen", "června|červen",
      "července|červenec", "srpna|srpen", "září", "října|říjen", "listopadu", "prosince|prosinec"}},
    {"sk", PM_CALENDAR_GREGORIAN,
     {"januára|január", "februára|február", "marca|marec", "apríla|apríl", "mája|máj", "júna|jún",
      "júla|júl", "augusta|august", "septembra|september", "októbra|október", "novembra|november",
      "decembra|december"}},
    {"sl", PM_CALENDAR_GREGORIAN,
     {"januarja|januar", "februarja|februar", "marca|marec", "aprila|april", "maja|maj", "junija|junij",
      "julija|julij", "avgusta|avgust|avg", "septembra|september", "oktobra|oktober", "novembra|november",
      "decembra|december"}},
    {"hr", PM_CALENDAR_GREGORIAN,
     {"siječnja|siječanj|sij", "veljače|veljača|velj", "ožujka|ožujak|ožu", "travnja|travanj|tra",
      "svibnja|svibanj|svi", "lipnja|lipanj", "srpnja|srpanj", "kolovoza|kolovoz|kol", "rujna|rujan|ruj",
      "", "studenog|studenoga|studeni|stu", "prosinca|prosinac"}},
    {"sr-Latn", PM_CALENDAR_GREGORIAN,
     {"januara|januar", "februara|februar", "marta|mart", "aprila|april", "maja|maj", "juna|jun", "jula|jul",
      "avgusta|avgust", "septembra|septembar", "oktobra|oktobar", "novembra|novembar",
      "decembra|decembar"}},
    {"sr mk", PM_CALENDAR_GREGORIAN,
     {"јануара|јануар|јануари", "фебруара|фебруар|февруари", "марта|март", "априла|април", "маја|мај",
      "јуна|јун|јуни", "јула|јул|јули", "августа|август", "септембра|септембар|септември",
      "октобра|октобар|октомври", "новембра|новембар|ноември", "децембра|децембар|декември"}},
    {"bg", PM_CALENDAR_GREGORIAN,
     {"януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
      "ноември", "декември"}},
    {"ru", PM_CALENDAR_GREGORIAN,
     {"января|январь|янв", "февраля|февраль|фев|февр", "марта|март|мар", "апреля|апрель|апр", "мая|май",
      "июня|июнь|июн", "июля|июль|июл", "августа|август|авг", "сентября|сентябрь|сен|сент",
      "октября|октябрь|окт", "ноября|ноябрь|ноя|нояб", "декабря|декабрь|дек"}},
    {"uk", PM_CALENDAR_GREGORIAN,
     {"січня|січень|січ", "лютого|лютий|лют", "березня|березень|бер", "квітня|квітень|кві|квіт",
      "травня|травень|тра|трав", "червня|червень|чер|черв", "липня|липень|лип", "серпня|серпень|сер|серп",
      "вересня|вересень|вер", "жовтня|жовтень|жов|жовт", "листопада|листопад|лис", "грудня|грудень|гру|груд"}},
    {"be", PM_CALENDAR_GREGORIAN,
     {"студзеня|студзень", "лютага|люты", "сакавіка|сакавік", "красавіка|красавік", "мая|май|траўня",
      "чэрвеня|чэрвень", "ліпеня|ліпень", "жніўня|жнівень", "верасня|верасень", "кастрычніка|кастрычнік",
      "лістапада|лістапад", "снежня|снежань"}},
    {"kk", PM_CALENDAR_GREGORIAN,
     {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан",
      "қараша", "желтоқсан"}},
    {"hu", PM_CALENDAR_GREGORIAN,
     {"január", "február|febr", "március|márc", "április|ápr", "május|máj", "június|jún", "július|júl",
      "augusztus", "szeptember|szept", "október", "november", "december"}},
    {"el", PM_CALENDAR_GREGORIAN,
     {"ιανουαρίου|ιανουάριος|ιανουαριου|ιαν", "φεβρουαρίου|φεβρουάριος|φεβρουαριου|φεβ",
      "μαρτίου|μάρτιος|μαρτιου|μαρ|μάρ", "απριλίου|απρίλιος|απριλιου|απρ", "μαΐου|μάιος|μαϊου|μαιου|μαΐ|μάι|μαϊ",
      "ιουνίου|ιούνιος|ιουνιου|ιουν", "ιουλίου|ιούλιος|ιουλιου|ιουλ", "αυγούστου|αύγουστος|αυγουστου|αυγ",
      "σεπτεμβρίου|σεπτέμβριος|σεπτεμβριου|σεπ", "οκτωβρίου|οκτώβριος|οκτωβριου|οκτ",
      "νοεμβρίου|νοέμβριος|νοεμβριου|νοε", "δεκεμβρίου|δεκέμβριος|δεκεμβριου|δεκ"}},
    {"tr", PM_CALENDAR_GREGORIAN,
     {"ocak|oca", "şubat|şub|subat", "mart", "nisan|nis", "mayıs|mayis", "haziran|haz", "temmuz|tem",
      "ağustos|ağu|agustos", "eylül|eyl|eylul", "ekim|eki", "kasım|kas|kasim", "aralık|ara|aralik"}},
    {"az uz", PM_CALENDAR_GREGORIAN,
     {"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust|avgust", "sentyabr|sentabr",
      "oktyabr|oktabr", "noyabr", "dekabr"}},
    {"sq", PM_CALENDAR_GREGORIAN,
     {"janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor",
      "nëntor|nentor", "dhjetor"}},
    {"cy", PM_CALENDAR_GREGORIAN,
     {"ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref",
      "tachwedd", "rhagfyr"}},
    {"hy", PM_CALENDAR_GREGORIAN,
     {"հունվարի|հունվար", "փետրվարի|փետրվար", "մարտի|մարտ", "ապրիլի|ապրիլ", "մայիսի|մայիս", "հունիսի|հունիս",
      "հուլիսի|հուլիս", "օգոստոսի|օգոստոս", "սեպտեմբերի|սեպտեմբեր", "հոկտեմբերի|հոկտեմբեր",
      "նոյեմբերի|նոյեմբեր", "դեկտեմբերի|դեկտեմբեր"}},
    {"ka", PM_CALENDAR_GREGORIAN,
     {"იანვარი|იანვარს", "თებერვალი|თებერვალს", "მარტი|მარტს", "აპრილი|აპრილს", "მაისი|მაისს", "ივნისი|ივნისს",
      "ივლისი|ივლისს", "აგვისტო|აგვისტოს", "სექტემბერი|სექტემბერს", "ოქტომბერი|ოქტომბერს", "ნოემბერი|ნოემბერს",
      "დეკემბერი|დეკემბერს"}},
    {"he", PM_CALENDAR_GREGORIAN,
     {"ינואר|בינואר", "פברואר|בפברואר", "מרץ|במרץ|מרס|במרס", "אפריל|באפריל", "מאי|במאי", "יוני|ביוני", "יולי|ביולי",
      "אוגוסט|באוגוסט", "ספטמבר|בספטמבר", "אוקטובר|באוקטובר", "נובמבר|בנובמבר", "דצמבר|בדצמבר"}},
    {"ar", PM_CALENDAR_GREGORIAN,
     {"يناير|كانون الثاني|جانفي", "فبراير|شباط|فيفري", "مارس|آذار|اذار", "أبريل|ابريل|إبريل|نيسان|أفريل|افريل",
      "مايو|أيار|ايار|ماي", "يونيو|يونيه|حزيران|جوان", "يوليو|يوليه|تموز|جويلية", "أغسطس|اغسطس|آب|أوت|غشت",
      "سبتمبر|أيلول|ايلول|شتنبر", "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول", "نوفمبر|تشرين الثاني|نونبر",
      "ديسمبر|كانون الأول|كانون الاول|دجنبر"}},
    {"fa", PM_CALENDAR_GREGORIAN,
     {"ژانویه|ژانویهٔ", "فوریه", "مارس", "آوریل", "مه|می", "ژوئن", "ژوئیه|جولای|ژوییه", "اوت|آگوست", "سپتامبر", "اکتبر",
      "نوامبر", "دسامبر"}},
    {"fa-u-ca-persian", PM_CALENDAR_JALALI,
     {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن",
      "اسفند"}},
    {"ur", PM_CALENDAR_GREGORIAN,
     {"جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر"}},
    {"hi", PM_CALENDAR_GREGORIAN,
     {"जनवरी|जन", "फरवरी|फ़रवरी|फ़रवरी|फर", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त|अग", "सितंबर|सितम्बर|सित",
      "अक्टूबर|अक्तूबर|अक्टू", "नवंबर|नवम्बर|नव", "दिसंबर|दिसम्बर|दिस"}},
    {"mr", PM_CALENDAR_GREGORIAN,
     {"जानेवारी", "फेब्रुवारी", "मार्च", "एप्रिल", "मे", "जून", "जुलै", "ऑगस्ट", "सप्टेंबर", "ऑक्टोबर", "नोव्हेंबर",
      "डिसेंबर"}},
    {"bn", PM_CALENDAR_GREGORIAN,
     {"জানুয়ারি|জানুয়ারী|জানুয়ারি|জানুয়ারী", "ফেব্রুয়ারি|ফেব্রুয়ারী|ফেব্রুয়ারি|ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই",
      "আগস্ট|অগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"}},
    {"gu", PM_CALENDAR_GREGORIAN,
     {"જાન્યુઆરી", "ફેબ્રુઆરી", "માર્ચ", "એપ્રિલ", "મે", "જૂન", "જુલાઈ|જુલાઇ", "ઑગસ્ટ|ઓગસ્ટ", "સપ્ટેમ્બર", "ઑક્ટોબર|ઓક્ટોબર",
      "નવેમ્બર", "ડિસેમ્બર"}},
    {"pa", PM_CALENDAR_GREGORIAN,
     {"ਜਨਵਰੀ", "ਫਰਵਰੀ|ਫ਼ਰਵਰੀ", "ਮਾਰਚ", "ਅਪ੍ਰੈਲ", "ਮਈ", "ਜੂਨ", "ਜੁਲਾਈ", "ਅਗਸਤ", "ਸਤੰਬਰ", "ਅਕਤੂਬਰ", "ਨਵੰਬਰ", "ਦਸੰਬਰ"}},
    {"ta", PM_CALENDAR_GREGORIAN,
     {"ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்|ஆகஸ்டு", "செப்டம்பர்", "அக்டோபர்",
      "நவம்பர்", "டிசம்பர்"}},
    {"te", PM_CALENDAR_GREGORIAN,
     {"జనవరి", "ఫిబ్రవరి", "మార్చి", "ఏప్రిల్", "మే", "జూన్", "జూలై|జులై", "ఆగస్టు|ఆగస్ట్", "సెప్టెంబర్|సెప్టెంబరు",
      "అక్టోబర్|అక్టోబరు", "నవంబర్|నవంబరు", "డిసెంబర్|డిసెంబరు"}},
    {"kn", PM_CALENDAR_GREGORIAN,
     {"ಜನವರಿ", "ಫೆಬ್ರವರಿ|ಫೆಬ್ರುವರಿ", "ಮಾರ್ಚ್", "ಏಪ್ರಿಲ್", "ಮೇ", "ಜೂನ್", "ಜುಲೈ", "ಆಗಸ್ಟ್", "ಸೆಪ್ಟೆಂಬರ್", "ಅಕ್ಟೋಬರ್",
      "ನವೆಂಬರ್", "ಡಿಸೆಂಬರ್"}},
    {"ml", PM_CALENDAR_GREGORIAN,
     {"ജനുവരി", "ഫെബ്രുവരി", "മാർച്ച്", "ഏപ്രിൽ", "മേയ്|മെയ്", "ജൂൺ", "ജൂലൈ", "ഓഗസ്റ്റ്|ആഗസ്റ്റ്", "സെപ്റ്റംബർ",
      "ഒക്ടോബർ", "നവംബർ", "ഡിസംബർ"}},
    {"th", PM_CALENDAR_GREGORIAN,
     {"มกราคม|ม.ค", "กุมภาพันธ์|ก.พ", "มีนาคม|มี.ค", "เมษายน|เม.ย", "พฤษภาคม|พ.ค", "มิถุนายน|มิ.ย",
      "กรกฎาคม|ก.ค", "สิงหาคม|ส.ค", "กันยายน|ก.ย", "ตุลาคม|ต.ค", "พฤศจิกายน|พ.ย", "ธันวาคม|ธ.ค"}},
    {"id", PM_CALENDAR_GREGORIAN,
     {"januari", "februari|pebruari", "maret", "april", "mei", "juni", "juli", "agustus|agu|agt", "september",
      "oktober", "november|nopember", "desember"}},
    {"ms", PM_CALENDAR_GREGORIAN,
     {"januari", "februari", "mac", "april", "mei", "jun", "julai", "ogos|ogo", "september", "oktober",
      "november", "disember|dis"}},
    {"fil", PM_CALENDAR_GREGORIAN,
     {"enero", "pebrero", "marso", "abril", "mayo", "hunyo", "hulyo", "agosto", "setyembre", "oktubre",
      "nobyembre", "disyembre"}},
    {"sw", PM_CALENDAR_GREGORIAN,
     {"januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba",
      "novemba", "desemba"}},
};

static const struct {
    const char *name;
    int32_t offset_min;
} zones[] = {
    {"z", 0},       {"ut", 0},      {"utc", 0},    {"gmt", 0},    {"wet", 0},    {"bst", 60},    {"west", 60},
    {"cet", 60},    {"mez", 60},    {"wat", 60},   {"cest", 120}, {"mesz", 120}, {"eet", 120},   {"cat", 120},
    {"sast", 120},  {"eest", 180},  {"msk", 180},  {"eat", 180},  {"trt", 180},  {"ist", 330},   {"pkt", 300},
    {"wib", 420},   {"ict", 420},   {"hkt", 480},  {"sgt", 480},  {"pht", 480},  {"awst", 480},  {"jst", 540},
    {"kst", 540},   {"acst", 570},  {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780},  {"nst", -210},
    {"ndt", -150},  {"ast", -240},  {"adt", -180}, {"brt", -180}, {"art", -180}, {"est", -300},  {"edt", -240},
    {"et", -300},   {"cst", -360},  {"cdt", -300}, {"ct", -360},  {"mst", -420}, {"mdt", -360},  {"mt", -420},
    {"pst", -480},  {"pdt", -420},  {"pt", -480},  {"akst", -540}, {"akdt", -480}, {"hst", -600},
};

int
pm_when_month_en(struct pm_str word)
{
    if (word.len < 3)
        return 0;
    for (int m = 0; m < 12; m++) {
        struct pm_str names = pm_str_of(table[0].names[m]);
        size_t bar = pm_str_find(names, PM_STR("|"), 0);
        struct pm_str full = PM_STRN(names.ptr, bar == SIZE_MAX ? names.len : bar);

        if (pm_str_ieq(word, full) || pm_str_ieq(word, PM_STRN(full.ptr, 3)) ||
            (word.len == 4 && pm_str_istarts(full, word)))
            return m + 1;
    }
    return 0;
}

static bool
is_one_of(struct pm_str word, const char *names)
{
    for (const char *p = names; *p != '\0';) {
        const char *start = p;
        bool same = *p == word.ptr[0];

        while (*p != '\0' && *p != '|')
            p++;
        if (same && (size_t)(p - start) == word.len && memcmp(start, word.ptr, word.len) == 0)
            return true;
        p += *p == '|';
    }
    return false;
}

int
pm_when_month(struct pm_str lower, enum pm_when_calendar *calendar)
{
    if (lower.len < 2)
        return 0;
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        for (int m = 0; m < 12; m++)
            if (is_one_of(lower, table[i].names[m])) {
                *calendar = table[i].calendar;
                return m + 1;
            }
    return 0;
}

bool
pm_when_zone(struct pm_str word, int32_t *offset_min)
{
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (pm_str_ieq(word, pm_str_of(zones[i].name))) {
            *offset_min = zones[i].offset_min;
            return true;
        }
    return false;
}
