#include "names.h"

#include "ascii.h"
#include "when.h"
#include "words.h"

enum { NAME_MAX_BYTES = 120, BYLINE_MAX = 600 };

/* clang-format off: a list breaks between its words */

/* Words that lead a byline in; "by" after "text:" too. Names start with "Di" and "De", see
 * drop_lead(). */
static const char leads[] =
    "by|written by|story by|reported by|report by|reporting by|posted by|published by|text by|"
    "words by|article by|opinion by|analysis by|review by|interview by|edited by|compiled by|"
    "submitted by|contributed by|guest post by|von|ein artikel von|ein kommentar von|"
    "kommentar von|eine analyse von|eine kolumne von|ein gastbeitrag von|gastbeitrag von|"
    "interview von|par|article écrit par|écrit par|publié par|propos recueillis par|por|"
    "escrito por|publicado por|una información de|a cura di|articolo di|door|geschreven door|"
    "skrevet av|skrevet af|skriven av|kirjoittanut|napisał|napisała|napsal|napsala|de către|"
    "oleh|द्वारा|كتب|كتبت|بقلم|γράφει ο|γράφει η|του|της|記者|记者|view all posts by|"
    "see all posts by|all posts by|posts by|more by|more from|zeige alle beiträge von|"
    "alle beiträge von|artikel von|mehr von|eingestellt von|erstellt von|veröffentlicht von|"
    "geschrieben von|gepostet von|voir tous les articles de|voir tous les articles par|"
    "tous les articles de|un documentaire de|ver todas las entradas de|todos los artículos de|"
    "ver todos os posts de|visualizza tutti gli articoli di|text und interview|interview";

/* Words that do so with a colon behind them: "Text: Ann Writer". */
static const char labels[] =
    "by|author|authors|author(s)|writer|reporter|journalist|text|words|story|autor|autoren|"
    "autorin|autor/in|von|texte|par|auteur|texto|por|autore|testo|di|auteur|door|tekst|"
    "tekst og foto|av|af|teksti|kirjoittaja|автор|автори|авторы|текст|szerző|írta|autor článku|"
    "yazan|yazar|haber|muhabir|penulis|laporan|tác giả|लेखक|文|作者|取材・文|記者|记者|كتب|"
    "بقلم|إعداد|نویسنده|umbhali|idazlea";

/* Words of offices, beats and buttons: a part of a byline that holds one, behind a name, is no
 * name. */
static const char roles[] =
    "correspondent|correspondents|editor|editors|reporter|reporters|writer|writers|journalist|"
    "journalists|columnist|contributor|contributors|producer|bureau|chief|staff|director|"
    "professor|lecturer|researcher|analyst|fellow|founder|ceo|president|minister|author|"
    "photographer|critic|blogger|freelance|freelancer|senior|deputy|executive|assistant|"
    "digital|political|politics|business|health|science|technology|sports|sport|crime|features|"
    "news|newsroom|desk|team|redakteur|redakteurin|redaktion|korrespondent|korrespondentin|"
    "reporterin|chefredakteur|ressortleiter|ressortleiterin|volontär|volontärin|autor|autorin|"
    "journalistin|leiter|leiterin|rédaction|journaliste|rédacteur|rédactrice|correspondant|"
    "correspondante|envoyé|envoyée|spécial|spéciale|redacción|redactor|redactora|corresponsal|"
    "enviado|enviada|periodista|inviato|inviata|corrispondente|redazione|giornalista|repórter|"
    "jornalista|redação|correspondente|редактор|корреспондент|журналист|кореспондент|журналіст|"
    "muhabir|editör|phd|md|updated|published|min|read|minutes|ago|follow|share|photo|photos|"
    "foto|fotos|video|suivre|folgen|seguir|sigue|segui|abonnieren|twitter|facebook|instagram|"
    "linkedin|email|e-mail|profile|profil|page|view|more|subscribe|comments|comment|print|"
    "university|institute|school|college|department|group|ltd|inc";

/* Words between names. */
static const char joins[] = "and|und|et|y|e|och|og|ja|și|и|та|і|ve|dan|và|with|mit|avec|con|&|+|/";

/* What stands where a name should. */
static const char nobody[] =
    "admin|datum|date|administrator|unknown|anonymous|anonym|anonyme|anónimo|anonimo|no author|"
    "none|null|undefined|guest|user|n/a|view my complete profile|"
    "mein profil vollständig anzeigen|afficher mon profil complet|ver todo mi perfil|"
    "visualizza il mio profilo completo|ver meu perfil completo|all authors|share|share this";

/* clang-format on */

