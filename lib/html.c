/*
 * html.c - the tokenizer (WHATWG HTML, 13.2.5): tags, attributes, text; what nobody reads is
 * skipped.
 *
 * Searches for one byte carry it through text, quoted values, scripts and comments. A search that
 * fails has come to the end of the page, and is never made again, so the whole is linear.
 */
#include "html.h"

#include <stdlib.h>

#include "ascii.h"
#include "html_entity.h"
#include "html_name.h"
#include "html_tree.h"
#include "scan.h"

enum { BYTES_CHUNK = 1 << 16, ATTRS_CHUNK = 512, NODES_KEEP = 1 << 17 };

struct pm_html_parser {
    struct pm_name_table names;
    struct pm_html_tree tree;
    struct pm_arena *arena; /* decoded text, attributes */
    size_t memory_max;
    char *bytes; /* room in the arena for decoded text */
    size_t n_bytes;
    struct pm_attr *attrs; /* room in the arena for attributes */
    size_t n_attrs;
    bool no_svg_end; /* a search for "</svg" failed */
};

/* Where the tokenizer is. */
struct cursor {
    const char *p, *end;
};

/* True when the tag name `name` (letters in any case) stands at `p`, and ends there. */
static bool
name_at(const char *p, const char *end, const char *name, size_t len)
{
    if ((size_t)(end - p) <= len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((p[i] | 0x20) != (name[i] | 0x20))
            return false;
    return pm_byte_is(p[len], PM_BYTE_ENDS_TAG);
}

/* ---- text and values ---- */

/*
 * `s` with entities decoded and bytes of 0 dropped. Of what holds neither it need not be asked.
 */
static struct pm_str
decode(struct pm_html_parser *p, struct pm_str s, bool attr)
{
    size_t need = PM_ENTITY_ROOM(s.len), len;
    char *dst;

    if (s.len == 0)
        return s;
    if (need > p->n_bytes) {
        size_t chunk = need > BYTES_CHUNK ? need : BYTES_CHUNK;

        p->n_bytes = 0;
        p->bytes = pm_arena_raw(p->arena, chunk, 1);
        if (p->bytes == NULL)
            return PM_STR("");
        p->n_bytes = chunk;
    }
    dst = p->bytes;
    len = pm_entity_decode(dst, s, attr);
    p->bytes += len;
    p->n_bytes -= len;
    return PM_STRN(dst, len);
}

static void
text(struct pm_html_parser *p, const char *start, const char *end, bool odd)
{
    struct pm_str s = PM_STRN(start, (size_t)(end - start));

    if (s.len == 0)
        return;
    if (odd)
        s = decode(p, s, false);
    if (s.len > 0)
        pm_html_tree_text(&p->tree, s);
}

/* ---- what is skipped ---- */

/* Behind the comment whose "<!--" ends at `p`. */
static const char *
skip_comment(const char *p, const char *end)
{
    if (p < end && *p == '>')
        return p + 1;
    if (end - p > 1 && p[0] == '-' && p[1] == '>')
        return p + 2;
    while (end - p >= 3) {
        p = memmem(p, (size_t)(end - p), "--", 2);
        if (p == NULL)
            return end;
        p += 2;
        if (p < end && *p == '>')
            return p + 1;
        if (end - p > 1 && p[0] == '!' && p[1] == '>')
            return p + 2;
        p--; /* "--->" */
    }
    return end;
}

/*
 * The "<" of the end tag of raw text, or `end`. In scripts "<!--" with "<script" behind it hides
 * one "</script" (script data double escaped state).
 */
static const char *
raw_end(const char *p, const char *end, const char *name, size_t len, bool script)
{
    bool escaped = false, hidden = false;

    for (;;) {
        if (escaped) {
            p = pm_scan_either(p, end, '<', '-');
        } else {
            p = pm_scan_byte(p, end, '<');
        }
        if (p == end)
            return end;
        if (*p == '-') {
            if (end - p > 2 && p[1] == '-' && p[2] == '>')
                escaped = hidden = false;
        } else if (end - p > 1 && p[1] == '/' && name_at(p + 2, end, name, len)) {
            if (!hidden)
                return p;
            hidden = false;
        } else if (script && end - p > 3 && memcmp(p, "<!--", 4) == 0) {
            escaped = true;
            p += 1; /* "<!-->" ends at once */
        } else if (escaped && name_at(p + 1, end, name, len)) {
            hidden = true;
        }
        p++;
    }
}

/* HTML elements that end an SVG image that was left open. */
static bool
breaks_out(const char *p, const char *end)
{
    return name_at(p, end, "p", 1) || name_at(p, end, "div", 3) || name_at(p, end, "li", 2) ||
           name_at(p, end, "ul", 2) || name_at(p, end, "h1", 2) || name_at(p, end, "h2", 2) ||
           name_at(p, end, "body", 4) || name_at(p, end, "span", 4) || name_at(p, end, "img", 3);
}

/* Behind the SVG image whose start tag ends at `p`, or NULL when its end is not there. */
static const char *
skip_svg(const char *p, const char *end)
{
    size_t depth = 1;
    bool foreign = false;

    while ((p = pm_scan_byte(p, end, '<')) < end) {
        p++;
        if (p < end && *p == '/' && name_at(p + 1, end, "svg", 3)) {
            p = pm_scan_byte(p, end, '>');
            if (--depth == 0)
                return p < end ? p + 1 : end;
        } else if (name_at(p, end, "svg", 3)) {
            p = pm_scan_byte(p, end, '>');
            depth += p < end && p[-1] != '/';
        } else if (name_at(p, end, "foreignobject", 13)) {
            foreign = true;
        } else if (!foreign && p < end && (*p | 0x20) <= 's' && breaks_out(p, end)) {
            return p - 1;
        } else if (end - p > 2 && memcmp(p, "!--", 3) == 0) {
            p = skip_comment(p + 3, end);
        }
    }
    return NULL;
}

/* ---- tags ---- */

/*
 * One attribute's value at `p`, behind "=" and white space; where it ends, quote included, or NULL at
 * the end of the page. *odd: it holds an ampersand or a byte of 0.
 */
static const char *
attr_value(const char *p, const char *end, struct pm_str *value, bool *odd)
{
    const char *q;

    if (p < end && (*p == '"' || *p == '\'')) {
        q = pm_scan_value(p + 1, end, *p, odd);
        *value = PM_STRN(p + 1, (size_t)(q - p - 1));
        return q < end ? q + 1 : NULL;
    }
    for (q = p; q < end && !pm_byte_is(*q, PM_BYTE_ENDS_VALUE); q++)
        *odd = *odd || *q == '&' || *q == '\0';
    *value = PM_STRN(p, (size_t)(q - p));
    return q < end ? q : NULL;
}

static void
keep_attr(struct pm_html_parser *p, struct pm_html_tag *tag, uint64_t *seen, int name, struct pm_str value, bool odd)
{
    if (name < 0 || *seen & UINT64_C(1) << name)
        return;
    *seen |= UINT64_C(1) << name;
    p->attrs[tag->n_attrs].name = (enum pm_attr_name)name;
    if (odd)
        value = decode(p, value, true);
    p->attrs[tag->n_attrs].value = value.len > 0 ? value : PM_STR("");
    tag->n_attrs++;
}

/*
 * The attributes of a tag, from `p` behind the name on; behind ">", or NULL: the page ends inside the
 * tag, which then counts for nothing. `tag` NULL: an end tag, nothing is kept.
 */
static const char *
attributes(struct pm_html_parser *p, const char *q, const char *end, struct pm_html_tag *tag)
{
    uint64_t seen = 0;

    for (;;) {
        struct pm_str value = PM_STR_NULL;
        const char *name;
        size_t len;
        bool odd = false;

        while (q < end && pm_byte_is(*q, PM_BYTE_BETWEEN))
            q++;
        if (q == end)
            return NULL;
        if (*q == '>')
            return q + 1;
        name = q;
        for (q = pm_scan_name(q + 1, end); q < end && !pm_byte_is(*q, PM_BYTE_ENDS_ATTR);)
            q = pm_scan_name(q + 1, end);
        len = (size_t)(q - name);
        while (q < end && pm_byte_is(*q, PM_BYTE_SPACE))
            q++;
        if (q < end && *q == '=') {
            q++;
            while (q < end && pm_byte_is(*q, PM_BYTE_SPACE))
                q++;
            q = attr_value(q, end, &value, &odd);
            if (q == NULL)
                return NULL;
        }
        if (tag != NULL)
            keep_attr(p, tag, &seen, pm_name_find(p->names.attrs, name, len, end), value, odd);
    }
}

/* Number and span of the tag name at the cursor, which ends behind it. */
static uint8_t
tag_name(struct pm_html_parser *p, struct cursor *c, struct pm_str *name)
{
    const char *q = c->p;
    int tag;

    while (q < c->end && !pm_byte_is(*q, PM_BYTE_ENDS_TAG)) /* names of tags are short */
        q++;
    *name = PM_STRN(c->p, (size_t)(q - c->p));
    tag = pm_name_find(p->names.tags, c->p, name->len, c->end);
    c->p = q;
    return (uint8_t)(tag < 0 ? PM_TAG_OTHER : tag);
}

static bool
is_json_ld(const struct pm_html_tag *tag)
{
    for (size_t i = 0; i < tag->n_attrs; i++)
        if (tag->attrs[i].name == PM_ATTR_TYPE)
            return pm_str_ifind(tag->attrs[i].value, PM_STR("ld+json"), 0) != SIZE_MAX;
    return false;
}

/* An element whose content holds no tags; the cursor stands behind its start tag. */
static void
leaf(struct pm_html_parser *p, struct cursor *c, struct pm_html_tag *tag)
{
    const char *q = raw_end(c->p, c->end, tag->name.ptr, tag->name.len, tag->tag == PM_TAG_SCRIPT);
    struct pm_str content = PM_STRN(c->p, (size_t)(q - c->p));

    c->p = pm_scan_byte(q, c->end, '>');
    c->p += c->p < c->end;
    if (pm_tag_flags[tag->tag] & PM_TAGF_RCDATA) {
        pm_html_tree_leaf(&p->tree, tag, decode(p, content, false));
    } else if (tag->tag == PM_TAG_SCRIPT && is_json_ld(tag)) {
        if (content.len > 0 && memchr(content.ptr, 0, content.len) != NULL)
            content = PM_STR("");
        pm_html_tree_leaf(&p->tree, tag, content);
    } else if (tag->tag == PM_TAG_IFRAME) {
        pm_html_tree_leaf(&p->tree, tag, PM_STR_NULL);
    }
}

/* The cursor stands at the name's first letter. */
static void
start_tag(struct pm_html_parser *p, struct cursor *c)
{
    struct pm_html_tag tag = {0};
    const char *after;

    if (p->n_attrs < PM_ATTR_COUNT) {
        p->n_attrs = 0;
        p->attrs = pm_arena_raw(p->arena, ATTRS_CHUNK, sizeof(*p->attrs));
        if (p->attrs == NULL)
            return;
        p->n_attrs = ATTRS_CHUNK;
    }
    tag.attrs = p->attrs;
    tag.tag = tag_name(p, c, &tag.name);
    after = attributes(p, c->p, c->end, &tag);
    if (after == NULL) {
        c->p = c->end;
        return;
    }
    c->p = after;
    p->attrs += tag.n_attrs;
    p->n_attrs -= tag.n_attrs;
    if (tag.n_attrs == 0)
        tag.attrs = NULL;
    if (tag.tag == PM_TAG_SVG) {
        if (c->p[-2] == '/' || p->no_svg_end)
            return;
        after = skip_svg(c->p, c->end);
        p->no_svg_end = after == NULL;
        if (after != NULL)
            c->p = after;
    } else if (pm_tag_flags[tag.tag] & (PM_TAGF_RAW | PM_TAGF_RCDATA)) {
        leaf(p, c, &tag);
    } else {
        pm_html_tree_start(&p->tree, &tag);
    }
}

/* What begins with "<" at the cursor. False: it is text. */
static bool
markup(struct pm_html_parser *p, struct cursor *c)
{
    const char *q = c->p + 1;
    struct pm_str name;

    if (q == c->end)
        return false;
    if (pm_ascii_letter(*q)) {
        c->p = q;
        start_tag(p, c);
        return true;
    }
    if (*q == '/' && q + 1 < c->end && pm_ascii_letter(q[1])) {
        uint8_t tag;

        c->p = q + 1;
        tag = tag_name(p, c, &name);
        q = attributes(p, c->p, c->end, NULL);
        if (q != NULL)
            pm_html_tree_end(&p->tree, tag, name);
        c->p = q != NULL ? q : c->end;
        return true;
    }
    if (*q == '!' && c->end - q > 2 && q[1] == '-' && q[2] == '-') {
        c->p = skip_comment(q + 3, c->end);
        return true;
    }
    if (*q != '!' && *q != '?' && *q != '/')
        return false;
    c->p = pm_scan_byte(q, c->end, '>');
    c->p += c->p < c->end;
    return true;
}

static void
tokenize(struct pm_html_parser *p, struct pm_str utf8)
{
    struct cursor c = {utf8.ptr, utf8.ptr + utf8.len};
    const char *from = c.p; /* text not yet handed on */
    bool odd = false;       /* it holds an ampersand or a byte of 0 */

    while (!p->tree.failed) {
        const char *lt = pm_scan_value(c.p, c.end, '<', &odd);

        c.p = lt;
        if (lt == c.end)
            break;
        text(p, from, lt, odd);
        odd = false;
        from = lt;
        if (!markup(p, &c))
            c.p = lt + 1;
        else
            from = c.p;
    }
    text(p, from, c.p, odd);
}

/* ---- the handle ---- */

int
pm_html_parser_new(struct pm_html_parser **dst, size_t memory_max, struct pm_err *err)
{
    struct pm_html_parser *p = calloc(1, sizeof(*p));

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->memory_max = memory_max > 0 ? memory_max : (size_t)1 << 30;
    p->arena = pm_arena_new(p->memory_max);
    if (p->arena == NULL) {
        free(p);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    p->tree.memory_max = p->memory_max;
    pm_name_table_init(&p->names);
    *dst = p;
    return PM_OK;
}

void
pm_html_parser_free(struct pm_html_parser *p)
{
    if (p == NULL)
        return;
    pm_html_tree_release(&p->tree);
    pm_arena_free(p->arena);
    free(p);
}

int
pm_html_parse(struct pm_html_parser *p, struct pm_str utf8, struct pm_html *dst, struct pm_err *err)
{
    int rc;

    pm_arena_reset(p->arena);
    if (p->tree.cap_nodes > NODES_KEEP || p->tree.cap_stack > NODES_KEEP)
        pm_html_tree_release(&p->tree); /* a monster page must not hold memory for good */
    p->bytes = NULL;
    p->attrs = NULL;
    p->n_bytes = p->n_attrs = 0;
    p->no_svg_end = false;
    pm_html_tree_begin(&p->tree);
    if (utf8.len > 0)
        tokenize(p, utf8);
    pm_html_tree_finish(&p->tree);
    rc = pm_arena_check(p->arena, err);
    if (rc == PM_OK)
        rc = p->tree.failed;
    if (rc == PM_ELIMIT)
        return pm_fail(err, rc, "page needs more than %zu bytes of memory", p->memory_max);
    if (rc != PM_OK)
        return pm_fail(err, rc, "out of memory");
    dst->nodes = p->tree.nodes;
    dst->n_nodes = p->tree.n_nodes;
    return PM_OK;
}

struct pm_str
pm_node_attr(const struct pm_node *n, enum pm_attr_name name)
{
    for (size_t i = 0; i < n->n_attrs; i++)
        if (n->attrs[i].name == name)
            return n->attrs[i].value;
    return PM_STR_NULL;
}
