/* output.c - JSON Lines, CSV and TSV on standard output */
#include "output.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pressmark.h"
#include "talk.h"
#include "term.h"

/* ---- JSON ---- */

static bool comma; /* one is due before the next member */

static void
json_quoted(const char *s, size_t len)
{
    size_t i = 0, from = 0;

    putc('"', stdout);
    while (i < len) {
        size_t at = i;
        uint32_t cp = utf8_next(s, len, &i);

        if (cp != UINT32_MAX && cp != '"' && cp != '\\' && !is_control(cp))
            continue;
        fwrite(s + from, 1, at - from, stdout);
        from = i;
        if (cp == UINT32_MAX)
            fputs("\xef\xbf\xbd", stdout);
        else if (cp == '"' || cp == '\\')
            printf("\\%c", (int)cp);
        else if (cp == '\n')
            fputs("\\n", stdout);
        else if (cp == '\t')
            fputs("\\t", stdout);
        else if (cp >= 0x10000)
            printf("\\u%04x\\u%04x", (unsigned)(0xd800 + ((cp - 0x10000) >> 10)),
                   (unsigned)(0xdc00 + ((cp - 0x10000) & 0x3ff)));
        else
            printf("\\u%04x", (unsigned)cp);
    }
    if (from < len)
        fwrite(s + from, 1, len - from, stdout);
    putc('"', stdout);
}

static void
json_key(const char *key)
{
    if (comma)
        putc(',', stdout);
    comma = true;
    printf("\"%s\":", key);
}

void
json_begin(const char *type)
{
    putc('{', stdout);
    comma = false;
    if (type)
        json_text("type", type);
}

void
json_end(void)
{
    fputs("}\n", stdout);
    comma = false;
}

void
json_bytes(const char *key, const char *value, size_t len)
{
    json_key(key);
    if (value)
        json_quoted(value, len);
    else
        fputs("null", stdout);
}

void
json_text(const char *key, const char *value)
{
    json_bytes(key, value, value ? strlen(value) : 0);
}

void
json_int(const char *key, int64_t value)
{
    json_key(key);
    printf("%lld", (long long)value);
}

void
json_uint(const char *key, uint64_t value)
{
    json_key(key);
    printf("%llu", (unsigned long long)value);
}

/* "0.9812", no zeros at the end. */
static void
real_text(double value, char dst[32])
{
    size_t n;

    if (!(value > -1e15 && value < 1e15))
        value = 0;
    snprintf(dst, 32, "%.4f", value);
    n = strlen(dst);
    while (dst[n - 1] == '0')
        n--;
    if (dst[n - 1] == '.')
        n--;
    dst[n] = '\0';
    if (strcmp(dst, "-0") == 0)
        memcpy(dst, "0", 2);
}

void
json_number(const char *key, double value)
{
    char text[32];

    real_text(value, text);
    json_key(key);
    fputs(text, stdout);
}

void
json_bool(const char *key, bool value)
{
    json_key(key);
    fputs(value ? "true" : "false", stdout);
}

void
json_when(const char *key, int64_t when_us)
{
    char text[32];

    if (when_us == PRESSMARK_NO_TIME) {
        json_text(key, NULL);
        return;
    }
    pressmark_when_format(when_us, text);
    json_text(key, text);
}

void
json_raw(const char *key, const char *json)
{
    json_key(key);
    fputs(json ? json : "null", stdout);
}

void
json_strings(const char *key, const char *const *items, size_t n)
{
    json_key(key);
    putc('[', stdout);
    for (size_t i = 0; i < n; i++) {
        if (i)
            putc(',', stdout);
        json_quoted(items[i], strlen(items[i]));
    }
    putc(']', stdout);
}

void
json_list(const char *key)
{
    json_key(key);
    putc('[', stdout);
    comma = false;
}

void
json_item(void)
{
    if (comma)
        putc(',', stdout);
    putc('{', stdout);
    comma = false;
}

void
json_close(void)
{
    putc('}', stdout);
    comma = true;
}

void
json_list_end(void)
{
    putc(']', stdout);
    comma = true;
}

void
json_header(const char *command)
{
    json_begin("header");
    json_int("format", 1);
    json_text("command", command);
    json_end();
}

