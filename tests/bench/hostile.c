/*
 * hostile.c - families of pages made to cost more than their size: time at n and 2n bytes, their
 * ratio, and peak memory as a multiple of the page.
 *
 *   hostile [-n BYTES] [FAMILY...]
 *
 * Each family runs in a process of its own. A time is the median of ROUNDS runs, user time, those of
 * n and 2n in turn, and so is the ratio, of each pair. What a page needs in memory should not fit a
 * cache, neither at n nor at 2n, so n is 4 MiB, and up to four times that where a page needs little;
 * and all larger blocks of memory come fresh from the system: else those up to 32 MiB would be used
 * again from run to run and those over it would not. Without both, somewhere twice the bytes take
 * three times the time, once. Families of text with more lines than are allowed get an eighth. Exit 1
 * when a ratio is over RATIO_MAX, a page needs more than MULTIPLE_MAX times its bytes (clean.h
 * promises that), or one cannot be cleaned.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clean.h"

enum { ROUNDS = 5, MULTIPLE_MAX = 250, TIME_MIN_MS = 20, LINES_MAX = 1 << 20 };

#define RATIO_MAX 2.2

/* A page is `head`, then `unit` again and again, then `tail` as often. "%zu" in a unit is the
 * number of the repetition, "%c" a byte of 0. Names that begin with "text-" are of plain text. */
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
    {"nested-quotes", "", "<blockquote><p>Some words here, and more. </p>", "</blockquote>"},
    {"nested-q", "", "<q>x", "</q>"},
    {"nested-tables", "", "<table><tr><td>Some words here, and more.", "</td></tr></table>"},
    {"nested-templates", "", "<template>", "</template>"},
    {"nested-buttons", "", "<button>x", ""},
    {"nested-objects", "", "<object>x", "</object>"},
    {"inline-in-block", "<p>", "<i>x</i> <b>y</b> ", ""},
    {"dd-dt", "<dl>", "<dt>x<dd>y", ""},
    {"headings-each", "", "<h1>a<h2>b<h3>c<h4>d<h5>e<h6>f", ""},
    {"value-open", "", "<p class=\"", ""},
    {"value-huge", "<p class=\"", "x", "\""},
    {"value-spaces", "<p class=\"", " ", ""},
    {"attributes-each", "", "<p id=a class=b lang=c title=d rel=e role=f itemprop=g>x", ""},
    {"styles", "", "<p style=\"color:red;display :none\">x", ""},
    {"title-open", "", "<title>", ""},
    {"textarea-open", "", "<textarea>", ""},
    {"iframe-open", "", "<iframe>", ""},
    {"declarations", "", "<!x><?y><!doctype html>", ""},
    {"cdata", "", "<![CDATA[x]]>", ""},
    {"entity-prefix", "<p>", "&CounterClockwiseContourIntegra", ""},
    {"entity-numbers", "<p>", "&#9999999999999;&#x;&#", ""},
    {"entities-in-values", "", "<a href=\"&amp;&lt;&copy=1\">x", ""},
    {"json-ld-strings", "<script type=application/ld+json>[", "\"\\\\\\\"\",", ""},
    {"json-ld-authors", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":[",
     "{\"name\":\"Some Body\"},", ""},
    {"json-ld-slashes", "<script type=application/ld+json>", "/*", ""},
    {"authors", "<meta name=author content=\"Some Body\"><meta name=author content=\"One Else\">",
     "<p>Some Bod and One Els came. Some Bod and One Els went.</p>", ""},
    {"description",
     "<meta name=description content=\"Some words here, and more of them, and so on without end\">",
     "<p>Some words here, and more of them, and so on</p>", ""},
    {"headlines", "<title>Some words here</title>", "<h1>Some words here</h1><p>Some words here</p>",
     ""},
    {"sources", "", "<p>Some words here, and more of them.</p><p>Source: AFP</p>", ""},
    {"labels", "", "<p>Photo: AFP</p><p>Some words here, and more of them, and still more.</p>", ""},
    {"agencies", "<p>", "(AP) - Reuters, AFP and dpa contributed to this report. ", ""},
    {"agency-words", "", "<p>Associated Press France Presse Associated</p>", ""},
    {"copyrights", "", "<p>Copyright 2024 \xC2\xA9 All rights reserved</p>", ""},
    {"dates", "<p>", "May 3, 2024 10:30 Monday 3. Mai ", ""},
    {"times", "", "<time datetime=2024-05-03>May 3</time>", ""},
    {"phrases", "", "<p>Read more related articles share subscribe</p>", ""},
    {"phrases-one-line", "<p>", "read more on this story ", ""},
    {"images", "", "<img src=x><p>Some words</p>", ""},
    {"links", "", "<p><a href=x>Some words</a> | <a href=y>and more</a></p>", ""},
    {"items-author", "", "<span itemprop=author>Some Body</span>", ""},
    {"han", "<p>", "\xE6\x96\xB0\xE5\x8D\x8E\xE7\xA4\xBE\xE3\x80\x82", ""},
    {"han-lines", "", "<p>\xE6\x96\xB0\xE5\x8D\x8E\xE7\xA4\xBE\xE7\x94\xB5</p>", ""},
    {"marks", "<p>", "e\xCC\x81\xCC\x81\xCC\x81", ""},
    {"apostrophes", "<p>x", "'", ""},
    {"text-lines", "", "Some words here, and more of them.\n", ""},
    {"text-each", "", "x%zu\n", ""},
    {"text-one-line", "", "Some words here, and more of them. ", ""},
    {"text-one-word", "", "w", ""},
    {"text-short", "", "x\n", ""},
    {"text-blank", "", "\n", ""},
    {"text-spaces", "", " ", ""},
    {"text-returns", "", "x\r\r\n", ""},
    {"text-bullets", "", "- x\n* y\n\xE2\x80\xA2 z\n", ""},
    {"text-bylines", "", "By Some Body and One Else, AFP, May 3, 2024\n", ""},
    {"text-names", "", "Some Body\n", ""},
    {"text-sources", "", "SOURCE:AFP\n", ""},
    {"text-captions", "", "Some words here / AP Archive\n", ""},
    {"text-more", "", "READ MORE: Some words here\nShare\nAdvertisement\n", ""},
    {"text-wrapped", "", "Some words here, and more of them, that go on and on and\non, and then some. ", ""},
    {"text-tabs", "", "a\tb\tc\n", ""},
    {"text-headlines", "", "Some Words Here And More\n\n", ""},
    {"text-han", "", "\xE6\x96\xB0\xE5\x8D\x8E\xE7\xA4\xBE\xE7\x94\xB5\n", ""},
    {"text-bytes-80", "", "\x80\xFF", ""},
};

