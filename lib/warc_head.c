/* Heads of WARC records: their fields, and heads that others can read too. */
#include "text.h"
#include "warc_own.h"

enum {
    REGULAR_MAX = 32 << 10, /* bytes of a head; some readers give up at twice that */
    LINE_MAX_BYTES = 16 << 10,
};

/* The line that begins at `at`, with its end; folded lines (RFC 822) included. */
static struct pm_str
field_line(struct pm_str head, size_t at)
{
    size_t end = at;

    do {
        const char *nl = memchr(head.ptr + end, '\n', head.len - end);

        end = nl != NULL ? (size_t)(nl - head.ptr) + 1 : head.len;
    } while (end < head.len && (head.ptr[end] == ' ' || head.ptr[end] == '\t'));
    return PM_STRN(head.ptr + at, end - at);
}

/* Split "Name: value"; false when the line has no colon. */
static bool
split_field(struct pm_str line, struct pm_str *name, struct pm_str *value)
{
    const char *colon = memchr(line.ptr, ':', line.len);

    if (colon == NULL)
        return false;
    *name = pm_str_trim(PM_STRN(line.ptr, (size_t)(colon - line.ptr)));
    *value = pm_str_trim(PM_STRN(colon + 1, line.len - (size_t)(colon + 1 - line.ptr)));
    return true;
}

struct pm_str
pm_warc_field(struct pm_str head, struct pm_str name)
{
    for (size_t at = field_line(head, 0).len; at < head.len;) {
        struct pm_str line = field_line(head, at), have, value;

        if (split_field(line, &have, &value) && pm_str_ieq(have, name))
            return value;
        at += line.len;
    }
    return PM_STR_NULL;
}

static void
set_once(struct pm_str *dst, struct pm_str value)
{
    if (dst->ptr == NULL)
        *dst = value;
}

/* Wget before 1.20 put the URI in angle brackets. */
static struct pm_str
bare(struct pm_str uri)
{
    return uri.len >= 2 && uri.ptr[0] == '<' && uri.ptr[uri.len - 1] == '>' ? PM_STRN(uri.ptr + 1, uri.len - 2) : uri;
}

void
pm_warc_fields(struct pm_str head, struct pm_warc_record *rec, struct pm_str *length)
{
    *length = PM_STR_NULL;
    for (size_t at = field_line(head, 0).len; at < head.len;) {
        struct pm_str line = field_line(head, at), name, value;

        at += line.len;
        if (!split_field(line, &name, &value))
            continue;
        if (pm_str_istarts(name, PM_STR("WARC-"))) {
            struct pm_str tail = PM_STRN(name.ptr + 5, name.len - 5);

            if (pm_str_ieq(tail, PM_STR("Type")))
                set_once(&rec->type, value);
            else if (pm_str_ieq(tail, PM_STR("Record-ID")))
                set_once(&rec->id, value);
            else if (pm_str_ieq(tail, PM_STR("Target-URI")))
                set_once(&rec->uri, value);
            else if (pm_str_ieq(tail, PM_STR("Date")))
                set_once(&rec->date, value);
            else if (pm_str_ieq(tail, PM_STR("Block-Digest")))
                set_once(&rec->block_digest, value);
            else if (pm_str_ieq(tail, PM_STR("Payload-Digest")))
                set_once(&rec->payload_digest, value);
            else if (pm_str_ieq(tail, PM_STR("Refers-To")))
                set_once(&rec->refers_to, value);
        } else if (pm_str_ieq(name, PM_STR("Content-Length"))) {
            set_once(length, value);
        } else if (pm_str_ieq(name, PM_STR("Content-Type"))) {
            set_once(&rec->content_type, value);
        }
    }
    rec->uri = bare(rec->uri);
}

struct pm_str
pm_warc_uri(struct pm_str head)
{
    return bare(pm_warc_field(head, PM_STR("WARC-Target-URI")));
}

struct pm_str
pm_warc_uri_text(struct pm_str uri, struct pm_arena *arena)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out;
    size_t n = 0;

    if (pm_utf8_valid(uri))
        return uri;
    out = uri.len < SIZE_MAX / 3 ? pm_arena_alloc(arena, 3 * uri.len) : NULL;
    for (size_t i = 0; out != NULL && i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.ptr[i];

        if (c < 0x80) {
            out[n++] = (char)c;
            continue;
        }
        out[n++] = '%';
        out[n++] = digits[c >> 4];
        out[n++] = digits[c & 15];
    }
    return out != NULL ? PM_STRN(out, n) : PM_STR_NULL;
}

