#include "credit_match.h"

#include <stdlib.h>

#include "credit_table.h"
#include "words.h"

enum { EXTRA_MAX = 1 << 20 };

static void
add_entry(struct pm_agencies *a, struct pm_str alias, unsigned id)
{
    char key[PM_AGENCY_KEY_MAX];
    size_t n = pm_agency_key(alias, key);

    if (n == 0 || a->n_aliases == a->cap_aliases)
        return;
    a->aliases[a->n_aliases].key = pm_arena_str(a->arena, PM_STRN(key, n));
    a->aliases[a->n_aliases].alias = alias;
    a->aliases[a->n_aliases].id = (uint16_t)id;
    a->n_aliases++;
}

static void
add_domain(struct pm_agencies *a, struct pm_str domain, unsigned id)
{
    if (domain.len == 0 || a->n_domains == a->cap_domains)
        return;
    a->domains[a->n_domains].name = domain;
    a->domains[a->n_domains++].id = (uint16_t)id;
}

/* Call `add` for each of the "|"-separated parts. */
static void
add_all(struct pm_agencies *a, const char *list, unsigned id,
        void (*add)(struct pm_agencies *, struct pm_str, unsigned))
{
    for (const char *p = list; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, "|");

        add(a, PM_STRN(p, n), id);
        p += n + (p[n] == '|');
    }
}

