/* Records too large for memory. */
#include "cdxj.h"
#include "export_own.h"

struct packer {
    struct pm_exporter *exporter;
    struct pm_big *big;
    struct pm_buf raw; /* of the frame under way */
};

/* Pack what there is of the record, as the form wants it, and write it. */
static int
put(struct packer *p, struct pm_str piece, bool last, struct pm_err *err)
{
    struct pm_exporter *x = p->exporter;
    int rc;

    pm_buf_reset(&x->packed);
    rc = x->options->form == PM_EXPORT_WARC_ZST
             ? pm_codec_zstd(x->codec, PM_EXPORT_ZSTD_LEVEL, NULL, piece, &x->packed, err)
             : pm_codec_gzip_piece(x->codec, PM_EXPORT_GZIP_LEVEL, piece, last, &x->packed, err);
    return rc == PM_OK ? pm_export_write(x, pm_buf_span(&x->packed)) : rc;
}

static int
take(void *ctx, struct pm_str piece, struct pm_err *err)
{
    struct packer *p = ctx;
    int rc = pm_big_add(p->big, piece, err);

    while (rc == PM_OK && piece.len > 0) {
        size_t room = PM_BIG_PIECE - p->raw.len, n = piece.len < room ? piece.len : room;

        if (p->raw.len == PM_BIG_PIECE) {
            rc = put(p, pm_buf_span(&p->raw), false, err);
            pm_buf_reset(&p->raw);
            continue;
        }
        pm_buf_add(&p->raw, piece.ptr, n);
        rc = pm_buf_check(&p->raw, err);
        piece = PM_STRN(piece.ptr + n, piece.len - n);
    }
    return rc;
}

int
pm_export_big(struct pm_exporter *x, const struct pm_loc *loc)
{
    struct packer p = {.exporter = x, .raw = PM_BUF_INIT(PM_BIG_PIECE)};
    struct pm_cdxj_place place = {.filename = PM_STR(PM_EXPORT_WARC_NAME), .offset = x->offset};
    struct pm_big_facts facts;
    int rc = pm_big_new(&p.big, PM_BIG_UNKNOWN, NULL, NULL, x->err);

    if (rc == PM_OK)
        rc = pm_bundle_stream(x->bundles, loc, take, &p, NULL, x->err);
    if (rc == PM_OK)
        rc = put(&p, pm_buf_span(&p.raw), true, x->err);
    if (rc == PM_OK)
        rc = pm_big_end(p.big, &facts, x->err);
    if (rc == PM_OK && x->options->form == PM_EXPORT_WACZ) {
        place.length = x->offset - place.offset;
        rc = pm_cdxj_line_of(&facts, &place, &x->index, x->err);
        rc = rc == PM_SKIP ? PM_OK : rc;
    }
    x->result->records += rc == PM_OK;
    pm_big_free(p.big);
    pm_buf_release(&p.raw);
    if (rc == PM_ECORRUPT) /* half of it is written: what follows could not be read */
        return pm_fail(x->err, PM_EIO, "%s", x->err->text);
    return rc;
}

int
pm_export_big_line(struct pm_exporter *x, const struct pm_loc *loc, const struct pm_cdxj_place *place)
{
    struct pm_big_facts facts;
    struct pm_big *big = NULL;
    int rc = pm_big_new(&big, PM_BIG_UNKNOWN, NULL, NULL, x->err);

    if (rc == PM_OK)
        rc = pm_bundle_stream(x->bundles, loc, pm_big_add, big, NULL, x->err);
    if (rc == PM_OK)
        rc = pm_big_end(big, &facts, x->err);
    if (rc == PM_OK)
        rc = pm_cdxj_line_of(&facts, place, &x->index, x->err);
    pm_big_free(big);
    return rc;
}
