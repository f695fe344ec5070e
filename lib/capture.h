/*
 * capture.h - one page at one time, as the reader hands it to the workers.
 *
 * Data only. All spans are borrowed: they live in the arena or buffer of whoever made the struct.
 */
#ifndef PM_CAPTURE_H
#define PM_CAPTURE_H

#include "buf.h"
#include "when.h"

/* What the payload is, by its own bytes and what was claimed; decides which cleaner runs. */
enum pm_media {
    PM_MEDIA_OTHER, /* kept, not cleaned: images, PDF, scripts, ... */
    PM_MEDIA_HTML,
    PM_MEDIA_TEXT, /* a browser's plain text of a page */
};

struct pm_spooled;

enum pm_origin {
    PM_ORIGIN_FILE,   /* a file, an archive member, standard input */
    PM_ORIGIN_JSONL,  /* a row of JSON Lines */
    PM_ORIGIN_RECORD, /* a WARC or ARC record that holds a page: response, resource, conversion-free */
    PM_ORIGIN_OPAQUE, /* a WARC record kept whole but no capture: request, metadata, unknown types */
};

struct pm_capture {
    enum pm_origin origin;
    enum pm_media media;
    struct pm_str source; /* what to call it in messages: "pages.tar:a/b.html", "x.warc.gz@1234" */
    struct pm_str key;    /* id of a JSON Lines row, or path of a file; absent for records */
    struct pm_str url;    /* WARC-Target-URI as given; absent when the input names none */
    int64_t when_us;      /* PM_WHEN_NONE when not known */
    enum pm_when_source when_source;
    struct pm_str outlet;  /* as given by the input, else absent */
    struct pm_str title;   /* as given by the input, else absent */
    struct pm_str type;    /* Content-Type of the payload as claimed; may be absent */
    struct pm_str payload; /* bytes as they came; of an HTTP response the body before any decoding */
    const struct pm_spooled *big; /* record too large for memory: payload and record_block are absent; else NULL */
    struct pm_str http; /* status line and header fields with the empty line; absent if none */
    struct pm_str note; /* what is odd about it though it can be taken, for a warning; absent if nothing */
    /* For ORIGIN_RECORD and ORIGIN_OPAQUE: the record, byte for byte. */
    struct pm_str record_head;   /* "WARC/1.x" line to the empty line, both included */
    struct pm_str record_block;  /* Content-Length bytes */
    struct pm_str record_id;     /* WARC-Record-ID, a view into record_head */
    struct pm_str record_type;   /* WARC-Type, a view into record_head */
    struct pm_str record_digest; /* WARC-Block-Digest, absent if none */
};

#endif
