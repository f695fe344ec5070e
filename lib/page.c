#include "page.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"
#include "fs.h"
#include "page_assets.h"
#include "text.h"
#include "version.h"
#include "when.h"

enum { FLUSH_AT = 1 << 16, PIECE_MAX = 1 << 30, LINK_MAX = 2000, PATH_LONGEST = 1 << 16 };

struct pm_page {
    struct pm_buf out;  /* not written yet */
    struct pm_buf path; /* of the file; empty when written straight to a descriptor */
    struct pm_buf tmp;  /* of what will become it */
    int fd;
    bool owned; /* fd is ours to close */
    uint64_t size;
    struct pm_err err; /* the first failure */
};

/* ---- the file ---- */

static void
flush(struct pm_page *p)
{
    if (p->err.code == PM_OK && pm_buf_check(&p->out, &p->err) == PM_OK &&
        pm_fs_write(p->fd, p->out.data, p->out.len, &p->err) != PM_OK && p->path.len > 0)
        (void)pm_err_prefix(&p->err, "'%s'", pm_buf_z(&p->path));
    p->size += p->out.len;
    pm_buf_reset(&p->out);
}

static void
flush_full(struct pm_page *p)
{
    if (p->out.len >= FLUSH_AT || p->out.failed)
        flush(p);
}

