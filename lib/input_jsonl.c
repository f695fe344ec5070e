/* Rows of JSON Lines. */
#include <jansson.h>

#include "input_own.h"
#include "json.h"

enum { SNIFF_ROWS = 20 }; /* lines that may come before the first good row */

enum sort { SORT_OTHER, SORT_ROW, SORT_WACZ };

/* An object that has a page in it, or the header of a WACZ's list of pages, whose texts are only
 * extracts. */
static int
sort_of(struct pm_str line, enum sort *sort, struct pm_err *err)
{
    const char *format;
    json_t *row;
    int rc = pm_json_parse(line, JSON_ALLOW_NUL, &row, err);

    *sort = SORT_OTHER;
    if (rc != PM_OK)
        return rc == PM_SKIP ? PM_OK : rc;
    format = json_string_value(json_object_get(row, "format"));
    if (format != NULL && strncmp(format, "json-pages-", 11) == 0)
        *sort = SORT_WACZ;
    else if (json_is_string(json_object_get(row, "html")) || json_is_string(json_object_get(row, "text")))
        *sort = SORT_ROW;
    json_decref(row);
    return PM_OK;
}

int
pm_input_is_rows(struct pm_str start, bool whole, bool *yes, struct pm_err *err)
{
    size_t at = pm_str_starts(start, PM_STR("\xef\xbb\xbf")) ? 3 : 0;
    int seen = 0, rc;
    enum sort sort;

    *yes = false;
    while (at < start.len && seen < SNIFF_ROWS) {
        size_t nl = pm_str_find(start, PM_STR("\n"), at);
        size_t end = nl != SIZE_MAX ? nl : start.len;
        struct pm_str line = pm_str_trim(PM_STRN(start.ptr + at, end - at));

        at = end + 1;
        if (line.len == 0)
            continue;
        if (line.ptr[0] != '{' && seen == 0)
            return PM_OK;
        seen++;
        /* A line longer than the start cannot be parsed yet; one more may come before it, a header.
         */
        if (nl == SIZE_MAX && !whole) {
            *yes = seen <= 2 && (pm_str_find(line, PM_STR("\"html\""), 0) != SIZE_MAX ||
                                 pm_str_find(line, PM_STR("\"text\""), 0) != SIZE_MAX);
            return PM_OK;
        }
        rc = sort_of(line, &sort, err);
        *yes = rc == PM_OK && sort == SORT_ROW;
        if (rc != PM_OK || sort != SORT_OTHER)
            return rc;
    }
    return PM_OK;
}

/* The next line, without its end; absent at the end of the stream. */
static int
next_line(struct pm_input *in, struct pm_str *line, struct pm_err *err)
{
    struct input_stream *s = pm_input_stream(in);
    size_t want = INPUT_PEEK, seen = 0;

    for (;; want *= 2) {
        struct pm_str have;
        const char *nl;
        int rc = pm_stream_peek(s, want, &have, err);

        if (rc != PM_OK)
            return rc;
        nl = have.len > seen ? memchr(have.ptr + seen, '\n', have.len - seen) : NULL;
        if (nl != NULL || have.len < want) {
            size_t n = nl != NULL ? (size_t)(nl - have.ptr) : have.len;

            *line = have.len > 0 ? PM_STRN(have.ptr, n) : PM_STR_NULL;
            pm_stream_skip(s, n + (nl != NULL));
            in->rows.line++;
            return PM_OK;
        }
        seen = have.len;
    }
}

/* A string member in `arena`; a whole number serves as an id. Absent when there is none. PM_SKIP
 * when it is something else. */
static int
get(const json_t *row, const char *key, struct pm_arena *arena, struct pm_str *dst, struct pm_err *err)
{
    const json_t *v = json_object_get(row, key);

    *dst = PM_STR_NULL;
    if (v == NULL || json_is_null(v))
        return PM_OK;
    if (json_is_integer(v))
        *dst = pm_arena_strf(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    else if (json_is_string(v))
        *dst = pm_arena_str(arena, PM_STRN(json_string_value(v), json_string_length(v)));
    else
        return pm_fail(err, PM_SKIP, "'%s' is no string", key);
    return pm_arena_check(arena, err);
}

static int
fill(struct pm_input *in, const json_t *row, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct pm_str date = PM_STR_NULL, html = PM_STR_NULL, text = PM_STR_NULL;
    const struct {
        const char *key;
        struct pm_str *dst;
    } members[] = {
        {"id", &dst->key}, {"url", &dst->url}, {"outlet", &dst->outlet}, {"title", &dst->title},
        {"date", &date},   {"html", &html},    {"text", &text},
    };
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < sizeof(members) / sizeof(members[0]); i++)
        rc = get(row, members[i].key, arena, members[i].dst, err);
    if (rc != PM_OK)
        return rc;
    if (html.len == 0 && text.len == 0)
        return pm_fail(err, PM_SKIP, "neither 'html' nor 'text'");
    dst->payload = html.len > 0 ? html : text;
    if (dst->payload.len > in->options.payload_max)
        return pm_fail(err, PM_SKIP, "page is over the limit of %zu bytes", in->options.payload_max);
    /* JSON is UTF-8, whatever the page says of itself. */
    dst->media = html.len > 0 ? PM_MEDIA_HTML : PM_MEDIA_TEXT;
    dst->type = html.len > 0 ? PM_STR("text/html; charset=utf-8") : PM_STR("text/plain; charset=utf-8");
    if (date.len > 0 && pm_when_parse(date, &dst->when_us))
        dst->when_source = PM_WHEN_FROM_RECORD;
    else
        pm_input_date(in, dst);
    return PM_OK;
}

int
pm_input_row(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct pm_str line = PM_STR_NULL;
    json_t *row = NULL;
    int rc;

    do {
        rc = next_line(in, &line, err);
        if (rc != PM_OK)
            return rc;
        if (line.ptr == NULL)
            return PM_DONE;
        if (in->rows.line == 1 && pm_str_starts(line, PM_STR("\xef\xbb\xbf")))
            line = PM_STRN(line.ptr + 3, line.len - 3);
        line = pm_str_trim(line);
    } while (line.len == 0);
    rc = pm_json_parse(line, JSON_ALLOW_NUL, &row, err);
    if (rc == PM_SKIP)
        (void)pm_err_prefix(err, "no JSON");
    if (rc == PM_OK && !json_is_object(row))
        rc = pm_fail(err, PM_SKIP, "no JSON object");
    if (rc != PM_OK)
        goto out;
    dst->origin = PM_ORIGIN_JSONL;
    dst->source = pm_arena_strf(arena, "%s:%llu", pm_input_current(in)->label.ptr, (unsigned long long)in->rows.line);
    rc = fill(in, row, arena, dst, err);
out:
    json_decref(row);
    if (rc == PM_SKIP)
        (void)pm_err_prefix(err, "line %llu", (unsigned long long)in->rows.line);
    return rc;
}
