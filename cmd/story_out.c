/* story_out.c - one story for people: who ran it, what was cut and added, where it came from */
#include "story_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "talk.h"

static const struct pressmark_member *
source_of(const struct pressmark_cluster *c)
{
    for (size_t i = 0; i < c->n_members; i++)
        if (strcmp(c->members[i].capture->id, c->source) == 0)
            return &c->members[i];
    return &c->members[0];
}

/* ---- the head ---- */

static int
compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Number of distinct texts among the n of `item`, which is sorted; they are moved to the front. */
static size_t
distinct(const char **item, size_t n)
{
    size_t kept = 0;

    if (n)
        qsort((void *)item, n, sizeof(*item), compare_text);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || strcmp(item[kept - 1], item[i]) != 0)
            item[kept++] = item[i];
    return kept;
}

static void
print_counts(const struct pressmark_cluster *c)
{
    const char **item = must_realloc(NULL, (c->n_members + 1) * sizeof(*item));
    size_t outlets = 0, credits = 0, none = 0;
    char first[32], last[32];

    for (size_t i = 0; i < c->n_members; i++)
        if (c->members[i].capture->outlet)
            item[outlets++] = c->members[i].capture->outlet;
    outlets = distinct(item, outlets);
    printf("  %zu captures, %zu outlet%s, %s", c->n_members, outlets, outlets == 1 ? "" : "s",
           when_text(c->first_us, first));
    if (c->last_us != c->first_us)
        printf(" to %s", when_text(c->last_us, last));
    for (size_t i = 0; i < c->n_members; i++) {
        if (c->members[i].capture->credit)
            item[credits++] = c->members[i].capture->credit;
        else
            none++;
    }
    credits = distinct(item, credits);
    for (size_t i = 0; i < credits; i++) {
        fputs(i ? "; " : ", credit ", stdout);
        put_text(stdout, item[i]);
    }
    if (credits && none)
        printf(" (%zu without)", none);
    putchar('\n');
    free((void *)item);
}

static void
print_head(const struct story_report *r, const struct pressmark_cluster *c, const struct pressmark_member *source)
{
    const struct paint *p = r->cli->paint;
    const struct pressmark_capture *s = source->capture;
    size_t lead = strlen(c->id) + 2;
    char when[32];

    printf("%s%s%s  %s", p->id, c->id, p->off, p->head);
    put_cut(stdout, s->title ? s->title : s->url, r->width > lead + 10 ? r->width - lead : 0);
    printf("%s\n", p->off);
    print_counts(c);
    fputs("  likely source: ", stdout);
    put_text(stdout, s->outlet ? s->outlet : s->url);
    printf(", %s (%.0f %%)", when_text(s->when_us, when), 100 * c->confidence);
    if (c->reasons && *c->reasons) {
        fputs(": ", stdout);
        put_text(stdout, c->reasons);
    }
    putchar('\n');
}

/* ---- notes: what was cut and added, in words ---- */

struct change {
    const char *text;
    size_t len;
};

/* The longest run of one kind that the other text lacks; what it has elsewhere was only moved. */
static struct change
longest(const struct pressmark_diff *d, enum pressmark_op op, const char *other, size_t other_len)
{
    struct change best = {NULL, 0};

    for (size_t i = 0; i < d->n_runs; i++)
        if (d->runs[i].op == op && d->runs[i].len > best.len &&
            !memmem(other, other_len, d->runs[i].text, d->runs[i].len))
            best = (struct change){d->runs[i].text, d->runs[i].len};
    return best;
}

/* True when a passage, more than a turn of phrase, stands in another place of the other text. */
static bool
was_moved(const struct pressmark_diff *d, const char *other, size_t other_len)
{
    enum { PASSAGE = 60 };

    for (size_t i = 0; i < d->n_runs; i++)
        if (d->runs[i].op == PRESSMARK_CUT && d->runs[i].len >= PASSAGE &&
            memmem(other, other_len, d->runs[i].text, d->runs[i].len))
            return true;
    return false;
}

