/* Bundles and transactions of a merge. */
#include <stdlib.h>

#include "codec.h"
#include "info.h"
#include "merge_own.h"

enum {
    DEFAULT_LEVEL = 9,
    RUN_BYTES = 1 << 20, /* written at once */
    RUN_MAX = (1 << 30) + (128 << 20),
    COMMIT_CAPTURES = 10000,
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30, COMMIT_BYTES = 256ULL << 20;

struct pm_merge_store {
    struct pm_manifest *manifest;
    const struct pm_merge_options *options;
    struct pm_merge_result *result;
    struct pm_bundle_writer *writer;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_merge_dict want;   /* what bundles have from now on */
    struct pm_sha256 dict_sha;   /* of the bundle that is open */
    bool has_dict;               /* that one has a dictionary */
    bool open;                   /* there is one to go on with */
    bool fits;                   /* and it has what `want` is */
    struct pm_dict *dict;        /* of `want`, made when a record must be packed */
    struct pm_buf dict_raw;      /* its bytes */
    struct pm_buf run;           /* bytes for the end of the bundle */
    int level;
    bool in_transaction, began;  /* began: a bundle since the last commit */
    uint64_t batch_bytes;
    unsigned batch_captures;
};

/* ---- opening ---- */

/* What dictionary the bundle has that is there to go on with. */
static int
look_at_last(struct pm_merge_store *s, uint32_t bundle, struct pm_err *err)
{
    struct pm_stored first;
    int rc = bundle == 0 ? PM_DONE : pm_manifest_get_record(s->manifest, bundle, 0, &first, err);

    if (rc == PM_OK && pm_str_eq(first.type, PM_STR("dictionary"))) {
        s->has_dict = true;
        s->dict_sha = first.sha;
    }
    s->open = bundle != 0;
    return rc == PM_DONE ? PM_OK : rc;
}

int
pm_merge_store_open(struct pm_merge_store **dst, struct pm_manifest *m, int root,
                    const struct pm_merge_options *options, struct pm_merge_result *result, struct pm_err *err)
{
    struct pm_merge_store *s = calloc(1, sizeof(*s));
    struct pm_bundle_state last;
    bool sealed;
    int rc;

    if (s == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    s->manifest = m;
    s->options = options;
    s->result = result;
    s->level = options->level ? options->level : DEFAULT_LEVEL;
    s->dict_raw = (struct pm_buf)PM_BUF_INIT(PM_DICT_MAX);
    s->run = (struct pm_buf)PM_BUF_INIT(RUN_MAX);
    rc = pm_manifest_last_bundle(m, &last, &sealed, err);
    if (sealed)
        last.size = 0; /* it is not touched */
    if (rc == PM_OK)
        rc = pm_bundle_writer_open(&s->writer, root, &last, options->bundle_max ? options->bundle_max : DEFAULT_BUNDLE,
                                   err);
    if (rc == PM_OK)
        rc = look_at_last(s, sealed ? 0 : last.bundle, err);
    if (rc == PM_OK)
        rc = pm_codec_new(&s->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&s->digester, err);
    if (rc == PM_OK)
        *dst = s;
    else
        pm_merge_store_free(s);
    return rc;
}

void
pm_merge_store_free(struct pm_merge_store *s)
{
    if (s == NULL)
        return;
    if (s->in_transaction)
        pm_manifest_rollback(s->manifest);
    pm_bundle_writer_free(s->writer);
    pm_codec_free(s->codec);
    pm_digester_free(s->digester);
    pm_dict_free(s->dict);
    pm_buf_release(&s->dict_raw);
    pm_buf_release(&s->run);
    free(s);
}

/* ---- transactions ---- */

static int
begin(struct pm_merge_store *s, struct pm_err *err)
{
    int rc = s->in_transaction ? PM_OK : pm_manifest_begin(s->manifest, err);

    s->in_transaction = s->in_transaction || rc == PM_OK;
    return rc;
}

static int
flush(struct pm_merge_store *s, struct pm_err *err)
{
    struct pm_loc loc;
    int rc;

    if (s->run.len == 0)
        return PM_OK;
    rc = pm_bundle_append(s->writer, pm_buf_span(&s->run), &loc, err);
    s->batch_bytes += s->run.len;
    s->result->bytes += s->run.len;
    pm_buf_reset(&s->run);
    return rc;
}

int
pm_merge_commit(struct pm_merge_store *s, struct pm_err *err)
{
    struct pm_bundle_state state;
    int rc;

    if (!s->in_transaction)
        return PM_OK;
    rc = flush(s, err);
    if (rc == PM_OK)
        rc = pm_bundle_sync(s->writer, err);
    state = pm_bundle_writer_state(s->writer);
    if (rc == PM_OK && state.bundle != 0)
        rc = pm_manifest_put_bundle(s->manifest, &state, false, err);
    if (rc == PM_OK)
        rc = pm_manifest_commit(s->manifest, err);
    if (rc != PM_OK)
        return rc;
    s->in_transaction = s->began = false;
    s->batch_bytes = 0;
    s->batch_captures = 0;
    return PM_OK;
}

/* ---- bundles ---- */

bool
pm_merge_store_has(const struct pm_merge_store *s, const struct pm_merge_dict *dict)
{
    bool wanted = dict != NULL && dict->rec.loc.bundle != 0;

    return s->open && s->has_dict == wanted &&
           (!wanted || memcmp(s->dict_sha.byte, dict->rec.sha.byte, sizeof(s->dict_sha.byte)) == 0);
}

void
pm_merge_store_use(struct pm_merge_store *s, const struct pm_merge_dict *dict)
{
    s->fits = pm_merge_store_has(s, dict);
    pm_dict_free(s->dict);
    s->dict = NULL;
    s->want = dict != NULL ? *dict : (struct pm_merge_dict){.bundles = NULL};
}

/* Add a frame and the row that describes it. */
static int
put_frame(struct pm_merge_store *s, struct pm_str frame, struct pm_stored *rec, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(s->writer);
    int rc;

    rec->loc = (struct pm_loc){state.bundle, state.size + s->run.len, frame.len};
    pm_buf_str(&s->run, frame);
    rc = pm_buf_check(&s->run, err);
    if (rc == PM_OK)
        rc = pm_manifest_put_record(s->manifest, rec, err);
    s->result->records += rc == PM_OK && !pm_str_eq(rec->type, PM_STR("dictionary"));
    if (rc != PM_OK || s->run.len < RUN_BYTES)
        return rc;
    return flush(s, err);
}

/* A frame of the bundle that the dictionary is of, as it is. */
static int
copy_frame(struct pm_merge_store *s, const struct pm_stored *src, const char *type, struct pm_err *err)
{
    struct pm_stored rec = *src;
    struct pm_buf frame = PM_BUF_INIT(RUN_MAX);
    int rc = pm_bundle_read_frame(s->want.bundles, &src->loc, &frame, err);

    rec.type = pm_str_of(type);
    rec.capture = 0;
    if (rc == PM_OK && pm_frame_check(pm_buf_span(&frame)) != src->check)
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: the frame has changed", src->loc.bundle,
                     (unsigned long long)src->loc.offset);
    if (rc == PM_OK)
        rc = put_frame(s, pm_buf_span(&frame), &rec, err);
    pm_buf_release(&frame);
    return rc;
}

/* The warcinfo record of a bundle that is no copy of another. */
static int
put_info(struct pm_merge_store *s, struct pm_err *err)
{
    const size_t dir = sizeof(PM_BUNDLE_DIR); /* with the slash */
    struct pm_buf name = PM_BUF_INIT(256), record = PM_BUF_INIT(1 << 16);
    struct pm_merge_item item = {.frames = PM_BUF_INIT(1 << 16)};
    int rc;

    pm_bundle_path(&name, pm_bundle_writer_state(s->writer).bundle);
    rc = pm_buf_check(&name, err);
    if (rc == PM_OK)
        rc = pm_info_write(PM_STRN(name.data + dir, name.len - dir), PM_WHEN_NONE, s->digester, &record, err);
    if (rc == PM_OK)
        rc = pm_merge_pack(s, pm_buf_span(&record), PM_STR("warcinfo"), &item, err);
    if (rc == PM_OK)
        rc = put_frame(s, pm_buf_span(&item.frames), &item.part[0], err);
    pm_buf_release(&name);
    pm_buf_release(&record);
    pm_buf_release(&item.frames);
    return rc;
}

/* Begin a bundle with the dictionary of `want` as it lies in its own bundle, and that one's warcinfo. */
static int
begin_bundle(struct pm_merge_store *s, struct pm_err *err)
{
    struct pm_bundle_state last;
    struct pm_loc loc;
    uint64_t check;
    int rc = flush(s, err);

    /* A crash leaves one bundle that the manifest does not know, never two: so the next writer may cut it. */
    if (rc == PM_OK && s->began)
        rc = pm_merge_commit(s, err);
    if (rc == PM_OK)
        rc = begin(s, err);
    last = pm_bundle_writer_state(s->writer);
    s->began = true;
    if (rc == PM_OK && last.bundle != 0)
        rc = pm_manifest_put_bundle(s->manifest, &last, true, err);
    if (rc == PM_OK)
        rc = pm_bundle_begin(s->writer, PM_STR_NULL, &loc, &check, err);
    if (rc != PM_OK)
        return rc;
    s->result->bundles++;
    s->open = s->fits = true;
    s->has_dict = s->want.rec.loc.bundle != 0;
    s->dict_sha = s->want.rec.sha;
    if (s->has_dict)
        rc = copy_frame(s, &s->want.rec, "dictionary", err);
    if (rc == PM_OK)
        rc = s->want.info.loc.bundle != 0 ? copy_frame(s, &s->want.info, "warcinfo", err) : put_info(s, err);
    return rc;
}

/* ---- items ---- */

/* The dictionary of `want`, ready to pack with; none is NULL. */
static int
get_dict(struct pm_merge_store *s, struct pm_err *err)
{
    int rc;

    if (s->dict != NULL || s->want.rec.loc.bundle == 0)
        return PM_OK;
    pm_buf_reset(&s->dict_raw);
    rc = pm_bundle_dict(s->want.bundles, s->want.bundle, &s->dict_raw, err);
    return rc == PM_OK ? pm_dict_new(&s->dict, pm_buf_span(&s->dict_raw), s->level, err) : rc;
}

int
pm_merge_pack(struct pm_merge_store *s, struct pm_str record, struct pm_str type, struct pm_merge_item *item,
              struct pm_err *err)
{
    struct pm_stored *rec = &item->part[item->n];
    size_t start = item->frames.len, n = type.len < sizeof(item->type[0]) ? type.len : sizeof(item->type[0]);
    int rc = get_dict(s, err);

