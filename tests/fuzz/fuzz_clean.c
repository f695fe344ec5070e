/* Any bytes through the whole cleaner, as HTML and as plain text; what is kept must be text. */
#include <stdlib.h>

#include "clean.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct pm_cleaner *c; /* one for all inputs: what one leaves must not harm the next */
    struct pm_clean_input in = {.payload = PM_STRN((const char *)data, size),
                                .media = PM_MEDIA_HTML};
    struct pm_article a;

    if (size == 0)
        return 0;
    if (c == NULL && pm_cleaner_new(&c, (size_t)256 << 20, NULL, NULL) != PM_OK)
        return 0;
    if (data[0] == 'T')
        in.media = PM_MEDIA_TEXT;
    if (pm_clean(c, &in, &a, NULL) != PM_OK)
        return 0;
    if (!pm_utf8_valid(a.text) || (a.text.len > 0 && memchr(a.text.ptr, 0, a.text.len) != NULL))
        abort();
    for (size_t i = 0; i < a.n_blocks; i++)
        if (a.blocks[i].rule == NULL ||
            (a.blocks[i].text.len > 0 && memchr(a.blocks[i].text.ptr, '\n', a.blocks[i].text.len)))
            abort();
    return 0;
}
