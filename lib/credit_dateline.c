#include "credit_find.h"
#include "credit_table.h"
#include "words.h"

enum { DATELINE_MAX = 140 }; /* bytes of a paragraph in which its dateline ends */

static bool
is_upper_start(struct pm_str s)
{
    return s.len > 0 && ((unsigned char)s.ptr[0] >= 0x80 || (s.ptr[0] >= 'A' && s.ptr[0] <= 'Z') || s.ptr[0] == '"');
}

/* The dash, bar or colon that parts a dateline from the text, at the start of `s`. */
static bool
starts_with_dash(struct pm_str s)
{
    static const char *const marks[] = {"-", "–", "—",  "―",  "|", ":", "：",  "।",  "=",   "─",
                                        "･", "…", ".-", "._", "_", "ـ", ". -", ".—", ". —", "～"};

    s = pm_str_trim(s);
    while (pm_str_starts(s, PM_STR("\xC2\xA0")))
        s = pm_str_trim(pm_credit_part(s, 2, s.len));
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (pm_str_starts(s, pm_str_of(marks[i])))
            return true;
    return false;
}

static size_t
count_spaces(struct pm_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ' ';
    return n;
}

/*
 * Is it a place and perhaps a day that stands before the agency, and text that follows? "The
 * Associated Press (AP) said" has a name of the agency there, prose has small letters behind the
 * bracket.
 */
static bool
frames_dateline(const struct pm_credit_finder *f, struct pm_str before, struct pm_str after)
{
    size_t at, len;

    before = pm_str_trim(before);
    if (before.len == 0 || starts_with_dash(after))
        return count_spaces(before) <= 9;
    if (pm_agency_search(f->a, before, 0, &at, &len) >= 0)
        return false;
    if (pm_str_starts(after, PM_STR(". "))) /* "Wien (KNA). Der Papst ..." */
        after = pm_credit_part(after, 1, after.len);
    after = pm_str_trim(after);
    if (!is_upper_start(before) || !is_upper_start(after))
        return false;
    if (memchr(before.ptr, ',', before.len) != NULL) /* "Mumbai, May 3 (PTI) Actor ..." */
        return count_spaces(before) <= 4;
    return count_spaces(before) <= 3 && (pm_credit_no_small(before) || count_spaces(before) <= 1);
}

/* "CITY (AP) —", "PARIS, May 3 (Reuters) -", "(dpa)", "[Kyodo]", "МОСКВА, 3 мая. /ТАСС/." */
static bool
find_bracketed(struct pm_credit_finder *f, struct pm_str p)
{
    static const struct {
        const char *open, *close;
    } pairs[] = {{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"/", "/"}, {"［", "］"}, {"〔", "〕"}};
    struct pm_str head = PM_STRN(p.ptr, p.len < DATELINE_MAX ? p.len : DATELINE_MAX);

    for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
        struct pm_str open = pm_str_of(pairs[k].open), close = pm_str_of(pairs[k].close);
        size_t from = pm_str_find(head, open, 0), to;

        while (from != SIZE_MAX) {
            struct pm_name_list list;
            struct pm_str inner;

            to = pm_str_find(head, close, from + open.len);
            if (to == SIZE_MAX || to - from > 80)
                break;
            inner = pm_credit_part(head, from + open.len, to);
            list = pm_agency_list(f->a, inner, PM_MATCH_LOOSE | PM_MATCH_AROUND);
            if (list.set.n > 0 && !list.picture && list.others <= 1 &&
                frames_dateline(f, pm_credit_part(head, 0, from), pm_credit_part(p, to + close.len, p.len)))
                return pm_credit_take_list(f, &list, pm_credit_part(p, 0, to + close.len));
            from = pm_str_find(head, open, to + close.len);
        }
    }
    return false;
}

/*
 * "AP | ...", "(ANSA) - ROMA, 3 MAG -" and "МОСКВА, 3 мая — РИА Новости. ...": parts between
 * dashes, bars and stops, the agency one of the first three.
 */
static bool
find_parted(struct pm_credit_finder *f, struct pm_str p)
{
    static const char *const marks[] = {" ـ ", " - ", " – ", " — ", " | ", "— ", " -- ", ". ", ": ", "│"};
    struct pm_str head = PM_STRN(p.ptr, p.len < DATELINE_MAX ? p.len : DATELINE_MAX);
    size_t from = 0;

    for (int part = 0; part < 3; part++) {
        size_t to = SIZE_MAX, mark_len = 0;
        struct pm_str piece;
        bool stop = false;
        int id;

        for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
            size_t hit = pm_str_find(head, pm_str_of(marks[k]), from);

            if (hit < to) {
                to = hit;
                mark_len = strlen(marks[k]);
                stop = marks[k][0] == '.' || marks[k][0] == ':';
            }
        }
        if (to == SIZE_MAX)
            return false;
        piece = pm_credit_part(head, from, to);
        if (part == 0) { /* "PARIS, AFP -" */
            const char *comma = memrchr(piece.ptr, ',', piece.len);

            if (comma != NULL && !stop)
                piece = pm_credit_part(piece, (size_t)(comma + 1 - piece.ptr), piece.len);
        }
        id = pm_agency_match(f->a, piece, 0);
        if (id >= 0 && !(part == 0 && stop)) {
            pm_credit_take(f, (unsigned)id, pm_credit_part(p, 0, to));
            return true;
        }
        if (count_spaces(pm_credit_part(head, from, to)) > 4)
            return false;
        from = to + mark_len;
    }
    return false;
}

/* "新华社北京5月3日电", "中央社記者...電": the name stands first, a word for "by wire" follows. */
static bool
find_wired(struct pm_credit_finder *f, struct pm_str p)
{
    static const char *const wires[] = {"电", "電", "讯", "訊", "報導", "报道"};
    struct pm_str head = PM_STRN(p.ptr, p.len < DATELINE_MAX / 2 ? p.len : DATELINE_MAX / 2);
    bool wired = false;

    while (pm_str_starts(head, PM_STR("\xE3\x80\x80")) || pm_str_starts(head, PM_STR("（")) ||
           pm_str_starts(head, PM_STR("【")))
        head = pm_credit_part(head, 3, head.len);
    if (pm_str_starts(head, PM_STR("(")))
        head = pm_credit_part(head, 1, head.len);
    for (size_t k = 0; k < sizeof(wires) / sizeof(wires[0]) && !wired; k++)
        wired = pm_str_find(head, pm_str_of(wires[k]), 6) != SIZE_MAX;
    for (size_t n = 6; wired && n <= 18 && n <= head.len; n += 3) {
        int id = pm_agency_match(f->a, PM_STRN(head.ptr, n), 0);

        if (id >= 0 && (unsigned)id != pm_agency_unnamed_id(f->a)) {
            pm_credit_take(f, (unsigned)id, head);
            return true;
        }
    }
    return false;
}

void
pm_credit_dateline(struct pm_credit_finder *f, struct pm_str p)
{
    bool bracketed;
    size_t at;

    if (p.len < PM_CREDIT_SHORT && pm_word_set_within(&f->a->sets[PM_SET_PICTURES], p, true, &at))
        return; /* "A. Writer | AFP | Getty Images" */
    bracketed = find_bracketed(f, p); /* "AFP | PARIS (Reuters) - ..." is of both */
    if (!find_parted(f, p) && !bracketed)
        (void)find_wired(f, p);
}
