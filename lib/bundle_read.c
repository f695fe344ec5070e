/* The readers of bundles: single records, and whole files for upkeep. */
#include "bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"

enum {
    OPEN_MAX_BUNDLES = 16,              /* files, and dictionaries, that a reader keeps open */
    WALK_STEP = 1 << 20,                /* bytes read at once by pm_bundle_walk() */
    FRAME_MAX = (1 << 30) + (64 << 20), /* a record of 1 GiB that would not shrink */
    SKIPPABLE_HEADER = 8,               /* magic and size (RFC 8878, 3.1.2) */
};

static const uint32_t FRAME_MAGIC = 0xFD2FB528;

static uint32_t
le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

struct open_bundle {
    uint32_t bundle; /* 0: the place is free */
    int fd;
    uint64_t used; /* by r->clock, for eviction */
    bool dict_known;
    struct pm_dict *dict;
};

struct pm_bundle_reader {
    int root;
    struct pm_codec *codec;
    struct pm_buf scratch; /* one frame, compressed */
    struct pm_buf window;  /* of pm_bundle_walk(): bytes of win_bundle from win_offset on */
    uint32_t win_bundle;
    uint64_t win_offset;
    uint64_t clock;
    struct open_bundle open[OPEN_MAX_BUNDLES];
};

int
pm_bundle_reader_open(struct pm_bundle_reader **dst, int root, struct pm_err *err)
{
    struct pm_bundle_reader *r = calloc(1, sizeof(*r));
    int rc;

    if (r == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    r->root = root;
    r->scratch = (struct pm_buf)PM_BUF_INIT(FRAME_MAX);
    r->window = (struct pm_buf)PM_BUF_INIT(FRAME_MAX);
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
    *b = (struct open_bundle){0};
}

void
pm_bundle_reader_free(struct pm_bundle_reader *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < OPEN_MAX_BUNDLES; i++)
        close_bundle(&r->open[i]);
    pm_buf_release(&r->scratch);
    pm_buf_release(&r->window);
    pm_codec_free(r->codec);
    free(r);
}

/* The open file of a bundle; the least recently used one makes place. */
static int
get_open(struct pm_bundle_reader *r, uint32_t bundle, struct open_bundle **dst, struct pm_err *err)
{
    struct open_bundle *place = &r->open[0];
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;
    int fd;

    for (size_t i = 0; i < OPEN_MAX_BUNDLES; i++) {
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
        *place = (struct open_bundle){.bundle = bundle, .fd = fd, .used = ++r->clock};
        *dst = place;
    }
    pm_buf_release(&path);
    return rc;
}

/* Append the raw dictionary of an open bundle; nothing when its first frame is none. */
static int
read_dict(struct pm_bundle_reader *r, const struct open_bundle *b, struct pm_buf *dst,
          struct pm_err *err)
{
    char head[SKIPPABLE_HEADER];
    struct stat st;
    size_t used;
    uint32_t size;
    char *room;
    int rc;

    if (fstat(b->fd, &st) != 0)
        return pm_fail_errno(err, "cannot look at bundle %u", b->bundle);
    if (st.st_size < SKIPPABLE_HEADER)
        return PM_OK;
    rc = pm_fs_pread(b->fd, head, sizeof(head), 0, err);
    if (rc != PM_OK || le32(head) != PM_DICT_MAGIC)
        return rc;
    size = le32(head + 4);
    if (size > PM_DICT_MAX || size > (uint64_t)st.st_size - SKIPPABLE_HEADER)
        return pm_fail(err, PM_ECORRUPT, "bundle %u: its dictionary claims %u bytes", b->bundle,
                       size);
    pm_buf_reset(&r->scratch);
    room = pm_buf_room(&r->scratch, size);
    if (room == NULL)
        return pm_buf_check(&r->scratch, err);
    rc = pm_fs_pread(b->fd, room, size, SKIPPABLE_HEADER, err);
    if (rc != PM_OK)
        return rc;
    r->scratch.len = size;
    if (size >= 4 && le32(room) == FRAME_MAGIC)
        rc = pm_codec_unzstd(r->codec, NULL, pm_buf_span(&r->scratch), dst, &used, err);
    else
        pm_buf_str(dst, pm_buf_span(&r->scratch)); /* stored as it is: legal */
    if (rc == PM_OK)
        rc = pm_buf_check(dst, err);
    if (rc < 0)
        return pm_err_prefix(err, "bundle %u: its dictionary", b->bundle);
    return rc;
}

