/* What a capture says of itself: its article, its fingerprint, its row of the manifest. */
#include "clean.h"
#include "furniture.h"
#include "http.h"
#include "json.h"
#include "mime.h"
#include "prepare_own.h"
#include "text.h"
#include "uid.h"
#include "url.h"

/* ---- the row ---- */

static struct pm_str
json_list(struct pm_preparer *p, const struct pm_str *items, size_t n, struct pm_arena *arena)
{
    if (n == 0)
        return PM_STR_NULL;
    pm_buf_reset(&p->scratch);
    pm_buf_putc(&p->scratch, '[');
    for (size_t i = 0; i < n; i++) {
        pm_json_comma(&p->scratch);
        pm_json_str(&p->scratch, items[i]);
    }
    pm_buf_putc(&p->scratch, ']');
    return pm_arena_copy(arena, &p->scratch);
}

/* Short names, or the words behind them, joined. */
static struct pm_str
join_credit(struct pm_preparer *p, const struct pm_article *a, bool words, struct pm_arena *arena)
{
    if (a->n_credit == 0)
        return PM_STR_NULL;
    pm_buf_reset(&p->scratch);
    pm_credit_join(a->credit, a->n_credit, words, &p->scratch);
    return pm_arena_copy(arena, &p->scratch);
}

/* A copy, as UTF-8 even where it came from a header in Latin-1. */
static struct pm_str
keep(struct pm_arena *arena, struct pm_str s)
{
    struct pm_buf utf8 = PM_BUF_INIT(3 * s.len);
    struct pm_str copy = PM_STR_NULL;

    if (s.len == 0)
        return PM_STR_NULL;
    if (pm_utf8_valid(s))
        return pm_arena_str(arena, s);
    if (pm_text_decode(s, "windows-1252", &utf8, NULL) == PM_OK || utf8.failed)
        copy = pm_arena_copy(arena, &utf8);
    pm_buf_release(&utf8);
    return copy;
}

static void
fill_article(struct pm_preparer *p, const struct pm_article *a, struct pm_arena *arena, struct pm_row *row)
{
    row->title = keep(arena, a->title);
    row->standfirst = keep(arena, a->standfirst);
    row->byline = json_list(p, a->byline, a->n_byline, arena);
    row->published = keep(arena, a->published);
    row->modified = keep(arena, a->modified);
    row->section = keep(arena, a->section);
    row->site = keep(arena, a->site);
    row->language = keep(arena, a->language);
    row->canonical = keep(arena, a->canonical);
    row->captions = json_list(p, a->captions, a->n_captions, arena);
    row->credit = join_credit(p, a, false, arena);
    row->credit_words = join_credit(p, a, true, arena);
    row->words = a->words;
}

