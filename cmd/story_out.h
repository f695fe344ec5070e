/*
 * story_out.h - the report of `dedupe` for people: a paragraph and a table for each story.
 */
#ifndef CMD_STORY_OUT_H
#define CMD_STORY_OUT_H

#include "cli.h"

struct story_report {
    const struct cli *cli;
    /* A second handle on the archive, for the texts: the first one is in the middle of the
     * clusters. NULL: no notes. */
    struct pressmark_archive *texts;
    bool brief;   /* no table of members */
    size_t width; /* columns; 0: no limit */
    uint64_t n;   /* clusters printed */
};

void story_print(struct story_report *r, const struct pressmark_cluster *c);

#endif
