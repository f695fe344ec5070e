#include "restore_name.h"

#include <xxhash.h>

#include "ascii.h"
#include "digest.h"
#include "url.h"

enum {
    SLUG_MAX = 80,      /* bytes of a slug: the end of a path says more than its start */
    OUTLET_MAX = 60,
    EXTENSION_MAX = 8,
};

/* ---- portable text ---- */

/* The next character of a URL, its percent-encoding undone. */
static char
url_char(struct pm_str s, size_t *i)
{
    if (s.ptr[*i] == '%' && s.len - *i >= 3) {
        int high = pm_ascii_hex(s.ptr[*i + 1]), low = pm_ascii_hex(s.ptr[*i + 2]);

        if (high >= 0 && low >= 0) {
            *i += 3;
            return (char)(high * 16 + low);
        }
    }
    return s.ptr[(*i)++];
}

/*
 * Append `s` in lower case with each run of other than letters, digits, "." and "_" as one "-", none at the ends; no
 * more than the last `max` bytes of it.
 */
static void
put_slug(struct pm_buf *dst, struct pm_str s, size_t max)
{
    size_t start = dst->len;
    bool gap = false;

    for (size_t i = 0; i < s.len;) {
        char c = pm_ascii_fold(url_char(s, &i));

        if (!pm_ascii_alnum(c) && c != '_' && c != '.') {
            gap = true;
            continue;
        }
        if (dst->len == start && (c == '.' || c == '_'))
            continue; /* a leading dot would hide the file */
        if (gap && dst->len > start)
            pm_buf_putc(dst, '-');
        gap = false;
        pm_buf_putc(dst, c);
    }
    while (!dst->failed && dst->len > start && dst->data[dst->len - 1] == '.')
        dst->len--;
    if (!dst->failed && dst->len - start > max) {
        size_t cut = dst->len - max;

        while (cut < dst->len && cut > dst->len - max / 2 - 1 && dst->data[cut] != '-')
            cut++;
        while (cut < dst->len - 1 && !pm_ascii_alnum(dst->data[cut]))
            cut++;
        memmove(dst->data + start, dst->data + cut, dst->len - cut);
        dst->len = start + (dst->len - cut);
    }
}

/* The path of a URL: from the slash behind the host to query or fragment. */
static struct pm_str
url_path(struct pm_str url)
{
    size_t start = pm_str_find(url, PM_STR("://"), 0), end;

    if (start != SIZE_MAX) {
        start += 3;
        while (start < url.len && url.ptr[start] != '/')
            start++;
    } else {
        start = pm_str_find(url, PM_STR(":"), 0);
        start = start == SIZE_MAX ? 0 : start + 1;
    }
    end = start;
    while (end < url.len && url.ptr[end] != '?' && url.ptr[end] != '#')
        end++;
    return PM_STRN(url.ptr + start, end - start);
}

/* Where the extension of the last component starts (at its dot), or the length when there is none. */
static size_t
extension_at(struct pm_str path)
{
    for (size_t i = path.len; i > 0 && path.len - i <= EXTENSION_MAX; i--) {
        char c = path.ptr[i - 1];

        if (c == '.')
            return i < path.len && i > 1 && path.ptr[i - 2] != '/' ? i - 1 : path.len;
        if (!pm_ascii_alnum(c))
            break;
    }
    return path.len;
}

/* ---- parts of a name ---- */

static const char *
type_extension(struct pm_str type)
{
    static const struct {
        const char *type, *extension;
    } known[] = {
        {"text/html", ".html"},         {"application/xhtml+xml", ".html"}, {"text/plain", ".txt"},
        {"application/pdf", ".pdf"},    {"image/jpeg", ".jpg"},             {"image/png", ".png"},
        {"image/gif", ".gif"},          {"image/webp", ".webp"},            {"image/svg+xml", ".svg"},
        {"image/avif", ".avif"},        {"text/css", ".css"},               {"text/javascript", ".js"},
        {"application/javascript", ".js"}, {"application/json", ".json"},   {"application/ld+json", ".json"},
        {"text/xml", ".xml"},           {"application/xml", ".xml"},        {"application/rss+xml", ".xml"},
        {"application/atom+xml", ".xml"}, {"video/mp4", ".mp4"},            {"audio/mpeg", ".mp3"},
        {"multipart/related", ".mhtml"}, {"message/rfc822", ".mhtml"},      {"font/woff2", ".woff2"},
    };
    size_t end = 0;

    while (end < type.len && type.ptr[end] != ';' && type.ptr[end] != ' ')
        end++;
    type.len = end;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (pm_str_ieq(type, pm_str_of(known[i].type)))
            return known[i].extension;
    return NULL;
}

