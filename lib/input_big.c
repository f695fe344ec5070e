/* Records too large for memory, by way of a file; and the records in one whose length is wrong. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"
#include "input_own.h"

enum { HEAD_MAX = 2 << 20 };
static const uint64_t EXPAND_DEFAULT = 1000, EXPAND_FREE = 64 << 20;

void
pm_input_big_release(struct input_big *b)
{
    if (b->there && b->spooled.fd >= 0)
        close(b->spooled.fd);
    pm_buf_release(&b->head);
    pm_buf_release(&b->http);
    pm_buf_release(&b->note);
    *b = (struct input_big){0};
}

void
pm_input_view_head(struct pm_str head, struct pm_warc_record *rec)
{
    rec->head = head;
    rec->type = pm_warc_field(head, PM_STR("WARC-Type"));
    rec->id = pm_warc_field(head, PM_STR("WARC-Record-ID"));
    rec->uri = pm_warc_uri(head);
    rec->date = pm_warc_field(head, PM_STR("WARC-Date"));
    rec->content_type = pm_warc_field(head, PM_STR("Content-Type"));
    rec->block_digest = pm_warc_field(head, PM_STR("WARC-Block-Digest"));
    rec->payload_digest = pm_warc_field(head, PM_STR("WARC-Payload-Digest"));
    rec->refers_to = pm_warc_field(head, PM_STR("WARC-Refers-To"));
}

/* ---- the file ---- */

struct spooler {
    struct pm_input *input;
    int fd;
    struct pm_big *big;
    struct pm_hasher *declared; /* of the block; NULL: it declares none that is known */
    uint64_t written;
};

/* A file that goes when it is closed, whatever happens. */
static int
open_nameless(int dir, int *fd, struct pm_err *err)
{
    static const char name[] = "spool";

    *fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd >= 0)
        return PM_OK;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)
        return pm_fail_errno(err, "cannot make a file for a large record");
    (void)unlinkat(dir, name, 0); /* the file system knows no such files: one that a crash left may stand there */
    *fd = openat(dir, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (*fd < 0 || unlinkat(dir, name, 0) != 0)
        return pm_fail_errno(err, "cannot make a file for a large record");
    return PM_OK;
}

static int
put(struct spooler *s, struct pm_str bytes, struct pm_err *err)
{
    int rc = pm_fs_write(s->fd, bytes.ptr, bytes.len, err);

    s->written += bytes.len;
    return rc == PM_OK ? pm_big_add(s->big, bytes, err) : rc;
}

/* Members may unpack to much, but not to anything. */
static int
check_expansion(const struct spooler *s, uint64_t offset, struct pm_err *err)
{
    const struct pm_input_options *o = &s->input->options;
    uint64_t per_byte = o->expand_max != 0 ? o->expand_max : EXPAND_DEFAULT,
             packed = pm_warc_tell(s->input->records.reader) - offset;

    if (s->written <= EXPAND_FREE || s->written / per_byte <= packed)
        return PM_OK;
    return pm_fail(err, PM_SKIP, "record unpacks to more than %llu times its size", (unsigned long long)per_byte);
}

static int
put_block(struct spooler *s, uint64_t offset, struct pm_err *err)
{
    struct pm_str piece;
    int rc;

    for (;;) {
        rc = pm_warc_piece(s->input->records.reader, &piece, err);
        if (rc != PM_OK)
            break;
        rc = put(s, piece, err);
        if (rc == PM_OK && s->declared != NULL)
            rc = pm_hasher_add(s->declared, piece, err);
        if (rc == PM_OK)
            rc = check_expansion(s, offset, err);
        if (rc != PM_OK)
            return rc;
    }
    return rc == PM_DONE ? PM_OK : rc;
}

/* Version 0.x and some writers put another digest there: what is none of the block cannot be checked. */
static int
find_declared(const struct pm_warc_record *rec, struct pm_hasher **dst, struct pm_err *err)
{
    int rc;

    if (rec->block_digest.len == 0 || rec->head.ptr[5] == '0' || pm_str_eq(rec->block_digest, rec->payload_digest))
        return PM_OK;
    rc = pm_hasher_of(dst, rec->block_digest, err);
    return rc == PM_SKIP ? PM_OK : rc;
}

