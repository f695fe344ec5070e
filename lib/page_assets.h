/*
 * page_assets.h - style and script of the pages, embedded from lib/page/ by the Makefile.
 */
#ifndef PM_PAGE_ASSETS_H
#define PM_PAGE_ASSETS_H

#include <stddef.h>

extern const char pm_page_css[], pm_page_js[];
extern const size_t pm_page_css_len, pm_page_js_len;

#endif
