/* Records too large for memory, into a bundle. */
#include <stdlib.h>
#include <xxhash.h>

#include "bundle.h"

struct pm_bundle_put {
    struct pm_bundle_writer *writer;
    struct pm_codec *codec;
    const struct pm_dict *dict;
    int level;
    struct pm_buf raw, frame;
    XXH3_state_t *check;
    struct pm_loc loc;
};

int
pm_bundle_put_new(struct pm_bundle_put **dst, struct pm_bundle_writer *w, struct pm_codec *codec,
                  const struct pm_dict *dict, int level, struct pm_err *err)
{
    struct pm_bundle_put *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->writer = w;
    p->codec = codec;
    p->dict = dict;
    p->level = level;
    p->raw = (struct pm_buf)PM_BUF_INIT(PM_BIG_PIECE);
    p->frame = (struct pm_buf)PM_BUF_INIT(2 * PM_BIG_PIECE);
    p->check = XXH3_createState();
    if (p->check == NULL || XXH3_64bits_reset(p->check) != XXH_OK) {
        pm_bundle_put_free(p);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = p;
    return PM_OK;
}

void
pm_bundle_put_free(struct pm_bundle_put *p)
{
    if (p == NULL)
        return;
    (void)XXH3_freeState(p->check);
    pm_buf_release(&p->raw);
    pm_buf_release(&p->frame);
    free(p);
}

static int
put_frame(struct pm_bundle_put *p, struct pm_err *err)
{
    struct pm_loc place;
    int rc;

    pm_buf_reset(&p->frame);
    rc = pm_codec_zstd(p->codec, p->level, p->dict, pm_buf_span(&p->raw), &p->frame, err);
    pm_buf_reset(&p->raw);
    if (rc == PM_OK)
        rc = pm_bundle_append(p->writer, pm_buf_span(&p->frame), &place, err);
    if (rc == PM_OK && XXH3_64bits_update(p->check, p->frame.data, p->frame.len) != XXH_OK)
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc != PM_OK)
        return rc;
    if (p->loc.bundle == 0)
        p->loc = (struct pm_loc){place.bundle, place.offset, 0};
    p->loc.length += place.length;
    return PM_OK;
}

int
pm_bundle_put_add(void *put, struct pm_str piece, struct pm_err *err)
{
    struct pm_bundle_put *p = put;
    int rc = PM_OK;

    while (rc == PM_OK && piece.len > 0) {
        size_t room = PM_BIG_PIECE - p->raw.len, n = piece.len < room ? piece.len : room;

        pm_buf_add(&p->raw, piece.ptr, n);
        rc = pm_buf_check(&p->raw, err);
        if (rc == PM_OK && p->raw.len == PM_BIG_PIECE)
            rc = put_frame(p, err);
        piece = PM_STRN(piece.ptr + n, piece.len - n);
    }
    return rc;
}

int
pm_bundle_put_end(struct pm_bundle_put *p, struct pm_loc *loc, uint64_t *check, struct pm_err *err)
{
    int rc = p->raw.len > 0 ? put_frame(p, err) : PM_OK;

    *loc = p->loc;
    *check = XXH3_64bits_digest(p->check);
    return rc;
}
