#include <sys/capability.h>
#include <sys/psx_syscall.h>
