/* Bytes as decoded: runs of gzip members and zstd frames, whatever their borders have to do with
 * records. */
#include <stdlib.h>

#include "warc_own.h"

enum {
    AHEAD = 1 << 18,    /* compressed bytes that a member in one call may need */
    SKIP_HEAD = 8,      /* magic and size of a skippable frame (RFC 8878, 3.1.2) */
    COMPACT = 1 << 20,  /* used bytes that are worth moving the rest for */
    KEEP_MEMORY = 32 << 20,
};

static const uint32_t ZSTD_FRAME = 0xFD2FB528, ZSTD_SKIPPABLE = 0x184D2A50, DICT_FRAME = 0x184D2A5D,
                      DICT_TRAINED = 0xEC30A437;

static uint32_t
le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

/* RFC 1952, 2.3: ID1 ID2 CM, and flags whose upper three bits are 0. */
static bool
is_gzip(struct pm_str s)
{
    return s.len >= 4 && memcmp(s.ptr, "\x1f\x8b\x08", 3) == 0 && (s.ptr[3] & 0xe0) == 0;
}

static bool
is_zstd(struct pm_str s)
{
    return s.len >= 4 && le32(s.ptr) == ZSTD_FRAME;
}

static bool
is_skippable(struct pm_str s)
{
    return s.len >= 4 && (le32(s.ptr) & 0xfffffff0u) == ZSTD_SKIPPABLE;
}

bool
pm_view_magic(struct pm_str s)
{
    return is_gzip(s) || is_zstd(s) || is_skippable(s);
}

/* End the run; *err (which may be of code 0) says why. */
static void
end_run(struct pm_warc_reader *r, const struct pm_err *why)
{
    r->run_end = true;
    r->in_member = false;
    if (why != NULL)
        r->damage = *why;
}

/* ---- dictionary ---- */

/*
 * A skippable frame: its content is a dictionary if the proposal's magic says so, or if it looks
 * like one; some writers used another of the sixteen magics.
 */
static int
take_dict(struct pm_warc_reader *r, struct pm_str content, bool named, struct pm_err *err)
{
    struct pm_buf *raw = &r->dict_raw;
    struct pm_err why = PM_ERR_INIT;
    size_t used;
    int rc = PM_OK;

    pm_buf_reset(raw);
    if (is_zstd(content))
        rc = pm_codec_unzstd(r->codec, NULL, content, raw, &used, &why);
    else if (named || (content.len >= 4 && le32(content.ptr) == DICT_TRAINED))
        pm_buf_str(raw, content);
    if (rc == PM_OK)
        rc = pm_buf_check(raw, &why);
    if (rc == PM_OK && raw->len >= 4 && (named || le32(raw->data) == DICT_TRAINED))
        rc = pm_dict_new(&r->dict, pm_buf_span(raw), 0, &why);
    if (rc == PM_ENOMEM)
        (void)pm_fail(err, rc, "%s", why.text);
    else if (rc < 0 && named)
        rc = pm_fail(&r->damage, PM_ECORRUPT, "offset %llu: zstd dictionary: %s", (unsigned long long)r->member,
                     why.text);
    else
        rc = PM_OK;
    return rc;
}

static int
skip_frame(struct pm_warc_reader *r, struct pm_str have, struct pm_err *err)
{
    uint64_t left;
    bool first = r->dict == NULL && !r->started;
    int rc;

    if (have.len < SKIP_HEAD) {
        end_run(r, NULL);
        (void)pm_fail(&r->damage, PM_ECORRUPT, "offset %llu: zstd frame is cut off", (unsigned long long)r->member);
        return PM_OK;
    }
    left = (uint64_t)le32(have.ptr + 4) + SKIP_HEAD;
    if (first && left <= WARC_DICT_MAX + SKIP_HEAD) {
        bool named = le32(have.ptr) == DICT_FRAME;

        rc = pm_source_peek(&r->src, (size_t)left, &have, err);
        if (rc != PM_OK)
            return rc;
        if (have.len >= left) {
            rc = take_dict(r, PM_STRN(have.ptr + SKIP_HEAD, (size_t)left - SKIP_HEAD), named, err);
            if (rc == PM_ENOMEM)
                return rc;
        }
    }
    while (left > 0) {
        size_t n;

        rc = pm_source_peek(&r->src, 1, &have, err);
        if (rc != PM_OK)
            return rc;
        if (have.len == 0) {
            (void)pm_fail(&r->damage, PM_ECORRUPT, "offset %llu: zstd frame is cut off", (unsigned long long)r->member);
            break;
        }
        n = have.len < left ? have.len : (size_t)left;
        pm_source_skip(&r->src, n);
        left -= n;
    }
    if (r->damage.code != 0)
        end_run(r, NULL);
    return PM_OK;
}

