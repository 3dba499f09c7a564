private import CGlibc

/// What the C library's heap is told, where its own habits cost more than they bring.
enum Heap {
  /// Has small pieces go back one by one, and not by the hundred thousand whenever a large one is
  /// asked for: of ten thousand rules that was a twentieth of the start.
  static func gatherNothing() { mallopt(M_MXFAST, 0) }

  /// Gives the system what was freed; by itself the heap keeps it.
  ///
  /// Whoever allocates from the same part of it waits meanwhile.
  static func returnFreed() { malloc_trim(0) }
}
