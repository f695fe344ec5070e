/*
 * export.h - captures in the forms that other programs read.
 *
 * WARC files carry the records byte for byte, so taking them in again gives equal records; but cleaned texts stand in them as
 * plain text. A revisit is preceded by the
 * capture that it repeats, whether that was chosen or not, or is made whole. One thread.
 */
#ifndef PM_EXPORT_H
#define PM_EXPORT_H

#include "chosen.h"

enum pm_export_form {
    PM_EXPORT_WARC_GZ,  /* a gzip member a record */
    PM_EXPORT_WARC_ZST, /* a zstd frame a record, no dictionary */
    PM_EXPORT_WACZ,     /* 1.1.1 */
    PM_EXPORT_JSONL,    /* fields and text; `snapshot` reads it */
    PM_EXPORT_CSV,      /* fields (RFC 4180) */
    PM_EXPORT_CDXJ,     /* an index of the captures' records in the bundles */
    PM_EXPORT_TAR,      /* the payloads, named as `restore` does, behind a table of what is known of them */
    PM_EXPORT_ZIP,      /* the same */
};

struct pm_export_options {
    enum pm_export_form form;
    const char *target; /* file, which must not exist, or "-" */
    int out_fd;         /* for "-" */
    unsigned jobs;      /* threads that read and unpack, where the form lets them */
    bool whole;         /* revisits become records that hold the payload */
    void (*skipped)(void *ctx, const char *text); /* a record that could not be read */
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pm_export_result {
    uint64_t captures, records, bytes, skipped; /* bytes: written */
};

/*
 * The captures chosen. If that is the whole archive, a WARC file gets all its records in their order, also those that
 * belong to no capture. `root`: descriptor of the archive's directory. PM_EINVAL when the target exists.
 */
int pm_export(const struct pm_chosen *chosen, int root, const struct pm_export_options *options,
              struct pm_export_result *dst, struct pm_err *err) PM_MUST_USE;

#endif
