import Diagnostics

/// A source text and the ranges that «guillemets» mark in it.
func marked(_ text: String, path: String = "rules/orders.yaml") -> (SourceText, [SourceLocation]) {
  var bytes: [UInt8] = []
  var ranges: [Range<Int>] = []
  var start = 0
  for character in text.unicodeScalars {
    switch character {
    case "«": start = bytes.count
    case "»": ranges.append(start..<bytes.count)
    default: bytes += Array(String(character).utf8)
    }
  }
  let locations = ranges.map { SourceLocation(path: path, range: SourceRange($0)) }
  return (SourceText(path: path, utf8: bytes), locations)
}

/// What a frame shows for the first marked range.
func frame(_ picture: String, label: String = "here", help: String? = nil) -> String {
  let (source, places) = marked(picture)
  let diagnostic = Diagnostic(
    .malformedYAML, "something is wrong", at: places[0], label: label,
    notes: places.dropFirst().map { Diagnostic.Note("first defined here", at: $0) }, help: help)
  return DiagnosticRenderer(sources: [source]).frame(diagnostic)
}
