/* Where records start, and how long one is that says it wrong. */
#include "ascii.h"
#include "http.h"
#include "warc_own.h"

enum {
    SLICE_FIRST = 1 << 9,
    SLICE = 1 << 16,
    TAIL = 1 << 14,   /* bytes that the start of an ARC record may need */
    VERSION_MAX = 20, /* "WARC/1.1" and some spaces */
    MEND_HITS = 8,
    SPENT_FREE = 64 << 20, /* bytes that may be read in vain whatever the size of the file */
};

bool
pm_warc_is_start(struct pm_str s)
{
    size_t i = 5;

    if (s.len < 7 || !pm_str_istarts(s, PM_STR("WARC/")) || !pm_ascii_digit(s.ptr[i]))
        return false;
    while (i < s.len && i < VERSION_MAX && (pm_ascii_digit(s.ptr[i]) || s.ptr[i] == '.'))
        i++;
    while (i < s.len && i < VERSION_MAX && (s.ptr[i] == ' ' || s.ptr[i] == '\r'))
        i++;
    return i < s.len && s.ptr[i] == '\n';
}

/* A version line in the middle of another line counts only with a field of WARC behind it. */
static bool
starts_here(struct pm_str s, size_t at)
{
    struct pm_str here = PM_STRN(s.ptr + at, s.len - at), next;
    size_t line;

    if (!pm_warc_is_start(here))
        return false;
    if (at == 0 || s.ptr[at - 1] == '\n')
        return true;
    line = pm_str_find(here, PM_STR("\n"), 0) + 1;
    next = PM_STRN(here.ptr + line, here.len - line);
    return pm_str_istarts(next, PM_STR("WARC-")) || pm_str_istarts(next, PM_STR("Content-"));
}

/* The first hit of `needle` in [from, end) that is one, or `end`. */
static size_t
find_needle(struct pm_warc_reader *r, struct pm_str s, size_t from, size_t end, struct pm_str needle, bool member)
{
    while (from < end) {
        /* A needle may begin in this slice and end in the next. */
        size_t reach = end + needle.len - 1 < s.len ? end + needle.len - 1 : s.len;
        size_t at = pm_str_find(PM_STRN(s.ptr, reach), needle, from);
        struct pm_str here;

        if (at == SIZE_MAX)
            return end;
        here = PM_STRN(s.ptr + at, s.len - at);
        if (member ? pm_view_magic(here) && pm_view_probe(r, here) : starts_here(s, at))
            return at;
        from = at + 1;
    }
    return end;
}

static size_t
find_arc(struct pm_str s, size_t from, size_t end)
{
    if (from == 0 && pm_arc_is_start(s))
        return 0;
    from = from > 0 ? from - 1 : 0;
    while (from < end) {
        const char *line = memchr(s.ptr + from, '\n', end - from);

        if (line == NULL)
            return end;
        from = (size_t)(line - s.ptr) + 1;
        if (from < end && pm_arc_is_start(PM_STRN(s.ptr + from, s.len - from)))
            return from;
    }
    return end;
}

size_t
pm_warc_find(struct pm_warc_reader *r, struct pm_str s, size_t from)
{
    /* By slices, so that a start nearby is found without a look at all the rest. */
    for (size_t slice = SLICE_FIRST, limit; from < s.len; from = limit, slice = slice < SLICE ? 2 * slice : SLICE) {
        size_t hit;

        limit = s.len - from > slice ? from + slice : s.len;
        hit = limit;

        if (r->arc || !r->started)
            hit = find_arc(s, from, hit);
        if (!r->arc) {
            hit = find_needle(r, s, from, hit, PM_STR("WARC/"), false);
            hit = find_needle(r, s, from, hit, PM_STR("warc/"), false);
        }
        if (!r->packed) {
            hit = find_needle(r, s, from, hit, PM_STR("\x1f\x8b\x08"), true);
            hit = find_needle(r, s, from, hit, PM_STR("\x28\xb5\x2f\xfd"), true);
        }
        if (hit < limit)
            return hit;
    }
    return SIZE_MAX;
}

