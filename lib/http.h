/*
 * http.h - HTTP/1.x response heads and bodies as they stand in records.
 *
 * Lenient as browsers are: bare LF, missing reason phrase, HTTP/2 status lines, folded fields.
 * Views into the input; nothing is allocated but the decoded body.
 */
#ifndef PM_HTTP_H
#define PM_HTTP_H

#include "buf.h"
#include "big.h"
#include "codec.h"

struct pm_http {
    struct pm_str head; /* status line to empty line, both included */
    struct pm_str body;
    int status; /* 100 to 999, or 0 when the line has none */
};

/* Split a response. PM_SKIP when it does not start with a status line ("HTTP/"). */
int pm_http_parse(struct pm_str block, struct pm_http *dst, struct pm_err *err) PM_MUST_USE;

/* Value of the first field `name` (any case), trimmed; absent when there is none. */
struct pm_str pm_http_field(struct pm_str head, struct pm_str name);

/* The same for fields without a status line before them, as in MIME. */
struct pm_str pm_http_field_of(struct pm_str fields, struct pm_str name);

/* `name` parameter of a Content-Type or similar value, quotes taken off; absent if none. */
struct pm_str pm_http_param(struct pm_str value, struct pm_str name);

/*
 * Append the body to `dst` with transfer and content codings undone. A body that does not keep to
 * its codings (chunked that is not, gzip that is plain, cut off) is given as far as it goes, then
 * as it is: PM_OK, with *odd (may be NULL) set to a static description of what was off, else NULL.
 */
int pm_http_decode(struct pm_codec *codec, const struct pm_http *http, struct pm_buf *dst,
                   const char **odd, struct pm_err *err) PM_MUST_USE;

/* ---- a body in pieces ---- */

struct pm_http_pipe;

/*
 * As pm_http_decode() for bodies too large for memory: what comes of them goes to `take`. `codec` is borrowed, and busy until
 * free. PM_SKIP when `head` names codings that are undone in memory only: any but chunked and one of gzip and zstd.
 */
int pm_http_pipe_new(struct pm_http_pipe **dst, struct pm_codec *codec, struct pm_str head, pm_piece *take, void *ctx,
                     struct pm_err *err) PM_MUST_USE;
void pm_http_pipe_free(struct pm_http_pipe *p);
int pm_http_pipe_add(void *pipe, struct pm_str piece, struct pm_err *err) PM_MUST_USE; /* a pm_piece */
/* After the last byte: a chunk's size line that is cut off is given as it is. */
int pm_http_pipe_end(struct pm_http_pipe *p, struct pm_err *err) PM_MUST_USE;

#endif
