#ifndef CGLIBC_H
#define CGLIBC_H

// For `mallopt` and `malloc_trim`.
#include <malloc.h>
#include <stddef.h>
#include <sys/types.h>

/// Moves up to `count` bytes from a pipe to the place where `file` stands, without this process ever
/// holding them. Gives how many, 0 at the end of the pipe, or -1 and an errno.
ssize_t cglibc_splice(int pipe, int file, size_t count);

#endif
