#include "http_own.h"

#include "ascii.h"

/* ---- heads ---- */

/* The line that begins at `at`, with its end. */
static struct pm_str
line_at(struct pm_str s, size_t at)
{
    const char *nl = memchr(s.ptr + at, '\n', s.len - at);

    return PM_STRN(s.ptr + at, nl != NULL ? (size_t)(nl - s.ptr) + 1 - at : s.len - at);
}

/* Three digits behind the first space: RFC 9112, 4. */
static int
status_of(struct pm_str line)
{
    size_t at = pm_str_find(line, PM_STR(" "), 0);
    int status = 0, digits = 0;

    while (at < line.len && line.ptr[at] == ' ')
        at++;
    for (; at < line.len && line.ptr[at] >= '0' && line.ptr[at] <= '9' && digits < 4;
         at++, digits++)
        status = status * 10 + (line.ptr[at] - '0');
    return digits == 3 && status >= 100 ? status : 0;
}

int
pm_http_parse(struct pm_str block, struct pm_http *dst, struct pm_err *err)
{
    struct pm_str line;
    size_t at;

    if (!pm_str_istarts(block, PM_STR("HTTP/")))
        return pm_fail(err, PM_SKIP, "no HTTP status line");
    line = line_at(block, 0);
    *dst = (struct pm_http){.status = status_of(line)};
    for (at = line.len; at < block.len; at += line.len) {
        line = line_at(block, at);
        if (pm_str_trim(line).len == 0 && line.ptr[0] != ' ' && line.ptr[0] != '\t') {
            at += line.len;
            break;
        }
    }
    dst->head = PM_STRN(block.ptr, at);
    dst->body = PM_STRN(block.ptr + at, block.len - at);
    return PM_OK;
}

/* The field at *at, its folded lines (RFC 9112, 5.2) included, and *at moved behind it. False at
 * the end. */
static bool
next_field(struct pm_str head, size_t *at, struct pm_str *name, struct pm_str *value)
{
    while (*at < head.len) {
        struct pm_str line = line_at(head, *at);
        const char *colon;

        *at += line.len;
        while (*at < head.len && (head.ptr[*at] == ' ' || head.ptr[*at] == '\t')) {
            size_t more = line_at(head, *at).len;

            line.len += more;
            *at += more;
        }
        colon = memchr(line.ptr, ':', line.len);
        if (colon == NULL)
            continue;
        *name = pm_str_trim(PM_STRN(line.ptr, (size_t)(colon - line.ptr)));
        *value = pm_str_trim(PM_STRN(colon + 1, line.len - (size_t)(colon + 1 - line.ptr)));
        return true;
    }
    return false;
}

struct pm_str
pm_http_field_of(struct pm_str fields, struct pm_str name)
{
    struct pm_str have, value;
    size_t at = 0;

    while (next_field(fields, &at, &have, &value))
        if (pm_str_ieq(have, name))
            return value;
    return PM_STR_NULL;
}

struct pm_str
pm_http_field(struct pm_str head, struct pm_str name)
{
    size_t at = head.len > 0 ? line_at(head, 0).len : 0;

    return pm_http_field_of(PM_STRN(head.ptr + at, head.len - at), name);
}

struct pm_str
pm_http_param(struct pm_str value, struct pm_str name)
{
    size_t at = 0;

    while (at < value.len) {
        size_t start = at;
        bool quoted = false;
        const char *equals;
        struct pm_str part;

        for (; at < value.len && (quoted || value.ptr[at] != ';'); at++) {
            if (value.ptr[at] == '"')
                quoted = !quoted;
            else if (value.ptr[at] == '\\' && quoted && at + 1 < value.len)
                at++;
        }
        part = PM_STRN(value.ptr + start, at - start);
        at++;
        equals = memchr(part.ptr, '=', part.len);
        if (start == 0 || equals == NULL) /* the first part is the value proper */
            continue;
        if (!pm_str_ieq(pm_str_trim(PM_STRN(part.ptr, (size_t)(equals - part.ptr))), name))
            continue;
        part = pm_str_trim(PM_STRN(equals + 1, part.len - (size_t)(equals + 1 - part.ptr)));
        if (part.len >= 2 && (part.ptr[0] == '"' || part.ptr[0] == '\'') &&
            part.ptr[part.len - 1] == part.ptr[0])
            part = PM_STRN(part.ptr + 1, part.len - 2);
        return part;
    }
    return PM_STR_NULL;
}

/* ---- bodies ---- */

/* Size line of a chunk (RFC 9112, 7.1) at `at`: its length with the line end, 0 when it is none. */
size_t
pm_http_chunk_size(struct pm_str s, size_t at, uint64_t *size)
{
    size_t i = at;
    uint64_t n = 0;

    if (s.len - at > PM_HTTP_CHUNK_LINE)
        s.len = at + PM_HTTP_CHUNK_LINE;
    for (; i < s.len && pm_ascii_hex(s.ptr[i]) >= 0; i++) {
        if (n >> 56 != 0)
            return 0;
        n = n << 4 | (uint64_t)pm_ascii_hex(s.ptr[i]);
    }
    if (i == at)
        return 0;
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
        i++;
    if (i < s.len && s.ptr[i] == ';')
        while (i < s.len && s.ptr[i] != '\n')
            i++;
    if (i < s.len && s.ptr[i] == '\r')
        i++;
    if (i >= s.len || s.ptr[i] != '\n')
        return 0;
    *size = n;
    return i + 1 - at;
}

