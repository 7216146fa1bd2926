// Linux headers, and calls of libc, that Swift's Glibc module does not show.
#ifndef CLINUX_H
#define CLINUX_H

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <sys/prctl.h>
#include <sys/types.h>

// The name of an error number, "EIO"; NULL for a number that has none. strerrorname_np(3).
const char *clb_error_name(int number);

// fork(2), which Swift's overlay withholds because a process with threads must not use it.
pid_t clb_fork(void);

// prctl(2) is variadic in glibc, so Swift cannot call it.
int clb_set_no_new_privileges(void);
int clb_die_with_parent(void);

#endif
