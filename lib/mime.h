/*
 * mime.h - what bytes are, and MHTML.
 */
#ifndef PM_MIME_H
#define PM_MIME_H

#include "buf.h"
#include "capture.h"

/*
 * The kind of a payload from its first bytes (WHATWG MIME Sniffing in spirit), its claimed type and
 * its name (each may be absent). Binary data is PM_MEDIA_OTHER whatever is claimed; text that has
 * tags of a page, and MHTML, is HTML; other text is PM_MEDIA_TEXT unless it is claimed to be
 * something else (css, json, script).
 */
enum pm_media pm_mime_media(struct pm_str payload, struct pm_str claimed, struct pm_str name);

/* The root page of an MHTML file (RFC 2557). Views into the file, each absent when there is none.
 */
struct pm_mhtml {
    struct pm_str url, date;
    struct pm_str type; /* Content-Type of the page, with its charset */
    struct pm_str html; /* decoded, in the arena */
};

/* True for a MIME message that holds a page, as Chrome, Firefox and their add-ons save it. */
bool pm_mhtml_sniff(struct pm_str bytes);
/* PM_SKIP when it holds no page. */
int pm_mhtml_parse(struct pm_str bytes, struct pm_arena *arena, struct pm_mhtml *dst, struct pm_err *err) PM_MUST_USE;

/* The bytes that base64 stands for, in `arena`; what is no digit is passed over. Absent when there
 * is no memory. */
struct pm_str pm_mime_base64(struct pm_str text, struct pm_arena *arena);

#endif