/* True when nothing that is kept follows the last cut: an editor's cut from the bottom. */
static bool
cut_at_end(const struct pressmark_diff *d)
{
    bool cut = false;

    for (size_t i = 0; i < d->n_runs; i++) {
        if (d->runs[i].op == PRESSMARK_CUT)
            cut = true;
        else if (d->runs[i].op == PRESSMARK_KEEP && cut)
            return false;
    }
    return cut;
}

static void
print_change(const struct story_report *r, const char *lead, uint32_t words, struct change c)
{
    enum { INDENT = 5, SHOWN = 120 };
    const struct paint *p = r->cli->paint;
    size_t width = r->width > 60 ? r->width : SHOWN, used;
    char *text = must_realloc(NULL, c.len + 3);
    char head[96];
    size_t n = 0;

    used = (size_t)snprintf(head, sizeof(head), "%s %u word%s: ", lead, words, words == 1 ? "" : "s");
    text[n++] = '"';
    for (size_t i = 0; i < c.len; i++) {
        /* One line: breaks between paragraphs become spaces, none at the ends. */
        char ch = c.text[i] == '\n' ? ' ' : c.text[i];
        if (ch != ' ' || n > 1)
            text[n++] = ch;
    }
    while (n > 1 && text[n - 1] == ' ')
        n--;
    text[n++] = '"';
    text[n] = '\0';
    printf("%*s%s%s", INDENT, "", lead[0] == 'c' ? p->cut : p->add, head);
    put_cut(stdout, text, width > INDENT + used + 10 ? width - INDENT - used : SHOWN);
    printf("%s\n", p->off);
    free(text);
}

static void
print_notes(const struct story_report *r, const char *source_text, size_t source_len, const struct pressmark_member *m)
{
    struct pressmark_diff *d = NULL;
    struct change change;
    char *text = NULL;
    size_t len = 0;
    int rc = pressmark_bytes(r->texts, m->capture->id, PRESSMARK_TEXT, &text, &len, NULL);

    if (rc == PRESSMARK_OK)
        rc = pressmark_diff(source_text, source_len, text, len, PRESSMARK_WORD, &d, NULL);
    if (rc == PRESSMARK_ENOMEM)
        no_memory();
    if (rc != PRESSMARK_OK) /* a text that is lost has none */
        goto out;
    change = longest(d, PRESSMARK_CUT, text, len);
    if (change.len && m->cut_words)
        print_change(r, cut_at_end(d) ? "cut at the end" : "cut", m->cut_words, change);
    change = longest(d, PRESSMARK_ADD, source_text, source_len);
    if (change.len && m->added_words)
        print_change(r, "added", m->added_words, change);
    if (was_moved(d, text, len))
        printf("     %sput into another order%s\n", r->cli->paint->dim, r->cli->paint->off);
out:
    pressmark_diff_free(d);
    pressmark_bytes_free(text);
}

/* ---- the table ---- */

/* Columns that the members of one story need. */
struct columns {
    size_t outlet, credit, title; /* title 0: as long as it is */
};

enum {
    OUTLET_MIN = 6,
    OUTLET_MAX = 24,
    CREDIT_MIN = 6,
    CREDIT_MAX = 16,
    /* version, mark, date, shared, cut, added, and the spaces between */
    FIXED = 2 + 3 + 2 + 16 + 2 + 2 + 2 + 6 + 2 + 6 + 2 + 6 + 2,
};

static size_t
wider(size_t now, const char *text, size_t max)
{
    size_t n = text ? columns_of(text, strlen(text)) : 1;

    return n > max ? max : n > now ? n : now;
}

static struct columns
measure(const struct story_report *r, const struct pressmark_cluster *c)
{
    struct columns w = {OUTLET_MIN, CREDIT_MIN, 0};

    for (size_t i = 0; i < c->n_members; i++) {
        w.outlet = wider(w.outlet, c->members[i].capture->outlet, OUTLET_MAX);
        w.credit = wider(w.credit, c->members[i].capture->credit, CREDIT_MAX);
    }
    if (r->width > FIXED + w.outlet + w.credit + 12)
        w.title = r->width - FIXED - w.outlet - w.credit;
    else if (r->width)
        w.title = 12;
    return w;
}

