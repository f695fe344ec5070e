/* What this library is made of: for bug reports, and for reports that can be made again. */
#include "pressmark.h"

#include <archive.h>
#include <brotli/decode.h>
#include <jansson.h>
#include <lexbor/core/base.h>
#include <libdeflate.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <utf8proc.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>

#include "clean.h"
#include "manifest.h"
#include "shingle.h"
#include "version.h"

const char *
pressmark_version(void)
{
    return PM_VERSION;
}

int
pressmark_components(int (*each)(void *ctx, const char *name, const char *version), void *ctx)
{
    char format[16], manifest[16], cleaner[16], fingerprint[16], brotli[32], xxhash[32];
    uint32_t b = BrotliDecoderVersion();
    unsigned x = XXH_versionNumber();
    const struct {
        const char *name, *version;
    } all[] = {
        {"format", format},
        {"manifest", manifest},
        {"cleaner", cleaner},
        {"fingerprint", fingerprint},
        {"lexbor", LEXBOR_VERSION_STRING},
        {"libarchive", archive_version_details()},
        {"zstd", ZSTD_versionString()},
        {"libdeflate", LIBDEFLATE_VERSION_STRING},
        {"zlib", zlibVersion()},
        {"brotli", brotli},
        {"xxhash", xxhash},
        {"sqlite", pm_manifest_sqlite_version()},
        {"libcrypto", OpenSSL_version(OPENSSL_VERSION_STRING)},
        {"utf8proc", utf8proc_version()},
        {"jansson", JANSSON_VERSION},
    };

    (void)snprintf(format, sizeof(format), "%d", PM_FORMAT_VERSION);
    (void)snprintf(manifest, sizeof(manifest), "%d", PM_MANIFEST_VERSION);
    (void)snprintf(cleaner, sizeof(cleaner), "%d", PM_CLEAN_VERSION);
    (void)snprintf(fingerprint, sizeof(fingerprint), "%d", PM_FINGERPRINT_VERSION);
    (void)snprintf(brotli, sizeof(brotli), "%u.%u.%u", b >> 24, b >> 12 & 0xfff, b & 0xfff);
    (void)snprintf(xxhash, sizeof(xxhash), "%u.%u.%u", x / 10000, x / 100 % 100, x % 100);
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        int rc = each(ctx, all[i].name, all[i].version);

        if (rc != 0)
            return rc;
    }
    return 0;
}
