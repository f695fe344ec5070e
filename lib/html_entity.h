/*
 * html_entity.h - character references to UTF-8 (WHATWG HTML, 13.2.5.72).
 *
 * Internal to the HTML parser. Pure.
 */
#ifndef PM_HTML_ENTITY_H
#define PM_HTML_ENTITY_H

#include "buf.h"

/* Bytes that pm_entity_decode() may write for `len` bytes. */
#define PM_ENTITY_ROOM(len) ((len) * 2)

/*
 * Decode `s` to `dst`, which has PM_ENTITY_ROOM(s.len) bytes; bytes of 0 are dropped. Returns the
 * bytes written. `attr`: by the rules for attribute values.
 */
size_t pm_entity_decode(char *dst, struct pm_str s, bool attr);

#endif
