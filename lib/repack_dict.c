#include "repack_dict.h"

#include "dict.h"

enum {
    RECORD_MAX = (1 << 30) + (64 << 20),
    PAGE_MAX = 1 << 20, /* of a page in a dictionary */
    PAGES_MIN = 8,      /* a group of fewer does without */
    SLICES = 64,        /* of the content, for the entropy tables */
};

static bool
is_candidate(const struct pm_place *place)
{
    return place->at == place->order; /* the first of its story on the site, or in none */
}

/* How many of the candidates, and how many of them `room` holds. */
static void
count_pages(const struct pm_place *places, size_t n, size_t room, uint64_t *candidates, uint64_t *wanted)
{
    uint64_t bytes = 0;

    *candidates = 0;
    for (size_t i = 0; i < n; i++)
        if (is_candidate(&places[i])) {
            bytes += places[i].size < PAGE_MAX ? places[i].size : PAGE_MAX;
            ++*candidates;
        }
    *wanted = bytes <= room ? *candidates : (uint64_t)((double)*candidates * (double)room / (double)bytes);
}

static int
fill_content(struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_place *places, size_t n, size_t room,
             struct pm_buf *content, struct pm_err *err)
{
    struct pm_buf record = PM_BUF_INIT(RECORD_MAX);
    uint64_t candidates, wanted, nth = 0;
    int rc = PM_OK;

    count_pages(places, n, room, &candidates, &wanted);
    for (size_t i = 0; rc == PM_OK && i < n && content->len < room; i++) {
        struct pm_row row;
        struct pm_loc page;
        size_t len;

        if (!is_candidate(&places[i]))
            continue;
        nth++;
        if (nth * wanted / candidates == (nth - 1) * wanted / candidates)
            continue;
        rc = pm_manifest_get(m, places[i].capture, &row, err);
        if (rc != PM_OK || row.page.bundle == 0)
            continue;
        page = row.page;
        pm_buf_reset(&record);
        rc = pm_bundle_read(b, &page, &record, err);
        len = record.len < PAGE_MAX ? record.len : PAGE_MAX;
        if (rc == PM_OK && len <= room - content->len)
            pm_buf_add(content, record.data, len);
    }
    pm_buf_release(&record);
    return rc == PM_OK ? pm_buf_check(content, err) : rc;
}

static int
make(struct pm_str content, int level, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_str slices[SLICES];
    size_t step = content.len / SLICES;

    for (size_t i = 0; i < SLICES; i++)
        slices[i] = PM_STRN(content.ptr + i * step, step);
    return step > 0 ? pm_dict_of(slices, SLICES, content, level, dst, err) : PM_SKIP;
}

/* Make it smaller until it packs well enough; how well pages pack only packing tells. */
static int
make_fitting(struct pm_codec *codec, struct pm_str content, int level, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_buf packed = PM_BUF_INIT(2 * PM_DICT_MAX);
    size_t start = dst->len;
    int rc = PM_OK;

    for (;;) {
        double fit;

        dst->len = start;
        pm_buf_reset(&packed);
        rc = make(content, level, dst, err);
        if (rc == PM_OK)
            rc = pm_codec_zstd(codec, PM_DICT_LEVEL, NULL, PM_STRN(dst->data + start, dst->len - start), &packed, err);
        if (rc != PM_OK || packed.len <= PM_DICT_PACKED_MAX)
            break;
        fit = (double)PM_DICT_PACKED_MAX / (double)packed.len * 0.95;
        content.ptr += content.len - (size_t)((double)content.len * fit);
        content.len = (size_t)((double)content.len * fit);
    }
    pm_buf_release(&packed);
    return rc;
}

int
pm_repack_dict(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_codec *codec,
               const struct pm_place *places, size_t n, uint64_t size, int level, struct pm_buf *dst,
               struct pm_err *err)
{
    const size_t most = PM_DICT_MAX - PM_DICT_TABLES_ROOM;
    size_t room = size < most ? (size_t)size : most;
    struct pm_buf content = PM_BUF_INIT(PM_DICT_MAX);
    int rc;

    if (n < PAGES_MIN)
        return PM_SKIP;
    rc = fill_content(m, b, places, n, room, &content, err);
    if (rc == PM_OK)
        rc = make_fitting(codec, pm_buf_span(&content), level, dst, err);
    pm_buf_release(&content);
    return rc;
}
