/*
 * Read WARC files and say how fast: "bench_warc [-c] [-v] [-n TIMES] FILE...". -c checks block
 * digests, -v names each record and all that is odd. One line a file: records, skipped, notes,
 * decoded bytes, MB/s of them.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "warc.h"

struct count {
    unsigned long records, skipped, notes;
    unsigned long long bytes;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
read_all(const char *path, bool check, bool verbose, struct count *n, struct pm_err *err)
{
    struct pm_warc_limits limits = {.check_digests = check};
    int fd = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    struct pm_warc_reader *r = NULL;
    struct pm_warc_record rec;
    int rc = fd < 0 ? pm_fail_errno(err, "cannot open") : pm_warc_open(&r, fd, &limits, err);

    *n = (struct count){0};
    while (rc >= 0 && rc != PM_DONE) {
        rc = pm_warc_next(r, &rec, err);
        if (rc == PM_OK) {
            n->records++;
            n->bytes += rec.head.len + rec.block.len;
            n->notes += rec.note.ptr != NULL;
        }
        n->skipped += rc == PM_SKIP;
        if (verbose && rc == PM_OK)
            printf("  %llu " PM_STR_FMT " %zu " PM_STR_FMT "%s" PM_STR_FMT "\n",
                   (unsigned long long)rec.offset, PM_STR_ARG(rec.type), rec.block.len,
                   PM_STR_ARG(rec.uri), rec.note.ptr ? " NOTE " : "", PM_STR_ARG(rec.note));
        if (verbose && rc == PM_SKIP)
            printf("  SKIP %s\n", err->text);
    }
    pm_warc_free(r);
    if (fd >= 0)
        close(fd);
    return rc;
}

int
main(int argc, char **argv)
{
    bool check = false, verbose = false;
    long times = 1;
    int opt;

    while ((opt = getopt(argc, argv, "cvn:")) != -1) {
        check = check || opt == 'c';
        verbose = verbose || opt == 'v';
        if (opt == 'n')
            times = strtol(optarg, NULL, 10);
    }
    for (int i = optind; i < argc; i++) {
        struct pm_err err = PM_ERR_INIT;
        struct count n = {0};
        double best = 1e9;

        for (long t = 0; t < times; t++) {
            double start = now(), took;

            if (read_all(argv[i], check, verbose, &n, &err) < 0)
                printf("  FAILED %s\n", err.text);
            took = now() - start;
            best = took < best ? took : best;
        }
        printf("%s: %lu records, %lu skipped, %lu notes, %llu bytes, %.0f MB/s\n", argv[i],
               n.records, n.skipped, n.notes, n.bytes, (double)n.bytes / best / 1e6);
    }
    return 0;
}
