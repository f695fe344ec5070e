#include "meta.h"

#include <jansson.h>
#include <stddef.h>

#include "json.h"

/* Texts of a row that are plain strings in the JSON; byline and captions are arrays already. */
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    {"key", offsetof(struct pm_row, key)},
    {"url", offsetof(struct pm_row, url)},
    {"outlet", offsetof(struct pm_row, outlet)},
    {"type", offsetof(struct pm_row, type)},
    {"title", offsetof(struct pm_row, title)},
    {"standfirst", offsetof(struct pm_row, standfirst)},
    {"published", offsetof(struct pm_row, published)},
    {"modified", offsetof(struct pm_row, modified)},
    {"section", offsetof(struct pm_row, section)},
    {"site", offsetof(struct pm_row, site)},
    {"language", offsetof(struct pm_row, language)},
    {"canonical", offsetof(struct pm_row, canonical)},
    {"credit", offsetof(struct pm_row, credit)},
    {"credit_words", offsetof(struct pm_row, credit_words)},
};
enum { N_TEXTS = sizeof(texts) / sizeof(texts[0]) };

static struct pm_str *
text_of(struct pm_row *row, size_t i)
{
    return (struct pm_str *)(void *)((char *)row + texts[i].offset);
}

void
pm_meta_print(const struct pm_row *row, const uint8_t *original, struct pm_buf *dst)
{
    struct pm_row copy = *row;

    pm_buf_putc(dst, '{');
    pm_json_member_hex(dst, "id", row->uid, sizeof(row->uid));
    if (original != NULL)
        pm_json_member_hex(dst, "original", original, PM_UID_LEN);
    pm_json_member_when(dst, "date", row->when_us);
    pm_json_member(dst, "date_source", pm_str_of(pm_when_source_name(row->when_source)));
    pm_json_member_int(dst, "media", (int64_t)row->media);
    pm_json_member_int(dst, "status", row->status);
    pm_json_member_int(dst, "payload_size", (int64_t)row->payload_size);
    pm_json_member_hex(dst, "payload_sha256", row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_json_member_int(dst, "words", row->words);
    for (size_t i = 0; i < N_TEXTS; i++)
        if (text_of(&copy, i)->ptr != NULL)
            pm_json_member(dst, texts[i].name, *text_of(&copy, i));
    pm_json_member_raw(dst, "byline", row->byline);
    pm_json_member_raw(dst, "captions", row->captions);
    pm_buf_putc(dst, '}');
}

static struct pm_str
get_text(const json_t *root, const char *name, struct pm_arena *arena)
{
    const json_t *v = json_object_get(root, name);

    if (!json_is_string(v))
        return PM_STR_NULL;
    return pm_arena_str(arena, PM_STRN(json_string_value(v), json_string_length(v)));
}

static int64_t
get_int(const json_t *root, const char *name)
{
    return json_integer_value(json_object_get(root, name));
}

static bool
get_hex(const json_t *root, const char *name, uint8_t *bytes, size_t n)
{
    const json_t *v = json_object_get(root, name);

    return json_is_string(v) && pm_unhex(PM_STRN(json_string_value(v), json_string_length(v)), bytes, n);
}

/* An array of strings, written again in the one form that pm_json_str() gives. */
static struct pm_str
get_array(const json_t *root, const char *name, struct pm_arena *arena)
{
    const json_t *list = json_object_get(root, name), *v;
    struct pm_buf out = PM_BUF_INIT(64 << 20);
    struct pm_str text = PM_STR_NULL;
    size_t i;

    if (!json_is_array(list))
        return PM_STR_NULL;
    pm_buf_putc(&out, '[');
    json_array_foreach(list, i, v) {
        pm_json_comma(&out);
        pm_json_str(&out, PM_STRN(json_string_value(v), json_string_length(v)));
    }
    pm_buf_putc(&out, ']');
    text = pm_arena_copy(arena, &out);
    pm_buf_release(&out);
    return text;
}

static bool
get_when(const json_t *root, struct pm_row *row)
{
    const json_t *date = json_object_get(root, "date"), *source = json_object_get(root, "date_source");

    row->when_us = PM_WHEN_NONE;
    if (json_is_string(date) &&
        !pm_when_parse(PM_STRN(json_string_value(date), json_string_length(date)), &row->when_us))
        return false;
    for (int i = PM_WHEN_FROM_NONE; i <= PM_WHEN_FROM_FILE; i++)
        if (json_is_string(source) && strcmp(json_string_value(source),
                                             pm_when_source_name((enum pm_when_source)i)) == 0) {
            row->when_source = (enum pm_when_source)i;
            return true;
        }
    return false;
}

/*
 * jansson drops the bytes of a string for which it finds no memory, and does not tell; then a record would pass for one
 * that is damaged, or be taken with less in it. What comes out twice is what is there.
 */
static int
load(struct pm_str json, json_t **root, struct pm_err *err)
{
    json_t *again = NULL;
    int first = pm_json_parse(json, JSON_REJECT_DUPLICATES, root, err);
    int second = pm_json_parse(json, JSON_REJECT_DUPLICATES, &again, err);
    bool same = first == second && (first != PM_OK || json_equal(*root, again));

    json_decref(again);
    if (same && first != PM_ENOMEM)
        return PM_OK;
    json_decref(*root);
    return pm_fail(err, PM_ENOMEM, "out of memory");
}

int
pm_meta_parse(struct pm_str json, struct pm_arena *arena, struct pm_meta *dst, struct pm_err *err)
{
    struct pm_row *row = &dst->row;
    json_t *root;
    bool ok;
    int rc;

    *dst = (struct pm_meta){0};
    if (load(json, &root, err) != PM_OK)
        return PM_ENOMEM;
    ok = json_is_object(root) && get_hex(root, "id", row->uid, sizeof(row->uid)) &&
         get_hex(root, "payload_sha256", row->payload_sha.byte, sizeof(row->payload_sha.byte)) &&
         get_when(root, row);
    dst->has_original = get_hex(root, "original", dst->original, sizeof(dst->original));
    row->media = (enum pm_media)get_int(root, "media");
    row->status = (int)get_int(root, "status");
    row->payload_size = (uint64_t)get_int(root, "payload_size");
    row->words = (uint32_t)get_int(root, "words");
    for (size_t i = 0; i < N_TEXTS; i++)
        *text_of(row, i) = get_text(root, texts[i].name, arena);
    row->byline = get_array(root, "byline", arena);
    row->captions = get_array(root, "captions", arena);
    json_decref(root);
    rc = pm_arena_check(arena, err);
    if (rc != PM_OK)
        return rc; /* a text without memory is not one that the record lacks */
    if (!ok || row->url.ptr == NULL || row->media > PM_MEDIA_TEXT)
        return pm_fail(err, PM_ECORRUPT, "metadata record is not one of pressmark's");
    return PM_OK;
}
