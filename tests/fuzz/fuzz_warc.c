/* WARC and ARC in all forms: every byte is passed once, views are readable, digests that are
 * claimed right are. */
#include <stdlib.h>

#include "sum.h"
#include "warc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static volatile unsigned long sink;
    struct pm_warc_limits limits = {
        .header_max = 1 << 14, .block_max = 1 << 18, .check_digests = true};
    struct pm_warc_reader *r;
    struct pm_err err = PM_ERR_INIT;
    struct pm_warc_record rec;
    size_t calls = 0;
    int rc;

    sink = pm_warc_sniff(PM_STRN((const char *)data, size));
    if (pm_warc_open_memory(&r, PM_STRN((const char *)data, size), &limits, &err) != PM_OK)
        return 0;
    while ((rc = pm_warc_next(r, &rec, &err)) != PM_DONE) {
        if (rc < 0)
            break;
        if (rc == PM_OK)
            sink += sum(rec.head) + sum(rec.block) + sum(rec.uri) + sum(rec.note) + sum(rec.type) +
                    sum(rec.id);
        if (rc == PM_OK && rec.block.len > limits.block_max)
            abort();
        if (rc == PM_SKIP && err.text[0] == '\0')
            abort();
        /* A record takes bytes, but a frame of few may hold many. */
        if (++calls > 64 * (size + 1) * 1024)
            abort();
    }
    if (pm_warc_tell(r) > size)
        abort();
    pm_warc_free(r);
    return 0;
}
