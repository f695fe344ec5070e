/* ARC 1 and 2 records, as WARC records. */
#include "record.h"
#include "warc_own.h"
#include "when.h"

enum {
    LINE_MAX_BYTES = 1 << 14,
    DATE_DIGITS = 14,
    PEEK_BEHIND = 1 << 10, /* of the next record's line */
    BLOCK_START = 16,      /* of a large record: tells HTTP */
};

struct arc_line {
    struct pm_str url, ip, date, mime, length;
};

/* The token that ends at `end`, and the end of the one before it in *before. */
static struct pm_str
last_token(struct pm_str line, size_t end, size_t *before)
{
    size_t start;

    while (end > 0 && line.ptr[end - 1] == ' ')
        end--;
    start = end;
    while (start > 0 && line.ptr[start - 1] != ' ')
        start--;
    *before = start;
    return PM_STRN(line.ptr + start, end - start);
}

static bool
all_of(struct pm_str s, const char *set, size_t least, size_t most)
{
    if (s.len < least || s.len > most)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\0' || strchr(set, s.ptr[i]) == NULL)
            return false;
    return true;
}

static bool
has_scheme(struct pm_str url)
{
    const char *colon = memchr(url.ptr, ':', url.len < 16 ? url.len : 16);
    size_t n = colon != NULL ? (size_t)(colon - url.ptr) : 0;

    return n >= 2 &&
           all_of(PM_STRN(url.ptr, n), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.0123456789", 2, 15);
}

/*
 * "URL IP date type length", and in version 2 five more fields before the length. URLs and types
 * may have spaces, so the date with an address before it is looked for from the right.
 */
static bool
parse_line(struct pm_str line, struct arc_line *dst)
{
    size_t at, before, type_end;

    line = pm_str_trim(line);
    dst->length = last_token(line, line.len, &at);
    type_end = at;
    while (at > 0) {
        size_t start = at;
        struct pm_str date = last_token(line, at, &before), ip;

        at = before;
        if (!all_of(date, "0123456789", 12, 20))
            continue;
        ip = last_token(line, at, &before);
        if (!all_of(ip, "0123456789abcdefABCDEF.:", 3, 45))
            continue;
        dst->date = PM_STRN(date.ptr, date.len < DATE_DIGITS ? date.len : DATE_DIGITS);
        dst->ip = ip;
        dst->mime = pm_str_trim(PM_STRN(line.ptr + start, type_end > start ? type_end - start : 0));
        dst->url = pm_str_trim(PM_STRN(line.ptr, before));
        return has_scheme(dst->url);
    }
    return false;
}

bool
pm_arc_is_start(struct pm_str s)
{
    struct arc_line line;
    const char *nl;

    if (!has_scheme(s)) /* most lines end here */
        return false;
    nl = memchr(s.ptr, '\n', s.len < LINE_MAX_BYTES ? s.len : LINE_MAX_BYTES);
    return nl != NULL && parse_line(PM_STRN(s.ptr, (size_t)(nl - s.ptr)), &line);
}

/* The WARC record that says the same, for a block that starts like this. Its id is still to be made. */
static struct pm_record
translate(const struct arc_line *line, struct pm_str block)
{
    bool info = pm_str_istarts(line->url, PM_STR("filedesc:")), http = pm_str_starts(block, PM_STR("HTTP/"));
    size_t type = pm_str_find(line->mime, PM_STR(" "), 0);
    struct pm_record rec = {
        .type = http ? PM_STR("response") : PM_STR("resource"),
        .uri = line->url,
        .ip = line->ip,
        .content_type = http ? PM_STR("application/http; msgtype=response") : line->mime,
        .block = {block, PM_STR("")},
    };

    if (!http && type != SIZE_MAX && line->mime.ptr[type - 1] != ';') /* version 2: "type result checksum ..." */
        rec.content_type = PM_STRN(line->mime.ptr, type);
    if (info) {
        rec.type = PM_STR("warcinfo");
        rec.uri = rec.ip = PM_STR_NULL;
        rec.filename = PM_STRN(line->url.ptr + 9, line->url.len - 9);
        while (rec.filename.len > 0 && rec.filename.ptr[0] == '/')
            rec.filename = PM_STRN(rec.filename.ptr + 1, rec.filename.len - 1);
    }
    if (!pm_when_parse(line->date, &rec.when_us))
        rec.when_us = 0;
    return rec;
}

/* That record in r->head: all of it, or, of one that comes in pieces, `big` bytes, the head. Its id is made from
 * `source`. */
static int
rewrite(struct pm_warc_reader *r, struct pm_record *rec, struct pm_str source, uint64_t big, struct pm_err *err)
{
    struct pm_buf id = PM_BUF_INIT(64);
    struct pm_sha256 sha;
    int rc = pm_digest_sha256(r->digester, &source, 1, &sha, err);

    if (rc != PM_OK)
        return rc;
    pm_record_id(&id, &sha);
    rec->id = pm_buf_span(&id);
    pm_buf_reset(&r->head);
    if (big == 0) {
        rc = pm_record_write(rec, r->digester, &r->head, err);
    } else {
        pm_record_put_head(rec, PM_STR_NULL, big, &r->head);
        rc = pm_buf_check(&r->head, err);
    }
    pm_buf_release(&id);
    return rc;
}

/* The block's length: as claimed if a record, or nothing, follows it. */
static int
arc_length(struct pm_warc_reader *r, size_t head, struct pm_str text, size_t *length, struct pm_err *err)
{
    struct pm_err why = PM_ERR_INIT, ignored = PM_ERR_INIT;
    size_t claimed = SIZE_MAX, n;
    struct pm_str v, t;
    uint64_t number;
    int rc;

    if (!pm_warc_number(text, &number)) {
        (void)pm_fail(&why, PM_SKIP, "length '%.*s' is no number", (int)(text.len < 40 ? text.len : 40), text.ptr);
    } else if (number > r->limits.block_max) {
        return pm_fail(err, PM_SKIP, "record of %llu bytes is over the limit of %zu", (unsigned long long)number,
                       r->limits.block_max);
    } else {
        claimed = (size_t)number;
        rc = pm_view_peek(r, head + claimed, &v, err);
        if (rc == PM_OK && (!r->packed || r->in_member))
            rc = pm_view_peek(r, head + claimed + PEEK_BEHIND, &v, err);
        if (rc != PM_OK)
            return rc;
        *length = claimed;
        if (v.len < head + claimed) {
            (void)pm_fail(&why, PM_SKIP, "record of %zu bytes is cut off: %zu are there", claimed, v.len - head);
        } else {
            t = PM_STRN(v.ptr + head + claimed, v.len - head - claimed);
            for (n = 0; n < t.len && (t.ptr[n] == '\r' || t.ptr[n] == '\n'); n++)
                continue;
            t = PM_STRN(t.ptr + n, t.len - n);
            if (n > 0 || t.len == 0 || pm_arc_is_start(t) || pm_view_magic(t))
                return PM_OK;
            if (pm_warc_whole_http(PM_STRN(v.ptr + head, claimed), length) && *length == claimed)
                return PM_OK;
            (void)pm_fail(&why, PM_SKIP, "length %zu is wrong", claimed);
        }
        if (r->damage.code != 0)
            return pm_fail(err, PM_SKIP, "%s", why.text);
    }
    rc = pm_warc_mend(r, head, claimed, PM_STR_NULL, length, &ignored);
    if (rc == PM_OK && *length > r->limits.block_max)
        rc = PM_SKIP;
    if (rc == PM_OK)
        pm_buf_addf(&r->note, "%s; mended: %zu bytes", why.text, *length);
    return rc == PM_SKIP ? pm_fail(err, PM_SKIP, "%s", why.text) : rc;
}

/* What rewrite() made, of a block of `length` bytes, or a large one. */
static void
hand_out(struct pm_warc_reader *r, size_t length, uint64_t big, struct pm_warc_record *rec)
{
    struct pm_str text;

    *rec =
        (struct pm_warc_record){.head = pm_buf_span(&r->head), .arc = true, .mended = r->note.len > 0, .big = big > 0};
    rec->length = big > 0 ? big : length;
    if (big == 0) {
        rec->head.len -= length + 4; /* two empty lines end it */
        rec->block = PM_STRN(rec->head.ptr + rec->head.len, length);
    }
    pm_warc_fields(rec->head, rec, &text);
    if (r->note.len > 0)
        rec->note = pm_buf_span(&r->note);
    r->in_big = big > 0;
    r->big_left = big;
    r->started = true;
}

int
pm_arc_record(struct pm_warc_reader *r, struct pm_warc_record *rec, struct pm_err *err)
{
    uint64_t offset = pm_view_tell(r);
    size_t head, length = 0;
    uint64_t big;
    struct pm_str v, text = PM_STR_NULL;
    struct pm_record made;
    struct arc_line line;
    const char *nl;
    int rc = pm_view_peek(r, PEEK_BEHIND, &v, err);

    if (rc == PM_OK && memchr(v.ptr, '\n', v.len) == NULL)
        rc = pm_view_peek(r, LINE_MAX_BYTES, &v, err);
    if (rc != PM_OK)
        return rc;
    if (!pm_arc_is_start(v))
        return PM_DONE;
    r->arc = true;
    nl = memchr(v.ptr, '\n', v.len);
    head = (size_t)(nl - v.ptr) + 1;
    if (!parse_line(PM_STRN(v.ptr, head), &line))
        return PM_DONE;
    text = line.length;
    if (pm_warc_number(text, &big) && pm_warc_is_big(r, big)) {
        length = BLOCK_START;
    } else {
        big = 0;
        rc = arc_length(r, head, text, &length, err);
    }
    if (rc == PM_SKIP)
        return pm_warc_give_up(r, offset, PM_STR_NULL, head, err);
    if (rc == PM_OK)
        rc = pm_view_peek(r, head + length, &v, err); /* the window may have moved */
    if (rc != PM_OK)
        return rc;
    length = length < v.len - head ? length : v.len - head;
    (void)parse_line(PM_STRN(v.ptr, head), &line);
    made = translate(&line, PM_STRN(v.ptr + head, length));
    rc = rewrite(r, &made, PM_STRN(v.ptr, big > 0 ? head : head + length), big, err);
    if (rc != PM_OK)
        return rc;
    hand_out(r, length, big, rec);
    rec->offset = offset;
    r->taken = big > 0 ? head : head + length;
    return PM_OK;
}
