#include "url.h"

#include "ascii.h"

struct pm_str
pm_url_host(struct pm_str url)
{
    struct pm_str rest;
    size_t n = 0;

    if (pm_str_istarts(url, PM_STR("http://")))
        rest = PM_STRN(url.ptr + 7, url.len - 7);
    else if (pm_str_istarts(url, PM_STR("https://")))
        rest = PM_STRN(url.ptr + 8, url.len - 8);
    else
        return PM_STR_NULL;
    while (n < rest.len && rest.ptr[n] != '/' && rest.ptr[n] != '?' && rest.ptr[n] != '#')
        n++;
    rest.len = n;
    for (size_t i = rest.len; i > 0; i--)
        if (rest.ptr[i - 1] == '@') { /* user and password are no part of it */
            rest = PM_STRN(rest.ptr + i, rest.len - i);
            break;
        }
    for (size_t i = rest.len; i > 0 && rest.ptr[i - 1] != ']'; i--)
        if (rest.ptr[i - 1] == ':') {
            rest.len = i - 1;
            break;
        }
    return rest.len > 0 ? rest : PM_STR_NULL;
}

struct pm_str
pm_url_site(struct pm_str url)
{
    static const char *const prefixes[] = {"www.", "m.", "amp.", "mobile."};
    struct pm_str host = pm_url_host(url);

    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
        struct pm_str prefix = pm_str_of(prefixes[i]), rest;

        if (!pm_str_istarts(host, prefix))
            continue;
        rest = PM_STRN(host.ptr + prefix.len, host.len - prefix.len);
        if (memchr(rest.ptr, '.', rest.len) != NULL)
            return rest;
    }
    return host;
}

void
pm_url_from_path(struct pm_buf *dst, struct pm_str path)
{
    pm_buf_cstr(dst, "file:///");
    while (path.len > 0 && path.ptr[0] == '/') {
        path.ptr++;
        path.len--;
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];
        bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                     (c != '\0' && strchr("/-._~", c) != NULL);

        if (plain)
            pm_buf_putc(dst, (char)c);
        else
            pm_buf_addf(dst, "%%%02X", c);
    }
}

bool
pm_url_glob(struct pm_str glob, struct pm_str url)
{
    size_t g = 0, u = 0, star = SIZE_MAX, mark = 0;

    /* On a mismatch only the last star can give way: an earlier one has matched the shortest run already. */
    while (u < url.len) {
        if (g < glob.len && glob.ptr[g] == '*') {
            star = g++;
            mark = u;
        } else if (g < glob.len && (glob.ptr[g] == '?' || pm_ascii_fold(glob.ptr[g]) == pm_ascii_fold(url.ptr[u]))) {
            g++;
            u++;
        } else if (star != SIZE_MAX) {
            g = star + 1;
            u = ++mark;
        } else {
            return false;
        }
    }
    while (g < glob.len && glob.ptr[g] == '*')
        g++;
    return g == glob.len;
}
