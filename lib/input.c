#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "input_own.h"
#include "mime.h"
#include "text.h"

enum { NAMES_MAX = 64 << 20 };
static const size_t PAYLOAD_MAX = (size_t)1 << 30;

int
pm_input_open(struct pm_input **dst, const char *const *paths, size_t n, const struct pm_input_options *options,
              struct pm_err *err)
{
    struct pm_input *in = calloc(1, sizeof(*in));

    if (in == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    in->fd = -1;
    in->paths = paths;
    in->n_paths = n;
    in->options.date_us = PM_WHEN_NONE;
    if (options != NULL)
        in->options = *options;
    if (in->options.payload_max == 0)
        in->options.payload_max = PAYLOAD_MAX;
    if (in->options.warc.block_max == 0)
        in->options.warc.block_max = in->options.payload_max;
    in->options.warc.check_digests = true;
    in->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    in->names = pm_arena_new(NAMES_MAX);
    if (in->names == NULL) {
        pm_input_free(in);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    pm_input_measure(in);
    *dst = in;
    return PM_OK;
}

static void
end_stage(struct pm_input *in)
{
    pm_input_records_end(&in->records);
    pm_input_har_end(&in->har);
    in->rows = (struct input_rows){0};
}

static void
close_file(struct pm_input *in)
{
    end_stage(in);
    pm_input_archive_close(in);
    if (in->fd >= 0) {
        struct stat st;

        in->done += fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : in->stream.taken;
        close(in->fd);
    }
    in->fd = -1;
}

void
pm_input_free(struct pm_input *in)
{
    if (in == NULL)
        return;
    close_file(in);
    pm_input_walk_free(in);
    pm_stream_release(&in->stream);
    pm_stream_release(&in->member_stream);
    pm_arena_free(in->names);
    if (in->utf8 != (locale_t)0)
        freelocale(in->utf8);
    free(in);
}

uint64_t
pm_input_passed(const struct pm_input *in)
{
    return in->passed;
}

void
pm_input_progress(const struct pm_input *in, uint64_t *done, uint64_t *total)
{
    off_t at = in->fd >= 0 ? lseek(in->fd, 0, SEEK_CUR) : 0;

    *done = in->done + (at >= 0 ? (uint64_t)at : in->stream.taken);
    *total = in->total;
}

struct input_file *
pm_input_current(struct pm_input *in)
{
    return in->in_member ? &in->member : &in->file;
}

struct input_stream *
pm_input_stream(struct pm_input *in)
{
    return in->in_member ? &in->member_stream : &in->stream;
}

void
pm_input_date(const struct pm_input *in, struct pm_capture *dst)
{
    const struct input_file *f = in->in_member ? &in->member : &in->file;

    dst->when_us = in->options.date_us != PM_WHEN_NONE ? in->options.date_us : f->mtime_us;
    if (in->options.date_us != PM_WHEN_NONE)
        dst->when_source = PM_WHEN_FROM_OPTION;
    else
        dst->when_source = f->mtime_us != PM_WHEN_NONE ? PM_WHEN_FROM_FILE : PM_WHEN_FROM_NONE;
}

/* ---- forms ---- */

static bool
is_tar(struct pm_str s)
{
    unsigned long sum = 0, want = 0;

    if (s.len < 512 || s.ptr[0] == '\0')
        return false;
    /* The header's checksum: bytes added up, its own field as spaces. */
    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : (unsigned char)s.ptr[i];
    for (size_t i = 148; i < 156 && s.ptr[i] != '\0'; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '7')
            want = want * 8 + (unsigned long)(s.ptr[i] - '0');
    return sum == want;
}

static bool
has_prefix(struct pm_str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pm_str_starts(s, pm_str_of(list[i])))
            return true;
    return false;
}

static bool
has_suffix(struct pm_str name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pm_str_ends(name, pm_str_of(list[i])))
            return true;
    return false;
}

static int
find_form(struct pm_str start, struct pm_str name, enum input_form *dst, struct pm_err *err)
{
    static const char *const archives[] = {"PK\x03\x04", "PK\x05\x06", "7z\xbc\xaf\x27\x1c"};
    static const char *const packed[] = {
        "\x1f\x8b", "BZh", "\xfd\x37zXZ", "\x28\xb5\x2f\xfd", "\x04\x22\x4d\x18", "LZIP", "\x1f\x9d", "\x89LZO", "LRZI",
    };

    static const char *const warcs[] = {".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz"};

    bool rows = false;
    int rc = PM_OK;

    if (start.len == 0) {
        *dst = FORM_EMPTY;
        return PM_OK;
    }
    /* A damaged one is known by its name. */
    if (pm_warc_sniff(start) || has_suffix(name, warcs, sizeof(warcs) / sizeof(warcs[0])))
        *dst = FORM_WARC;
    else if (has_prefix(start, archives, sizeof(archives) / sizeof(archives[0])) || is_tar(start))
        *dst = FORM_ARCHIVE;
    else if (has_prefix(start, packed, sizeof(packed) / sizeof(packed[0])))
        *dst = FORM_PACKED;
    else if (pm_input_is_har(start))
        *dst = FORM_HAR;
    else {
        rc = pm_input_is_rows(start, start.len < INPUT_PEEK, &rows, err);
        *dst = rows ? FORM_JSONL : FORM_PAGE;
    }
    return rc;
}