static int
get_dict(struct pm_bundle_reader *r, struct open_bundle *b, struct pm_err *err)
{
    struct pm_buf raw = PM_BUF_INIT(PM_DICT_MAX);
    int rc = PM_OK;

    if (b->dict_known)
        return PM_OK;
    rc = read_dict(r, b, &raw, err);
    if (rc == PM_OK && raw.len > 0)
        rc = pm_dict_new(&b->dict, pm_buf_span(&raw), 0, err);
    if (rc == PM_OK)
        b->dict_known = true;
    pm_buf_release(&raw);
    return rc;
}

int
pm_bundle_dict(struct pm_bundle_reader *r, uint32_t bundle, struct pm_buf *dst, struct pm_err *err)
{
    struct open_bundle *b;
    int rc = get_open(r, bundle, &b, err);

    return rc == PM_OK ? read_dict(r, b, dst, err) : rc;
}

int
pm_bundle_read_frame(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
                     struct pm_err *err)
{
    struct open_bundle *b;
    char *room;
    int rc = get_open(r, loc->bundle, &b, err);

    if (rc != PM_OK)
        return rc;
    if (loc->length > FRAME_MAX)
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
    int rc = get_open(r, loc->bundle, &b, err);

    if (rc == PM_OK)
        rc = get_dict(r, b, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_codec_unzstd(r->codec, b->dict, frame, dst, &used, err);
    if (rc == PM_OK && used != frame.len)
        rc = pm_fail(err, PM_ECORRUPT, "frame of %zu bytes, the manifest says %zu", used, frame.len);
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
    int rc = get_open(r, loc->bundle, &b, err);

    if (rc == PM_OK)
        rc = get_dict(r, b, err); /* now, since it is read through the same buffer as the frame */
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&r->scratch);
    rc = pm_bundle_read_frame(r, loc, &r->scratch, err);
    if (rc != PM_OK)
        return rc;
    return pm_bundle_unpack(r, loc, pm_buf_span(&r->scratch), dst, err);
}

/* Make the window begin at `offset` and hold `want` bytes, fewer at the end of the file. */
static int
load_window(struct pm_bundle_reader *r, const struct open_bundle *b, uint64_t offset, uint64_t end,
            size_t want, struct pm_err *err)
{
    char *room;
    int rc;

    if (want > end - offset)
        want = (size_t)(end - offset);
    r->win_bundle = 0;
    pm_buf_reset(&r->window);
    room = pm_buf_room(&r->window, want);
    if (room == NULL)
        return pm_buf_check(&r->window, err);
    rc = pm_fs_pread(b->fd, room, want, offset, err);
    if (rc != PM_OK)
        return rc;
    r->window.len = want;
    r->win_bundle = b->bundle;
    r->win_offset = offset;
    return PM_OK;
}

/* What the window has from `offset` on; empty when it does not reach there. */
static struct pm_str
in_window(const struct pm_bundle_reader *r, uint32_t bundle, uint64_t offset)
{
    if (r->win_bundle != bundle || offset < r->win_offset ||
        offset - r->win_offset >= r->window.len)
        return PM_STR_NULL;
    return PM_STRN(r->window.data + (offset - r->win_offset),
                   r->window.len - (size_t)(offset - r->win_offset));
}