static int
cmp_entries(const void *a, const void *b)
{
    const struct pm_agency_alias *x = a, *y = b;
    int c = pm_str_cmp(x->key, y->key);

    return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

/* The number of the agency of that short name, a new one if there is none yet. */
static unsigned
name_id(struct pm_agencies *a, struct pm_str name)
{
    for (size_t i = 0; i < a->n_names; i++)
        if (pm_str_ieq(a->names[i], name))
            return (unsigned)i;
    a->names[a->n_names] = name;
    return (unsigned)a->n_names++;
}

static int
add_extra(struct pm_agencies *a, struct pm_str extra, struct pm_err *err)
{
    size_t line_no = 0;

    while (extra.len > 0) {
        const char *nl = memchr(extra.ptr, '\n', extra.len);
        size_t len = nl ? (size_t)(nl - extra.ptr) : extra.len;
        struct pm_str line = PM_STRN(extra.ptr, len);
        unsigned id = 0;
        bool first = true;

        extra.ptr += len + (nl != NULL);
        extra.len -= len + (nl != NULL);
        line_no++;
        if (pm_str_trim(line).len == 0)
            continue;
        for (size_t i = 0, l; i < line.len; i += l)
            if (pm_char_at(line, i, &l) == 0xFFFD && l == 1)
                return pm_fail(err, PM_EINVAL, "agencies, line %zu: not UTF-8", line_no);
        while (line.len > 0 && line.ptr[0] != '#') {
            const char *tab = memchr(line.ptr, '\t', line.len);
            struct pm_str word = PM_STRN(line.ptr, tab ? (size_t)(tab - line.ptr) : line.len);

            line.ptr += word.len + (tab != NULL);
            line.len -= word.len + (tab != NULL);
            word = pm_str_trim(word);
            if (first && word.len == 0)
                return pm_fail(err, PM_EINVAL, "agencies, line %zu: no short name", line_no);
            if (first)
                id = name_id(a, word);
            first = false;
            add_entry(a, word, id);
            if (memchr(word.ptr, '.', word.len) && !memchr(word.ptr, ' ', word.len))
                add_domain(a, word, id);
        }
    }
    return PM_OK;
}

static size_t
count_of(struct pm_str s, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == c;
    return n;
}

/* Room for every name there can be, so that filling cannot run over. */
static int
make_room(struct pm_agencies *a, struct pm_str extra, struct pm_err *err)
{
    size_t lines = count_of(extra, '\n') + 1, tabs = count_of(extra, '\t') + lines;

    a->cap_names = pm_agency_table_len + lines + 1;
    a->cap_aliases = tabs + count_of(pm_str_of(pm_agency_unnamed), '|') + 1;
    a->cap_domains = tabs;
    for (size_t i = 0; i < pm_agency_table_len; i++) {
        a->cap_aliases += count_of(pm_str_of(pm_agency_table[i].aliases), '|') + 2;
        a->cap_domains += count_of(pm_str_of(pm_agency_table[i].domains), '|') + 1;
    }
    if (a->cap_names > UINT16_MAX)
        return pm_fail(err, PM_ELIMIT, "more than %d agencies", (int)UINT16_MAX);
    a->names = pm_arena_array(a->arena, a->cap_names, sizeof(*a->names));
    a->aliases = pm_arena_array(a->arena, a->cap_aliases, sizeof(*a->aliases));
    a->domains = pm_arena_array(a->arena, a->cap_domains, sizeof(*a->domains));
    return pm_arena_check(a->arena, err);
}

static int
make_sets(struct pm_agencies *a, struct pm_err *err)
{
    static const char *const lists[PM_SET_COUNT] = {
        [PM_SET_LABELS] = pm_credit_labels,   [PM_SET_LEADS] = pm_credit_leads,
        [PM_SET_CLAIMS] = pm_credit_claims,   [PM_SET_PICTURES] = pm_credit_pictures,
        [PM_SET_FILLERS] = pm_credit_fillers, [PM_SET_JOINS] = pm_credit_joins,
    };
    int rc = PM_OK;

    for (int i = 0; rc == PM_OK && i < PM_SET_COUNT; i++)
        rc = pm_word_set_make(&a->sets[i], lists[i], a->arena, err);
    return rc;
}

int
pm_agencies_new(struct pm_agencies **dst, struct pm_str extra, struct pm_err *err)
{
    struct pm_agencies *a = NULL;
    struct pm_arena *arena;
    int rc;

    if (extra.len > EXTRA_MAX)
        return pm_fail(err, PM_ELIMIT, "table of agencies is over the limit of %d bytes", EXTRA_MAX);
    arena = pm_arena_new((size_t)64 << 20);
    if (arena != NULL)
        a = pm_arena_alloc(arena, sizeof(*a));
    if (a == NULL) {
        rc = pm_fail(err, PM_ENOMEM, "no memory for the table of agencies");
        goto out;
    }
    a->arena = arena;
    extra = pm_arena_str(arena, extra); /* aliases point into it */
    rc = make_room(a, extra, err);
    if (rc != PM_OK)
        goto out;
    for (size_t i = 0; i < pm_agency_table_len; i++) {
        unsigned id = name_id(a, pm_str_of(pm_agency_table[i].name));

        add_entry(a, a->names[id], id);
        add_all(a, pm_agency_table[i].aliases, id, add_entry);
        add_all(a, pm_agency_table[i].domains, id, add_domain);
    }
    rc = add_extra(a, extra, err);
    if (rc != PM_OK)
        goto out;
    a->names[a->n_names++] = PM_STR(PM_AGENCY_UNNAMED);
    add_all(a, pm_agency_unnamed, pm_agency_unnamed_id(a), add_entry);
    rc = make_sets(a, err);
    if (rc != PM_OK)
        goto out;
    qsort(a->aliases, a->n_aliases, sizeof(*a->aliases), cmp_entries);
    rc = pm_arena_check(arena, err);
out:
    if (rc != PM_OK)
        pm_arena_free(arena);
    else
        *dst = a;
    return rc;
}

void
pm_agencies_free(struct pm_agencies *a)
{
    if (a != NULL)
        pm_arena_free(a->arena); /* which holds *a too */
}

struct pm_str
pm_agency_name(const struct pm_agencies *a, unsigned id)
{
    return a->names[id];
}

unsigned
pm_agency_unnamed_id(const struct pm_agencies *a)
{
    return (unsigned)(a->n_names - 1);
}

void
pm_agency_add(struct pm_agency_set *s, unsigned id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->id[i] == id)
            return;
    if (s->n < PM_CREDIT_MAX)
        s->id[s->n++] = (uint16_t)id;
}

int
pm_agency_of_host(const struct pm_agencies *a, struct pm_str host)
{
    for (size_t i = 0; i < a->n_domains; i++) {
        struct pm_str d = a->domains[i].name;

        if (host.len < d.len || !pm_str_ieq(PM_STRN(host.ptr + host.len - d.len, d.len), d))
            continue;
        if (host.len == d.len || host.ptr[host.len - d.len - 1] == '.')
            return a->domains[i].id;
    }
    return -1;
}

bool
pm_agency_has_site(const struct pm_agencies *a, unsigned id)
{
    for (size_t i = 0; i < a->n_domains; i++)
        if (a->domains[i].id == id)
            return true;
    return false;
}

void
pm_credit_join(const struct pm_credit *credit, size_t n, bool words, struct pm_buf *dst)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            pm_buf_cstr(dst, words ? "; " : ", ");
        pm_buf_str(dst, words ? credit[i].words : credit[i].agency);
    }
}
