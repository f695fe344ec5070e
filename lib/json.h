/*
 * json.h - JSON out, piece by piece, into a pm_buf (RFC 8259); JSON in, by jansson.
 *
 * Control characters are escaped; bytes that are no UTF-8 become U+FFFD, so the output is always
 * valid. Nothing is allocated but in the buffer, whose sticky failure is the only one.
 */
#ifndef PM_JSON_H
#define PM_JSON_H

#include "buf.h"

struct json_t;

/*
 * Parse a value; the caller calls json_decref(*dst). `flags` are jansson's JSON_*. PM_SKIP when it is no JSON, with the
 * reason in *err. PM_ENOMEM: jansson may not tell, and what it gives then may lack bytes.
 */
int pm_json_parse(struct pm_str json, size_t flags, struct json_t **dst, struct pm_err *err) PM_MUST_USE;

/* A JSON string, quotes included; `null` when absent. */
void pm_json_str(struct pm_buf *dst, struct pm_str s);

/*
 * Members of an object: a comma is written first unless the object was just opened ("{" or "[" is
 * the last byte of the buffer), then the key and the value.
 */
void pm_json_key(struct pm_buf *dst, const char *key);
void pm_json_member(struct pm_buf *dst, const char *key, struct pm_str value);
void pm_json_member_int(struct pm_buf *dst, const char *key, int64_t value);
/* Up to 4 decimals, trailing zeros cut: 0.9812 */
void pm_json_member_real(struct pm_buf *dst, const char *key, double value);
void pm_json_member_hex(struct pm_buf *dst, const char *key, const uint8_t *bytes, size_t n);
/* A time as ISO 8601 in UTC; no member for PM_WHEN_NONE. */
void pm_json_member_when(struct pm_buf *dst, const char *key, int64_t when_us);
/* What is JSON already; no member when it is absent. */
void pm_json_member_raw(struct pm_buf *dst, const char *key, struct pm_str json);
/* A comma where one is due, for array elements. */
void pm_json_comma(struct pm_buf *dst);

#endif
