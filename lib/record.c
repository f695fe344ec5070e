#include "record.h"

#include "warc.h"
#include "when.h"

enum { DIGEST_MAX = 64 };

/* A URI as a field value: what RFC 3986 does not allow there is percent-encoded. */
static void
put_uri(struct pm_buf *dst, struct pm_str uri)
{
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.ptr[i];

        if (c <= ' ' || c >= 0x7f || strchr("<>\"\\^`{|}", c) != NULL)
            pm_buf_addf(dst, "%%%02X", c);
        else
            pm_buf_putc(dst, (char)c);
    }
}

/* A field value from elsewhere must not end the line it stands in. */
static void
put_value(struct pm_buf *dst, struct pm_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];

        pm_buf_putc(dst, c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    }
}

static void
put_field(struct pm_buf *dst, const char *name, struct pm_str value)
{
    if (value.ptr == NULL)
        return;
    pm_buf_addf(dst, "%s: ", name);
    put_value(dst, value);
    pm_buf_cstr(dst, "\r\n");
}

static void
put_uri_field(struct pm_buf *dst, const char *name, struct pm_str uri)
{
    if (uri.ptr == NULL)
        return;
    pm_buf_addf(dst, "%s: ", name);
    put_uri(dst, uri);
    pm_buf_cstr(dst, "\r\n");
}

void
pm_record_put_head(const struct pm_record *r, struct pm_str block_digest, uint64_t length, struct pm_buf *dst)
{
    /* ISO 28500:2017, 4: version, named fields, empty line. */
    pm_buf_cstr(dst, "WARC/1.1\r\n");
    put_field(dst, "WARC-Type", r->type);
    put_field(dst, "WARC-Record-ID", r->id);
    pm_buf_cstr(dst, "WARC-Date: ");
    pm_when_iso(dst, r->when_us);
    pm_buf_cstr(dst, "\r\n");
    put_uri_field(dst, "WARC-Target-URI", r->uri);
    put_field(dst, "WARC-IP-Address", r->ip);
    put_field(dst, "WARC-Filename", r->filename);
    put_field(dst, "WARC-Refers-To", r->refers_to);
    put_uri_field(dst, "WARC-Refers-To-Target-URI", r->refers_uri);
    put_field(dst, "WARC-Refers-To-Date", r->refers_date);
    put_field(dst, "WARC-Profile", r->profile);
    put_field(dst, "WARC-Payload-Digest", r->payload_digest);
    put_field(dst, "WARC-Block-Digest", block_digest);
    put_field(dst, "Content-Type", r->content_type);
    pm_buf_addf(dst, "Content-Length: %llu\r\n\r\n", (unsigned long long)length);
}

int
pm_record_write(const struct pm_record *r, struct pm_digester *d, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_buf digest = PM_BUF_INIT(DIGEST_MAX);
    uint8_t sha1[PM_SHA1_LEN];
    int rc = pm_digest_sha1(d, r->block, 2, sha1, err);

    if (rc != PM_OK)
        return rc;
    pm_record_sha1(&digest, sha1);
    rc = pm_buf_check(&digest, err);
    pm_record_put_head(r, pm_buf_span(&digest), r->block[0].len + r->block[1].len, dst);
    pm_buf_release(&digest);
    if (rc != PM_OK)
        return rc;
    /* Block, and two empty lines. */
    pm_buf_str(dst, r->block[0]);
    pm_buf_str(dst, r->block[1]);
    pm_buf_cstr(dst, "\r\n\r\n");
    return pm_buf_check(dst, err);
}

void
pm_record_id(struct pm_buf *dst, const struct pm_sha256 *sha)
{
    uint8_t u[16];

    memcpy(u, sha->byte, sizeof(u));
    u[6] = (uint8_t)((u[6] & 0x0f) | 0x80); /* RFC 9562, 5.8: version 8, our own making */
    u[8] = (uint8_t)((u[8] & 0x3f) | 0x80); /* 4.1: variant */
    pm_buf_cstr(dst, "<urn:uuid:");
    for (size_t i = 0; i < sizeof(u); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            pm_buf_putc(dst, '-');
        pm_hex(dst, u + i, 1);
    }
    pm_buf_putc(dst, '>');
}

void
pm_record_sha1(struct pm_buf *dst, const uint8_t sha1[PM_SHA1_LEN])
{
    pm_buf_cstr(dst, "sha1:");
    pm_base32(dst, sha1, PM_SHA1_LEN);
}

static bool
parse_length(struct pm_str digits, uint64_t *dst)
{
    uint64_t n = 0;

    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || n > UINT64_MAX / 16)
            return false;
        n = n * 10 + (uint64_t)(digits.ptr[i] - '0');
    }
    *dst = n;
    return digits.len > 0;
}

bool
pm_record_head(struct pm_str start, size_t *head, uint64_t *block)
{
    size_t at = 0;

    if (!pm_str_starts(start, PM_STR("WARC/")))
        return false;
    for (;;) { /* records that were taken in may end their lines with a bare LF */
        const char *lf = memchr(start.ptr + at, '\n', start.len - at);
        size_t line = at;

        if (lf == NULL)
            return false;
        at = (size_t)(lf - start.ptr) + 1;
        if (at - line == 1 || (at - line == 2 && start.ptr[line] == '\r'))
            break;
    }
    *head = at;
    return parse_length(pm_warc_field(PM_STRN(start.ptr, at), PM_STR("content-length")), block);
}

bool
pm_record_split(struct pm_str record, struct pm_str *head, struct pm_str *block)
{
    const struct pm_str end = PM_STR("\r\n\r\n");
    uint64_t length;
    size_t at;

    if (!pm_record_head(record, &at, &length) || record.len - at < end.len || record.len - at - end.len != length ||
        !pm_str_ends(record, end))
        return false;
    *head = PM_STRN(record.ptr, at);
    *block = PM_STRN(record.ptr + at, (size_t)length);
    return true;
}
