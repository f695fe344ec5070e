/* WACZ 1.1.1: a zip of a WARC file, its index, a list of pages and their digests. */
#include <sys/mman.h>
#include <sys/stat.h>

#include "export_own.h"
#include "json.h"
#include "version.h"

struct part {
    const char *path;
    struct pm_str bytes;
};

void
pm_export_page(struct pm_exporter *x, const struct pm_row *row)
{
    struct pm_buf *out = &x->pages;

    if (row->media == PM_MEDIA_OTHER)
        return;
    pm_buf_cstr(out, "{");
    pm_json_member_hex(out, "id", row->uid, sizeof(row->uid));
    pm_json_member(out, "url", row->url);
    pm_json_member_when(out, "ts", row->when_us == PM_WHEN_NONE ? 0 : row->when_us);
    if (row->title.ptr != NULL)
        pm_json_member(out, "title", row->title);
    pm_json_member_int(out, "size", (int64_t)row->payload_size);
    pm_buf_cstr(out, "}\n");
}

static int
put_hash(struct pm_exporter *x, struct pm_str bytes, struct pm_buf *dst)
{
    struct pm_sha256 sha;
    int rc = pm_digest_sha256(x->digester, &bytes, 1, &sha, x->err);

    pm_json_key(dst, "hash");
    pm_buf_cstr(dst, "\"sha256:");
    if (rc == PM_OK)
        pm_hex(dst, sha.byte, sizeof(sha.byte));
    pm_buf_putc(dst, '"');
    return rc;
}

static int
make_package(struct pm_exporter *x, const struct part *parts, size_t n, struct pm_buf *dst)
{
    int rc = PM_OK;

    pm_buf_putc(dst, '{');
    pm_json_member(dst, "profile", PM_STR("data-package"));
    pm_json_member(dst, "wacz_version", PM_STR("1.1.1"));
    pm_json_member(dst, "software", PM_STR("pressmark " PM_VERSION));
    pm_json_key(dst, "resources");
    pm_buf_putc(dst, '[');
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        const char *slash = strrchr(parts[i].path, '/');

        pm_json_comma(dst);
        pm_buf_putc(dst, '{');
        pm_json_member(dst, "name", pm_str_of(slash + 1));
        pm_json_member(dst, "path", pm_str_of(parts[i].path));
        rc = put_hash(x, parts[i].bytes, dst);
        pm_json_member_int(dst, "bytes", (int64_t)parts[i].bytes.len);
        pm_buf_putc(dst, '}');
    }
    pm_buf_cstr(dst, "]}\n");
    return rc == PM_OK ? pm_buf_check(dst, x->err) : rc;
}

static int
put_part(struct pm_exporter *x, const char *path, struct pm_str bytes)
{
    return pm_target_add(x->target, path, PM_WHEN_NONE, bytes, x->err);
}

static int
put_parts(struct pm_exporter *x, struct pm_str warc)
{
    struct pm_buf pages = PM_BUF_INIT(x->pages.max), package = PM_BUF_INIT(1 << 20), digest = PM_BUF_INIT(1 << 16);
    struct part parts[] = {
        {"archive/data.warc.gz", warc},
        {"indexes/index.cdx", pm_buf_span(&x->index)},
        {"pages/pages.jsonl", PM_STR_NULL},
    };
    const size_t n = sizeof(parts) / sizeof(parts[0]);
    int rc = pm_buf_check(&x->pages, x->err);

    pm_buf_cstr(&pages, "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n");
    pm_buf_str(&pages, pm_buf_span(&x->pages));
    parts[2].bytes = pm_buf_span(&pages);
    if (rc == PM_OK)
        rc = pm_buf_check(&pages, x->err);
    if (rc == PM_OK)
        rc = make_package(x, parts, n, &package);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = put_part(x, parts[i].path, parts[i].bytes);
    if (rc == PM_OK)
        rc = put_part(x, "datapackage.json", pm_buf_span(&package));
    pm_buf_putc(&digest, '{');
    pm_json_member(&digest, "path", PM_STR("datapackage.json"));
    if (rc == PM_OK)
        rc = put_hash(x, pm_buf_span(&package), &digest);
    pm_buf_cstr(&digest, "}\n");
    if (rc == PM_OK)
        rc = put_part(x, "datapackage-digest.json", pm_buf_span(&digest));
    pm_buf_release(&pages);
    pm_buf_release(&package);
    pm_buf_release(&digest);
    return rc;
}

int
pm_export_wacz(struct pm_exporter *x)
{
    size_t size = (size_t)x->offset;
    struct stat st;
    void *map;
    int rc;

    if (fstat(x->warc_fd, &st) != 0 || (uint64_t)st.st_size != x->offset)
        return pm_fail(x->err, PM_EIO, "the WARC file for the WACZ is not whole");
    map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, x->warc_fd, 0);
    if (map == MAP_FAILED)
        return pm_fail_errno(x->err, "cannot map %zu bytes", size);
    rc = put_parts(x, PM_STRN(map, size));
    (void)munmap(map, size);
    return rc;
}
