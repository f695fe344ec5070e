/*
 * credit_table.h - the world's news agencies, as credit.c knows them.
 *
 * Tables only; safe from any thread.
 */
#ifndef PM_CREDIT_TABLE_H
#define PM_CREDIT_TABLE_H

#include "buf.h"

struct pm_agency_row {
    const char *name;    /* short, as credits give it */
    const char *aliases; /* other names, with "|" between; the short name is one without saying */
    const char *domains; /* of its own sites, with "|" between; NULL: none */
};

extern const struct pm_agency_row pm_agency_table[];
extern const size_t pm_agency_table_len;

/* The name that stands for agencies which a text leaves unnamed, and the words for them. */
#define PM_AGENCY_UNNAMED "agencies"
extern const char pm_agency_unnamed[];

/* What stands before the name of a source: "source", "quelle", ... with "|" between, lower case. */
extern const char pm_credit_labels[];
/* What leads in what a text was made with, "with inputs from": the names follow. */
extern const char pm_credit_leads[];
/* What a line says of a text and an agency that it names: "contributed to this", "all rights
 * reserved". */
extern const char pm_credit_claims[];
/* Words that make a line one about a picture. */
extern const char pm_credit_pictures[];
/* Words around an agency's name in a list: "the", "news agency", "staff". */
extern const char pm_credit_fillers[];
/* Words that part the names of a list: "and", "und", "with". */
extern const char pm_credit_joins[];

#endif
