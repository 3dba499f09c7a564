/// Cuts source text into tokens; mistakes are collected, and a token stands for each.
struct Lexer {
  let source: [UInt8]
  var position = 0
  var tokens: [Token] = []
  var issues: [Issue] = []

  init(_ text: String) { source = Array(text.utf8) }

  /// All tokens of the text, with one for the end.
  static func tokens(of text: String) -> (tokens: [Token], issues: [Issue]) {
    var lexer = Lexer(text)
    while lexer.readToken() {}
    return (lexer.tokens, lexer.issues)
  }

  func byte(at offset: Int) -> UInt8 { offset < source.count ? source[offset] : 0 }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: start..<position))
  }

  /// Whether there was one more.
  private mutating func readToken() -> Bool {
    skipBlanks()
    let start = position
    guard position < source.count else {
      append(.end, from: start)
      return false
    }
    if readText() || readNumber() || readName() || readQuotedName() { return true }
    // What begins with `=` may be a slip.
    if source[position] != UInt8(ascii: "="),
      let symbol = Token.Symbol(source[position], followedBy: byte(at: position + 1))
    {
      position += symbol.rawValue.utf8.count
      append(.symbol(symbol), from: start)
      readSlip(after: symbol, from: start)
      return true
    }
    readUnknown(from: start)
    return true
  }

  private mutating func skipBlanks() {
    while position < source.count {
      switch source[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C:
        position += 1
      case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "/"):
        while position < source.count, source[position] != UInt8(ascii: "\n") { position += 1 }
      default: return
      }
    }
  }

  private mutating func readName() -> Bool {
    let start = position
    guard Lexer.startsName(source[position]) else { return false }
    var hasAccents = false
    while position < source.count, !isCurlyQuote(at: position) {
      if source[position] >= 0x80 {
        hasAccents = true
      } else if !Lexer.continuesName(source[position]) {
        break
      }
      position += 1
    }
    let name = String(decoding: source[start..<position], as: UTF8.self)
    append(.name(name), from: start)
    if hasAccents, !Parser.negations.contains(name.lowercased()) {
      reportAccents(in: name, from: start)
    }
    return true
  }

  /// A field's name with accents stands in brackets.
  private mutating func reportAccents(in name: String, from start: Int) {
    let isField = start > 0 && source[start - 1] == UInt8(ascii: ".")
    issues.append(
      .accents(in: name, at: (isField ? start - 1 : start)..<position, isField: isField))
  }

  private mutating func readQuotedName() -> Bool {
    guard source[position] == UInt8(ascii: "`") else { return false }
    let start = position
    let name = source[(start + 1)...].prefix {
      Lexer.continuesName($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: " ")
    }
    position = name.endIndex
    if byte(at: position) == UInt8(ascii: "`"), !name.isEmpty {
      position += 1
    } else {
      issues.append(.unclosedName(at: start..<position))
    }
    append(.quotedName(String(decoding: name, as: UTF8.self)), from: start)
    return true
  }

  /// Whether a text may stand behind a dot as it is.
  static func isName(_ text: String) -> Bool {
    text.utf8.first.map(startsName) ?? false && text.utf8.allSatisfy(continuesName)
      && !["true", "false", "null", "in"].contains(text)
  }

  static func startsName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= byte | 0x20 || byte == UInt8(ascii: "_")
  }

  static func continuesName(_ byte: UInt8) -> Bool { startsName(byte) || isDigit(byte) }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte }
}

extension Lexer {
  /// Operators of other languages, read as the one that is meant.
  private mutating func readUnknown(from start: Int) {
    let slips: [(written: String, meant: Token.Symbol)] = [
      ("===", .equal), ("==", .equal), ("=<", .lessOrEqual), ("=>", .greaterOrEqual),
      ("=", .equal), ("&", .and), ("|", .or), ("\u{2260}", .notEqual), ("\u{2264}", .lessOrEqual),
      ("\u{2265}", .greaterOrEqual),
    ]
    for (written, meant) in slips where source[start...].starts(with: written.utf8) {
      position = start + written.utf8.count
      append(.symbol(meant), from: start)
      if written == "==" { return }
      issues.append(
        written == "="
          ? .assignment(at: start..<position)
          : .foreignOperator(written, meant: meant.rawValue, at: start..<position))
      return
    }
    let character = String(decoding: source[start...].prefix(4), as: UTF8.self).prefix(1)
    position = min(start + character.utf8.count, source.count)
    issues.append(.unexpectedCharacter(String(character), at: start..<position))
  }

  /// `<>` and `!==` begin with an operator of CEL.
  private mutating func readSlip(after symbol: Token.Symbol, from start: Int) {
    let next = byte(at: position)
    guard
      symbol == .less && next == UInt8(ascii: ">")
        || symbol == .notEqual && next == UInt8(ascii: "=")
    else { return }
    position += 1
    tokens.removeLast()
    append(.symbol(.notEqual), from: start)
    let written = String(decoding: source[start..<position], as: UTF8.self)
    issues.append(.foreignOperator(written, meant: "!=", at: start..<position))
  }
}

extension Issue {
  fileprivate static func accents(
    in name: String, at range: Range<Int>, isField: Bool
  ) -> Issue {
    let repair = "[\(Literal.quoted(name))]"
    return Issue(
      .syntax, "a name consists of letters without accents, digits and `_`", at: range,
      help: isField ? "write `\(repair)` instead of `.\(name)`" : nil,
      replacement: isField ? repair : nil)
  }

  fileprivate static func unclosedName(at range: Range<Int>) -> Issue {
    Issue(
      .syntax, "a quoted name ends with a backtick", at: range, label: "not closed",
      help: "inside are letters, digits, `_`, `-`, `.`, `/` and blanks")
  }

  fileprivate static func assignment(at range: Range<Int>) -> Issue {
    Issue(
      .assignment, "one `=` assigns nothing here", at: range, label: "compares nothing",
      help: "use `==`", replacement: "==")
  }

  fileprivate static func foreignOperator(
    _ written: String, meant: String, at range: Range<Int>
  ) -> Issue {
    Issue(
      .syntax, "`\(written)` is no operator", at: range, help: "use `\(meant)`",
      replacement: meant)
  }

  fileprivate static func unexpectedCharacter(_ text: String, at range: Range<Int>) -> Issue {
    Issue(.syntax, "`\(text)` has no meaning here", at: range)
  }
}
