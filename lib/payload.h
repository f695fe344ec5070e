/*
 * payload.h - the payload of a capture in the block of its record.
 */
#ifndef PM_PAYLOAD_H
#define PM_PAYLOAD_H

#include "digest.h"
#include "http.h"

/*
 * Split `block` into HTTP head and body, whichever way gives the payload with the digest `sha`: the digest tells a
 * response from a file that begins like one. Without HTTP http->head is absent and http->body is the block. PM_DONE
 * when neither has that digest. Views into `block`.
 */
int pm_payload_find(struct pm_digester *d, struct pm_str block, const struct pm_sha256 *sha, struct pm_http *http,
                    struct pm_err *err) PM_MUST_USE;

#endif
