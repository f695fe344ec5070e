/* Pages saved as MIME messages. */
#include "ascii.h"
#include "http.h"
#include "mime.h"

enum {
    HEAD_MAX = 64 << 10,
    BOUNDARY_MAX = 70, /* RFC 2046, 5.1.1 */
    DEPTH_MAX = 4,     /* of a multipart in a multipart */
    PARTS_MAX = 10000,
};

/* Fields up to the empty line, which is included. */
static struct pm_str
head_of(struct pm_str s)
{
    size_t at = 0;

    while (at < s.len && at < HEAD_MAX) {
        const char *nl = memchr(s.ptr + at, '\n', s.len - at);
        size_t n = nl != NULL ? (size_t)(nl - s.ptr) + 1 - at : s.len - at;
        bool empty = n == 1 || (n == 2 && s.ptr[at] == '\r');

        at += n;
        if (empty)
            break;
    }
    return PM_STRN(s.ptr, at);
}

static bool
is_html(struct pm_str type)
{
    return pm_str_istarts(type, PM_STR("text/html")) || pm_str_istarts(type, PM_STR("application/xhtml+xml"));
}

bool
pm_mhtml_sniff(struct pm_str bytes)
{
    struct pm_str head, type;
    size_t i = 0;

    /* A field's name first: almost every other file is told by its first bytes. */
    while (i < bytes.len && i < 64 && ((bytes.ptr[i] | 0x20) >= 'a' && (bytes.ptr[i] | 0x20) <= 'z'))
        i++;
    while (i < bytes.len && i < 64 &&
           (bytes.ptr[i] == '-' || ((bytes.ptr[i] | 0x20) >= 'a' && (bytes.ptr[i] | 0x20) <= 'z')))
        i++;
    if (i == 0 || i >= bytes.len || bytes.ptr[i] != ':')
        return false;
    head = head_of(bytes);
    if (pm_http_field_of(head, PM_STR("mime-version")).ptr == NULL)
        return false;
    type = pm_http_field_of(head, PM_STR("content-type"));
    return pm_str_istarts(type, PM_STR("multipart/related")) || pm_str_istarts(type, PM_STR("multipart/alternative")) ||
           pm_str_istarts(type, PM_STR("multipart/mixed")) || is_html(type);
}

/* ---- transfer encodings (RFC 2045, 6) ---- */

static size_t
quoted_printable(struct pm_str src, char *dst)
{
    size_t n = 0;

    for (size_t i = 0; i < src.len; i++) {
        size_t next = i + 1;

        if (src.ptr[i] != '=') {
            dst[n++] = src.ptr[i];
            continue;
        }
        while (next < src.len && (src.ptr[next] == ' ' || src.ptr[next] == '\t'))
            next++;
        if (next < src.len && src.ptr[next] == '\r')
            next++;
        if (next < src.len && src.ptr[next] == '\n') {
            i = next; /* a soft line break */
        } else if (i + 2 < src.len && pm_ascii_hex(src.ptr[i + 1]) >= 0 && pm_ascii_hex(src.ptr[i + 2]) >= 0) {
            dst[n++] = (char)(pm_ascii_hex(src.ptr[i + 1]) << 4 | pm_ascii_hex(src.ptr[i + 2]));
            i += 2;
        } else {
            dst[n++] = '=';
        }
    }
    return n;
}

static size_t
base64(struct pm_str src, char *dst)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t acc = 0;
    unsigned bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < src.len && src.ptr[i] != '='; i++) {
        const char *d = src.ptr[i] != '\0' ? strchr(digits, src.ptr[i]) : NULL;

        if (d == NULL) /* line ends, and what must be ignored */
            continue;
        acc = acc << 6 | (uint32_t)(d - digits);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            dst[n++] = (char)(acc >> bits);
        }
    }
    return n;
}

struct pm_str
pm_mime_base64(struct pm_str text, struct pm_arena *arena)
{
    char *out = pm_arena_alloc(arena, text.len / 4 * 3 + 3);

    return out != NULL ? PM_STRN(out, base64(text, out)) : PM_STR_NULL;
}

