#include "dict.h"

#include <stdlib.h>
#include <zdict.h>

enum {
    TABLES_ROOM = 64 << 10,  /* entropy tables and header in front of the content */
    TABLE_SAMPLES = 100,     /* pages that the entropy tables are taken from: more changes nothing */
};

/* One buffer with samples back to back, and their sizes, as ZDICT takes them. */
struct samples {
    struct pm_buf bytes;
    size_t *sizes;
    unsigned n;
};

static void
add(struct samples *s, struct pm_str sample)
{
    pm_buf_str(&s->bytes, sample);
    s->sizes[s->n++] = sample.len;
}

static struct pm_str
cut(struct pm_str sample, size_t slice)
{
    if (slice != 0 && sample.len > slice)
        sample.len = slice;
    return sample;
}

/* Every k-th sample, so that the content fills `room` and stands for all of them. */
static void
choose_content(const struct pm_str *samples, size_t n, size_t slice, size_t room, struct pm_buf *content)
{
    size_t total = 0, used = 0, step = 1;

    for (size_t i = 0; i < n; i++)
        total += cut(samples[i], slice).len;
    while (total / step > room)
        step++;
    for (size_t i = 0; i < n; i += step) {
        struct pm_str piece = cut(samples[i], slice);

        if (piece.len > room - used)
            continue;
        pm_buf_str(content, piece);
        used += piece.len;
    }
}

int
pm_dict_make(const struct pm_str *samples, size_t n, size_t max, size_t slice, int level,
             struct pm_buf *dst, struct pm_err *err)
{
    struct samples s = {PM_BUF_INIT(SIZE_MAX / 4), NULL, 0};
    struct pm_buf content = PM_BUF_INIT(max);
    ZDICT_params_t params = {.compressionLevel = level};
    size_t total = 0, made;
    char *room;
    int rc;

    for (size_t i = 0; i < n; i++)
        total += samples[i].len;
    if (n < PM_DICT_SAMPLES_MIN || total < PM_DICT_SAMPLES_BYTES_MIN || max <= TABLES_ROOM)
        return PM_SKIP;
    s.sizes = calloc(TABLE_SAMPLES, sizeof(*s.sizes));
    if (s.sizes == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    choose_content(samples, n, slice, max - TABLES_ROOM, &content);
    for (size_t i = 0; i < n && s.n < TABLE_SAMPLES; i += 1 + n / TABLE_SAMPLES)
        add(&s, cut(samples[i], 128 << 10));
    rc = pm_buf_check(&content, err);
    if (rc == PM_OK)
        rc = pm_buf_check(&s.bytes, err);
    room = rc == PM_OK ? pm_buf_room(dst, max) : NULL;
    if (rc == PM_OK && room == NULL)
        rc = pm_buf_check(dst, err);
    if (rc == PM_OK) {
        made = ZDICT_finalizeDictionary(room, max, content.data, content.len, s.bytes.data, s.sizes, s.n,
                                        params);
        if (ZDICT_isError(made))
            rc = PM_SKIP; /* samples without any pattern: a bundle does without */
        else
            dst->len += made;
    }
    pm_buf_release(&content);
    pm_buf_release(&s.bytes);
    free(s.sizes);
    return rc;
}
