/* WARC records, one by one. */
#include "warc.h"

#include <stdlib.h>

#include "warc_own.h"

enum {
    HEADER_MAX = 1 << 20,
    HEAD_STEP = 1 << 13,
    DIGEST_TEXT_MAX = 200,
};
static const size_t BLOCK_MAX = (size_t)1 << 30;

static int
reader_new(struct pm_warc_reader **dst, const struct pm_warc_limits *limits, struct pm_err *err)
{
    struct pm_warc_reader *r = calloc(1, sizeof(*r));
    int rc;

    if (r == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    if (limits != NULL)
        r->limits = *limits;
    if (r->limits.header_max == 0)
        r->limits.header_max = HEADER_MAX;
    if (r->limits.block_max == 0)
        r->limits.block_max = BLOCK_MAX;
    r->head = (struct pm_buf)PM_BUF_INIT(r->limits.block_max + 2 * r->limits.header_max + HEAD_STEP);
    r->dict_raw = (struct pm_buf)PM_BUF_INIT(WARC_DICT_MAX);
    r->note = (struct pm_buf)PM_BUF_INIT(2 * sizeof(err->text));
    /* One record, what was used before it, and one member behind it. */
    r->out = (struct pm_buf)PM_BUF_INIT(2 * (r->limits.header_max + r->limits.block_max) + (64 << 20));
    rc = pm_codec_new(&r->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&r->digester, err);
    if (rc != PM_OK) {
        pm_warc_free(r);
        return rc;
    }
    *dst = r;
    return PM_OK;
}

int
pm_warc_open(struct pm_warc_reader **dst, int fd, const struct pm_warc_limits *limits, struct pm_err *err)
{
    int rc = reader_new(dst, limits, err);

    if (rc == PM_OK)
        pm_source_init_fd(&(*dst)->src, fd, limits != NULL ? limits->base : 0, (*dst)->out.max);
    return rc;
}

int
pm_warc_open_read(struct pm_warc_reader **dst, pm_warc_read *read, void *ctx, const struct pm_warc_limits *limits,
                  struct pm_err *err)
{
    int rc = reader_new(dst, limits, err);

    if (rc == PM_OK)
        pm_source_init(&(*dst)->src, read, ctx, (*dst)->out.max);
    return rc;
}

int
pm_warc_open_memory(struct pm_warc_reader **dst, struct pm_str bytes, const struct pm_warc_limits *limits,
                    struct pm_err *err)
{
    int rc = reader_new(dst, limits, err);

    if (rc == PM_OK)
        pm_source_init_memory(&(*dst)->src, bytes);
    return rc;
}

void
pm_warc_free(struct pm_warc_reader *r)
{
    if (r == NULL)
        return;
    pm_source_release(&r->src);
    pm_buf_release(&r->out);
    pm_buf_release(&r->head);
    pm_buf_release(&r->note);
    pm_dict_free(r->dict);
    pm_buf_release(&r->dict_raw);
    pm_digester_free(r->digester);
    pm_codec_free(r->codec);
    free(r);
}

uint64_t
pm_warc_tell(const struct pm_warc_reader *r)
{
    return pm_source_tell(&r->src);
}

bool
pm_warc_sniff(struct pm_str start)
{
    struct pm_str s = pm_str_starts(start, PM_STR("\xef\xbb\xbf")) ? PM_STRN(start.ptr + 3, start.len - 3) : start;
    struct pm_warc_reader *r;
    bool yes;

    while (s.len > 0 && (s.ptr[0] == '\r' || s.ptr[0] == '\n'))
        s = PM_STRN(s.ptr + 1, s.len - 1);
    if (pm_warc_is_start(s) || pm_arc_is_start(s))
        return true;
    if (!pm_view_magic(start) || reader_new(&r, NULL, NULL) != PM_OK)
        return false;
    /* A dictionary in front of the first record can only be a bundle's. */
    yes = start.len >= 4 && memcmp(start.ptr, "\x5d\x2a\x4d\x18", 4) == 0;
    yes = yes || pm_view_probe(r, start);
    pm_warc_free(r);
    return yes;
}

/* ---- heads ---- */

/*
 * Bytes of the head with its empty line, 0 when `v` does not have it all, SIZE_MAX when another
 * record starts in it (at *at). Goes on at *at, behind a whole line.
 */
static size_t
head_length(struct pm_str v, size_t *at)
{
    while (*at < v.len) {
        const char *nl = memchr(v.ptr + *at, '\n', v.len - *at);
        size_t n;

        if (nl == NULL)
            return 0;
        n = (size_t)(nl - v.ptr) + 1 - *at;
        /* Some files have "\r\r\n", from a pass through text mode. */
        if (*at > 0 && n <= 3 && pm_str_trim(PM_STRN(v.ptr + *at, n)).len == 0 && v.ptr[*at] <= '\r')
            return *at + n;
        if (*at > 0 && (v.ptr[*at] | 0x20) == 'w' && pm_warc_is_start(PM_STRN(v.ptr + *at, n)))
            return SIZE_MAX;
        *at += n;
    }
    return 0;
}

/*
 * The head at the view's position. PM_SKIP: it has no end; *length is what to pass over, in which
 * no other record starts, so that no byte is looked at again for each of many such heads.
 */
static int
find_head(struct pm_warc_reader *r, size_t *length, struct pm_err *err)
{
    size_t at = 0;

    for (size_t want = HEAD_STEP;; want *= 4) {
        struct pm_str v;
        int rc;

        if (want > r->limits.header_max)
            want = r->limits.header_max;
        rc = pm_view_peek(r, 1, &v, err);
        if (rc == PM_OK && head_length(v, &at) == 0)
            rc = pm_view_peek(r, want, &v, err);
        if (rc != PM_OK)
            return rc;
        *length = head_length(v, &at);
        if (*length == SIZE_MAX) {
            *length = at;
            return pm_fail(err, PM_SKIP, "another record starts in the header");
        }
        if (*length > 0 && *length <= r->limits.header_max)
            return PM_OK;
        if (*length > 0 || (v.len >= want && want == r->limits.header_max)) {
            *length = *length > 0 ? *length : at > 0 ? at : v.len;
            return pm_fail(err, PM_SKIP, "header is over the limit of %zu bytes", r->limits.header_max);
        }
        if (v.len < want) {
            *length = v.len;
            return r->damage.code != 0 ? PM_SKIP : pm_fail(err, PM_SKIP, "header is cut off");
        }
    }
}

/* ---- blocks ---- */

struct measure {
    size_t head;
    struct pm_str digest; /* in `text`, absent if there is none that we can check */
    char text[DIGEST_TEXT_MAX];
    size_t length; /* of the block */
    uint64_t big;  /* of a block that comes in pieces, else 0 */
    bool whole;    /* digest is the one of the block for sure */
    bool mended;
};

/* Say where, and the URL when it is known, before what *err says. */
static int
place(struct pm_err *err, uint64_t offset, struct pm_str uri)
{
    if (uri.len > 0 && uri.len < 200)
        (void)pm_err_prefix(err, "offset %llu, '" PM_STR_FMT "'", (unsigned long long)offset, PM_STR_ARG(uri));
    else
        (void)pm_err_prefix(err, "offset %llu", (unsigned long long)offset);
    return PM_SKIP;
}

/* The length is wrong, or none: find the right one. `why` goes into the note, or into *err when
 * there is none. */
static int
mend(struct pm_warc_reader *r, struct measure *m, size_t claimed, const struct pm_err *why, struct pm_err *err)
{
    size_t length = 0;
    int rc = pm_warc_mend(r, m->head, claimed, m->digest, &length, err);

    if (rc == PM_OK && length > r->limits.block_max)
        rc = PM_SKIP;
    if (rc == PM_OK) {
        m->length = length;
        m->mended = true;
        pm_buf_addf(&r->note, "%s; mended: %zu bytes%s", why->text, m->length,
                    m->digest.ptr != NULL ? ", as its digest says" : "");
    }
    return rc == PM_SKIP ? pm_fail(err, PM_SKIP, "%s", why->text) : rc;
}

/* Digest of the block as claimed: PM_OK right, PM_DONE wrong, PM_SKIP there is none. */
static int
check_block(struct pm_warc_reader *r, const struct measure *m, struct pm_str v, struct pm_err *err)
{
    return m->digest.ptr == NULL ? PM_SKIP
                                 : pm_digest_verify(r->digester, m->digest, PM_STRN(v.ptr + m->head, m->length), err);
}

/* The block is there in the length claimed. Is it what was meant? */
static int
judge_block(struct pm_warc_reader *r, struct measure *m, struct pm_str v, struct pm_err *err)
{
    size_t behind = m->head + m->length;
    enum trailer t = pm_warc_trailer(r, PM_STRN(v.ptr + behind, v.len - behind));
    struct pm_err why = PM_ERR_INIT, ignored;
    bool damage = r->run_end && r->damage.code != 0;
    int rc = PM_SKIP;

    if (t == TRAILER_GOOD && !damage && !r->limits.check_digests)
        return PM_OK;
    rc = check_block(r, m, v, err);
    if (rc < 0)
        return rc;
    if (damage && (rc == PM_DONE || (rc == PM_SKIP && (t != TRAILER_GOOD || behind + 4 >= v.len)))) {
        return PM_SKIP;
    }
    if (rc == PM_OK || (rc == PM_SKIP && t != TRAILER_WRONG))
        return PM_OK;
    if (rc == PM_SKIP) {
        (void)pm_fail(&why, PM_SKIP, "Content-Length %zu is wrong", m->length);
        rc = mend(r, m, m->length, &why, &ignored);
        if (rc == PM_SKIP) {
            pm_buf_cstr(&r->note, "bytes that are no record follow it");
            rc = PM_OK;
        }
        return rc < 0 ? pm_fail(err, rc, "%s", ignored.text) : rc;
    }
    (void)pm_fail(&why, PM_SKIP, "Content-Length %zu is wrong", m->length);
    rc = mend(r, m, m->length, &why, &ignored);
    if (rc < 0)
        return pm_fail(err, rc, "%s", ignored.text);
    if (rc == PM_SKIP && t == TRAILER_WRONG)
        return pm_fail(err, PM_SKIP, "Content-Length %zu is wrong, and so is the block digest", m->length);
    if (rc == PM_SKIP && m->whole)
        pm_buf_cstr(&r->note, "block digest is wrong");
    return PM_OK;
}

static int
measure(struct pm_warc_reader *r, struct measure *m, struct pm_str text, struct pm_err *err)
{
    struct pm_err why = PM_ERR_INIT;
    struct pm_str v;
    uint64_t n;
    int rc;

    if (!pm_warc_number(text, &n)) {
        if (text.ptr == NULL)
            (void)pm_fail(&why, PM_SKIP, "no Content-Length");
        else
            (void)pm_fail(&why, PM_SKIP, "Content-Length '%.*s' is no number", (int)(text.len < 40 ? text.len : 40),
                          text.ptr);
        return mend(r, m, SIZE_MAX, &why, err);
    }
    if (pm_warc_is_big(r, n)) {
        m->big = n;
        return PM_OK;
    }
    if (n > r->limits.block_max) {
        (void)pm_fail(&why, PM_SKIP, "block of %llu bytes is over the limit of %zu", (unsigned long long)n,
                      r->limits.block_max);
        return m->digest.ptr != NULL ? mend(r, m, SIZE_MAX, &why, err) : pm_fail(err, PM_SKIP, "%s", why.text);
    }
    m->length = (size_t)n;
    /*
     * A member that ends with its record is left at that: its end is as good a sign as the next
     * record. Else the start of the next record is looked at.
     */
    rc = pm_view_peek(r, m->head + m->length, &v, err);
    if (rc == PM_OK && (!r->packed || r->in_member))
        rc = pm_view_peek(r, m->head + m->length + WARC_PROBE, &v, err);
    if (rc != PM_OK)
        return rc;
    if (v.len >= m->head + m->length)
        return judge_block(r, m, v, err);
    if (r->damage.code == 0)
        (void)pm_fail(&why, PM_SKIP, "Content-Length %zu, but %zu bytes follow", m->length, v.len - m->head);
    else
        why = r->damage;
    return mend(r, m, m->length, &why, err);
}

/* ---- records ---- */

/*
 * Version 0.x and some writers put another digest there, and Wget the one of the whole response
 * into a revisit: what is no digest of the block cannot be checked.
 */
static void
note_digest(struct measure *m, struct pm_str head, const struct pm_warc_record *rec)
{
    m->digest = PM_STR_NULL;
    if (rec->block_digest.len == 0 || rec->block_digest.len > sizeof(m->text) || head.ptr[5] == '0' ||
        pm_str_eq(rec->block_digest, rec->payload_digest))
        return;
    m->whole = !pm_str_ieq(rec->type, PM_STR("revisit"));
    memcpy(m->text, rec->block_digest.ptr, rec->block_digest.len);
    m->digest = PM_STRN(m->text, rec->block_digest.len);
}

int
pm_warc_give_up(struct pm_warc_reader *r, uint64_t offset, struct pm_str uri, size_t from, struct pm_err *err)
{
    struct pm_err why;
    int rc;

    if (r->damage.code != 0 && !r->damage_told) { /* which has its own offset */
        if (err != NULL)
            *err = r->damage;
        r->damage_told = true;
    } else {
        (void)place(err, offset, uri);
    }
    rc = pm_warc_resync(r, from, &why);
    if (rc < 0)
        return pm_fail(err, rc, "%s", why.text);
    if (err != NULL)
        err->code = PM_SKIP;
    return PM_SKIP;
}

static int
warc_record(struct pm_warc_reader *r, struct pm_warc_record *rec, struct pm_err *err)
{
    uint64_t offset = pm_view_tell(r);
    struct measure m = {0};
    struct pm_str v, text;
    int rc = find_head(r, &m.head, err);

    if (rc == PM_SKIP)
        return pm_warc_give_up(r, offset, PM_STR_NULL, m.head, err);
    if (rc == PM_OK)
        rc = pm_view_peek(r, m.head, &v, err);
    if (rc != PM_OK)
        return rc;
    pm_warc_fields(PM_STRN(v.ptr, m.head), rec, &text);
    note_digest(&m, v, rec);
    rc = measure(r, &m, text, err);
    if (rc < 0)
        return rc;
    /* The window may have moved: take the views anew. */
    {
        struct pm_err ignored;
        int again = pm_view_peek(r, m.head, &v, &ignored);

        if (again != PM_OK)
            return pm_fail(err, again, "%s", ignored.text);
    }
    *rec = (struct pm_warc_record){.offset = offset, .head = PM_STRN(v.ptr, m.head)};
    if (rc == PM_OK && (m.mended || !pm_warc_is_regular(rec->head))) {
        rc = pm_warc_rehead(r, rec->head, m.length, err);
        if (rc != PM_OK)
            return rc;
        rec->head = pm_buf_span(&r->head);
        rec->mended = m.mended;
    }
    pm_warc_fields(rec->head, rec, &text);
    if (rc != PM_OK)
        return pm_warc_give_up(r, offset, rec->uri, m.head, err);
    r->started = true;
    if (m.big > 0) {
        rec->big = r->in_big = true;
        rec->length = r->big_left = m.big;
        r->taken = m.head;
        return PM_OK;
    }
    rec->block = PM_STRN(v.ptr + m.head, m.length);
    rec->length = m.length;
    r->taken = m.head + m.length;
    if (r->damage.code != 0 && r->run_end && !r->damage_told && r->note.len == 0) {
        struct pm_str all;

        /* The record is whole, and it is the last one before the damage. */
        rc = pm_view_peek(r, r->taken, &all, err);
        if (rc != PM_OK)
            return rc;
        if (pm_str_trim(PM_STRN(all.ptr + r->taken, all.len - r->taken)).len == 0) {
            pm_buf_cstr(&r->note, r->damage.text);
            r->damage_told = true;
        }
    }
    if (r->note.len > 0)
        rec->note = pm_buf_span(&r->note);
    return PM_OK;
}

/* Bytes that begin no record. Zeros up to the end are how a file looks that was allocated in
 * advance. */
static int
junk(struct pm_warc_reader *r, struct pm_err *err)
{
    uint64_t offset = pm_view_tell(r);
    bool zeros = false;
    struct pm_err why;
    struct pm_str v;
    int rc;

    for (;;) {
        size_t n = 0;

        rc = pm_view_peek(r, HEAD_STEP, &v, err);
        if (rc != PM_OK)
            return rc;
        while (n < v.len && v.ptr[n] == '\0')
            n++;
        pm_view_skip(r, n);
        if (v.len == 0)
            return PM_OK;
        zeros = zeros || n > 0;
        if (n < v.len)
            break;
    }
    (void)pm_fail(err, PM_SKIP, "offset %llu: bytes that are no record", (unsigned long long)offset);
    rc = pm_warc_resync(r, zeros ? 0 : 1, &why); /* a record may follow the zeros at once */
    return rc < 0 ? pm_fail(err, rc, "%s", why.text) : PM_SKIP;
}

/* Move to where a record should be. PM_OK: there are bytes. PM_SKIP: damage to be told. */
static int
to_record(struct pm_warc_reader *r, struct pm_str *v, struct pm_err *err)
{
    for (;;) {
        size_t n = 0;
        int rc = pm_view_peek(r, 1, v, err);

        if (rc != PM_OK)
            return rc;
        /* First what is left of the last member: then the next one finds an empty buffer. */
        while (n < v->len && (v->ptr[n] == '\r' || v->ptr[n] == '\n'))
            n++;
        if (n == 0) {
            rc = pm_view_peek(r, WARC_PROBE, v, err);
            if (rc != PM_OK)
                return rc;
        }
        if (pm_view_tell(r) == 0 && pm_str_starts(*v, PM_STR("\xef\xbb\xbf")))
            n = 3;
        if (n > 0) {
            pm_view_skip(r, n);
            continue;
        }
        if (v->len == 0 && !r->packed)
            return PM_DONE;
        if (v->len == 0) {
            bool told = r->damage.code == 0 || r->damage_told;
            bool damage = r->damage.code != 0;
            struct pm_err why;

            if (!told && err != NULL)
                *err = r->damage;
            pm_view_leave(r);
            r->damage.code = 0;
            r->damage_told = false;
            if (damage) {
                rc = pm_warc_resync(r, 0, &why);
                if (rc < 0)
                    return pm_fail(err, rc, "%s", why.text);
            }
            if (!told) {
                if (err != NULL)
                    err->code = PM_SKIP;
                return PM_SKIP;
            }
            continue;
        }
        if (r->packed || !pm_view_magic(*v))
            return PM_OK;
        pm_view_enter(r);
    }
}

int
pm_warc_next(struct pm_warc_reader *r, struct pm_warc_record *rec, struct pm_err *err)
{
    struct pm_str v;
    int rc = PM_OK;

    while (r->in_big && rc == PM_OK)
        rc = pm_warc_piece(r, &v, err);
    if (rc != PM_OK && rc != PM_DONE)
        return rc;
    pm_view_skip(r, r->taken);
    r->taken = 0;
    for (;;) {
        memset(rec, 0, sizeof(*rec));
        pm_buf_reset(&r->note);
        rc = to_record(r, &v, err);
        if (rc != PM_OK)
            return rc;
        if (pm_str_istarts(v, PM_STR("WARC/"))) {
            rc = warc_record(r, rec, err);
            r->arc = false;
            return rc;
        }
        rc = r->arc || !r->started ? pm_arc_record(r, rec, err) : PM_DONE;
        if (rc != PM_DONE)
            return rc;
        rc = junk(r, err);
        if (rc != PM_OK)
            return rc;
    }
}
