/*
 * capture_out.h - a capture on standard output, in each form that commands offer.
 */
#ifndef CMD_CAPTURE_OUT_H
#define CMD_CAPTURE_OUT_H

#include "cli.h"
#include "output.h"

/* Which one it is: members of a JSON object that is begun already. */
void capture_which(const struct pressmark_capture *c);
/* A row of type "capture". */
void capture_json(const struct pressmark_capture *c);
/* Cells of a table, and their names. */
void capture_names(struct table *t);
void capture_cells(struct table *t, const struct pressmark_capture *c);
/* All fields for people, one a line. */
void capture_fields(const struct cli *cli, const struct pressmark_capture *c);

#endif
