/* What bytes are. */
#include "mime.h"

enum {
    SNIFF_MAX = 1445,    /* bytes looked at for binary data, as WHATWG MIME Sniffing has it */
    TAGS_MAX = 64 << 10, /* bytes looked at for tags: pages may begin with much white space or text */
};

static bool
is_tag_end(char c)
{
    return c == ' ' || c == '>' || c == '/' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* WHATWG MIME Sniffing, 7.1: no control bytes but the few that text has. */
static bool
is_binary(struct pm_str s)
{
    size_t n = s.len < SNIFF_MAX ? s.len : SNIFF_MAX;

    if (pm_str_starts(s, PM_STR("\xfe\xff")) || pm_str_starts(s, PM_STR("\xff\xfe")) ||
        pm_str_starts(s, PM_STR("\xef\xbb\xbf")))
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c <= 0x08 || c == 0x0b || (c >= 0x0e && c <= 0x1a) || (c >= 0x1c && c <= 0x1f))
            return true;
    }
    return false;
}

/* Formats that may begin with bytes of text. */
static bool
is_known_other(struct pm_str s)
{
    static const char *const magics[] = {
        "%PDF-",
        "\x89PNG",
        "GIF87a",
        "GIF89a",
        "\xff\xd8\xff",
        "PK\x03\x04",
        "\x1f\x8b",
        "Rar!",
        "OggS",
        "ID3",
        "RIFF",
        "wOFF",
        "wOF2",
        "\x28\xb5\x2f\xfd",
        "BZh",
        "\xfd"
        "7zXZ",
        "7z\xbc\xaf",
        "\x7f"
        "ELF",
        "%!PS-Adobe",
    };

    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
        if (pm_str_starts(s, pm_str_of(magics[i])))
            return true;
    return false;
}

/* Letters of the tag's name behind "<" or "</", 0 when it is none that a page has. */
static bool
is_page_tag(struct pm_str s)
{
    static const char *const tags[] = {
        "!doctype html",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "div",
        "p",
        "a",
        "br",
        "table",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "span",
        "ul",
        "ol",
        "li",
        "img",
        "article",
        "section",
        "header",
        "main",
        "iframe",
        "font",
        "center",
        "form",
        "b",
        "strong",
        "em",
        "i",
        "noscript",
    };

    if (s.len > 0 && s.ptr[0] == '/')
        s = PM_STRN(s.ptr + 1, s.len - 1);
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        struct pm_str tag = pm_str_of(tags[i]);

        if (s.len > tag.len && pm_str_istarts(s, tag) && is_tag_end(s.ptr[tag.len]))
            return true;
    }
    return false;
}

/*
 * Tags that make a page: one at the start, or three anywhere unless it is claimed to be a text. A
 * text that speaks of "<b>" once is still a text.
 */
static bool
has_tags(struct pm_str s, bool only_start)
{
    size_t found = 0, n = s.len < TAGS_MAX ? s.len : TAGS_MAX;
    struct pm_str start;

    if (pm_str_starts(s, PM_STR("\xef\xbb\xbf")))
        s = PM_STRN(s.ptr + 3, s.len - 3);
    start = pm_str_trim(PM_STRN(s.ptr, s.len < n ? s.len : n));
    if (start.len > 1 && start.ptr[0] == '<' &&
        (pm_str_starts(start, PM_STR("<!--")) || is_page_tag(PM_STRN(start.ptr + 1, start.len - 1))))
        return true;
    if (only_start)
        return false;
    if (n > s.len)
        n = s.len;
    for (size_t at = 0; at < n && found < 3; at++) {
        const char *lt = memchr(s.ptr + at, '<', n - at);

        if (lt == NULL)
            break;
        at = (size_t)(lt - s.ptr);
        found += is_page_tag(PM_STRN(lt + 1, s.len - at - 1));
    }
    return found >= 3;
}

/* A page from its first tag on. */
static bool
is_document(struct pm_str start)
{
    return pm_str_istarts(start, PM_STR("<!doctype html")) || pm_str_istarts(start, PM_STR("<html")) ||
           pm_str_istarts(start, PM_STR("<head>"));
}

/* UTF-16 pages have a zero byte in every other place: the narrow copy of their start tells as much.
 */
static bool
wide_has_tags(struct pm_str s, bool only_start)
{
    char narrow[1024];
    size_t n = 0, low = s.ptr[0] == '\xfe' ? 1 : 0;

    for (size_t i = 2 + low; i < s.len && n < sizeof(narrow); i += 2)
        narrow[n++] = s.ptr[i];
    return has_tags(PM_STRN(narrow, n), only_start);
}

