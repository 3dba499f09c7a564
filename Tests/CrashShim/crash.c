// Preloaded into a process that is to die: it sees each call of the system that changes files below a
// directory or speaks with a server, kills the process before or behind the one it is told to, or after
// a time, and writes down where that was. It also keeps a log of all changes and syncs, from which the
// disk can be built as a power cut would leave it.
//
// CRASH_DISK    the directory whose files are seen
// CRASH_RECORD  the file that the instant is written to
// CRASH_LOG     the log of changes; absent: none
// CRASH_AT      2k kills before the k-th call, 2k + 1 behind it; absent or -1: never
// CRASH_INSTANT kills at the CRASH_AT-th call of this instant instead
// CRASH_AFTER   microseconds after which it kills; absent: never
// CRASH_INSTANTS  a file for the instants of all calls, two lines each, of a process that ended by itself
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { descriptor_count = 4096 };
enum kind { none, file, directory, server };
enum change { began = 1, opened, written, cut, synced, unlinked, renamed, made };

/// What the transaction under way in the journal does.
enum { plans = 1, marks = 2, notes = 4, acknowledges = 8, closes = 16, forgets = 32 };

static struct { enum kind kind; char path[512]; } known[descriptor_count];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static char disk[400];
static int log_file = -1;
static long kill_at = -1, call_count = 0;
static const char *kill_instant;
static atomic_int transaction, asked, answered, hasNoted;
/// What happened last to a call or a window.
enum last { nothing, planned, sent, heard, settled, closed, forgotten };
static atomic_int last;

static void real_write(int to, const void *bytes, size_t count) {
  while (count > 0) {
    ssize_t part = syscall(SYS_write, to, bytes, count);
    if (part < 0 && errno != EINTR) _exit(99);
    if (part > 0) bytes = (const char *)bytes + part, count -= part;
  }
}

static const char *instant(void) {
  int under_way = transaction;
  if (under_way & plans) return "plan to journal";
  if (under_way & (marks | closes | forgets)) return "window to checkpoint";
  if (under_way & acknowledges) return "answer to acknowledgement";
  if (under_way & notes) return "journal to send";
  if (!hasNoted) return last == planned ? "journal to send" : "elsewhere";
  if (asked > answered) return "send to answer";
  switch (last) {
  case planned: return "journal to send";
  case sent: return "send to answer";
  case heard: return "answer to acknowledgement";
  case settled: return "window to checkpoint";
  case forgotten: return "end";
  default: return "elsewhere";
  }
}

