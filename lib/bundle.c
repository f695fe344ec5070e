#include "bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fs.h"

enum {
    NAME_DIGITS = 6,
    OPEN_MAX_BUNDLES = 16,       /* files, and dictionaries, that a reader keeps open */
    WALK_STEP = 1 << 20,         /* bytes read at once by pm_bundle_walk() */
    FRAME_MAX = (1 << 30) + (64 << 20), /* a record of 1 GiB that would not shrink */
    DICT_LEVEL = 19,
    SKIPPABLE_HEADER = 8,
};

/* The IIPC's zstd proposal: a skippable frame of this kind, first in the file, holds the dictionary. */
static const uint32_t DICT_MAGIC = 0x184D2A5D;
static const uint32_t FRAME_MAGIC = 0xFD2FB528;

static uint32_t
le32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

void
pm_bundle_path(struct pm_buf *dst, uint32_t bundle)
{
    pm_buf_addf(dst, PM_BUNDLE_DIR "/%0*u.warc.zst", NAME_DIGITS, bundle);
}

/* The number in a bundle's file name, or 0. */
static uint32_t
number_of(struct pm_str name)
{
    static const char suffix[] = ".warc.zst";
    uint64_t n = 0;
    size_t i;

    for (i = 0; i < name.len && name.ptr[i] >= '0' && name.ptr[i] <= '9' && n < UINT32_MAX; i++)
        n = n * 10 + (uint64_t)(name.ptr[i] - '0');
    if (i < NAME_DIGITS || n > UINT32_MAX ||
        !pm_str_eq(PM_STRN(name.ptr + i, name.len - i), pm_str_of(suffix)))
        return 0;
    return (uint32_t)n;
}

int
pm_bundle_list(int root, struct pm_arena *arena, struct pm_bundle_file **dst, size_t *n,
               struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct pm_bundle_file *files;
    struct pm_str *names;
    size_t n_names, count = 0;
    int rc = pm_fs_list(root, PM_BUNDLE_DIR, arena, &names, &n_names, err);

    if (rc != PM_OK)
        return rc;
    files = pm_arena_array(arena, n_names ? n_names : 1, sizeof(*files));
    rc = pm_arena_check(arena, err);
    for (size_t i = 0; rc == PM_OK && i < n_names; i++) {
        uint32_t bundle = number_of(names[i]);
        struct stat st;

        if (bundle == 0)
            continue;
        pm_buf_reset(&path);
        pm_bundle_path(&path, bundle);
        if (fstatat(root, pm_buf_z(&path), &st, AT_SYMLINK_NOFOLLOW) != 0)
            rc = pm_fail_errno(err, "cannot look at '%s'", pm_buf_z(&path));
        else if (S_ISREG(st.st_mode))
            files[count++] = (struct pm_bundle_file){bundle, (uint64_t)st.st_size};
    }
    pm_buf_release(&path);
    *dst = files;
    *n = count;
    return rc;
}

/* ---- writing ---- */

struct pm_bundle_writer {
    int root, fd;
    uint32_t bundle;
    uint64_t size, size_max;
};

