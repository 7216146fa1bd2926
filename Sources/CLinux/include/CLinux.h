// Linux headers, and calls of libc, that Swift's Glibc module does not show.
#ifndef CLINUX_H
#define CLINUX_H

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/types.h>

// The name of an error number, "EIO"; NULL for a number that has none. strerrorname_np(3).
const char *clb_error_name(int number);

// fork(2), which Swift's overlay withholds because a process with threads must not use it.
pid_t clb_fork(void);

// prctl(2) is variadic in glibc, so Swift cannot call it.
int clb_set_no_new_privileges(void);
int clb_die_with_parent(void);

// openat2(2) with RESOLVE_IN_ROOT: no link and no ".." of the path leads out of the directory. Since 5.6.
int clb_open_in_root(int root, const char *path, int flags);

// O_PATH of open(2), which glibc shows with _GNU_SOURCE alone.
extern const int clb_open_path_only;

// Whether an open file is of procfs.
bool clb_is_procfs(int descriptor);

#endif
