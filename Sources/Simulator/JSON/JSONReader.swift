/// Reads JSON as Python's `json` does: the same texts accepted, the same words for those refused.
///
/// It keeps its own stack, so that no depth of nesting can exhaust ours.
struct JSONReader {
  /// What a server's Python does with the words that are no JSON, and how deep its stack is.
  struct Rules: Sendable {
    var allowsConstants: Bool
    var depthLimit: Int
  }

  /// Containers deeper than this are checked and then left out: nothing asks for them.
  private static let keptDepth = 200
  private static let digitLimit = 4300

  private let bytes: [UInt8]
  private let rules: Rules
  private var index = 0
  private var open: [Container] = []

  private enum Container {
    case list([JSONValue])
    case object(JSONObject, key: [UInt8])
  }

  private init(_ bytes: [UInt8], _ rules: Rules) {
    self.bytes = bytes
    self.rules = rules
  }

  static func read(_ bytes: [UInt8], rules: Rules) throws(JSONFault) -> JSONValue {
    var reader = JSONReader(try PythonText.decoded(bytes), rules)
    if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw reader.fault(.mark, at: 0) }
    reader.skipBlanks()
    let value = try reader.readValue()
    reader.skipBlanks()
    if reader.index < reader.bytes.count { throw reader.fault(.extra, at: reader.index) }
    return value
  }

  /// Reads one value with all that it contains.
  private mutating func readValue() throws(JSONFault) -> JSONValue {
    while true {
      guard var value = try readStart() else { continue }
      while let container = open.popLast() {
        guard let complete = try close(container, with: value) else { break }
        value = complete
        if open.isEmpty { return value }
      }
      if open.isEmpty { return value }
    }
  }

  /// Reads a scalar or an empty container; opens another container and gives nothing.
  private mutating func readStart() throws(JSONFault) -> JSONValue? {
    switch peek {
    case 0x7B:
      try checkDepth()
      index += 1
      skipBlanks()
      if peek == 0x7D {
        index += 1
        return .object(JSONObject())
      }
      open.append(.object(JSONObject(), key: try readKey()))
      return nil
    case 0x5B:
      try checkDepth()
      index += 1
      skipBlanks()
      if peek == 0x5D {
        index += 1
        return .list([])
      }
      open.append(.list([]))
      return nil
    case 0x22: return .string(try readString())
    default: return try readPlain()
    }
  }

  private func checkDepth() throws(JSONFault) {
    if open.count >= rules.depthLimit { throw .tooDeep }
  }

  /// Adds a value to the innermost container; gives the container where it ends, and otherwise
  /// opens it again for the next value.
  private mutating func close(
    _ container: consuming Container, with value: JSONValue
  ) throws(JSONFault) -> JSONValue? {
    let kept = open.count < Self.keptDepth ? value : .null
    skipBlanks()
    switch container {
    case .list(var items):
      items.append(kept)
      if peek == 0x5D {
        index += 1
        return .list(items)
      }
      try skipComma()
      open.append(.list(items))
    case .object(var object, let key):
      object.set(key, to: kept)
      if peek == 0x7D {
        index += 1
        return .object(object)
      }
      try skipComma()
      open.append(.object(object, key: try readKey()))
    }
    return nil
  }

  private mutating func skipComma() throws(JSONFault) {
    guard peek == 0x2C else { throw fault(.comma, at: index) }
    index += 1
    skipBlanks()
  }

  private mutating func readKey() throws(JSONFault) -> [UInt8] {
    guard peek == 0x22 else { throw fault(.propertyName, at: index) }
    let key = try readString()
    skipBlanks()
    guard peek == 0x3A else { throw fault(.colon, at: index) }
    index += 1
    skipBlanks()
    return key
  }

  private mutating func readPlain() throws(JSONFault) -> JSONValue {
    if accept("null") { return .null }
    if accept("true") { return .bool(true) }
    if accept("false") { return .bool(false) }
    if accept("NaN") { return try constant("NaN", .nan) }
    if accept("Infinity") { return try constant("Infinity", .infinity) }
    if accept("-Infinity") { return try constant("-Infinity", -.infinity) }
    return try readNumber()
  }

  private func constant(_ word: String, _ value: Double) throws(JSONFault) -> JSONValue {
    guard rules.allowsConstants else { throw .constant(word) }
    return .float(value)
  }

  private mutating func readNumber() throws(JSONFault) -> JSONValue {
    let start = index
    var end = index
    if byte(end) == 0x2D { end += 1 }
    let first = end
    if byte(end) == 0x30 {
      end += 1
    } else {
      end = skipDigits(from: end)
      if end == first { throw fault(.value, at: start) }
    }
    let integerEnd = end
    if byte(end) == 0x2E, skipDigits(from: end + 1) > end + 1 { end = skipDigits(from: end + 1) }
    end = exponentEnd(from: end)
    index = end
    if end > integerEnd {
      return .float(Double(String(decoding: bytes[start..<end], as: UTF8.self)) ?? .infinity)
    }
    if end - first > Self.digitLimit { throw .longInteger(digits: end - first) }
    return .integer(
      bytes[start..<end].elementsEqual([0x2D, 0x30]) ? [0x30] : Array(bytes[start..<end]))
  }

  private func exponentEnd(from start: Int) -> Int {
    guard byte(start) | 0x20 == 0x65 else { return start }
    let sign = byte(start + 1)
    let digits = sign == 0x2B || sign == 0x2D ? start + 2 : start + 1
    let end = skipDigits(from: digits)
    return end > digits ? end : start
  }

  private func skipDigits(from start: Int) -> Int {
    var end = start
    while byte(end) >= 0x30, byte(end) <= 0x39 { end += 1 }
    return end
  }

  /// The byte at a place; 0 behind the end, where no valid text has one outside of strings.
  private func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }

  private var peek: UInt8 { byte(index) }

  private mutating func accept(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
    index += count
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private mutating func readString() throws(JSONFault) -> [UInt8] {
    var strings = StringReader(bytes, from: index)
    do throws(StringReader.Fault) {
      let text = try strings.read()
      index = strings.index
      return text
    } catch {
      throw fault(error.complaint, at: error.place)
    }
  }

  /// Says where something is wrong in code points, lines and columns, as Python counts them.
  private func fault(_ complaint: JSONFault.Complaint, at place: Int) -> JSONFault {
    var character = 0
    var line = 1
    var lineStart = 0
    for byte in bytes[..<place] where byte & 0xC0 != 0x80 {
      character += 1
      if byte == 0x0A {
        line += 1
        lineStart = character
      }
    }
    return .syntax(
      complaint, character: character, line: line, column: character - lineStart + 1)
  }
}