static double
now(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec * 1e-6;
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
    while (page->len < bytes / (strlen(f->tail) > 1 ? 2 : 1))
        unit(page, f->unit, n++);
    while (*f->tail && n-- > 0)
        pm_buf_cstr(page, f->tail);
}

/* Seconds of cleaning a page `times` times; -1 when it cannot be cleaned. */
static double
run(struct pm_cleaner *c, const struct pm_buf *page, bool text, size_t times)
{
    struct pm_clean_input in = {.payload = pm_buf_span(page),
                                .media = text ? PM_MEDIA_TEXT : PM_MEDIA_HTML};
    struct pm_article a;
    double start = now();

    while (times-- > 0)
        if (pm_clean(c, &in, &a, NULL) < 0)
            return -1;
    return now() - start;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double
median(double v[ROUNDS])
{
    qsort(v, ROUNDS, sizeof(*v), by_size);
    return v[ROUNDS / 2];
}

static long
peak_kib(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return u.ru_maxrss;
}

/* Measure a family and print its line. False: it breaks a bound. */
static bool
measure(const struct family *f, size_t bytes)
{
    struct pm_buf one = PM_BUF_INIT((size_t)1 << 30), two = PM_BUF_INIT((size_t)1 << 30);
    bool text = strncmp(f->name, "text-", 5) == 0, good;
    double t1[ROUNDS], t2[ROUNDS], ratio[ROUNDS], multiple, r;
    struct pm_cleaner *c;
    size_t times = 1;
    long before;

    if (pm_cleaner_new(&c, (size_t)8 << 30, NULL, NULL) != PM_OK)
        return false;
    if (text) { /* there is a limit of lines */
        build(&two, f, bytes * 2);
        for (size_t i = 0, lines = 0; i < two.len; i++)
            if (two.data[i] == '\n' && ++lines > LINES_MAX) {
                bytes /= 8;
                break;
            }
        pm_buf_release(&two);
    }
    build(&one, f, bytes);
    before = peak_kib();
    t1[0] = run(c, &one, text, 1);
    multiple = (double)(peak_kib() - before) * 1024 / (double)one.len;
    if (!text && multiple >= 1 && multiple < 30) {
        bytes *= multiple >= 12 ? 2 : 4;
        build(&one, f, bytes);
    }
    build(&two, f, bytes * 2);
    if (t1[0] < 0 || run(c, &two, text, 1) < 0) {
        printf("%-20s cannot be cleaned\n", f->name);
        return false;
    }
    t1[0] = run(c, &one, text, 1);
    if (t1[0] * 1e3 < TIME_MIN_MS)
        times = (size_t)(TIME_MIN_MS / (t1[0] * 1e3 + 0.05)) + 1;
    for (int i = 0; i < ROUNDS; i++) {
        t1[i] = run(c, &one, text, times) / (double)times;
        t2[i] = run(c, &two, text, times) / (double)times;
        ratio[i] = t2[i] / t1[i];
    }
    r = median(ratio);
    good = r <= RATIO_MAX && multiple <= MULTIPLE_MAX;
    printf("%-20s %6.1f %9.1f %9.1f %6.2f %9.1f%s\n", f->name, (double)bytes / (1 << 20), median(t1) * 1e3, median(t2) * 1e3, r,
           multiple, good ? "" : " *");
    pm_cleaner_free(c);
    pm_buf_release(&one);
    pm_buf_release(&two);
    return good;
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
    size_t bytes = 4 << 20;
    int opt, bad = 0;

    while ((opt = getopt(argc, argv, "n:")) != -1) {
        if (opt != 'n')
            return 64;
        bytes = (size_t)strtoul(optarg, NULL, 10);
    }
    (void)mallopt(M_MMAP_THRESHOLD, 1 << 17);
    printf("%-20s %6s %9s %9s %6s %9s\n", "family", "n MiB", "n ms", "2n ms", "ratio", "memory/n");
    for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
        int status = 1;
        pid_t child;

        if (!chosen(families[i].name, argv + optind, argc - optind))
            continue;
        fflush(stdout);
        child = fork();
        if (child == 0) {
            bool good = measure(&families[i], bytes);

            fflush(stdout);
            _exit(!good);
        }
        if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
            bad++;
    }
    printf("%d of the families over a bound\n", bad);
    return bad != 0;
}
