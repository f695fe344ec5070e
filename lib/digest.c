#include "digest.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>

#include "ascii.h"

struct pm_digester {
    EVP_MD_CTX *ctx;
    EVP_MD *sha256, *sha1, *md5, *sha512;
};

int
pm_digester_new(struct pm_digester **dst, struct pm_err *err)
{
    struct pm_digester *d;

    errno = 0;
    /* Without memory for its start libcrypto 3.0 goes on to use what it has not got, unless it is asked. */
    if (OPENSSL_init_crypto(0, NULL) != 1 || OSSL_LIB_CTX_get0_global_default() == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    d = calloc(1, sizeof(*d));
    if (d == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    d->ctx = EVP_MD_CTX_new();
    d->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    d->sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
    d->md5 = EVP_MD_fetch(NULL, "MD5", NULL); /* may be switched off on a system; then it is "not known" */
    d->sha512 = EVP_MD_fetch(NULL, "SHA512", NULL);
    if (d->ctx == NULL || d->sha256 == NULL || d->sha1 == NULL) {
        pm_digester_free(d);
        return errno == ENOMEM ? pm_fail(err, PM_ENOMEM, "out of memory")
                               : pm_fail(err, PM_EUNSUPPORTED, "libcrypto has no SHA-256 or SHA-1");
    }
    *dst = d;
    return PM_OK;
}

void
pm_digester_free(struct pm_digester *d)
{
    if (d == NULL)
        return;
    EVP_MD_free(d->sha512);
    EVP_MD_free(d->md5);
    EVP_MD_free(d->sha1);
    EVP_MD_free(d->sha256);
    EVP_MD_CTX_free(d->ctx);
    free(d);
}

static int
digest(struct pm_digester *d, const EVP_MD *md, const struct pm_str *parts, size_t n, uint8_t *out, struct pm_err *err)
{
    bool ok = EVP_DigestInit_ex2(d->ctx, md, NULL) == 1;

    for (size_t i = 0; ok && i < n; i++)
        ok = EVP_DigestUpdate(d->ctx, parts[i].ptr, parts[i].len) == 1;
    if (!ok || EVP_DigestFinal_ex(d->ctx, out, NULL) != 1)
        return pm_fail(err, PM_ENOMEM, "out of memory"); /* nothing else can fail */
    return PM_OK;
}

int
pm_digest_sha256(struct pm_digester *d, const struct pm_str *parts, size_t n, struct pm_sha256 *out, struct pm_err *err)
{
    return digest(d, d->sha256, parts, n, out->byte, err);
}

int
pm_digest_sha1(struct pm_digester *d, const struct pm_str *parts, size_t n, uint8_t out[PM_SHA1_LEN],
               struct pm_err *err)
{
    return digest(d, d->sha1, parts, n, out, err);
}

void
pm_base64(struct pm_buf *dst, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)bytes[i] << 16 | (i + 1 < n ? (uint32_t)bytes[i + 1] << 8 : 0) |
                     (i + 2 < n ? (uint32_t)bytes[i + 2] : 0);

        pm_buf_putc(dst, digits[v >> 18]);
        pm_buf_putc(dst, digits[v >> 12 & 63]);
        pm_buf_putc(dst, i + 1 < n ? digits[v >> 6 & 63] : '=');
        pm_buf_putc(dst, i + 2 < n ? digits[v & 63] : '=');
    }
}

