private import CGlibc

/// What the C library's heap is told, where its own habits cost more than they bring.
enum Heap {
  /// Has small pieces go back one by one, and not by the hundred thousand whenever a large one is
  /// asked for: of ten thousand rules that was a tenth of the start.
  static func gatherNothing() { mallopt(M_MXFAST, 0) }
}
