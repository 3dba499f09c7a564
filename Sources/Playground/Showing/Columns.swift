/// Lays out lines for people, eighty columns wide.
enum Columns {
  static let width = 80

  static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// The text, or its beginning and `…`.
  static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }

  /// A text with words at its right end; where they do not fit, they stand below.
  static func line(_ start: String, right words: String, indent: Int = 4) -> [String] {
    guard !words.isEmpty else { return wrap([start], indent: indent) }
    let gap = width - start.count - words.count
    if gap >= 2 { return [start + String(repeating: " ", count: gap) + words] }
    return wrap([start], indent: indent) + [right(words, width)]
  }

  /// A text with pieces from a column on; where they do not fit, they stand below it.
  static func line(
    _ start: String, at column: Int, _ pieces: [String], indent: Int
  ) -> [String] {
    guard !pieces.isEmpty else { return wrap([start], indent: indent) }
    let whole = pad(start, column - 1) + "  " + pieces.joined(separator: " · ")
    if whole.count <= width { return [whole] }
    let blank = String(repeating: " ", count: indent)
    return wrap([start], indent: indent)
      + wrap([blank + pieces[0]] + pieces.dropFirst(), by: " · ", indent: indent)
  }

  /// A line that begins with a label of so many columns; what follows goes on below itself.
  static func labelled(_ text: String, _ width: Int = 10) -> [String] {
    let words = text.dropFirst(width).split(separator: " ").map(String.init)
    return wrap([text.prefix(width) + (words.first ?? "")] + words.dropFirst(), indent: width)
  }

  /// Pieces side by side in as many lines as they need; a single one breaks between its words.
  static func wrap(_ pieces: [String], by separator: String = " ", indent: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces {
      if line.isEmpty {
        line = piece
      } else if line.count + separator.count + piece.count <= width {
        line += separator + piece
      } else {
        lines += fold(line, indent)
        line = String(repeating: " ", count: indent) + piece
      }
    }
    return lines + fold(line, indent)
  }

  /// Breaks a line that is too long between words; a word that is too long is cut.
  private static func fold(_ text: String, _ indent: Int) -> [String] {
    guard text.count > width else { return [text] }
    var lines: [String] = []
    var line = String(text.prefix { $0 == " " })
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return (lines + [line]).map { cut($0, width) }
  }
}
