/* Blocks in pieces. */
#include "warc_own.h"

enum { PIECE = 1 << 20, ARC_PROBE = 1 << 10 };

static bool
starts(const struct pm_warc_reader *r, struct pm_str s)
{
    return pm_warc_is_start(s) || (r->arc && pm_arc_is_start(s));
}

enum trailer
pm_warc_trailer(const struct pm_warc_reader *r, struct pm_str t)
{
    size_t n = 0;

    while (n < t.len && (t.ptr[n] == '\r' || t.ptr[n] == '\n'))
        n++;
    t = PM_STRN(t.ptr + n, t.len - n);
    if (t.len == 0 || starts(r, t) || (!r->packed && pm_view_magic(t)))
        return TRAILER_GOOD;
    return n > 0 ? TRAILER_ODD : TRAILER_WRONG;
}

bool
pm_warc_is_big(const struct pm_warc_reader *r, uint64_t length)
{
    return r->limits.big_max != 0 && length > r->limits.big_min && length <= r->limits.big_max;
}

static int
end_block(struct pm_warc_reader *r, struct pm_err *err)
{
    struct pm_str v;
    int rc = pm_view_peek(r, WARC_PROBE, &v, err);

    r->in_big = false;
    if (rc != PM_OK)
        return rc;
    return pm_warc_trailer(r, v) == TRAILER_WRONG ? pm_fail(err, PM_SKIP, "Content-Length is wrong") : PM_DONE;
}

/* The block ends too early. */
static int
cut_off(struct pm_warc_reader *r, struct pm_err *err)
{
    r->in_big = false;
    if (r->damage.code == 0 || r->damage_told)
        return pm_fail(err, PM_SKIP, "Content-Length is wrong: %llu bytes of it do not follow",
                       (unsigned long long)r->big_left);
    if (err != NULL) {
        *err = r->damage;
        err->code = PM_SKIP;
    }
    r->damage_told = true;
    return PM_SKIP;
}

int
pm_warc_piece(struct pm_warc_reader *r, struct pm_str *piece, struct pm_err *err)
{
    struct pm_str v;
    size_t border;
    int rc;

    if (!r->in_big)
        return PM_DONE;
    pm_view_skip(r, r->taken);
    r->taken = 0;
    if (r->big_left == 0)
        return end_block(r, err);
    rc = pm_view_peek(r, 1, &v, err);
    if (rc == PM_OK && r->packed && v.len > 0 && pm_view_at_border(r))
        rc = pm_view_peek(r, r->arc ? ARC_PROBE : WARC_PROBE, &v, err); /* a record that begins with a member is none of this one */
    if (rc != PM_OK)
        return rc;
    if (v.len == 0 || (r->packed && pm_view_at_border(r) && starts(r, v)))
        return cut_off(r, err);
    border = pm_view_boundary(r, 0);
    v.len = v.len < PIECE ? v.len : PIECE;
    v.len = v.len < border ? v.len : border;
    v.len = v.len < r->big_left ? v.len : (size_t)r->big_left;
    r->big_left -= v.len;
    r->taken = v.len;
    *piece = v;
    return PM_OK;
}