/* ---- members ---- */

static void
mark(struct pm_warc_reader *r)
{
    if (r->n_marks > 0 && r->marks[r->n_marks - 1].at == r->out.len)
        r->n_marks--; /* of an empty member */
    if (r->n_marks < WARC_MARKS)
        r->marks[r->n_marks++] = (struct warc_mark){r->out.len, r->member, false};
}

/* What decoding said, for r->damage. */
static int
damaged(struct pm_warc_reader *r, int rc, const struct pm_err *why, struct pm_err *err)
{
    if (rc == PM_ENOMEM)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    end_run(r, NULL);
    (void)pm_fail(&r->damage, rc, "offset %llu: %s", (unsigned long long)r->member, why->text);
    return PM_OK;
}

/* Begin the member at the source's position, and end it too if one call does. */
static int
begin_member(struct pm_warc_reader *r, struct pm_err *err)
{
    struct pm_err why = PM_ERR_INIT;
    struct pm_str have;
    size_t used = 0;
    int rc = pm_source_peek(&r->src, SKIP_HEAD, &have, err);

    if (rc != PM_OK)
        return rc;
    if (!pm_view_magic(have)) {
        end_run(r, NULL);
        return PM_OK;
    }
    r->member = pm_source_tell(&r->src);
    if (is_skippable(have))
        return skip_frame(r, have, err);
    rc = pm_source_peek(&r->src, AHEAD, &have, err);
    if (rc != PM_OK)
        return rc;
    mark(r);
    if (is_gzip(have))
        rc = pm_codec_gzip_try(r->codec, have, &r->out, &used, &why);
    else
        rc = pm_codec_zstd_try(r->codec, r->dict, have, &r->out, &used, &why);
    if (rc == PM_OK) {
        pm_source_skip(&r->src, used);
        return PM_OK;
    }
    if (rc == PM_SKIP) {
        r->src.keep = r->member;
        r->in_member = true;
        rc = pm_codec_stream_begin(r->codec, is_gzip(have) ? PM_CODING_GZIP : PM_CODING_ZSTD, r->dict,
                                   r->limits.window_log_max, &why);
    }
    return rc == PM_OK ? PM_OK : damaged(r, rc, &why, err);
}

/* Another piece of the member under way. */
static int
go_on(struct pm_warc_reader *r, struct pm_err *err)
{
    struct pm_err why = PM_ERR_INIT;
    size_t before = r->out.len, left;
    struct pm_str have;
    int rc = pm_source_peek(&r->src, 1, &have, err);

    if (rc != PM_OK)
        return rc;
    left = have.len;
    rc = pm_codec_stream(r->codec, &have, &r->out, &why);
    pm_source_skip(&r->src, left - have.len);
    if (rc == PM_OK && left == have.len && r->out.len == before) {
        rc = left == 0 ? pm_fail(&why, PM_ECORRUPT, "compressed data is cut off")
                       : pm_fail(&why, PM_ECORRUPT, "compressed data does not go on");
    }
    if (rc == PM_OK)
        return PM_OK;
    if (rc < 0)
        return damaged(r, rc, &why, err);
    r->in_member = false;
    r->src.keep = UINT64_MAX;
    return PM_OK;
}

