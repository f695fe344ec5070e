/*
 * fields_own.h - what the parts of fields share; internal to them.
 */
#ifndef PM_FIELDS_OWN_H
#define PM_FIELDS_OWN_H

#include "fields.h"
#include "names.h"

enum {
    PM_FIELD_TEXT_MAX = 2000, /* bytes of one field */
    PM_FIELD_CAPTIONS_MAX = 64,
};

/* What the JSON-LD of a page says about its article. */
struct pm_field_ld {
    struct pm_str headline, description, published, modified, section, language, url, publisher;
    struct pm_names authors;
    struct pm_names sources; /* where the text is said to come from: provider, sourceOrganization */
    bool news;               /* it says that it is a news article */
};

/*
 * Read JSON-LD texts; the article that matches `canonical` (may be absent) wins, else the first
 * that has most to say.
 */
int pm_field_ld_read(const struct pm_str *texts, size_t n, struct pm_str canonical, struct pm_arena *arena,
                     struct pm_field_ld *dst, struct pm_err *err) PM_MUST_USE;

/* `s` without tags, white space squeezed, cut at PM_FIELD_TEXT_MAX; in `arena` or a view. */
struct pm_str pm_field_text(struct pm_arena *arena, struct pm_str s);
/* The text inside node `at`; `apart`: " | " at links and blocks, a space at every other tag, as
 * fits bylines. */
struct pm_str pm_field_node_text(const struct pm_html *page, size_t at, bool apart, struct pm_arena *arena);

/* A date of a page's markup as pm_when_put() prints it; absent when it is none. */
struct pm_str pm_field_date(struct pm_str s, struct pm_arena *arena);

/* A headline without the name of its site ("... | The Daily"); names may be absent. */
struct pm_str pm_field_untail(struct pm_str title, const struct pm_str *names, size_t n);

#endif
