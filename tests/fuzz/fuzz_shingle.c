/* Any text has a fingerprint that packs and unpacks to itself; any bytes unpack or are refused. */
#include <stdlib.h>
#include <string.h>

#include "shingle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_str text = PM_STRN((const char *)data, size);
    struct pm_arena *arena = pm_arena_new(64 << 20);
    struct pm_buf packed = PM_BUF_INIT(1 << 20);
    struct pm_shingler *s = NULL;
    struct pm_fingerprint f, back;
    struct pm_err err;

    if (arena == NULL || pm_shingler_new(&s, &err) != PM_OK) {
        pm_arena_free(arena);
        return 0;
    }
    must(pm_fingerprint(s, text, &f, &err) == PM_OK);
    pm_fingerprint_pack(&f, &packed);
    must(pm_buf_check(&packed, &err) == PM_OK);
    must(pm_fingerprint_unpack(pm_buf_span(&packed), arena, &back, &err) == PM_OK);
    must(back.words == f.words && back.n_h5 == f.n_h5 && back.n_hc == f.n_hc);
    must(f.n_h5 == 0 || memcmp(f.h5, back.h5, f.n_h5 * sizeof(*f.h5)) == 0);
    must(back.n_numbers == f.n_numbers);
    must(f.n_numbers == 0 || memcmp(f.numbers, back.numbers, f.n_numbers * sizeof(*f.numbers)) == 0);
    must(f.n_hc == 0 || memcmp(f.hc, back.hc, f.n_hc * sizeof(*f.hc)) == 0);
    pm_arena_reset(arena);
    (void)!pm_fingerprint_unpack(text, arena, &back, &err);
    pm_buf_release(&packed);
    pm_shingler_free(s);
    pm_arena_free(arena);
    return 0;
}