int
pm_view_peek(struct pm_warc_reader *r, size_t want, struct pm_str *have, struct pm_err *err)
{
    int rc;

    if (!r->packed)
        return pm_source_peek(&r->src, want, have, err);
    while (r->out.len - r->out_pos < want && !r->run_end) {
        if (r->out_pos > COMPACT && r->out_pos > r->out.len / 2) {
            size_t kept = 0;

            memmove(r->out.data, r->out.data + r->out_pos, r->out.len - r->out_pos);
            r->out.len -= r->out_pos;
            for (size_t i = 0; i < r->n_marks; i++) {
                struct warc_mark m = r->marks[i];

                m.goes_on = m.goes_on || m.at < r->out_pos;
                m.at = m.at > r->out_pos ? m.at - r->out_pos : 0;
                if (kept > 0 && r->marks[kept - 1].at == 0 && m.at == 0)
                    kept--;
                r->marks[kept++] = m;
            }
            r->n_marks = kept;
            r->out_pos = 0;
        }
        rc = r->in_member ? go_on(r, err) : begin_member(r, err);
        if (rc != PM_OK)
            return rc;
    }
    *have = PM_STRN(r->out.data != NULL ? r->out.data + r->out_pos : "", r->out.len - r->out_pos);
    return PM_OK;
}

void
pm_view_skip(struct pm_warc_reader *r, size_t n)
{
    if (!r->packed) {
        pm_source_skip(&r->src, n);
        return;
    }
    r->out_pos += n;
    if (r->out_pos < r->out.len)
        return;
    if (r->out.cap > KEEP_MEMORY) /* which one large record made it take */
        pm_buf_release(&r->out);
    pm_buf_reset(&r->out);
    r->out_pos = 0;
    if (r->in_member && r->n_marks > 0) { /* what comes next is of the same member */
        r->marks[0] = (struct warc_mark){0, r->member, true};
        r->n_marks = 1;
    } else {
        r->n_marks = 0;
    }
}

uint64_t
pm_view_tell(const struct pm_warc_reader *r)
{
    uint64_t offset = r->member;

    if (!r->packed)
        return pm_source_tell(&r->src);
    for (size_t i = 0; i < r->n_marks && r->marks[i].at <= r->out_pos; i++)
        offset = r->marks[i].offset;
    return offset;
}

size_t
pm_view_boundary(const struct pm_warc_reader *r, size_t from)
{
    if (!r->packed)
        return SIZE_MAX;
    for (size_t i = 0; i < r->n_marks; i++)
        if (r->marks[i].at > r->out_pos + from)
            return r->marks[i].at - r->out_pos;
    return SIZE_MAX;
}

bool
pm_view_at_border(const struct pm_warc_reader *r)
{
    for (size_t i = 0; i < r->n_marks; i++)
        if (r->marks[i].at == r->out_pos)
            return !r->marks[i].goes_on;
    return false;
}

void
pm_view_enter(struct pm_warc_reader *r)
{
    r->packed = true;
    r->run_end = false;
    r->damage.code = 0;
    r->n_marks = 0;
    r->out_pos = 0;
    pm_buf_reset(&r->out);
}

void
pm_view_leave(struct pm_warc_reader *r)
{
    /*
     * Damaged data may have led the decoder on into members behind it, so the search for the next
     * one starts right behind the first byte of the damaged one.
     */
    if (r->damage.code != 0 && pm_warc_may_spend(r)) {
        r->spent += pm_source_tell(&r->src) - r->member;
        pm_source_back(&r->src, r->member + 1);
    }
    r->src.keep = UINT64_MAX;
    r->packed = false;
    r->in_member = false;
    pm_buf_reset(&r->out);
    r->out_pos = 0;
    r->n_marks = 0;
}

bool
pm_view_probe(struct pm_warc_reader *r, struct pm_str s)
{
    struct pm_buf start = PM_BUF_INIT(1 << 12);
    struct pm_str v;
    bool yes = false;
    int rc;

    if (is_skippable(s))
        return false;
    rc = pm_codec_stream_begin(r->codec, is_gzip(s) ? PM_CODING_GZIP : PM_CODING_ZSTD, r->dict,
                               r->limits.window_log_max, NULL);
    if (rc == PM_OK)
        rc = pm_codec_stream(r->codec, &s, &start, NULL);
    (void)rc; /* the ceiling, or a cut, is as good as the end: only the start counts */
    v = pm_str_trim(pm_buf_span(&start));
    yes = pm_warc_is_start(v) || pm_arc_is_start(v);
    pm_buf_release(&start);
    return yes;
}