static void die(const char *side, const char *call, const char *path) {
  char text[1200];
  const char *record = getenv("CRASH_RECORD");
  int file = syscall(SYS_openat, AT_FDCWD, record, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  int count = snprintf(text, sizeof text, "%s\t%s %s %s\t%ld\n", instant(), side, call,
                       strncmp(path, disk, strlen(disk)) ? path : path + strlen(disk), call_count);
  real_write(file, text, count);
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

static void *die_later(void *wait) {
  usleep((useconds_t)(intptr_t)wait);
  die("during", "anything", "-");
  return NULL;
}

static void put(enum change change, int descriptor, int64_t offset, const char *path,
                const void *bytes, uint64_t count) {
  if (log_file < 0) return;
  struct { uint32_t change, descriptor, path_count, spare; int64_t offset; uint64_t count; } head = {
    change, descriptor, strlen(path), 0, offset, count};
  struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path_count}, {(void *)bytes, count}};
  for (int i = 0; i < 3; i++) real_write(log_file, parts[i].iov_base, parts[i].iov_len);
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("CRASH_DISK");
  if (!text) return;
  snprintf(disk, sizeof disk, "%s", text);
  if ((text = getenv("CRASH_LOG")))
    log_file = syscall(SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if ((text = getenv("CRASH_AT"))) kill_at = atol(text);
  kill_instant = getenv("CRASH_INSTANT");
  put(began, 0, 0, "", NULL, 0);
  if ((text = getenv("CRASH_AFTER"))) {
    pthread_t thread;
    pthread_create(&thread, NULL, die_later, (void *)(intptr_t)atol(text));
  }
}

static int is_below(const char *path) {
  size_t count = strlen(disk);
  return count > 0 && strncmp(path, disk, count) == 0 && (path[count] == '/' || !path[count]);
}

static enum kind kind(int descriptor) {
  return descriptor >= 0 && descriptor < descriptor_count ? known[descriptor].kind : none;
}

/// The memory that SQLite shares is no file's content: it is made from the others.
static int is_shared_memory(const char *path) {
  size_t count = strlen(path);
  return count > 4 && strcmp(path + count - 4, "-shm") == 0;
}

/// What `die` would have written down at each call so far.
static const char **instants;
static size_t instant_count;

static void remember(void) {
  if (instant_count % 1024 == 0)
    instants = realloc(instants, (instant_count + 1024) * sizeof *instants);
  instants[instant_count++] = instant();
}

/// Whether the process is to die on this side of the call: of all calls, or of those of one instant.
static int is_time(long side) {
  static long passed = 0;
  remember();
  if (!kill_instant) return kill_at == 2 * call_count + side;
  return strcmp(kill_instant, instant()) == 0 && passed++ == kill_at;
}

static void before(const char *call, const char *path) {
  pthread_mutex_lock(&mutex);
  if (is_time(0)) die("before", call, path);
}

static void behind(const char *call, const char *path) {
  int saved = errno;
  if (is_time(1)) die("behind", call, path);
  call_count++;
  pthread_mutex_unlock(&mutex);
  errno = saved;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("CRASH_INSTANTS");
  if (!path) return;
  int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (size_t i = 0; i < instant_count; i++) {
    real_write(file, instants[i], strlen(instants[i]));
    real_write(file, "\n", 1);
  }
}

// Files.

static int opening(int result, const char *path, int flags, int existed) {
  if (result < 0 || result >= descriptor_count) return result;
  struct stat status;
  fstat(result, &status);
  known[result].kind = S_ISDIR(status.st_mode) ? directory : file;
  snprintf(known[result].path, sizeof known[result].path, "%s", path);
  int is_new = !existed && (flags & O_CREAT);
  put(opened, result, (is_new ? 1 : 0) | (flags & O_TRUNC ? 2 : 0), path, NULL, 0);
  return result;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    va_list list; \
    va_start(list, flags); \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; \
    va_end(list); \
    if (!is_below(path) || is_shared_memory(path)) return REAL(name)(path, flags, mode); \
    int existed = faccessat(AT_FDCWD, path, F_OK, 0) == 0; \
    if (existed && !(flags & O_TRUNC)) { \
      pthread_mutex_lock(&mutex); \
      int result = opening(REAL(name)(path, flags, mode), path, flags, 1); \
      pthread_mutex_unlock(&mutex); \
      return result; \
    } \
    before("open", path); \
    int result = opening(REAL(name)(path, flags, mode), path, flags, existed); \
    behind("open", path); \
    return result; \
  }
OPEN(open)
OPEN(open64)

int close(int descriptor) {
  if (descriptor >= 0 && descriptor < descriptor_count) known[descriptor].kind = none;
  return syscall(SYS_close, descriptor);
}

static void note_write(int descriptor, int64_t offset, const void *bytes, ssize_t count) {
  if (count > 0) put(written, descriptor, offset, "", bytes, count);
}

#define PWRITE(name) \
  ssize_t name(int descriptor, const void *bytes, size_t count, off_t offset) { \
    if (kind(descriptor) != file) return syscall(SYS_pwrite64, descriptor, bytes, count, offset); \
    before("write", known[descriptor].path); \
    ssize_t result = syscall(SYS_pwrite64, descriptor, bytes, count, offset); \
    note_write(descriptor, offset, bytes, result); \
    behind("write", known[descriptor].path); \
    return result; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define CHANGE(name, arguments, call, word, condition, effect) \
  int name arguments { \
    if (!(condition)) return call; \
    before(word, path); \
    int result = call; \
    if (result >= 0) effect; \
    behind(word, path); \
    return result; \
  }

#define CUT(name) \
  int name(int descriptor, off_t count) { \
    if (kind(descriptor) != file) return syscall(SYS_ftruncate, descriptor, count); \
    before("truncate", known[descriptor].path); \
    int result = syscall(SYS_ftruncate, descriptor, count); \
    if (result == 0) put(cut, descriptor, count, "", NULL, 0); \
    behind("truncate", known[descriptor].path); \
    return result; \
  }
CUT(ftruncate)
CUT(ftruncate64)

#define SYNC(name, number) \
  int name(int descriptor) { \
    if (kind(descriptor) != file && kind(descriptor) != directory) return syscall(number, descriptor); \
    before("sync", known[descriptor].path); \
    int result = syscall(number, descriptor); \
    if (result == 0) put(synced, descriptor, 0, "", NULL, 0); \
    behind("sync", known[descriptor].path); \
    return result; \
  }
SYNC(fsync, SYS_fsync)
SYNC(fdatasync, SYS_fdatasync)

CHANGE(unlink, (const char *path), syscall(SYS_unlink, path), "unlink",
       is_below(path) && !is_shared_memory(path), put(unlinked, 0, 0, path, NULL, 0))
CHANGE(mkdir, (const char *path, mode_t mode), syscall(SYS_mkdir, path, mode), "mkdir",
       is_below(path), put(made, 0, 0, path, NULL, 0))
CHANGE(rename, (const char *path, const char *to), syscall(SYS_rename, path, to), "rename",
       is_below(path), put(renamed, 0, 0, path, to, strlen(to)))

// The spool: what moved is read back for the log.

ssize_t splice(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count,
               unsigned flags) {
  if (kind(to) != file)
    return syscall(SYS_splice, from, from_offset, to, to_offset, count, flags);
  before("splice", known[to].path);
  off_t offset = lseek(to, 0, SEEK_CUR);
  ssize_t result = syscall(SYS_splice, from, from_offset, to, to_offset, count, flags);
  if (result > 0 && log_file >= 0) {
    char *bytes = malloc(result);
    int copy = syscall(SYS_openat, AT_FDCWD, known[to].path, O_RDONLY | O_CLOEXEC, 0);
    if (syscall(SYS_pread64, copy, bytes, result, offset) != result) _exit(98);
    note_write(to, offset, bytes, result);
    syscall(SYS_close, copy);
    free(bytes);
  }
  behind("splice", known[to].path);
  return result;
}

// The server.

int connect(int descriptor, const struct sockaddr *address, socklen_t count) {
  if (address->sa_family == AF_INET && descriptor < descriptor_count && disk[0])
    known[descriptor].kind = server;
  return syscall(SYS_connect, descriptor, address, count);
}

static void note_sent(void) {
  asked++;
  last = sent;
}

static void note_heard(void) {
  answered = (int)asked;
  last = heard;
}

#define SEND(name, arguments, number, ...) \
  ssize_t name arguments { \
    if (kind(descriptor) != server) return syscall(number, __VA_ARGS__); \
    before("send", "server"); \
    ssize_t result = syscall(number, __VA_ARGS__); \
    if (result > 0) note_sent(); \
    behind("send", "server"); \
    return result; \
  }
SEND(sendmsg, (int descriptor, const struct msghdr *message, int flags), SYS_sendmsg, descriptor,
     message, flags)
SEND(send, (int descriptor, const void *bytes, size_t count, int flags), SYS_sendto, descriptor,
     bytes, count, flags, NULL, 0)
SEND(writev, (int descriptor, const struct iovec *parts, int count), SYS_writev, descriptor, parts,
     count)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  enum kind what = kind(descriptor);
  if (what == none) return syscall(SYS_write, descriptor, bytes, count);
  const char *call = what == server ? "send" : "write";
  const char *path = what == server ? "server" : known[descriptor].path;
  before(call, path);
  off_t offset = what == file ? lseek(descriptor, 0, SEEK_CUR) : 0;
  ssize_t result = syscall(SYS_write, descriptor, bytes, count);
  if (what == file) note_write(descriptor, offset, bytes, result);
  if (what == server && result > 0) note_sent();
  behind(call, path);
  return result;
}

/// A read that finds nothing is none, so that waiting for an answer makes no instants.
#define RECEIVE(name, arguments, number, ...) \
  ssize_t name arguments { \
    ssize_t result = syscall(number, __VA_ARGS__); \
    if (kind(descriptor) != server || result <= 0) return result; \
    before("receive", "server"); \
    note_heard(); \
    behind("receive", "server"); \
    return result; \
  }
RECEIVE(read, (int descriptor, void *bytes, size_t count), SYS_read, descriptor, bytes, count)
RECEIVE(recv, (int descriptor, void *bytes, size_t count, int flags), SYS_recvfrom, descriptor, bytes,
        count, flags, NULL, NULL)
RECEIVE(recvmsg, (int descriptor, struct msghdr *message, int flags), SYS_recvmsg, descriptor,
        message, flags)

// The journal: what its transactions do is told by their statements.

struct sqlite3_stmt;
struct sqlite3;
int sqlite3_step(struct sqlite3_stmt *statement);
const char *sqlite3_sql(struct sqlite3_stmt *statement);
struct sqlite3 *sqlite3_db_handle(struct sqlite3_stmt *statement);
const char *sqlite3_db_filename(struct sqlite3 *database, const char *name);

static int purpose(const char *sql) {
  static const struct { const char *words; int purpose; } known_words[] = {
    {"INSERT INTO batch", plans}, {"INTO source", marks}, {"UPDATE call SET state = 1", notes},
    {"UPDATE call SET state = 2", acknowledges}, {"DELETE FROM batch", closes},
    {"DELETE FROM source", forgets}};
  for (size_t i = 0; i < sizeof known_words / sizeof *known_words; i++)
    if (strstr(sql, known_words[i].words)) return known_words[i].purpose;
  return 0;
}

int sqlite3_step(struct sqlite3_stmt *statement) {
  static int (*step)(struct sqlite3_stmt *);
  static const char *(*text)(struct sqlite3_stmt *);
  static struct sqlite3 *(*database)(struct sqlite3_stmt *);
  static const char *(*place)(struct sqlite3 *, const char *);
  if (!step) {
    text = REAL(sqlite3_sql), database = REAL(sqlite3_db_handle);
    place = REAL(sqlite3_db_filename), step = REAL(sqlite3_step);
  }
  const char *sql = disk[0] ? text(statement) : NULL;
  const char *path = sql ? place(database(statement), NULL) : NULL;
  if (!path || !strstr(path, "delivery.sqlite")) return step(statement);
  transaction |= purpose(sql);
  int result = step(statement);
  if (strncmp(sql, "COMMIT", 6) && strncmp(sql, "ROLLBACK", 8)) return result;
  int done = atomic_exchange(&transaction, 0);
  if (done & notes) hasNoted = 1;
  if (done & acknowledges) last = settled;
  if (done & (plans | notes)) last = planned;
  if (done & closes) last = closed;
  if (done & forgets) last = forgotten;
  return result;
}
