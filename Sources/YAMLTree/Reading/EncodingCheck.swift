internal import Diagnostics

/// Finds what libyaml would refuse without a useful word, or transcode in silence.
struct EncodingCheck {
  let source: SourceText

  static let byteLimit = 4 * 1024 * 1024

  /// The first reason why these bytes cannot be read as a rule file.
  var problem: Diagnostic? {
    let bytes = source.utf8
    if bytes.count > Self.byteLimit { return .fileTooLarge(source) }
    if isUTF16 { return .utf16(source) }
    var offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    while true {
      offset = endOfPlainASCII(from: offset)
      guard offset < bytes.count else { return nil }
      guard let (scalar, length) = scalar(at: offset) else {
        return .notUTF8(bytes[offset], at: offset, in: source)
      }
      if let name = forbiddenName(of: scalar, at: offset) {
        return .forbiddenCharacter(
          scalar, name, at: SourceRange(offset..<offset + length), in: source)
      }
      offset += length
    }
  }

  private func endOfPlainASCII(from offset: Int) -> Int {
    source.utf8.withUnsafeBufferPointer { bytes in
      var offset = skipBlocks(of: bytes, from: offset) { byte in
        let isControl = (byte &- 0x20) & ~byte
        let isBlank = sameness(byte, 0x0A) | sameness(byte, 0x09)
        return (byte | isControl & ~isBlank | sameness(byte, 0x7F)) & 0x80
      }
      while offset < bytes.count, isPlainASCII(bytes[offset]) { offset += 1 }
      return offset
    }
  }

  private func isPlainASCII(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x09
  }

  private var isUTF16: Bool {
    let start = source.utf8.prefix(2)
    return start == [0xFF, 0xFE] || start == [0xFE, 0xFF]
      || (start.count == 2 && start.contains(0) && start != [0, 0])
  }

  private func scalar(at offset: Int) -> (Unicode.Scalar, Int)? {
    var decoder = UTF8()
    var bytes = source.utf8[offset...].prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  /// What to call a scalar that may not stand in a rule file unescaped.
  private func forbiddenName(of scalar: Unicode.Scalar, at offset: Int) -> String? {
    switch scalar.value {
    case 0x0D:
      source.utf8.indices.contains(offset + 1) && source.utf8[offset + 1] == 0x0A
        ? nil : "a carriage return without a line feed"
    case 0x00: "a NUL character"
    case 0x01..<0x20, 0x7F, 0x80..<0x85, 0x86..<0xA0: "a control character"
    case 0x85, 0x2028, 0x2029: "a line separator that most editors do not show"
    case 0xFEFF: "a byte order mark inside the text"
    case 0xFFFE, 0xFFFF: "a code point that is no character"
    default: nil
    }
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x80: 1
    case 0x80..<0x800: 2
    case 0x800..<0x1_0000: 3
    default: 4
    }
  }
}

extension Diagnostic {
  fileprivate static func fileTooLarge(_ source: SourceText) -> Self {
    Diagnostic(
      .fileTooLarge, "a rule file holds at most 4 MiB",
      at: SourceLocation(path: source.path, range: SourceRange(0..<0)),
      label: "this file has \(source.utf8.count) bytes",
      help: "split it into several files of one directory; they form one ruleset")
  }

  fileprivate static func utf16(_ source: SourceText) -> Self {
    Diagnostic(
      .notUTF8, "the file is UTF-16, rule files are UTF-8",
      at: SourceLocation(path: source.path, range: SourceRange(0..<min(2, source.utf8.count))),
      label: "the mark of UTF-16", help: "save the file as UTF-8")
  }

  fileprivate static func notUTF8(_ byte: UInt8, at offset: Int, in source: SourceText) -> Self {
    let name = "0x" + String(byte, radix: 16, uppercase: true)
    let isLatin = byte >= 0xA0
    return Diagnostic(
      .notUTF8, "rule files are UTF-8",
      at: SourceLocation(path: source.path, range: SourceRange(offset..<offset + 1)),
      label: "the byte \(name) is not UTF-8 here",
      help: isLatin
        ? "save the file as UTF-8; in Windows-1252 this byte is `\(Unicode.Scalar(byte))`"
        : "save the file as UTF-8")
  }

  fileprivate static func forbiddenCharacter(
    _ scalar: Unicode.Scalar, _ name: String, at range: SourceRange, in source: SourceText
  ) -> Self {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return Diagnostic(
      .forbiddenCharacter, "\(name) cannot stand in a rule file",
      at: SourceLocation(path: source.path, range: range), label: "U+\(code)",
      help: scalar.value == 0x0D
        ? "end lines with LF or CRLF"
        : "delete it, or write it as `\\u\(code)` inside double quotes")
  }
}
