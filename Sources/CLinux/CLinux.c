#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

const char *clb_error_name(int number) { return strerrorname_np(number); }

pid_t clb_fork(void) { return fork(); }

int clb_set_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int clb_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

int clb_open_in_root(int root, const char *path, int flags) {
  // struct open_how and RESOLVE_IN_ROOT of linux/openat2.h, which headers before 5.6 do not have;
  // the system call has this number on every architecture.
  struct {
    uint64_t flags;
    uint64_t mode;
    uint64_t resolve;
  } how = {.flags = (uint64_t)flags, .mode = 0, .resolve = 0x10};
  return (int)syscall(437, root, path, &how, sizeof(how));
}

const int clb_open_path_only = O_PATH;

bool clb_is_procfs(int descriptor) {
  struct statfs system;
  return fstatfs(descriptor, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}