    memcpy(item->type[item->n], type.ptr, n);
    *rec = (struct pm_stored){.size = record.len, .type = PM_STRN(item->type[item->n], n)};
    if (rc == PM_OK)
        rc = pm_digest_sha256(s->digester, &record, 1, &rec->sha, err);
    if (rc == PM_OK)
        rc = pm_codec_zstd(s->codec, s->level, s->dict, record, &item->frames, err);
    if (rc != PM_OK)
        return rc;
    rec->loc.length = item->frames.len - start;
    rec->check = pm_frame_check(PM_STRN(item->frames.data + start, (size_t)rec->loc.length));
    item->n++;
    return PM_OK;
}

/* Where the records of a capture will lie. */
static void
set_places(struct pm_merge_store *s, const struct pm_merge_item *item, struct pm_row *row)
{
    struct pm_bundle_state state = pm_bundle_writer_state(s->writer);
    uint64_t at = state.size + s->run.len;
    struct pm_loc text = row->text;

    row->page = row->text = row->meta = (struct pm_loc){0};
    if (row->original != 0)
        row->text = text; /* its original's */
    for (size_t i = 0; i < item->n; i++) {
        struct pm_str type = item->part[i].type;
        struct pm_loc *place = pm_str_eq(type, PM_STR("conversion")) ? &row->text
                               : pm_str_eq(type, PM_STR("metadata")) ? &row->meta
                                                                     : &row->page;

        *place = (struct pm_loc){state.bundle, at, item->part[i].loc.length};
        at += place->length;
    }
}

/* The bytes of a record too large for memory, as they are. */
static int
put_big(struct pm_merge_store *s, const struct pm_merge_item *item, struct pm_stored *rec, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(s->writer);
    uint64_t done = 0, length = item->big.length;
    int rc = flush(s, err);

    rec->loc = (struct pm_loc){state.bundle, pm_bundle_writer_state(s->writer).size, length};
    while (rc == PM_OK && done < length) {
        struct pm_loc piece = {item->big.bundle, item->big.offset + done, RUN_BYTES};

        piece.length = length - done < RUN_BYTES ? length - done : RUN_BYTES;
        rc = pm_bundle_read_frame(item->bundles, &piece, &s->run, err);
        done += piece.length;
        if (rc == PM_OK)
            rc = flush(s, err);
    }
    if (rc == PM_OK)
        rc = pm_manifest_put_record(s->manifest, rec, err);
    s->result->records += rc == PM_OK;
    return rc;
}

int
pm_merge_put(struct pm_merge_store *s, struct pm_merge_item *item, struct pm_row *row, struct pm_err *err)
{
    size_t at = 0;
    int rc = PM_OK;

    if (!s->fits || pm_bundle_writer_full(s->writer, s->run.len + item->big.length + item->frames.len))
        rc = begin_bundle(s, err);
    if (rc == PM_OK)
        rc = begin(s, err);
    if (rc == PM_OK && row != NULL) {
        set_places(s, item, row);
        rc = pm_manifest_put_capture(s->manifest, row, err);
    }
    for (size_t i = 0; rc == PM_OK && i < item->n; i++) {
        size_t length = (size_t)item->part[i].loc.length;

        item->part[i].capture = row != NULL ? row->capture : 0;
        if (i == 0 && item->big.bundle != 0) {
            rc = put_big(s, item, &item->part[i], err);
            continue;
        }
        rc = put_frame(s, PM_STRN(item->frames.data + at, length), &item->part[i], err);
        at += length;
    }
    if (rc != PM_OK)
        return rc;
    s->batch_captures += row != NULL;
    return s->batch_bytes >= COMMIT_BYTES || s->batch_captures >= COMMIT_CAPTURES ? pm_merge_commit(s, err) : PM_OK;
}
