/*
 * jsonld.h - the JSON of a page's scripts as one flat array of values in document order.
 *
 * Reads what pages really hold: raw line breaks in strings, trailing commas, comments, CDATA and
 * HTML comment marks around the text, a text that breaks off. Nothing is copied, and nesting costs
 * no stack; time and memory are linear in the text. For strict JSON (our own, JSON Lines) we use
 * jansson.
 */
#ifndef PM_JSONLD_H
#define PM_JSONLD_H

#include "buf.h"

enum pm_jsonld_kind { PM_JSONLD_OBJECT, PM_JSONLD_ARRAY, PM_JSONLD_STRING, PM_JSONLD_OTHER };

struct pm_jsonld_value {
    struct pm_str key;  /* raw, of a member of an object; absent in arrays */
    struct pm_str text; /* raw, between the quotes of a string; of OTHER the number or word */
    uint32_t end;       /* index behind the last value inside */
    uint32_t parent;    /* index; the value that is outermost is its own parent */
    uint8_t kind;       /* enum pm_jsonld_kind */
};

struct pm_jsonld {
    const struct pm_jsonld_value *values;
    size_t n;
};

/* Most values that are read of one text; what is behind them is left out. */
enum { PM_JSONLD_VALUES_MAX = 65536 };

/*
 * Read `text` (borrowed as long as *dst is used), the array in `arena`. Text that is no JSON gives
 * no values; that is no failure.
 */
int pm_jsonld_read(struct pm_str text, struct pm_arena *arena, struct pm_jsonld *dst, struct pm_err *err) PM_MUST_USE;

/* Index of the member `key` of the object `at`, SIZE_MAX if there is none. */
size_t pm_jsonld_member(const struct pm_jsonld *j, size_t at, struct pm_str key);

/* The characters of a string, escapes and HTML's character references undone: a view into the text
 * or in `arena`. */
struct pm_str pm_jsonld_string(const struct pm_jsonld_value *v, struct pm_arena *arena);

#endif
