#include "fields_own.h"
#include "html_entity.h"

/* ---- text ---- */

static bool
is_space_at(const char *p, const char *end, size_t *len)
{
    *len = 1;
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return true;
    if (end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0) {
        *len = 2;
        return true;
    }
    if (end - p >= 3 && (memcmp(p, "\xE3\x80\x80", 3) == 0 || memcmp(p, "\xE2\x80\xAF", 3) == 0 ||
                         memcmp(p, "\xEF\xBB\xBF", 3) == 0 || memcmp(p, "\xE2\x80\x8B", 3) == 0)) {
        *len = 3;
        return true;
    }
    return false;
}

/* Squeeze white space in place; the ends have none. */
static size_t
squeeze(char *s, size_t len)
{
    const char *p = s, *end = s + len;
    size_t n = 0, used;

    while (p < end) {
        if (is_space_at(p, end, &used)) {
            if (n > 0 && s[n - 1] != ' ')
                s[n++] = ' ';
            p += used;
        } else {
            s[n++] = *p++;
        }
    }
    return n > 0 && s[n - 1] == ' ' ? n - 1 : n;
}

static struct pm_str
cut(struct pm_str s, size_t max)
{
    if (s.len <= max)
        return s;
    s.len = max;
    while (s.len > 0 && ((unsigned char)s.ptr[s.len] & 0xC0) == 0x80)
        s.len--;
    return s;
}

/* Is there a tag of HTML at `p`, "<em>", "</p>", "<br/>"? Then the byte behind it; *parts: it parts
 * words. */
static const char *
tag_end(const char *p, const char *end, bool *parts)
{
    const char *q = p + 1;

    if (q < end && *q == '/')
        q++;
    if (q >= end || !((*q | 32) >= 'a' && (*q | 32) <= 'z'))
        return NULL;
    *parts = (*q | 32) == 'p' || (*q | 32) == 'd' || (*q | 32) == 'l' || (end - q > 1 && (q[1] | 32) == 'r');
    q = memchr(q, '>', (size_t)(end - q < 200 ? end - q : 200));
    return q ? q + 1 : NULL;
}

struct pm_str
pm_field_text(struct pm_arena *arena, struct pm_str s)
{
    const char *p, *end, *next;
    bool parts = false;
    size_t n = 0;
    char *room;

    s = cut(pm_str_trim(s), PM_FIELD_TEXT_MAX);
    if (s.len == 0)
        return PM_STR_NULL;
    if (memchr(s.ptr, '&', s.len) != NULL) { /* metadata that was escaped twice */
        room = pm_arena_alloc(arena, PM_ENTITY_ROOM(s.len) + 1);
        if (room == NULL)
            return PM_STR_NULL;
        s = PM_STRN(room, pm_entity_decode(room, s, true));
        if (s.len == 0)
            return PM_STR_NULL;
    }
    room = pm_arena_alloc(arena, s.len);
    if (room == NULL)
        return PM_STR_NULL;
    for (p = s.ptr, end = s.ptr + s.len; p < end;) {
        next = *p == '<' ? tag_end(p, end, &parts) : NULL;
        if (next == NULL) {
            room[n++] = *p++;
            continue;
        }
        if (parts)
            room[n++] = ' ';
        p = next;
    }
    n = squeeze(room, n);
    return n > 0 ? PM_STRN(room, n) : PM_STR_NULL;
}

/* Tags between which bylines put different names. */
static bool
parts_names(unsigned tag)
{
    return tag == PM_TAG_A || tag == PM_TAG_LI || tag == PM_TAG_DIV || tag == PM_TAG_P || tag == PM_TAG_BR ||
           tag == PM_TAG_TIME;
}

/* Tags that stand inside a line of text. */
static bool
is_inline(unsigned tag)
{
    switch (tag) {
    case PM_TAG_A:
    case PM_TAG_ABBR:
    case PM_TAG_B:
    case PM_TAG_BIG:
    case PM_TAG_CITE:
    case PM_TAG_CODE:
    case PM_TAG_EM:
    case PM_TAG_FONT:
    case PM_TAG_I:
    case PM_TAG_INS:
    case PM_TAG_MARK:
    case PM_TAG_Q:
    case PM_TAG_S:
    case PM_TAG_SMALL:
    case PM_TAG_SPAN:
    case PM_TAG_STRONG:
    case PM_TAG_SUB:
    case PM_TAG_SUP:
    case PM_TAG_TIME:
    case PM_TAG_U:
    case PM_TAG_WBR:
        return true;
    default:
        return false;
    }
}

/* Room for a piece of text that may be cut. */
struct piece {
    char *p;
    size_t n, size;
};

/* " | ", unless one stands there already or nothing does. */
static void
part_names(struct piece *o)
{
    size_t end = o->n;

    while (end > 0 && o->p[end - 1] == ' ')
        end--;
    if (end == 0 || o->p[end - 1] == '|' || o->size - o->n < 3)
        return;
    memcpy(o->p + o->n, " | ", 3);
    o->n += 3;
}

