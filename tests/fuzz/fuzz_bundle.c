/* A bundle: walked frame by frame, each record then read in one piece and in many, and its texts; the ways agree. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "big.h"
#include "fuzz_dir.h"
#include "sum.h"
#include "text_record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BUNDLE PM_BUNDLE_DIR "/000001.warc.zst"
enum { RECORD_MAX = 1 << 22, DICT_SPAN = 1 << 21 };

static int
append(void *ctx, struct pm_str piece, struct pm_err *err)
{
    pm_buf_str(ctx, piece);
    return pm_buf_check(ctx, err);
}

/* In pieces, and what they are seen as. */
static void
stream(struct pm_bundle_reader *r, const struct pm_loc *loc, struct pm_str whole)
{
    struct pm_buf pieces = PM_BUF_INIT(RECORD_MAX), payload = PM_BUF_INIT(RECORD_MAX);
    struct pm_big_facts facts;
    struct pm_big *big = NULL;
    uint64_t check;
    int rc = pm_bundle_stream(r, loc, append, &pieces, &check, NULL);

    if (whole.ptr != NULL && rc == PM_OK && !pm_str_eq(whole, pm_buf_span(&pieces)))
        abort();
    if (pm_big_new(&big, PM_BIG_UNKNOWN, append, &payload, NULL) == PM_OK &&
        pm_bundle_stream(r, loc, pm_big_add, big, NULL, NULL) == PM_OK && pm_big_end(big, &facts, NULL) == PM_OK) {
        if (rc != PM_OK || facts.size != pieces.len || facts.payload_size != payload.len ||
            facts.head.len + facts.http.len + payload.len + 4 != pieces.len)
            abort();
        (void)sum(facts.start);
    }
    pm_big_free(big);
    pm_buf_release(&pieces);
    pm_buf_release(&payload);
}

static void
read_record(struct pm_bundle_reader *r, struct pm_text_reader *t, const struct pm_loc *page, const struct pm_loc *loc)
{
    struct pm_buf whole = PM_BUF_INIT(RECORD_MAX), start = PM_BUF_INIT(RECORD_MAX);
    const struct pm_text_loc both = {*page, *loc};
    struct pm_err err = PM_ERR_INIT;
    struct pm_str text;
    int rc = pm_bundle_read(r, loc, &whole, &err);

    stream(r, loc, rc == PM_OK ? pm_buf_span(&whole) : PM_STR_NULL);
    if (pm_bundle_start(r, loc, &start, NULL) == PM_OK && rc == PM_OK && !pm_str_starts(pm_buf_span(&whole), pm_buf_span(&start)))
        abort();
    if (pm_text_read(t, &both, &text, NULL) == PM_OK)
        (void)sum(text);
    pm_buf_release(&whole);
    pm_buf_release(&start);
}

static void
walk(struct pm_bundle_reader *r, struct pm_text_reader *t, size_t size)
{
    struct pm_buf record = PM_BUF_INIT(RECORD_MAX);
    struct pm_loc loc = {1, 0, 0}, page = loc;
    struct pm_err err = PM_ERR_INIT;
    uint64_t end = 0;
    int rc;

    while ((rc = pm_bundle_walk(r, &loc, UINT64_MAX, &record, &err)) == PM_OK || rc == PM_SKIP) {
        if (loc.offset != end || loc.length == 0 || loc.length > size - end || (rc == PM_SKIP && err.text[0] == '\0'))
            abort();
        end += loc.length;
        read_record(r, t, &page, &loc);
        page = loc;
        pm_buf_reset(&record);
    }
    if (rc == PM_DONE && end != size)
        abort();
    pm_buf_release(&record);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_buf dict = PM_BUF_INIT(DICT_SPAN);
    struct pm_bundle_reader *r = NULL;
    struct pm_text_reader *t = NULL;
    int root = fuzz_dir(), fd;

    (void)mkdirat(root, PM_BUNDLE_DIR, 0777);
    fd = openat(root, BUNDLE, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size || pm_bundle_reader_open(&r, root, NULL) != PM_OK ||
        pm_text_reader_new(&t, r, NULL) != PM_OK)
        abort();
    close(fd);
    (void)pm_bundle_dict(r, 1, &dict, NULL);
    walk(r, t, size);
    pm_text_reader_free(t);
    pm_bundle_reader_free(r);
    pm_buf_release(&dict);
    return 0;
}