/*
 * The frame at `offset`: its length in *used, its record appended. A frame that seems cut off is tried again
 * with more of the file, since only its own bytes tell how long it is.
 */
static int
read_at(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t offset, uint64_t end,
        struct pm_buf *dst, size_t *used, struct pm_err *err)
{
    struct pm_str have = in_window(r, b->bundle, offset);
    size_t start = dst->len, want = WALK_STEP;
    int rc = PM_ECORRUPT;

    for (;;) {
        if (have.len > 0) {
            rc = pm_codec_unzstd(r->codec, b->dict, have, dst, used, err);
            if (rc == PM_OK)
                return PM_OK;
            dst->len = start;
            if (rc == PM_ENOMEM || have.len >= FRAME_MAX || have.len >= end - offset)
                return rc;
        }
        if (have.len >= want)
            want = have.len * 4 < FRAME_MAX ? have.len * 4 : FRAME_MAX;
        rc = load_window(r, b, offset, end, want, err);
        if (rc != PM_OK)
            return rc;
        have = in_window(r, b->bundle, offset);
    }
}

/* The next offset behind `from` where a whole frame starts, or `end`. */
static int
resync(struct pm_bundle_reader *r, struct open_bundle *b, uint64_t from, uint64_t end,
       struct pm_buf *dst, uint64_t *found, struct pm_err *err)
{
    static const char magic[4] = {0x28, (char)0xB5, 0x2F, (char)0xFD};
    size_t start = dst->len, used;
    struct pm_err ignored;
    int rc;

    for (uint64_t at = from + 1; at + sizeof(magic) <= end;) {
        struct pm_str have = in_window(r, b->bundle, at);
        size_t hit;

        if (have.len < sizeof(magic)) {
            rc = load_window(r, b, at, end, WALK_STEP, err);
            if (rc != PM_OK)
                return rc;
            have = in_window(r, b->bundle, at);
        }
        hit = pm_str_find(have, PM_STRN(magic, sizeof(magic)), 0);
        if (hit == SIZE_MAX) {
            at += have.len - (sizeof(magic) - 1);
            continue;
        }
        at += hit;
        rc = read_at(r, b, at, end, dst, &used, &ignored);
        dst->len = start;
        dst->failed = 0;
        if (rc == PM_OK) {
            *found = at;
            return PM_OK;
        }
        at++;
    }
    *found = end;
    return PM_OK;
}

int
pm_bundle_walk(struct pm_bundle_reader *r, struct pm_loc *loc, uint64_t size_max,
               struct pm_buf *dst, struct pm_err *err)
{
    uint64_t at = loc->offset + loc->length, end, next = 0;
    struct open_bundle *b;
    struct stat st;
    size_t used;
    int rc = get_open(r, loc->bundle, &b, err);

    if (rc != PM_OK)
        return rc;
    if (fstat(b->fd, &st) != 0)
        return pm_fail_errno(err, "cannot look at bundle %u", loc->bundle);
    end = (uint64_t)st.st_size < size_max ? (uint64_t)st.st_size : size_max;
    if (at >= end)
        return PM_DONE;
    if (!b->dict_known) {
        rc = get_dict(r, b, err);
        if (rc == PM_ENOMEM)
            return rc;
        b->dict_known = true; /* without it every frame is damaged, and said to be */
    }
    rc = read_at(r, b, at, end, dst, &used, err);
    if (rc == PM_OK) {
        *loc = (struct pm_loc){loc->bundle, at, used};
        return PM_OK;
    }
    if (rc == PM_ENOMEM)
        return rc;
    rc = resync(r, b, at, end, dst, &next, NULL); /* *err tells of the damage already */
    if (rc < 0)
        return rc;
    *loc = (struct pm_loc){loc->bundle, at, next - at};
    (void)pm_err_prefix(err, "bundle %u, offset %llu", loc->bundle, (unsigned long long)at);
    return PM_SKIP;
}
