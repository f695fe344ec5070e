/*
 * talk.h - what the program says on standard error: messages and progress.
 *
 * Words of pages and file names pass through here, so control bytes are masked always. Used from
 * one thread; the state of the progress line is the program's.
 */
#ifndef CMD_TALK_H
#define CMD_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CMD_PRINTF(f, va) __attribute__((format(printf, f, va), nonnull(f)))

/* "pressmark: ..." and a line end, the progress line cleared first. */
void talk(const char *fmt, ...) CMD_PRINTF(1, 2);
/* A line without the name before it: hints and summaries. */
void talk_line(const char *fmt, ...) CMD_PRINTF(1, 2);
/* "Try 'pressmark list -h' for its options." */
void talk_try(const char *command);

/* realloc() and strdup() that end the program (exit code 2) when there is no memory. */
void *must_realloc(void *ptr, size_t size);
/* What the others do then: say so, and end. */
_Noreturn void no_memory(void);
char *must_strdup(const char *s);

/* ---- progress ---- */

enum progress_unit { PROGRESS_BYTES, PROGRESS_COUNT };

/* Begin to show progress of `what`, on a terminal and after one second, unless quiet. */
void progress_begin(const char *what, enum progress_unit unit, bool quiet);
/*
 * Tell how far it is: `done` of `total` (0: not known); `note` (may be NULL) stands before them.
 * Returns 0, or 1 when a signal asked to stop.
 */
int progress_tell(const char *note, uint64_t done, uint64_t total);
/* The same without a note, in the form that the library calls; `ctx` is not used. */
int progress_plain(void *ctx, uint64_t done, uint64_t total);
/* Take the line away, for output of another kind; it comes back with the next progress_tell(). */
void progress_clear(void);
/* Take the line away for good. */
void progress_end(void);

/* ---- signals ---- */

/*
 * From here SIGINT, SIGTERM and SIGHUP ask to stop, which progress_tell() reports; a second one
 * kills.
 */
void signals_catch(void);
/* The signal that came, or 0. */
int signals_caught(void);

/* ---- numbers for people ---- */

/* "1,234,567" and "1.2 GiB" into dst (at least 32 bytes); dst is returned. */
char *count_text(uint64_t n, char dst[32]);
char *bytes_text(uint64_t n, char dst[32]);
/* "1,234 captures", "1 capture", "2 stories". `word` is short and takes an s. */
char *counted_text(uint64_t n, const char *word, char dst[64]);

#endif