static bool
is_plain(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
pm_names_same(struct pm_str a, struct pm_str b)
{
    size_t i = 0, j = 0;

    for (;;) {
        unsigned char x, y;

        while (i < a.len && !is_plain((unsigned char)a.ptr[i]))
            i++;
        while (j < b.len && !is_plain((unsigned char)b.ptr[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        x = (unsigned char)a.ptr[i++];
        y = (unsigned char)b.ptr[j++];
        if (x != y && (x >= 0x80 || (x | 32) != (y | 32)))
            return false;
    }
}

void
pm_names_add(struct pm_names *names, struct pm_str s)
{
    if (s.len == 0)
        return;
    for (size_t i = 0; i < names->n; i++)
        if (pm_names_same(names->v[i], s))
            return;
    if (names->n < PM_NAMES_MAX)
        names->v[names->n++] = s;
}

static struct pm_str
rest_of(struct pm_str s, size_t from)
{
    return PM_STRN(s.ptr + from, s.len - from);
}

/* Marks and white space at the ends, but the dot of "Jr." */
static struct pm_str
trim_marks(struct pm_str s)
{
    static const char marks[] = " \t\n,;:|/-*_#>\"";

    for (;;) {
        size_t was = s.len;

        while (s.len > 0 && s.ptr[0] != '\0' &&
               (strchr(marks, s.ptr[0]) != NULL || s.ptr[0] == '.'))
            s = rest_of(s, 1);
        while (s.len > 0 && s.ptr[s.len - 1] != '\0' && strchr(marks, s.ptr[s.len - 1]) != NULL)
            s.len--;
        while (pm_str_starts(s, PM_STR("—")) || pm_str_starts(s, PM_STR("–")) ||
               pm_str_starts(s, PM_STR("•")) || pm_str_starts(s, PM_STR("“")))
            s = rest_of(s, 3);
        while (pm_str_ends(s, PM_STR("—")) || pm_str_ends(s, PM_STR("–")) ||
               pm_str_ends(s, PM_STR("•")) || pm_str_ends(s, PM_STR("”")))
            s.len -= 3;
        while (pm_str_starts(s, PM_STR("·")))
            s = rest_of(s, 2);
        while (pm_str_ends(s, PM_STR("·")))
            s.len -= 2;
        if (s.len == was)
            return s;
    }
}

static size_t
count_words(struct pm_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] != ' ' && (i == 0 || s.ptr[i - 1] == ' ');
    return n;
}

/* "Text: Ann Writer": the bytes of the label and its colon, 0 for none. */
static size_t
label_len(struct pm_str s)
{
    static const char *const colons[] = {":", "：", "/", "=", "／"};
    struct pm_str rest;
    size_t len;

    if (!pm_words_start(labels, s, &len))
        return 0;
    rest = pm_str_trim(rest_of(s, len));
    for (size_t i = 0; i < sizeof(colons) / sizeof(colons[0]); i++)
        if (pm_str_starts(rest, pm_str_of(colons[i])))
            return (size_t)(rest.ptr - s.ptr) + strlen(colons[i]);
    return 0;
}

/* Take "By", "Von" and the like off the front, more than once: "Text: Von ..." */
static struct pm_str
drop_lead(struct pm_str s)
{
    for (int round = 0; round < 3 && s.len > 1; round++) {
        size_t len = label_len(s);

        if (len == 0)
            (void)pm_words_start(leads, s, &len);
        /* small ones are names' own when they start with a capital */
        if (len == 0 && s.len > 3 && s.ptr[2] == ' ' &&
            (pm_words_is("di|de|da|av|af", PM_STRN(s.ptr, 2)) && pm_ascii_lower(s.ptr[0])))
            len = 2;
        if (len == 0 && s.len > 3 && s.ptr[2] == ' ' &&
            pm_words_is("av|af|di", PM_STRN(s.ptr, 2)) && count_words(s) > 2)
            len = 2;
        if (len == 0)
            break;
        s = trim_marks(rest_of(s, len));
    }
    return s;
}

/* Does one of the words of `s` name an office or a beat? */
static bool
has_role(struct pm_str s)
{
    size_t at;

    return pm_words_within(roles, s, true, &at);
}

/* Without what stands in brackets, and from an address, a handle or a link on. */
static struct pm_str
drop_contacts(struct pm_str s, struct pm_arena *arena)
{
    char *room = pm_arena_alloc(arena, s.len + 1);
    size_t n = 0;
    int depth = 0;

    if (room == NULL)
        return s;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '(' || c == '[') {
            depth++;
        } else if ((c == ')' || c == ']') && depth > 0) {
            depth--;
        } else if (depth == 0 && c == '@') {
            while (n > 0 && room[n - 1] != ' ') /* the word it is in goes */
                n--;
            while (i + 1 < s.len && s.ptr[i + 1] != ' ')
                i++;
        } else if (depth == 0) {
            room[n++] = c;
        }
    }
    s = PM_STRN(room, n);
    for (size_t i = 0; i + 4 < s.len; i++)
        if (pm_str_istarts(rest_of(s, i), PM_STR("http")) ||
            pm_str_istarts(rest_of(s, i), PM_STR("www.")))
            s.len = i;
    return s;
}

/* Could it be a name? Not a number, a link, a sentence. */
static bool
is_name(struct pm_str s)
{
    size_t digits = 0;

    if (s.len < 2 || s.len > NAME_MAX_BYTES || count_words(s) > 8)
        return false;
    for (size_t i = 0; i < s.len; i++)
        digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    return digits * 3 <= s.len && pm_str_find(s, PM_STR("://"), 0) == SIZE_MAX;
}

/* Words of more than three letters that start small: none in names, but for "della" and the like.
 */
static size_t
count_small_words(struct pm_str s)
{
    size_t n = 0;

    for (size_t i = 0; i + 4 < s.len; i++)
        n += (i == 0 || s.ptr[i - 1] == ' ') && pm_ascii_lower(s.ptr[i]) && s.ptr[i + 1] != ' ' &&
             s.ptr[i + 2] != ' ' && s.ptr[i + 3] != ' ';
    return n;
}

static bool
has_digit(struct pm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

/* A name with more than a word to it, as commas part them: "Ann Writer, Bob Maker", not "Writer,
 * Ann" or "AFP, MANILA". */
static bool
is_full_name(struct pm_str s)
{
    if (!is_name(s) || has_digit(s) || has_role(s) || pm_ascii_lower(s.ptr[0]) ||
        count_words(s) > 5 || count_small_words(s) > 1)
        return false;
    return count_words(s) >= 2 ||
           ((unsigned char)s.ptr[0] >= 0xE3 && s.len >= 6); /* scripts that write no spaces */
}

/* "Ann Writer Senior Correspondent": from a word for an office on, when two words stand before it.
 */
static struct pm_str
drop_office(struct pm_str s)
{
    static const char offices[] =
        "correspondent|reporter|redakteur|redakteurin|reporterin|korrespondent|korrespondentin|"
        "journalist|journalistin|journaliste|corresponsal|corrispondente|correspondente|журналист|"
        "корреспондент|кореспондент|muhabir|senior|freelance|for";
    size_t words = 0, len;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == ' ' || (i > 0 && s.ptr[i - 1] != ' '))
            continue;
        if (words++ >= 2 && pm_words_start(offices, rest_of(s, i), &len))
            return trim_marks(PM_STRN(s.ptr, i));
    }
    return s;
}