struct pm_str
pm_field_node_text(const struct pm_html *page, size_t at, bool apart, struct pm_arena *arena)
{
    size_t end = page->nodes[at].end, split = SIZE_MAX;
    struct piece o = {NULL, 0, 0};

    for (size_t i = at; i < end && o.size < PM_FIELD_TEXT_MAX * 2; i++)
        o.size += page->nodes[i].tag == PM_TAG_TEXT ? page->nodes[i].text.len + 3 : 3;
    o.p = pm_arena_alloc(arena, o.size);
    if (o.p == NULL)
        return PM_STR_NULL;
    for (size_t i = at; i < end; i++) {
        const struct pm_node *node = &page->nodes[i];

        if (apart && i == split) /* behind a link */
            part_names(&o);
        if (node->tag == PM_TAG_TEXT) {
            if (node->text.len > o.size - o.n)
                break;
            if (node->text.len > 0)
                memcpy(o.p + o.n, node->text.ptr, node->text.len);
            o.n += node->text.len;
        } else if (apart && parts_names(node->tag) && i > at) {
            part_names(&o);
            split = node->end;
        } else if ((apart || !is_inline(node->tag)) && o.n < o.size) {
            o.p[o.n++] = ' ';
        }
    }
    o.n = squeeze(o.p, o.n);
    while (apart && o.n > 0 && (o.p[o.n - 1] == '|' || o.p[o.n - 1] == ' '))
        o.n--;
    return o.n > 0 ? cut(PM_STRN(o.p, o.n), PM_FIELD_TEXT_MAX) : PM_STR_NULL;
}

/* ---- dates ---- */

/* Seconds or milliseconds since 1970, as some pages give them. */
static bool
read_epoch(struct pm_str s, struct pm_when *w)
{
    int64_t v = 0;

    if (s.len != 10 && s.len != 13)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        v = v * 10 + (s.ptr[i] - '0');
    }
    w->us = s.len == 10 ? v * PM_SECOND_US : v * (PM_SECOND_US / 1000);
    w->has_time = w->has_offset = true;
    return true;
}

struct pm_str
pm_field_date(struct pm_str s, struct pm_arena *arena)
{
    struct pm_buf out = PM_BUF_INIT(64);
    struct pm_when w = PM_WHEN_INIT;
    struct pm_str done = PM_STR_NULL;

    s = pm_str_trim(s);
    if (s.len < 6 || s.len > 200)
        return done;
    if (!read_epoch(s, &w) && !pm_when_read(s, &w) && !pm_when_find_read(s, &w, NULL))
        return done;
    if (w.us < pm_when_civil(1980, 1, 1)) /* what programs print that have no date */
        return done;
    pm_when_put(&out, &w);
    done = pm_arena_copy(arena, &out);
    pm_buf_release(&out);
    return done;
}

/* ---- headlines ---- */

/* Is `tail` the site's name, or does it hold it, or it hold the tail: "Daily", "The Daily", "The
 * Daily News Online"? */
static bool
names_site(struct pm_str tail, const struct pm_str *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (names[i].len < 2)
            continue;
        if (pm_names_same(tail, names[i]))
            return true;
        if (names[i].len >= 4 && tail.len <= names[i].len + 24 && pm_str_ifind(tail, names[i], 0) != SIZE_MAX)
            return true;
        if (tail.len > names[i].len && tail.len <= names[i].len + 12 && tail.ptr[names[i].len] == ' ' &&
            pm_str_istarts(tail, names[i]))
            return true; /* short names as whole words: "CBC News" */
        if (tail.len >= 4 && names[i].len <= tail.len * 3 && pm_str_ifind(names[i], tail, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

struct pm_str
pm_field_untail(struct pm_str title, const struct pm_str *names, size_t n)
{
    static const char *const marks[] = {" | ",  " - ", " – ",  " — ", " · ", " • ", " » ", " « ",
                                        " :: ", "｜",  " ｜ ", " / ", " : ", "：",  " [",  "【"};

    for (int round = 0; round < 3; round++) {
        size_t at = 0, mark_len = 0, last = 0;
        struct pm_str tail;

        for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
            for (at = pm_str_find(title, pm_str_of(marks[k]), 1); at != SIZE_MAX;
                 at = pm_str_find(title, pm_str_of(marks[k]), at + 1))
                if (at > last) {
                    last = at;
                    mark_len = strlen(marks[k]);
                }
        if (last == 0)
            break;
        tail = PM_STRN(title.ptr + last + mark_len, title.len - last - mark_len);
        if (!names_site(pm_str_trim(tail), names, n))
            break;
        title = pm_str_trim(PM_STRN(title.ptr, last));
    }
    return title;
}
