/// What English sentences are in another language, by patterns: `{}` stands for any text in the English
/// one, `{1}`, `{2}` … for the same texts in the other.
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
      if english.contains("{}") {
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
    let values = zip(best.values, best.pattern.quoted).map { value, isQuoted in
      let text = String(decoding: value, as: UTF8.self)
      return isQuoted ? text : argument(text, depth + 1)
    }
    return best.pattern.filled(with: values)
  }

  /// A part of a sentence: a phrase, a list of them, a number, or a name, which stays as it is.
  private func argument(_ text: String, _ depth: Int) -> String {
    if let known = found(text, depth) { return known }
    for (separator, other) in [(" · ", " · "), (" or ", " ou "), (" and ", " e "), (", ", ", ")] {
      let parts = Self.parts(of: text, at: separator)
      if parts.count > 1 { return parts.map { argument($0, depth) }.joined(separator: other) }
    }
    return Self.isGroupedNumber(text) ? text.replacing(",", with: ".") : text
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
  /// What stands before, between and behind the places.
  private let segments: [[UInt8]]
  private let other: String
  /// Which values stand between backticks: they are names.
  let quoted: [Bool]
  /// How much of a sentence it tells by itself; the more, the better it fits.
  let weight: Int

  init(_ english: String, _ other: String) {
    let parts = english.split(separator: "{}", omittingEmptySubsequences: false)
    segments = parts.map { Array($0.utf8) }
    quoted = zip(parts, parts.dropFirst()).map { $0.last == "`" && $1.first == "`" }
    weight = segments.reduce(0) { $0 + $1.count }
    self.other = other
  }

  /// The texts at the places; nothing where the sentence is another one.
  func values(in text: [UInt8]) -> [ArraySlice<UInt8>]? {
    guard let first = segments.first, let last = segments.last, text.starts(with: first),
      text.count >= weight + quoted.count, text.suffix(last.count).elementsEqual(last)
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
    let isName = quoted[segment - 1]
    guard start < end else { return false }
    if segment == segments.count - 1 {
      let value = text[start..<end]
      if isName, value.contains(UInt8(ascii: "`")) { return false }
      values.append(value)
      return true
    }
    let next = segments[segment]
    for place in (start + 1)..<end {
      if isName, text[place - 1] == UInt8(ascii: "`") { return false }
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
