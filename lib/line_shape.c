/*
 * line_shape.c - one pass over a line: words, capitals, ends of sentences.
 */
#include <utf8proc.h>

#include "lines.h"
#include "text.h"

enum kind {
    K_SPACE,
    K_LOWER,
    K_UPPER,
    K_LETTER,
    K_MARK,
    K_DIGIT,
    K_OPEN,
    K_CLOSE,
    K_QUOTE,
    K_OTHER
};

static bool
is_dense(uint32_t cp)
{
    return (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) ||
           (cp >= 0x1780 && cp <= 0x17FF) || (cp >= 0x2E80 && cp <= 0x2FDF) ||
           (cp >= 0x3005 && cp <= 0x3007) || (cp >= 0x3041 && cp <= 0x30FF) ||
           (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

static enum kind
kind_of(uint32_t cp)
{
    if (cp < 0x80) {
        if (cp >= 'a' && cp <= 'z')
            return K_LOWER;
        if (cp >= 'A' && cp <= 'Z')
            return K_UPPER;
        if (cp >= '0' && cp <= '9')
            return K_DIGIT;
        if (cp == ' ')
            return K_SPACE;
        if (cp == '"' || cp == '\'')
            return K_QUOTE;
        return cp == '(' || cp == '[' ? K_OPEN : cp == ')' || cp == ']' ? K_CLOSE : K_OTHER;
    }
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return K_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return K_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return K_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return K_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return K_DIGIT;
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
        return K_QUOTE;
    case UTF8PROC_CATEGORY_PS:
        /* German and Polish quotes open low. */
        return cp == 0x201E || cp == 0x201A || cp == 0x300C || cp == 0x300E ? K_QUOTE : K_OPEN;
    case UTF8PROC_CATEGORY_PE:
        return cp == 0x300D || cp == 0x300F ? K_QUOTE : K_CLOSE;
    default:
        return K_OTHER;
    }
}

/* Ends of sentences, as Unicode's Sentence_Terminal has them for the scripts of news. */
static bool
is_stop(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case 0x0589:
    case 0x061F:
    case 0x06D4:
    case 0x0964:
    case 0x0965:
    case 0x104A:
    case 0x104B:
    case 0x1362:
    case 0x1367:
    case 0x17D4:
    case 0x17D5:
    case 0x203C:
    case 0x203D:
    case 0x2047:
    case 0x2048:
    case 0x2049:
    case 0x3002:
    case 0xFE52:
    case 0xFF01:
    case 0xFF0E:
    case 0xFF1F:
    case 0xFF61:
        return true;
    default:
        return false;
    }
}

static bool
is_comma(uint32_t cp)
{
    return cp == ',' || cp == ';' || cp == 0x060C || cp == 0x3001 || cp == 0xFF0C || cp == 0x061B;
}

static bool
is_bar(uint32_t cp)
{
    return cp == '|' || cp == '/' || cp == '>' || cp == 0xBB || cp == 0x203A || cp == 0x2022 ||
           cp == 0xB7 || cp == 0x2192;
}

/* What the pass over a line remembers. */
struct scan {
    uint32_t word;               /* characters of the word that is open, 0: none */
    enum kind prev;              /* kind of the character before */
    uint32_t last_word;          /* characters of the word closed last */
    bool last_digits, last_caps; /* it was a number, a lone capital */
    bool pending;                /* behind the end of a sentence, closers aside */
    bool pending_weak;           /* that a number's dot or an initial's may have been */
    bool digits, caps;           /* the open word */
    uint32_t dots;               /* "..." */
};

static void
close_word(struct scan *s)
{
    if (s->word == 0)
        return;
    s->last_word = s->word;
    s->last_digits = s->digits;
    s->last_caps = s->caps && s->word == 1;
    s->word = 0;
}

static void
take_letter(struct pm_line *l, struct scan *s, enum kind k, bool dense)
{
    if (k == K_MARK)
        return;
    if (s->word == 0) {
        s->digits = true;
        s->caps = k == K_UPPER;
        if (!dense)
            l->words++;
        if (k == K_UPPER || k == K_LOWER) {
            l->cased++;
            l->caps += k == K_UPPER;
        }
        if (l->letters == 0 && k != K_DIGIT)
            l->low = k == K_LOWER;
    } else if (k == K_UPPER && s->prev == K_LOWER) {
        l->glued++;
    }
    s->word = s->word < UINT32_MAX ? s->word + 1 : s->word;
    if (k == K_DIGIT) {
        l->digits++;
    } else {
        l->letters++;
        s->digits = false;
    }
    l->upper += k == K_UPPER;
    l->dense += dense;
}

static void
take_mark(struct pm_line *l, struct scan *s, uint32_t cp)
{
    if (is_stop(cp)) {
        s->dots = cp == '.' ? s->dots + 1 : 0;
        s->pending = true;
        s->pending_weak = cp == '.' && (s->last_digits || s->last_caps);
        if (cp > 0x2FFF) {
            l->stops++;
            s->pending = false;
        }
        l->end = s->dots > 2 ? PM_END_DOTS : PM_END_STOP;
        return;
    }
    s->dots = 0;
    s->pending = false;
    l->end = cp == 0x2026                ? PM_END_DOTS
             : cp == ':' || cp == 0xFF1A ? PM_END_COLON
             : is_comma(cp)              ? PM_END_COMMA
                                         : PM_END_OTHER;
    l->commas += is_comma(cp);
    l->bars += is_bar(cp);
}

void
pm_line_measure(struct pm_line *l)
{
    struct scan s = {.prev = K_SPACE};
    size_t i = 0;

    while (i < l->text.len) {
        bool start = i == 0;
        uint32_t cp = pm_utf8_next(l->text, &i);
        enum kind k = kind_of(cp);
        bool dense = k == K_LETTER && is_dense(cp);

        l->chars++;
        if (k >= K_LOWER && k <= K_DIGIT) {
            s.pending = false;
            s.dots = 0;
            take_letter(l, &s, k, dense);
            l->end = PM_END_WORD;
        } else {
            /* "don't", "l’actu": an apostrophe inside a word does not end it. */
            if (!(k == K_QUOTE && (cp == '\'' || cp == 0x2019)))
                close_word(&s);
            if (start)
                l->quoted = k == K_QUOTE;
            if (k == K_SPACE) {
                l->stops += s.pending && !s.pending_weak;
                s.pending = false;
            } else if (k == K_OTHER) {
                take_mark(l, &s, cp);
            } else if (k != K_QUOTE && k != K_CLOSE) {
                l->end = PM_END_OTHER;
            } else if (l->end == PM_END_WORD && k == K_CLOSE) {
                l->end = PM_END_OTHER;
            }
        }
        s.prev = k;
    }
    l->stops += s.pending;
    l->words += l->dense / 2;
}
