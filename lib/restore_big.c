#include "restore_big.h"

#include "http.h"
#include "record.h"

enum { REVISIT_MAX = 1 << 20 };

struct pass {
    struct pm_bundle_reader *bundles;
    const struct pm_wanted *wanted;
    struct pm_codec *codec;
    struct pm_buf http; /* the head that is given, or that says how the body is coded */
};

static int
count(void *ctx, struct pm_str piece, struct pm_err *err)
{
    (void)err;
    *(uint64_t *)ctx += piece.len;
    return PM_OK;
}

/* The payload through `take`, and what was seen in *facts (may be NULL). */
static int
run(struct pass *p, pm_piece *take, void *ctx, struct pm_buf *http, struct pm_err *err)
{
    struct pm_big_facts facts;
    struct pm_big *big = NULL;
    int rc = pm_big_new(&big, p->wanted->payload_size, take, ctx, err);

    if (rc == PM_OK)
        rc = pm_bundle_stream(p->bundles, &p->wanted->page, pm_big_add, big, NULL, err);
    if (rc == PM_OK)
        rc = pm_big_end(big, &facts, err);
    if (rc == PM_OK && memcmp(&facts.payload_sha, &p->wanted->payload_sha, sizeof(facts.payload_sha)) != 0)
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: payload does not match its digest",
                     p->wanted->page.bundle, (unsigned long long)p->wanted->page.offset);
    if (rc == PM_OK && http != NULL) {
        pm_buf_str(http, facts.http);
        rc = pm_buf_check(http, err);
    }
    pm_big_free(big);
    return rc;
}

/* The same with the codings undone. */
static int
run_decoded(struct pass *p, pm_piece *take, void *ctx, struct pm_err *err)
{
    struct pm_http_pipe *pipe = NULL;
    int rc = pm_http_pipe_new(&pipe, p->codec, pm_buf_span(&p->http), take, ctx, err);

    if (rc == PM_OK)
        rc = run(p, pm_http_pipe_add, pipe, NULL, err);
    if (rc == PM_OK)
        rc = pm_http_pipe_end(pipe, err);
    pm_http_pipe_free(pipe);
    return rc;
}

/* The HTTP head that a revisit came with stands for its original's where that fits. */
static int
own_head(struct pass *p, struct pm_err *err)
{
    struct pm_buf record = PM_BUF_INIT(REVISIT_MAX);
    struct pm_str head, block;
    int rc = PM_OK;

    if (p->wanted->revisit.bundle != 0 && p->http.len > 0)
        rc = pm_bundle_read(p->bundles, &p->wanted->revisit, &record, err);
    if (rc == PM_OK && record.len > 0 && pm_record_split(pm_buf_span(&record), &head, &block))
        rc = pm_give_own_head(block, &p->http, err);
    pm_buf_release(&record);
    return rc;
}

static int
give(struct pass *p, enum pm_restore_as as, const struct pm_taker *t, struct pm_err *err)
{
    bool decode = as == PM_RESTORE_RAW && p->http.len > 0;
    uint64_t size = p->wanted->payload_size;
    int rc = PM_OK;

    if (decode) {
        size = 0;
        rc = run_decoded(p, count, &size, err);
    } else if (as == PM_RESTORE_HTTP) {
        rc = own_head(p, err);
        size += p->http.len;
    }
    if (rc == PM_OK)
        rc = t->begin(t->ctx, size, err);
    if (rc == PM_OK && decode)
        return run_decoded(p, t->take, t->ctx, err);
    if (rc == PM_OK && as == PM_RESTORE_HTTP && p->http.len > 0)
        rc = t->take(t->ctx, pm_buf_span(&p->http), err);
    return rc == PM_OK ? run(p, t->take, t->ctx, NULL, err) : rc;
}

int
pm_give_big(struct pm_bundle_reader *b, const struct pm_wanted *w, enum pm_restore_as as, const struct pm_taker *taker,
            struct pm_err *err)
{
    struct pass p = {.bundles = b, .wanted = w, .http = PM_BUF_INIT(PM_BIG_HTTP_MAX)};
    uint64_t seen = 0;
    int rc;

    if (w->page.bundle == 0)
        return pm_fail(err, PM_SKIP, "its record was damaged, and is lost");
    rc = pm_codec_new(&p.codec, err);
    if (rc == PM_OK)
        rc = run(&p, count, &seen, &p.http, err);
    if (rc == PM_OK)
        rc = give(&p, as, taker, err);
    pm_codec_free(p.codec);
    pm_buf_release(&p.http);
    return rc;
}
