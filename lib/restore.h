/*
 * restore.h - give captures back, byte for byte.
 */
#ifndef PM_RESTORE_H
#define PM_RESTORE_H

#include "chosen.h"

enum pm_restore_as {
    PM_RESTORE_RAW,  /* the payload as captured; of an HTTP response the body with its codings undone */
    PM_RESTORE_HTTP, /* status line, header fields and body as captured; only the payload where there is no HTTP */
    PM_RESTORE_TEXT, /* the cleaned text */
};

enum pm_restore_form { PM_RESTORE_DIR, PM_RESTORE_TAR, PM_RESTORE_ZIP, PM_RESTORE_STREAM };

struct pm_restore_options {
    enum pm_restore_as as;
    enum pm_restore_form form;
    const char *target; /* directory, made when missing; or file, which must not exist, or "-" */
    int out_fd;         /* for PM_RESTORE_STREAM and "-" */
    unsigned jobs;      /* threads that read and unpack; 0 or 1: the calling one alone */
    bool table;         /* begin with urls.tsv, which says of each file what is known of it; `snapshot` reads it */
    void (*skipped)(void *ctx, const char *text); /* a capture that could not be given back */
    int (*progress)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct pm_restore_result {
    uint64_t captures, bytes, skipped;
};

/*
 * The bytes of one capture, appended to `dst`; revisits are followed. `raw` bytes of a file are the file.
 */
int pm_restore_bytes(struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_row *row,
                     enum pm_restore_as as, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;

/*
 * The captures chosen, the same bytes for any number of jobs. `root`: descriptor of the archive's directory. Names in a directory, tar or zip come from outlet or host, date and path of the URL; they
 * are unique, portable, relative, never leave the target; nothing that exists is overwritten (PM_EINVAL).
 */
int pm_restore(const struct pm_chosen *chosen, int root, const struct pm_restore_options *options,
               struct pm_restore_result *dst, struct pm_err *err) PM_MUST_USE;

#endif
