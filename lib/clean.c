/* clean.c - charset, the cleaner for the kind of page, the text of what was kept. */
#include "clean.h"

#include <stdlib.h>

#include "clean_html.h"
#include "clean_text.h"
#include "fields.h"
#include "html.h"
#include "text.h"
#include "text_score.h"

enum { DECODE_KEEP = 8 << 20 };

struct pm_cleaner {
    struct pm_html_parser *parser;
    struct pm_html_cleaner *html;
    struct pm_arena *arena;
    struct pm_buf decoded;
    const struct pm_agencies *agencies; /* borrowed, or own_agencies */
    struct pm_agencies *own_agencies;
    const struct pm_text_weights *text; /* borrowed */
};

int
pm_cleaner_new(struct pm_cleaner **dst, size_t memory_max, const struct pm_agencies *agencies, struct pm_err *err)
{
    struct pm_cleaner *c = calloc(1, sizeof(*c));
    int rc;

    if (memory_max == 0)
        memory_max = (size_t)1 << 30;
    if (c == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    c->decoded = (struct pm_buf)PM_BUF_INIT(memory_max);
    c->agencies = agencies;
    c->text = &pm_text_weights;
    c->arena = pm_arena_new(memory_max);
    rc = c->arena != NULL ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_html_parser_new(&c->parser, memory_max, err);
    if (rc == PM_OK)
        rc = pm_html_cleaner_new(&c->html, err);
    if (rc == PM_OK && agencies == NULL) {
        rc = pm_agencies_new(&c->own_agencies, PM_STR_NULL, err);
        c->agencies = c->own_agencies;
    }
    if (rc == PM_OK)
        *dst = c;
    else
        pm_cleaner_free(c);
    return rc;
}

void
pm_cleaner_free(struct pm_cleaner *c)
{
    if (c == NULL)
        return;
    pm_html_parser_free(c->parser);
    pm_html_cleaner_free(c->html);
    pm_agencies_free(c->own_agencies);
    pm_arena_free(c->arena);
    pm_buf_release(&c->decoded);
    free(c);
}

void
pm_cleaner_without(struct pm_cleaner *c, unsigned group)
{
    pm_html_cleaner_without(c->html, (enum pm_feature_group)group);
}

void
pm_cleaner_weigh(struct pm_cleaner *c, const struct pm_text_weights *weights)
{
    c->text = weights;
}

/* The charset parameter of a Content-Type; absent when there is none. */
static struct pm_str
charset_of(struct pm_str type)
{
    size_t at = pm_str_ifind(type, PM_STR("charset="), 0);
    struct pm_str s;

    if (at == SIZE_MAX)
        return PM_STR_NULL;
    s = PM_STRN(type.ptr + at + 8, type.len - at - 8);
    if (s.len > 0 && (*s.ptr == '"' || *s.ptr == '\'')) {
        s.ptr++;
        s.len--;
    }
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == ';' || s.ptr[i] == ' ' || s.ptr[i] == '"' || s.ptr[i] == '\'')
            s.len = i;
    return s;
}

/* The page as UTF-8: the payload itself where it is that already. */
static int
decode(struct pm_cleaner *c, const struct pm_clean_input *in, struct pm_str *text, struct pm_err *err)
{
    struct pm_str bytes = in->payload, charset = charset_of(in->type);
    size_t ascii = pm_ascii_prefix(bytes);
    bool valid = ascii == bytes.len || pm_utf8_valid(PM_STRN(bytes.ptr + ascii, bytes.len - ascii));
    bool bom = pm_str_starts(bytes, PM_STR("\xEF\xBB\xBF"));
    const char *label = "utf-8";
    int rc = PM_OK;

    /*
     * A page saved by a browser or a crawler is often UTF-8 while its meta element still names the
     * old encoding. Bytes over 0x7F that form valid UTF-8 are that, unless HTTP or a byte order
     * mark says otherwise.
     */
    if (!valid || ascii == bytes.len || charset.len > 0 || in->media != PM_MEDIA_HTML)
        rc = pm_text_sniff(bytes, charset, in->media == PM_MEDIA_HTML, &label, err);
    if (rc != PM_OK)
        return rc;
    if (valid && pm_str_ieq(pm_str_of(label), PM_STR("utf-8"))) {
        *text = bom ? PM_STRN(bytes.ptr + 3, bytes.len - 3) : bytes;
        return PM_OK;
    }
    if (c->decoded.cap > DECODE_KEEP)
        pm_buf_release(&c->decoded);
    pm_buf_reset(&c->decoded);
    rc = pm_text_decode(bytes, label, &c->decoded, err);
    *text = pm_buf_span(&c->decoded);
    return rc == PM_EUNSUPPORTED ? PM_SKIP : rc;
}

/* Kept blocks, one a line. */
static int
join(struct pm_cleaner *c, struct pm_article *a, struct pm_err *err)
{
    size_t len = 0;
    char *dst;

    for (size_t i = 0; i < a->n_blocks; i++)
        if (a->blocks[i].kept)
            len += a->blocks[i].text.len + 1;
    dst = pm_arena_raw(c->arena, len + 1, 1);
    if (dst == NULL)
        return pm_arena_check(c->arena, err);
    a->text = PM_STRN(dst, len > 0 ? len - 1 : 0);
    for (size_t i = 0; i < a->n_blocks; i++) {
        struct pm_str s = a->blocks[i].text;

        if (!a->blocks[i].kept)
            continue;
        memcpy(dst, s.ptr, s.len);
        dst += s.len;
        *dst++ = '\n';
    }
    dst[len > 0 ? -1 : 0] = '\0';
    a->words = (uint32_t)pm_text_words(a->text);
    return PM_OK;
}

static int
find_credit(struct pm_cleaner *c, const struct pm_clean_input *in, const struct pm_text_sources *sources,
            const struct pm_fields_extra *extra, struct pm_article *a, struct pm_err *err)
{
    struct pm_credit_input from = {
        .url = in->url.len > 0 ? in->url : a->canonical,
        .site = a->site,
        .publisher = extra->publisher,
        .authors = extra->n_authors > 0 ? extra->authors : a->byline,
        .n_authors = extra->n_authors > 0 ? extra->n_authors : a->n_byline,
        .sources = sources->v,
        .n_sources = sources->n,
        .blocks = a->blocks,
        .n_blocks = a->n_blocks,
    };

    return pm_credit_find(c->agencies, &from, c->arena, &a->credit, &a->n_credit, err);
}

int
pm_clean(struct pm_cleaner *c, const struct pm_clean_input *in, struct pm_article *dst, struct pm_err *err)
{
    struct pm_str text;
    struct pm_html html;
    struct pm_text_sources sources = {NULL, 0};
    struct pm_fields_extra extra = {.n_authors = 0};
    int rc;

    *dst = (struct pm_article){.title = PM_STR_NULL};
    pm_arena_reset(c->arena);
    rc = decode(c, in, &text, err);
    if (rc != PM_OK)
        return rc;
    if (in->media == PM_MEDIA_TEXT) {
        rc = pm_clean_text(pm_html_cleaner_phrases(c->html), c->text, text, in->url, c->arena, dst, &sources, err);
    } else {
        rc = pm_html_parse(c->parser, text, &html, err);
        if (rc == PM_OK)
            rc = pm_fields_html(&html, in->url, c->arena, dst, &extra, err);
        if (rc == PM_OK)
            rc = pm_clean_html(c->html, &html, c->arena, dst, err);
    }
    if (rc == PM_OK)
        rc = find_credit(c, in, &sources, &extra, dst, err);
    return rc == PM_OK ? join(c, dst, err) : rc;
}