/* A device or a pipe is written as it is; a file by way of one beside it, in the same directory. */
static int
open_file(struct pm_page *p, const char *target, struct pm_err *err)
{
    const char *slash = strrchr(target, '/'), *name = slash ? slash + 1 : target;
    struct stat st;

    if (stat(target, &st) == 0 && !S_ISREG(st.st_mode)) {
        if (S_ISDIR(st.st_mode))
            return pm_fail(err, PM_EINVAL, "cannot write '%s': is a directory", target);
        p->fd = open(target, O_WRONLY | O_CLOEXEC);
    } else {
        pm_buf_cstr(&p->path, target);
        pm_buf_add(&p->tmp, target, (size_t)(name - target));
        pm_buf_addf(&p->tmp, ".%s.%ld.tmp", name, (long)getpid());
        (void)pm_buf_z(&p->path);
        p->fd = open(pm_buf_z(&p->tmp), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    if (p->fd < 0) {
        p->tmp.len = 0;
        return pm_fail_errno(err, "cannot write '%s'", target);
    }
    p->owned = true;
    return PM_OK;
}

static int
place_file(struct pm_page *p)
{
    const char *path = pm_buf_z(&p->path), *tmp = pm_buf_z(&p->tmp);
    const char *slash = strrchr(path, '/');
    struct pm_buf dir = PM_BUF_INIT(PATH_LONGEST);
    int rc = pm_fs_sync(p->fd, path, &p->err);

    pm_buf_add(&dir, path, slash ? (size_t)(slash - path) + 1 : 0);
    if (dir.len == 0)
        pm_buf_putc(&dir, '.');
    if (rc == PM_OK && rename(tmp, path) != 0)
        rc = pm_fail_errno(&p->err, "cannot put '%s' in place", path);
    if (rc == PM_OK) {
        p->tmp.len = 0;
        rc = pm_fs_sync_dir(AT_FDCWD, pm_buf_z(&dir), &p->err);
    }
    pm_buf_release(&dir);
    return rc;
}

/* ---- head and foot ---- */

/* "'sha256-...'" of a source expression (CSP 3, 2.3.1). */
static int
put_hash(struct pm_page *p, struct pm_digester *d, struct pm_str source)
{
    struct pm_sha256 sha;
    int rc = pm_digest_sha256(d, &source, 1, &sha, &p->err);

    if (rc != PM_OK)
        return rc;
    pm_page_put(p, "'sha256-");
    pm_base64(&p->out, sha.byte, sizeof(sha.byte));
    pm_page_put(p, "'");
    return PM_OK;
}

static int
put_head(struct pm_page *p, struct pm_str title, bool script)
{
    struct pm_str css = PM_STRN(pm_page_css, pm_page_css_len), js = PM_STRN(pm_page_js, pm_page_js_len);
    struct pm_digester *digester;
    int rc = pm_digester_new(&digester, &p->err);

    if (rc != PM_OK)
        return rc;
    pm_page_put(p, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ");
    rc = put_hash(p, digester, css);
    pm_page_put(p, "; script-src ");
    if (!script)
        pm_page_put(p, "'none'");
    else if (rc == PM_OK)
        rc = put_hash(p, digester, js);
    pm_digester_free(digester);
    pm_page_put(p, "; base-uri 'none'; form-action 'none'\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n"
                   "<meta name=\"color-scheme\" content=\"light dark\">\n"
                   "<meta name=\"generator\" content=\"pressmark " PM_VERSION "\">\n<title>");
    pm_page_text(p, title);
    pm_page_put(p, "</title>\n<style>");
    pm_buf_str(&p->out, css);
    pm_page_put(p, "</style></head>\n<body>\n");
    return rc;
}

int
pm_page_open(struct pm_page **dst, const char *target, int out_fd, struct pm_str title, bool script, struct pm_err *err)
{
    struct pm_page *p = calloc(1, sizeof(*p));
    int rc;

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->out.max = PIECE_MAX;
    p->path.max = p->tmp.max = PATH_LONGEST;
    p->fd = out_fd;
    rc = strcmp(target, "-") == 0 ? PM_OK : open_file(p, target, err);
    if (rc == PM_OK) {
        rc = put_head(p, title, script);
        if (rc != PM_OK)
            *err = p->err;
    }
    if (rc == PM_OK)
        *dst = p;
    else
        pm_page_free(p);
    return rc;
}

int
pm_page_close(struct pm_page *p, struct pm_err *err)
{
    pm_page_put(p, "</body></html>\n");
    flush(p);
    if (p->err.code == PM_OK && p->tmp.len > 0)
        (void)place_file(p);
    if (p->err.code != PM_OK)
        *err = p->err;
    return p->err.code;
}

void
pm_page_free(struct pm_page *p)
{
    if (p == NULL)
        return;
    if (p->owned)
        close(p->fd);
    if (p->tmp.len > 0)
        (void)unlink(pm_buf_z(&p->tmp));
    pm_buf_release(&p->out);
    pm_buf_release(&p->path);
    pm_buf_release(&p->tmp);
    free(p);
}

void
pm_page_script(struct pm_page *p)
{
    pm_page_put(p, "<script>");
    pm_buf_add(&p->out, pm_page_js, pm_page_js_len);
    pm_page_put(p, "</script>\n");
}

void
pm_page_fail(struct pm_page *p)
{
    if (p->err.code == PM_OK)
        (void)pm_fail(&p->err, PM_ENOMEM, "out of memory");
}

uint64_t
pm_page_size(const struct pm_page *p)
{
    return p->size + p->out.len;
}

int
pm_page_check(const struct pm_page *p, struct pm_err *err)
{
    if (p->err.code != PM_OK)
        *err = p->err;
    return p->err.code;
}

/* ---- pieces ---- */

void
pm_page_put(struct pm_page *p, const char *markup)
{
    pm_buf_cstr(&p->out, markup);
    flush_full(p);
}

void
pm_page_putf(struct pm_page *p, const char *fmt, ...)
{
    char small[512];
    va_list ap;

    va_start(ap, fmt);
    (void)vsnprintf(small, sizeof(small), fmt, ap); /* numbers in markup of ours: never as long */
    va_end(ap);
    pm_page_put(p, small);
}

/* Characters that HTML cannot hold (13.2.3.5) or that do what no text should. */
static bool
is_bad(uint32_t cp)
{
    return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7f && cp < 0xa0) || (cp & 0xfffe) == 0xfffe ||
           (cp >= 0xfdd0 && cp <= 0xfdef);
}

void
pm_page_text(struct pm_page *p, struct pm_str text)
{
    for (size_t i = 0, from; i < text.len;) {
        uint32_t cp;

        from = i;
        cp = pm_utf8_next(text, &i);
        if (cp == '&')
            pm_buf_cstr(&p->out, "&amp;");
        else if (cp == '<')
            pm_buf_cstr(&p->out, "&lt;");
        else if (cp == '>')
            pm_buf_cstr(&p->out, "&gt;");
        else if (cp == '"')
            pm_buf_cstr(&p->out, "&quot;");
        else if (cp == '\'')
            pm_buf_cstr(&p->out, "&#39;");
        else if (cp == 0xfffd || is_bad(cp))
            pm_buf_cstr(&p->out, "\xEF\xBF\xBD");
        else
            pm_buf_add(&p->out, text.ptr + from, i - from);
    }
    flush_full(p);
}

/* The start of `text` in at most `max` bytes. */
static struct pm_str
start_of(struct pm_str text, size_t max)
{
    if (text.len <= max)
        return text;
    while (max > 0 && ((unsigned char)text.ptr[max] & 0xc0) == 0x80)
        max--;
    return PM_STRN(text.ptr, max);
}

void
pm_page_cut(struct pm_buf *dst, struct pm_str text, size_t max)
{
    struct pm_str start = start_of(text, max);

    pm_buf_str(dst, start);
    if (start.len < text.len)
        pm_buf_cstr(dst, "\xE2\x80\xA6");
}

void
pm_page_text_cut(struct pm_page *p, struct pm_str text, size_t max)
{
    struct pm_str start = start_of(text, max);

    pm_page_text(p, start);
    if (start.len < text.len)
        pm_page_put(p, "\xE2\x80\xA6");
}

void
pm_page_bdi(struct pm_page *p, struct pm_str text, size_t max)
{
    pm_page_put(p, "<bdi>");
    pm_page_text_cut(p, text, max);
    pm_page_put(p, "</bdi>");
}

void
pm_page_count(struct pm_page *p, uint64_t n)
{
    char digits[32];
    int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            pm_buf_putc(&p->out, ',');
        pm_buf_putc(&p->out, digits[i]);
    }
    flush_full(p);
}

struct pm_str
pm_page_iso(struct pm_page *p, int64_t when_us, char dst[PM_PAGE_ISO_MAX])
{
    size_t before = p->out.len, len;

    /* Made in the page's own buffer, so that a failure is the page's. */
    pm_when_day(&p->out, when_us);
    len = p->out.len - before < PM_PAGE_ISO_MAX ? p->out.len - before : PM_PAGE_ISO_MAX;
    memcpy(dst, p->out.len > before ? p->out.data + before : "", len);
    p->out.len = before;
    return PM_STRN(dst, len);
}

void
pm_page_day(struct pm_page *p, int64_t when_us)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    char iso[PM_PAGE_ISO_MAX];
    struct pm_str date; /* year, "-", month, "-", day */
    const char *day;
    unsigned month;

    if (when_us == PM_WHEN_NONE) {
        pm_page_put(p, "no date");
        return;
    }
    date = pm_page_iso(p, when_us, iso);
    if (date.len < 10)
        return;
    day = iso + date.len - 2;
    month = (unsigned)(10 * (day[-3] - '0') + day[-2] - '0');
    if (month >= 1 && month <= 12)
        pm_page_putf(p, "%.*s %s %.*s", day[0] == '0' ? 1 : 2, day[0] == '0' ? day + 1 : day, months[month - 1],
                     (int)(date.len - 6), iso);
}

