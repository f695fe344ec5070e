/*
 * version.h - what is written into files to say who made them.
 */
#ifndef PM_VERSION_H
#define PM_VERSION_H

#define PM_VERSION        "0.1.0"
#define PM_FORMAT_VERSION 1 /* of an archive: layout, bundles, metadata records */

#endif
