/* LD_PRELOAD: what a disk is asked to do. Two uses, each by environment variables:
   - PC_DIR and PC_LOG: every write, flush, truncation and removal of a file below PC_DIR is appended to PC_LOG, so that a test can
     rebuild what a disk may hold after a power cut (powercut.py).
   - PC_DIR, PC_LIMIT and PC_FREE: no file below PC_DIR may grow beyond PC_LIMIT bytes (ENOSPC) until a file PC_FREE exists: a full disk.
   gcc -shared -fPIC -O2 -o recorder.so recorder.c -ldl */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define MOST 4096
#define REAL(variable, name) do { if (!(variable)) *(void **)&(variable) = dlsym(RTLD_NEXT, name); } while (0)

static char *paths[MOST];
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);

struct record { char op; uint8_t pad[7]; uint64_t offset, length; uint32_t name_length, pad2; };

static int is_watched(const char *path) {
  const char *dir = getenv("PC_DIR");
  return dir && path && !strncmp(path, dir, strlen(dir));
}

static int is_full(uint64_t end) {
  const char *limit = getenv("PC_LIMIT"), *room = getenv("PC_FREE");
  return limit && end > strtoull(limit, 0, 10) && (!room || access(room, F_OK));
}

static void note(char op, const char *path, uint64_t offset, const void *data, uint64_t length) {
  static int log = -1;
  if (log < 0) {
    const char *name = getenv("PC_LOG");
    if (!name) return;
    static int (*real_open)(const char *, int, ...);
    REAL(real_open, "open64");
    log = real_open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log < 0) return;
  }
  struct record head = {0};
  head.op = op; head.offset = offset; head.length = length; head.name_length = strlen(path);
  size_t whole = sizeof head + head.name_length + (data ? length : 0);
  char *buffer = malloc(whole);
  memcpy(buffer, &head, sizeof head);
  memcpy(buffer + sizeof head, path, head.name_length);
  if (data) memcpy(buffer + sizeof head + head.name_length, data, length);
  REAL(real_write, "write");
  if (real_write(log, buffer, whole) < 0) abort();
  free(buffer);
}

#define PATH(fd) ((fd) >= 0 && (fd) < MOST ? paths[fd] : 0)

static void remember(int fd, const char *path, int flags) {
  if (fd < 0 || fd >= MOST || !is_watched(path)) return;
  paths[fd] = strdup(path);
  note('O', path, 0, 0, 0);
  if (flags & O_TRUNC) note('T', path, 0, 0, 0);
}

#define OPEN(function) int function(const char *path, int flags, ...) { \
  static int (*real)(const char *, int, ...); REAL(real, #function); \
  va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \
  int fd = real(path, flags, mode); remember(fd, path, flags); return fd; }
OPEN(open)
OPEN(open64)

int close(int fd) {
  static int (*real)(int); REAL(real, "close");
  if (PATH(fd)) { free(paths[fd]); paths[fd] = 0; }
  return real(fd);
}

ssize_t write(int fd, const void *data, size_t length) {
  REAL(real_write, "write");
  off_t offset = PATH(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
  if (PATH(fd) && is_full(offset + length)) { errno = ENOSPC; return -1; }
  ssize_t done = real_write(fd, data, length);
  if (done > 0 && PATH(fd)) note('W', paths[fd], offset, data, done);
  return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  REAL(real_pwrite, "pwrite64");
  if (PATH(fd) && is_full(offset + length)) { errno = ENOSPC; return -1; }
  ssize_t done = real_pwrite(fd, data, length, offset);
  if (done > 0 && PATH(fd)) note('W', paths[fd], offset, data, done);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

#define FLUSH(function) int function(int fd) { static int (*real)(int); REAL(real, #function); \
  int failed = real(fd); if (!failed && PATH(fd)) note('S', paths[fd], 0, 0, 0); return failed; }
FLUSH(fsync)
FLUSH(fdatasync)

#define TRUNCATE(function, type) int function(int fd, type length) { static int (*real)(int, type); REAL(real, #function); \
  int failed = real(fd, length); if (!failed && PATH(fd)) note('T', paths[fd], length, 0, 0); return failed; }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
  static int (*real)(const char *); REAL(real, "unlink");
  int failed = real(path);
  if (!failed && is_watched(path)) note('U', path, 0, 0, 0);
  return failed;
}
