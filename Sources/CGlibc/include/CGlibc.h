#ifndef CSPLICE_H
#define CSPLICE_H

#include <stddef.h>
#include <sys/types.h>

/// Moves up to `count` bytes from a pipe to the place where `file` stands, without this process ever
/// holding them. Gives how many, 0 at the end of the pipe, or -1 and an errno.
ssize_t csplice_move(int pipe, int file, size_t count);

#endif
