/* Ranks 0 and 1 that have no parser in them: errors, buffers, arenas, files, pool, digests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "digest.h"
#include "fs.h"
#include "pool.h"

/* A scratch directory, as descriptor; removed by scratch_end(). */
static char scratch_path[64];

static int
scratch_begin(void)
{
    int fd;

    (void)snprintf(scratch_path, sizeof(scratch_path), "/tmp/pm-test-XXXXXX");
    assert_non_null(mkdtemp(scratch_path));
    fd = open(scratch_path, O_RDONLY | O_DIRECTORY);
    assert_true(fd >= 0);
    return fd;
}

static void
scratch_end(int fd, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        (void)(unlinkat(fd, names[i], 0) && unlinkat(fd, names[i], AT_REMOVEDIR));
    close(fd);
    assert_int_equal(rmdir(scratch_path), 0);
}

static void
test_err(void **state)
{
    struct pm_err err = PM_ERR_INIT;
    char lots[1000];

    (void)state;
    memset(lots, 'x', sizeof(lots) - 1);
    lots[sizeof(lots) - 1] = '\0';
    assert_int_equal(pm_fail(&err, PM_ECORRUPT, "at %d", 7), PM_ECORRUPT);
    assert_int_equal(pm_err_prefix(&err, "'%s'", "x"), PM_ECORRUPT);
    assert_string_equal(err.text, "'x': at 7");
    errno = ENOENT;
    assert_int_equal(pm_fail_errno(&err, "cannot open '%s'", "y"), PM_EIO);
    assert_string_equal(err.text, "cannot open 'y': No such file or directory");
    errno = ENOMEM;
    assert_int_equal(pm_fail_errno(&err, "z"), PM_ENOMEM);
    assert_int_equal(pm_fail(&err, PM_EIO, "%s", lots), PM_EIO);
    assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
    assert_int_equal(pm_fail(NULL, PM_EIO, "nobody listens"), PM_EIO);
}

static void
test_str(void **state)
{
    struct pm_str s = PM_STR("Content-Type: text/html");

    (void)state;
    assert_true(pm_str_istarts(s, PM_STR("content-type:")));
    assert_false(pm_str_starts(s, PM_STR("content-type:")));
    assert_true(pm_str_ends(s, PM_STR("/html")));
    assert_int_equal(pm_str_find(s, PM_STR("text"), 0), 14);
    assert_true(pm_str_find(s, PM_STR("text"), 15) == SIZE_MAX);
    assert_int_equal(pm_str_ifind(s, PM_STR("TEXT/"), 0), 14);
    assert_true(pm_str_ifind(s, PM_STR("xml"), 0) == SIZE_MAX);
    assert_true(pm_str_cmp(PM_STR("ab"), PM_STR("abc")) < 0);
    assert_true(pm_str_cmp(PM_STR("b"), PM_STR("abc")) > 0);
    assert_int_equal(pm_str_cmp(PM_STR_NULL, PM_STR("")), 0);
    assert_true(pm_str_ieq(PM_STR("GZip"), PM_STR("gzip")));
    assert_true(pm_str_eq(pm_str_trim(PM_STR(" \t a b\r\n")), PM_STR("a b")));
    assert_int_equal(pm_str_trim(PM_STR("  ")).len, 0);
}

static void
test_buf_grows(void **state)
{
    struct pm_buf b = PM_BUF_INIT(1 << 20);
    struct pm_err err;

    (void)state;
    for (int i = 0; i < 1000; i++)
        pm_buf_addf(&b, "%d,", i);
    pm_buf_le32(&b, 0x04030201);
    assert_int_equal(pm_buf_check(&b, &err), PM_OK);
    assert_int_equal(b.len, 10 + 90 * 2 + 900 * 3 + 1000 + 4);
    assert_memory_equal(b.data + b.len - 4, "\1\2\3\4", 4);
    assert_int_equal(pm_buf_z(&b)[b.len], '\0');
    pm_buf_release(&b);
    pm_buf_release(&b);
}

static void
test_buf_ceiling(void **state)
{
    struct pm_buf b = PM_BUF_INIT(10);
    struct pm_err err;

    (void)state;
    pm_buf_cstr(&b, "0123456789");
    assert_int_equal(pm_buf_check(&b, &err), PM_OK);
    pm_buf_putc(&b, 'x');
    pm_buf_reset(&b);
    pm_buf_cstr(&b, "01234567890");
    assert_int_equal(b.len, 0);
    pm_buf_cstr(&b, "a"); /* the first failure sticks */
    assert_int_equal(b.len, 0);
    assert_int_equal(pm_buf_check(&b, &err), PM_ELIMIT);
    assert_string_equal(err.text, "over the limit of 10 bytes");
    assert_string_equal(pm_buf_z(&b), "");
    pm_buf_reset(&b);
    pm_buf_cstr(&b, "a");
    assert_int_equal(pm_buf_check(&b, &err), PM_OK);
    pm_buf_release(&b);
}