enum claim { CLAIM_NONE, CLAIM_HTML, CLAIM_TEXT, CLAIM_OTHER };

static enum claim
claim_of_type(struct pm_str type)
{
    size_t semicolon = pm_str_find(type, PM_STR(";"), 0);

    if (semicolon != SIZE_MAX)
        type.len = semicolon;
    type = pm_str_trim(type);
    if (type.len == 0 || pm_str_ieq(type, PM_STR("unknown/unknown")) ||
        pm_str_ieq(type, PM_STR("application/octet-stream")) || pm_str_find(type, PM_STR("/"), 0) == SIZE_MAX)
        return CLAIM_NONE;
    if (pm_str_ieq(type, PM_STR("text/html")) || pm_str_ieq(type, PM_STR("application/xhtml+xml")))
        return CLAIM_HTML;
    if (pm_str_ieq(type, PM_STR("text/plain")))
        return CLAIM_TEXT;
    return CLAIM_OTHER;
}

static bool
has_suffix(struct pm_str name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct pm_str suffix = pm_str_of(list[i]);

        if (name.len > suffix.len && pm_str_ieq(PM_STRN(name.ptr + name.len - suffix.len, suffix.len), suffix))
            return true;
    }
    return false;
}

static enum claim
claim_of_name(struct pm_str name)
{
    static const char *const html[] = {".html", ".htm", ".xhtml", ".shtml", ".xht"};
    static const char *const text[] = {".txt", ".text", ".md"};
    static const char *const other[] = {
        ".css",  ".js",  ".mjs",  ".json", ".jsonl", ".xml",    ".svg",     ".rss", ".atom", ".csv",  ".tsv",
        ".map",  ".vtt", ".srt",  ".ics",  ".cdx",   ".cdxj",   ".idx",     ".log", ".yml",  ".yaml", ".toml",
        ".ini",  ".cfg", ".conf", ".sh",   ".py",    ".pl",     ".rb",      ".php", ".c",    ".h",    ".cpp",
        ".java", ".go",  ".rs",   ".ts",   ".sql",   ".bib",    ".tex",     ".po",  ".rtf",  ".ps",   ".eps",
        ".pem",  ".asc", ".sig",  ".md5",  ".sha1",  ".sha256", ".torrent", ".m3u", ".m3u8", ".opml", ".vcf",
    };
    size_t query = pm_str_find(name, PM_STR("?"), 0);

    if (query != SIZE_MAX)
        name.len = query;
    if (has_suffix(name, html, sizeof(html) / sizeof(html[0])))
        return CLAIM_HTML;
    if (has_suffix(name, text, sizeof(text) / sizeof(text[0])))
        return CLAIM_TEXT;
    return has_suffix(name, other, sizeof(other) / sizeof(other[0])) ? CLAIM_OTHER : CLAIM_NONE;
}

enum pm_media
pm_mime_media(struct pm_str payload, struct pm_str claimed, struct pm_str name)
{
    enum claim claim = claim_of_type(claimed);
    struct pm_str start = pm_str_trim(PM_STRN(payload.ptr, payload.len < TAGS_MAX ? payload.len : TAGS_MAX));
    bool wide = pm_str_starts(payload, PM_STR("\xfe\xff")) || pm_str_starts(payload, PM_STR("\xff\xfe"));

    if (pm_mhtml_sniff(payload))
        return PM_MEDIA_HTML;
    if (start.len == 0 || is_known_other(payload) || is_binary(payload))
        return PM_MEDIA_OTHER;
    if (claim == CLAIM_NONE) {
        claim = claim_of_name(name);
        if (claim == CLAIM_OTHER && is_document(start)) /* what "page.php" gave */
            claim = CLAIM_HTML;
    }
    if (claim == CLAIM_OTHER) /* a style sheet, a feed, an answer in JSON */
        return PM_MEDIA_OTHER;
    if (claim == CLAIM_HTML)
        return PM_MEDIA_HTML;
    if (wide ? wide_has_tags(payload, claim == CLAIM_TEXT) : has_tags(payload, claim == CLAIM_TEXT))
        return PM_MEDIA_HTML;
    /* Without a claim, a document of XML or JSON is neither a page nor its text. */
    if (claim == CLAIM_NONE && (pm_str_istarts(start, PM_STR("<?xml")) || start.ptr[0] == '{' || start.ptr[0] == '['))
        return PM_MEDIA_OTHER;
    return PM_MEDIA_TEXT;
}
