#include "state.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "fs.h"

enum {
    STATE_VERSION = 2,
    BUFFER = 1 << 20,    /* bytes read or written at once */
    LIST_MAX = 1 << 26,  /* bytes of a list: ten million captures */
    VARINT_MAX = 10,
    SECTIONS = 6,
};
static const char TMP[] = "tmp/" PM_STATE_NAME;
static const uint64_t MAGIC = 0x6174736D72707FULL; /* reads otherwise on a machine of the other byte order */

/* The end of the file: what is in it, and the hashes of both parts. */
struct footer {
    uint64_t magic, version, parameters;
    struct pm_phrase_limits limits;
    uint64_t sizes;                /* of the structs in the sections, packed */
    uint64_t lists_len, lists_hash;
    uint64_t count[SECTIONS];
    uint64_t body_hash;
};

struct pm_state_file {
    int fd;
    struct pm_state state;
    uint64_t lists_len, lists_hash;
    uint64_t offset; /* of what is not in the buffer yet */
    struct pm_buf buf;
    size_t at;
    uint64_t key;
    XXH3_state_t *hash;
};

struct pm_state_writer {
    int root, fd;
    struct pm_buf buf;
    uint64_t lists_len, key;
    XXH3_state_t *hash;
};

struct section {
    void **array;
    size_t *n, size;
};

static void
sections_of(struct pm_state *s, struct section all[SECTIONS])
{
    all[0] = (struct section){(void **)(void *)&s->texts, &s->n_texts, sizeof(*s->texts)};
    all[1] = (struct section){(void **)(void *)&s->furniture, &s->n_furniture, sizeof(*s->furniture)};
    all[2] = (struct section){(void **)(void *)&s->boilerplate, &s->n_boilerplate, sizeof(*s->boilerplate)};
    all[3] = (struct section){(void **)(void *)&s->links, &s->n_links, sizeof(*s->links)};
    all[4] = (struct section){(void **)(void *)&s->memos, &s->n_memos, sizeof(*s->memos)};
    all[5] = (struct section){(void **)(void *)&s->stories, &s->n_stories, sizeof(*s->stories)};
}

static uint64_t
sizes(const struct section all[SECTIONS])
{
    uint64_t packed = 0;

    for (int i = 0; i < SECTIONS; i++)
        packed = packed << 8 | all[i].size;
    return packed;
}

/* ---- reading ---- */

void
pm_state_free(struct pm_state_file *f)
{
    struct section all[SECTIONS];

    if (f == NULL)
        return;
    sections_of(&f->state, all);
    for (int i = 0; i < SECTIONS; i++)
        free(*all[i].array);
    if (f->fd >= 0)
        (void)close(f->fd);
    (void)XXH3_freeState(f->hash);
    pm_buf_release(&f->buf);
    free(f);
}