static void
put_extension(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst)
{
    const char *known = type_extension(row->type);
    struct pm_str path = url_path(row->url);
    size_t at = extension_at(path);

    if (as == PM_RESTORE_TEXT) {
        pm_buf_cstr(dst, ".txt");
    } else if (as == PM_RESTORE_HTTP && row->status != 0) {
        pm_buf_cstr(dst, ".http");
    } else if (known != NULL) {
        pm_buf_cstr(dst, known);
    } else if (row->media != PM_MEDIA_OTHER) {
        pm_buf_cstr(dst, row->media == PM_MEDIA_HTML ? ".html" : ".txt");
    } else if (at < path.len) {
        for (; at < path.len; at++)
            pm_buf_putc(dst, pm_ascii_fold(path.ptr[at]));
    } else {
        pm_buf_cstr(dst, ".bin");
    }
}

static void
put_id(const struct pm_row *row, struct pm_buf *dst)
{
    pm_buf_putc(dst, '-');
    pm_hex(dst, row->uid, sizeof(row->uid));
}

static void
put_url_name(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst)
{
    struct pm_str path = url_path(row->url);
    size_t start = dst->len;

    put_slug(dst, row->outlet, OUTLET_MAX);
    if (dst->len == start)
        put_slug(dst, pm_url_site(row->url), OUTLET_MAX);
    if (dst->len == start)
        pm_buf_cstr(dst, "unknown");
    pm_buf_putc(dst, '/');
    if (row->when_us == PM_WHEN_NONE)
        pm_buf_cstr(dst, "undated");
    else
        pm_when_day(dst, row->when_us);
    pm_buf_putc(dst, '/');
    start = dst->len;
    path.len = extension_at(path);
    put_slug(dst, path, SLUG_MAX);
    if (dst->len == start)
        pm_buf_cstr(dst, "page");
    put_id(row, dst);
    put_extension(row, as, dst);
}

/* ---- names that files had ---- */

static bool
is_safe_part(struct pm_str part)
{
    if (part.len > PM_NAME_PART_MAX || pm_str_eq(part, PM_STR("..")))
        return false;
    for (size_t i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.ptr[i];

        if (c < 0x20 || c == 0x7f || c == '\\')
            return false;
    }
    return true;
}

static struct pm_str
next_part(struct pm_str path, size_t *at)
{
    size_t start = *at, end = start;

    while (end < path.len && path.ptr[end] != '/')
        end++;
    *at = end + 1;
    return PM_STRN(path.ptr + start, end - start);
}

/*
 * The path a file had: a leading "/" or "../" is left out, as tar does; with ".." elsewhere, a control byte, a
 * backslash or a drive letter it is not used. False, with `dst` as it was, when nothing is left.
 */
static bool
put_key_path(struct pm_str key, struct pm_buf *dst)
{
    size_t start = dst->len, at = 0;

    if (key.len == 0 || key.len > PM_NAME_MAX || key.ptr[key.len - 1] == '/' ||
        (key.len > 1 && key.ptr[1] == ':'))
        return false;
    while (at <= key.len) {
        struct pm_str part = next_part(key, &at);

        if (part.len == 0 || pm_str_eq(part, PM_STR(".")) ||
            (dst->len == start && pm_str_eq(part, PM_STR(".."))))
            continue;
        if (!is_safe_part(part)) {
            dst->len = start;
            return false;
        }
        if (dst->len > start)
            pm_buf_putc(dst, '/');
        pm_buf_str(dst, part);
    }
    return dst->len > start;
}