/* What a table says of a page counts more than what the page says. */
static void
use_row(const struct table_row *row, struct pm_arena *arena, struct pm_capture *dst)
{
    dst->url = pm_arena_str(arena, row->url);
    if (row->outlet.len > 0)
        dst->outlet = pm_arena_str(arena, row->outlet);
    if (row->title.len > 0)
        dst->title = pm_arena_str(arena, row->title);
    if (row->id.len > 0)
        dst->key = pm_arena_str(arena, row->id);
    if (row->type.len > 0)
        dst->type = pm_arena_str(arena, row->type);
    if (row->date.len > 0 && pm_when_parse(row->date, &dst->when_us))
        dst->when_source = PM_WHEN_FROM_RECORD;
}

/* A file or member that is one page. */
/* Bytes of the path under way that the user gave, without slashes at their end. */
static size_t
named_length(const struct pm_input *in)
{
    size_t n = strlen(in->paths[in->next_path - 1]);

    while (n > 1 && in->paths[in->next_path - 1][n - 1] == '/')
        n--;
    return n;
}

int
pm_input_page(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct input_file *f = pm_input_current(in);
    struct pm_mhtml mhtml;
    int rc = pm_stream_all(pm_input_stream(in), in->options.payload_max, arena, &dst->payload, err);

    if (rc != PM_OK)
        return rc;
    dst->media = pm_mime_media(dst->payload, PM_STR_NULL, f->name);
    if (dst->media == PM_MEDIA_OTHER && !f->named) {
        in->passed++;
        return PM_DONE;
    }
    if (dst->media == PM_MEDIA_OTHER && pm_str_starts(pm_str_trim(dst->payload), PM_STR("{")))
        return pm_fail(err, PM_SKIP, "is no page: JSON without 'html' or 'text'");
    if (dst->media == PM_MEDIA_OTHER)
        return pm_fail(err, PM_SKIP, "is no page");
    dst->origin = PM_ORIGIN_FILE;
    dst->source = pm_arena_str(arena, f->label);
    dst->key = pm_arena_str(arena, f->path);
    dst->type = dst->media == PM_MEDIA_HTML ? PM_STR("text/html") : PM_STR("text/plain");
    pm_input_date(in, dst);
    if (in->options.mirror)
        dst->url = pm_input_mirror_url(f->path, in->in_member ? 0 : named_length(in), arena);
    if (pm_mhtml_sniff(dst->payload)) {
        rc = pm_mhtml_parse(dst->payload, arena, &mhtml, err);
        if (rc != PM_OK)
            return rc;
        dst->type = PM_STR("multipart/related");
        dst->url = mhtml.url;
        if (mhtml.date.len > 0 && pm_when_parse(mhtml.date, &dst->when_us))
            dst->when_source = PM_WHEN_FROM_RECORD;
    } else if (dst->media == PM_MEDIA_HTML) {
        pm_input_origin_comment(dst->payload, arena, dst);
    }
    if (f->row != NULL)
        use_row(f->row, arena, dst);
    return pm_arena_check(arena, err);
}

/* ---- the stream of captures ---- */

static int
read_file(void *ctx, char *dst, size_t n, size_t *got, struct pm_err *err)
{
    struct pm_input *in = ctx;
    ssize_t r;

    do
        r = read(in->fd, dst, n);
    while (r < 0 && errno == EINTR);
    if (r < 0)
        return pm_fail_errno(err, "cannot read");
    *got = (size_t)r;
    return PM_OK;
}

static int
next_file(struct pm_input *in, struct pm_err *err)
{
    struct pm_str start;
    int rc;

    pm_arena_reset(in->names);
    rc = pm_input_walk(in, in->names, &in->fd, &in->file, err);
    if (rc != PM_OK) {
        in->fd = -1;
        return rc;
    }
    pm_stream_init(&in->stream, read_file, in, 2 * in->options.payload_max + 4 * INPUT_PEEK);
    in->file.name = in->file.path;
    rc = pm_stream_peek(&in->stream, INPUT_PEEK, &start, err);
    if (rc != PM_OK)
        return rc;
    rc = find_form(start, in->file.name, &in->form, err);
    if (rc != PM_OK)
        return rc;
    if (in->form == FORM_EMPTY)
        return pm_fail(err, PM_SKIP, "is empty");
    if (in->form == FORM_ARCHIVE || in->form == FORM_PACKED)
        rc = pm_input_archive_open(in, err);
    return rc;
}