/* Append the content of the chunks to `dst`; from where they are none on, the bytes as they are. */
static void
unchunk(struct pm_str s, struct pm_buf *dst, const char **odd)
{
    size_t at = 0;

    while (at < s.len) {
        uint64_t size = 0;
        size_t line = pm_http_chunk_size(s, at, &size);

        if (line == 0) {
            *odd = at == 0 ? "body is not chunked as its header says" : "damaged chunk in the body";
            pm_buf_add(dst, s.ptr + at, s.len - at);
            return;
        }
        at += line;
        if (size == 0) /* the last one; a trailer section may follow */
            return;
        if (size > s.len - at) {
            pm_buf_add(dst, s.ptr + at, s.len - at);
            break;
        }
        pm_buf_add(dst, s.ptr + at, (size_t)size);
        at += (size_t)size;
        if (at < s.len && s.ptr[at] == '\r')
            at++;
        if (at < s.len && s.ptr[at] == '\n')
            at++;
    }
    if (s.len > 0)
        *odd = "chunked body is cut off";
}

/* Add the codings that fields `name` list, in order, to `dst`; false when there are too many. */
static bool
list_field(struct pm_str head, struct pm_str name, struct pm_http_coding *dst, size_t *n)
{
    struct pm_str have, value;
    size_t at = line_at(head, 0).len;

    while (next_field(head, &at, &have, &value)) {
        if (!pm_str_ieq(have, name))
            continue;
        for (size_t start = 0; start <= value.len;) {
            size_t comma = pm_str_find(value, PM_STR(","), start);
            size_t end = comma != SIZE_MAX ? comma : value.len;
            struct pm_str item = pm_str_trim(PM_STRN(value.ptr + start, end - start));
            struct pm_http_coding c = {pm_str_ieq(item, PM_STR("chunked")), pm_coding_of(item)};

            start = end + 1;
            if (!c.chunked && c.coding == PM_CODING_IDENTITY)
                continue;
            if (*n == PM_HTTP_CODINGS_MAX)
                return false;
            dst[(*n)++] = c;
        }
    }
    return true;
}

bool
pm_http_codings(struct pm_str head, struct pm_http_coding *dst, size_t *n)
{
    /* Content codings were put on first, then transfer codings (RFC 9110, 8.4; RFC 9112, 6.1). */
    *n = 0;
    return list_field(head, PM_STR("content-encoding"), dst, n) && list_field(head, PM_STR("transfer-encoding"), dst, n);
}

/* Undo one coding; what does not keep to it is given as it is. */
static int
undo(struct pm_codec *codec, struct pm_http_coding c, struct pm_str src, struct pm_buf *dst,
     const char **odd, struct pm_err *err)
{
    size_t before = dst->len;
    int rc;

    if (c.chunked) {
        unchunk(src, dst, odd);
        return pm_buf_check(dst, err);
    }
    rc = src.len > 0 ? pm_codec_decode(codec, c.coding, src, dst, err) : PM_OK;
    if (rc == PM_ECORRUPT && dst->len > before) {
        *odd = "compressed body is damaged or cut off";
        return PM_OK;
    }
    if (rc == PM_ECORRUPT || rc == PM_EUNSUPPORTED) {
        *odd = rc == PM_ECORRUPT ? "body is not compressed as its header says"
                                 : "body has a coding that is not known";
        pm_buf_str(dst, src);
        return pm_buf_check(dst, err);
    }
    return rc;
}

int
pm_http_decode(struct pm_codec *codec, const struct pm_http *http, struct pm_buf *dst,
               const char **odd, struct pm_err *err)
{
    struct pm_buf a = PM_BUF_INIT(dst->max), b = PM_BUF_INIT(dst->max);
    struct pm_http_coding codings[PM_HTTP_CODINGS_MAX];
    const char *what = NULL;
    struct pm_str src = http->body;
    size_t n = 0;
    int rc = PM_OK;

    if (!pm_http_codings(http->head, codings, &n)) {
        what = "body has too many codings";
        n = 0;
    }
    while (rc == PM_OK && n > 1) {
        struct pm_buf *out = src.ptr == a.data && a.data != NULL ? &b : &a;

        pm_buf_reset(out);
        rc = undo(codec, codings[--n], src, out, &what, err);
        src = pm_buf_span(out);
    }
    if (rc == PM_OK && n == 1) {
        rc = undo(codec, codings[0], src, dst, &what, err);
    } else if (rc == PM_OK) {
        pm_buf_str(dst, src);
        rc = pm_buf_check(dst, err);
    }
    if (odd != NULL)
        *odd = what;
    pm_buf_release(&a);
    pm_buf_release(&b);
    return rc;
}
