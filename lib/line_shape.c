/*
 * line_shape.c - one pass over a line: words, capitals, ends of sentences.
 */
#include "ascii.h"
#include "chars.h"
#include "lines.h"
#include "text.h"

enum kind { K_SPACE, K_LOWER, K_UPPER, K_LETTER, K_MARK, K_DIGIT, K_OPEN, K_CLOSE, K_QUOTE, K_OTHER };

static bool
is_dense(uint32_t cp)
{
    return (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) || (cp >= 0x1780 && cp <= 0x17FF) ||
           (cp >= 0x2E80 && cp <= 0x2FDF) || (cp >= 0x3005 && cp <= 0x3007) || (cp >= 0x3041 && cp <= 0x30FF) ||
           (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

#define X K_OTHER
#define S K_SPACE
#define Q K_QUOTE
#define O K_OPEN
#define C K_CLOSE
#define L K_LOWER
#define U K_UPPER
#define D K_DIGIT

/* Of each byte of ASCII. */
static const uint8_t ascii_kind[128] = {
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    S, X, Q, X, X, X, X, Q, O, C, X, X, X, X, X, X, D, D, D, D, D, D, D, D, D, D, X, X, X, X, X, X,
    X, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, O, X, C, X, X,
    X, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, X, X, X, X, X,
};

#undef X
#undef S
#undef Q
#undef O
#undef C
#undef L
#undef U
#undef D

static enum kind
wide_kind(uint32_t cp)
{
    switch (pm_char_kind(cp)) {
    case PM_CHAR_UPPER:
    case PM_CHAR_TITLE:
        return K_UPPER;
    case PM_CHAR_LOWER:
        return K_LOWER;
    case PM_CHAR_LETTER:
        return K_LETTER;
    case PM_CHAR_MARK:
        return K_MARK;
    case PM_CHAR_DIGIT:
        return K_DIGIT;
    case PM_CHAR_QUOTE:
        return K_QUOTE;
    case PM_CHAR_OPEN:
        /* German and Polish quotes open low. */
        return cp == 0x201E || cp == 0x201A || cp == 0x300C || cp == 0x300E ? K_QUOTE : K_OPEN;
    case PM_CHAR_CLOSE:
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
    return cp == '|' || cp == '/' || cp == '>' || cp == 0xBB || cp == 0x203A || cp == 0x2022 || cp == 0xB7 ||
           cp == 0x2192;
}

/* What the pass over a line remembers; the counts are the line's. */
struct scan {
    uint32_t word;               /* characters of the word that is open, 0: none */
    enum kind prev;              /* kind of the character before */
    bool last_digits, last_caps; /* the word closed last was a number, a lone capital */
    bool pending;                /* behind the end of a sentence, closers aside */
    bool pending_weak;           /* that a number's dot or an initial's may have been */
    bool digits_only, capital;   /* the open word */
    uint32_t dots;               /* "..." */
    enum pm_line_end end;
    bool low;
    uint32_t chars, letters, digits, dense, words, cased, caps, upper, commas, stops, glued, bars;
};

static inline void
close_word(struct scan *s)
{
    if (s->word == 0)
        return;
    s->last_digits = s->digits_only;
    s->last_caps = s->capital && s->word == 1;
    s->word = 0;
}

static inline void
take_letter(struct scan *s, enum kind k, bool dense)
{
    s->pending = false;
    s->dots = 0;
    s->end = PM_END_WORD;
    if (k == K_MARK)
        return;
    if (s->word == 0) {
        s->digits_only = true;
        s->capital = k == K_UPPER;
        s->words += !dense;
        s->cased += k == K_UPPER || k == K_LOWER;
        s->caps += k == K_UPPER;
        if (s->letters == 0 && k != K_DIGIT)
            s->low = k == K_LOWER;
    } else {
        s->glued += k == K_UPPER && s->prev == K_LOWER;
    }
    s->word++;
    s->digits += k == K_DIGIT;
    s->letters += k != K_DIGIT;
    s->digits_only = s->digits_only && k == K_DIGIT;
    s->upper += k == K_UPPER;
    s->dense += dense;
}

/* `n` more small letters of the open word. */
static inline void
take_run(struct scan *s, uint32_t n)
{
    s->word += n;
    s->letters += n;
    s->chars += n;
}

static void
take_mark(struct scan *s, uint32_t cp)
{
    if (is_stop(cp)) {
        s->dots = cp == '.' ? s->dots + 1 : 0;
        s->pending = true;
        s->pending_weak = cp == '.' && (s->last_digits || s->last_caps);
        if (cp > 0x2FFF) {
            s->stops++;
            s->pending = false;
        }
        s->end = s->dots > 2 ? PM_END_DOTS : PM_END_STOP;
        return;
    }
    s->dots = 0;
    s->pending = false;
    s->end = cp == 0x2026                ? PM_END_DOTS
             : cp == ':' || cp == 0xFF1A ? PM_END_COLON
             : is_comma(cp)              ? PM_END_COMMA
                                         : PM_END_OTHER;
    s->commas += is_comma(cp);
    s->bars += is_bar(cp);
}

/* Anything but letters, marks and digits. */
static inline void
take_other(struct scan *s, uint32_t cp, enum kind k)
{
    /* "don't", "l’actu": an apostrophe inside a word does not end it. */
    if (!(k == K_QUOTE && (cp == '\'' || cp == 0x2019)))
        close_word(s);
    if (k == K_SPACE) {
        s->stops += s->pending && !s->pending_weak;
        s->pending = false;
    } else if (k == K_OTHER) {
        take_mark(s, cp);
    } else if (k == K_OPEN || (k == K_CLOSE && s->end == PM_END_WORD)) {
        s->end = PM_END_OTHER;
    }
}

static void
put_counts(struct pm_line *l, const struct scan *s)
{
    l->end = s->end;
    l->low = s->low;
    l->chars = s->chars;
    l->letters = s->letters;
    l->digits = s->digits;
    l->dense = s->dense;
    l->words = s->words + s->dense / 2;
    l->cased = s->cased;
    l->caps = s->caps;
    l->upper = s->upper;
    l->commas = s->commas;
    l->stops = s->stops + s->pending;
    l->glued = s->glued;
    l->bars = s->bars;
}

void
pm_line_measure(struct pm_line *l)
{
    struct pm_str text = l->text;
    struct scan s = {.prev = K_SPACE, .end = PM_END_OTHER};
    size_t i = 0;

    while (i < text.len) {
        bool start = i == 0;
        uint32_t cp = pm_utf8_next(text, &i);
        enum kind k = cp < 0x80 ? (enum kind)ascii_kind[cp] : wide_kind(cp);

        s.chars++;
        if (k >= K_LOWER && k <= K_DIGIT) {
            take_letter(&s, k, k == K_LETTER && is_dense(cp));
            if (k == K_LOWER) {
                size_t from = i;

                while (i < text.len && pm_ascii_lower(text.ptr[i]))
                    i++;
                take_run(&s, (uint32_t)(i - from));
            }
        } else {
            take_other(&s, cp, k);
            if (start)
                l->quoted = k == K_QUOTE;
        }
        s.prev = k;
    }
    put_counts(l, &s);
}
