/* capture_out.c - a capture on standard output */
#include "capture_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "article_out.h"
#include "talk.h"

void
capture_which(const struct pressmark_capture *c)
{
    json_text("id", c->id);
    json_text("key", c->key);
    json_text("url", c->url);
    json_text("outlet", c->outlet);
    json_when("date", c->when_us);
    json_text("title", c->title);
    json_text("credit", c->credit);
}

void
capture_json(const struct pressmark_capture *c)
{
    json_begin("capture");
    json_text("id", c->id);
    json_text("key", c->key);
    json_text("url", c->url);
    json_text("outlet", c->outlet);
    json_when("date", c->when_us);
    json_text("date_from", c->when_source);
    json_text("title", c->title);
    json_raw("byline", c->byline);
    json_text("published", c->published);
    json_text("language", c->language);
    json_text("credit", c->credit);
    json_text("standfirst", c->standfirst);
    json_text("modified", c->modified);
    json_text("section", c->section);
    json_text("site", c->site);
    json_text("canonical", c->canonical);
    json_raw("captions", c->captions);
    json_text("credit_words", c->credit_words);
    json_uint("words", c->words);
    json_text("content_type", c->type);
    json_int("status", c->status);
    json_uint("payload_size", c->payload_size);
    json_text("payload_sha256", c->payload_sha256);
    json_text("original", c->original);
    json_uint("stored_size", c->stored_size);
    json_text("bundle", c->bundle);
    json_uint("offset", c->offset);
    json_end();
}

static const char *const names[] = {
    "id",       "date",    "outlet", "url", "title",        "credit",      "words",    "published",
    "language", "section", "byline", "key", "payload_size", "stored_size", "original",
};

void
capture_names(struct table *t)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        table_text(t, names[i]);
    table_end(t);
}

void
capture_cells(struct table *t, const struct pressmark_capture *c)
{
    char *byline = joined_json(c->byline);

    table_text(t, c->id);
    table_when(t, c->when_us);
    table_text(t, c->outlet);
    table_text(t, c->url);
    table_text(t, c->title);
    table_text(t, c->credit);
    table_uint(t, c->words);
    table_text(t, c->published);
    table_text(t, c->language);
    table_text(t, c->section);
    table_text(t, byline);
    table_text(t, c->key);
    table_uint(t, c->payload_size);
    table_uint(t, c->stored_size);
    table_text(t, c->original);
    table_end(t);
    free(byline);
}

static void
storage_fields(const struct cli *cli, const struct pressmark_capture *c)
{
    char text[320], a[32], b[32];

    if (c->status) {
        snprintf(text, sizeof(text), "%d", c->status);
        field_line(cli, "status", text);
    }
    field_line(cli, "type", c->type);
    snprintf(text, sizeof(text), "%s, stored in %s", bytes_text(c->payload_size, a), bytes_text(c->stored_size, b));
    field_line(cli, "size", text);
    field_line(cli, "sha256", c->payload_sha256);
    field_line(cli, "same as", c->original);
    if (c->bundle) {
        snprintf(text, sizeof(text), "%s at %llu", c->bundle, (unsigned long long)c->offset);
        field_line(cli, "record", text);
    }
}

void
capture_fields(const struct cli *cli, const struct pressmark_capture *c)
{
    char *byline = joined_json(c->byline), *captions = joined_json(c->captions);
    char when[64], text[96], n[32];

    field_line(cli, "id", c->id);
    field_line(cli, "key", c->key);
    field_line(cli, "url", c->url);
    field_line(cli, "outlet", c->outlet);
    if (c->when_us != PRESSMARK_NO_TIME) {
        pressmark_when_format(c->when_us, when);
        snprintf(text, sizeof(text), "%s (from the %s)", when, c->when_source);
        field_line(cli, "date", text);
    }
    field_line(cli, "title", c->title);
    field_line(cli, "standfirst", c->standfirst);
    field_line(cli, "byline", byline);
    field_line(cli, "published", c->published);
    field_line(cli, "modified", c->modified);
    field_line(cli, "credit", c->credit);
    field_line(cli, "credit words", c->credit_words);
    field_line(cli, "section", c->section);
    field_line(cli, "site", c->site);
    field_line(cli, "language", c->language);
    field_line(cli, "canonical", c->canonical);
    field_line(cli, "captions", captions);
    if (c->words)
        field_line(cli, "words", count_text(c->words, n));
    storage_fields(cli, c);
    free(byline);
    free(captions);
}
