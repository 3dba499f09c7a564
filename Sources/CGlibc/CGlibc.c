#define _GNU_SOURCE
#include "CSplice.h"

#include <fcntl.h>

ssize_t csplice_move(int pipe, int file, size_t count) {
  return splice(pipe, NULL, file, NULL, count, 0);
}
