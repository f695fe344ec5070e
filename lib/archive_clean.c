/* The public interface: cleaning, fingerprints, versions, dates. */
#include "handle.h"

#include <stdio.h>
#include <stdlib.h>

#include "clean.h"
#include "furniture.h"
#include "mime.h"
#include "restore.h"
#include "shingle.h"
#include "text.h"

enum { PAGE_MEMORY = 1 << 30, DATE_LEN = 32 };

struct pressmark_cleaner {
    struct pm_agencies *agencies;
    struct pm_cleaner *cleaner;
    struct pm_shingler *shingler;
    struct pm_arena *arena;   /* of the article handed out */
    struct pm_arena *scratch; /* of what the cleaner is given */
    struct pm_buf page;       /* of a capture that is cleaned again */
    struct pressmark_article article;
};

int
pressmark_cleaner_new(struct pressmark_cleaner **dst, const char *agencies, struct pressmark_error *err)
{
    struct pressmark_cleaner *c = calloc(1, sizeof(*c));
    struct pm_err e = PM_ERR_INIT;
    int rc;

    if (c == NULL)
        return pm_archive_give(err, pm_fail(&e, PM_ENOMEM, "out of memory"), &e);
    c->page = (struct pm_buf)PM_BUF_INIT(PAGE_MEMORY);
    c->arena = pm_arena_new(PAGE_MEMORY);
    c->scratch = pm_arena_new(PAGE_MEMORY);
    rc = c->arena && c->scratch ? PM_OK : pm_fail(&e, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_agencies_new(&c->agencies, pm_str_of(agencies), &e);
    if (rc == PM_OK)
        rc = pm_cleaner_new(&c->cleaner, 0, c->agencies, &e);
    if (rc == PM_OK)
        rc = pm_shingler_new(&c->shingler, &e);
    if (rc == PM_OK)
        *dst = c;
    else
        pressmark_cleaner_free(c);
    return pm_archive_give(err, rc, &e);
}

void
pressmark_cleaner_free(struct pressmark_cleaner *c)
{
    if (c == NULL)
        return;
    pm_shingler_free(c->shingler);
    pm_cleaner_free(c->cleaner);
    pm_agencies_free(c->agencies);
    pm_arena_free(c->arena);
    pm_arena_free(c->scratch);
    pm_buf_release(&c->page);
    free(c);
}

/* A C string in the arena, NULL for what is absent or empty. */
static const char *
text(struct pm_arena *arena, struct pm_str s)
{
    return s.len > 0 ? pm_arena_str(arena, s).ptr : NULL;
}

static const char *const *
list(struct pm_arena *arena, const struct pm_str *items, size_t n)
{
    const char **out = pm_arena_array(arena, n ? n : 1, sizeof(*out));

    for (size_t i = 0; out != NULL && i < n; i++)
        out[i] = pm_arena_str(arena, items[i]).ptr;
    return out;
}

static const char *
join_credit(struct pm_arena *arena, const struct pm_article *a, bool words)
{
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    const char *joined = NULL;

    pm_credit_join(a->credit, a->n_credit, words, &out);
    if (a->n_credit > 0)
        joined = pm_arena_copy(arena, &out).ptr;
    pm_buf_release(&out);
    return joined;
}

static const struct pressmark_block *
blocks(struct pm_arena *arena, const struct pm_article *a)
{
    static const char *const kinds[] = {
        [PM_BLOCK_PARA] = "para", [PM_BLOCK_HEADING] = "heading", [PM_BLOCK_QUOTE] = "quote",
        [PM_BLOCK_ITEM] = "item", [PM_BLOCK_ROW] = "row",         [PM_BLOCK_PRE] = "pre",
    };
    struct pressmark_block *out = pm_arena_array(arena, a->n_blocks ? a->n_blocks : 1, sizeof(*out));

    for (size_t i = 0; out != NULL && i < a->n_blocks; i++) {
        const struct pm_block *b = &a->blocks[i];

        out[i] = (struct pressmark_block){
            .text = pm_arena_str(arena, b->text).ptr,
            .kind = kinds[b->kind],
            .kept = b->kept,
            .rule = b->rule,
            .score = (double)b->score,
        };
    }
    return out;
}

static int
hand_out(struct pressmark_cleaner *c, const struct pm_article *a, const struct pressmark_article **dst,
         struct pm_err *err)
{
    pm_arena_reset(c->arena);
    c->article = (struct pressmark_article){
        .title = text(c->arena, a->title),
        .standfirst = text(c->arena, a->standfirst),
        .published = text(c->arena, a->published),
        .modified = text(c->arena, a->modified),
        .section = text(c->arena, a->section),
        .site = text(c->arena, a->site),
        .language = text(c->arena, a->language),
        .canonical = text(c->arena, a->canonical),
        .byline = list(c->arena, a->byline, a->n_byline),
        .n_byline = a->n_byline,
        .captions = list(c->arena, a->captions, a->n_captions),
        .n_captions = a->n_captions,
        .credit = join_credit(c->arena, a, false),
        .credit_words = join_credit(c->arena, a, true),
        .text = pm_arena_str(c->arena, a->text.ptr ? a->text : PM_STR("")).ptr,
        .text_len = a->text.len,
        .words = a->words,
        .blocks = blocks(c->arena, a),
        .n_blocks = a->n_blocks,
    };
    *dst = &c->article;
    return pm_arena_check(c->arena, err);
}

/* Drop the blocks that are furniture of the outlet, and the lines that they are in the text. */
static int
unfurnish(struct pressmark_cleaner *c, const struct pm_furniture *set, struct pm_str outlet, struct pm_article *a,
          struct pm_err *err)
{
    struct pm_buf text = PM_BUF_INIT(a->text.len);
    const struct pm_piece *piece;
    struct pm_unfurnish u;
    struct pm_str line;
    int rc;

    pm_unfurnish_begin(&u, set, a->text);
    for (size_t i = 0; i < a->n_blocks; i++) {
        struct pm_block *b = &a->blocks[i];

        if (!b->kept || !pm_unfurnish_next(&u, &line, &piece) || piece == NULL)
            continue;
        b->kept = false;
        b->rule = pm_arena_strf(c->scratch, "furniture: in %u of %u captures of " PM_STR_FMT, piece->captures,
                                piece->of, PM_STR_ARG(outlet))
                      .ptr;
        b->score = (float)piece->captures / (float)piece->of;
    }
    pm_unfurnish(set, a->text, &text);
    a->text = pm_arena_copy(c->scratch, &text);
    a->words = (uint32_t)pm_text_words(a->text);
    rc = pm_buf_check(&text, err);
    pm_buf_release(&text);
    return rc == PM_OK ? pm_arena_check(c->scratch, err) : rc;
}

/* What a file or a payload is: an MHTML one is cleaned for the page in it. */
static int
open_page(struct pressmark_cleaner *c, struct pm_clean_input *in, struct pm_err *err)
{
    struct pm_mhtml mhtml;
    int rc;

    if (!pm_mhtml_sniff(in->payload))
        return PM_OK;
    rc = pm_mhtml_parse(in->payload, c->scratch, &mhtml, err);
    if (rc == PM_OK) {
        in->payload = mhtml.html;
        in->type = PM_STR("text/html");
    }
    return rc;
}

/* `set`, of the outlet: furniture that comes off; NULL: none. */
static int
clean(struct pressmark_cleaner *c, const struct pm_clean_input *in, const struct pm_furniture *set,
      struct pm_str outlet, const struct pressmark_article **dst, struct pm_err *err)
{
    struct pm_article a;
    int rc;

    if (in->media == PM_MEDIA_OTHER)
        return pm_fail(err, PM_SKIP, "not a page of text");
    rc = pm_clean(c->cleaner, in, &a, err);
    if (rc == PM_OK && set != NULL && set->n > 0)
        rc = unfurnish(c, set, outlet, &a, err);
    return rc == PM_OK ? hand_out(c, &a, dst, err) : rc;
}

int
pressmark_clean(struct pressmark_cleaner *c, const char *bytes, size_t len, const char *type, const char *url,
                const char *name, const struct pressmark_article **dst, struct pressmark_error *err)
{
    struct pm_err e = PM_ERR_INIT;
    struct pm_clean_input in = {.payload = PM_STRN(bytes, len), .type = pm_str_of(type), .url = pm_str_of(url)};
    int rc;

    if (len == 0)
        return pm_archive_give(err, pm_fail(&e, PM_SKIP, "is empty"), &e);
    pm_arena_reset(c->scratch);
    rc = open_page(c, &in, &e);
    if (rc == PM_OK) {
        in.media = pm_mime_media(in.payload, in.type, pm_str_of(name));
        rc = clean(c, &in, NULL, PM_STR_NULL, dst, &e);
    }
    return pm_archive_give(err, rc, &e);
}

int
pressmark_clean_capture(struct pressmark_archive *a, const char *id, struct pressmark_cleaner *c,
                        const struct pressmark_article **dst, struct pressmark_error *err)
{
    const struct pm_furniture *set = NULL;
    struct pm_furnisher *furnisher = NULL;
    struct pm_err e = PM_ERR_INIT;
    struct pm_clean_input in = {0};
    struct pm_row row;
    int rc;

    pm_arena_reset(c->scratch);
    pm_buf_reset(&c->page);
    rc = pm_archive_find(a, id, c->scratch, &row, &e);
    if (rc == PM_OK)
        rc = pm_restore_bytes(a->manifest, a->bundles, &row, PM_RESTORE_RAW, &c->page, &e);
    if (rc == PM_OK) {
        in.payload = pm_buf_span(&c->page);
        in.type = row.type;
        in.url = row.url;
        in.media = row.media;
        rc = open_page(c, &in, &e);
    }
    if (rc == PM_OK)
        rc = pm_furnisher_new(&furnisher, a->manifest, &e);
    if (rc == PM_OK)
        rc = pm_furnisher_find(furnisher, row.outlet, &set, &e);
    if (rc == PM_OK)
        rc = clean(c, &in, set, row.outlet, dst, &e);
    pm_furnisher_free(furnisher);
    return pm_archive_give(err, rc, &e);
}

int
pressmark_fingerprint_text(struct pressmark_cleaner *c, const char *bytes, size_t len, char **hex,
                           struct pressmark_error *err)
{
    struct pm_buf packed = PM_BUF_INIT(PAGE_MEMORY), out = PM_BUF_INIT(PAGE_MEMORY);
    struct pm_err e = PM_ERR_INIT;
    struct pm_fingerprint fp;
    int rc = pm_fingerprint(c->shingler, PM_STRN(bytes, len), &fp, &e);

    if (rc == PM_OK) {
        pm_fingerprint_pack(&fp, &packed);
        pm_hex(&out, (const uint8_t *)packed.data, packed.len);
        (void)pm_buf_z(&out);
        rc = pm_buf_check(&packed, &e);
    }
    if (rc == PM_OK)
        rc = pm_buf_check(&out, &e);
    if (rc == PM_OK) {
        *hex = out.data;
        out = (struct pm_buf)PM_BUF_INIT(0);
    }
    pm_buf_release(&packed);
    pm_buf_release(&out);
    return pm_archive_give(err, rc, &e);
}

/* ---- small services ---- */

bool
pressmark_when_parse(const char *date, int64_t *when_us)
{
    return pm_when_parse(pm_str_of(date), when_us);
}

void
pressmark_when_format(int64_t when_us, char dst[32])
{
    struct pm_buf out = PM_BUF_INIT(DATE_LEN - 1);

    pm_when_iso(&out, when_us);
    (void)snprintf(dst, DATE_LEN, "%s", pm_buf_z(&out));
    pm_buf_release(&out);
}
