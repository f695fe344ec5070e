/*
 * prepare_own.h - what the parts of preparing share; internal to them.
 */
#ifndef PM_PREPARE_OWN_H
#define PM_PREPARE_OWN_H

#include "clean.h"
#include "prepare.h"
#include "shingle.h"

struct pm_preparer {
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_cleaner *cleaner;
    struct pm_shingler *shingler;
    struct pm_buf decoded; /* payload with its HTTP codings undone: what unpacks to more than is cleaned is not */
    struct pm_buf record;  /* one record, before compression */
    struct pm_buf scratch; /* small texts: metadata, ids */
};

/* ---- prepare_page.c ---- */

/*
 * Clean and fingerprint, into `arena`. A page that cannot be cleaned is kept all the same, without text. *base: what
 * the text may be a patch of, valid until the next call.
 */
int pm_prepare_understand(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena,
                          struct pm_prepared *dst, struct pm_str *text, struct pm_str *base,
                          struct pm_err *err) PM_MUST_USE;
/* Digest, names, date and uid. */
int pm_prepare_identify(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_row *row,
                        struct pm_err *err) PM_MUST_USE;

#endif