static int
next_member(struct pm_input *in, struct pm_err *err)
{
    struct pm_str start;
    int rc = pm_input_archive_next(in, err);

    if (rc != PM_OK)
        return rc;
    rc = pm_stream_peek(&in->member_stream, INPUT_PEEK, &start, err);
    if (rc != PM_OK)
        return rc;
    rc = find_form(start, in->member.name, &in->form, err);
    if (rc != PM_OK)
        return rc;
    if (pm_input_is_table(in->member.path))
        return pm_input_archive_table(in, err);
    if (in->form == FORM_EMPTY && in->member.named)
        return pm_fail(err, PM_SKIP, "is empty");
    if (in->form == FORM_ARCHIVE)
        return pm_fail(err, PM_SKIP, "is an archive in an archive");
    if (in->form == FORM_EMPTY || in->form == FORM_PACKED) {
        in->passed++;
        in->form = FORM_EMPTY;
    }
    return PM_OK;
}

static int
next_capture(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    switch (in->form) {
    case FORM_WARC:
        return pm_input_record(in, arena, dst, err);
    case FORM_JSONL:
        return pm_input_row(in, arena, dst, err);
    case FORM_HAR:
        return pm_input_har(in, arena, dst, err);
    case FORM_PAGE:
        in->form = FORM_EMPTY;
        return pm_input_page(in, arena, dst, err);
    default:
        return PM_DONE;
    }
}

/*
 * After a failure: the stage ends, unless it was one record or row that failed; an archive goes on
 * with its next member, unless it is the archive that failed. PM_SKIP, with the label before the
 * message.
 */
static int
skip(struct pm_input *in, int rc, struct pm_err *err)
{
    bool fatal = rc == PM_ENOMEM;

    if (err != NULL && pm_input_current(in)->label.ptr != NULL)
        (void)pm_err_prefix(err, PM_STR_FMT, PM_STR_ARG(pm_input_current(in)->label));
    if (rc < 0)
        end_stage(in);
    if (rc < 0)
        in->form = FORM_EMPTY;
    if (rc == PM_ECORRUPT || rc == PM_EIO || rc == PM_ELIMIT) {
        if (!in->in_member || in->archive_packed || in->spoiled)
            close_file(in);
    }
    if (err != NULL)
        err->code = fatal ? rc : PM_SKIP;
    return fatal ? rc : PM_SKIP;
}

/* Texts in Latin-1 and the like are made UTF-8; of names and URLs the odd bytes are
 * percent-encoded. */
static int
tidy(struct pm_arena *arena, struct pm_capture *c, struct pm_err *err)
{
    struct pm_str *const names[] = {&c->url, &c->key, &c->source}, *const texts[] = {&c->outlet, &c->title, &c->type};
    int rc = PM_OK;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        *names[i] = pm_warc_uri_text(*names[i], arena);
    for (size_t i = 0; rc == PM_OK && i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct pm_buf utf8 = PM_BUF_INIT(3 * texts[i]->len);

        if (pm_utf8_valid(*texts[i]))
            continue;
        rc = pm_text_decode(*texts[i], "windows-1252", &utf8, err);
        if (rc == PM_OK)
            *texts[i] = pm_arena_copy(arena, &utf8);
        pm_buf_release(&utf8);
    }
    return rc == PM_OK ? pm_arena_check(arena, err) : rc;
}

int
pm_input_next(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    int rc;

    for (;;) {
        *dst = (struct pm_capture){.when_us = PM_WHEN_NONE};
        if (in->fd < 0) {
            rc = next_file(in, err);
            if (rc == PM_DONE)
                return rc;
            if (rc != PM_OK) {
                rc = skip(in, rc, err);
                close_file(in);
                return rc;
            }
        }
        if (in->archive != NULL && !in->in_member) {
            rc = next_member(in, err);
            if (rc == PM_DONE) {
                close_file(in);
                continue;
            }
            if (rc != PM_OK) {
                in->form = FORM_EMPTY;
                return skip(in, rc, err);
            }
        }
        rc = next_capture(in, arena, dst, err);
        if (rc == PM_OK)
            return tidy(arena, dst, err);
        if (rc != PM_DONE)
            return skip(in, rc, err);
        end_stage(in);
        if (in->archive != NULL)
            in->in_member = false;
        else
            close_file(in);
    }
}
