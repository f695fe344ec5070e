/* The reader of single records; bundle_walk.c reads whole files, bundle_stream.c records in pieces. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle_own.h"
#include "bundle_parity.h"
#include "fs.h"

enum {
    SKIPPABLE_HEADER = 8, /* magic and size (RFC 8878, 3.1.2) */
};

static const uint32_t FRAME_MAGIC = 0xFD2FB528;

static uint32_t
le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

int
pm_bundle_reader_open(struct pm_bundle_reader **dst, int root, struct pm_err *err)
{
    struct pm_bundle_reader *r = calloc(1, sizeof(*r));
    int rc;

    if (r == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    r->root = root;
    r->scratch = (struct pm_buf)PM_BUF_INIT(BUNDLE_FRAME_MAX);
    r->window = (struct pm_buf)PM_BUF_INIT(BUNDLE_FRAME_MAX);
    rc = pm_codec_new(&r->codec, err);
    if (rc != PM_OK) {
        pm_bundle_reader_free(r);
        return rc;
    }
    *dst = r;
    return PM_OK;
}

static void
close_bundle(struct open_bundle *b)
{
    if (b->bundle == 0)
        return;
    close(b->fd);
    pm_dict_free(b->dict);
    pm_buf_release(&b->raw);
    *b = (struct open_bundle){0};
}

void
pm_bundle_reader_free(struct pm_bundle_reader *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < BUNDLE_OPEN_MAX; i++)
        close_bundle(&r->open[i]);
    pm_buf_release(&r->scratch);
    pm_buf_release(&r->window);
    pm_codec_free(r->codec);
    free(r);
}

