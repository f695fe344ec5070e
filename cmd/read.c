/* read.c - whole files into memory */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "talk.h"

bool
read_whole(const char *path, size_t max, char **bytes, size_t *len, const char **why)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    size_t room = 0;
    struct stat st;
    ssize_t n = -1;

    *bytes = NULL;
    *len = 0;
    if (fd < 0 || fstat(fd, &st) != 0) {
        *why = strerror(errno);
        if (fd > STDIN_FILENO)
            close(fd);
        return false;
    }
    room = S_ISREG(st.st_mode) && st.st_size >= 0 && (uint64_t)st.st_size < max ? (size_t)st.st_size + 1 : 65536;
    *bytes = must_realloc(NULL, room);
    while ((n = read(fd, *bytes + *len, room - *len)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        *len += (size_t)n;
        if (*len > max)
            break;
        if (*len == room)
            *bytes = must_realloc(*bytes, room *= 2);
    }
    if (n != 0)
        *why = n < 0 ? strerror(errno) : "is too large";
    if (fd != STDIN_FILENO)
        close(fd);
    return n == 0;
}

const char *
input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "(standard input)" : path;
}

bool
read_text(const char *path, char **text)
{
    const char *why = NULL;
    size_t len = 0;

    if (!read_whole(path, (size_t)64 << 20, text, &len, &why)) {
        talk("cannot read '%s': %s", path, why);
        free(*text);
        *text = NULL;
        return false;
    }
    if (memchr(*text, 0, len)) {
        talk("cannot read '%s': it is no text", path);
        free(*text);
        *text = NULL;
        return false;
    }
    /* read_whole() leaves room for one byte behind the last. */
    (*text)[len] = '\0';
    return true;
}
