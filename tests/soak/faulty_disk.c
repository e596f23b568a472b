/* A disk that fails and remembers: preloaded (LD_PRELOAD), it stands between a process and
 * libc's calls that write. Only files below one folder count. It can fail the n-th call, and
 * note every call in a log from which the states after a power loss can be made.
 *
 * Controlled through the functions soak_*; Linux only (it asks /proc for the names of files).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static int log_fd = -1;
static long calls, fail_at, fail_errno, fail_all_after, outside;

/* `place` without a slash at its end; calls are counted from 1 on. */
void soak_watch(const char *place) {
    snprintf(folder, sizeof folder, "%s/", place);
    calls = outside = 0;
}
void soak_fail(long at, long error, long all_after) {
    fail_at = at;
    fail_errno = error;
    fail_all_after = all_after;
}
void soak_log(int fd) { log_fd = fd; }
long soak_calls(void) { return calls; }
long soak_outside(void) { return outside; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int below(const char *path) {
    return folder[0] && strncmp(path, folder, strlen(folder)) == 0;
}

static int name_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    char *gone = strstr(path, " (deleted)");
    if (gone) *gone = 0;
    return below(path);
}

static void put(const void *data, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = REAL(write);
    if (log_fd >= 0 && real(log_fd, data, length) < 0) log_fd = -1;
}

/* A record: kind, length of path, length of data, offset; path; data. */
static void note(char kind, const char *path, uint64_t offset, const void *data, size_t length) {
    if (log_fd < 0) return;
    struct { char kind; char pad[3]; uint32_t path; uint64_t length, offset; } head;
    memset(&head, 0, sizeof head);
    head.kind = kind;
    head.path = strlen(path);
    head.length = length;
    head.offset = offset;
    put(&head, sizeof head);
    put(path, head.path);
    if (data) put(data, length);
}

/* Count a call; tell whether it fails. */
static int fails(void) {
    calls++;
    if (!fail_at || calls < fail_at || (calls > fail_at && !fail_all_after)) return 0;
    errno = (int)fail_errno;
    return 1;
}

static ssize_t written(int fd, const void *data, size_t length, off_t offset, int at) {
    static ssize_t (*real_write)(int, const void *, size_t);
    static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
    if (!real_write) real_write = REAL(write), real_pwrite = REAL(pwrite);
    char path[PATH_MAX];
    if (fd == STDOUT_FILENO) note('A', "", 0, data, length);
    else if (name_of(fd, path)) {
        if (fails()) {
            if (fail_errno != ENOSPC || length < 2) return -1;
            length /= 2; /* a full disk takes what fits; the next call is refused */
            if (!fail_all_after) fail_at++;
        }
        note('W', path, at ? offset : lseek(fd, 0, SEEK_CUR), data, length);
    }
    return at ? real_pwrite(fd, data, length, offset) : real_write(fd, data, length);
}
ssize_t write(int fd, const void *data, size_t n) { return written(fd, data, n, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t n, off_t at) { return written(fd, data, n, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t n, off64_t at) { return written(fd, data, n, at, 1); }

#define ON_FD(name, parameters, kind, offset, arguments) \
    int name parameters { \
        char path[PATH_MAX]; \
        if (name_of(fd, path)) { \
            if (fails()) return -1; \
            note(kind, path, offset, NULL, 0); \
        } \
        return REAL(name) arguments; \
    }
ON_FD(ftruncate, (int fd, off_t length), 'T', (uint64_t)length, (fd, length))
ON_FD(ftruncate64, (int fd, off64_t length), 'T', (uint64_t)length, (fd, length))
ON_FD(fdatasync, (int fd), 'S', 0, (fd))

/* A folder's own name has no slash at its end, and yet it is one that counts. */
int fsync(int fd) {
    char path[PATH_MAX];
    int mine = name_of(fd, path) || (folder[0] && strncmp(path, folder, strlen(folder) - 1) == 0);
    if (mine) {
        if (fails()) return -1;
        note('S', path, 0, NULL, 0);
    }
    return REAL(fsync)(fd);
}

int unlink(const char *path) {
    if (below(path)) {
        if (fails()) return -1;
        note('U', path, 0, NULL, 0);
    }
    return REAL(unlink)(path);
}

int rename(const char *from, const char *to) {
    if (below(to)) {
        if (fails()) return -1;
        note('R', from, 0, to, strlen(to));
    }
    return REAL(rename)(from, to);
}

/* Names with etilqs are the temporary files of SQLite, deleted as soon as they are open. */
static int opened(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    int made = (flags & O_CREAT) && access(path, F_OK) != 0;
    if (writes && below(path)) {
        if ((made || fail_errno == EROFS) && fails()) return -1;
        if (made) note('C', path, 0, NULL, 0);
        else if (flags & O_TRUNC) note('T', path, 0, NULL, 0);
    } else if (writes && folder[0] && strncmp(path, "/dev/", 5) != 0 && !strstr(path, "/etilqs_")) {
        outside++;
        note('O', path, 0, NULL, 0);
    }
    return real(path, flags, mode);
}

#define OPENING(name) \
    int name(const char *path, int flags, ...) { \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & O_CREAT ? va_arg(more, int) : 0; \
        va_end(more); \
        return opened((int (*)(const char *, int, ...))REAL(name), path, flags, mode); \
    }
OPENING(open)
OPENING(open64)
