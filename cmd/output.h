/*
 * output.h - machine-readable results on standard output: JSON Lines, CSV, TSV.
 *
 * What is written is valid whatever the bytes are: JSON is UTF-8 with controls escaped, CSV follows
 * RFC 4180, TSV escapes tab, line feed, carriage return and backslash. Failures of the stream are
 * found when the program closes it.
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- JSON Lines ---- */

/* Start an object; members follow; json_end() closes it and the line. An object without `type` is
 * nested. */
void json_begin(const char *type);
void json_end(void);
void json_text(const char *key, const char *value); /* null when NULL */
void json_bytes(const char *key, const char *value, size_t len);
void json_int(const char *key, int64_t value);
void json_uint(const char *key, uint64_t value);
void json_number(const char *key, double value); /* at most 4 decimals */
void json_bool(const char *key, bool value);
void json_when(const char *key, int64_t when_us); /* null for no time */
/* A value that is JSON already; null when NULL. */
void json_raw(const char *key, const char *json);
void json_strings(const char *key, const char *const *items, size_t n);
/* Arrays of objects: json_list(), then json_item() and json_close() around each, then
 * json_list_end(). */
void json_list(const char *key);
void json_item(void);
void json_close(void);
void json_list_end(void);

/* {"type":"header","format":1,"command":...} */
void json_header(const char *command);
/* Say what was left out, and why: on standard error, and with `json` as a row of type "skipped" too. */
void tell_skipped(const char *text, bool json);

/* ---- CSV and TSV ---- */

struct table {
    bool tsv;  /* else CSV */
    bool mask; /* standard output is a terminal */
    bool begun;
};

/* A cell; in CSV one that a spreadsheet could take for a formula gets an apostrophe before it. */
void table_text(struct table *t, const char *value); /* empty when NULL */
void table_uint(struct table *t, uint64_t value);
void table_real(struct table *t, double value);
void table_when(struct table *t, int64_t when_us);
void table_end(struct table *t);

/* ---- small parts ---- */

/* The strings joined by ", ", in memory that the caller frees. */
char *joined(const char *const *items, size_t n);
/* The same of a JSON array of strings, as struct pressmark_capture has them. */
char *joined_json(const char *json);

/* "2024-05-31 18:00" (UTC) for people, "-" for no time; dst is returned. */
char *when_text(int64_t when_us, char dst[32]);

#endif