/* Cut the file of `state` to its committed size; it must have at least that. */
static int
open_last(struct pm_bundle_writer *w, const struct pm_bundle_state *state, struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct stat st;
    int rc = PM_OK;

    pm_bundle_path(&path, state->bundle);
    w->fd = openat(w->root, pm_buf_z(&path), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (w->fd < 0 || fstat(w->fd, &st) != 0) {
        rc = pm_fail_errno(err, "cannot open '%s'", pm_buf_z(&path));
        goto out;
    }
    if ((uint64_t)st.st_size < state->size) {
        rc = pm_fail(err, PM_ECORRUPT, "'%s' has %llu bytes, the manifest counts %llu",
                     pm_buf_z(&path), (unsigned long long)st.st_size,
                     (unsigned long long)state->size);
        goto out;
    }
    if ((uint64_t)st.st_size > state->size && ftruncate(w->fd, (off_t)state->size) != 0) {
        rc = pm_fail_errno(err, "cannot cut '%s'", pm_buf_z(&path));
        goto out;
    }
    w->bundle = state->bundle;
    w->size = state->size;
out:
    pm_buf_release(&path);
    return rc;
}

/* What a crash can leave behind the last committed bundle: the one after it, and no other. */
static int
drop_uncommitted(struct pm_bundle_writer *w, uint32_t last, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    struct pm_bundle_file *files;
    size_t n;
    int rc;

    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_bundle_list(w->root, arena, &files, &n, err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        if (files[i].bundle > last + 1 || (last == 0 && n > 1))
            rc = pm_fail(err, PM_ECORRUPT, "the manifest does not know bundle %u; rebuild it",
                         files[i].bundle);
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        if (files[i].bundle != last + 1)
            continue;
        pm_buf_reset(&path);
        pm_bundle_path(&path, files[i].bundle);
        if (unlinkat(w->root, pm_buf_z(&path), 0) != 0)
            rc = pm_fail_errno(err, "cannot remove '%s'", pm_buf_z(&path));
    }
    pm_buf_release(&path);
    pm_arena_free(arena);
    return rc;
}

int
pm_bundle_writer_open(struct pm_bundle_writer **dst, int root, const struct pm_bundle_state *state,
                      uint64_t size_max, struct pm_err *err)
{
    struct pm_bundle_writer *w = calloc(1, sizeof(*w));
    int rc;

    if (w == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    w->root = root;
    w->fd = -1;
    w->size_max = size_max;
    w->bundle = state->bundle;
    rc = drop_uncommitted(w, state->bundle, err);
    if (rc == PM_OK && state->bundle != 0)
        rc = open_last(w, state, err);
    if (rc != PM_OK) {
        pm_bundle_writer_free(w);
        return rc;
    }
    *dst = w;
    return PM_OK;
}

void
pm_bundle_writer_free(struct pm_bundle_writer *w)
{
    if (w == NULL)
        return;
    if (w->fd >= 0)
        close(w->fd);
    free(w);
}

bool
pm_bundle_writer_full(const struct pm_bundle_writer *w, uint64_t length)
{
    return w->fd < 0 || (w->size > 0 && w->size + length > w->size_max);
}

/* The dictionary as first frame, itself compressed: a raw one is legal but some readers fail on it. */
static int
append_dict(struct pm_bundle_writer *w, struct pm_codec *codec, struct pm_str dict,
            struct pm_err *err)
{
    struct pm_buf packed = PM_BUF_INIT(PM_DICT_MAX), frame = PM_BUF_INIT(PM_DICT_MAX + 64);
    struct pm_loc loc;
    int rc = pm_codec_zstd(codec, DICT_LEVEL, NULL, dict, &packed, err);

    if (rc != PM_OK)
        goto out;
    pm_buf_le32(&frame, DICT_MAGIC);
    pm_buf_le32(&frame, (uint32_t)packed.len);
    pm_buf_str(&frame, pm_buf_span(&packed));
    rc = pm_buf_check(&frame, err);
    if (rc == PM_OK)
        rc = pm_bundle_append(w, pm_buf_span(&frame), &loc, err);
out:
    pm_buf_release(&packed);
    pm_buf_release(&frame);
    return rc;
}

int
pm_bundle_begin(struct pm_bundle_writer *w, struct pm_codec *codec, struct pm_str dict,
                struct pm_err *err)
{
    struct pm_buf path = PM_BUF_INIT(1 << 12);
    int rc = PM_OK;
    int fd;

    if (w->fd >= 0) {
        rc = pm_bundle_sync(w, err); /* its records may be in the transaction under way */
        if (rc != PM_OK)
            return rc;
    }
    pm_bundle_path(&path, w->bundle + 1);
    fd = openat(w->root, pm_buf_z(&path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        rc = pm_fail_errno(err, "cannot create '%s'", pm_buf_z(&path));
        goto out;
    }
    rc = pm_fs_sync_dir(w->root, PM_BUNDLE_DIR, err);
    if (rc != PM_OK) {
        close(fd);
        goto out;
    }
    if (w->fd >= 0)
        close(w->fd);
    w->fd = fd;
    w->bundle++;
    w->size = 0;
    if (dict.len > 0)
        rc = append_dict(w, codec, dict, err);
out:
    pm_buf_release(&path);
    return rc;
}

int
pm_bundle_append(struct pm_bundle_writer *w, struct pm_str frame, struct pm_loc *loc,
                 struct pm_err *err)
{
    int rc = pm_fs_pwrite(w->fd, frame.ptr, frame.len, w->size, err);

    if (rc != PM_OK) {
        (void)!ftruncate(w->fd, (off_t)w->size); /* if this fails too, the next writer cuts it */
        return pm_err_prefix(err, "bundle %u", w->bundle);
    }
    *loc = (struct pm_loc){w->bundle, w->size, frame.len};
    w->size += frame.len;
    return PM_OK;
}

int
pm_bundle_sync(struct pm_bundle_writer *w, struct pm_err *err)
{
    if (w->fd >= 0 && fdatasync(w->fd) != 0)
        return pm_fail_errno(err, "cannot flush bundle %u to disk", w->bundle);
    return PM_OK;
}

struct pm_bundle_state
pm_bundle_writer_state(const struct pm_bundle_writer *w)
{
    return (struct pm_bundle_state){w->fd < 0 ? 0 : w->bundle, w->size};
}

/* ---- reading ---- */

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
    if (rc != PM_OK || le32(head) != DICT_MAGIC)
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
pm_bundle_read(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_buf *dst,
               struct pm_err *err)
{
    struct open_bundle *b;
    size_t used = 0;
    int rc = get_open(r, loc->bundle, &b, err);

    if (rc == PM_OK)
        rc = get_dict(r, b, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&r->scratch);
    rc = pm_bundle_read_frame(r, loc, &r->scratch, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_codec_unzstd(r->codec, b->dict, pm_buf_span(&r->scratch), dst, &used, err);
    if (rc == PM_OK && used != loc->length)
        rc = pm_fail(err, PM_ECORRUPT, "frame of %zu bytes, the manifest says %llu", used,
                     (unsigned long long)loc->length);
    if (rc < 0)
        return pm_err_prefix(err, "bundle %u, offset %llu", loc->bundle,
                             (unsigned long long)loc->offset);
    return rc;
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
    uint64_t at = loc->offset + loc->length, end, next;
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
