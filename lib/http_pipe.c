/* Bodies in pieces. */
#include <stdlib.h>

#include "http_own.h"

enum { OUT_MAX = 1 << 20, START_MAX = 1 << 16 };
static const uint64_t DECODED_MAX = 64ULL << 30; /* what a body may unpack to */

enum chunk {
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_CR,
    CHUNK_LF,
    CHUNK_OVER,
    CHUNK_NONE
}; /* CR, LF: of the line end behind data */

struct pm_http_pipe {
    pm_piece *take;
    void *ctx;
    struct pm_codec *codec;
    enum chunk chunk; /* CHUNK_NONE: it is not chunked, or no more */
    uint64_t left;    /* of the chunk */
    struct pm_buf line;
    enum pm_coding coding;
    bool in_member, began; /* began: a member's end, or something in it, was seen */
    struct pm_buf start;   /* what went into the coding before that */
    struct pm_buf out;
    uint64_t given;
};

int
pm_http_pipe_new(struct pm_http_pipe **dst, struct pm_codec *codec, struct pm_str head, pm_piece *take, void *ctx,
                 struct pm_err *err)
{
    struct pm_http_coding codings[PM_HTTP_CODINGS_MAX];
    struct pm_http_pipe *p;
    size_t n = 0;
    bool known = pm_http_codings(head, codings, &n), chunked = known && n > 0 && codings[n - 1].chunked;

    n -= chunked;
    if (!known || n > 1 ||
        (n == 1 &&
         (codings[0].chunked || (codings[0].coding != PM_CODING_GZIP && codings[0].coding != PM_CODING_ZSTD))))
        return pm_fail(err, PM_SKIP,
                       "it is too large for its coding to be undone; with its HTTP header it can be had as it came");
    p = calloc(1, sizeof(*p));
    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->take = take;
    p->ctx = ctx;
    p->codec = codec;
    p->chunk = chunked ? CHUNK_SIZE : CHUNK_NONE;
    p->coding = n == 1 ? codings[0].coding : PM_CODING_IDENTITY;
    p->line = (struct pm_buf)PM_BUF_INIT(PM_HTTP_CHUNK_LINE);
    p->start = (struct pm_buf)PM_BUF_INIT(START_MAX);
    p->out = (struct pm_buf)PM_BUF_INIT(OUT_MAX);
    *dst = p;
    return PM_OK;
}

void
pm_http_pipe_free(struct pm_http_pipe *p)
{
    if (p == NULL)
        return;
    pm_buf_release(&p->line);
    pm_buf_release(&p->start);
    pm_buf_release(&p->out);
    free(p);
}

static int
give(struct pm_http_pipe *p, struct pm_str bytes, struct pm_err *err)
{
    p->given += bytes.len;
    if (p->given > DECODED_MAX)
        return pm_fail(err, PM_ELIMIT, "body unpacks to more than %llu bytes", (unsigned long long)DECODED_MAX);
    return bytes.len > 0 ? p->take(p->ctx, bytes, err) : PM_OK;
}

/* Undo the content coding. What does not keep to it from the start on is given as it is; what follows damage is not. */
static int
uncode(struct pm_http_pipe *p, struct pm_str src, struct pm_err *err)
{
    int rc = PM_OK;

    while (rc == PM_OK && src.len > 0 && p->coding != PM_CODING_IDENTITY) {
        struct pm_str before = src;

        if (p->coding == PM_CODING_UNKNOWN)
            return PM_OK;
        if (!p->in_member)
            rc = pm_codec_stream_begin(p->codec, p->coding, NULL, 0, err);
        p->in_member = true;
        pm_buf_reset(&p->out);
        if (rc == PM_OK)
            rc = pm_codec_stream(p->codec, &src, &p->out, err);
        p->in_member = rc != PM_DONE;
        p->began = p->began || p->out.len > 0 || rc == PM_DONE;
        if (rc == PM_ECORRUPT || rc == PM_ELIMIT) {
            p->coding = p->began ? PM_CODING_UNKNOWN : PM_CODING_IDENTITY;
            src = p->began ? PM_STR("") : before;
            rc = p->began ? PM_OK : give(p, pm_buf_span(&p->start), err);
        } else if (!p->began) {
            pm_buf_add(&p->start, before.ptr, before.len - src.len);
            if (pm_buf_check(&p->start, err) != PM_OK)
                return err != NULL ? err->code : PM_ENOMEM;
        }
        rc = rc < 0 ? rc : give(p, pm_buf_span(&p->out), err);
    }
    return rc == PM_OK && src.len > 0 ? give(p, src, err) : rc;
}

/* What was taken for a size line is none: it, and what follows, is given as it is. */
static int
no_chunk(struct pm_http_pipe *p, struct pm_err *err)
{
    p->chunk = CHUNK_NONE;
    if (pm_buf_check(&p->line, err) != PM_OK)
        return err != NULL ? err->code : PM_ENOMEM;
    return uncode(p, pm_buf_span(&p->line), err);
}

/* A size line, which may come in pieces. */
static int
take_line(struct pm_http_pipe *p, struct pm_str *src, struct pm_err *err)
{
    size_t room = PM_HTTP_CHUNK_LINE - p->line.len, n = src->len < room ? src->len : room;
    const char *lf = memchr(src->ptr, '\n', n);

    n = lf != NULL ? (size_t)(lf - src->ptr) + 1 : n;
    pm_buf_add(&p->line, src->ptr, n);
    *src = PM_STRN(src->ptr + n, src->len - n);
    if (lf == NULL && n < room)
        return PM_OK;
    if (pm_http_chunk_size(pm_buf_span(&p->line), 0, &p->left) == 0)
        return no_chunk(p, err);
    p->chunk = p->left > 0 ? CHUNK_DATA : CHUNK_OVER;
    pm_buf_reset(&p->line);
    return PM_OK;
}

int
pm_http_pipe_add(void *pipe, struct pm_str piece, struct pm_err *err)
{
    struct pm_http_pipe *p = pipe;
    int rc = PM_OK;

    while (rc == PM_OK && piece.len > 0) {
        size_t n = piece.len;

        switch (p->chunk) {
        case CHUNK_NONE:
            return uncode(p, piece, err);
        case CHUNK_OVER:
            return PM_OK; /* a trailer section */
        case CHUNK_SIZE:
            rc = take_line(p, &piece, err);
            continue;
        case CHUNK_CR:
            n = piece.ptr[0] == '\r';
            p->chunk = CHUNK_LF;
            break;
        case CHUNK_LF:
            n = piece.ptr[0] == '\n';
            p->chunk = CHUNK_SIZE;
            break;
        case CHUNK_DATA:
            n = n < p->left ? n : (size_t)p->left;
            p->left -= n;
            p->chunk = p->left > 0 ? CHUNK_DATA : CHUNK_CR;
            rc = uncode(p, PM_STRN(piece.ptr, n), err);
            break;
        }
        piece.ptr += n;
        piece.len -= n;
    }
    return rc;
}

int
pm_http_pipe_end(struct pm_http_pipe *p, struct pm_err *err)
{
    return p->chunk == CHUNK_SIZE && p->line.len > 0 ? no_chunk(p, err) : PM_OK;
}