bool
pm_warc_is_capture(struct pm_str type, struct pm_str uri)
{
    /* The last one is our own, for a page of which nothing else is known. */
    static const char *const schemes[] = {"http:", "https:", "ftp:", "ftps:", "file:", "urn:sha256:"};

    if (!pm_str_ieq(type, PM_STR("response")) && !pm_str_ieq(type, PM_STR("resource")))
        return false;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (pm_str_istarts(uri, pm_str_of(schemes[i])))
            return true;
    return false;
}

bool
pm_warc_number(struct pm_str text, uint64_t *n)
{
    uint64_t v = 0;

    if (text.len == 0 || text.len > 19)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        v = v * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    *n = v;
    return v <= INT64_MAX;
}

/* ---- forms ---- */

/*
 * True for a version that readers know, CRLF line ends, no control bytes, one Content-Length, and
 * no more bytes than readers take.
 */
bool
pm_warc_is_regular(struct pm_str head)
{
    size_t lengths = 0;

    if (head.len > REGULAR_MAX || !pm_str_starts(head, PM_STR("WARC/")) || (head.ptr[5] != '1' && head.ptr[5] != '0') ||
        !pm_str_ends(head, PM_STR("\r\n\r\n")))
        return false;
    for (size_t at = 0; at < head.len;) {
        const char *nl = memchr(head.ptr + at, '\n', head.len - at);
        size_t end = (size_t)(nl - head.ptr);
        struct pm_str line = PM_STRN(head.ptr + at, end - at - (end > at));

        if (end == at || head.ptr[end - 1] != '\r')
            return false;
        for (size_t i = 0; i < line.len; i++)
            if ((unsigned char)line.ptr[i] < ' ' && line.ptr[i] != '\t')
                return false;
        if (at > 0 && line.len > 0 && line.ptr[0] != ' ' && line.ptr[0] != '\t' &&
            memchr(line.ptr, ':', line.len) == NULL)
            return false;
        lengths += pm_str_istarts(line, PM_STR("Content-Length"));
        at = end + 1;
    }
    return lengths == 1;
}

/* A field as one line; control bytes, line ends of a folded one too, become spaces. */
static void
put_line(struct pm_buf *dst, struct pm_str line)
{
    line = pm_str_trim(line);
    for (size_t i = 0; i < line.len; i++) {
        char c = (unsigned char)line.ptr[i] < ' ' ? ' ' : line.ptr[i];

        if (c != ' ' || line.ptr[i] == ' ' || i == 0 || line.ptr[i - 1] != '\r') /* one space for CRLF */
            pm_buf_putc(dst, c);
    }
    pm_buf_cstr(dst, "\r\n");
}

int
pm_warc_rehead(struct pm_warc_reader *r, struct pm_str head, size_t length, struct pm_err *err)
{
    struct pm_str version = field_line(head, 0), name, value;
    bool known = version.len > 5 && (version.ptr[5] == '0' || version.ptr[5] == '1');
    size_t left_out = 0;

    pm_buf_reset(&r->head);
    if (known)
        pm_buf_addf(&r->head, "WARC/%.*s", (int)pm_str_trim(version).len - 5, version.ptr + 5);
    else
        pm_buf_cstr(&r->head, "WARC/1.1");
    pm_buf_cstr(&r->head, "\r\n");
    for (size_t at = version.len; at < head.len;) {
        struct pm_str line = field_line(head, at);
        bool ours;

        at += line.len;
        if (!split_field(line, &name, &value) || name.len == 0 || pm_str_ieq(name, PM_STR("Content-Length")))
            continue;
        ours = pm_str_istarts(name, PM_STR("WARC-")) || pm_str_istarts(name, PM_STR("Content-"));
        if (line.len > LINE_MAX_BYTES || r->head.len + line.len > REGULAR_MAX ||
            (head.len > REGULAR_MAX && !ours && r->head.len + line.len > REGULAR_MAX / 4))
            left_out += line.len;
        else
            put_line(&r->head, line);
    }
    pm_buf_addf(&r->head, "Content-Length: %zu\r\n\r\n", length);
    if (left_out > 0)
        pm_buf_addf(&r->note, "%sheader of %zu bytes is over what readers take: %zu bytes of fields left out",
                    r->note.len > 0 ? "; " : "", head.len, left_out);
    return pm_buf_check(&r->head, err);
}
