internal import Diagnostics

/// Slips that YAML reads without a word, but not as they were meant.
struct SilentSlips {
  let source: SourceText

  /// `event.tag == "a #vip"`: a comment began inside a quoted part of a plain scalar.
  func cutByComment(_ scalar: Range<Int>) -> Slip? {
    let bytes = source.utf8
    var hash = scalar.upperBound
    while hash < bytes.count, isSpaceOrTab(bytes[hash]) { hash += 1 }
    // Hardly any value is followed by a comment.
    guard hash > scalar.upperBound, hash < bytes.count, bytes[hash] == UInt8(ascii: "#"),
      let quote = openQuote(in: bytes[scalar])
    else { return nil }
    var end = lineEnd(in: bytes, from: hash)
    guard bytes[hash..<end].contains(quote) else { return nil }
    while isSpaceOrTab(bytes[end - 1]) { end -= 1 }
    let value = scalar.lowerBound..<end
    let text = String(decoding: bytes[value], as: UTF8.self)
    let location = SourceLocation(path: source.path, range: SourceRange(hash..<end))
    let whole = SourceLocation(path: source.path, range: SourceRange(value))
    return Slip(
      diagnostic: Diagnostic(
        .cutByComment, "YAML cuts this value at ` #`", at: location,
        label: "read as a comment, so the quote before it stays open",
        help: "quote the whole value: `\(quoted(text))`",
        fix: .init([.init(at: whole, with: quoted(text))])),
      value: value)
  }

  /// `- event.a ? "x" : "y"`: an item of a list that YAML reads as a key and its value.
  func splitByColon(_ entry: YAMLEntry) -> Slip? {
    guard case .scalar(let key) = entry.key.kind, case .scalar(let value) = entry.value.kind,
      key.style == .plain, entry.key.range.end <= entry.value.range.start
    else { return nil }
    let bytes = source.utf8
    let range = entry.key.range.start..<entry.value.range.end
    guard lineEnd(in: bytes, from: range.lowerBound) >= range.upperBound else { return nil }
    let open = openQuote(in: Array(key.text.utf8)[...])
    let isSplitQuote = open.map { value.text.utf8.contains($0) } ?? false
    guard isSplitQuote || isOpenChoice(key.text) else { return nil }
    let text = String(decoding: bytes[range], as: UTF8.self)
    let colon = bytes[entry.key.range.end...].firstIndex(of: UInt8(ascii: ":")) ?? range.lowerBound
    let whole = SourceLocation(path: source.path, range: SourceRange(range))
    return Slip(
      diagnostic: .unquotedColon(
        text, at: SourceLocation(path: source.path, range: SourceRange(colon..<colon + 1)),
        fix: .init([.init(at: whole, with: quoted(text))])),
      value: range)
  }

  /// `{{ event.name }}`: a mapping whose only key is a mapping.
  func doubleBraces(_ range: SourceRange) -> Slip {
    let value = range.start..<range.end
    return Slip(
      diagnostic: .doubleBraces(
        String(decoding: source.utf8[value], as: UTF8.self),
        at: SourceLocation(path: source.path, range: range)),
      value: value)
  }

  /// Whether a key is the first half of `condition ? this : that`.
  private func isOpenChoice(_ key: String) -> Bool {
    guard key.utf8.contains(UInt8(ascii: "?")) else { return false }
    var quote: Character?
    var before: Character = " "
    for (character, after) in zip(key, key.dropFirst()) {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "?", before == " ", after == " " {
        return true
      }
      before = character
    }
    return false
  }

  /// The quote that a text opens and does not close; an apostrophe inside a word opens nothing.
  private func openQuote(in text: ArraySlice<UInt8>) -> UInt8? {
    var open: UInt8?
    var isEscaped = false
    var before = space
    for byte in text {
      if let quote = open {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == quote {
          open = nil
        }
      } else if isQuote(byte), !isWordByte(before) {
        open = byte
      }
      before = byte
    }
    return open
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
