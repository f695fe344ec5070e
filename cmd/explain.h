/*
 * explain.h - why two captures are, or are not, copies of one story.
 */
#ifndef CMD_EXPLAIN_H
#define CMD_EXPLAIN_H

#include "cli.h"

/* Print every number that leads to the verdict; an exit code: EXIT_NO when they are no copies. */
int explain(const struct cli *cli, const char *a, const char *b, const struct pressmark_dedupe_options *o, bool json);

#endif
