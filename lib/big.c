#include "big.h"

#include <stdlib.h>

#include "http.h"
#include "record.h"

enum { HEAD_MAX = 2 << 20, START_MAX = PM_BIG_HTTP_MAX, TRAILER = 4 };

enum stage { IN_HEAD, IN_START, IN_BODY };

struct pm_big {
    enum stage stage;
    uint64_t payload_size;
    pm_piece *payload;
    void *ctx;
    struct pm_hasher *record, *body;
    struct pm_buf start; /* head, and the start of the block */
    size_t head, http_head;
    uint64_t block; /* Content-Length */
    uint64_t seen, body_seen;
};

int
pm_big_new(struct pm_big **dst, uint64_t payload_size, pm_piece *payload, void *ctx, struct pm_err *err)
{
    struct pm_big *b = calloc(1, sizeof(*b));
    int rc;

    if (b == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    b->payload_size = payload_size;
    b->payload = payload;
    b->ctx = ctx;
    b->start = (struct pm_buf)PM_BUF_INIT(HEAD_MAX + START_MAX + PM_BIG_PIECE);
    rc = pm_hasher_new(&b->record, err);
    if (rc == PM_OK)
        rc = pm_hasher_new(&b->body, err);
    if (rc == PM_OK)
        *dst = b;
    else
        pm_big_free(b);
    return rc;
}

void
pm_big_free(struct pm_big *b)
{
    if (b == NULL)
        return;
    pm_hasher_free(b->record);
    pm_hasher_free(b->body);
    pm_buf_release(&b->start);
    free(b);
}

/* Bytes of the block behind the HTTP head, and of the end of the record. */
static int
add_body(struct pm_big *b, struct pm_str piece, struct pm_err *err)
{
    uint64_t left = b->block - b->http_head - b->body_seen;
    int rc = PM_OK;

    if (piece.len > left)
        piece.len = (size_t)left;
    if (piece.len == 0)
        return PM_OK;
    b->body_seen += piece.len;
    rc = pm_hasher_add(b->body, piece, err);
    return rc == PM_OK && b->payload != NULL ? b->payload(b->ctx, piece, err) : rc;
}

/* The start of the block is there as far as it takes to find the payload in it. */
static int
find_payload(struct pm_big *b, struct pm_err *err)
{
    struct pm_str block = PM_STRN(b->start.data + b->head, b->start.len - b->head);
    struct pm_http http;

    if (b->payload_size != PM_BIG_UNKNOWN) {
        if (b->payload_size > b->block || b->block - b->payload_size > PM_BIG_HTTP_MAX)
            return pm_fail(err, PM_ECORRUPT, "record is too short for its payload");
        b->http_head = (size_t)(b->block - b->payload_size);
    } else if (pm_http_parse(block, &http, NULL) == PM_OK) {
        b->http_head = http.head.len;
    }
    b->stage = IN_BODY;
    return add_body(b, PM_STRN(block.ptr + b->http_head, block.len - b->http_head), err);
}

static int
add_start(struct pm_big *b, struct pm_str piece, struct pm_err *err)
{
    uint64_t want;

    pm_buf_str(&b->start, piece);
    if (pm_buf_check(&b->start, err) != PM_OK)
        return err != NULL ? err->code : PM_ENOMEM;
    if (b->stage == IN_HEAD) {
        if (!pm_record_head(pm_buf_span(&b->start), &b->head, &b->block))
            return b->start.len < HEAD_MAX ? PM_OK : pm_fail(err, PM_ECORRUPT, "not a WARC record");
        b->stage = IN_START;
    }
    want = b->block < START_MAX ? b->block : START_MAX;
    return b->start.len - b->head >= want ? find_payload(b, err) : PM_OK;
}

int
pm_big_add(void *big, struct pm_str piece, struct pm_err *err)
{
    struct pm_big *b = big;
    int rc = pm_hasher_add(b->record, piece, err);

    b->seen += piece.len;
    while (rc == PM_OK && piece.len > 0 && b->stage != IN_BODY) { /* no more is kept than it takes */
        size_t n = piece.len < START_MAX ? piece.len : START_MAX;

        rc = add_start(b, PM_STRN(piece.ptr, n), err);
        piece.ptr += n;
        piece.len -= n;
    }
    return rc == PM_OK && piece.len > 0 ? add_body(b, piece, err) : rc;
}

int
pm_big_end(struct pm_big *b, struct pm_big_facts *dst, struct pm_err *err)
{
    size_t body = b->head + b->http_head, kept;
    int rc;

    if (b->stage != IN_BODY || b->seen != b->head + b->block + TRAILER)
        return pm_fail(err, PM_ECORRUPT, "record and its Content-Length disagree");
    kept = b->start.len - body;
    if (kept > b->body_seen)
        kept = (size_t)b->body_seen; /* without the end of the record */
    *dst = (struct pm_big_facts){
        .head = PM_STRN(b->start.data, b->head),
        .http = b->http_head > 0 ? PM_STRN(b->start.data + b->head, b->http_head) : PM_STR_NULL,
        .start = PM_STRN(b->start.data + body, kept),
        .size = b->seen,
        .payload_size = b->body_seen,
    };
    rc = pm_hasher_sha256(b->record, &dst->sha, err);
    return rc == PM_OK ? pm_hasher_sha256(b->body, &dst->payload_sha, err) : rc;
}