/* The least recently used one makes place. */
int
pm_bundle_get(struct pm_bundle_reader *r, uint32_t bundle, struct open_bundle **dst, struct pm_err *err)
{
    struct open_bundle *place = &r->open[0];
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;
    int fd;

    for (size_t i = 0; i < BUNDLE_OPEN_MAX; i++) {
        struct open_bundle *b = &r->open[i];

        if (b->bundle == bundle && bundle != 0) {
            b->used = ++r->clock;
            *dst = b;
            return PM_OK;
        }
        if (b->used < place->used)
            place = b;
    }
    pm_bundle_path(&path, bundle);
    fd = openat(r->root, pm_buf_z(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        rc = errno == ENOENT ? PM_ENOTFOUND : PM_EIO;
        (void)pm_fail_errno(err, "cannot open '%s'", pm_buf_z(&path));
        if (err != NULL)
            err->code = rc;
    } else {
        close_bundle(place);
        *place = (struct open_bundle){.bundle = bundle, .fd = fd, .used = ++r->clock, .raw = PM_BUF_INIT(PM_DICT_MAX)};
        *dst = place;
    }
    pm_buf_release(&path);
    return rc;
}

/*
 * Memory for all that the frame unpacks to, its pages at once: a fault for each is an eighth of the time that opening takes.
 * Only a hint, so nothing is lost where the system does not know it.
 */
static void
reserve(struct pm_str frame, struct pm_buf *dst)
{
    const size_t page = 4096;
    size_t length, skipped;
    uint64_t content;
    char *room;

    if (pm_codec_zstd_frame(frame, &length, &content, NULL) != PM_OK || content > dst->max)
        return;
    room = pm_buf_room(dst, (size_t)content);
    if (room == NULL || content < 2 * page)
        return;
    skipped = page - (uintptr_t)room % page;
    (void)madvise(room + skipped, ((size_t)content - skipped) / page * page, MADV_POPULATE_WRITE);
}

/* The content of the dictionary's frame, in `frame` without its header, appended. */
static int
unpack_dict(struct pm_bundle_reader *r, struct pm_str frame, struct pm_buf *dst, struct pm_err *err)
{
    size_t used;

    if (frame.len >= 4 && le32(frame.ptr) == FRAME_MAGIC) {
        reserve(frame, dst);
        return pm_codec_unzstd(r->codec, NULL, frame, dst, &used, err);
    }
    pm_buf_str(dst, frame); /* stored as it is: legal */
    return pm_buf_check(dst, err);
}

/* The same of a damaged one, with the help of what stands behind it. PM_DONE when there is nothing. */
static int
mend_dict(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t size, struct pm_buf *dst, struct pm_err *err)
{
    size_t n = size < 2 * PM_DICT_MAX ? (size_t)size : 2 * PM_DICT_MAX, length;
    char *room;
    int rc;

    pm_buf_reset(&r->scratch);
    room = pm_buf_room(&r->scratch, n);
    if (room == NULL)
        return pm_buf_check(&r->scratch, err);
    rc = pm_fs_pread(b->fd, room, n, 0, err);
    if (rc == PM_OK)
        rc = pm_parity_mend(room, n, &length, err);
    if (rc == PM_OK && length < SKIPPABLE_HEADER)
        rc = PM_DONE;
    if (rc == PM_OK)
        rc = unpack_dict(r, PM_STRN(room + SKIPPABLE_HEADER, length - SKIPPABLE_HEADER), dst, err);
    b->dict_mended = rc == PM_OK;
    return rc;
}

/* As it should be: a skippable frame that begins the file. */
static int
read_whole_dict(struct pm_bundle_reader *r, const struct open_bundle *b, const char *head, uint64_t file_size,
                struct pm_buf *dst, struct pm_err *err)
{
    uint32_t size = le32(head + 4);
    char *room;
    int rc;

    if (le32(head) != PM_DICT_MAGIC)
        return pm_fail(err, PM_ECORRUPT, "does not begin with a frame");
    if (size > PM_DICT_MAX || size > file_size - SKIPPABLE_HEADER)
        return pm_fail(err, PM_ECORRUPT, "claims %u bytes", size);
    pm_buf_reset(&r->scratch);
    room = pm_buf_room(&r->scratch, size);
    if (room == NULL)
        return pm_buf_check(&r->scratch, err);
    rc = pm_fs_pread(b->fd, room, size, SKIPPABLE_HEADER, err);
    return rc == PM_OK ? unpack_dict(r, PM_STRN(room, size), dst, err) : rc;
}

/* Append the raw dictionary of an open bundle; nothing when its first frame is none. */
static int
read_dict(struct pm_bundle_reader *r, struct open_bundle *b, struct pm_buf *dst, struct pm_err *err)
{
    char head[SKIPPABLE_HEADER];
    size_t start = dst->len;
    struct pm_err why = PM_ERR_INIT;
    struct stat st;
    int rc, mended;

    b->dict_mended = false;
    if (fstat(b->fd, &st) != 0)
        return pm_fail_errno(err, "cannot look at bundle %u", b->bundle);
    if (st.st_size < SKIPPABLE_HEADER)
        return PM_OK;
    rc = pm_fs_pread(b->fd, head, sizeof(head), 0, err);
    if (rc != PM_OK || le32(head) == FRAME_MAGIC)
        return rc;
    rc = read_whole_dict(r, b, head, (uint64_t)st.st_size, dst, err);
    if (rc != PM_ECORRUPT)
        return rc < 0 ? pm_err_prefix(err, "bundle %u: its dictionary", b->bundle) : rc;
    dst->len = start;
    mended = mend_dict(r, b, (uint64_t)st.st_size, dst, &why);
    if (mended == PM_OK)
        return PM_OK;
    dst->len = start;
    if (mended == PM_DONE && le32(head) != PM_DICT_MAGIC)
        return PM_OK; /* a record comes first, and is damaged */
    return pm_err_prefix(err, "bundle %u: its dictionary", b->bundle);
}

bool
pm_bundle_dict_mended(struct pm_bundle_reader *r, uint32_t bundle)
{
    struct open_bundle *b;

    return pm_bundle_get(r, bundle, &b, NULL) == PM_OK && b->dict_mended;
}

int
pm_bundle_get_dict(struct pm_bundle_reader *r, struct open_bundle *b, struct pm_err *err)
{
    int rc;

    if (b->dict_known)
        return PM_OK;
    pm_buf_reset(&b->raw);
    rc = read_dict(r, b, &b->raw, err);
    if (rc == PM_OK && b->raw.len > 0)
        rc = pm_dict_new(&b->dict, pm_buf_span(&b->raw), 0, err);
    if (rc == PM_OK)
        b->dict_known = true;
    return rc;
}

int
pm_bundle_dict(struct pm_bundle_reader *r, uint32_t bundle, struct pm_buf *dst, struct pm_err *err)
{
    struct open_bundle *b;
    int rc = pm_bundle_get(r, bundle, &b, err);

    return rc == PM_OK ? read_dict(r, b, dst, err) : rc;
}

int
pm_bundle_read_frame(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
                     struct pm_err *err)
{
    struct open_bundle *b;
    char *room;
    int rc = pm_bundle_get(r, loc->bundle, &b, err);

    if (rc != PM_OK)
        return rc;
    if (loc->length > BUNDLE_FRAME_MAX)
        return pm_fail(err, PM_ELIMIT, "bundle %u, offset %llu: a frame of %llu bytes", loc->bundle,
                       (unsigned long long)loc->offset, (unsigned long long)loc->length);
    room = pm_buf_room(dst, (size_t)loc->length);
    if (room == NULL)
        return pm_buf_check(dst, err);
    rc = pm_fs_pread(b->fd, room, (size_t)loc->length, loc->offset, err);
    if (rc != PM_OK)
        return pm_err_prefix(err, "bundle %u", loc->bundle);
    dst->len += (size_t)loc->length;
    return PM_OK;
}

int
pm_bundle_unpack(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_str frame, struct pm_buf *dst,
                 struct pm_err *err)
{
    struct open_bundle *b;
    size_t used = 0;
    int rc = pm_bundle_get(r, loc->bundle, &b, err);

    if (rc == PM_OK)
        rc = pm_bundle_get_dict(r, b, err);
    if (rc != PM_OK)
        return rc;
    do {
        rc = pm_codec_unzstd(r->codec, b->dict, frame, dst, &used, err);
        frame = PM_STRN(frame.ptr + used, frame.len - used);
    } while (rc == PM_OK && frame.len > 0);
    if (rc < 0)
        return pm_err_prefix(err, "bundle %u, offset %llu", loc->bundle,
                             (unsigned long long)loc->offset);
    return rc;
}

int
pm_bundle_read(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
               struct pm_err *err)
{
    struct open_bundle *b;
    int rc = pm_bundle_get(r, loc->bundle, &b, err);

    if (rc == PM_OK)
        rc = pm_bundle_get_dict(r, b, err); /* now, since it is read through the same buffer as the frame */
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&r->scratch);
    rc = pm_bundle_read_frame(r, loc, &r->scratch, err);
    if (rc != PM_OK)
        return rc;
    return pm_bundle_unpack(r, loc, pm_buf_span(&r->scratch), dst, err);
}
