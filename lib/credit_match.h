/*
 * credit_match.h - names of agencies in words of a page, for credit_find.c.
 *
 * Read-only after pm_agencies_new(); threads may share it.
 */
#ifndef PM_CREDIT_MATCH_H
#define PM_CREDIT_MATCH_H

#include "credit.h"
#include "words.h"

enum { PM_CREDIT_MAX = 16, PM_AGENCY_KEY_MAX = 96 };

struct pm_agency_alias {
    struct pm_str key;   /* normal form, see pm_agency_key() */
    struct pm_str alias; /* as written in the table */
    uint16_t id;
};

struct pm_agency_domain {
    struct pm_str name;
    uint16_t id;
};

/* Lists of credit_table.h as sets. */
enum pm_credit_set {
    PM_SET_LABELS,
    PM_SET_LEADS,
    PM_SET_CLAIMS,
    PM_SET_PICTURES,
    PM_SET_FILLERS,
    PM_SET_JOINS,
    PM_SET_COUNT,
};

struct pm_agencies {
    struct pm_arena *arena;
    struct pm_word_set sets[PM_SET_COUNT];
    struct pm_str *names;
    struct pm_agency_alias *aliases; /* sorted by key */
    struct pm_agency_domain *domains;
    size_t n_names, cap_names, n_aliases, cap_aliases, n_domains, cap_domains;
};

/* Agencies by number; the last number stands for unnamed ones. */
struct pm_agency_set {
    uint16_t id[PM_CREDIT_MAX];
    size_t n;
};

/* What a list of names was found to hold. */
struct pm_name_list {
    struct pm_agency_set set;
    unsigned initials;  /* items of up to four letters that are no agency: staff */
    unsigned others;    /* all other items */
    bool picture;       /* a word for a picture is in it */
    bool unnamed_first; /* it starts with unnamed agencies */
};

enum {
    PM_MATCH_LOOSE = 1u << 0,  /* short names in small letters count: "(afp/dpa)" */
    PM_MATCH_AROUND = 1u << 1, /* a name at an item's start or end counts: "AFP Berlin", "A. Writer
                                  Associated Press" */
};

/*
 * The form in which names are compared: small letters, no dots and quotes, everything else that is
 * no letter one space. Returns its length; 0 when it does not fit, which no name of an agency
 * needs.
 */
size_t pm_agency_key(struct pm_str s, char key[PM_AGENCY_KEY_MAX]);

struct pm_str pm_agency_name(const struct pm_agencies *a, unsigned id);
unsigned pm_agency_unnamed_id(const struct pm_agencies *a);

void pm_agency_add(struct pm_agency_set *s, unsigned id);

/* The agency that `s` as a whole names, fillers ("the", "news agency") aside; -1 for none. */
int pm_agency_match(const struct pm_agencies *a, struct pm_str s, unsigned flags);

/* `s` as a list, its items parted by commas, slashes, dashes, "and", ... */
struct pm_name_list pm_agency_list(const struct pm_agencies *a, struct pm_str s, unsigned flags);

/* The first name of an agency among the words of `s`, at or after byte `from`; -1 for none. */
int pm_agency_search(const struct pm_agencies *a, struct pm_str s, size_t from, size_t *at, size_t *len);

/* The agency whose own site a host belongs to; -1 for none. */
int pm_agency_of_host(const struct pm_agencies *a, struct pm_str host);

/* It has a site of its own, as far as the table says. */
bool pm_agency_has_site(const struct pm_agencies *a, unsigned id);

#endif
