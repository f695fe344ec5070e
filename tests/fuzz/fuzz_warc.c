/* WARC and ARC in all forms, large blocks in pieces in every other input: every byte is passed once, views are readable. */
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
    struct pm_str piece;
    int rc;

    if (size % 2 == 1) {
        limits.big_min = 64;
        limits.big_max = 1 << 20;
    }
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
        for (uint64_t left = rec.length; rc == PM_OK && rec.big && (rc = pm_warc_piece(r, &piece, &err)) == PM_OK;) {
            if (piece.len == 0 || piece.len > left)
                abort();
            left -= piece.len;
            sink += sum(piece);
        }
        if (rc < 0)
            break;
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
