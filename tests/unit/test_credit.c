/* Credits: a case for each form that they have; tables of lines, which are long because languages are many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "credit.h"

struct fixture {
    struct pm_agencies *agencies;
    struct pm_arena *arena;
};

static int
setup(void **state)
{
    static struct fixture f;

    assert_int_equal(pm_agencies_new(&f.agencies, PM_STR_NULL, NULL), PM_OK);
    f.arena = pm_arena_new(1 << 20);
    assert_non_null(f.arena);
    *state = &f;
    return 0;
}

static int
teardown(void **state)
{
    struct fixture *f = *state;

    pm_agencies_free(f->agencies);
    pm_arena_free(f->arena);
    return 0;
}

/* The names found, with commas between, against `want`. */
static void
expect(struct fixture *f, const struct pm_agencies *a, const struct pm_credit_input *in,
       const char *about, const char *want)
{
    struct pm_buf got = PM_BUF_INIT(4096);
    struct pm_credit *c = NULL;
    size_t n = 0;

    pm_arena_reset(f->arena);
    assert_int_equal(pm_credit_find(a, in, f->arena, &c, &n, NULL), PM_OK);
    for (size_t i = 0; i < n; i++) {
        pm_buf_cstr(&got, i ? "," : "");
        pm_buf_str(&got, c[i].agency);
        assert_true(c[i].words.len > 0);
    }
    if (strcmp(pm_buf_z(&got), want) != 0)
        fail_msg("\"%s\": \"%s\", want \"%s\"", about, pm_buf_z(&got), want);
    pm_buf_release(&got);
}

struct row {
    const char *text, *want;
};

#define EACH(rows, i) (size_t i = 0; i < sizeof(rows) / sizeof((rows)[0]); i++)