static int
new_file(struct pm_state_file **dst, int fd, struct pm_err *err)
{
    struct pm_state_file *f = calloc(1, sizeof(*f));

    if (f != NULL)
        f->hash = XXH3_createState();
    if (f == NULL || f->hash == NULL) {
        free(f);
        (void)close(fd);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    f->fd = fd;
    f->buf = (struct pm_buf)PM_BUF_INIT(LIST_MAX + 2 * BUFFER);
    *dst = f;
    return PM_OK;
}

/* PM_DONE when the bytes are not what the footer says. */
static int
read_body(struct pm_state_file *f, const struct footer *foot, struct pm_err *err)
{
    uint64_t at = foot->lists_len;
    struct section all[SECTIONS];
    int rc = PM_OK;

    sections_of(&f->state, all);
    if (foot->sizes != sizes(all))
        return PM_DONE;
    (void)XXH3_64bits_reset(f->hash);
    for (int i = 0; rc == PM_OK && i < SECTIONS; i++) {
        size_t bytes;

        if (foot->count[i] > UINT32_MAX)
            return PM_DONE;
        *all[i].n = (size_t)foot->count[i];
        bytes = *all[i].n * all[i].size;
        *all[i].array = malloc(bytes + 1);
        if (*all[i].array == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        rc = pm_fs_pread(f->fd, *all[i].array, bytes, at, err);
        if (rc == PM_OK)
            (void)XXH3_64bits_update(f->hash, *all[i].array, bytes);
        at += bytes;
    }
    return rc == PM_OK && XXH3_64bits_digest(f->hash) != foot->body_hash ? PM_DONE : rc;
}

/* What a length read from a file cannot be beyond. */
static bool
fits(const struct footer *foot, uint64_t size)
{
    struct section all[SECTIONS];
    struct pm_state none;
    uint64_t sum = sizeof(*foot);

    sections_of(&none, all);
    if (foot->lists_len > size)
        return false;
    sum += foot->lists_len;
    for (int i = 0; i < SECTIONS; i++) {
        if (foot->count[i] > UINT32_MAX)
            return false;
        sum += foot->count[i] * all[i].size;
    }
    return sum == size;
}

int
pm_state_open(struct pm_state_file **dst, struct pm_state **state, int root, uint64_t id, uint64_t parameters,
              struct pm_err *err)
{
    int fd = openat(root, PM_STATE_NAME, O_RDONLY | O_CLOEXEC), rc;
    struct pm_err quiet = PM_ERR_INIT; /* whatever is wrong with a cache, it is as if there were none */
    struct pm_state_file *f = NULL;
    struct footer foot;
    struct stat st;

    if (fd < 0)
        return PM_DONE;
    rc = new_file(&f, fd, err);
    if (rc != PM_OK)
        return rc;
    if (fstat(fd, &st) != 0 || (uint64_t)st.st_size < sizeof(foot) ||
        pm_fs_pread(fd, &foot, sizeof(foot), (uint64_t)st.st_size - sizeof(foot), &quiet) != PM_OK ||
        foot.magic != MAGIC || foot.version != STATE_VERSION || foot.parameters != parameters ||
        XXH3_64bits(&foot, sizeof(foot)) != id || !fits(&foot, (uint64_t)st.st_size))
        rc = PM_DONE;
    if (rc == PM_OK)
        rc = read_body(f, &foot, &quiet);
    if (rc != PM_OK) {
        pm_state_free(f);
        return rc == PM_ENOMEM ? pm_fail(err, PM_ENOMEM, "out of memory") : PM_DONE;
    }
    f->state.limits = foot.limits;
    f->lists_len = foot.lists_len;
    f->lists_hash = foot.lists_hash;
    pm_state_rewind(f);
    *dst = f;
    *state = &f->state;
    return PM_OK;
}

void
pm_state_rewind(struct pm_state_file *f)
{
    f->offset = 0;
    f->at = 0;
    f->key = 0;
    pm_buf_reset(&f->buf);
    (void)XXH3_64bits_reset(f->hash);
}

/* At least `want` bytes in the buffer, or all that are left. */
static int
fill(struct pm_state_file *f, size_t want, struct pm_err *err)
{
    uint64_t left = f->lists_len - f->offset;
    size_t have = f->buf.len - f->at, more;
    char *room;
    int rc;

    if (have >= want || left == 0)
        return PM_OK;
    if (have > 0)
        memmove(f->buf.data, f->buf.data + f->at, have);
    f->buf.len = have;
    f->at = 0;
    more = want - have > BUFFER ? want - have : BUFFER;
    more = more < left ? more : (size_t)left;
    room = pm_buf_room(&f->buf, more);
    if (room == NULL)
        return pm_buf_check(&f->buf, err);
    rc = pm_fs_pread(f->fd, room, more, f->offset, err);
    if (rc != PM_OK)
        return rc;
    (void)XXH3_64bits_update(f->hash, room, more);
    f->buf.len += more;
    f->offset += more;
    return PM_OK;
}

static bool
get_varint(struct pm_str *src, uint64_t *v)
{
    *v = 0;
    for (size_t i = 0; i < VARINT_MAX && i < src->len; i++) {
        unsigned char c = (unsigned char)src->ptr[i];

        *v |= (uint64_t)(c & 0x7F) << (7 * i);
        if (c < 0x80) {
            src->ptr += i + 1;
            src->len -= i + 1;
            return true;
        }
    }
    return false;
}

int
pm_state_next(struct pm_state_file *f, struct pm_state_list *dst, struct pm_err *err)
{
    int rc = fill(f, 2 * VARINT_MAX, err);
    uint64_t gap, len;
    struct pm_str left;
    size_t head;

    if (rc != PM_OK)
        return rc;
    if (f->at == f->buf.len)
        return XXH3_64bits_digest(f->hash) == f->lists_hash
                   ? PM_DONE
                   : pm_fail(err, PM_ECORRUPT, "'%s' is damaged", PM_STATE_NAME);
    left = PM_STRN(f->buf.data + f->at, f->buf.len - f->at);
    if (!get_varint(&left, &gap) || !get_varint(&left, &len) || len > LIST_MAX)
        return pm_fail(err, PM_ECORRUPT, "'%s' is damaged", PM_STATE_NAME);
    head = f->buf.len - f->at - left.len;
    rc = fill(f, head + (size_t)len, err);
    if (rc != PM_OK)
        return rc;
    if (f->buf.len - f->at < head + len)
        return pm_fail(err, PM_ECORRUPT, "'%s' is damaged", PM_STATE_NAME);
    /* Hashes have low bits free, of which the lowest tells words and characters apart. */
    dst->before = f->key;
    f->key += gap;
    dst->key = f->key >> 1 << PM_HASH_FREE | (f->key & 1);
    dst->raw = PM_STRN(f->buf.data + f->at, head + (size_t)len);
    dst->packed = PM_STRN(dst->raw.ptr + head, (size_t)len);
    f->at += dst->raw.len;
    return PM_OK;
}

size_t
pm_state_captures(struct pm_str packed)
{
    size_t n = 0;

    for (size_t i = 0; i < packed.len; i++)
        n += (unsigned char)packed.ptr[i] < 0x80;
    return n;
}

int
pm_state_capture(struct pm_str *packed, int64_t *capture)
{
    uint64_t gap;

    if (packed->len == 0 || !get_varint(packed, &gap))
        return PM_DONE;
    *capture = (int64_t)((uint64_t)*capture + gap); /* of a damaged file it may wrap */
    return PM_OK;
}

/* ---- writing ---- */

int
pm_state_writer_new(struct pm_state_writer **dst, int root, struct pm_err *err)
{
    struct pm_state_writer *w = calloc(1, sizeof(*w));

    if (w != NULL)
        w->hash = XXH3_createState();
    if (w == NULL || w->hash == NULL) {
        free(w);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    (void)XXH3_64bits_reset(w->hash);
    w->root = root;
    w->buf = (struct pm_buf)PM_BUF_INIT(LIST_MAX + 2 * BUFFER);
    w->fd = openat(root, TMP, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (w->fd < 0) {
        int rc = pm_fail_errno(err, "cannot write '%s'", TMP);

        pm_state_writer_free(w);
        return rc;
    }
    *dst = w;
    return PM_OK;
}

void
pm_state_writer_free(struct pm_state_writer *w)
{
    if (w == NULL)
        return;
    if (w->fd >= 0) {
        (void)close(w->fd);
        (void)unlinkat(w->root, TMP, 0);
    }
    (void)XXH3_freeState(w->hash);
    pm_buf_release(&w->buf);
    free(w);
}

static void
put_varint(struct pm_buf *dst, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        pm_buf_putc(dst, (char)(v | 0x80));
    pm_buf_putc(dst, (char)v);
}

void
pm_state_pack(struct pm_buf *dst, const int64_t *captures, size_t n)
{
    for (size_t i = 0; i < n; i++)
        put_varint(dst, (uint64_t)(captures[i] - (i > 0 ? captures[i - 1] : 0)));
}

static int
flush(struct pm_state_writer *w, struct pm_err *err)
{
    int rc = pm_buf_check(&w->buf, err);

    if (rc == PM_OK && w->buf.len > 0)
        rc = pm_fs_write(w->fd, w->buf.data, w->buf.len, err);
    if (rc == PM_OK && w->buf.len > 0)
        (void)XXH3_64bits_update(w->hash, w->buf.data, w->buf.len);
    w->lists_len += w->buf.len;
    pm_buf_reset(&w->buf);
    return rc == PM_OK ? rc : pm_err_prefix(err, TMP);
}

int
pm_state_put(struct pm_state_writer *w, const struct pm_state_list *list, struct pm_err *err)
{
    uint64_t key = list->key >> PM_HASH_FREE << 1 | (list->key & 1);

    if (list->raw.len > 0 && list->before == w->key) {
        pm_buf_str(&w->buf, list->raw);
    } else {
        put_varint(&w->buf, key - w->key);
        put_varint(&w->buf, list->packed.len);
        pm_buf_str(&w->buf, list->packed);
    }
    w->key = key;
    return w->buf.len < BUFFER ? PM_OK : flush(w, err);
}

int
pm_state_reopen(struct pm_state_writer *w, struct pm_state_file **dst, struct pm_err *err)
{
    int rc = flush(w, err), fd;

    if (rc != PM_OK)
        return rc;
    fd = openat(w->root, TMP, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pm_fail_errno(err, "cannot open '%s'", TMP);
    rc = new_file(dst, fd, err);
    if (rc != PM_OK)
        return rc;
    (*dst)->lists_len = w->lists_len;
    (*dst)->lists_hash = XXH3_64bits_digest(w->hash);
    pm_state_rewind(*dst);
    return PM_OK;
}

int
pm_state_commit(struct pm_state_writer *w, const struct pm_state *state, uint64_t parameters, uint64_t *id,
                struct pm_err *err)
{
    struct pm_state s = *state;
    struct section all[SECTIONS];
    struct footer foot = {.magic = MAGIC, .version = STATE_VERSION, .parameters = parameters, .limits = s.limits};
    int rc = flush(w, err);

    sections_of(&s, all);
    foot.sizes = sizes(all);
    foot.lists_len = w->lists_len;
    foot.lists_hash = XXH3_64bits_digest(w->hash);
    (void)XXH3_64bits_reset(w->hash);
    for (int i = 0; rc == PM_OK && i < SECTIONS; i++) {
        foot.count[i] = *all[i].n;
        if (*all[i].n == 0)
            continue;
        rc = pm_fs_write(w->fd, *all[i].array, *all[i].n * all[i].size, err);
        (void)XXH3_64bits_update(w->hash, *all[i].array, *all[i].n * all[i].size);
    }
    foot.body_hash = XXH3_64bits_digest(w->hash);
    *id = XXH3_64bits(&foot, sizeof(foot));
    if (rc == PM_OK)
        rc = pm_fs_write(w->fd, &foot, sizeof(foot), err);
    if (rc != PM_OK)
        return pm_err_prefix(err, TMP);
    (void)close(w->fd);
    w->fd = -1;
    /* Not synced: after a crash it may be torn, and is no state then. */
    return renameat(w->root, TMP, w->root, PM_STATE_NAME) == 0
               ? PM_OK
               : pm_fail_errno(err, "cannot rename '%s'", TMP);
}
