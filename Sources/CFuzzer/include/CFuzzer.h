// libFuzzer as a library: its header is for C++ alone, and its main is not used.
#ifndef CFUZZER_H
#define CFUZZER_H

#include <stddef.h>
#include <stdint.h>

// Runs a target on inputs until the arguments say stop, or the target traps. Source: FuzzerInterface.h of LLVM.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));

#endif
