/*
 * story.h - one cluster of the manifest with its members, in memory.
 */
#ifndef PM_STORY_H
#define PM_STORY_H

#include "manifest.h"

struct pm_story_member {
    struct pm_row row;
    struct pm_member_row link;
    struct pm_str version; /* id of its version cluster; absent if it is alone */
    size_t previous;       /* the member whose text it follows, or SIZE_MAX if it is none of them */
    double follows;        /* how much of the shorter of these two texts is in the other: containment; 0
                              without `previous` */
};

struct pm_story {
    struct pm_cluster_row cluster;
    struct pm_story_member *members; /* in order of date */
    size_t n;                        /* of cluster.members */
    size_t source;                   /* the likely source among them */
};

/*
 * Load the cluster `row`; all of it lives in `arena`. At most `max` members (0: all) are taken, the
 * earliest and the source.
 */
int pm_story_load(struct pm_manifest *m, const struct pm_cluster_row *row, size_t max, struct pm_arena *arena,
                  struct pm_story *dst, struct pm_err *err) PM_MUST_USE;

#endif
