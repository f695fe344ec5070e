/* Whole bundles, frame by frame. */
#include <sys/stat.h>

#include "bundle_own.h"
#include "bundle_parity.h"
#include "fs.h"
#include "record.h"

/* Make the window begin at `offset` and hold `want` bytes, fewer at the end of the file. */
static int
load_window(struct pm_bundle_reader *r, const struct open_bundle *b, uint64_t offset, uint64_t end,
            size_t want, struct pm_err *err)
{
    char *room;
    int rc;

    if (want > end - offset)
        want = (size_t)(end - offset);
    r->win_bundle = 0;
    pm_buf_reset(&r->window);
    room = pm_buf_room(&r->window, want);
    if (room == NULL)
        return pm_buf_check(&r->window, err);
    rc = pm_fs_pread(b->fd, room, want, offset, err);
    if (rc != PM_OK)
        return rc;
    r->window.len = want;
    r->win_bundle = b->bundle;
    r->win_offset = offset;
    return PM_OK;
}

/* What the window has from `offset` on; empty when it does not reach there. */
static struct pm_str
in_window(const struct pm_bundle_reader *r, uint32_t bundle, uint64_t offset)
{
    if (r->win_bundle != bundle || offset < r->win_offset ||
        offset - r->win_offset >= r->window.len)
        return PM_STR_NULL;
    return PM_STRN(r->window.data + (offset - r->win_offset),
                   r->window.len - (size_t)(offset - r->win_offset));
}

/* Have the window reach further: a step at `offset`, or four times what *have is, if that is a step or more. */
static int
see_more(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t offset, uint64_t end, struct pm_str *have,
         struct pm_err *err)
{
    size_t want = have->len < BUNDLE_STEP ? BUNDLE_STEP : have->len * 4;
    int rc = load_window(r, b, offset, end, want < BUNDLE_FRAME_MAX ? want : BUNDLE_FRAME_MAX, err);

    if (rc == PM_OK)
        *have = in_window(r, b->bundle, offset);
    return rc;
}

/*
 * The frame at `offset`: its length in *used, its record appended. A frame that seems cut off is tried again
 * with more of the file, since only its own bytes tell how long it is.
 */
static int
read_at(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t offset, uint64_t end,
        struct pm_buf *dst, size_t *used, struct pm_err *err)
{
    struct pm_str have = in_window(r, b->bundle, offset);
    size_t start = dst->len;
    int rc = PM_ECORRUPT;

    for (;;) {
        if (have.len > 0) {
            rc = pm_codec_unzstd(r->codec, b->dict, have, dst, used, err);
            if (rc == PM_OK)
                return PM_OK;
            dst->len = start;
            if (rc == PM_ENOMEM || have.len >= BUNDLE_FRAME_MAX || have.len >= end - offset)
                return rc;
        }
        rc = see_more(r, b, offset, end, &have, err);
        if (rc != PM_OK)
            return rc;
    }
}

/* The next offset behind `from` where a whole frame starts, or `end`. */
static int
resync(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t from, uint64_t end,
       struct pm_buf *dst, uint64_t *found, struct pm_err *err)
{
    static const char magic[4] = {0x28, (char)0xB5, 0x2F, (char)0xFD};
    size_t start = dst->len, used;
    struct pm_err ignored;
    int rc;

    for (uint64_t at = from + 1; at + sizeof(magic) <= end;) {
        struct pm_str have = in_window(r, b->bundle, at);
        size_t hit;

        if (have.len < sizeof(magic)) {
            rc = load_window(r, b, at, end, BUNDLE_STEP, err);
            if (rc != PM_OK)
                return rc;
            have = in_window(r, b->bundle, at);
        }
        hit = pm_str_find(have, PM_STRN(magic, sizeof(magic)), 0);
        if (hit == SIZE_MAX) {
            at += have.len - (sizeof(magic) - 1);
            continue;
        }
        at += hit;
        rc = read_at(r, b, at, end, dst, &used, &ignored);
        dst->len = start;
        dst->failed = 0;
        if (rc == PM_OK) {
            *found = at;
            return PM_OK;
        }
        at++;
    }
    *found = end;
    return PM_OK;
}

