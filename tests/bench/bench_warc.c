/*
 * Read WARC files and say how fast: "bench_warc [-c] [-l] [-v] [-n TIMES] FILE...". -c checks block
 * digests; -v names each record and all that is odd; -l lets the libraries alone do the same work on
 * the same records, whose places and sizes are known beforehand: reading, unpacking each member in
 * one call, and with -c SHA-1. One line a file: records, skipped, notes, decoded bytes, MB/s of them
 * by processor time.
 */
#include <fcntl.h>
#include <libdeflate.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include "fs.h"
#include "warc.h"

struct place { /* of a record: in the file, and of its block in what is unpacked */
    uint64_t offset;
    size_t stored, head, block;
};

struct count {
    unsigned long records, skipped, notes;
    unsigned long long bytes;
    struct place *places; /* kept if `keep` */
    size_t cap;
    bool keep;
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
take(struct count *n, const struct pm_warc_record *rec)
{
    if (n->keep) {
        n->places = pm_grow(n->places, &n->cap, n->records + 2, sizeof(*n->places));
        if (n->places == NULL)
            exit(2);
        n->places[n->records] = (struct place){rec->offset, 0, rec->head.len, rec->block.len};
    }
    n->records++;
    n->bytes += rec->head.len + rec->block.len;
    n->notes += rec->note.ptr != NULL;
}

static int
read_all(const char *path, bool check, bool verbose, struct count *n, struct pm_err *err)
{
    struct pm_warc_limits limits = {.check_digests = check};
    int fd = strcmp(path, "-") == 0 ? dup(0) : open(path, O_RDONLY | O_CLOEXEC);
    struct pm_warc_reader *r = NULL;
    struct pm_warc_record rec;
    int rc = fd < 0 ? pm_fail_errno(err, "cannot open") : pm_warc_open(&r, fd, &limits, err);

    *n = (struct count){.places = n->places, .cap = n->cap, .keep = n->keep};
    while (rc >= 0 && rc != PM_DONE) {
        rc = pm_warc_next(r, &rec, err);
        if (rc == PM_OK)
            take(n, &rec);
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

/* ---- the libraries alone ---- */

struct alone {
    int fd;
    bool gzip, zstd;
    struct libdeflate_decompressor *inflate;
    ZSTD_DCtx *dctx;
    ZSTD_DDict *ddict;
    EVP_MD *md; /* NULL: no digests */
    EVP_MD_CTX *ctx;
    char *packed, *out;
    size_t out_max;
};

/* The dictionary in a skippable frame before the first record. */
static int
open_dict(struct alone *a, uint64_t first, struct pm_err *err)
{
    char *frame = a->packed;
    size_t n;
    int rc;

    if (first <= 8)
        return PM_OK;
    rc = pm_fs_pread(a->fd, frame, (size_t)first, 0, err);
    if (rc != PM_OK)
        return rc;
    n = ZSTD_decompressDCtx(a->dctx, a->out, a->out_max, frame + 8, (size_t)first - 8);
    a->ddict = ZSTD_isError(n) ? NULL : ZSTD_createDDict(a->out, n);
    return a->ddict != NULL ? PM_OK : pm_fail(err, PM_ECORRUPT, "no dictionary");
}

static int
one_alone(struct alone *a, const struct place *p, struct pm_err *err)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    size_t made = p->head + p->block, in;
    const char *record = a->packed;
    int rc = pm_fs_pread(a->fd, a->packed, p->stored, p->offset, err);

    if (rc != PM_OK)
        return rc;
    if (a->gzip && libdeflate_gzip_decompress_ex(a->inflate, a->packed, p->stored, a->out, a->out_max, &in,
                                                 &made) != LIBDEFLATE_SUCCESS)
        return pm_fail(err, PM_ECORRUPT, "member is damaged");
    if (a->zstd)
        made = ZSTD_decompress_usingDDict(a->dctx, a->out, a->out_max, a->packed, p->stored, a->ddict);
    if (a->zstd && ZSTD_isError(made))
        return pm_fail(err, PM_ECORRUPT, "frame is damaged");
    if (a->gzip || a->zstd)
        record = a->out;
    if (a->md != NULL &&
        (EVP_DigestInit_ex2(a->ctx, a->md, NULL) != 1 ||
         EVP_DigestUpdate(a->ctx, record + p->head, p->block) != 1 ||
         EVP_DigestFinal_ex(a->ctx, digest, NULL) != 1))
        return pm_fail(err, PM_ENOMEM, "no digest");
    return PM_OK;
}

static int
open_alone(struct alone *a, const char *path, bool check, const struct count *n, struct pm_err *err)
{
    struct pm_str name = pm_str_of(path);
    struct stat st;
    size_t most = (size_t)8 << 20;

    *a = (struct alone){.gzip = pm_str_ends(name, PM_STR(".gz")), .zstd = pm_str_ends(name, PM_STR(".zst"))};
    a->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (a->fd < 0 || fstat(a->fd, &st) != 0)
        return pm_fail_errno(err, "cannot open");
    n->places[n->records].offset = (uint64_t)st.st_size;
    for (size_t i = 0; i < n->records; i++) {
        struct place *p = &n->places[i];

        p->stored = (size_t)(p[1].offset - p->offset);
        most = p->stored > most ? p->stored : most;
        most = p->head + p->block + 4 > most ? p->head + p->block + 4 : most;
    }
    a->out_max = most;
    a->packed = malloc(most);
    a->out = malloc(most);
    a->inflate = libdeflate_alloc_decompressor();
    a->dctx = ZSTD_createDCtx();
    a->ctx = EVP_MD_CTX_new();
    a->md = check ? EVP_MD_fetch(NULL, "SHA1", NULL) : NULL;
    if (a->packed == NULL || a->out == NULL || a->inflate == NULL || a->dctx == NULL || a->ctx == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    return a->zstd ? open_dict(a, n->places[0].offset, err) : PM_OK;
}

static void
close_alone(struct alone *a)
{
    if (a->fd >= 0)
        close(a->fd);
    libdeflate_free_decompressor(a->inflate);
    ZSTD_freeDCtx(a->dctx);
    ZSTD_freeDDict(a->ddict);
    EVP_MD_free(a->md);
    EVP_MD_CTX_free(a->ctx);
    free(a->packed);
    free(a->out);
}

static int
alone(const char *path, bool check, const struct count *n, struct pm_err *err)
{
    struct alone a;
    int rc = open_alone(&a, path, check, n, err);

    for (size_t i = 0; rc == PM_OK && i < n->records; i++)
        rc = one_alone(&a, &n->places[i], err);
    close_alone(&a);
    return rc;
}

int
main(int argc, char **argv)
{
    bool check = false, libraries = false, verbose = false;
    long times = 1;
    int opt;

    while ((opt = getopt(argc, argv, "clvn:")) != -1) {
        check = check || opt == 'c';
        libraries = libraries || opt == 'l';
        verbose = verbose || opt == 'v';
        if (opt == 'n')
            times = strtol(optarg, NULL, 10);
    }
    for (int i = optind; i < argc; i++) {
        struct pm_err err = PM_ERR_INIT;
        struct count n = {.keep = libraries};
        double best = 1e9;

        if (libraries && (read_all(argv[i], false, false, &n, &err) < 0 || n.records == 0))
            return 2;
        for (long t = 0; t < times; t++) {
            double start = now(), took;

            if ((libraries ? alone(argv[i], check, &n, &err) : read_all(argv[i], check, verbose, &n, &err)) < 0)
                printf("  FAILED %s\n", err.text);
            took = now() - start;
            best = took < best ? took : best;
        }
        printf("%s: %lu records, %lu skipped, %lu notes, %llu bytes, %.0f MB/s\n", argv[i],
               n.records, n.skipped, n.notes, n.bytes, (double)n.bytes / best / 1e6);
        free(n.places);
    }
    return 0;
}
