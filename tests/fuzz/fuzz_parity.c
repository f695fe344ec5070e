/*
 * What mends a dictionary: as the bytes stand, and with a frame made for them, of which a run that the first six bytes name is then
 * damaged.
 */
#include <stdlib.h>

#include "bundle_parity.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUT_MAX = 1 << 20, BLOCK = 1024 };

static void
as_it_stands(const uint8_t *data, size_t size)
{
    char *start = malloc(size + 1);
    size_t length = 0;
    int rc;

    if (start == NULL)
        return;
    memcpy(start, data, size);
    rc = pm_parity_mend(start, size, &length, NULL);
    if (rc == PM_OK && length > size)
        abort();
    if (rc != PM_OK && rc != PM_DONE && rc != PM_ECORRUPT)
        abort();
    (void)pm_parity_is(PM_STRN(start, size), &length);
    free(start);
}

static void
damaged(struct pm_str frame, size_t at, size_t n, uint8_t with)
{
    struct pm_buf all = PM_BUF_INIT(OUT_MAX);
    size_t length = 0;
    bool hit = false;
    int rc;

    pm_buf_str(&all, frame);
    if (pm_parity_write(frame, &all, NULL) != PM_OK)
        abort();
    for (size_t i = at; i < at + n && i < frame.len; i++) {
        all.data[i] = (char)(all.data[i] ^ with);
        hit = true;
    }
    rc = pm_parity_mend(all.data, all.len, &length, NULL);
    /* A run of a block touches two blocks at most, and those are of different parity blocks. */
    if (hit && n <= BLOCK && rc != PM_OK)
        abort();
    if (rc == PM_OK && (length != frame.len || memcmp(all.data, frame.ptr, frame.len) != 0))
        abort();
    pm_buf_release(&all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_it_stands(data, size);
    if (size > 6)
        damaged(PM_STRN((const char *)data + 6, size - 6), (size_t)(data[0] | data[1] << 8),
                (size_t)(data[2] | data[3] << 8), data[4]);
    return 0;
}
