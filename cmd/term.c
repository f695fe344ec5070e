/* term.c - masking, columns, colour */
#include "term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "width.h"

const struct paint paint_none = {"", "", "", "", "", "", ""};
const struct paint paint_ansi = {"\033[1m", "\033[2m", "\033[33m", "\033[31m", "\033[32m", "\033[36m", "\033[0m"};

uint32_t
utf8_next(const char *s, size_t len, size_t *i)
{
    const unsigned char *p = (const unsigned char *)s + *i;
    size_t left = len - *i, need;
    uint32_t cp, least;

    if (p[0] < 0x80) {
        ++*i;
        return p[0];
    }
    if (p[0] >= 0xc2 && p[0] <= 0xdf) {
        need = 1, cp = p[0] & 0x1fu, least = 0x80;
    } else if ((p[0] & 0xf0) == 0xe0) {
        need = 2, cp = p[0] & 0x0fu, least = 0x800;
    } else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
        need = 3, cp = p[0] & 0x07u, least = 0x10000;
    } else {
        ++*i;
        return UINT32_MAX;
    }
    for (size_t k = 1; k <= need; k++) {
        if (k >= left || (p[k] & 0xc0) != 0x80) {
            ++*i;
            return UINT32_MAX;
        }
        cp = cp << 6 | (p[k] & 0x3fu);
    }
    if (cp < least || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff)) {
        ++*i;
        return UINT32_MAX;
    }
    *i += need + 1;
    return cp;
}

bool
is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x61c || cp == 0x200e || cp == 0x200f ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x206f) || cp == 0xfeff ||
           (cp >= 0xfff9 && cp <= 0xfffb) || (cp >= 0xe0000 && cp <= 0xe007f);
}

/* How one code point (or, with UINT32_MAX, byte) is shown; the length. */
static int
mask(char dst[16], uint32_t cp, unsigned char byte)
{
    if (cp == UINT32_MAX || cp < 0x80)
        return snprintf(dst, 16, "\\x%02x", byte);
    return snprintf(dst, 16, "<U+%04X>", (unsigned)cp);
}

static void
put(FILE *out, const char *s, size_t len, bool lines)
{
    size_t from = 0, i = 0;

    while (i < len) {
        size_t at = i;
        uint32_t cp = utf8_next(s, len, &i);
        char shown[16];
        int width;

        if (cp != UINT32_MAX && (!is_control(cp) || (lines && (cp == '\n' || cp == '\t'))))
            continue;
        fwrite(s + from, 1, at - from, out);
        width = mask(shown, cp, (unsigned char)s[at]);
        fwrite(shown, 1, (size_t)width, out);
        from = i;
    }
    if (from < len)
        fwrite(s + from, 1, len - from, out);
}

void
put_masked(FILE *out, const char *s, size_t len)
{
    put(out, s, len, false);
}

void
put_masked_lines(FILE *out, const char *s, size_t len)
{
    put(out, s, len, true);
}

void
put_text(FILE *out, const char *s)
{
    put(out, s, strlen(s), false);
}

static bool
in_ranges(const uint32_t (*range)[2], size_t n, uint32_t cp)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = (low + high) / 2;
        if (cp < range[mid][0])
            high = mid;
        else if (cp > range[mid][1])
            low = mid + 1;
        else
            return true;
    }
    return false;
}

static size_t
width_of(uint32_t cp, unsigned char byte)
{
    char shown[16];

    if (cp == UINT32_MAX || is_control(cp))
        return (size_t)mask(shown, cp, byte);
    if (cp < 0x300)
        return 1;
    if (in_ranges(width_zero, width_zero_n, cp))
        return 0;
    return in_ranges(width_wide, width_wide_n, cp) ? 2 : 1;
}

size_t
columns_of(const char *s, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len;) {
        size_t at = i;
        uint32_t cp = utf8_next(s, len, &i);
        n += width_of(cp, (unsigned char)s[at]);
    }
    return n;
}

/* Write at most `width` columns; how many were used. */
static size_t
put_within(FILE *out, const char *s, size_t width)
{
    size_t len = strlen(s), used = 0, fits = 0, i = 0;

    if (width == 0) {
        put_masked(out, s, len);
        return 0;
    }
    /* `fits`: as much as leaves a column for the ellipsis. */
    for (size_t before = 0; i < len; before = used) {
        size_t at = i;
        uint32_t cp = utf8_next(s, len, &i);
        used += width_of(cp, (unsigned char)s[at]);
        if (before <= width - 1 && used <= width - 1)
            fits = i;
        if (used > width) {
            put_masked(out, s, fits);
            fputs("\xe2\x80\xa6", out);
            return columns_of(s, fits) + 1;
        }
    }
    put_masked(out, s, len);
    return used;
}

void
put_column(FILE *out, const char *s, size_t width)
{
    size_t used = put_within(out, s, width);

    for (; used < width; used++)
        putc(' ', out);
}

void
put_cut(FILE *out, const char *s, size_t width)
{
    put_within(out, s, width);
}

int
term_columns(int fd)
{
    const char *given = getenv("COLUMNS");
    struct winsize ws;

    if (given && given[strspn(given, "0123456789")] == '\0') {
        long n = strtol(given, NULL, 10);
        if (n > 0 && n < 10000)
            return (int)n;
    }
    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
        return ws.ws_col;
    return isatty(fd) ? 80 : 0;
}