/* For each member the number of its version, from 1 in the order in which versions come first; 0:
 * alone. */
static unsigned *
number_versions(const struct pressmark_cluster *c)
{
    unsigned *number = must_realloc(NULL, (c->n_members + 1) * sizeof(*number)), n = 0;
    const char **seen = must_realloc(NULL, (c->n_members + 1) * sizeof(*seen));

    for (size_t i = 0; i < c->n_members; i++) {
        const char *version = c->members[i].version;
        unsigned k = 0;

        number[i] = 0;
        if (!version)
            continue;
        while (k < n && strcmp(seen[k], version) != 0)
            k++;
        if (k == n)
            seen[n++] = version;
        number[i] = k + 1;
    }
    free((void *)seen);
    return number;
}

/* "A" to "Z", then numbers; "-" for a text that stands alone. */
static void
version_name(unsigned number, char dst[16])
{
    if (number == 0)
        memcpy(dst, "-", 2);
    else if (number <= 26)
        snprintf(dst, 16, "%c", (char)('A' + number - 1));
    else
        snprintf(dst, 16, "%u", number);
}

static void
print_member(const struct pressmark_member *m, unsigned number, bool is_source, const struct columns *w)
{
    const struct pressmark_capture *p = m->capture;
    char when[32], version[16], shared[16] = "-", cut[16] = "-", added[16] = "-";

    version_name(number, version);
    if (!is_source) {
        snprintf(shared, sizeof(shared), "%.0f %%", 100 * m->containment);
        snprintf(cut, sizeof(cut), "%u", m->cut_words);
        snprintf(added, sizeof(added), "%u", m->added_words);
    }
    printf("  %-2s%c  %-16s  ", version, is_source ? '*' : ' ', when_text(p->when_us, when));
    put_column(stdout, p->outlet ? p->outlet : "-", w->outlet);
    fputs("  ", stdout);
    put_column(stdout, p->credit ? p->credit : "-", w->credit);
    printf("  %6s  %6s  %6s  ", shared, cut, added);
    put_cut(stdout, p->title ? p->title : p->url ? p->url : "", w->title);
    putchar('\n');
}

static void
print_table(const struct story_report *r, const struct pressmark_cluster *c, const struct pressmark_member *source)
{
    struct columns w = measure(r, c);
    unsigned *number = number_versions(c);
    char *text = NULL;
    size_t len = 0;
    int rc =
        r->texts ? pressmark_bytes(r->texts, source->capture->id, PRESSMARK_TEXT, &text, &len, NULL) : PRESSMARK_NO;
    bool notes = rc == PRESSMARK_OK;

    if (rc == PRESSMARK_ENOMEM)
        no_memory();
    printf("%s\n  v    %-16s  ", r->cli->paint->dim, "date (UTC)");
    put_column(stdout, "outlet", w.outlet);
    fputs("  ", stdout);
    put_column(stdout, "credit", w.credit);
    printf("  %6s  %6s  %6s  headline%s\n", "shared", "cut", "added", r->cli->paint->off);
    for (size_t i = 0; i < c->n_members; i++) {
        bool is_source = &c->members[i] == source;
        print_member(&c->members[i], number[i], is_source, &w);
        if (notes && !is_source && (c->members[i].cut_words || c->members[i].added_words))
            print_notes(r, text, len, &c->members[i]);
    }
    free(number);
    pressmark_bytes_free(text);
}

void
story_print(struct story_report *r, const struct pressmark_cluster *c)
{
    const struct pressmark_member *source = source_of(c);

    if (r->n++ > 0)
        putchar('\n');
    print_head(r, c, source);
    if (!r->brief)
        print_table(r, c, source);
}
