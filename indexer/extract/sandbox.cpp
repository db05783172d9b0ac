#include "indexer/extract/sandbox.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace carrel::indexer {
namespace {

// Where poppler-data keeps the character maps of Chinese, Japanese and Korean fonts.
constexpr const char* kReadableFolder = "/usr/share/poppler";

std::uint64_t address_space_at_start = 0;

/// Of a document's memory so much is kept back at most, and at most this part of it.
constexpr std::uint64_t kMostReserve = std::uint64_t{128} << 20;
constexpr std::uint64_t kReservePart = 8;
std::uint64_t memory_reserve = 0;

std::uint64_t address_space_now(FILE* statm) {
  unsigned long pages = 0;
  if (statm == nullptr || std::fscanf(statm, "%lu", &pages) != 1) return std::uint64_t{256} << 20;
  return std::uint64_t{pages} * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool set_limit(__rlimit_resource resource, rlim_t value) {
  rlimit now{};
  if (getrlimit(resource, &now) != 0) return false;
  if (now.rlim_max != RLIM_INFINITY && value > now.rlim_max) value = now.rlim_max;
  const rlimit limit{value, value};
  return setrlimit(resource, &limit) == 0;
}

// The layouts of landlock_ruleset_attr grew with the kernels; trailing zeros are accepted by older ones.
struct LandlockRuleset {
  std::uint64_t files;
  std::uint64_t network;
  std::uint64_t scoped;
};

/// A folder that is not there needs no permission.
void allow_reading(int ruleset, const char* name) {
  const int folder = open(name, O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  beneath.parent_fd = folder;
  syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  close(folder);
}

/// The version of Landlock in use, 0 when there is none.
int enter_landlock(const std::vector<std::string>& folders) {
  const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) return 0;
  // Rights by ABI: 13 from the start, then refer (2), truncate (3), ioctl on devices (5); TCP bind and
  // connect (4); abstract sockets and signals to others (6).
  LandlockRuleset rules{(1U << 13) - 1, 0, 0};
  if (abi >= 2) rules.files |= 1U << 13;
  if (abi >= 3) rules.files |= 1U << 14;
  if (abi >= 5) rules.files |= 1U << 15;
  if (abi >= 4) rules.network = 3;
  if (abi >= 6) rules.scoped = 3;
  const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
  if (ruleset < 0) return 0;
  allow_reading(ruleset, kReadableFolder);
  for (const std::string& folder : folders) allow_reading(ruleset, folder.c_str());
  const bool restricted = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return restricted ? static_cast<int>(abi) : 0;
}

// Reading, memory, time and the socket that is there. Everything else answers EPERM, as if rights were
// missing: libraries cope with that, and a new version of the C library that asks for something new does not
// die of it.
constexpr std::array kAllowed{SCMP_SYS(read),
                              SCMP_SYS(readv),
                              SCMP_SYS(pread64),
                              SCMP_SYS(write),
                              SCMP_SYS(writev),
                              SCMP_SYS(close),
                              SCMP_SYS(fstat),
                              SCMP_SYS(stat),
                              SCMP_SYS(lstat),
                              SCMP_SYS(newfstatat),
                              SCMP_SYS(statx),
                              SCMP_SYS(lseek),
                              SCMP_SYS(access),
                              SCMP_SYS(faccessat),
                              SCMP_SYS(faccessat2),
                              SCMP_SYS(readlink),
                              SCMP_SYS(readlinkat),
                              SCMP_SYS(getdents64),
                              SCMP_SYS(fadvise64),
                              SCMP_SYS(fcntl),
                              SCMP_SYS(munmap),
                              SCMP_SYS(mremap),
                              SCMP_SYS(brk),
                              SCMP_SYS(madvise),
                              SCMP_SYS(rt_sigaction),
                              SCMP_SYS(rt_sigprocmask),
                              SCMP_SYS(rt_sigreturn),
                              SCMP_SYS(sigaltstack),
                              SCMP_SYS(futex),
                              SCMP_SYS(sched_yield),
                              SCMP_SYS(sched_getaffinity),
                              SCMP_SYS(nanosleep),
                              SCMP_SYS(clock_nanosleep),
                              SCMP_SYS(clock_gettime),
                              SCMP_SYS(clock_getres),
                              SCMP_SYS(gettimeofday),
                              SCMP_SYS(time),
                              SCMP_SYS(getpid),
                              SCMP_SYS(gettid),
                              SCMP_SYS(getppid),
                              SCMP_SYS(getuid),
                              SCMP_SYS(geteuid),
                              SCMP_SYS(getgid),
                              SCMP_SYS(getegid),
                              SCMP_SYS(exit),
                              SCMP_SYS(exit_group),
                              SCMP_SYS(recvfrom),
                              SCMP_SYS(recvmsg),
                              SCMP_SYS(sendto),
                              SCMP_SYS(sendmsg),
                              SCMP_SYS(poll),
                              SCMP_SYS(ppoll),
                              SCMP_SYS(getrandom),
                              SCMP_SYS(getrusage),
                              SCMP_SYS(sysinfo),
                              SCMP_SYS(uname),
                              SCMP_SYS(restart_syscall),
                              SCMP_SYS(rseq),
                              SCMP_SYS(set_robust_list),
                              SCMP_SYS(membarrier)};

bool add_rules(scmp_filter_ctx filter) {
  for (const int call : kAllowed) {
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
  }
  constexpr auto kWriting = static_cast<scmp_datum_t>(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND) |
                            static_cast<scmp_datum_t>(O_TMPFILE & ~O_DIRECTORY);
  constexpr auto kExecutable = static_cast<scmp_datum_t>(PROT_EXEC);
  const auto pid = static_cast<scmp_datum_t>(getpid());
  int failed = 0;
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
                             SCMP_A1(SCMP_CMP_MASKED_EQ, kWriting, O_RDONLY));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, kExecutable, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                             SCMP_A2(SCMP_CMP_MASKED_EQ, kExecutable, 0));
  // abort() signals itself; limit_memory() sets limits of this very process.
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, pid));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A0(SCMP_CMP_EQ, 0));
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(setrlimit), 0);
  failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(getrlimit), 0);
  // UndefinedBehaviorSanitizer asks through a pipe whether memory can be read.
  if (kUnderSanitizer) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(pipe2), 0);
  if (kUnderSanitizer) failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(pipe), 0);
  return failed == 0;
}

