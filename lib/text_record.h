/*
 * text_record.h - the cleaned text of a capture, as its conversion record keeps it.
 *
 * Nearly all of a text stands in its page already. So the record holds what is to be done to the page to get the text: a
 * zstd frame with a checksum that has the page, its HTTP codings undone, for a prefix ("zstd --patch-from"); a tenth of
 * what the text itself would take. A text that is not worth it, or whose page does not keep to its codings, is kept as
 * it is; the record's Content-Type tells. A reader belongs to one thread.
 */
#ifndef PM_TEXT_RECORD_H
#define PM_TEXT_RECORD_H

#include "bundle.h"

#define PM_TEXT_PLAIN_TYPE "text/plain; charset=utf-8"
#define PM_TEXT_PATCH_TYPE "application/vnd.pressmark.text+zstd"

/*
 * The block of the record for `text`, appended to `dst`, and its type in *type. `page` is what pm_text_page() will give of the
 * page's record, absent if the text must not lean on it.
 */
int pm_text_pack(struct pm_codec *c, struct pm_str page, struct pm_str text, struct pm_buf *dst, struct pm_str *type,
                 struct pm_err *err) PM_MUST_USE;

/* Where a text is: its record, and its page's (of a revisit, those of its original). */
struct pm_text_loc {
    struct pm_loc page, text;
};

struct pm_text_reader;

int pm_text_reader_new(struct pm_text_reader **dst, struct pm_bundle_reader *b, struct pm_err *err) PM_MUST_USE;
void pm_text_reader_free(struct pm_text_reader *t);

/*
 * The text, valid until the next call. PM_ECORRUPT when it cannot be had: its record, or the page it leans on, is damaged or
 * is none; PM_ENOTFOUND when there is no such bundle.
 */
int pm_text_read(struct pm_text_reader *t, const struct pm_text_loc *loc, struct pm_str *dst,
                 struct pm_err *err) PM_MUST_USE;

#endif