void
pm_page_hex(struct pm_page *p, const uint8_t *bytes, size_t n)
{
    pm_hex(&p->out, bytes, n);
    flush_full(p);
}

void
pm_page_when(struct pm_page *p, int64_t when_us)
{
    int64_t minute;

    pm_page_day(p, when_us);
    if (when_us == PM_WHEN_NONE)
        return;
    minute = when_us % PM_DAY_US;
    minute = (minute < 0 ? minute + PM_DAY_US : minute) / (60 * (int64_t)PM_SECOND_US);
    pm_page_putf(p, ", %02d:%02d UTC", (int)(minute / 60), (int)(minute % 60));
}

bool
pm_page_is_link(struct pm_str url)
{
    if (url.len > LINK_MAX || (!pm_str_istarts(url, PM_STR("http://")) && !pm_str_istarts(url, PM_STR("https://"))))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= 0x20 || (unsigned char)url.ptr[i] == 0x7f)
            return false;
    return true;
}

void
pm_page_json(struct pm_page *p, struct pm_str json)
{
    /* "<" stands in strings alone; escaped, nothing ends the script element or opens a comment in
     * it. */
    for (size_t i = 0; i < json.len;) {
        const char *hit = memchr(json.ptr + i, '<', json.len - i);
        size_t run = hit ? (size_t)(hit - (json.ptr + i)) : json.len - i;

        pm_buf_add(&p->out, json.ptr + i, run);
        i += run;
        if (i < json.len) {
            pm_buf_cstr(&p->out, "\\u003c");
            i++;
        }
    }
    flush_full(p);
}
