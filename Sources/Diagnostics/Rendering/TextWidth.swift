/// A line as a terminal shows it: tabs as blanks, invisible characters made visible.
package struct DisplayedLine {
  static let tabWidth = 4

  private(set) var cells: [Cell] = []

  /// One character and the columns it takes.
  struct Cell {
    var text: String
    var width: Int
  }

  package init(_ text: String) {
    for character in text { cells.append(Self.cell(for: character)) }
  }

  /// The columns that it takes.
  package var width: Int { cells.reduce(0) { $0 + $1.width } }

  /// What lies between two columns, with `…` where something was cut off; a wide character that
  /// would stick out is left out.
  func cut(from start: Int, width limit: Int) -> String {
    var column = 0
    var text = start > 0 ? "…" : ""
    for cell in cells {
      defer { column += cell.width }
      if column < start + (start > 0 ? 1 : 0) { continue }
      if column + cell.width > start + limit - (width > start + limit ? 1 : 0) {
        return text + "…"
      }
      text += cell.text
    }
    return text
  }

  private static func cell(for character: Character) -> Cell {
    if character == "\t" {
      return Cell(text: String(repeating: " ", count: tabWidth), width: tabWidth)
    }
    guard let first = character.unicodeScalars.first else { return Cell(text: "", width: 0) }
    if let symbol = symbol(for: first) { return Cell(text: symbol, width: 1) }
    return Cell(text: String(character), width: width(of: character, startingWith: first))
  }

  /// What stands for a character that would show nothing, or would reorder the line.
  private static func symbol(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: "\u{FFFD}"
    default: nil
    }
  }

  private static func width(of character: Character, startingWith first: Unicode.Scalar) -> Int {
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    let isWide =
      wideRanges.contains { $0.contains(first.value) } || first.properties.isEmojiPresentation
      || character.unicodeScalars.contains("\u{FE0F}")
    return isWide ? 2 : 1
  }

  /// The blocks of Unicode's East Asian Width that are `W` or `F`.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x1_F300...0x1_F64F, 0x1_F900...0x1_F9FF, 0x2_0000...0x3_FFFD,
  ]
}
