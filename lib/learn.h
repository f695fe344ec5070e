/*
 * learn.h - find the furniture of outlets (furniture.h) in what an archive holds of them.
 *
 * A block is furniture of an outlet when it stands in a tenth of its captures, and these tell at least three stories:
 * texts that have little in common once furniture is left out. So a wire story that an outlet ran in five versions is none,
 * nor is a line that is most of the text it stands in, or one that credits an agency.
 *
 * What is learned is a function of the captures alone: of their blocks, fingerprints and uids, not of the order in which they
 * came, nor in how many runs. Of an outlet with more captures than PM_LEARN_CAPTURES those with the lowest uids, which are
 * hashes, are looked at: memory and time for an outlet have a ceiling, and nothing is counted for the archive as a whole.
 * Ingest calls this at the end of a run, for the outlets that got captures; rebuild for all.
 */
#ifndef PM_LEARN_H
#define PM_LEARN_H

#include "manifest.h"

enum { PM_LEARN_CAPTURES = 2048 };

/*
 * Learn from each outlet that got captures since it was learned from, in one transaction. `root`: descriptor of the archive
 * directory; the captures are committed, and their bundles readable. Nothing changes on failure; it can be made good later.
 */
int pm_learn(struct pm_manifest *m, int root, struct pm_err *err) PM_MUST_USE;

#endif
