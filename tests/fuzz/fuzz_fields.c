#include <stdlib.h>

#include "fields.h"
#include "jsonld.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input is a page, and once more a JSON-LD text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_html_parser *parser;
    static struct pm_arena *arena;
    struct pm_str text = PM_STRN((const char *)data, size);
    struct pm_html html;
    struct pm_article article = {.title = PM_STR_NULL};
    struct pm_fields_extra extra;
    struct pm_jsonld j;

    if (parser == NULL && pm_html_parser_new(&parser, 0, NULL) != PM_OK)
        abort();
    if (arena == NULL)
        arena = pm_arena_new((size_t)64 << 20);
    pm_arena_reset(arena);
    if (pm_html_parse(parser, text, &html, NULL) == PM_OK &&
        pm_fields_html(&html, PM_STR("https://daily.example/a"), arena, &article, &extra, NULL) < 0)
        abort();
    pm_arena_reset(arena);
    if (pm_jsonld_read(text, arena, &j, NULL) != PM_OK)
        abort();
    for (size_t i = 0; i < j.n; i++) {
        if (j.values[i].end <= i || j.values[i].end > j.n || j.values[i].parent > i)
            abort();
        (void)pm_jsonld_string(&j.values[i], arena);
    }
    return 0;
}
