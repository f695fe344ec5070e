/*
 * url.h - URLs of captures: the host in them, the outlet it names, and globs of them.
 */
#ifndef PM_URL_H
#define PM_URL_H

#include "buf.h"

/* The host of an absolute http(s) URL, a view into it; absent when there is none. No allocation. */
struct pm_str pm_url_host(struct pm_str url);

/* The host without a leading "www.", "m.", "amp." or "mobile.": names an outlet that has no other name. */
struct pm_str pm_url_site(struct pm_str url);

/* A "file:///..." URL of a path, bytes outside RFC 3986's unreserved set and "/" percent-encoded. */
void pm_url_from_path(struct pm_buf *dst, struct pm_str path);

/*
 * Match a URL against a glob: "*" any run, "?" one character; ASCII letters fold. Linear in the
 * product of their lengths.
 */
bool pm_url_glob(struct pm_str glob, struct pm_str url);

#endif
