/// A value of a state file that knows where it stands.
struct StateNode {
  let value: JSONValue
  let path: String

  private init(_ value: JSONValue, at path: String) {
    self.value = value
    self.path = path
  }

  init(_ bytes: [UInt8]) throws(StateFailure) {
    do throws(JSONFault) {
      let rules = JSONReader.Rules(allowsConstants: false, depthLimit: 32)
      self.init(try JSONReader.read(bytes, rules: rules), at: "")
    } catch {
      throw StateFailure(path: "", reason: error.text)
    }
    guard case .object = value else { throw failure("must be an object") }
  }

  func failure(_ reason: String) -> StateFailure { StateFailure(path: path, reason: reason) }

  /// What a key holds; nothing where it is null.
  subscript(key: StaticString) -> StateNode? {
    guard let entry = value[key], entry != .null else { return nil }
    return StateNode(entry, at: path.isEmpty ? "\(key)" : "\(path).\(key)")
  }

  /// Whether a key is there, null or not.
  func has(_ key: StaticString) -> Bool { value[key] != nil }

  func checkKeys(_ known: [StaticString]) throws(StateFailure) {
    for entry in try entries() where !known.contains(where: { entry.key == $0 }) {
      throw failure("unknown key `\(String(decoding: entry.key, as: UTF8.self))`")
    }
  }

  func entries() throws(StateFailure) -> [(key: [UInt8], node: StateNode)] {
    guard case .object(let object) = value else { throw failure("must be an object") }
    return object.entries.map { entry in
      let key = String(decoding: entry.key, as: UTF8.self)
      return (entry.key, StateNode(entry.value, at: path.isEmpty ? key : "\(path).\(key)"))
    }
  }

  func items() throws(StateFailure) -> [StateNode] {
    guard case .list(let items) = value else { throw failure("must be a list") }
    return items.enumerated().map { StateNode($1, at: "\(path)[\($0)]") }
  }

  func text() throws(StateFailure) -> [UInt8] {
    guard case .string(let text) = value, WideText.isStorable(text) else {
      throw failure("must be a text")
    }
    return text
  }

  func string() throws(StateFailure) -> String { String(decoding: try text(), as: UTF8.self) }

  var isText: Bool {
    if case .string = value { return true }
    return false
  }

  var isNull: Bool { value == .null }

  func flag() throws(StateFailure) -> Bool {
    guard case .bool(let flag) = value else { throw failure("must be true or false") }
    return flag
  }

  func integer() throws(StateFailure) -> Int {
    guard case .integer(let digits) = value,
      let number = Int(String(decoding: digits, as: UTF8.self))
    else { throw failure("must be a whole number") }
    return number
  }

  /// `250ms`, `90m`, or a number of seconds.
  func duration() throws(StateFailure) -> Duration {
    switch value {
    case .string(let text):
      if let written = WrittenDuration(String(decoding: text, as: UTF8.self)) {
        return written.duration
      }
      throw failure("must be a duration such as `250ms`, `90m` or `-1h`")
    case .integer: return .seconds(try integer())
    case .float(let seconds) where seconds.magnitude < 1e12: return .seconds(seconds)
    default: throw failure("must be a duration such as `250ms`, `90m` or `-1h`")
    }
  }

  func time() throws(StateFailure) -> Timestamp {
    guard let time = ISO8601Text.read(try text()) else {
      throw failure("must be a time, such as `2026-11-23T12:00:00Z`")
    }
    return time
  }

  func uuid() throws(StateFailure) -> ServerUUID {
    guard let uuid = ServerUUID(try text()) else {
      throw failure("must be a uuid in lower case")
    }
    return uuid
  }

  func choice<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(StateFailure) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: try string()) { return word }
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    throw failure("must be one of \(words)")
  }
}
