/* Records too large for memory, in pieces. */
#include <xxhash.h>

#include "bundle_own.h"
#include "fs.h"

struct stream {
    struct pm_bundle_reader *reader;
    struct open_bundle *bundle;
    pm_piece *take;
    void *ctx;
    bool first_only;  /* the first frame, not all of them */
    bool in_frame, done;
    XXH3_state_t *check; /* NULL: not asked for */
    struct pm_buf out;
};

/* Unpack what was read. */
static int
unpack(struct stream *s, struct pm_str src, struct pm_err *err)
{
    struct pm_codec *codec = s->reader->codec;
    int rc = PM_OK;

    while (rc == PM_OK && !s->done) {
        size_t before = src.len;

        if (!s->in_frame && src.len == 0)
            break;
        if (!s->in_frame)
            rc = pm_codec_stream_begin(codec, PM_CODING_ZSTD, s->bundle->dict, 0, err);
        s->in_frame = true;
        if (rc == PM_OK)
            rc = pm_codec_stream(codec, &src, &s->out, err);
        if (rc == PM_DONE)
            s->in_frame = false;
        if (rc < 0)
            break;
        s->done = !s->in_frame && s->first_only;
        if (rc == PM_OK && src.len == before && s->out.len == 0)
            break; /* it wants more */
        rc = s->out.len > 0 ? s->take(s->ctx, pm_buf_span(&s->out), err) : PM_OK;
        pm_buf_reset(&s->out);
    }
    return rc;
}

static int
read_all(struct stream *s, const struct pm_loc *loc, struct pm_err *err)
{
    struct pm_buf *in = &s->reader->scratch;
    uint64_t at = loc->offset, end = loc->offset + loc->length;
    int rc = PM_OK;

    while (rc == PM_OK && at < end && !s->done) {
        size_t n = end - at < BUNDLE_STEP ? (size_t)(end - at) : BUNDLE_STEP;
        char *room;

        pm_buf_reset(in);
        room = pm_buf_room(in, n);
        if (room == NULL)
            return pm_buf_check(in, err);
        rc = pm_fs_pread(s->bundle->fd, room, n, at, err);
        if (rc == PM_OK && s->check != NULL && XXH3_64bits_update(s->check, room, n) != XXH_OK)
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
        if (rc == PM_OK)
            rc = unpack(s, PM_STRN(room, n), err);
        at += n;
    }
    if (rc == PM_OK && s->in_frame)
        rc = pm_fail(err, PM_ECORRUPT, "zstd frame is cut off");
    return rc;
}

static int
stream(struct stream *s, const struct pm_loc *loc, struct pm_err *err)
{
    int rc = pm_bundle_get(s->reader, loc->bundle, &s->bundle, err);

    if (rc == PM_OK)
        rc = pm_bundle_get_dict(s->reader, s->bundle, err);
    if (rc != PM_OK)
        return rc;
    s->out = (struct pm_buf)PM_BUF_INIT(2 * BUNDLE_STEP);
    rc = read_all(s, loc, err);
    pm_buf_release(&s->out);
    if (rc == PM_ECORRUPT)
        return pm_err_prefix(err, "bundle %u, offset %llu", loc->bundle, (unsigned long long)loc->offset);
    return rc;
}

int
pm_bundle_stream(struct pm_bundle_reader *r, const struct pm_loc *loc, pm_piece *take, void *ctx, uint64_t *check,
                 struct pm_err *err)
{
    struct stream s = {.reader = r, .take = take, .ctx = ctx};
    int rc;

    if (check != NULL) {
        s.check = XXH3_createState();
        if (s.check == NULL || XXH3_64bits_reset(s.check) != XXH_OK) {
            (void)XXH3_freeState(s.check);
            return pm_fail(err, PM_ENOMEM, "out of memory");
        }
    }
    rc = stream(&s, loc, err);
    if (check != NULL)
        *check = XXH3_64bits_digest(s.check);
    (void)XXH3_freeState(s.check);
    return rc;
}

static int
append(void *ctx, struct pm_str piece, struct pm_err *err)
{
    struct pm_buf *dst = ctx;

    pm_buf_str(dst, piece);
    return pm_buf_check(dst, err);
}

int
pm_bundle_start(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst, struct pm_err *err)
{
    struct stream s = {.reader = r, .take = append, .ctx = dst, .first_only = true};

    return stream(&s, loc, err);
}
