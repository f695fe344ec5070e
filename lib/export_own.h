/*
 * export_own.h - what the parts of export share; private to export*.c.
 */
#ifndef PM_EXPORT_OWN_H
#define PM_EXPORT_OWN_H

#include "export.h"
#include "restore_give.h"
#include "restore_target.h"
#include "seen.h"

struct pm_exporter {
    const struct pm_chosen *chosen;
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_giver *giver;
    struct pm_text_reader *texts;
    struct pm_furnisher *furnisher; /* for JSON Lines, else NULL */
    const struct pm_export_options *options;
    struct pm_export_result *result;
    struct pm_err *err;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_target *target;
    struct pm_buf record, packed, scratch;
    struct pm_buf index, pages; /* lines of CDXJ, and of WACZ's pages.jsonl */
    struct pm_seen captures;    /* that are in the WARC file: an original may come before its turn */
    uint64_t offset;            /* bytes of the WARC file so far */
    int warc_fd;                /* of WACZ: the WARC file before it goes into the zip; -1 if none */
    uint64_t done, total;
};

enum { PM_EXPORT_GZIP_LEVEL = 6, PM_EXPORT_ZSTD_LEVEL = 9 };
#define PM_EXPORT_WARC_NAME "data.warc.gz" /* in a WACZ */

struct pm_cdxj_place;

/* A stored record that is too large for memory, into the WARC file; and as a line of CDXJ. (export_big.c) */
int pm_export_big(struct pm_exporter *x, const struct pm_loc *loc) PM_MUST_USE;
int pm_export_big_line(struct pm_exporter *x, const struct pm_loc *loc, const struct pm_cdxj_place *place) PM_MUST_USE;

/* Bytes to the target, counted. */
int pm_export_write(struct pm_exporter *x, struct pm_str bytes) PM_MUST_USE;

/* A row of JSON Lines or CSV; the first of CSV has the header line before it. */
int pm_export_jsonl(struct pm_exporter *x, const struct pm_row *row) PM_MUST_USE;
int pm_export_csv(struct pm_exporter *x, const struct pm_row *row) PM_MUST_USE;

/* The line of pages.jsonl for a capture. */
void pm_export_page(struct pm_exporter *x, const struct pm_row *row);
/* Put WARC, index and pages together. */
int pm_export_wacz(struct pm_exporter *x) PM_MUST_USE;

#endif