/* The target of a capture: as given, else what the page says of itself, else its path, else its content. */
static struct pm_str
choose_url(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_row *row, struct pm_arena *arena)
{
    if (cap->url.len > 0)
        return pm_arena_str(arena, cap->url);
    pm_buf_reset(&p->scratch);
    if (row->canonical.len > 0 && pm_url_host(row->canonical).len > 0)
        return row->canonical;
    if (cap->key.len > 0) {
        pm_url_from_path(&p->scratch, cap->key);
    } else {
        pm_buf_cstr(&p->scratch, "urn:sha256:");
        pm_hex(&p->scratch, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    }
    return pm_arena_copy(arena, &p->scratch);
}

static void
choose_when(const struct pm_capture *cap, struct pm_row *row)
{
    bool given = cap->when_source == PM_WHEN_FROM_RECORD || cap->when_source == PM_WHEN_FROM_OPTION;

    row->when_us = cap->when_us;
    row->when_source = cap->when_us == PM_WHEN_NONE ? PM_WHEN_FROM_NONE : cap->when_source;
    if ((!given || cap->when_us == PM_WHEN_NONE) && row->published.len > 0 &&
        pm_when_parse(row->published, &row->when_us))
        row->when_source = PM_WHEN_FROM_PAGE;
}

/* ---- stages ---- */

/* The payload as a page: HTTP codings undone, and what kind of page it is. *base: what its text may be a patch of. */
static int
decode(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_str *page,
       struct pm_str *base, struct pm_str *type, enum pm_media *media, int *status, const char **bomb,
       struct pm_err *err)
{
    struct pm_mhtml mhtml;
    struct pm_http http;
    const char *odd = NULL;
    int rc;

    *page = cap->payload;
    *base = PM_STR_NULL;
    if (cap->http.ptr == NULL &&
        !pm_str_starts(cap->payload, PM_STR("HTTP/"))) /* else it would be taken for a response */
        *base = cap->payload;
    *type = cap->type;
    *media = cap->media;
    *status = 0;
    if (cap->big != NULL) { /* kept, not cleaned */
        *media = PM_MEDIA_OTHER;
        if (cap->http.ptr != NULL && pm_http_parse(cap->http, &http, NULL) == PM_OK)
            *status = http.status;
        return PM_OK;
    }
    if (*media == PM_MEDIA_HTML && pm_mhtml_sniff(*page)) { /* cleaned is the page in it */
        rc = pm_mhtml_parse(*page, arena, &mhtml, err);
        if (rc == PM_OK) {
            *page = mhtml.html;
            *type = mhtml.type;
        }
        return rc == PM_SKIP ? PM_OK : rc;
    }
    if (cap->http.ptr == NULL)
        return PM_OK;
    rc = pm_http_parse(cap->http, &http, err);
    if (rc != PM_OK)
        return rc == PM_SKIP ? PM_OK : rc;
    http.body = cap->payload;
    *status = http.status;
    pm_buf_reset(&p->decoded);
    rc = pm_http_decode(p->codec, &http, &p->decoded, &odd, err);
    if (rc == PM_ELIMIT) {
        *bomb = "unpacks to more than a page may: kept as it came, not cleaned";
        *media = PM_MEDIA_OTHER;
        return PM_OK;
    }
    if (rc != PM_OK)
        return rc;
    *page = pm_buf_span(&p->decoded);
    if (odd == NULL) /* what comes of a damaged body may depend on who decodes it */
        *base = *page;
    *type = pm_http_field(http.head, PM_STR("content-type"));
    *media = pm_mime_media(*page, *type, cap->url);
    return PM_OK;
}

static bool
is_success(int status)
{
    return status == 0 || (status >= 200 && status < 300);
}

/*
 * The text of a JSON Lines row was taken off its page by whoever wrote the row: all its lines are kept, the cleaner
 * only reads the fields in it.
 */
static int
whole_text(struct pm_str payload, struct pm_arena *arena, struct pm_str *text, struct pm_err *err)
{
    struct pm_buf whole = PM_BUF_INIT(payload.len + 1), *out = &whole;
    int rc;

    while (payload.len > 0) {
        const char *end = memchr(payload.ptr, '\n', payload.len);
        size_t n = end != NULL ? (size_t)(end - payload.ptr) : payload.len, before = out->len;

        if (before > 0)
            pm_buf_putc(out, '\n');
        pm_text_squeeze(out, PM_STRN(payload.ptr, n));
        if (before > 0 && out->len == before + 1)
            out->len = before; /* an empty line */
        n += end != NULL;
        payload.ptr += n;
        payload.len -= n;
    }
    *text = pm_arena_copy(arena, out);
    rc = pm_buf_check(out, err);
    pm_buf_release(out);
    return rc;
}

int
pm_prepare_understand(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena,
                      struct pm_prepared *dst, struct pm_str *text, struct pm_str *base, struct pm_err *err)
{
    /* A URL made of a path says nothing of the page, and is not there when the file is taken in first. */
    struct pm_clean_input in = {.url = pm_url_host(cap->url).len > 0 ? cap->url : PM_STR_NULL};
    struct pm_fingerprint fp;
    struct pm_article article;
    struct pm_row *row = &dst->row;
    bool whole;
    int rc = decode(p, cap, arena, &in.payload, base, &in.type, &in.media, &row->status, &dst->odd, err);

    *text = PM_STR_NULL;
    if (rc != PM_OK)
        return rc;
    row->media = in.media;
    row->type = keep(arena, in.type);
    if (in.media == PM_MEDIA_OTHER || !is_success(row->status))
        return PM_OK;
    whole = cap->origin == PM_ORIGIN_JSONL && in.media == PM_MEDIA_TEXT;
    rc = pm_clean(p->cleaner, &in, &article, err);
    if (rc < 0 && rc != PM_ELIMIT)
        return rc;
    if (rc == PM_ELIMIT)
        dst->odd = "takes more memory to clean than a page may: kept, not cleaned";
    if (rc == PM_OK)
        fill_article(p, &article, arena, row);
    else if (!whole)
        return PM_OK;
    else
        article = (struct pm_article){0};
    if (cap->title.len > 0 && row->title.ptr == NULL)
        row->title = keep(arena, pm_str_trim(cap->title));
    *text = article.text;
    if (whole) {
        rc = whole_text(in.payload, arena, text, err);
        if (rc != PM_OK)
            return rc;
        row->words = (uint32_t)pm_text_words(*text);
    }
    if (row->words == 0)
        return PM_OK;
    rc = pm_fingerprint(p->shingler, *text, &fp, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_fingerprint_pack(&fp, &p->scratch);
    dst->packed = pm_arena_copy(arena, &p->scratch);
    dst->exact = fp.exact;
    rc = pm_buf_check(&p->scratch, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_blocks_pack(*text, &p->scratch);
    dst->blocks = pm_arena_copy(arena, &p->scratch);
    return pm_buf_check(&p->scratch, err);
}

int
pm_prepare_identify(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_row *row,
                    struct pm_err *err)
{
    struct pm_str site;
    int rc = PM_OK;

    if (cap->big != NULL)
        row->payload_sha = cap->big->payload_sha;
    else
        rc = pm_digest_sha256(p->digester, &cap->payload, 1, &row->payload_sha, err);
    if (rc != PM_OK)
        return rc;
    row->payload_size = cap->big != NULL ? cap->big->payload_size : cap->payload.len;
    row->key = keep(arena, cap->key);
    row->url = choose_url(p, cap, row, arena);
    choose_when(cap, row);
    site = pm_url_site(row->url);
    row->outlet = cap->outlet.len > 0 ? pm_arena_str(arena, cap->outlet)
                  : site.len > 0      ? pm_arena_str(arena, site)
                                      : row->site;
    return pm_uid_make(p->digester, row, err);
}
