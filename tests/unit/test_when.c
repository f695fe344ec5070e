#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "when.h"

struct row {
    const char *text, *want; /* want: what pm_when_put() prints; NULL: no date */
};

static void
expect(const char *text, bool found, const struct pm_when *w, const char *want)
{
    struct pm_buf b = PM_BUF_INIT(64);

    if (!found) {
        if (want != NULL)
            fail_msg("\"%s\": no date, want %s", text, want);
        return;
    }
    pm_when_put(&b, w);
    if (want == NULL)
        fail_msg("\"%s\": %s, want no date", text, pm_buf_z(&b));
    else if (strcmp(pm_buf_z(&b), want) != 0)
        fail_msg("\"%s\": %s, want %s", text, pm_buf_z(&b), want);
    pm_buf_release(&b);
}

static void
test_read(void **state)
{
    static const struct row rows[] = {
        {"2024-05-03", "2024-05-03"},
        {" 2024-5-3 ", "2024-05-03"},
        {"2024/05/03", "2024-05-03"},
        {"2024-05", "2024-05-01"},
        {"2024", "2024-01-01"},
        {"20240503", "2024-05-03"},
        {"20240503154742", "2024-05-03T15:47:42"},
        {"2024-05-03T15:47:42.389+00:00", "2024-05-03T15:47:42.389000Z"},
        {"2024-05-03T15:47:42Z", "2024-05-03T15:47:42Z"},
        {"2024-05-03 15:47 +0200", "2024-05-03T15:47:00+02:00"},
        {"2024-05-03T01:47:42+02", "2024-05-03T01:47:42+02:00"},
        {"2024-05-03T15:47:42-03:30", "2024-05-03T15:47:42-03:30"},
        {"2024-05-03 15:47:42 UTC", "2024-05-03T15:47:42Z"},
        {"2024-05-03T24:00:00", "2024-05-04T00:00:00"},
        {"2024-02-29", "2024-02-29"},
        {"Fri, 03 May 2024 15:47:42 GMT", "2024-05-03T15:47:42Z"},
        {"3 May 2024 15:47 +0200", "2024-05-03T15:47:00+02:00"},
        {"Friday, 03-May-24 15:47:42 GMT", "2024-05-03T15:47:42Z"},
        {"Fri May  3 15:47:42 2024", "2024-05-03T15:47:42"},
        {"Fri May 03 2024 15:47:42 GMT+0200 (CEST)", "2024-05-03T15:47:42+02:00"},
        {"", NULL},
        {"2023-02-29", NULL},
        {"2024-13-01", NULL},
        {"2024-05-32", NULL},
        {"2024-05-03T25:00", NULL},
        {"2024-05-03T15:61", NULL},
        {"2024-05-03T15:47+99:00", NULL},
        {"2024-05-03 and more", NULL},
        {"2024-05-03T", "2024-05-03"},
        {"0000-01-01", NULL},
        {"123", NULL},
        {"1714751262", NULL},
        {"99999999999999", NULL},
        {"yesterday", NULL},
        {"May", NULL},
        {"Fri, 33 May 2024 15:47:42 GMT", NULL},
        {"Fri, 03 Foo 2024 15:47:42 GMT", NULL},
        {"-", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pm_when w = PM_WHEN_INIT;

        expect(rows[i].text, pm_when_read(pm_str_of(rows[i].text), &w), &w, rows[i].want);
    }
}

static void
test_find(void **state)
{
    static const struct row rows[] = {
        {"September 22, 2022", "2022-09-22"},
        {"Sept. 22, 2022", "2022-09-22"},
        {"Published on Sep 22nd 2022 by A. Writer", "2022-09-22"},
        {"22 September 2022", "2022-09-22"},
        {"the 22nd of September, 2022", "2022-09-22"},
        {"22-Sep-2022", "2022-09-22"},
        {"Thursday, September 22, 2022 at 3:47 p.m. EDT", "2022-09-22T15:47:00-04:00"},
        {"Updated 10:15 PM EDT, Fri May 3, 2024", "2024-05-03T22:15:00-04:00"},
        {"22. September 2022, 15:47 Uhr", "2022-09-22T15:47:00"},
        {"22. September 2022 um 15.47 Uhr", "2022-09-22T15:47:00"},
        {"03.05.2024, 16:10 Uhr", "2024-05-03T16:10:00"},
        {"03.05.24, 16:10", "2024-05-03T16:10:00"},
        {"22 septembre 2022 à 15h47", "2022-09-22T15:47:00"},
        {"Publié le 1er août 2023", "2023-08-01"},
        {"22 de septiembre de 2022", "2022-09-22"},
        {"22 de setembro de 2022", "2022-09-22"},
        {"3 ago 2022", "2022-08-03"},
        {"22 settembre 2022", "2022-09-22"},
        {"22 września 2022", "2022-09-22"},
        {"22 listopada 2022", "2022-11-22"},
        {"22. listopada 2022.", "2022-10-22"},
        {"22. září 2022", "2022-09-22"},
        {"2022. szeptember 22. 15:47", "2022-09-22T15:47:00"},
        {"2022 m. rugsėjo 22 d.", "2022-09-22"},
        {"2022. gada 22. septembrī", "2022-09-22"},
        {"22. syyskuuta 2022 klo 15.47", "2022-09-22T15:47:00"},
        {"22 сентября 2022 г.", "2022-09-22"},
        {"22 вересня 2022, 15:47", "2022-09-22T15:47:00"},
        {"22 Σεπτεμβρίου 2022", "2022-09-22"},
        {"22 Eylül 2022", "2022-09-22"},
        {"5 KASIM 2022", "2022-11-05"},
        {"22 سبتمبر 2022", "2022-09-22"},
        {"٢٢ أيلول/ سبتمبر ٢٠٢٢", "2022-09-22"},
        {"3 تشرين الأول 2022", "2022-10-03"},
        {"15 اردیبهشت 1403", "2024-05-04"},
        {"۱ فروردین ۱۴۰۳", "2024-03-20"},
        {"30 اسفند 1399", "2021-03-20"},
        {"30 اسفند 1400", NULL},
        {"22 בספטמבר 2022", "2022-09-22"},
        {"22 सितंबर 2022", "2022-09-22"},
        {"২২ সেপ্টেম্বর ২০২২", "2022-09-22"},
        {"22 กันยายน 2565", "2022-09-22"},
        {"22 ก.ย. 2565", "2022-09-22"},
        {"22 ก.ย. 2565 15:47 น.", "2022-09-22T15:47:00"},
        {"Thứ tư, 22/10/2025, 19:25 (GMT+7)", "2025-10-22T19:25:00+07:00"},
        {"ngày 22 tháng 9 năm 2022", "2022-09-22"},
        {"22 Agustus 2022", "2022-08-22"},
        {"2022年9月22日 15時47分", "2022-09-22T15:47:00"},
        {"2022年9月22日 下午3:47", "2022-09-22T15:47:00"},
        {"令和4年9月22日", "2022-09-22"},
        {"2022년 9월 22일 오후 3:47", "2022-09-22T15:47:00"},
        {"22/09/2022", "2022-09-22"},
        {"09/22/2022", "2022-09-22"},
        {"05/05/2022", "2022-05-05"},
        {"2022/9/22 8:05", "2022-09-22T08:05:00"},
        {"2022-09-22 15:47 +02:00", "2022-09-22T15:47:00+02:00"},
        {"22 settembre 2022 - 09:30", "2022-09-22T09:30:00"},
        {"Aktualisiert am 28.04.2023-19:20", "2023-04-28T19:20:00"},
        {"Ann Mustermann24.04.2024, 19:35 Uhr", "2024-04-24T19:35:00"},
        {"Palma, Mallorca15.04.25 09:56", "2025-04-15T09:56:00"},
        {" 25.4.24 ", "2024-04-25"},
        {"Associated PressApril 28, 2023 GMT", "2023-04-28"},
        /* no dates */
        {"on 25.4.24 it was", NULL},
        {"v24.04.2024", NULL},
        {"build24.4.2024", NULL},
        {"28.04.2023-19", NULL},
        {"05/06/2022", NULL},
        {"in May 2022 the 12 members met", NULL},
        {"the 12 men of 2022", NULL},
        {"may 2022 see 15 more", NULL},
        {"version 1.2.2022.4", NULL},
        {"call 12-10-2022-33", NULL},
        {"from 192.168.2022.1", NULL},
        {"A380 May 2022", NULL},
        {"31 February 2022", NULL},
        {"31.02.2022", NULL},
        {"12 March 150,000", NULL},
        {"page 5, 2022", NULL},
        {"5 a day in 2022", NULL},
        {"12 December", NULL},
        {"10:15", NULL},
        {"1/2 2022", NULL},
        {"#12 May 2022", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct pm_when w = PM_WHEN_INIT;

        expect(rows[i].text, pm_when_find_read(pm_str_of(rows[i].text), &w, NULL), &w,
               rows[i].want);
    }
}

static void
test_span(void **state)
{
    struct pm_str span = PM_STR_NULL;
    int64_t us = 0;

    (void)state;
    assert_true(pm_when_find(PM_STR("By A, Sept. 22, 2022 at 3:47 p.m. in B"), &us, &span));
    assert_int_equal(span.len, strlen("Sept. 22, 2022 at 3:47 p.m."));
    assert_memory_equal(span.ptr, "Sept. 22, 2022 at 3:47 p.m.", span.len);
    assert_true(us == 1663861620LL * PM_SECOND_US);
    assert_true(pm_when_find(PM_STR("on 22 May 2022 and 23 May 2022"), &us, &span));
    assert_memory_equal(span.ptr, "22 May 2022", span.len);
}

static void
test_broken_bytes(void **state)
{
    struct pm_when w = PM_WHEN_INIT;

    (void)state;
    assert_false(pm_when_find_read(PM_STRN("\xd9", 1), &w, NULL));
    assert_false(pm_when_find_read(PM_STRN("5 \xff\xff 2022", 9), &w, NULL));
    assert_true(pm_when_find_read(PM_STRN("\xe0\xa5 5 May 2022\xe0", 14), &w, NULL));
    assert_false(pm_when_read(PM_STR_NULL, &w));
}

static void
test_print(void **state)
{
    static const struct {
        int64_t us;
        const char *day, *iso;
    } rows[] = {
        {0, "1970-01-01", "1970-01-01T00:00:00Z"},
        {-1, "1969-12-31", "1969-12-31T23:59:59.999999Z"},
        {1714751262LL * PM_SECOND_US + 389000, "2024-05-03", "2024-05-03T15:47:42.389000Z"},
        {-62135596800LL * PM_SECOND_US, "0001-01-01", "0001-01-01T00:00:00Z"},
    };
    struct pm_buf b = PM_BUF_INIT(64);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        pm_buf_reset(&b);
        pm_when_day(&b, rows[i].us);
        assert_string_equal(pm_buf_z(&b), rows[i].day);
        pm_buf_reset(&b);
        pm_when_iso(&b, rows[i].us);
        assert_string_equal(pm_buf_z(&b), rows[i].iso);
    }
    pm_buf_release(&b);
}

static void
test_civil(void **state)
{
    (void)state;
    assert_true(pm_when_civil(1970, 1, 2) == PM_DAY_US);
    assert_true(pm_when_civil(2000, 2, 29) == 951782400LL * PM_SECOND_US);
    assert_true(pm_when_civil(1900, 2, 29) == PM_WHEN_NONE);
    assert_true(pm_when_civil(0, 1, 1) == PM_WHEN_NONE);
    assert_true(pm_when_civil(10000, 1, 1) == PM_WHEN_NONE);
    assert_true(pm_when_civil(2024, 0, 1) == PM_WHEN_NONE);
    assert_true(pm_when_civil(2024, 4, 31) == PM_WHEN_NONE);
}

static void
test_names(void **state)
{
    (void)state;
    assert_string_equal(pm_when_source_name(PM_WHEN_FROM_NONE), "none");
    assert_string_equal(pm_when_source_name(PM_WHEN_FROM_RECORD), "record");
    assert_string_equal(pm_when_source_name(PM_WHEN_FROM_OPTION), "option");
    assert_string_equal(pm_when_source_name(PM_WHEN_FROM_PAGE), "page");
    assert_string_equal(pm_when_source_name(PM_WHEN_FROM_FILE), "file");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),  cmocka_unit_test(test_find),
        cmocka_unit_test(test_span),  cmocka_unit_test(test_broken_bytes),
        cmocka_unit_test(test_print), cmocka_unit_test(test_civil),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