static void
add_name(struct pm_str s, struct pm_names *names)
{
    s = drop_office(drop_lead(trim_marks(s)));
    if (is_name(s) && !pm_words_is(nobody, s))
        pm_names_add(names, s);
}

/* The first comma, bar or dot that parts a names; *len is its length. */
static size_t
find_mark(struct pm_str s, size_t *len)
{
    static const char *const marks[] = {",", "|", "\n", "•", "·", " – ", " — ", " - "};
    size_t best = s.len;

    *len = 0;
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
        size_t at = pm_str_find(PM_STRN(s.ptr, best), pm_str_of(marks[i]), 0);

        if (at < best) {
            best = at;
            *len = strlen(marks[i]);
        }
    }
    return best;
}

/*
 * Parts between commas and bars: those behind the first that are no full name are offices and
 * places of the one before.
 */
static void
add_listed(struct pm_str s, struct pm_names *names)
{
    bool first = true;

    while (s.len > 0) {
        size_t len, to = find_mark(s, &len);
        struct pm_str part = drop_lead(trim_marks(PM_STRN(s.ptr, to)));

        s = rest_of(s, to + len);
        if (first || is_full_name(part))
            add_name(part, names);
        first = first && part.len == 0;
    }
}

/* The first word that joins names, or mark that always parts them, in `s`; *len is its length. */
static size_t
find_join(struct pm_str s, size_t *len)
{
    for (size_t i = 0; i < s.len; i++) {
        struct pm_str rest = rest_of(s, i);
        size_t end = i + 1;

        if (s.ptr[i] == ';' || pm_str_starts(rest, PM_STR("、")) ||
            pm_str_starts(rest, PM_STR("،"))) {
            *len = s.ptr[i] == ';' ? 1 : s.ptr[i] == '\xE3' ? 3 : 2;
            return i;
        }
        if (s.ptr[i] != ' ' || i == 0)
            continue;
        while (end < s.len && s.ptr[end] != ' ')
            end++;
        if (end < s.len && pm_words_is(joins, PM_STRN(s.ptr + i + 1, end - i - 1))) {
            *len = end - i;
            return i;
        }
    }
    return SIZE_MAX;
}

void
pm_names_split(struct pm_str byline, struct pm_arena *arena, struct pm_names *names)
{
    struct pm_str s, span;
    int64_t when;

    s = byline;
    if (s.len > BYLINE_MAX)
        s.len = BYLINE_MAX;
    if (pm_when_find(s, &when, &span) && span.ptr > s.ptr)
        s.len = (size_t)(span.ptr - s.ptr); /* a date ends it */
    s = drop_lead(trim_marks(drop_contacts(s, arena)));
    while (s.len > 0) {
        size_t len = 0, at = find_join(s, &len);
        size_t to = at == SIZE_MAX ? s.len : at;

        add_listed(PM_STRN(s.ptr, to), names);
        s = at == SIZE_MAX ? PM_STRN(s.ptr + s.len, 0) : rest_of(s, at + len);
    }
}