static int
keep_facts(struct spooler *s, struct input_big *dst, struct pm_err *err)
{
    struct pm_big_facts facts;
    int rc = pm_big_end(s->big, &facts, err);

    if (rc == PM_OK && s->declared != NULL) {
        rc = pm_hasher_check(s->declared, err);
        if (rc == PM_DONE)
            pm_buf_cstr(&dst->note, "block digest is wrong");
        rc = rc == PM_DONE ? PM_OK : rc;
    }
    if (rc != PM_OK)
        return rc;
    pm_buf_str(&dst->http, facts.http);
    dst->spooled = (struct pm_spooled){s->fd, facts.size, facts.payload_size, facts.sha, facts.payload_sha};
    rc = pm_buf_check(&dst->http, err);
    return rc == PM_OK ? pm_buf_check(&dst->note, err) : rc;
}

/* Have a look at what was put into the file of a record that is not as it says. */
static int
open_inner(struct pm_input *in, struct spooler *s, size_t head, uint64_t offset, struct pm_err *err)
{
    struct input_records *r = &in->records;
    struct pm_warc_limits limits = in->options.warc;

    if (lseek(s->fd, (off_t)head, SEEK_SET) < 0)
        return pm_fail_errno(err, "cannot read");
    r->inner_fd = s->fd;
    limits.base = offset + head;
    r->inner_told = false;
    s->fd = -1;
    return pm_warc_open(&r->inner, r->inner_fd, &limits, err);
}

/* Put the record into a file. PM_SKIP: it is not whole. */
static int
spool(struct pm_input *in, struct pm_warc_record *rec, struct pm_err *err)
{
    struct spooler s = {.input = in, .fd = -1};
    struct input_big *b = &in->records.big;
    uint64_t offset = rec->offset;
    struct pm_err why;
    int rc, more;

    pm_input_big_release(b);
    b->head = (struct pm_buf)PM_BUF_INIT(HEAD_MAX);
    b->http = (struct pm_buf)PM_BUF_INIT(PM_BIG_HTTP_MAX);
    b->note = (struct pm_buf)PM_BUF_INIT(HEAD_MAX);
    b->spooled.fd = -1;
    pm_buf_str(&b->head, rec->head);
    pm_buf_str(&b->note, rec->note);
    pm_input_view_head(pm_buf_span(&b->head), rec);
    rc = pm_buf_check(&b->head, err);
    if (rc == PM_OK)
        rc = open_nameless(in->options.spool_dir, &s.fd, err);
    if (rc == PM_OK)
        rc = pm_big_new(&s.big, PM_BIG_UNKNOWN, NULL, NULL, err);
    if (rc == PM_OK)
        rc = find_declared(rec, &s.declared, err);
    if (rc == PM_OK)
        rc = put(&s, rec->head, err);
    if (rc == PM_OK)
        rc = put_block(&s, offset, err);
    if (rc == PM_SKIP) {
        (void)pm_err_prefix(err, "offset %llu", (unsigned long long)offset);
        more = open_inner(in, &s, b->head.len, offset, &why);
        rc = more < 0 ? pm_fail(err, more, "%s", why.text) : PM_SKIP;
    }
    if (rc == PM_OK)
        rc = put(&s, PM_STR("\r\n\r\n"), err);
    if (rc == PM_OK)
        rc = keep_facts(&s, b, err);
    b->there = rc == PM_OK;
    if (rc != PM_OK && s.fd >= 0)
        close(s.fd);
    rec->note = b->note.len > 0 ? pm_buf_span(&b->note) : PM_STR_NULL;
    pm_hasher_free(s.declared);
    pm_big_free(s.big);
    return rc;
}

/* ---- records ---- */

/* A record from within one that was not as it said. PM_DONE: there is no more. */
static int
next_inner(struct input_records *r, struct pm_warc_record *rec, struct pm_err *err)
{
    int rc;

    do
        rc = pm_warc_next(r->inner, rec, err);
    while (rc == PM_SKIP && !r->inner_told); /* up to the first one it is the block, of which was told */
    r->inner_told = true;
    if (rc == PM_DONE) {
        pm_warc_free(r->inner);
        close(r->inner_fd);
        r->inner = NULL;
    }
    return rc;
}

int
pm_input_next_record(struct pm_input *in, struct pm_warc_record *rec, struct pm_err *err)
{
    struct input_records *r = &in->records;
    int rc = r->inner != NULL ? next_inner(r, rec, err) : PM_DONE;

    if (rc != PM_DONE)
        return rc;
    rc = pm_warc_next(r->reader, rec, err);
    return rc == PM_OK && rec->big ? spool(in, rec, err) : rc;
}
