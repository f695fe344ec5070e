/* talk.c - messages, progress and signals */
#include "talk.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "term.h"

static struct {
    const char *what;
    enum progress_unit unit;
    bool on, drawn;
    int64_t begun_ms, drawn_ms;
} line;

static volatile sig_atomic_t caught;

/* ---- messages ---- */

static void
clear_line(void)
{
    if (line.drawn)
        fputs("\r\033[K", stderr);
    line.drawn = false;
}

static void CMD_PRINTF(2, 0) say(const char *name, const char *fmt, va_list args)
{
    char small[512], *text = small;
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(small, sizeof(small), fmt, args);
    if (n >= (int)sizeof(small)) {
        text = must_realloc(NULL, (size_t)n + 1);
        n = vsnprintf(text, (size_t)n + 1, fmt, again);
    }
    va_end(again);
    fflush(stdout); /* results before what is said of them, where both go to one place; main() sees its failure */
    clear_line();
    fputs(name, stderr);
    if (n > 0)
        put_masked(stderr, text, (size_t)n);
    putc('\n', stderr);
    if (text != small)
        free(text);
}

void
talk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say("pressmark: ", fmt, args);
    va_end(args);
}

void
talk_line(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    say("", fmt, args);
    va_end(args);
}

void
talk_try(const char *command)
{
    if (command)
        talk_line("Try 'pressmark %s -h' for its options.", command);
    else
        talk_line("Try 'pressmark help' for the commands.");
}

void
no_memory(void)
{
    fputs("pressmark: out of memory\n", stderr);
    exit(EXIT_FAILED);
}

void *
must_realloc(void *ptr, size_t size)
{
    void *p = realloc(ptr, size ? size : 1);

    if (!p)
        no_memory();
    return p;
}

char *
must_strdup(const char *s)
{
    size_t n = strlen(s) + 1;

    return memcpy(must_realloc(NULL, n), s, n);
}

/* ---- numbers ---- */

char *
count_text(uint64_t n, char dst[32])
{
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n), at = 0;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            dst[at++] = ',';
        dst[at++] = digits[i];
    }
    dst[at] = '\0';
    return dst;
}

char *
bytes_text(uint64_t n, char dst[32])
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double v = (double)n;
    size_t u = 0;

    while (v >= 1023.95 && u < 6) {
        v /= 1024;
        u++;
    }
    snprintf(dst, 32, u == 0 ? "%.0f %s" : "%.1f %s", v, units[u]);
    return dst;
}

char *
counted_text(uint64_t n, const char *word, char dst[64])
{
    size_t len = strlen(word);
    bool y = n != 1 && len && word[len - 1] == 'y';
    char count[32];

    snprintf(dst, 64, "%s %.*s%s", count_text(n, count), (int)(len - y), word, n == 1 ? "" : y ? "ies" : "s");
    return dst;
}

/* ---- progress ---- */

static int64_t
now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_begin(const char *what, enum progress_unit unit, bool quiet)
{
    line.what = what;
    line.unit = unit;
    line.on = !quiet && isatty(STDERR_FILENO);
    line.drawn = false;
    line.begun_ms = line.drawn_ms = now_ms();
}

static void
draw(const char *note, uint64_t done, uint64_t total, int64_t elapsed_ms)
{
    char text[256], a[32], b[32], r[32];
    double seconds = (double)elapsed_ms / 1000, rate = seconds > 0 ? (double)done / seconds : 0;
    char *(*as)(uint64_t, char *) = line.unit == PROGRESS_BYTES ? bytes_text : count_text;
    int n, width = term_columns(STDERR_FILENO);

    n = snprintf(text, sizeof(text), "%s: %s%s%s", line.what, note ? note : "", note ? ", " : "", as(done, a));
    if (total > 0 && n < (int)sizeof(text)) {
        uint64_t left = rate > 0 && total > done ? (uint64_t)((double)(total - done) / rate) : 0;
        n += snprintf(text + n, sizeof(text) - (size_t)n, " of %s, %.0f %%, %s/s, %llu:%02llu left", as(total, b),
                      100.0 * (double)(done > total ? total : done) / (double)total, as((uint64_t)rate, r),
                      (unsigned long long)(left / 60), (unsigned long long)(left % 60));
    } else if (n < (int)sizeof(text)) {
        n += snprintf(text + n, sizeof(text) - (size_t)n, ", %s/s", as((uint64_t)rate, r));
    }
    if (n >= (int)sizeof(text))
        n = (int)sizeof(text) - 1;
    /* One column stays free: a full line would wrap, and could not be taken back. */
    if (width > 1 && n > width - 1)
        n = width - 1;
    fprintf(stderr, "\r\033[K%.*s", n, text);
    fflush(stderr);
    line.drawn = true;
}

int
progress_tell(const char *note, uint64_t done, uint64_t total)
{
    int64_t now;

    if (line.on) {
        now = now_ms();
        if (now - line.begun_ms >= 1000 && now - line.drawn_ms >= 200) {
            draw(note, done, total, now - line.begun_ms);
            line.drawn_ms = now;
        }
    }
    return caught != 0;
}

int
progress_plain(void *ctx, uint64_t done, uint64_t total)
{
    (void)ctx;
    return progress_tell(NULL, done, total);
}

void
progress_clear(void)
{
    clear_line();
}

void
progress_end(void)
{
    clear_line();
    line.on = false;
}

/* ---- signals ---- */

static void
on_signal(int sig)
{
    caught = sig;
}

void
signals_catch(void)
{
    struct sigaction act, old;
    const int set[] = {SIGINT, SIGTERM, SIGHUP};

    memset(&act, 0, sizeof(act));
    act.sa_handler = on_signal;
    /* Once: the second signal finds the default action and ends the program there and then. */
    act.sa_flags = (int)SA_RESETHAND;
    sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < sizeof(set) / sizeof(set[0]); i++)
        if (sigaction(set[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(set[i], &act, NULL);
}

int
signals_caught(void)
{
    return caught;
}
