/*
 * uid.h - the id of a capture: made of what it is, so that the same capture has the same one everywhere.
 */
#ifndef PM_UID_H
#define PM_UID_H

#include "manifest.h"

/* Fill row->uid from its time, payload digest, URL and key. */
int pm_uid_make(struct pm_digester *d, struct pm_row *row, struct pm_err *err) PM_MUST_USE;

#endif
