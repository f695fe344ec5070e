/* urls.tsv and urls.csv: each row that has a file is found by it. */
#include <stdlib.h>

#include "input_own.h"
#include "sum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_table(struct pm_str text, const char *path)
{
    static volatile unsigned long sink;
    struct input_table *t = NULL;

    if (pm_input_table_new(&t, text, pm_str_of(path), NULL) != PM_OK)
        return;
    for (size_t i = 0; i < t->n; i++) {
        const struct table_row *row = &t->rows[i], *found = pm_input_table_find(t, row->file);

        sink += sum(row->file) + sum(row->url) + sum(row->date) + sum(row->outlet) + sum(row->title) + sum(row->id) +
                sum(row->type);
        if (found == NULL || !pm_str_eq(found->file, row->file))
            abort();
    }
    pm_input_table_free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct pm_str text = PM_STRN((const char *)data, size);

    (void)pm_input_is_table(text);
    read_table(text, "urls.tsv");
    read_table(text, "pages/urls.csv");
    return 0;
}
