internal import CEL
internal import Diagnostics
internal import YAMLTree

extension Decoder {
  /// A value, which is text with `${…}` holes; a quoted one may be blank.
  mutating func template(
    _ node: YAMLNode, _ what: @autoclosure () -> String, _ expected: Shape = .text
  )
    -> TemplateSyntax?
  {
    guard let scalar = scalar(node, what(), expected) else { return nil }
    guard !scalar.text.isEmpty || scalar.style != .plain else {
      report(emptyText(what(), node.range))
      return nil
    }
    return template(scalar, range: node.range)
  }

  /// The parts of a scalar with holes.
  mutating func template(_ scalar: YAMLScalar, range: SourceRange) -> TemplateSyntax {
    var template = TemplateSyntax(parts: [], range: range, source: scalar.text)
    guard scalar.text.utf8.contains(where: Self.mayBeginHole) else {
      if !scalar.text.isEmpty { template.parts = [.text(scalar.text)] }
      return template
    }
    let bytes = Array(scalar.text.utf8)
    for piece in pieces(of: bytes) {
      switch piece {
      case .text(let part):
        let text = String(decoding: part, as: UTF8.self)
        if case .text(let before) = template.parts.last {
          template.parts[template.parts.count - 1] = .text(before + text)
        } else {
          template.parts.append(.text(text))
        }
      case .hole(let part):
        if let hole = hole(scalar, part) {
          template.parts.append(.hole(hole))
        } else {
          template.isBroken = true
        }
      case .foreign(let part):
        let inner = String(decoding: bytes[part].dropFirst(2).dropLast(2), as: UTF8.self)
        report(.foreignHole(at: location(scalar.map.fileRange(of: part)), inside: inner))
        template.isBroken = true
      case .open(let part):
        report(.unclosedHole(at: location(scalar.map.fileRange(of: part))))
        template.isBroken = true
      }
    }
    return template
  }

  private mutating func hole(_ scalar: YAMLScalar, _ part: Range<Int>) -> ExpressionSyntax? {
    let inside = part.lowerBound + 2..<part.upperBound - 1
    let range = scalar.map.fileRange(of: part)
    guard scalar.text(of: inside).utf8.contains(where: { $0 != UInt8(ascii: " ") }) else {
      report(.emptyText("a hole", at: location(range)))
      return nil
    }
    return expression(scalar, inside, range: range)
  }

  private enum Piece {
    case text([UInt8])
    /// `${…}`, marks included.
    case hole(Range<Int>)
    /// `{{…}}` around what looks like a path.
    case foreign(Range<Int>)
    /// `${` without its end.
    case open(Range<Int>)
  }

  private static func mayBeginHole(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{")
  }

  private func pieces(of bytes: [UInt8]) -> [Piece] {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    var place = 0
    func follows(_ word: StaticString) -> Bool {
      word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    }
    func flush() {
      if !text.isEmpty { pieces.append(.text(text)) }
      text = []
    }
    while place < bytes.count {
      if !Self.mayBeginHole(bytes[place]) {
        text.append(bytes[place])
        place += 1
      } else if follows("$${") {
        text += Array("${".utf8)
        place += 3
      } else if follows("${") {
        flush()
        guard let end = endOfHole(bytes, from: place + 2) else {
          return pieces + [.open(place..<bytes.count)]
        }
        pieces.append(.hole(place..<end))
        place = end
      } else if follows("{{"), let end = endOfForeignHole(bytes, from: place) {
        flush()
        pieces.append(.foreign(place..<end))
        place = end
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    flush()
    return pieces
  }

  /// The offset behind the `}` that ends a hole: braces nest, texts in quotes are skipped.
  private func endOfHole(_ bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var place = start
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth == 0 { return place + 1 }
        depth -= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        place = endOfQuoted(bytes, from: place) - 1
      default: break
      }
      place += 1
    }
    return nil
  }

  /// The offset behind the text that starts with a quote; the end of all where it is not closed.
  private func endOfQuoted(_ bytes: [UInt8], from start: Int) -> Int {
    let quote = bytes[start]
    let isTriple = bytes[start...].starts(with: [quote, quote, quote])
    let end = isTriple ? [quote, quote, quote] : [quote]
    let isRaw = start > 0 && (bytes[start - 1] | 0x20) == UInt8(ascii: "r")
    var place = start + end.count
    while place < bytes.count {
      if bytes[place...].starts(with: end) { return place + end.count }
      place += bytes[place] == UInt8(ascii: "\\") && !isRaw ? 2 : 1
    }
    return bytes.count
  }

  /// `{{ path … }}`; anything else in double braces, such as `{{1}}`, is text.
  private func endOfForeignHole(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start + 2
    while place < bytes.count, bytes[place] == UInt8(ascii: " ") { place += 1 }
    guard place < bytes.count, isLetter(bytes[place]) else { return nil }
    while place + 1 < bytes.count {
      if bytes[place] == UInt8(ascii: "}"), bytes[place + 1] == UInt8(ascii: "}") {
        return place + 2
      }
      place += 1
    }
    return nil
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
      || byte == UInt8(ascii: "_")
  }
}

extension Diagnostic {
  static func foreignHole(at location: SourceLocation, inside: String) -> Self {
    let inner = inside.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let isPath = !inner.contains("|") && !inner.contains("\"")
    let replacement = isPath ? "${\(inner)}" : nil
    return Diagnostic(
      .doubleBraces, "our holes are `${…}`", at: location, label: "not a hole here",
      help: replacement.map { "write `\($0)`" } ?? "write the expression inside `${…}`",
      fix: replacement.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func unclosedHole(at location: SourceLocation) -> Self {
    Diagnostic(
      .unclosedHole, "`${` without its `}`", at: location, label: "the hole starts here",
      help: "close it with `}`, or write `$${` for the two characters themselves")
  }
}
