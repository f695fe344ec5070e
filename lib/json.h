/*
 * json.h - JSON out, piece by piece, into a pm_buf (RFC 8259). For JSON in we use jansson.
 *
 * Control characters are escaped; bytes that are no UTF-8 become U+FFFD, so the output is always
 * valid. Nothing is allocated but in the buffer, whose sticky failure is the only one.
 */
#ifndef PM_JSON_H
#define PM_JSON_H

#include "buf.h"

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
void pm_json_member_bool(struct pm_buf *dst, const char *key, bool value);
/* A comma where one is due, for array elements. */
void pm_json_comma(struct pm_buf *dst);

#endif
