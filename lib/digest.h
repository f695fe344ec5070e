/*
 * digest.h - SHA-1 and SHA-256, and the ways records write them.
 *
 * SHA-1 is what WARC readers expect in WARC-Block-Digest; SHA-256 is our own fixity. libcrypto does
 * the work. A handle belongs to one thread.
 */
#ifndef PM_DIGEST_H
#define PM_DIGEST_H

#include "buf.h"

enum { PM_SHA1_LEN = 20, PM_SHA256_LEN = 32 };

struct pm_sha256 {
    uint8_t byte[PM_SHA256_LEN];
};

struct pm_digester; /* libcrypto's contexts, kept between calls */

int pm_digester_new(struct pm_digester **dst, struct pm_err *err) PM_MUST_USE;
void pm_digester_free(struct pm_digester *d);

/* Digest of the parts, one after the other. */
int pm_digest_sha256(struct pm_digester *d, const struct pm_str *parts, size_t n, struct pm_sha256 *out,
                     struct pm_err *err) PM_MUST_USE;
int pm_digest_sha1(struct pm_digester *d, const struct pm_str *parts, size_t n, uint8_t out[PM_SHA1_LEN],
                   struct pm_err *err) PM_MUST_USE;

/*
 * Compare a labelled digest as records carry it ("sha1:BASE32", "sha256:hex", either case, also
 * "sha-1:", "md5:", "sha512:") with that of `data`: PM_OK when right, PM_DONE when wrong, PM_SKIP
 * when the label or the form is not known.
 */
int pm_digest_verify(struct pm_digester *d, struct pm_str labelled, struct pm_str data, struct pm_err *err) PM_MUST_USE;

/* ---- one digest of bytes that come in pieces ---- */

struct pm_hasher;

int pm_hasher_new(struct pm_hasher **dst, struct pm_err *err) PM_MUST_USE; /* SHA-256 */
/* What a labelled digest takes, as above; PM_SKIP, and *dst NULL, when the label or the form is not known. */
int pm_hasher_of(struct pm_hasher **dst, struct pm_str labelled, struct pm_err *err) PM_MUST_USE;
void pm_hasher_free(struct pm_hasher *h);
int pm_hasher_add(struct pm_hasher *h, struct pm_str bytes, struct pm_err *err) PM_MUST_USE;
/* The end: nothing can be added any more. */
int pm_hasher_sha256(struct pm_hasher *h, struct pm_sha256 *out, struct pm_err *err) PM_MUST_USE;
/* PM_OK when it is the digest that the label named, else PM_DONE. */
int pm_hasher_check(struct pm_hasher *h, struct pm_err *err) PM_MUST_USE;

/* RFC 4648 base32 without padding, upper case; and lower-case hex. */
void pm_base32(struct pm_buf *dst, const uint8_t *bytes, size_t n);
void pm_hex(struct pm_buf *dst, const uint8_t *bytes, size_t n);
/* RFC 4648 base64, padded. */
void pm_base64(struct pm_buf *dst, const uint8_t *bytes, size_t n);
/* Parse hex of 2 * n digits; false when it is none. */
bool pm_unhex(struct pm_str hex, uint8_t *out, size_t n);

#endif
