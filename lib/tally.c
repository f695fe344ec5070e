#include "tally.h"

#include <stdlib.h>

#include "seen.h"

enum { NAMES_MAX = 256 << 20, PROGRESS_STEP = 1 << 14 };

/* Members of the story under way, and counts that the result is made of. */
struct member {
    int64_t capture, previous;
    uint32_t outlet;
    int32_t day;
    bool dated, credited;
};

struct pair { /* of outlets, from << 32 | to, plus 1; 0 is an empty slot */
    uint64_t key, n;
};

struct pm_tally_own {
    struct pm_manifest *manifest;
    struct pm_tally *tally;
    struct member *members;
    size_t n_members, cap_members;
    uint32_t *credits; /* agencies of the story: how many pages credit each, by number of the agency */
    uint32_t *named;   /* agencies that the story names */
    size_t cap_credits, n_named, cap_named;
    size_t cap_outlets, cap_agencies, cap_days;
    struct pair *pairs; /* by hash; at most half full */
    size_t n_pairs, n_slots;
    struct pm_seen agency_outlets;
    uint32_t outlet; /* of the page under way */
    uint64_t done, total;
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total);
    void *ctx;
    struct pm_err *err;
};

/* ---- names ---- */

static int
find_outlet(struct pm_tally_own *o, struct pm_str name, uint32_t *number)
{
    struct pm_tally *t = o->tally;
    struct pm_tally_outlet *grown;
    int rc = pm_terms_add(t->outlet_names, name, number, o->err);

    if (rc != PM_OK || *number < t->n_outlets)
        return rc;
    grown = pm_grow(t->outlets, &o->cap_outlets, t->n_outlets + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(o->err, PM_ENOMEM, "out of memory");
    t->outlets = grown;
    t->outlets[t->n_outlets++] = (struct pm_tally_outlet){.in_stories = 0};
    return PM_OK;
}

static int
find_agency(struct pm_tally_own *o, struct pm_str name, uint32_t *number)
{
    struct pm_tally *t = o->tally;
    struct pm_tally_agency *grown;
    uint32_t *credits;
    int rc = pm_terms_add(t->agency_names, name, number, o->err);

    if (rc != PM_OK || *number < t->n_agencies)
        return rc;
    grown = pm_grow(t->agencies, &o->cap_agencies, t->n_agencies + 1, sizeof(*grown));
    if (grown != NULL)
        t->agencies = grown;
    credits = grown ? pm_grow(o->credits, &o->cap_credits, t->n_agencies + 1, sizeof(*credits)) : NULL;
    if (credits == NULL)
        return pm_fail(o->err, PM_ENOMEM, "out of memory");
    o->credits = credits;
    o->credits[t->n_agencies] = 0;
    t->agencies[t->n_agencies++] = (struct pm_tally_agency){0};
    return PM_OK;
}

int
pm_tally_each_agency(struct pm_str credit, int (*each)(void *ctx, struct pm_str agency), void *ctx)
{
    int rc = PM_OK;

    for (size_t i = 0, end; rc == PM_OK && i < credit.len; i = end + 2) {
        end = pm_str_find(credit, PM_STR(", "), i);
        if (end == SIZE_MAX)
            end = credit.len;
        if (end > i)
            rc = each(ctx, PM_STRN(credit.ptr + i, end - i));
    }
    return rc;
}

/* ---- days ---- */

static int32_t
day_of(int64_t when_us)
{
    return (int32_t)((when_us - (when_us % PM_DAY_US + PM_DAY_US) % PM_DAY_US) / PM_DAY_US);
}

/* The place of a day among those counted, or where it would go. */
static size_t
day_place(const struct pm_tally *t, int32_t day)
{
    size_t low = 0, high = t->n_days;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (t->days[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static int
count_day(struct pm_tally_own *o, int32_t day, enum pm_tally_kind kind)
{
    struct pm_tally *t = o->tally;
    size_t i = day_place(t, day);

    if (i == t->n_days || t->days[i].day != day) {
        struct pm_tally_day *grown = pm_grow(t->days, &o->cap_days, t->n_days + 1, sizeof(*grown));

        if (grown == NULL)
            return pm_fail(o->err, PM_ENOMEM, "out of memory");
        t->days = grown;
        memmove(t->days + i + 1, t->days + i, (t->n_days - i) * sizeof(*t->days));
        t->days[i] = (struct pm_tally_day){.day = day};
        t->n_days++;
    }
    t->days[i].pages[kind]++;
    return PM_OK;
}

/* ---- every page ---- */

static int
count_agency(void *ctx, struct pm_str agency)
{
    struct pm_tally_own *o = ctx;
    uint32_t number;
    int rc = find_agency(o, agency, &number);

    if (rc != PM_OK)
        return rc;
    o->tally->agencies[number].pages++;
    rc = pm_seen_add(&o->agency_outlets, (uint64_t)number << 32 | o->outlet, o->err);
    o->tally->agencies[number].outlets += rc == PM_OK;
    return rc < 0 ? rc : PM_OK;
}

static int
tell(struct pm_tally_own *o)
{
    if (o->progress != NULL && ++o->done % PROGRESS_STEP == 0 &&
        o->progress(o->ctx, "counting pages", o->done, o->total) != 0)
        return pm_fail(o->err, PM_ECANCELED, "stopped on request");
    return PM_OK;
}

/* For now a page that credits none is its outlet's own; count_story() corrects that. */
static int
count_page(void *ctx, const struct pm_row *row)
{
    struct pm_tally_own *o = ctx;
    struct pm_tally *t = o->tally;
    enum pm_tally_kind kind = row->credit.len > 0 ? PM_TALLY_CREDITED : PM_TALLY_OWN;
    int rc;

    t->captures++;
    if (row->words == 0)
        return tell(o);
    rc = find_outlet(o, row->outlet, &o->outlet);
    if (rc == PM_OK)
        rc = pm_tally_each_agency(row->credit, count_agency, o);
    if (rc != PM_OK)
        return rc;
    t->all++;
    t->pages[kind]++;
    t->outlets[o->outlet].pages[kind]++;
    if (row->when_us == PM_WHEN_NONE) {
        t->undated[kind]++;
        return tell(o);
    }
    if (t->first_us == PM_WHEN_NONE || row->when_us < t->first_us)
        t->first_us = row->when_us;
    if (t->last_us == PM_WHEN_NONE || row->when_us > t->last_us)
        t->last_us = row->when_us;
    rc = count_day(o, day_of(row->when_us), kind);
    return rc == PM_OK ? tell(o) : rc;
}

/* ---- stories ---- */

static size_t
pair_slot(const struct pair *pairs, size_t n_slots, uint64_t key)
{
    size_t i = (size_t)(key * 0x9E3779B97F4A7C15ULL >> 20) & (n_slots - 1);

    while (pairs[i].key != 0 && pairs[i].key != key)
        i = (i + 1) & (n_slots - 1);
    return i;
}

static int
count_pair(struct pm_tally_own *o, uint32_t from, uint32_t to)
{
    uint64_t key = ((uint64_t)from << 32 | to) + 1;
    size_t i;

    if (2 * (o->n_pairs + 1) > o->n_slots) {
        size_t n = o->n_slots ? 2 * o->n_slots : 256;
        struct pair *grown = calloc(n, sizeof(*grown));

        if (grown == NULL)
            return pm_fail(o->err, PM_ENOMEM, "out of memory");
        for (size_t k = 0; k < o->n_slots; k++)
            if (o->pairs[k].key != 0)
                grown[pair_slot(grown, n, o->pairs[k].key)] = o->pairs[k];
        free(o->pairs);
        o->pairs = grown;
        o->n_slots = n;
    }
    i = pair_slot(o->pairs, o->n_slots, key);
    if (o->pairs[i].key == 0) {
        o->pairs[i].key = key;
        o->n_pairs++;
    }
    o->pairs[i].n++;
    return PM_OK;
}

uint64_t
pm_tally_follows(const struct pm_tally *t, uint32_t from, uint32_t to)
{
    const struct pm_tally_own *o = t->own;

    return o->n_slots ? o->pairs[pair_slot(o->pairs, o->n_slots, ((uint64_t)from << 32 | to) + 1)].n : 0;
}

static int
note_agency(void *ctx, struct pm_str agency)
{
    struct pm_tally_own *o = ctx;
    uint32_t number, *grown;
    int rc = find_agency(o, agency, &number);

    if (rc != PM_OK)
        return rc;
    if (o->credits[number]++ > 0)
        return PM_OK;
    grown = pm_grow(o->named, &o->cap_named, o->n_named + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(o->err, PM_ENOMEM, "out of memory");
    o->named = grown;
    o->named[o->n_named++] = number;
    return PM_OK;
}

static int
note_member(void *ctx, const struct pm_member_row *link, const struct pm_row *row)
{
    struct pm_tally_own *o = ctx;
    struct member *grown = pm_grow(o->members, &o->cap_members, o->n_members + 1, sizeof(*grown));
    struct member *m;
    int rc;

    if (grown == NULL)
        return pm_fail(o->err, PM_ENOMEM, "out of memory");
    o->members = grown;
    if (row->words == 0)
        return PM_OK;
    m = &o->members[o->n_members];
    *m = (struct member){
        .capture = row->capture,
        .previous = link->previous,
        .dated = row->when_us != PM_WHEN_NONE,
        .credited = row->credit.len > 0,
    };
    if (m->dated)
        m->day = day_of(row->when_us);
    rc = find_outlet(o, row->outlet, &m->outlet);
    if (rc == PM_OK)
        rc = pm_tally_each_agency(row->credit, note_agency, o);
    o->n_members += rc == PM_OK;
    return rc;
}

/* One of the outlet's own pages turns out to be of another kind. */
static void
move(struct pm_tally *t, const struct member *m, enum pm_tally_kind kind)
{
    t->pages[PM_TALLY_OWN]--;
    t->pages[kind]++;
    t->outlets[m->outlet].pages[PM_TALLY_OWN]--;
    t->outlets[m->outlet].pages[kind]++;
    if (m->dated) {
        struct pm_tally_day *d = &t->days[day_place(t, m->day)];

        d->pages[PM_TALLY_OWN]--;
        d->pages[kind]++;
    } else {
        t->undated[PM_TALLY_OWN]--;
        t->undated[kind]++;
    }
}

static int
by_capture(const void *a, const void *b)
{
    const struct member *x = a, *y = b;

    return x->capture < y->capture ? -1 : x->capture > y->capture;
}

static int
count_pairs(struct pm_tally_own *o)
{
    int rc = PM_OK;

    if (o->n_members > 0)
        qsort(o->members, o->n_members, sizeof(*o->members), by_capture);
    for (size_t i = 0; rc == PM_OK && i < o->n_members; i++) {
        struct member wanted = {.capture = o->members[i].previous};
        const struct member *from =
            wanted.capture ? bsearch(&wanted, o->members, o->n_members, sizeof(wanted), by_capture) : NULL;

        if (from != NULL)
            rc = count_pair(o, from->outlet, o->members[i].outlet);
    }
    return rc;
}

static int
count_story(void *ctx, const struct pm_cluster_row *row)
{
    struct pm_tally_own *o = ctx;
    struct pm_tally *t = o->tally;
    bool one_outlet = true;
    uint32_t most = 0;
    int rc;

    o->n_members = o->n_named = 0;
    rc = pm_manifest_each_member(o->manifest, row->id, note_member, o, o->err);
    for (size_t i = 0; i < o->n_named; i++) {
        t->agencies[o->named[i]].stories++;
        if (o->credits[o->named[i]] > o->credits[o->named[most]])
            most = (uint32_t)i;
    }
    for (size_t i = 1; i < o->n_members; i++)
        one_outlet = one_outlet && o->members[i].outlet == o->members[0].outlet;
    for (size_t i = 0; rc == PM_OK && i < o->n_members; i++) {
        const struct member *m = &o->members[i];

        t->outlets[m->outlet].in_stories++;
        if (m->credited)
            continue;
        if (o->n_named > 0) {
            t->agencies[o->named[most]].silent++;
            move(t, m, PM_TALLY_SILENT);
        } else if (!one_outlet) {
            move(t, m, PM_TALLY_SHARED);
        }
    }
    for (size_t i = 0; i < o->n_named; i++)
        o->credits[o->named[i]] = 0;
    t->stories++;
    t->in_stories += o->n_members;
    if (rc == PM_OK)
        rc = count_pairs(o);
    return rc == PM_OK ? tell(o) : rc;
}

/* ---- all ---- */

int
pm_tally_make(struct pm_tally *t, struct pm_manifest *m,
              int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total), void *ctx,
              struct pm_err *err)
{
    struct pm_query all = PM_QUERY_ALL;
    struct pm_totals totals;
    int rc;

    *t = (struct pm_tally){.first_us = PM_WHEN_NONE, .last_us = PM_WHEN_NONE};
    t->own = calloc(1, sizeof(*t->own));
    if (t->own == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    t->own->manifest = m;
    t->own->tally = t;
    t->own->progress = progress;
    t->own->ctx = ctx;
    t->own->err = err;
    rc = pm_terms_new(&t->outlet_names, NAMES_MAX, err);
    if (rc == PM_OK)
        rc = pm_terms_new(&t->agency_names, NAMES_MAX, err);
    if (rc == PM_OK)
        rc = pm_manifest_totals(m, &totals, err);
    if (rc != PM_OK)
        return rc;
    t->own->total = totals.captures + totals.stories;
    rc = pm_manifest_select(m, &all, count_page, t->own, err);
    return rc == PM_OK ? pm_manifest_each_cluster(m, PM_LEVEL_STORY, count_story, t->own, err) : rc;
}

void
pm_tally_release(struct pm_tally *t)
{
    pm_terms_free(t->outlet_names);
    pm_terms_free(t->agency_names);
    free(t->outlets);
    free(t->agencies);
    free(t->days);
    if (t->own != NULL) {
        free(t->own->members);
        free(t->own->credits);
        free(t->own->named);
        free(t->own->pairs);
        pm_seen_release(&t->own->agency_outlets);
        free(t->own);
    }
    *t = (struct pm_tally){0};
}