void
tell_skipped(const char *text, bool json)
{
    talk("skipped %s", text);
    if (json) {
        json_begin("skipped");
        json_text("reason", text);
        json_end();
    }
}

/* ---- CSV and TSV ---- */

static void
put_bytes(const struct table *t, const char *s, size_t len)
{
    if (t->mask)
        put_masked(stdout, s, len);
    else
        fwrite(s, 1, len, stdout);
}

/* What spreadsheets take for a formula, or skip before one; those of East Asia take wide signs too. */
static bool
starts_formula(const char *s)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

    if (s[0] && strchr("=+-@\t\r\n", s[0]))
        return true;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        if (strncmp(s, wide[i], 3) == 0)
            return true;
    return false;
}

static void
csv_cell(const struct table *t, const char *s)
{
    size_t len = strlen(s);
    bool guard = starts_formula(s);
    bool quote = strpbrk(s, ",\"\r\n\t") != NULL || (len > 0 && (s[0] == ' ' || s[len - 1] == ' '));

    if (quote)
        putc('"', stdout);
    if (guard)
        putc('\'', stdout);
    while (*s) {
        size_t n = strcspn(s, "\"");
        put_bytes(t, s, n);
        s += n;
        if (*s) {
            fputs("\"\"", stdout);
            s++;
        }
    }
    if (quote)
        putc('"', stdout);
}

static void
tsv_cell(const struct table *t, const char *s)
{
    while (*s) {
        size_t n = strcspn(s, "\t\n\r\\");
        put_bytes(t, s, n);
        s += n;
        if (*s) {
            fputs(*s == '\t' ? "\\t" : *s == '\n' ? "\\n" : *s == '\r' ? "\\r" : "\\\\", stdout);
            s++;
        }
    }
}

static void
next_cell(struct table *t)
{
    if (t->begun)
        putc(t->tsv ? '\t' : ',', stdout);
    t->begun = true;
}

void
table_text(struct table *t, const char *value)
{
    next_cell(t);
    if (!value)
        return;
    if (t->tsv)
        tsv_cell(t, value);
    else
        csv_cell(t, value);
}

void
table_uint(struct table *t, uint64_t value)
{
    next_cell(t);
    printf("%llu", (unsigned long long)value);
}

void
table_real(struct table *t, double value)
{
    char text[32];

    real_text(value, text);
    next_cell(t);
    fputs(text, stdout);
}

void
table_when(struct table *t, int64_t when_us)
{
    char text[32] = "";

    if (when_us != PRESSMARK_NO_TIME)
        pressmark_when_format(when_us, text);
    table_text(t, text);
}

void
table_end(struct table *t)
{
    fputs(t->tsv ? "\n" : "\r\n", stdout);
    t->begun = false;
}

/* ---- small parts ---- */

char *
joined(const char *const *items, size_t n)
{
    size_t len = 1, at = 0;
    char *dst;

    for (size_t i = 0; i < n; i++)
        len += strlen(items[i]) + 2;
    dst = must_realloc(NULL, len);
    for (size_t i = 0; i < n; i++) {
        size_t k = strlen(items[i]);
        if (i) {
            memcpy(dst + at, ", ", 2);
            at += 2;
        }
        memcpy(dst + at, items[i], k);
        at += k;
    }
    dst[at] = '\0';
    return dst;
}

char *
joined_json(const char *json)
{
    json_t *list, *item;
    const char **items;
    size_t n = 0, i;
    char *dst;

    errno = 0; /* jansson may go on without the bytes of a string that no memory was found for */
    list = json_loads(json, 0, NULL);
    if (errno == ENOMEM)
        no_memory();
    items = must_realloc(NULL, json_array_size(list) * sizeof(*items));
    json_array_foreach(list, i, item) if (json_is_string(item)) items[n++] = json_string_value(item);
    dst = joined(items, n);
    free(items);
    json_decref(list);
    return dst;
}

char *
when_text(int64_t when_us, char dst[32])
{
    if (when_us == PRESSMARK_NO_TIME) {
        memcpy(dst, "-", 2);
        return dst;
    }
    pressmark_when_format(when_us, dst);
    if (strlen(dst) >= 16 && dst[10] == 'T') {
        dst[10] = ' ';
        dst[16] = '\0';
    }
    return dst;
}
