/* Any bytes through the HTML parser; the tree that comes out must be sound. */
#include <stdlib.h>

#include "html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pm_html_parser *p;
    struct pm_html html;

    if (pm_html_parser_new(&p, (size_t)64 << 20, NULL) != PM_OK)
        return 0;
    if (pm_html_parse(p, PM_STRN((const char *)data, size), &html, NULL) == PM_OK) {
        for (size_t i = 1; i < html.n_nodes; i++) {
            const struct pm_node *n = &html.nodes[i], *up = &html.nodes[n->parent];

            if (n->parent >= i || n->end <= i || n->end > up->end || n->depth != up->depth + 1)
                abort();
            if (n->tag == PM_TAG_TEXT && (n->text.len == 0 || memchr(n->text.ptr, 0, n->text.len)))
                abort();
        }
    }
    pm_html_parser_free(p);
    return 0;
}
