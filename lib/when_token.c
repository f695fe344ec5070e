#include "when_token.h"

#include "words.h"

int
pm_when_digit(uint32_t cp)
{
    static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6,
                                     0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10};

    if (cp < 0x80)
        return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
        if (cp >= zeros[i] && cp < zeros[i] + 10)
            return (int)(cp - zeros[i]);
    return -1;
}

/* Characters of scripts that write no spaces, each a word of its own: ideographs and Hangul. */
static bool
is_alone(uint32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3);
}

static bool
is_thai(uint32_t cp)
{
    return cp >= 0x0E01 && cp <= 0x0E4E;
}

static void
read_number(struct pm_str s, struct pm_when_token *t)
{
    size_t len;
    int d;

    t->kind = PM_WHEN_NUM;
    while ((d = pm_when_digit(pm_char_at(s, t->end, &len))) >= 0 && len > 0) {
        if (t->digits < 9)
            t->value = t->value * 10 + d;
        t->digits += t->digits < 99;
        t->end += len;
    }
}

/* Thai short months are "ก.ย.": a dot between Thai letters belongs to the word. */
static void
read_word(struct pm_str s, struct pm_when_token *t, uint32_t first, size_t first_len)
{
    uint32_t cp = first, last = first;
    size_t len = first_len, after;

    t->kind = PM_WHEN_WORD;
    t->cp = first;
    t->end += len;
    if (is_alone(first))
        return;
    for (;;) {
        cp = pm_char_at(s, t->end, &len);
        if (len == 0 || t->end - t->start > PM_WHEN_WORD_MAX * 2)
            break;
        if (cp == '.' && is_thai(last) && is_thai(pm_char_at(s, t->end + len, &after)))
            cp = last;
        if (!pm_char_is_letter(cp) || is_alone(cp))
            break;
        t->cp = 0;
        last = cp;
        t->end += len;
    }
}

static struct pm_when_token
read_token(struct pm_str s, size_t at)
{
    struct pm_when_token t = {.kind = PM_WHEN_END, .start = at, .end = at};
    size_t len, skipped = 0;
    uint32_t cp;

    while (pm_char_is_space(cp = pm_char_at(s, t.start, &len)) && len > 0 && skipped++ < 16)
        t.start += len;
    t.end = t.start;
    if (len == 0)
        return t;
    if (pm_when_digit(cp) >= 0) {
        read_number(s, &t);
    } else if (pm_char_is_letter(cp)) {
        read_word(s, &t, cp, len);
    } else {
        t.kind = PM_WHEN_PUNCT;
        t.cp = cp;
        t.end += len;
    }
    return t;
}

/* The word in front of byte `at`, past spaces and one dot. */
static struct pm_str
word_before(struct pm_str s, size_t at)
{
    size_t end, start, prev, len;
    bool dot = false;
    uint32_t cp;

    for (end = at; end > 0 && at - end < 8; end = prev) {
        prev = pm_char_before(s, end);
        cp = pm_char_at(s, prev, &len);
        if (cp == '.' && !dot)
            dot = true;
        else if (!pm_char_is_space(cp))
            break;
    }
    for (start = end; start > 0 && end - start < PM_WHEN_WORD_MAX; start = prev) {
        prev = pm_char_before(s, start);
        cp = pm_char_at(s, prev, &len);
        if (!pm_char_is_letter(cp) && !(cp == '.' && is_thai(pm_char_at(s, start, &len))))
            break;
    }
    return start == end ? PM_STR_NULL : PM_STRN(s.ptr + start, end - start);
}

void
pm_when_window_fill(struct pm_when_window *w, size_t at)
{
    w->before = word_before(w->text, at);
    for (size_t i = 0; i < PM_WHEN_TOKENS; i++) {
        w->t[i] = read_token(w->text, at);
        at = w->t[i].end;
    }
}

size_t
pm_when_next_digit(struct pm_str s, size_t i)
{
    size_t len;

    for (; i < s.len; i += len) {
        unsigned char c = (unsigned char)s.ptr[i];

        len = 1;
        if (c < 0x80 ? (c >= '0' && c <= '9') : c >= 0xD9 && pm_when_digit(pm_char_at(s, i, &len)) >= 0)
            break;
    }
    return i;
}
