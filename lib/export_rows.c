/* JSON Lines and CSV. */
#include "export_own.h"
#include "json.h"

static void
json_text(struct pm_buf *dst, const char *key, struct pm_str value)
{
    if (value.ptr != NULL)
        pm_json_member(dst, key, value);
}

int
pm_export_jsonl(struct pm_exporter *x, const struct pm_row *row)
{
    struct pm_buf *out = &x->scratch;
    struct pm_wanted wanted = {.text = row->text};
    struct pm_text_loc loc;
    struct pm_str outlet;
    int rc = PM_SKIP;

    pm_buf_reset(&x->record);
    if (row->text.bundle != 0)
        rc = pm_manifest_text_loc(x->manifest, row->capture, &loc, &outlet, x->err);
    if (rc == PM_OK) {
        wanted.page = loc.page;
        rc = pm_furnisher_find(x->furnisher, row->outlet, &wanted.furniture, x->err);
    }
    if (rc == PM_OK)
        rc = pm_give(x->giver, &wanted, PM_RESTORE_TEXT, &x->record, x->err);
    if (rc < 0)
        return rc;
    pm_buf_reset(out);
    pm_buf_putc(out, '{');
    pm_json_member_hex(out, "id", row->uid, sizeof(row->uid));
    json_text(out, "key", row->key);
    pm_json_member(out, "url", row->url);
    json_text(out, "outlet", row->outlet);
    pm_json_member_when(out, "date", row->when_us);
    json_text(out, "title", row->title);
    json_text(out, "standfirst", row->standfirst);
    pm_json_member_raw(out, "byline", row->byline);
    json_text(out, "published", row->published);
    json_text(out, "modified", row->modified);
    json_text(out, "section", row->section);
    json_text(out, "site", row->site);
    json_text(out, "language", row->language);
    json_text(out, "canonical", row->canonical);
    json_text(out, "credit", row->credit);
    json_text(out, "credit_words", row->credit_words);
    pm_json_member_raw(out, "captions", row->captions);
    json_text(out, "type", row->type);
    pm_json_member_int(out, "payload_size", (int64_t)row->payload_size);
    pm_json_member_hex(out, "payload_sha256", row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_json_member_int(out, "words", row->words);
    pm_json_member(out, "text", rc == PM_OK ? pm_buf_span(&x->record) : PM_STR(""));
    pm_buf_cstr(out, "}\n");
    rc = pm_buf_check(out, x->err);
    return rc == PM_OK ? pm_export_write(x, pm_buf_span(out)) : rc;
}

/* What spreadsheets take for a formula, or skip before one; those of East Asia take wide signs too. */
static bool
starts_formula(struct pm_str s)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

    if (s.len > 0 && memchr("=+-@\t\r\n", s.ptr[0], 7) != NULL)
        return true;
    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
        if (pm_str_starts(s, pm_str_of(wide[i])))
            return true;
    return false;
}

/*
 * A cell (RFC 4180). One that a spreadsheet would take for a formula gets an apostrophe: what a page says
 * is never run.
 */
static void
csv_cell(struct pm_buf *dst, struct pm_str s)
{
    for (; s.len > 0 && s.ptr[0] == '\0'; s.len--) /* no NUL is written, so none hides what comes behind it */
        s.ptr++;
    if (dst->len > 0 && dst->data[dst->len - 1] != '\n')
        pm_buf_putc(dst, ',');
    pm_buf_putc(dst, '"');
    if (starts_formula(s))
        pm_buf_putc(dst, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            pm_buf_putc(dst, '"');
        if (s.ptr[i] != '\0')
            pm_buf_putc(dst, s.ptr[i]);
    }
    pm_buf_putc(dst, '"');
}

#define CSV_HEADER                                                                                                     \
    "id,key,url,outlet,date,title,standfirst,byline,published,modified,section,site,language,canonical,credit,type,"   \
    "status,payload_size,payload_sha256,words\r\n"

int
pm_export_csv(struct pm_exporter *x, const struct pm_row *row)
{
    const struct pm_str before[] = {row->key, row->url, row->outlet};
    const struct pm_str behind[] = {row->title,     row->standfirst, row->byline, row->published,
                                    row->modified,  row->section,    row->site,   row->language,
                                    row->canonical, row->credit,     row->type};
    struct pm_buf *out = &x->scratch, *cell = &x->packed;
    int rc;

    pm_buf_reset(out);
    if (x->offset == 0)
        pm_buf_cstr(out, CSV_HEADER);
    pm_buf_reset(cell);
    pm_hex(cell, row->uid, sizeof(row->uid));
    csv_cell(out, pm_buf_span(cell));
    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
        csv_cell(out, before[i]);
    pm_buf_reset(cell);
    if (row->when_us != PM_WHEN_NONE)
        pm_when_iso(cell, row->when_us);
    csv_cell(out, pm_buf_span(cell));
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
        csv_cell(out, behind[i]);
    pm_buf_addf(out, ",%d,%llu,", row->status, (unsigned long long)row->payload_size);
    pm_hex(out, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    pm_buf_addf(out, ",%u\r\n", row->words);
    rc = pm_buf_check(out, x->err);
    if (rc == PM_OK)
        rc = pm_buf_check(cell, x->err);
    return rc == PM_OK ? pm_export_write(x, pm_buf_span(out)) : rc;
}
