#include "cdxj.h"

#include <stdlib.h>

#include "http.h"
#include "json.h"
#include "record.h"
#include "url.h"
#include "warc.h"
#include "when.h"

enum { QUERY_ARGS_MAX = 256, TIMESTAMP_DIGITS = 14 };

static void
put_lower(struct pm_buf *dst, struct pm_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == ' ')
            pm_buf_cstr(dst, "%20"); /* the line is split at spaces */
        else if ((unsigned char)c > ' ')
            pm_buf_putc(dst, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
}

static int
by_bytes(const void *a, const void *b)
{
    return pm_str_cmp(*(const struct pm_str *)a, *(const struct pm_str *)b);
}

/* Arguments in order of bytes; a query of more than anyone writes stays as it is. */
static void
put_query(struct pm_buf *dst, struct pm_str query)
{
    struct pm_str args[QUERY_ARGS_MAX];
    size_t n = 0, at = 0;

    while (at <= query.len && n < QUERY_ARGS_MAX) {
        const char *end = memchr(query.ptr + at, '&', query.len - at);
        size_t len = end ? (size_t)(end - query.ptr) - at : query.len - at;

        args[n++] = PM_STRN(query.ptr + at, len);
        at += len + 1;
    }
    if (at <= query.len) {
        put_lower(dst, query);
        return;
    }
    qsort(args, n, sizeof(args[0]), by_bytes);
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            pm_buf_putc(dst, '&');
        put_lower(dst, args[i]);
    }
}

/* Without "www.", "www2." and the like. */
static struct pm_str
bare_host(struct pm_str host)
{
    size_t i = 3;

    if (!pm_str_istarts(host, PM_STR("www")))
        return host;
    while (i < host.len && host.ptr[i] >= '0' && host.ptr[i] <= '9')
        i++;
    return i < host.len && host.ptr[i] == '.' ? PM_STRN(host.ptr + i + 1, host.len - i - 1) : host;
}

static void
put_host(struct pm_buf *dst, struct pm_str host)
{
    size_t end = host.len;

    for (size_t i = host.len; i > 0; i--) {
        if (host.ptr[i - 1] != '.')
            continue;
        put_lower(dst, PM_STRN(host.ptr + i, end - i));
        pm_buf_putc(dst, ',');
        end = i - 1;
    }
    put_lower(dst, PM_STRN(host.ptr, end));
}

static bool
is_default_port(struct pm_str url, struct pm_str port)
{
    return pm_str_eq(port, pm_str_istarts(url, PM_STR("https")) ? PM_STR(":443") : PM_STR(":80")) || port.len == 1;
}

/* Path, or what stands for one, and query; without a slash at the end and without fragment. */
static void
put_path(struct pm_buf *dst, struct pm_str rest)
{
    struct pm_str path;
    size_t n;

    for (n = 0; n < rest.len && rest.ptr[n] != '#'; n++)
        ;
    rest.len = n;
    for (n = 0; n < rest.len && rest.ptr[n] != '?'; n++)
        ;
    path = PM_STRN(rest.ptr, n);
    if (path.len > 0 && path.ptr[path.len - 1] == '/')
        path.len--;
    put_lower(dst, path);
    if (n + 1 < rest.len) {
        pm_buf_putc(dst, '?');
        put_query(dst, PM_STRN(rest.ptr + n + 1, rest.len - n - 1));
    }
}

void
pm_cdxj_key(struct pm_str url, struct pm_buf *dst)
{
    struct pm_str host = pm_url_host(url), rest;
    size_t n = 0;

    if (host.len == 0) {
        n = pm_str_find(url, PM_STR(":///"), 0); /* "file:///a" is "file:/a" */
        n = n == SIZE_MAX ? 0 : n + 1;
        put_lower(dst, PM_STRN(url.ptr, n));
        put_path(dst, n > 0 ? PM_STRN(url.ptr + n + 2, url.len - n - 2) : url);
        return;
    }
    rest = PM_STRN(host.ptr + host.len, url.len - (size_t)(host.ptr - url.ptr) - host.len);
    put_host(dst, bare_host(host));
    while (n < rest.len && rest.ptr[n] != '/' && rest.ptr[n] != '?' && rest.ptr[n] != '#')
        n++;
    if (n > 0 && !is_default_port(url, PM_STRN(rest.ptr, n)))
        pm_buf_add(dst, rest.ptr, n);
    pm_buf_cstr(dst, ")/");
    rest = PM_STRN(rest.ptr + n, rest.len - n);
    if (rest.len > 0 && rest.ptr[0] == '/')
        rest = PM_STRN(rest.ptr + 1, rest.len - 1);
    put_path(dst, rest);
}

/* "20240503154742", the digits of an ISO date. */
static void
put_timestamp(struct pm_buf *dst, int64_t when_us)
{
    struct pm_buf iso = PM_BUF_INIT(64);
    int digits = 0;

    pm_when_iso(&iso, when_us == PM_WHEN_NONE ? 0 : when_us);
    for (size_t i = 0; i < iso.len && digits < TIMESTAMP_DIGITS; i++)
        if (iso.data[i] >= '0' && iso.data[i] <= '9') {
            pm_buf_putc(dst, iso.data[i]);
            digits++;
        }
    pm_buf_release(&iso);
}

static struct pm_str
bare_type(struct pm_str type)
{
    size_t n = 0;

    while (n < type.len && type.ptr[n] != ';' && type.ptr[n] != ' ')
        n++;
    return PM_STRN(type.ptr, n);
}