static void
test_datelines(void **state)
{
    static const struct row rows[] = {
        {"WASHINGTON (AP) — The house voted on Friday.", "AP"},
        {"ST. JOSEPH, Mich. (AP) — Health authorities are reporting.", "AP"},
        {"PARIS, May 3 (Reuters) - The strike went on.", "Reuters"},
        {"Paris, 03 May 2024 (AFP): The strike went on.", "AFP"},
        {"(Reuters) - The strike went on.", "Reuters"},
        {"Berlin (dpa/bb) - Die Regierung tagt.", "dpa"},
        {"BERLIN (dpa) Die Regierung tagt.", "dpa"},
        {"Wien/Graz (APA) – Die Regierung tagt.", "APA"},
        {"Bern (sda/dpa) - Die Regierung tagt.", "SDA,dpa"},
        {"Madrid, 3 may (EFE).- El Gobierno se reúne.", "EFE"},
        {"(ANSA) - ROMA, 03 MAG - Il governo si riunisce.", "ANSA"},
        {"AP | The house voted on Friday.", "AP"},
        {"DPA | (Reuters) - The house voted on Friday.", "Reuters,dpa"},
        {"PARIS, AFP - The strike went on.", "AFP"},
        {"नई दिल्ली (एएनआई): सरकार की बैठक हुई।", "ANI"},
        {"नयी दिल्ली, तीन मई (भाषा) सरकार की बैठक हुई।", "PTI"},
        {"МОСКВА, 3 мая. /ТАСС/. Правительство собралось.", "TASS"},
        {"МОСКВА, 3 мая — РИА Новости. Правительство собралось.", "RIA Novosti"},
        {"بيروت (رويترز) - اجتمعت الحكومة.", "Reuters"},
        {"新华社北京5月3日电 国务院召开会议。", "Xinhua"},
        {"（中央社記者王小明台北3日電）政府開會。", "CNA"},
        {"(서울=연합뉴스) 홍길동 기자 = 정부가 회의를 열었다.", "Yonhap"},
        {"[Kyodo] The cabinet met.", "Kyodo"},
        {"ANKARA (AA) - Kabine toplandı.", "Anadolu"},
        {"Wiesbaden (KNA/iz). Der Bundespräsident sieht das anders.", "KNA"},
        {"Mumbai, May 3 (PTI) Actor Ann Writer said on Friday.", "PTI"},
        {"New Delhi [India], May 3 (ANI): The government met.", "ANI"},
        {"TOKYO, May 3, Kyodo - The cabinet met.", "Kyodo"},
        {"ROMA (ITALPRESS) - Il governo si riunisce.", "Italpress"},
        {"Milano, 3 mag. (Adnkronos) - Il governo si riunisce.", "Adnkronos"},
        {"【ロンドン共同】英政府は３日、発表した。", "Kyodo"},
        {"［ロンドン　３日　ロイター］ - 英政府は発表した。", "Reuters"},
        {"【ＡＦＰ＝時事】英政府は発表した。", "AFP,Jiji"},
        {"[서울=뉴시스] 홍길동 기자 = 정부가 회의를 열었다.", "Newsis"},
        {"لندن ـ رويترز: اجتمعت الحكومة.", "Reuters"},
        {"İSTANBUL, (DHA)- Kabine toplandı.", "DHA"},
        {"JERUSALEM (AP/Reuters) — The cabinet met.", "AP,Reuters"},
        /* mentions */
        {"The Associated Press (AP) reported on Friday that the house voted.", ""},
        {"The minister told AFP - without a smile - that he would go.", ""},
        {"According to Reuters, the cabinet met.", ""},
        {"A spokesman of the agency (Reuters Photo) said so.", ""},
        {"Die Deutsche Presse-Agentur (dpa) meldet das.", ""},
        {"The Pennsylvania House (PA) voted on Friday.", ""},
        {"The ap (ap) app - new - is here.", ""},
        {"", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[2] = {
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_PARA, .kept = true},
                {.text = PM_STR("More was said later on that day in the same place."),
                 .kind = PM_BLOCK_PARA,
                 .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 2};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
}

static void
test_ends(void **state)
{
    static const struct row rows[] = {
        {"That was all, he said. (dpa)", "dpa"},
        {"That was all, he said. (SDA/abc)", "SDA"},
        {"That was all, he said. — AFP", "AFP"},
        {"That was all, he said. PTI ABC DEF", "PTI"},
        {"That was all, he said. (With inputs from PTI)", "PTI"},
        {"(With inputs from agencies)", "agencies"},
        {"That was all, he said. With inputs from ANI and PTI", "ANI,PTI"},
        {"This report by The Canadian Press was first published May 3, 2024.", "CP"},
        {"— With files from Reuters", "Reuters"},
        {"(With PTI inputs)", "PTI"},
        {"(With agency inputs)", "agencies"},
        {"This story is published from a PTI feed.", "PTI"},
        {"(avec l'AFP)", "AFP"},
        {"mit dpa-Material", "dpa"},
        {"Mit Material der dpa", "dpa"},
        {"*Com AFP", "AFP"},
        {"Con informes de AP", "AP"},
        {"That was all, he said. /ritzau/", "Ritzau"},
        {"(©NTB)", "NTB"},
        {"政府は発表した。（共同）", "Kyodo"},
        {"Source AFP", "AFP"},
        {"Theo AFP, Reuters", "AFP,Reuters"},
        {"Thu Hằng (Theo Reuters)", "Reuters"},
        {"इनपुट: भाषा", "PTI"},
        {"SOURCE: AFP", "AFP"},
        {"SOURCE:AFP", "AFP"},
        {"Source: Agence France-Presse", "AFP"},
        {"(Quelle: APA/sda/dpa)", "APA,SDA,dpa"},
        {"来源：新华社", "Xinhua"},
        {"Источник: ТАСС", "TASS"},
        {"© Agence France-Presse 2024", "AFP"},
        {"© 2019 Associated Press. All Rights Reserved. This material may not be published, "
         "broadcast, rewritten.",
         "AP"},
        {"© dpa-infocom, dpa:230428-99-483045/5", "dpa"},
        {"SDA/sep", "SDA"},
        {"mit dpa", "dpa"},
        {"hsp mit AFP, dpa", "AFP,dpa"},
        {"Avec AFP", "AFP"},
        {"Con información de EFE y Reuters", "EFE,Reuters"},
        {"Com informações da Reuters", "Reuters"},
        {"With files from The Associated Press and Ann Writer", "AP"},
        {"Additional reporting from PA", "PA"},
        {"United Press International contributed to this report.", "UPI"},
        {"—Associated Press writer Ann Writer in Paris contributed to this report.", "AP"},
        {"Peoples reported from New York. Associated Press writers A. B. and C. D. contributed to "
         "this report.",
         "AP"},
        {"Die Meldung wurde automatisch von der Deutschen Presse-Agentur (dpa) übernommen.", "dpa"},
        {"Mit Informationen der Korrespondenten und der Nachrichtenagenturen AFP, AP, dpa, KNA und "
         "Reuters.",
         "AFP,AP,dpa,KNA,Reuters"},
        /* no credits */
        {"He spoke to the news agency (dpa)", ""},
        {"Photo: AFP", ""},
        {"© Getty Images / AFP photo", ""},
        {"\"It was late,\" she told Reuters.", ""},
        {"Nobody from AP came.", ""},
        {"The source Reuters spoke to was not named.", ""},
        {"With Reuters he has had a long quarrel.", ""},
        {"He was with the Press Association (PA)", ""},
        {"(Reporting by Ann Writer; Editing by Bob Editor)", ""},
        {"All rights reserved.", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[2] = {
                {.text = PM_STR("The cabinet met on Friday in the old town hall."),
                 .kind = PM_BLOCK_PARA,
                 .kept = true},
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_PARA, .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 2};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
}

static void
test_authors(void **state)
{
    static const struct row rows[] = {
        {"AP", "AP"},
        {"By The Associated Press", "AP"},
        {"By Ann Writer, Associated Press", "AP"},
        {"By Ann Writer and Bob Editor The Associated Press", "AP"},
        {"Ann Writer and AP", "AP"},
        {"By Tom Davies - Associated Press - Friday, April 28, 2023", "AP"},
        {"AFP, MANILA", "AFP"},
        {"AFP Deutschland", "AFP"},
        {"REUTERS", "Reuters"},
        {"Reuters Staff", "Reuters"},
        {"Deutsche Presse-Agentur", "dpa"},
        {"PTI & ANI", "PTI,ANI"},
        {"Bloomberg News", "Bloomberg"},
        {"Michael Bloomberg", ""},
        {"AP Photo/Ann Writer", ""},
        {"ap", ""},
        {"https://apnews.com/article/x", "AP"},
        {"https://daily.example/AP", ""},
        {"Agencies", "agencies"},
        {"Agencies, London", "agencies"},
        {"Daily News wire services", ""},
        {"Le Quotidien avec AFP", "AFP"},
        {"La rédaction avec l’AFP", "AFP"},
        {"PTI | New Delhi", "PTI"},
        {"By The Daily with Agencies", ""},
        {"Ann Apa", ""},
        {"", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_str author = pm_str_of(rows[i].text);
            struct pm_credit_input in = {.authors = &author, .n_authors = 1};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
}

static void
test_owner(void **state)
{
    struct fixture *f = *state;
    struct pm_credit_input own = {.url = PM_STR("https://faktencheck.afp.com/x")};
    struct pm_credit_input other = {.url = PM_STR("https://notafp.com/afp.com"),
                                    .site = PM_STR("Not AFP")};
    struct pm_credit_input twice = {.url = PM_STR("https://apnews.com/x"),
                                    .site = PM_STR("AP News"),
                                    .publisher = PM_STR("Associated Press")};

    expect(f, f->agencies, &own, "own", "AFP");
    expect(f, f->agencies, &other, "other", "");
    expect(f, f->agencies, &twice, "twice", "AP");
}

static void
test_lines_behind(void **state)
{
    struct fixture *f = *state;
    struct pm_block b[3] = {
        {.text = PM_STR("The cabinet met on Friday."), .kind = PM_BLOCK_PARA, .kept = true},
        {.text = PM_STR("SOURCE:AFP"), .kind = PM_BLOCK_PARA, .kept = false},
        {.text = PM_STR("Reuters"), .kind = PM_BLOCK_PARA, .kept = false},
    };
    struct pm_str source = PM_STR("SDA/abc");
    struct pm_credit_input in = {.blocks = b, .n_blocks = 3};
    struct pm_credit_input lines = {.sources = &source, .n_sources = 1};

    expect(f, f->agencies, &in, "behind", "AFP");
    expect(f, f->agencies, &lines, "source", "SDA");
    b[0].kept = false;
    expect(f, f->agencies, &in, "nothing kept", "");
}

static void
test_lines_above(void **state)
{
    static const struct row rows[] = {
        {"By Ann Writer, Associated Press", "AP"},
        {"AFP, MANILA", "AFP"},
        {"AFP, Washington", "AFP"},
        {"AFP, Ann Writer", ""},
        {"AFP", ""},
        {"Photo by Ann Writer/AP", ""},
        {"By Ann Writer", ""},
        {"© REUTERS / POOL", ""},
        {"Reuters", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[3] = {
                {.text = PM_STR("Cabinet meets"), .kind = PM_BLOCK_HEADING, .kept = false},
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_PARA, .kept = false},
                {.text = PM_STR("The cabinet met on Friday in the old town hall."),
                 .kind = PM_BLOCK_PARA,
                 .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 3};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
    for (int dated = 0; dated < 2; dated++) {
        struct pm_block b[4] = {
            {.text = dated ? PM_STR("Cabinet meets") : PM_STR("von"),
             .kind = PM_BLOCK_PARA,
             .kept = false},
            {.text = PM_STR("APA"), .kind = PM_BLOCK_PARA, .kept = false},
            {.text = dated ? PM_STR("5. Juni 2025") : PM_STR("Wien"),
             .kind = PM_BLOCK_PARA,
             .kept = false},
            {.text = PM_STR("The cabinet met on Friday in the old town hall."),
             .kind = PM_BLOCK_PARA,
             .kept = true},
        };
        struct pm_credit_input in = {.blocks = b, .n_blocks = 4};

        expect(f, f->agencies, &in, "APA", "APA");
        b[0].text = PM_STR("Cabinet meets");
        b[2].text = PM_STR("Nachrichtenagentur");
        expect(f, f->agencies, &in, "APA, labelled", "APA");
        b[1].text = PM_STR("Ann Writer and AP");
        b[2].text = PM_STR("June 30, 2026");
        expect(f, f->agencies, &in, "with a writer", "AP");
        b[1].rule = "caption";
        expect(f, f->agencies, &in, "caption", "");
    }
}

static void
test_labels_of_pictures(void **state)
{
    struct fixture *f = *state;
    struct pm_block b[4] = {
        {.text = PM_STR("The cabinet met on Friday."), .kind = PM_BLOCK_PARA, .kept = true},
        {.text = PM_STR("Quelle: AP"), .kind = PM_BLOCK_PARA, .kept = false},
        {.text = PM_STR("It went on to Saturday."), .kind = PM_BLOCK_PARA, .kept = true},
        {.text = PM_STR("Quelle: dpa"), .kind = PM_BLOCK_PARA, .kept = false},
    };
    struct pm_credit_input in = {.blocks = b, .n_blocks = 4};

    expect(f, f->agencies, &in, "repeated", "");
    b[1].text = PM_STR("Nothing");
    expect(f, f->agencies, &in, "once", "dpa");
}

static void
test_signed(void **state)
{
    static const struct row rows[] = {
        {"(SID)", "SID"},
        {"--IANS", "IANS"},
        {"(Agenturen) | Stand: 05/08/2019, 5:30", "agencies"},
        {"dpa/afp/abc", "dpa,AFP"},
        {"abc/Reuters", ""},
        {"Agenturen/red", "agencies"},
        {"Titelbild: © KCNA/dpa", ""},
        {"SDA/sep", "SDA"},
        {"Reuters", ""},
        {"APA/Ann Writer", ""},
        {"AFP/Getty Images", ""},
        {"Ann Writer speaks in the hall © dpa | Bob Maker", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[2] = {
                {.text = PM_STR("The cabinet met on Friday."), .kind = PM_BLOCK_PARA, .kept = true},
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_PARA, .kept = false},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 2};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
}

/* Lines that are none of the text were kept behind the credit. */
static void
test_inside(void **state)
{
    static const struct row rows[] = {
        {"(With inputs from agencies)", "agencies"},
        {"United Press International contributed to this report.", "UPI"},
        {"SOURCE: Bloomberg", "Bloomberg"},
        {"With inputs from Reuters he had made his case.", ""},
        {"Information from AP shows more", ""},
        {"Reuters", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[12] = {
                {.text = PM_STR("The cabinet met on Friday."), .kind = PM_BLOCK_PARA, .kept = true},
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_PARA, .kept = false},
                {.text = PM_STR("Related"), .kind = PM_BLOCK_HEADING, .kept = false},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 12};

            for (size_t k = 3; k < 12; k++)
                b[k] = (struct pm_block){
                    .text = PM_STR("Sign up for our letter."), .kind = PM_BLOCK_PARA, .kept = true};
            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
            b[2].kept = true;
            if (i == 2)
                expect(f, f->agencies, &in, "the text goes on", "");
        }
}

/* A page in plain text: lines are headings to cleaning, and no box says what is a picture's. */
static void
test_plain_above(void **state)
{
    static const struct {
        const char *above, *line, *below, *want;
    } rows[] = {
        {"Cabinet meets", "AFP", "28.04.2023 | 17:52 Uhr", "AFP"},
        {"Cabinet meets", "Ann Writer/AFP", "28.04.2023 | 17:52 Uhr", ""},
        {"Cabinet meets", "dpaDaily Desk London, 15.04.25 09:56", "0", "dpa"},
        {"Cabinet meets", "AFPParis 15.04.25 09:56", "0", "AFP"},
        {"Cabinet meets", "APAPER 15.04.25 09:56", "0", ""},
        {"Cabinet meets", "dpaDaily Desk London", "0", ""},
        {"A Name", "Dow Jones", "Par Les Nouvelles", ""},
        {"A Name", "Dow Jones", "Les Nouvelles", "Dow Jones"},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[5] = {
                {.text = pm_str_of(rows[i].above), .kind = PM_BLOCK_HEADING},
                {.text = pm_str_of(rows[i].line), .kind = PM_BLOCK_HEADING, .rule = i < 2 ? "caption" : NULL},
                {.text = pm_str_of(rows[i].below), .kind = PM_BLOCK_HEADING},
                {.text = PM_STR("Published on 18 July 2024"), .kind = PM_BLOCK_HEADING},
                {.text = PM_STR("The cabinet met on Friday in the old town hall."), .kind = PM_BLOCK_PARA, .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 5};

            expect(f, f->agencies, &in, rows[i].line, rows[i].want);
        }
}

/* A label stands at an end of the text; inside, near its start, it is a picture's. */
static void
test_label_inside(void **state)
{
    struct fixture *f = *state;
    struct pm_str label = PM_STR("Quelle: AFP");
    struct pm_block b[5];
    struct pm_credit_input in = {.sources = &label, .n_sources = 1, .blocks = b, .n_blocks = 5};

    for (size_t at = 0; at < 5; at++) {
        for (size_t i = 0; i < 5; i++)
            b[i] = (struct pm_block){.text = PM_STR("The cabinet met on Friday in the old town hall."),
                                     .kind = PM_BLOCK_PARA,
                                     .kept = true};
        b[at] = (struct pm_block){.text = label, .kind = PM_BLOCK_HEADING};
        expect(f, f->agencies, &in, "label", at == 1 ? "" : "AFP");
        b[0].kept = false; /* a caption, of which cleaning knows only that it is none of the text */
        expect(f, f->agencies, &in, "label below a caption", at == 1 ? "" : "AFP");
    }
}

static void
test_owner_line(void **state)
{
    static const struct row rows[] = {
        {"Anadolu Ajansı © 2021", "Anadolu"},
        {"© 2017-2026 AFP", "AFP"},
        {"All contents © copyright 2023 The Associated Press. All rights reserved.", "AP"},
        {"Anadolu Ajansı ©", ""},
        {"© 2023 Ann Writer/AFP", ""},
        {"© 2019 Sputnik. All rights reserved", ""}, /* whose pages are those of an outlet */
        {"© 2024 The Daily, with agencies", ""},
        {"Reuters 2024", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[40] = {
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_HEADING},
                {.text = PM_STR("Menu"), .kind = PM_BLOCK_HEADING},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 40};

            for (size_t k = 2; k < 40; k++)
                b[k] = (struct pm_block){.text = PM_STR("Menu"), .kind = PM_BLOCK_HEADING, .kept = k == 30};
            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
            b[0].rule = "caption";
            expect(f, f->agencies, &in, "a picture's", "");
        }
}

static void
test_first_line(void **state)
{
    static const struct {
        const char *first, *second, *want;
    } rows[] = {
        {"Agence France-Presse", "TAUNTON — A runner won the race in less than four minutes.", "AFP"},
        {"Reuters", "LEEDS - A runner won the race in less than four minutes.", "Reuters"},
        {"Reuters", "A runner won the race in less than four minutes.", ""},
        {"Reuters", "The runner — it was his first race — won in less than four minutes.", ""},
        {"Reuters and others", "LEEDS — A runner won the race.", ""},
        {"Reuters", "LEEDS", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[3] = {
                {.text = pm_str_of(rows[i].first), .kind = PM_BLOCK_PARA, .kept = true},
                {.text = pm_str_of(rows[i].second), .kind = PM_BLOCK_PARA, .kept = true},
                {.text = PM_STR("More was said later on that day in the same place."), .kind = PM_BLOCK_PARA, .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 3};

            expect(f, f->agencies, &in, rows[i].second, rows[i].want);
            b[0].kept = false; /* cleaning took it for a byline, a caption */
            b[0].kind = PM_BLOCK_HEADING;
            expect(f, f->agencies, &in, rows[i].second, rows[i].want);
        }
}

/* A first paragraph without a stop is a heading to cleaning. */
static void
test_heading(void **state)
{
    static const struct row rows[] = {
        {"OAKDALE (AP) - Net 4,524,000 vs 3,212,000", "AP"},
        {"Kenton, 12 Jan 2024 (AP): What is at stake", "AP"},
        {"REUTERS | What is at stake", "Reuters"},
        {"What AP and Reuters know about it", ""},
        {"Reuters (UK): a history", ""},
    };
    struct fixture *f = *state;

    for
        EACH(rows, i)
        {
            struct pm_block b[2] = {
                {.text = pm_str_of(rows[i].text), .kind = PM_BLOCK_HEADING, .kept = true},
                {.text = PM_STR("More was said later on that day in the same place."), .kind = PM_BLOCK_PARA, .kept = true},
            };
            struct pm_credit_input in = {.blocks = b, .n_blocks = 2};

            expect(f, f->agencies, &in, rows[i].text, rows[i].want);
        }
}

/* Bare text: its first paragraph was taken for the headline, its last for one below. */
static void
test_headlines(void **state)
{
    struct fixture *f = *state;
    struct pm_block b[3] = {
        {.text = PM_STR("HARLOW (AFP) — Discs will be harder to copy thanks to new measures of a firm for copies."),
         .kind = PM_BLOCK_PARA,
         .rule = "headline"},
        {.text = PM_STR("More was said later on that day in the same place."), .kind = PM_BLOCK_PARA, .kept = true},
        {.text = PM_STR("© Press Association 2024"), .kind = PM_BLOCK_HEADING, .kept = true},
    };
    struct pm_credit_input in = {.blocks = b, .n_blocks = 3};

    expect(f, f->agencies, &in, "first", "AFP");
    b[0].text = PM_STR("Discs (AFP)");
    expect(f, f->agencies, &in, "last", "PA");
}

/* Several authors: unnamed agencies behind somebody are no credit, before or between agencies they are. */
static void
test_with_agencies(void **state)
{
    struct fixture *f = *state;
    struct pm_str authors[2] = {PM_STR("The Daily"), PM_STR("Agencies")};
    struct pm_credit_input in = {.authors = authors, .n_authors = 2};

    expect(f, f->agencies, &in, "with", "");
    authors[0] = PM_STR("Reuters");
    expect(f, f->agencies, &in, "both", "Reuters,agencies");
    authors[0] = PM_STR("Agencies");
    expect(f, f->agencies, &in, "alone", "agencies");
}

/* Absent texts, everywhere one can be absent. */
static void
test_absent(void **state)
{
    struct fixture *f = *state;
    struct pm_str none[2] = {PM_STR_NULL, PM_STR("")};
    struct pm_block b[3] = {{.kept = true}, {.kept = false}, {.kept = true}};
    struct pm_credit_input in = {.authors = none,
                                 .n_authors = 2,
                                 .sources = none,
                                 .n_sources = 2,
                                 .blocks = b,
                                 .n_blocks = 3};
    struct pm_credit_input nothing = {.n_blocks = 0};

    expect(f, f->agencies, &in, "absent", "");
    expect(f, f->agencies, &nothing, "nothing", "");
}

static void
test_extra(void **state)
{
    struct fixture *f = *state;
    struct pm_agencies *a = NULL;
    struct pm_err err = PM_ERR_INIT;
    struct pm_str author = PM_STR("Press Bureau of Ruritania"), known = PM_STR("Wire France");
    struct pm_credit_input in = {.authors = &author, .n_authors = 1};
    struct pm_credit_input aliased = {.authors = &known, .n_authors = 1};
    struct pm_credit_input site = {.url = PM_STR("https://www.pbr.example/x")};

    assert_int_equal(
        pm_agencies_new(
            &a, PM_STR("# mine\nPBR\tPress Bureau of Ruritania\tpbr.example\r\n\nAFP\tWire France"),
            &err),
        PM_OK);
    expect(f, a, &in, "extra", "PBR");
    expect(f, a, &site, "extra site", "PBR");
    expect(f, a, &aliased, "extra alias", "AFP");
    expect(f, f->agencies, &in, "built in", "");
    pm_agencies_free(a);
    a = NULL;
    assert_int_equal(pm_agencies_new(&a, PM_STR("A\tb\n\tno name"), &err), PM_EINVAL);
    assert_string_equal(err.text, "agencies, line 2: no short name");
    assert_int_equal(pm_agencies_new(&a, PM_STR("A\tb\n \xff\tx"), &err), PM_EINVAL);
    assert_string_equal(err.text, "agencies, line 2: not UTF-8");
    assert_null(a);
    pm_agencies_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_datelines),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_authors),
        cmocka_unit_test(test_owner),
        cmocka_unit_test(test_lines_behind),
        cmocka_unit_test(test_extra),
        cmocka_unit_test(test_absent),
        cmocka_unit_test(test_plain_above),
        cmocka_unit_test(test_label_inside),
        cmocka_unit_test(test_owner_line),
        cmocka_unit_test(test_first_line),
        cmocka_unit_test(test_heading),
        cmocka_unit_test(test_headlines),
        cmocka_unit_test(test_with_agencies),
        cmocka_unit_test(test_inside),
        cmocka_unit_test(test_signed),
        cmocka_unit_test(test_lines_above),
        cmocka_unit_test(test_labels_of_pictures),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
