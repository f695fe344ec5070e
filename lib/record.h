/*
 * record.h - writing WARC/1.1 records (ISO 28500:2017).
 *
 * Builds the bytes of whole records into a pm_buf; compression and storage are the bundle's. Record ids
 * are made from content, so that the same input gives the same bytes.
 */
#ifndef PM_RECORD_H
#define PM_RECORD_H

#include "buf.h"
#include "digest.h"

struct pm_record {
    struct pm_str type;                    /* "response", "resource", "revisit", "conversion", "metadata", "warcinfo" */
    struct pm_str id;                      /* "<urn:uuid:...>" */
    int64_t when_us;                       /* WARC-Date */
    struct pm_str uri;                     /* WARC-Target-URI; absent for warcinfo */
    struct pm_str content_type;            /* of the block */
    struct pm_str payload_digest;          /* "sha1:...", or absent */
    struct pm_str refers_to;               /* WARC-Refers-To, or absent */
    struct pm_str refers_uri, refers_date; /* of a revisit, or absent */
    struct pm_str profile;                 /* WARC-Profile of a revisit, or absent */
    struct pm_str filename;                /* WARC-Filename of a warcinfo, or absent */
    struct pm_str ip;                      /* WARC-IP-Address, or absent */
    struct pm_str block[2];                /* the block, in two parts (HTTP head and body, say) */
};

/* Append the record to `dst`, with its block digest. A URI is percent-encoded where bytes are not allowed. */
int pm_record_write(const struct pm_record *r, struct pm_digester *d, struct pm_buf *dst,
                    struct pm_err *err) PM_MUST_USE;

/* The head alone, of a record whose block has `length` bytes and this digest (absent: none is told), appended. */
void pm_record_put_head(const struct pm_record *r, struct pm_str block_digest, uint64_t length, struct pm_buf *dst);

/*
 * A stored record in its two parts, views into it: head with its empty line, and the Content-Length bytes of
 * the block. False when it is no record, or its length and Content-Length disagree.
 */
bool pm_record_split(struct pm_str record, struct pm_str *head, struct pm_str *block);

/*
 * Of bytes that begin a stored record, the length of its head with the empty line, and its Content-Length. False when
 * they do not have all of the head, or it is none.
 */
bool pm_record_head(struct pm_str start, size_t *head, uint64_t *block);

/* "<urn:uuid:...>" (version 8, RFC 9562) from the first 16 bytes of a digest, appended. */
void pm_record_id(struct pm_buf *dst, const struct pm_sha256 *sha);

/* "sha1:BASE32", appended. */
void pm_record_sha1(struct pm_buf *dst, const uint8_t sha1[PM_SHA1_LEN]);

#endif
