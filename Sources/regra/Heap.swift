private import CGlibc

/// What the C library's heap is told, where its own habits cost more than they bring.
enum Heap {
  /// Has small pieces go back one by one, and not by the hundred thousand whenever a large one is
  /// asked for: of ten thousand rules that was a twentieth of the start.
  static func gatherNothing() { mallopt(M_MXFAST, 0) }

  /// Has a thread's part of the heap take its room at once: by itself it asks the system for each page anew,
  /// three thousand times for ten thousand rules, and each time whoever touches a new page waits.
  static func makeRoom() {
    let pieces = (0..<192).map { _ in malloc(96 << 10) }
    for piece in pieces { free(piece) }
  }

  /// Gives the system what was freed; by itself the heap keeps it.
  ///
  /// Whoever allocates from the same part of it waits meanwhile.
  static func returnFreed() { malloc_trim(0) }
}
