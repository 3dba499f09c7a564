/// A key's value, once it is clear that it is what the key takes.
enum Input<Value: Sendable>: Sendable {
  case absent
  case null
  case value(Value)

  var value: Value? {
    guard case .value(let value) = self else { return nil }
    return value
  }
}

/// What a key of plain text takes, in the order and the words of Django REST framework.
struct TextRules {
  var isRequired = false
  var takesNull = false
  var takesBlank = false
  var atMost: Int?
  var atLeast: Int?
  /// What is checked before lengths; each complaint is given.
  var first: ([UInt8]) -> [String] = { _ in [] }

  func read(_ value: JSONValue?) throws(Complaints) -> Input<[UInt8]> {
    guard let value else {
      if isRequired { throw .message("This field is required.") }
      return .absent
    }
    if case .string(let text) = value, WideText.isBlank(text) {
      if takesBlank { return .value([]) }
      throw .message("This field may not be blank.")
    }
    if value == .null {
      if takesNull { return .null }
      throw .message("This field may not be null.")
    }
    return .value(try check(try Self.text(value)))
  }

  /// The trimmed text of a text or number.
  static func text(_ value: JSONValue) throws(Complaints) -> [UInt8] {
    switch value {
    case .string(let text): WideText.trimmed(text)
    case .integer, .float: PythonText.of(value)
    case .null, .bool, .list, .object: throw .message("Not a valid string.")
    }
  }

  private func check(_ text: [UInt8]) throws(Complaints) -> [UInt8] {
    var complaints = first(text)
    let length = WideText.length(text)
    if let atMost, length > atMost {
      complaints.append("Ensure this field has no more than \(atMost) characters.")
    }
    if let atLeast, length < atLeast {
      complaints.append("Ensure this field has at least \(atLeast) characters.")
    }
    complaints += Self.characterComplaints(text)
    if !complaints.isEmpty { throw .messages(complaints.map { Array($0.utf8) }) }
    return text
  }

  /// What no text may hold.
  static func characterComplaints(_ text: [UInt8]) -> [String] {
    var complaints: [String] = []
    if text.contains(0) { complaints.append("Null characters are not allowed.") }
    if let surrogate = WideText.firstSurrogate(in: text) {
      let code = String(surrogate, radix: 16, uppercase: true)
      complaints.append("Surrogate characters are not allowed: U+\(code).")
    }
    return complaints
  }
}

/// One of a few words.
enum ChoiceRules {
  /// Reads a word; absence is fine where the key is not required.
  static func read<Choice: Sendable>(
    _ value: JSONValue?, isRequired: Bool, _ choices: (String) -> Choice?
  ) throws(Complaints) -> Input<Choice> {
    guard let value else {
      if isRequired { throw .message("This field is required.") }
      return .absent
    }
    if value == .null { throw .message("This field may not be null.") }
    let text = PythonText.of(value)
    if let choice = choices(String(decoding: text, as: UTF8.self)) { return .value(choice) }
    throw .message("\"", text, "\" is not a valid choice.")
  }
}
