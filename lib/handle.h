/*
 * handle.h - what the parts of the public interface share; private to archive*.c.
 */
#ifndef PM_HANDLE_H
#define PM_HANDLE_H

#include "bundle.h"
#include "manifest.h"
#include "pressmark.h"

/* Names in the directory of an archive. */
#define PM_FORMAT_NAME "FORMAT"
#define PM_LOCK_NAME   "lock"
#define PM_TMP_DIR     "tmp"

struct pressmark_archive {
    int root, lock; /* descriptors; lock is -1 when only reading */
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
};

/* Open the directory of an archive; PM_ENOTFOUND, PM_EVERSION. The caller closes *root, set or not after a failure. */
int pm_archive_root(const char *dir, int *root, struct pm_err *err) PM_MUST_USE;

/* Hand *e out as *err (NULL: not wanted) and return rc as a pressmark_status. */
int pm_archive_give(struct pressmark_error *err, int rc, const struct pm_err *e);

/* Texts of a capture that the row does not hold as C strings. */
struct pm_archive_texts {
    char id[2 * PM_UID_LEN + 1], original[2 * PM_UID_LEN + 1];
    char sha256[2 * PM_SHA256_LEN + 1];
    char bundle[64];
};

/* A row as the public struct; both row and texts must outlive it. `original_uid`: NULL if it has its own payload. */
void pm_archive_capture(const struct pm_row *row, const uint8_t *original_uid, struct pm_archive_texts *texts,
                        struct pressmark_capture *dst);

/* The uid of a row's original in `uid`: PM_OK, or PM_DONE when the row is no revisit. */
int pm_archive_original(struct pressmark_archive *a, const struct pm_row *row, uint8_t uid[PM_UID_LEN],
                        struct pm_err *err) PM_MUST_USE;

/* Hex of a uid with its NUL. */
void pm_archive_hex(char *dst, const uint8_t *bytes, size_t n);

/* A public query as the manifest takes it; views into q. */
struct pm_query pm_archive_query(const struct pressmark_query *q);

/*
 * The one capture that `id` (hex prefix or key) names, its row in `arena`. PM_ENOTFOUND; PM_EINVAL when it names
 * several.
 */
int pm_archive_find(struct pressmark_archive *a, const char *id, struct pm_arena *arena, struct pm_row *row,
                    struct pm_err *err) PM_MUST_USE;

#endif
