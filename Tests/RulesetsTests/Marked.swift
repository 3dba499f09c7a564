import Diagnostics

/// A text in which `«…»` marks the range that a test expects.
func marked(_ text: String) -> (text: String, range: SourceRange) {
  let parts = text.split(omittingEmptySubsequences: false) { $0 == "«" || $0 == "»" }
  precondition(parts.count == 3, "one range is marked")
  let start = parts[0].utf8.count
  return (parts.joined(), SourceRange(start..<start + parts[1].utf8.count))
}