bool enter_seccomp() {
  std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                          &seccomp_release);
  // All threads of the process, not this one alone.
  return filter && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 && add_rules(filter.get()) &&
         seccomp_load(filter.get()) == 0;
}

}  // namespace

SandboxReport enter_sandbox(const std::vector<std::string>& folders, const std::function<void()>& start_threads) {
  SandboxReport report;
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_NOFILE, 64);
  // Neither a core nor another process may see what a document held.
  if (!kUnderSanitizer) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (!kUnderSanitizer) set_limit(RLIMIT_FSIZE, 0);  // a sanitizer's report may go to a file
  report.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  // Opened here: Landlock hides /proc, and the stacks of the threads count as used.
  std::unique_ptr<FILE, int (*)(FILE*)> statm(std::fopen("/proc/self/statm", "re"), &std::fclose);
  report.landlock_abi = enter_landlock(folders);
  if (start_threads) start_threads();
  address_space_at_start = address_space_now(statm.get());
  report.no_processes = set_limit(RLIMIT_NPROC, 0);
  report.seccomp = enter_seccomp();
  report.memory_limit = !kUnderSanitizer;
  return report;
}

namespace {

void limit_address_space(std::uint64_t bytes) {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0) return;
  limit.rlim_cur = bytes;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_AS, &limit);
}

}  // namespace

void limit_memory(std::uint64_t bytes) {
  if (kUnderSanitizer) return;
  memory_reserve = std::min(bytes / kReservePart, kMostReserve);
  limit_address_space(address_space_at_start + bytes - memory_reserve);
}

void release_memory_reserve() {
  rlimit limit{};
  if (kUnderSanitizer || getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  limit_address_space(limit.rlim_cur + memory_reserve);
}

std::string to_sentence(const SandboxReport& report) {
  std::string active;
  std::string missing;
  const auto add = [&](bool on, const std::string& what) {
    std::string& list = on ? active : missing;
    list += (list.empty() ? "" : ", ") + what;
  };
  add(report.seccomp, "system call filter (no network, no programs, no writing)");
  add(report.landlock_abi > 0,
      report.landlock_abi > 0 ? fmt::format("Landlock {}", report.landlock_abi) : std::string("Landlock"));
  add(report.memory_limit, "memory limit");
  add(report.no_new_privileges, "no new privileges");
  add(report.no_processes, "no new processes");
  if (active.empty()) active = "nothing";
  return "Documents are read in child processes protected by: " + active +
         (missing.empty() ? "" : "; not available: " + missing);
}

}  // namespace carrel::indexer