bool
pm_unhex(struct pm_str hex, uint8_t *out, size_t n)
{
    if (hex.len != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = pm_ascii_hex(hex.ptr[2 * i]), low = pm_ascii_hex(hex.ptr[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* Base32 of exactly n bytes, "=" padding allowed, either case. */
static bool
unbase32(struct pm_str text, uint8_t *out, size_t n)
{
    size_t digits = (n * 8 + 4) / 5, bits = 0, used = 0;
    uint32_t acc = 0;

    while (text.len > 0 && text.ptr[text.len - 1] == '=')
        text.len--;
    if (text.len != digits)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        uint32_t v;

        if (c >= 'A' && c <= 'Z')
            v = (uint32_t)(c - 'A');
        else if (c >= 'a' && c <= 'z')
            v = (uint32_t)(c - 'a');
        else if (c >= '2' && c <= '7')
            v = (uint32_t)(c - '2' + 26);
        else
            return false;
        acc = (acc << 5 | v) & 0xffff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            if (used < n)
                out[used++] = (uint8_t)(acc >> bits);
        }
    }
    return used == n;
}

/* What a labelled digest says: its function, and its bytes in `want`. PM_SKIP when that is not known. */
static int
read_label(const struct pm_digester *d, struct pm_str labelled, const EVP_MD **md, uint8_t want[64], size_t *len)
{
    const struct {
        struct pm_str label;
        const EVP_MD *md;
        size_t len;
    } known[] = {
        {PM_STR("sha1:"), d->sha1, 20},      {PM_STR("sha-1:"), d->sha1, 20},    {PM_STR("sha256:"), d->sha256, 32},
        {PM_STR("sha-256:"), d->sha256, 32}, {PM_STR("sha512:"), d->sha512, 64}, {PM_STR("sha-512:"), d->sha512, 64},
        {PM_STR("md5:"), d->md5, 16},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct pm_str value;

        if (known[i].md == NULL || !pm_str_istarts(labelled, known[i].label))
            continue;
        value = PM_STRN(labelled.ptr + known[i].label.len, labelled.len - known[i].label.len);
        *md = known[i].md;
        *len = known[i].len;
        return pm_unhex(value, want, *len) || unbase32(value, want, *len) ? PM_OK : PM_SKIP;
    }
    return PM_SKIP;
}

int
pm_digest_verify(struct pm_digester *d, struct pm_str labelled, struct pm_str data, struct pm_err *err)
{
    uint8_t want[64], have[EVP_MAX_MD_SIZE];
    const EVP_MD *md;
    size_t len;
    int rc = read_label(d, labelled, &md, want, &len);

    if (rc == PM_OK)
        rc = digest(d, md, &data, 1, have, err);
    if (rc != PM_OK)
        return rc;
    return memcmp(want, have, len) == 0 ? PM_OK : PM_DONE;
}

/* ---- in pieces ---- */

struct pm_hasher {
    struct pm_digester *digester; /* its context is this one's */
    uint8_t want[64];
    size_t len;
};

static int
hasher_new(struct pm_hasher **dst, const struct pm_str *label, struct pm_err *err)
{
    struct pm_hasher *h = calloc(1, sizeof(*h));
    const EVP_MD *md;
    int rc;

    *dst = NULL;
    if (h == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_digester_new(&h->digester, err);
    if (rc == PM_OK && label != NULL)
        rc = read_label(h->digester, *label, &md, h->want, &h->len);
    else if (rc == PM_OK)
        md = h->digester->sha256;
    if (rc == PM_OK && EVP_DigestInit_ex2(h->digester->ctx, md, NULL) != 1)
        rc = pm_fail(err, PM_ENOMEM, "libcrypto cannot make a digest");
    if (rc == PM_OK)
        *dst = h;
    else
        pm_hasher_free(h);
    return rc;
}

int
pm_hasher_new(struct pm_hasher **dst, struct pm_err *err)
{
    return hasher_new(dst, NULL, err);
}

int
pm_hasher_of(struct pm_hasher **dst, struct pm_str labelled, struct pm_err *err)
{
    return hasher_new(dst, &labelled, err);
}

void
pm_hasher_free(struct pm_hasher *h)
{
    if (h == NULL)
        return;
    pm_digester_free(h->digester);
    free(h);
}

int
pm_hasher_add(struct pm_hasher *h, struct pm_str bytes, struct pm_err *err)
{
    if (EVP_DigestUpdate(h->digester->ctx, bytes.ptr, bytes.len) != 1)
        return pm_fail(err, PM_ENOMEM, "libcrypto cannot make a digest");
    return PM_OK;
}

int
pm_hasher_sha256(struct pm_hasher *h, struct pm_sha256 *out, struct pm_err *err)
{
    if (EVP_DigestFinal_ex(h->digester->ctx, out->byte, NULL) != 1)
        return pm_fail(err, PM_ENOMEM, "libcrypto cannot make a digest");
    return PM_OK;
}

int
pm_hasher_check(struct pm_hasher *h, struct pm_err *err)
{
    uint8_t have[EVP_MAX_MD_SIZE];

    if (EVP_DigestFinal_ex(h->digester->ctx, have, NULL) != 1)
        return pm_fail(err, PM_ENOMEM, "libcrypto cannot make a digest");
    return memcmp(h->want, have, h->len) == 0 ? PM_OK : PM_DONE;
}

void
pm_base32(struct pm_buf *dst, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t acc = 0;
    unsigned bits = 0;

    for (size_t i = 0; i < n; i++) {
        acc = (acc << 8 | bytes[i]) & 0xfff;
        for (bits += 8; bits >= 5;) {
            bits -= 5;
            pm_buf_putc(dst, digits[acc >> bits & 31]);
        }
    }
    if (bits > 0)
        pm_buf_putc(dst, digits[acc << (5 - bits) & 31]);
}

void
pm_hex(struct pm_buf *dst, const uint8_t *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        pm_buf_putc(dst, digits[bytes[i] >> 4]);
        pm_buf_putc(dst, digits[bytes[i] & 15]);
    }
}