int
pm_warc_resync(struct pm_warc_reader *r, size_t from, struct pm_err *err)
{
    for (;;) {
        struct pm_str v;
        size_t hit, keep;
        int rc = pm_view_peek(r, from + SLICE, &v, err);

        if (rc != PM_OK)
            return rc;
        hit = pm_warc_find(r, v, from);
        if (hit != SIZE_MAX) {
            pm_view_skip(r, hit);
            return PM_OK;
        }
        if (v.len < from + SLICE) { /* that was all */
            pm_view_skip(r, v.len);
            return PM_OK;
        }
        /* What begins in the tail is looked at again, with what follows it. */
        keep = v.len - from > TAIL ? TAIL : WARC_PROBE;
        pm_view_skip(r, v.len - keep - 1);
        from = 1;
    }
}

/* ---- lengths ---- */

/* Bytes of the empty lines at the end of `block` in the forms that writers give them, longest
 * first. */
static size_t
trailers(struct pm_str block, size_t dst[5])
{
    static const char *const forms[] = {"\r\n\r\n", "\n\r\n", "\r\n", "\n\n", "\n"};
    size_t n = 0;

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (pm_str_ends(block, pm_str_of(forms[i])))
            dst[n++] = strlen(forms[i]);
    dst[n] = 0;
    return n < 4 ? n + 1 : n;
}

bool
pm_warc_whole_http(struct pm_str block, size_t *length)
{
    struct pm_http http;
    uint64_t n;

    if (pm_http_parse(block, &http, NULL) != PM_OK ||
        !pm_warc_number(pm_http_field(http.head, PM_STR("content-length")), &n) || n > http.body.len ||
        pm_str_trim(PM_STRN(http.body.ptr + n, http.body.len - n)).len > 0)
        return false;
    *length = http.head.len + (size_t)n;
    return true;
}

/* The block of `v` that ends before `end`, by its digest; or, without one, as HTTP says, or before
 * the empty lines. */
static int
try_end(struct pm_warc_reader *r, struct pm_str v, size_t head, size_t end, struct pm_str digest, size_t *length,
        struct pm_err *err)
{
    struct pm_str block = PM_STRN(v.ptr + head, end - head);
    size_t cut[6] = {0}, n = trailers(block, cut);

    if (digest.ptr == NULL) {
        if (!pm_warc_whole_http(block, length))
            *length = block.len - cut[0];
        return PM_OK;
    }
    for (size_t i = 0; i < n; i++) {
        int rc = pm_digest_verify(r->digester, digest, PM_STRN(block.ptr, block.len - cut[i]), err);

        if (rc == PM_OK)
            *length = block.len - cut[i];
        if (rc != PM_DONE)
            return rc;
        r->spent += block.len;
    }
    return PM_DONE;
}

bool
pm_warc_may_spend(const struct pm_warc_reader *r)
{
    return r->spent <= SPENT_FREE + 2 * pm_source_tell(&r->src);
}

int
pm_warc_mend(struct pm_warc_reader *r, size_t head, size_t claimed, struct pm_str digest, size_t *length,
             struct pm_err *err)
{
    size_t from = head, want = head + SLICE, end;
    struct pm_str v;
    bool last;
    int rc;

    for (int hits = 0; hits < MEND_HITS;) {
        if (!pm_warc_may_spend(r))
            return PM_SKIP;
        rc = pm_view_peek(r, want, &v, err);
        if (rc != PM_OK)
            return rc;
        end = pm_warc_find(r, v, from);
        last = end == SIZE_MAX && v.len < want;
        if (end == SIZE_MAX && !last) {
            if (v.len > head + r->limits.block_max)
                return PM_SKIP;
            from = v.len - TAIL > head ? v.len - TAIL : head;
            want = 2 * v.len;
            continue;
        }
        if (last) {
            end = v.len;
            /* The end of the file proves nothing by itself. */
            if (digest.ptr == NULL && pm_warc_whole_http(PM_STRN(v.ptr + head, end - head), length))
                return PM_OK;
            if (digest.ptr == NULL && (claimed != SIZE_MAX || r->damage.code != 0))
                return PM_SKIP;
        }
        rc = try_end(r, v, head, end, digest, length, err);
        if (rc == PM_SKIP) { /* a digest of no known kind is none */
            digest = PM_STR_NULL;
            continue;
        }
        if (rc != PM_DONE)
            return rc;
        if (last)
            return PM_SKIP;
        from = end + 1;
        hits++;
    }
    return PM_SKIP;
}
