/*
 * lineage.h - which text follows which: the line of a capture up to the first of its story, and
 * what came of it.
 */
#ifndef CMD_LINEAGE_H
#define CMD_LINEAGE_H

#include "cli.h"

/* Print the line of the capture `id`, for people or as rows of JSON Lines; an exit code: EXIT_NO
 * when it has no copies. */
int lineage(const struct cli *cli, const char *id, bool json);

#endif
