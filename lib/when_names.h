/*
 * when_names.h - names of months and time zones, for when.c and when_find.c.
 *
 * Tables only; safe from any thread.
 */
#ifndef PM_WHEN_NAMES_H
#define PM_WHEN_NAMES_H

#include "buf.h"

/* What a month name belongs to. */
enum pm_when_calendar { PM_CALENDAR_GREGORIAN, PM_CALENDAR_JALALI };

/* 1..12 for the English name or its three letters, in any case; 0 when it is none. */
int pm_when_month_en(struct pm_str word);

/*
 * 1..12 for a month name or abbreviation of any language of the table, in any case; 0 when it is
 * none. *calendar is set when it is one.
 */
int pm_when_month(struct pm_str word, enum pm_when_calendar *calendar);

/* Minutes east of UTC of a zone's usual letters ("GMT", "CEST", "z"); false when they are none. */
bool pm_when_zone(struct pm_str word, int32_t *offset_min);

#endif