static void
test_arena(void **state)
{
    struct pm_arena *a = pm_arena_new(1 << 20);
    struct pm_err err;
    char *first;

    (void)state;
    first = pm_arena_alloc(a, 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(first[i], 0);
    memset(first, 'x', 100);
    for (int i = 0; i < 1000; i++) {
        struct pm_str s = pm_arena_strf(a, "number %d", i);

        assert_int_equal(s.ptr[s.len], '\0');
        assert_int_equal((uintptr_t)s.ptr % _Alignof(max_align_t), 0);
    }
    assert_null(pm_arena_str(a, PM_STR_NULL).ptr);
    assert_non_null(pm_arena_str(a, PM_STR("")).ptr);
    assert_int_equal(first[99], 'x');
    assert_null(pm_arena_alloc(a, 1 << 21));
    assert_null(pm_arena_alloc(a, 1)); /* sticky */
    assert_int_equal(pm_arena_check(a, &err), PM_ELIMIT);
    pm_arena_reset(a);
    assert_non_null(pm_arena_alloc(a, 1));
    assert_null(pm_arena_array(a, SIZE_MAX / 2, 4));
    pm_arena_free(a);
    pm_arena_free(NULL);
}

static void
test_files(void **state)
{
    const char *const names[] = {"a", "b", "tmp", "dir"};
    struct pm_buf b = PM_BUF_INIT(5);
    struct pm_arena *arena = pm_arena_new(1 << 20);
    struct pm_str *list;
    struct pm_err err;
    int dir = scratch_begin();
    size_t n;

    (void)state;
    assert_int_equal(pm_fs_replace(dir, "tmp", "b", PM_STR("hello"), &err), PM_OK);
    assert_int_equal(pm_fs_replace(dir, "tmp", "a", PM_STR("123456"), &err), PM_OK);
    assert_int_equal(pm_fs_read(dir, "b", &b, &err), PM_OK);
    assert_memory_equal(b.data, "hello", 5);
    pm_buf_reset(&b);
    assert_int_equal(pm_fs_read(dir, "a", &b, &err), PM_ELIMIT);
    assert_string_equal(err.text, "cannot read 'a': over the limit of 5 bytes");
    pm_buf_reset(&b);
    assert_int_equal(pm_fs_read(dir, "none", &b, &err), PM_EIO);
    assert_int_equal(pm_fs_read(dir, ".", &b, &err), PM_EIO);
    assert_string_equal(err.text, "cannot read '.': is a directory");
    assert_int_equal(pm_fs_mkdir(dir, "dir", &err), PM_OK);
    assert_int_equal(pm_fs_mkdir(dir, "dir", &err), PM_OK);
    assert_int_equal(pm_fs_mkdir(dir, "a", &err), PM_EIO);
    assert_int_equal(pm_fs_replace(dir, "tmp", "dir", PM_STR("x"), &err), PM_EIO);
    assert_int_equal(pm_fs_list(dir, ".", arena, &list, &n, &err), PM_OK);
    assert_int_equal(n, 3); /* and no tmp is left */
    assert_true(pm_str_eq(list[0], PM_STR("a")));
    assert_true(pm_str_eq(list[2], PM_STR("dir")));
    pm_arena_free(arena);
    pm_buf_release(&b);
    scratch_end(dir, names, 4);
}

static void
test_pread(void **state)
{
    const char *const names[] = {"f"};
    struct pm_err err;
    int dir = scratch_begin(), fd;
    char got[4];

    (void)state;
    fd = openat(dir, "f", O_RDWR | O_CREAT, 0600);
    assert_int_equal(pm_fs_pwrite(fd, "abcd", 4, 2, &err), PM_OK);
    assert_int_equal(pm_fs_pread(fd, got, 4, 2, &err), PM_OK);
    assert_memory_equal(got, "abcd", 4);
    assert_int_equal(pm_fs_pread(fd, got, 4, 3, &err), PM_ECORRUPT);
    assert_string_equal(err.text, "file ends at offset 6, 1 bytes short");
    close(fd);
    assert_int_equal(pm_fs_pread(fd, got, 4, 3, &err), PM_EIO);
    scratch_end(dir, names, 1);
}

static void
test_lock(void **state)
{
    const char *const names[] = {"lock"};
    struct pm_err err;
    int dir = scratch_begin(), fd = -1, second = -1;
    char want[64];

    (void)state;
    assert_int_equal(pm_fs_lock(dir, "lock", &fd, &err), PM_OK);
    assert_int_equal(pm_fs_lock(dir, "lock", &second, &err), PM_ELOCKED);
    (void)snprintf(want, sizeof(want), "locked by process %ld on ", (long)getpid());
    assert_non_null(strstr(err.text, want));
    assert_int_equal(second, -1);
    close(fd);
    assert_int_equal(pm_fs_lock(dir, "lock", &second, &err), PM_OK);
    close(second);
    scratch_end(dir, names, 1);
}

struct pool_job {
    int in, out;
};

static void
square(void *worker, void *arg)
{
    struct pool_job *j = arg;

    for (volatile int spin = 0; spin < (j->in * 7919) % 5000; spin++)
        ; /* so that jobs end out of order */
    j->out = j->in * j->in;
    ++*(int *)worker;
}

static void
test_pool(void **state)
{
    enum { JOBS = 500, DEPTH = 7 };
    static struct pool_job jobs[JOBS];
    struct pm_err err;

    (void)state;
    for (unsigned workers = 0; workers <= 4; workers++) {
        int counts[4] = {0};
        void *contexts[] = {&counts[0], &counts[1], &counts[2], &counts[3]};
        struct pm_pool *p;
        int next = 0;

        assert_int_equal(pm_pool_new(&p, workers, DEPTH, square, contexts, &err), PM_OK);
        assert_null(pm_pool_collect(p));
        for (int i = 0; i < JOBS; i++) {
            jobs[i] = (struct pool_job){i, -1};
            if (pm_pool_full(p)) {
                struct pool_job *j = pm_pool_collect(p);

                assert_int_equal(j->in, next++);
                assert_int_equal(j->out, j->in * j->in);
            }
            pm_pool_submit(p, &jobs[i]);
        }
        for (struct pool_job *j; (j = pm_pool_collect(p)) != NULL;)
            assert_int_equal(j->out, next * next), next++;
        assert_int_equal(next, JOBS);
        assert_int_equal(counts[0] + counts[1] + counts[2] + counts[3], JOBS);
        pm_pool_free(p);
    }
    pm_pool_free(NULL);
}

static void
test_digest(void **state)
{
    /* FIPS 180-4's message "abc" */
    static const char sha256[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const struct {
        const char *label;
        int want;
    } cases[] = {
        {"sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", PM_OK},
        {"SHA-1:vgmt4nsha2awvor6evyxqugcnsonbwe5", PM_OK},
        {"sha1:a9993e364706816aba3e25717850c26c9cd0d89d", PM_OK},
        {"sha1:A9993E364706816ABA3E25717850C26C9CD0D89E", PM_DONE},
        {"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", PM_OK},
        {"sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ====", PM_OK},
        {"md5:900150983cd24fb0d6963f7d28e17f72", PM_OK},
        {"sha1:tooshort", PM_SKIP},
        {"sha1:!GMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", PM_SKIP},
        {"crc32:352441c2", PM_SKIP},
        {"", PM_SKIP},
    };
    const struct pm_str parts[] = {PM_STR("a"), PM_STR("bc")};
    struct pm_buf out = PM_BUF_INIT(100);
    struct pm_digester *d;
    struct pm_sha256 sha;
    uint8_t sha1[PM_SHA1_LEN], back[PM_SHA256_LEN];
    struct pm_err err;

    (void)state;
    assert_int_equal(pm_digester_new(&d, &err), PM_OK);
    assert_int_equal(pm_digest_sha256(d, parts, 2, &sha, &err), PM_OK);
    pm_hex(&out, sha.byte, sizeof(sha.byte));
    assert_string_equal(pm_buf_z(&out), sha256);
    assert_true(pm_unhex(pm_buf_span(&out), back, sizeof(back)));
    assert_memory_equal(back, sha.byte, sizeof(back));
    assert_false(pm_unhex(PM_STR("0g"), back, 1));
    assert_false(pm_unhex(PM_STR("000"), back, 1));
    assert_int_equal(pm_digest_sha1(d, parts, 2, sha1, &err), PM_OK);
    pm_buf_reset(&out);
    pm_base32(&out, sha1, sizeof(sha1));
    assert_string_equal(pm_buf_z(&out), "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(pm_digest_verify(d, pm_str_of(cases[i].label), PM_STR("abc"), &err),
                         cases[i].want);
    pm_digester_free(d);
    pm_digester_free(NULL);
    pm_buf_release(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_err),      cmocka_unit_test(test_str),
        cmocka_unit_test(test_buf_grows), cmocka_unit_test(test_buf_ceiling),
        cmocka_unit_test(test_arena),    cmocka_unit_test(test_files),
        cmocka_unit_test(test_pread),    cmocka_unit_test(test_lock),
        cmocka_unit_test(test_pool),     cmocka_unit_test(test_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