/* A key without directory and extension is an id more likely than a file's name: it gets an extension. */
static bool
is_bare(struct pm_str name)
{
    return memchr(name.ptr, '/', name.len) == NULL && memchr(name.ptr, '.', name.len) == NULL;
}

static bool
put_key_name(const struct pm_row *row, enum pm_restore_as as, bool unique, struct pm_buf *dst)
{
    struct pm_buf name = PM_BUF_INIT(PM_NAME_MAX + 1);
    struct pm_str path, extension;
    bool done = false;
    size_t at;

    if (row->key.len == 0 || !put_key_path(row->key, &name) || name.failed)
        goto out;
    path = pm_buf_span(&name);
    at = extension_at(path);
    extension = PM_STRN(path.ptr + at, path.len - at);
    pm_buf_add(dst, path.ptr, at);
    if (unique)
        put_id(row, dst);
    pm_buf_str(dst, extension);
    if (as == PM_RESTORE_TEXT)
        pm_buf_cstr(dst, ".txt");
    else if (as == PM_RESTORE_HTTP && row->status != 0)
        pm_buf_cstr(dst, ".http");
    else if (is_bare(path) && row->media != PM_MEDIA_OTHER)
        put_extension(row, as, dst);
    done = true;
out:
    pm_buf_release(&name);
    return done;
}

void
pm_restore_name(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst)
{
    if (!put_key_name(row, as, false, dst))
        put_url_name(row, as, dst);
}

void
pm_restore_name_unique(const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst)
{
    if (!put_key_name(row, as, true, dst))
        put_url_name(row, as, dst);
}

/* ---- the names of a run ---- */

void
pm_namer_release(struct pm_namer *n)
{
    pm_seen_release(&n->names);
    pm_seen_release(&n->longer);
    pm_seen_release(&n->none);
}

int
pm_namer_reserve(struct pm_namer *n, struct pm_str name, struct pm_err *err)
{
    return pm_seen_add(&n->names, XXH3_64bits(name.ptr, name.len), err);
}

/* Put the name in `dst`, the one with the id if `longer`. */
static int
make_name(const struct pm_row *row, enum pm_restore_as as, bool longer, struct pm_buf *dst, struct pm_err *err)
{
    pm_buf_reset(dst);
    if (longer)
        pm_restore_name_unique(row, as, dst);
    else
        pm_restore_name(row, as, dst);
    return pm_buf_check(dst, err);
}

/* Take the name, or the one with the id: *longer. PM_DONE when both are taken. */
static int
take_name(struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst, bool *longer,
          struct pm_err *err)
{
    int rc = PM_DONE;

    for (int i = 0; rc == PM_DONE && i < 2; i++) {
        *longer = i == 1;
        rc = make_name(row, as, *longer, dst, err);
        if (rc == PM_OK)
            rc = pm_namer_reserve(n, pm_buf_span(dst), err);
    }
    return rc;
}

static int
is_taken(struct pm_buf *name, struct pm_err *err)
{
    return pm_fail(err, PM_SKIP, "'%s' is the name of another capture", pm_buf_z(name));
}

int
pm_namer_choose(struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
                struct pm_err *err)
{
    bool longer;
    int rc = take_name(n, row, as, dst, &longer, err);

    return rc == PM_DONE ? is_taken(dst, err) : rc;
}

int
pm_namer_note(struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *scratch,
              struct pm_err *err)
{
    bool longer;
    int rc = take_name(n, row, as, scratch, &longer, err);

    if (rc == PM_DONE)
        return pm_seen_add(&n->none, (uint64_t)row->capture, err);
    return rc == PM_OK && longer ? pm_seen_add(&n->longer, (uint64_t)row->capture, err) : rc;
}

int
pm_namer_noted(const struct pm_namer *n, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
               struct pm_err *err)
{
    bool none = pm_seen_has(&n->none, (uint64_t)row->capture);
    int rc = make_name(row, as, none || pm_seen_has(&n->longer, (uint64_t)row->capture), dst, err);

    return rc == PM_OK && none ? is_taken(dst, err) : rc;
}
