/* The dictionary of the bundles that ingest writes. */
#include <stdlib.h>

#include "dict.h"
#include "ingest_own.h"

enum {
    DICT_BYTES = 4 << 20,
    DICT_SLICE = 64 << 10,
    DICT_SHARE = 6,        /* a dictionary is at most this part of what was gathered */
    EXAMPLES = 4,          /* captures whose derived records are in it, */
    EXAMPLE_MAX = 8 << 10, /* if they are no longer than this */
    EXAMPLE_ARENA = 64 << 20,
};

static int
use_dict(struct ingest *in, struct pm_err *err)
{
    struct pm_str raw = pm_buf_span(&in->dict_raw);
    struct pm_digester *digester = NULL;
    int rc = pm_dict_new(&in->dict, raw, in->level, err);

    if (rc == PM_OK)
        rc = pm_digester_new(&digester, err);
    if (rc == PM_OK)
        rc = pm_digest_sha256(digester, &raw, 1, &in->dict_sha, err);
    pm_digester_free(digester);
    return rc;
}

int
pm_ingest_pack_dict(struct ingest *in, struct pm_err *err)
{
    if (in->dict_packed.len > 0 || in->dict_raw.len == 0)
        return PM_OK;
    return pm_codec_zstd(in->codec, PM_DICT_LEVEL, NULL, pm_buf_span(&in->dict_raw), &in->dict_packed, err);
}

/*
 * Derived records of a few of the captures, heads and all: what such records have in common would else be most of what
 * each costs. A capture that cannot be prepared is none of them; it is told of when its turn comes.
 */
static int
make_tail(struct ingest *in, const struct job *first, size_t n, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(EXAMPLE_ARENA);
    size_t step = n / EXAMPLES + 1, i = 0;
    int rc = arena != NULL ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");

    for (const struct job *j = first; rc == PM_OK && j != NULL; j = j->next) {
        size_t start = dst->len;

        if (i++ % step != 0)
            continue;
        rc = pm_prepare_example(in->own, &j->capture, arena, dst, err);
        if (rc != PM_OK || dst->len - start > EXAMPLE_MAX)
            dst->len = start;
        if (rc != PM_ENOMEM)
            rc = PM_OK;
        pm_arena_reset(arena);
    }
    pm_arena_free(arena);
    return rc;
}

int
pm_ingest_make_dict(struct ingest *in, const struct job *first, size_t n, struct pm_err *err)
{
    struct pm_str *samples = calloc(n ? n : 1, sizeof(*samples));
    struct pm_buf tail = PM_BUF_INIT(SIZE_MAX / 4);
    size_t i = 0, total = 0, max;
    int rc;

    if (samples == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (const struct job *j = first; j != NULL; j = j->next) {
        samples[i] = j->capture.record_block.ptr ? j->capture.record_block : j->capture.payload;
        total += samples[i++].len;
    }
    max = total / DICT_SHARE < DICT_BYTES ? total / DICT_SHARE : DICT_BYTES;
    rc = make_tail(in, first, n, &tail, err);
    do { /* until its frame is small enough for every reader */
        pm_buf_reset(&in->dict_raw);
        pm_buf_reset(&in->dict_packed);
        if (rc == PM_OK)
            rc = pm_dict_make(samples, n, max, DICT_SLICE, pm_buf_span(&tail), in->level, &in->dict_raw, err);
        if (rc == PM_OK)
            rc = pm_ingest_pack_dict(in, err);
        max /= 2;
    } while (rc == PM_OK && in->dict_packed.len > PM_DICT_PACKED_MAX);
    free(samples);
    pm_buf_release(&tail);
    if (rc == PM_SKIP) {
        pm_buf_reset(&in->dict_raw);
        pm_buf_reset(&in->dict_packed);
        return PM_OK;
    }
    if (rc == PM_OK)
        rc = use_dict(in, err);
    in->fresh = rc == PM_OK;
    return rc;
}

int
pm_ingest_reuse_dict(struct ingest *in, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(in->writer);
    struct pm_bundle_reader *reader = NULL;
    int rc;

    if (state.bundle == 0)
        return PM_OK;
    rc = pm_bundle_reader_open(&reader, in->root, err);
    if (rc == PM_OK)
        rc = pm_bundle_dict(reader, state.bundle, &in->dict_raw, err);
    if (rc == PM_OK && in->dict_raw.len > 0)
        rc = use_dict(in, err);
    pm_bundle_reader_free(reader);
    return rc;
}
