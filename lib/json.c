#include "json.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "digest.h"
#include "text.h"
#include "when.h"

int
pm_json_parse(struct pm_str json, size_t flags, struct json_t **dst, struct pm_err *err)
{
    json_error_t why;
    json_t *root;

    *dst = NULL;
    errno = 0; /* which malloc() sets, and nothing in between takes back */
    root = json_loadb(json.ptr != NULL ? json.ptr : "", json.len, flags, &why);
    if (errno == ENOMEM || (root == NULL && json_error_code(&why) <= json_error_out_of_memory)) {
        json_decref(root);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    if (root == NULL)
        return pm_fail(err, PM_SKIP, "%s", why.text);
    *dst = root;
    return PM_OK;
}

/* Bytes that a string must escape (RFC 8259, 7), and DEL, which terminals act on. */
static bool
is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c < 0x7f;
}

static void
put_escaped(struct pm_buf *dst, unsigned char c)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    const char *hit = c ? strchr(shorts, c) : NULL;

    if (hit != NULL) {
        pm_buf_putc(dst, '\\');
        pm_buf_putc(dst, names[hit - shorts]);
    } else {
        pm_buf_addf(dst, "\\u%04x", c);
    }
}

void
pm_json_str(struct pm_buf *dst, struct pm_str s)
{
    size_t i = 0;

    if (s.ptr == NULL) {
        pm_buf_cstr(dst, "null");
        return;
    }
    pm_buf_putc(dst, '"');
    while (i < s.len) {
        size_t run = i;

        while (run < s.len && is_plain((unsigned char)s.ptr[run]))
            run++;
        pm_buf_add(dst, s.ptr + i, run - i);
        i = run;
        if (i == s.len)
            break;
        if ((unsigned char)s.ptr[i] < 0x80)
            put_escaped(dst, (unsigned char)s.ptr[i++]);
        else
            pm_utf8_put(dst, pm_utf8_next(s, &i));
    }
    pm_buf_putc(dst, '"');
}

void
pm_json_comma(struct pm_buf *dst)
{
    char last = dst->len > 0 ? dst->data[dst->len - 1] : '{';

    if (last != '{' && last != '[')
        pm_buf_putc(dst, ',');
}

void
pm_json_key(struct pm_buf *dst, const char *key)
{
    pm_json_comma(dst);
    pm_json_str(dst, pm_str_of(key));
    pm_buf_putc(dst, ':');
}

void
pm_json_member(struct pm_buf *dst, const char *key, struct pm_str value)
{
    pm_json_key(dst, key);
    pm_json_str(dst, value);
}

void
pm_json_member_int(struct pm_buf *dst, const char *key, int64_t value)
{
    pm_json_key(dst, key);
    pm_buf_addf(dst, "%lld", (long long)value);
}

void
pm_json_member_real(struct pm_buf *dst, const char *key, double value)
{
    char digits[64];
    int n;

    pm_json_key(dst, key);
    if (!isfinite(value) || fabs(value) > 1e15) {
        pm_buf_cstr(dst, "null");
        return;
    }
    /* "%.4f" writes a comma in some locales; the integers on both sides of the point do not. */
    n = snprintf(digits, sizeof(digits), "%lld", (long long)llround(fabs(value) * 10000.0));
    if (value < 0 && strcmp(digits, "0") != 0)
        pm_buf_putc(dst, '-');
    if (n <= 4)
        pm_buf_putc(dst, '0');
    else
        pm_buf_add(dst, digits, (size_t)n - 4);
    for (int last = n; last > 0 && last > n - 4; last--) {
        if (digits[last - 1] == '0')
            continue;
        pm_buf_putc(dst, '.');
        for (int i = n - 4; i < last; i++)
            pm_buf_putc(dst, i < 0 ? '0' : digits[i]);
        break;
    }
}

void
pm_json_member_hex(struct pm_buf *dst, const char *key, const uint8_t *bytes, size_t n)
{
    pm_json_key(dst, key);
    pm_buf_putc(dst, '"');
    pm_hex(dst, bytes, n);
    pm_buf_putc(dst, '"');
}

void
pm_json_member_when(struct pm_buf *dst, const char *key, int64_t when_us)
{
    if (when_us == PM_WHEN_NONE)
        return;
    pm_json_key(dst, key);
    pm_buf_putc(dst, '"');
    pm_when_iso(dst, when_us);
    pm_buf_putc(dst, '"');
}

void
pm_json_member_raw(struct pm_buf *dst, const char *key, struct pm_str json)
{
    if (json.ptr == NULL)
        return;
    pm_json_key(dst, key);
    pm_buf_str(dst, json);
}