/* The length of the frame at `offset` and of its content. */
static int
measure_at(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t offset, uint64_t end, size_t *length,
           uint64_t *content, struct pm_err *err)
{
    struct pm_str have = in_window(r, b->bundle, offset);
    int rc = PM_ECORRUPT;

    for (;;) {
        if (have.len > 0) {
            rc = pm_codec_zstd_frame(have, length, content, err);
            if (rc == PM_OK || have.len >= BUNDLE_FRAME_MAX || have.len >= end - offset)
                return rc;
        }
        if (offset >= end)
            return pm_fail(err, PM_ECORRUPT, "the record is cut off");
        rc = see_more(r, b, offset, end, &have, err);
        if (rc != PM_OK)
            return rc;
    }
}

/* The frame that mends the dictionary belongs to it. */
static int
skip_parity(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t end, uint64_t *at, struct pm_err *err)
{
    struct pm_str have = in_window(r, b->bundle, *at);
    size_t length;
    int rc = PM_OK;

    if (have.len < PM_PARITY_HEAD && *at < end) {
        rc = load_window(r, b, *at, end, BUNDLE_STEP, err);
        have = in_window(r, b->bundle, *at);
    }
    if (rc == PM_OK && pm_parity_is(have, &length) && length <= end - *at)
        *at += length;
    return rc;
}

/* Where the record ends whose first frame, which has `first`, ends at *at: it may go on in frames behind it. */
static int
find_end(struct pm_bundle_reader *r, struct open_bundle *b, struct pm_str first, uint64_t end, uint64_t *at,
         struct pm_err *err)
{
    uint64_t block, have = first.len, content;
    size_t head, length;
    int rc = PM_OK;

    if (!pm_record_head(first, &head, &block) || head + block + 4 <= have)
        return PM_OK;
    while (rc == PM_OK && have < head + block + 4) {
        rc = measure_at(r, b, *at, end, &length, &content, err);
        if (rc != PM_OK)
            break;
        have += content;
        *at += length;
    }
    if (rc == PM_OK && have != head + block + 4)
        rc = pm_fail(err, PM_ECORRUPT, "record and its Content-Length disagree");
    return rc;
}

int
pm_bundle_walk(struct pm_bundle_reader *r, struct pm_loc *loc, uint64_t size_max,
               struct pm_buf *dst, struct pm_err *err)
{
    uint64_t at = loc->offset + loc->length, end, next = 0, behind;
    struct open_bundle *b;
    struct stat st;
    size_t used = 0, start = dst->len;
    int rc = pm_bundle_get(r, loc->bundle, &b, err);

    if (rc != PM_OK)
        return rc;
    if (fstat(b->fd, &st) != 0)
        return pm_fail_errno(err, "cannot look at bundle %u", loc->bundle);
    end = (uint64_t)st.st_size < size_max ? (uint64_t)st.st_size : size_max;
    if (at >= end)
        return PM_DONE;
    if (!b->dict_known) {
        rc = pm_bundle_get_dict(r, b, err);
        if (rc == PM_ENOMEM)
            return rc;
        b->dict_known = true; /* without it every frame is damaged, and said to be */
    }
    rc = read_at(r, b, at, end, dst, &used, err);
    behind = at + used;
    if (rc == PM_OK && at == 0 && dst->len == start)
        rc = skip_parity(r, b, end, &behind, err);
    else if (rc == PM_OK && dst->len > start)
        rc = find_end(r, b, PM_STRN(dst->data + start, dst->len - start), end, &behind, err);
    if (rc == PM_OK) {
        *loc = (struct pm_loc){loc->bundle, at, behind - at};
        return PM_OK;
    }
    dst->len = start;
    if (rc == PM_ENOMEM)
        return rc;
    rc = resync(r, b, at, end, dst, &next, NULL); /* *err tells of the damage already */
    if (rc < 0)
        return rc;
    *loc = (struct pm_loc){loc->bundle, at, next - at};
    (void)pm_err_prefix(err, "bundle %u, offset %llu", loc->bundle, (unsigned long long)at);
    return PM_SKIP;
}
