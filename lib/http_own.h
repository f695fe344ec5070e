/*
 * http_own.h - what whole bodies and bodies in pieces share. Only http*.c include it.
 */
#ifndef PM_HTTP_OWN_H
#define PM_HTTP_OWN_H

#include "http.h"

enum { PM_HTTP_CODINGS_MAX = 8 };    /* of one body; more is no page */
enum { PM_HTTP_CHUNK_LINE = 1 << 12 }; /* bytes of a chunk's size line, extensions and all; more is none */

struct pm_http_coding {
    bool chunked;
    enum pm_coding coding;
};

/* The codings of a body, in the order in which they were put on; false when there are too many. */
bool pm_http_codings(struct pm_str head, struct pm_http_coding *dst, size_t *n);

/* Size line of a chunk (RFC 9112, 7.1) at `at`: its length with the line end, 0 when it is none. */
size_t pm_http_chunk_size(struct pm_str s, size_t at, uint64_t *size);

#endif
