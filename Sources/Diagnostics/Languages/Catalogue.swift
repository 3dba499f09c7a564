/// What English sentences are in another language, by patterns: `{}` stands for any text in the English
/// one, `{#}` for a number, `{1}`, `{2}` … for the same texts in the other.
///
/// What no pattern matches stays English.
package struct Catalogue: Sendable {
  private var sentences: [String: String] = [:]
  /// Those with places, in the order of the catalogue.
  private var patterns: [Pattern] = []

  private static let depthLimit = 6

  /// - Parameter entries: pairs of lines, the English one first; empty lines part them as one likes.
  package init(_ entries: [String]) {
    for (english, other) in Self.pairs(of: entries) {
      if english.contains("{}") || english.contains("{#}") {
        patterns.append(Pattern(english, other))
      } else {
        sentences[english] = other
      }
    }
  }

  static func pairs(of entries: [String]) -> [(english: String, portuguese: String)] {
    entries.flatMap { text in
      let lines = text.split(separator: "\n").map(String.init)
      return stride(from: 0, to: lines.count - 1, by: 2).map { (lines[$0], lines[$0 + 1]) }
    }
  }

  /// The sentence in the other language; itself where it is not known.
  package func translation(of sentence: String) -> String { found(sentence, 0) ?? sentence }

  /// The same, but nothing where it is not known.
  package func known(_ sentence: String) -> String? { found(sentence, 0) }

  private func found(_ sentence: String, _ depth: Int) -> String? {
    if let known = sentences[sentence] { return known }
    guard depth < Self.depthLimit else { return nil }
    let text = Array(sentence.utf8)
    var best: (pattern: Pattern, values: [ArraySlice<UInt8>])?
    for pattern in patterns where pattern.weight > best?.pattern.weight ?? -1 {
      if let values = pattern.values(in: text) { best = (pattern, values) }
    }
    guard let best else { return nil }
    let values = zip(best.values, best.pattern.places).map { value, place in
      let text = String(decoding: value, as: UTF8.self)
      return place == .name ? text : argument(text, depth + 1) ?? text
    }
    return best.pattern.filled(with: values)
  }

  /// A part of a sentence: a phrase, a list of them, a number, or a name, which stays as it is.
  private func argument(_ text: String, _ depth: Int) -> String? {
    if let known = found(text, depth) { return known }
    if Self.isName(text) || text.allSatisfy(\.isNumber) { return text }
    if Self.isGroupedNumber(text) { return text.replacing(",", with: ".") }
    for (separator, other) in [(" · ", " · "), (" or ", " ou "), (" and ", " e "), (", ", ", ")] {
      let parts = Self.parts(of: text, at: separator)
      guard parts.count > 1 else { continue }
      let known = parts.compactMap { argument($0, depth) }
      if known.count == parts.count { return known.joined(separator: other) }
      // The parts of a line stand for themselves; those of a list are one phrase.
      if separator == " · " {
        return parts.map { argument($0, depth) ?? $0 }.joined(separator: other)
      }
    }
    return nil
  }

  private static func isName(_ text: String) -> Bool {
    text.count > 2 && text.first == "`" && text.last == "`" && text.count(where: { $0 == "`" }) == 2
  }

  /// The parts of a text between separators that do not stand in backticks.
  private static func parts(of text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var part = ""
    for piece in text.split(separator: separator, omittingEmptySubsequences: false) {
      part += part.isEmpty ? String(piece) : separator + piece
      if part.count(where: { $0 == "`" }).isMultiple(of: 2) {
        parts.append(part)
        part = ""
      }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  /// Whether a text is a number such as `1,240`.
  private static func isGroupedNumber(_ text: String) -> Bool {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    return groups.count > 1 && text.allSatisfy { $0.isNumber || $0 == "," }
      && groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)
  }
}

/// An English sentence with places, and what it is in the other language.
private struct Pattern: Sendable {
  /// What may stand at a place.
  enum Place: Sendable {
    case text
    /// Between backticks: it stays as it is, and holds none.
    case name
    case number

    func allows(_ byte: UInt8) -> Bool {
      switch self {
      case .text: true
      case .name: byte != UInt8(ascii: "`")
      case .number: (0x30...0x39).contains(byte) || byte == 0x2C || byte == 0x2E
      }
    }
  }

  /// What stands before, between and behind the places.
  private let segments: [[UInt8]]
  private let other: String
  let places: [Place]
  /// How much of a sentence it tells by itself; the more, the better it fits.
  let weight: Int

  init(_ english: String, _ other: String) {
    let parts = english.split(separator: /\{#?\}/, omittingEmptySubsequences: false)
    segments = parts.map { Array($0.utf8) }
    let marks = english.matches(of: /\{#?\}/).map(\.output)
    places = zip(zip(parts, parts.dropFirst()), marks).map { around, mark in
      if mark == "{#}" { return .number }
      return around.0.last == "`" && around.1.first == "`" ? .name : .text
    }
    weight = segments.reduce(0) { $0 + $1.count }
    self.other = other
  }

  /// The texts at the places; nothing where the sentence is another one.
  func values(in text: [UInt8]) -> [ArraySlice<UInt8>]? {
    guard let first = segments.first, let last = segments.last, text.starts(with: first),
      text.count >= weight + places.count, text.suffix(last.count).elementsEqual(last)
    else { return nil }
    var values: [ArraySlice<UInt8>] = []
    return match(text, from: first.count, to: text.count - last.count, segment: 1, &values)
      ? values : nil
  }

  /// Finds the places from a segment on, the shortest values first.
  private func match(
    _ text: [UInt8], from start: Int, to end: Int, segment: Int,
    _ values: inout [ArraySlice<UInt8>]
  ) -> Bool {
    let kind = places[segment - 1]
    guard start < end else { return false }
    if segment == segments.count - 1 {
      guard text[start..<end].allSatisfy({ kind.allows($0) }) else { return false }
      values.append(text[start..<end])
      return true
    }
    let next = segments[segment]
    for place in (start + 1)..<end {
      guard kind.allows(text[place - 1]) else { return false }
      guard text[place..<end].starts(with: next) else { continue }
      values.append(text[start..<place])
      if match(text, from: place + next.count, to: end, segment: segment + 1, &values) {
        return true
      }
      values.removeLast()
    }
    return false
  }

  func filled(with values: [String]) -> String {
    var result = ""
    var rest = other[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[open...]
      let close = rest.firstIndex(of: "}")
      let number = close.flatMap { Int(rest[rest.index(after: open)..<$0]) }
      if let close, let number, values.indices.contains(number - 1) {
        result += values[number - 1]
        rest = rest[rest.index(after: close)...]
      } else {
        result.append("{")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}
