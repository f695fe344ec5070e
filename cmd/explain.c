/* explain.c - why two captures are, or are not, copies of one story */
#include "explain.h"

#include <stdio.h>

#include "output.h"
#include "talk.h"

static const char *
verdict_name(const struct pressmark_verdict *v)
{
    return v->version ? "version" : v->story ? "story" : v->partial ? "partial" : "none";
}

static void
as_json(const char *a, const char *b, const struct pressmark_verdict *v)
{
    json_header("dedupe");
    json_begin("verdict");
    json_text("a", a);
    json_text("b", b);
    json_text("verdict", verdict_name(v));
    json_text("reason", v->reason);
    json_number("containment_words", v->contain_h5);
    json_number("containment_characters", v->contain_hc);
    json_number("jaccard", v->jaccard);
    json_uint("longest_run", v->longest);
    json_uint("words_a", v->words_a);
    json_uint("words_b", v->words_b);
    json_uint("shingles_a", v->h5_a);
    json_uint("shingles_b", v->h5_b);
    json_uint("shingles_shared", v->h5_shared);
    json_uint("characters_a", v->hc_a);
    json_uint("characters_b", v->hc_b);
    json_uint("characters_shared", v->hc_shared);
    json_uint("boilerplate", v->boilerplate);
    if (v->numbers >= 0)
        json_number("numbers", v->numbers);
    else
        json_text("numbers", NULL);
    json_number("days", v->days);
    json_end();
}

static void
as_text(const struct cli *cli, const char *a, const char *b, const struct pressmark_verdict *v)
{
    static const char *const words[] = {"no copies", "partial reuse", "copies of one story", "copies of one text"};
    const char *said = words[v->version ? 3 : v->story ? 2 : v->partial ? 1 : 0];

    printf("%s%s and %s: %s%s (%s)\n", cli->paint->head, a, b, said, cli->paint->off, v->reason ? v->reason : "");
    printf("  containment   %.3f of 5-word shingles, %.3f of 12-character shingles\n", v->contain_h5, v->contain_hc);
    printf("  shingles      %u and %u, shared %u; characters %u and %u, shared %u\n", v->h5_a, v->h5_b, v->h5_shared,
           v->hc_a, v->hc_b, v->hc_shared);
    printf("  left out      %u words of furniture\n", v->boilerplate);
    printf("  jaccard       %.3f\n", v->jaccard);
    printf("  longest run   %u words\n", v->longest);
    printf("  words         %u and %u\n", v->words_a, v->words_b);
    if (v->numbers >= 0)
        printf("  numbers       %.0f %% of the fewer agree\n", 100 * v->numbers);
    else
        printf("  numbers       none to compare\n");
    printf("  apart         %.1f days\n", v->days);
}

int
explain(const struct cli *cli, const char *a, const char *b, const struct pressmark_dedupe_options *o, bool json)
{
    char id_a[CAPTURE_ID_SIZE], id_b[CAPTURE_ID_SIZE];
    struct pressmark_error err = {0, ""};
    struct pressmark_verdict v;
    int rc = cli_resolve(cli, a, id_a);

    if (rc == EXIT_DONE)
        rc = cli_resolve(cli, b, id_b);
    if (rc != EXIT_DONE)
        return rc;
    rc = pressmark_explain(cli->archive, id_a, id_b, o, &v, &err);
    if (rc != PRESSMARK_OK)
        return cli_exit(rc, &err);
    if (json)
        as_json(id_a, id_b, &v);
    else
        as_text(cli, id_a, id_b, &v);
    return v.story || v.version || v.partial ? EXIT_DONE : EXIT_NO;
}
