#ifndef CGLIBC_H
#define CGLIBC_H

#include <stddef.h>
#include <sys/types.h>

/// Moves up to `count` bytes from a pipe to the place where `file` stands, without this process ever
/// holding them. Gives how many, 0 at the end of the pipe, or -1 and an errno.
ssize_t cglibc_splice(int pipe, int file, size_t count);

/// From now on memory of so many bytes and more goes back to the system as soon as it is freed.
void cglibc_give_back_from(int byte_count);

#endif
