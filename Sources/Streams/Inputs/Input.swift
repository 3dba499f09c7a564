/// One source of events.
package struct Input: Sendable, Hashable {
  package enum Place: Sendable, Hashable {
    case standardInput
    /// A path that can be opened.
    case file(String)
  }

  package var place: Place
  /// As people see it: the argument, or its path under a directory argument.
  package var path: String
  /// The size of a regular file; absent for pipes, terminals and the like.
  package var byteCount: Int?

  package init(_ place: Place, path: String, byteCount: Int?) {
    self.place = place
    self.path = path
    self.byteCount = byteCount
  }

  /// Whether somebody may be waiting at the other end.
  package var isLive: Bool { byteCount == nil }
}