/* Replay tools take all values as strings. */
static void
put_number(struct pm_buf *dst, const char *key, uint64_t value)
{
    pm_json_key(dst, key);
    pm_buf_addf(dst, "\"%llu\"", (unsigned long long)value);
}

/* True when the record holds a capture that a line is for. */
static bool
has_line(struct pm_str head)
{
    struct pm_str type = pm_warc_field(head, PM_STR("WARC-Type"));

    return pm_warc_field(head, PM_STR("WARC-Target-URI")).len > 0 &&
           (pm_str_ieq(type, PM_STR("revisit")) || pm_str_ieq(type, PM_STR("response")) ||
            pm_str_ieq(type, PM_STR("resource")));
}

/* `http`: absent if there is none; `digest`: for a record that carries none. */
static int
put_line(struct pm_str head, struct pm_str http_head, struct pm_str digest, const struct pm_cdxj_place *place,
         struct pm_buf *dst, struct pm_err *err)
{
    struct pm_str url = pm_warc_field(head, PM_STR("WARC-Target-URI")), mime,
                  given = pm_warc_field(head, PM_STR("WARC-Payload-Digest"));
    struct pm_http http = {.status = 0};
    int64_t when_us = PM_WHEN_NONE;

    if (url.len > 2 && url.ptr[0] == '<')
        url = PM_STRN(url.ptr + 1, url.len - 2);
    (void)pm_when_parse(pm_warc_field(head, PM_STR("WARC-Date")), &when_us);
    if (http_head.ptr == NULL || pm_http_parse(http_head, &http, NULL) != PM_OK)
        http = (struct pm_http){.status = 0};
    mime = pm_str_ieq(pm_warc_field(head, PM_STR("WARC-Type")), PM_STR("revisit")) ? PM_STR("warc/revisit")
           : http_head.ptr != NULL ? bare_type(pm_http_field(http_head, PM_STR("content-type")))
                                   : bare_type(pm_warc_field(head, PM_STR("Content-Type")));
    given = given.len > 0 ? given : digest;
    if (pm_str_istarts(given, PM_STR("sha1:")))
        given = PM_STRN(given.ptr + 5, given.len - 5);
    pm_cdxj_key(url, dst);
    pm_buf_putc(dst, ' ');
    put_timestamp(dst, when_us);
    pm_buf_cstr(dst, " {");
    pm_json_member(dst, "url", url);
    if (mime.len > 0)
        pm_json_member(dst, "mime", mime);
    if (http.status != 0)
        put_number(dst, "status", (uint64_t)http.status);
    pm_json_member(dst, "digest", given);
    put_number(dst, "length", place->length);
    put_number(dst, "offset", place->offset);
    pm_json_member(dst, "filename", place->filename);
    pm_buf_cstr(dst, "}\n");
    return pm_buf_check(dst, err);
}

int
pm_cdxj_line(struct pm_digester *d, struct pm_str record, const struct pm_cdxj_place *place, struct pm_buf *dst,
             struct pm_err *err)
{
    struct pm_buf digest = PM_BUF_INIT(256);
    struct pm_str head, block;
    struct pm_http http;
    uint8_t sha1[PM_SHA1_LEN];
    int rc = PM_OK;

    if (!pm_record_split(record, &head, &block) || !has_line(head))
        return PM_SKIP;
    if (pm_http_parse(block, &http, NULL) != PM_OK)
        http = (struct pm_http){.body = block};
    if (pm_warc_field(head, PM_STR("WARC-Payload-Digest")).len == 0) {
        rc = pm_digest_sha1(d, &http.body, 1, sha1, err);
        pm_record_sha1(&digest, sha1);
    }
    if (rc == PM_OK)
        rc = put_line(head, http.head, pm_buf_span(&digest), place, dst, err);
    pm_buf_release(&digest);
    return rc;
}

int
pm_cdxj_line_of(const struct pm_big_facts *facts, const struct pm_cdxj_place *place, struct pm_buf *dst,
                struct pm_err *err)
{
    struct pm_buf digest = PM_BUF_INIT(256);
    int rc;

    if (!has_line(facts->head))
        return PM_SKIP;
    pm_buf_cstr(&digest, "sha256:");
    pm_hex(&digest, facts->payload_sha.byte, sizeof(facts->payload_sha.byte));
    rc = put_line(facts->head, facts->http, pm_buf_span(&digest), place, dst, err);
    pm_buf_release(&digest);
    return rc;
}

int
pm_cdxj_sort(struct pm_buf *text, struct pm_err *err)
{
    struct pm_buf sorted = PM_BUF_INIT(text->max);
    struct pm_str *lines;
    size_t n = 0, at = 0;
    int rc;

    for (size_t i = 0; i < text->len; i++)
        n += text->data[i] == '\n';
    if (n < 2)
        return PM_OK;
    lines = calloc(n, sizeof(*lines));
    if (lines == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < n; i++) {
        const char *end = memchr(text->data + at, '\n', text->len - at);
        size_t len = (size_t)(end - text->data) - at + 1;

        lines[i] = PM_STRN(text->data + at, len);
        at += len;
    }
    qsort(lines, n, sizeof(*lines), by_bytes);
    for (size_t i = 0; i < n; i++)
        pm_buf_str(&sorted, lines[i]);
    rc = pm_buf_check(&sorted, err);
    if (rc == PM_OK) {
        struct pm_buf old = *text;

        *text = sorted;
        sorted = old;
    }
    free(lines);
    pm_buf_release(&sorted);
    return rc;
}
