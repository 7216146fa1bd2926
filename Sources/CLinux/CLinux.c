#define _GNU_SOURCE
#include "CLinux.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

const char *clb_error_name(int number) { return strerrorname_np(number); }

pid_t clb_fork(void) { return fork(); }

int clb_set_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int clb_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }
