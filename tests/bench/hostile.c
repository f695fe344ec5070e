/*
 * hostile.c - families of pages made to cost more than their size: time at n and 2n bytes, their
 * ratio, peak memory.
 *
 *   hostile [-n BYTES] [FAMILY...]
 *
 * Times are processor time, the best of three. Exit 1 when a family takes more than 2.5 times as
 * long for twice the bytes (2.2 is the aim; short times are noisy).
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "clean.h"

/* A page is `head`, then `unit` again and again, then `tail` as often. "%zu" in a unit is the
 * number of the repetition. */
static const struct family {
    const char *name, *head, *unit, *tail;
} families[] = {
    {"nested-div", "", "<div>", ""},
    {"nested-div-closed", "", "<div>", "</div>"},
    {"nested-div-text", "", "<div>a b c d, e f. ", ""},
    {"unclosed-p", "", "<p>Some words here, and more of them.", ""},
    {"unclosed-b", "", "<b>x", ""},
    {"unclosed-a", "", "<a href=x>x", ""},
    {"a-in-div", "", "<a href=x><div>", ""},
    {"b-div-b", "", "<b><div></b>", ""},
    {"formatting-cross", "", "<b><i><p>", "</b></i></p>"},
    {"unclosed-li", "<ul>", "<li>x", ""},
    {"nested-ul", "", "<ul><li>x", ""},
    {"end-tags", "", "</div></p></b></x-y>", ""},
    {"end-tags-deep", "<div><span><x-y>", "</z-w></h2></table>", ""},
    {"unknown-tags", "", "<x-%zu>", "</x-1>"},
    {"unknown-same", "", "<x-y>", "</x-z>"},
    {"attributes", "<p ", "a%zu=\"b\" ", ""},
    {"attributes-same", "<p ", "class=\"article related\" ", ""},
    {"long-class", "<p class=\"", "article-related ", ""},
    {"class-each", "", "<p class=\"article-%zu related\">Text of it, and more. ", ""},
    {"tables", "", "<table><tr><td>x", ""},
    {"table-rows", "<table>", "<tr><td>x<td>y", ""},
    {"table-cells", "<table><tr>", "<td>x", ""},
    {"quotes", "", "<blockquote>Some words here, and more. ", ""},
    {"headings", "", "<h1>Some words here</h1>", ""},
    {"entities", "<p>", "&amp;&nGt;&#65;&nosuch;", ""},
    {"ampersands", "<p>", "&", ""},
    {"lt", "<p>", "<", ""},
    {"lt-letter", "<p>", "<a", ""},
    {"comment-open", "", "<!--", ""},
    {"comment-dashes", "<!--", "-", ""},
    {"comments", "", "<!-- x -->y", ""},
    {"script-open", "", "<script>", ""},
    {"script-escaped", "", "<script><!--<script></script>", ""},
    {"json-ld", "",
     "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"x\"}</script>",
     ""},
    {"json-ld-deep", "<script type=application/ld+json>", "[", ""},
    {"svg-open", "", "<svg><g>", ""},
    {"svg-nested", "", "<svg>", "</svg>"},
    {"one-line", "<p>", "words without end and ", ""},
    {"one-word", "<p>", "w", ""},
    {"br", "<p>", "x<br>", ""},
    {"br-br", "<p>", "Some words, and more. <br><br>", ""},
    {"spaces", "<p>", " ", ""},
    {"nbsp", "<p>", "\xC2\xA0x", ""},
    {"same-lines", "", "<p>Some words here, and more of them.</p>", ""},
    {"short-lines", "", "<p>x%zu</p>", ""},
    {"captions", "", "<figure><img><figcaption>Photo: AFP</figcaption></figure>", ""},
    {"meta", "",
     "<meta name=author content=\"Some Body\"><meta property=og:title content=\"Some words\">", ""},
    {"select", "<select>", "<option>x", ""},
    {"bytes-80", "<p>", "\x80\xFF", ""},
    {"nul", "<p>", "x%c", ""},
    {"bylines", "", "<p>By Some Body and Another One, AFP, May 3, 2024</p>", ""},
};

static double
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void
unit(struct pm_buf *page, const char *text, size_t i)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (c[0] == '%' && c[1] == 'z') {
            pm_buf_addf(page, "%zu", i);
            c += 2;
        } else if (c[0] == '%' && c[1] == 'c') {
            pm_buf_putc(page, '\0');
            c++;
        } else {
            pm_buf_putc(page, *c);
        }
    }
}

static void
build(struct pm_buf *page, const struct family *f, size_t bytes)
{
    size_t n = 0;

    pm_buf_reset(page);
    pm_buf_cstr(page, f->head);
    while (page->len < bytes / (*f->tail ? 2 : 1))
        unit(page, f->unit, n++);
    while (*f->tail && n-- > 0)
        pm_buf_cstr(page, f->tail);
}

/* Best of three; -1 when the page cannot be cleaned. */
static double
run(struct pm_cleaner *c, const struct pm_buf *page)
{
    struct pm_clean_input in = {.payload = pm_buf_span(page), .media = PM_MEDIA_HTML};
    struct pm_article a;
    double best = 1e9;

    for (int i = 0; i < 3; i++) {
        double start = now();

        if (pm_clean(c, &in, &a, NULL) < 0)
            return -1;
        start = now() - start;
        best = start < best ? start : best;
    }
    return best;
}

static bool
chosen(const char *name, char **argv, int argc)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 0;
}

int
main(int argc, char **argv)
{
    struct pm_buf page = PM_BUF_INIT((size_t)1 << 30);
    size_t bytes = 2 << 20;
    int opt, bad = 0;

    while ((opt = getopt(argc, argv, "n:")) != -1) {
        if (opt != 'n')
            return 64;
        bytes = (size_t)strtoul(optarg, NULL, 10);
    }
    printf("%-20s %9s %9s %6s %9s\n", "family", "n ms", "2n ms", "ratio", "peak MB");
    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
        struct pm_cleaner *c;
        struct rusage u;
        double one, two;

        if (!chosen(families[i].name, argv + optind, argc - optind))
            continue;
        if (pm_cleaner_new(&c, (size_t)4 << 30, NULL, NULL) != PM_OK)
            return 1;
        build(&page, &families[i], bytes);
        one = run(c, &page);
        build(&page, &families[i], bytes * 2);
        two = run(c, &page);
        pm_cleaner_free(c);
        getrusage(RUSAGE_SELF, &u);
        if (one < 0 || two < 0 || (two > 2.5 * one && two > 0.02))
            bad++;
        printf("%-20s %9.1f %9.1f %6.2f %9ld%s\n", families[i].name, one * 1e3, two * 1e3,
               two / one, u.ru_maxrss >> 10, one < 0 || two < 0 ? " over the limit" : "");
    }
    pm_buf_release(&page);
    return bad != 0;
}
