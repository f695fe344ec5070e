#include "dict.h"

#include <stdlib.h>
#include <zdict.h>

enum {
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

/* Header and entropy tables from the samples in `s`, then the content. */
static int
finalize(const struct samples *s, struct pm_str content, size_t max, int level, struct pm_buf *dst, struct pm_err *err)
{
    ZDICT_params_t params = {.compressionLevel = level};
    char *room = pm_buf_room(dst, max);
    size_t made;

    if (room == NULL)
        return pm_buf_check(dst, err);
    made = ZDICT_finalizeDictionary(room, max, content.ptr, content.len, s->bytes.data, s->sizes, s->n, params);
    if (ZDICT_isError(made))
        return PM_SKIP; /* samples without any pattern: a bundle does without */
    dst->len += made;
    return PM_OK;
}

int
pm_dict_make(const struct pm_str *samples, size_t n, size_t max, size_t slice, struct pm_str tail, int level,
             struct pm_buf *dst, struct pm_err *err)
{
    struct pm_buf content = PM_BUF_INIT(max);
    size_t total = 0;
    int rc;

    for (size_t i = 0; i < n; i++)
        total += samples[i].len;
    if (n < PM_DICT_SAMPLES_MIN || total < PM_DICT_SAMPLES_BYTES_MIN || max <= PM_DICT_TABLES_ROOM + tail.len)
        return PM_SKIP;
    choose_content(samples, n, slice, max - PM_DICT_TABLES_ROOM - tail.len, &content);
    pm_buf_str(&content, tail);
    rc = pm_buf_check(&content, err);
    if (rc == PM_OK)
        rc = pm_dict_of(samples, n, pm_buf_span(&content), level, dst, err);
    pm_buf_release(&content);
    return rc;
}

int
pm_dict_of(const struct pm_str *samples, size_t n, struct pm_str content, int level, struct pm_buf *dst,
           struct pm_err *err)
{
    struct samples s = {PM_BUF_INIT(SIZE_MAX / 4), NULL, 0};
    int rc;

    s.sizes = calloc(TABLE_SAMPLES, sizeof(*s.sizes));
    if (s.sizes == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < n && s.n < TABLE_SAMPLES; i += 1 + n / TABLE_SAMPLES)
        add(&s, cut(samples[i], 128 << 10));
    rc = pm_buf_check(&s.bytes, err);
    if (rc == PM_OK)
        rc = finalize(&s, content, content.len + PM_DICT_TABLES_ROOM, level, dst, err);
    pm_buf_release(&s.bytes);
    free(s.sizes);
    return rc;
}
