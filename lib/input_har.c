/* HAR files (HTTP Archive 1.2), as browsers save them: the bodies of their entries that are pages.
 */
#include <jansson.h>

#include "input_own.h"
#include "json.h"
#include "mime.h"

bool
pm_input_is_har(struct pm_str start)
{
    struct pm_str s = pm_str_trim(start);

    if (pm_str_starts(s, PM_STR("\xef\xbb\xbf")))
        s = pm_str_trim(PM_STRN(s.ptr + 3, s.len - 3));
    if (s.len == 0 || s.ptr[0] != '{')
        return false;
    s = pm_str_trim(PM_STRN(s.ptr + 1, s.len - 1));
    return pm_str_starts(s, PM_STR("\"log\"")) && (pm_str_find(s, PM_STR("\"creator\""), 0) != SIZE_MAX ||
                                                   pm_str_find(s, PM_STR("\"entries\""), 0) != SIZE_MAX);
}

static int
load(struct pm_input *in, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(2 * in->options.payload_max + INPUT_PEEK);
    struct pm_str text = PM_STR_NULL;
    size_t bom;
    int rc;

    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_stream_all(pm_input_stream(in), in->options.payload_max, arena, &text, err);
    if (rc == PM_OK) {
        bom = pm_str_starts(text, PM_STR("\xef\xbb\xbf")) ? 3 : 0;
        rc = pm_json_parse(PM_STRN(text.ptr + bom, text.len - bom), JSON_ALLOW_NUL, &in->har.root, err);
        in->har.entries = json_object_get(json_object_get(in->har.root, "log"), "entries");
        if (rc == PM_OK && !json_is_array(in->har.entries))
            rc = pm_fail(err, PM_SKIP, "no entries");
        if (rc == PM_SKIP)
            (void)pm_err_prefix(err, "damaged HAR file");
    }
    pm_arena_free(arena);
    return rc;
}

static struct pm_str
text_of(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);

    return json_is_string(v) ? PM_STRN(json_string_value(v), json_string_length(v)) : PM_STR_NULL;
}

/* The entry as a capture; PM_DONE when it holds no page. */
static int
take_entry(struct pm_input *in, const json_t *entry, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    const json_t *response = json_object_get(entry, "response"), *content = json_object_get(response, "content");
    struct pm_str text = text_of(content, "text"), type = text_of(content, "mimeType");
    struct pm_str url = text_of(json_object_get(entry, "request"), "url");
    bool packed = pm_str_eq(text_of(content, "encoding"), PM_STR("base64"));
    json_int_t status = json_integer_value(json_object_get(response, "status"));

    if (text.len == 0 || status < 200 || status > 299)
        return PM_DONE;
    dst->payload = packed ? pm_mime_base64(text, arena) : pm_arena_str(arena, text);
    if (dst->payload.ptr == NULL)
        return pm_arena_check(arena, err);
    dst->media = pm_mime_media(dst->payload, type, url);
    if (dst->media == PM_MEDIA_OTHER)
        return PM_DONE;
    dst->origin = PM_ORIGIN_FILE;
    dst->url = pm_arena_str(arena, url);
    /* What is no base64 was decoded by the browser: it is UTF-8 whatever the page says. */
    if (packed)
        dst->type = pm_arena_str(arena, type);
    else
        dst->type =
            dst->media == PM_MEDIA_HTML ? PM_STR("text/html; charset=utf-8") : PM_STR("text/plain; charset=utf-8");
    dst->source = pm_arena_strf(arena, "%s#%zu", pm_input_current(in)->label.ptr, in->har.next);
    if (pm_when_parse(text_of(entry, "startedDateTime"), &dst->when_us))
        dst->when_source = PM_WHEN_FROM_RECORD;
    else
        pm_input_date(in, dst);
    return pm_arena_check(arena, err);
}

int
pm_input_har(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    int rc = in->har.root == NULL ? load(in, err) : PM_OK;

    if (rc != PM_OK) {
        in->form = FORM_EMPTY;
        return rc;
    }
    while (in->har.next < json_array_size(in->har.entries)) {
        rc = take_entry(in, json_array_get(in->har.entries, in->har.next++), arena, dst, err);
        if (rc != PM_DONE)
            return rc;
        *dst = (struct pm_capture){.when_us = PM_WHEN_NONE};
        in->passed++;
    }
    return PM_DONE;
}

void
pm_input_har_end(struct input_har *h)
{
    json_decref(h->root);
    *h = (struct input_har){0};
}