static int
decode_part(struct pm_str head, struct pm_str body, struct pm_arena *arena, struct pm_str *dst, struct pm_err *err)
{
    struct pm_str coding = pm_http_field_of(head, PM_STR("content-transfer-encoding"));
    char *out = pm_arena_alloc(arena, body.len + 1);
    size_t n;

    if (out == NULL)
        return pm_arena_check(arena, err);
    if (pm_str_ieq(coding, PM_STR("quoted-printable"))) {
        n = quoted_printable(body, out);
    } else if (pm_str_ieq(coding, PM_STR("base64"))) {
        n = base64(body, out);
    } else {
        n = body.len;
        memcpy(out, body.ptr != NULL ? body.ptr : "", n);
    }
    *dst = PM_STRN(out, n);
    return PM_OK;
}

/* ---- parts ---- */

/* The next line that begins with "--boundary" at or after `from`, SIZE_MAX if there is none. */
static size_t
find_delimiter(struct pm_str s, size_t from, struct pm_str mark)
{
    for (;;) {
        size_t at = pm_str_find(s, mark, from);

        if (at == SIZE_MAX || at == 0 || s.ptr[at - 1] == '\n')
            return at;
        from = at + 1;
    }
}

/* Content-ID and the like, without angle brackets. */
static struct pm_str
bare(struct pm_str id)
{
    return id.len >= 2 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>' ? PM_STRN(id.ptr + 1, id.len - 2) : id;
}

struct part {
    struct pm_str head, body;
};

/*
 * The root of a multipart (RFC 2387, 3.2): what `start` names, or what lies at the page's own URL,
 * or the first part that is a page or may hold one.
 */
static bool
find_root(struct pm_str head, struct pm_str body, struct pm_str url, struct part *dst)
{
    struct pm_str type = pm_http_field_of(head, PM_STR("content-type"));
    struct pm_str boundary = pm_http_param(type, PM_STR("boundary"));
    struct pm_str start = bare(pm_http_param(type, PM_STR("start")));
    char text[BOUNDARY_MAX + 2] = "--";
    struct pm_str mark;
    size_t at, next;
    bool found = false;

    if (boundary.len == 0 || boundary.len > BOUNDARY_MAX)
        return false;
    memcpy(text + 2, boundary.ptr, boundary.len);
    mark = PM_STRN(text, boundary.len + 2);
    at = find_delimiter(body, 0, mark);
    for (size_t parts = 0; at != SIZE_MAX && parts < PARTS_MAX; parts++, at = next) {
        const char *nl = memchr(body.ptr + at, '\n', body.len - at);
        struct pm_str part, part_type;
        struct part p;
        size_t end;

        if (nl == NULL)
            break;
        at = (size_t)(nl - body.ptr) + 1;
        next = find_delimiter(body, at, mark);
        end = next != SIZE_MAX ? next : body.len;
        if (next != SIZE_MAX && end > at && body.ptr[end - 1] == '\n')
            end -= end - 1 > at && body.ptr[end - 2] == '\r' ? 2 : 1;
        part = PM_STRN(body.ptr + at, end - at);
        p.head = head_of(part);
        p.body = PM_STRN(part.ptr + p.head.len, part.len - p.head.len);
        part_type = pm_http_field_of(p.head, PM_STR("content-type"));
        if (!is_html(part_type) && !pm_str_istarts(part_type, PM_STR("multipart/")))
            continue;
        if (!found)
            *dst = p;
        found = true;
        if ((start.len > 0 && pm_str_eq(start, bare(pm_http_field_of(p.head, PM_STR("content-id"))))) ||
            (start.len == 0 && url.len > 0 && pm_str_eq(url, pm_http_field_of(p.head, PM_STR("content-location"))))) {
            *dst = p;
            return true;
        }
    }
    return found;
}

int
pm_mhtml_parse(struct pm_str bytes, struct pm_arena *arena, struct pm_mhtml *dst, struct pm_err *err)
{
    struct part p;
    struct pm_str at;

    memset(dst, 0, sizeof(*dst));
    p.head = head_of(bytes);
    p.body = PM_STRN(bytes.ptr + p.head.len, bytes.len - p.head.len);
    dst->date = pm_http_field_of(p.head, PM_STR("date"));
    dst->url = pm_http_field_of(p.head, PM_STR("snapshot-content-location"));
    for (int depth = 0;; depth++) {
        dst->type = pm_http_field_of(p.head, PM_STR("content-type"));
        at = pm_http_field_of(p.head, PM_STR("content-location"));
        if (dst->url.len == 0 && at.len > 0)
            dst->url = at;
        if (is_html(dst->type))
            return decode_part(p.head, p.body, arena, &dst->html, err);
        if (depth == DEPTH_MAX || !find_root(p.head, p.body, dst->url, &p))
            return pm_fail(err, PM_SKIP, "MHTML file without a page");
    }
}
