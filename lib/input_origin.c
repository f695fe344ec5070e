/* Where a saved page came from: by the comment of the program that saved it, or by its path in a
 * mirror. */
#include "input_own.h"

enum {
    COMMENT_WITHIN = 1 << 14, /* such a comment stands near the start */
    COMMENTS_MAX = 16,
};

/* ---- comments ---- */

/* What follows `label` up to the end of its line; absent when it is not there. */
static struct pm_str
after(struct pm_str comment, struct pm_str label)
{
    size_t at = pm_str_find(comment, label, 0), nl;

    if (at == SIZE_MAX)
        return PM_STR_NULL;
    at += label.len;
    nl = pm_str_find(comment, PM_STR("\n"), at);
    return pm_str_trim(PM_STRN(comment.ptr + at, (nl != SIZE_MAX ? nl : comment.len) - at));
}

static bool
is_http_url(struct pm_str url)
{
    if (!pm_str_istarts(url, PM_STR("http://")) && !pm_str_istarts(url, PM_STR("https://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == '"' || url.ptr[i] == '<' || url.ptr[i] == '>')
            return false;
    return true;
}

/* "Mon Jun 01 2020 12:13:14 GMT+0200 (...)", as JavaScript prints a date. */
static bool
parse_js_date(struct pm_str s, struct pm_arena *arena, int64_t *when_us)
{
    struct pm_str rfc;

    if (s.len < 33 || s.ptr[3] != ' ' || s.ptr[7] != ' ' || s.ptr[10] != ' ' || s.ptr[15] != ' ' ||
        !pm_str_eq(PM_STRN(s.ptr + 25, 3), PM_STR("GMT")))
        return false;
    rfc = pm_arena_strf(arena, "%.*s %.*s %.*s %.*s", 2, s.ptr + 8, 3, s.ptr + 4, 13, s.ptr + 11, 5, s.ptr + 28);
    return pm_when_parse(rfc, when_us);
}

static void
set_when(struct pm_capture *dst, struct pm_str date, struct pm_arena *arena)
{
    int64_t when;

    if (pm_when_parse(date, &when) || parse_js_date(date, arena, &when)) {
        dst->when_us = when;
        dst->when_source = PM_WHEN_FROM_RECORD;
    }
}

/* " Page saved with SingleFile \n url: ... \n saved date: ..." */
static bool
single_file(struct pm_str c, struct pm_arena *arena, struct pm_capture *dst)
{
    struct pm_str url = after(c, PM_STR("\n url: "));

    if (pm_str_find(c, PM_STR("Page saved with SingleFile"), 0) == SIZE_MAX || !is_http_url(url))
        return false;
    dst->url = pm_arena_str(arena, url);
    set_when(dst, after(c, PM_STR("\n saved date: ")), arena);
    return true;
}

/* " saved from url=(0031)https://..." is what browsers put there ("the mark of the web"). */
static bool
marked(struct pm_str c, struct pm_arena *arena, struct pm_capture *dst)
{
    struct pm_str url = after(c, PM_STR("saved from url=("));
    size_t close = pm_str_find(url, PM_STR(")"), 0);

    if (close != 4)
        return false;
    url = pm_str_trim(PM_STRN(url.ptr + 5, url.len - 5));
    if (!is_http_url(url))
        return false;
    dst->url = pm_arena_str(arena, url);
    return true;
}

/* " Mirrored from host/path by HTTrack Website Copier/3.x [...], Fri, 03 May 2024 15:47:42 GMT " */
static bool
httrack(struct pm_str c, struct pm_arena *arena, struct pm_capture *dst)
{
    struct pm_str rest = after(c, PM_STR("Mirrored from ")), url;
    size_t by = pm_str_find(rest, PM_STR(" by HTTrack"), 0), date;
    bool scheme;

    if (by == SIZE_MAX)
        return false;
    url = PM_STRN(rest.ptr, by);
    scheme = pm_str_find(url, PM_STR("://"), 0) != SIZE_MAX;
    url = pm_arena_strf(arena, "%s%.*s", scheme ? "" : "http://", (int)url.len, url.ptr);
    if (!is_http_url(url))
        return false;
    dst->url = url;
    date = pm_str_find(rest, PM_STR("], "), by);
    if (date != SIZE_MAX)
        set_when(dst, pm_str_trim(PM_STRN(rest.ptr + date + 3, rest.len - date - 3)), arena);
    return true;
}

void
pm_input_origin_comment(struct pm_str page, struct pm_arena *arena, struct pm_capture *dst)
{
    struct pm_str s = PM_STRN(page.ptr, page.len < COMMENT_WITHIN ? page.len : COMMENT_WITHIN);
    size_t at = 0;

    for (int i = 0; i < COMMENTS_MAX; i++) {
        size_t start = pm_str_find(s, PM_STR("<!--"), at), end;
        struct pm_str c;

        if (start == SIZE_MAX)
            return;
        end = pm_str_find(s, PM_STR("-->"), start + 4);
        end = end != SIZE_MAX ? end : s.len;
        c = PM_STRN(s.ptr + start + 4, end - start - 4);
        if (single_file(c, arena, dst) || marked(c, arena, dst) || httrack(c, arena, dst))
            return;
        at = end;
    }
}

/* ---- mirrors ---- */

/* What stands before a port in the name of a directory: as is, of wget for Windows, of HTTrack. */
static const char PORT[] = ":+_";

/*
 * A name of a host as a directory: "www.port-ellery.example" or "192.0.2.1", with ":8080" behind it perhaps, which
 * *port gets. The last label of a name has letters alone, so "v1.2" is none.
 */
static bool
is_host(struct pm_str *s, struct pm_str *port)
{
    size_t dots = 0, label = 0, digits = 0, letters = 0, numbers = 0, end = 0;

    for (; end < s->len && strchr(PORT, s->ptr[end]) == NULL; end++) {
        char c = s->ptr[end];
        bool digit = c >= '0' && c <= '9', letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

        if (c == '.') {
            if (label == 0)
                return false;
            numbers += digits == label;
            dots++;
            label = digits = letters = 0;
            continue;
        }
        if (!digit && !letter && c != '-')
            return false;
        label++;
        digits += digit;
        letters += letter;
    }
    if (!(dots > 0 && label > 1 && letters == label) && !(dots == 3 && numbers == 3 && label > 0 && digits == label))
        return false;
    *port = end < s->len ? PM_STRN(s->ptr + end + 1, s->len - end - 1) : PM_STR("");
    for (size_t i = 0; i < port->len; i++)
        if (port->ptr[i] < '0' || port->ptr[i] > '9')
            return false;
    s->len = end;
    return true;
}

/* The first part of a path that is a host and has something below it, from `at` on. */
struct place {
    struct pm_str host, port, before, rest; /* before: the part before it; rest: with its slash */
};

static bool
find_host(struct pm_str path, size_t at, struct place *dst)
{
    for (size_t end;; at = end + 1) {
        end = pm_str_find(path, PM_STR("/"), at);
        if (end == SIZE_MAX)
            return false;
        dst->host = PM_STRN(path.ptr + at, end - at);
        dst->rest = PM_STRN(path.ptr + end, path.len - end);
        if (is_host(&dst->host, &dst->port))
            return true;
        dst->before = dst->host;
    }
}

struct pm_str
pm_input_mirror_url(struct pm_str path, size_t named, struct pm_arena *arena)
{
    static const char index[] = "/index.html";
    struct place place = {.before = PM_STR_NULL}, below = place;
    const char *scheme;

    if (!find_host(path, 0, &place))
        return PM_STR_NULL;
    /* "my.mirror" that was named, and has hosts in it, is none. */
    while (place.rest.ptr <= path.ptr + named && find_host(place.rest, 1, &below) &&
           below.host.ptr == place.rest.ptr + 1)
        place = below;
    /* `wget --protocol-directories` */
    scheme = pm_str_eq(place.before, PM_STR("http")) ? "http" : "https";
    /* The page of a directory is saved under this name. */
    if (pm_str_ends(place.rest, pm_str_of(index)))
        place.rest.len -= sizeof(index) - 2;
    return pm_arena_strf(arena, "%s://%.*s%s%.*s%.*s", scheme, (int)place.host.len, place.host.ptr,
                         place.port.len > 0 ? ":" : "", (int)place.port.len, place.port.ptr, (int)place.rest.len,
                         place.rest.ptr);
}
