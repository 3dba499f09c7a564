/// Why Python's reader refuses a text; the description is word for word its own.
enum JSONFault: Error, Equatable, Sendable {
  case syntax(Complaint, character: Int, line: Int, column: Int)
  case undecodable(String)
  case constant(String)
  case longInteger(digits: Int)
  /// Deeper than the interpreter's stack: an exception that nobody catches.
  case tooDeep

  enum Complaint: String {
    case value = "Expecting value"
    case propertyName = "Expecting property name enclosed in double quotes"
    case colon = "Expecting ':' delimiter"
    case comma = "Expecting ',' delimiter"
    case extra = "Extra data"
    case unterminated = "Unterminated string starting at"
    case control = "Invalid control character at"
    case escape = #"Invalid \escape"#
    case unicodeEscape = #"Invalid \uXXXX escape"#
    case mark = "Unexpected UTF-8 BOM (decode using utf-8-sig)"
  }

  var text: String {
    switch self {
    case .syntax(let complaint, let character, let line, let column):
      "\(complaint.rawValue): line \(line) column \(column) (char \(character))"
    case .undecodable(let reason): reason
    case .constant(let word): "Out of range float values are not JSON compliant: '\(word)'"
    case .longInteger(let digits):
      "Exceeds the limit (4300 digits) for integer string conversion: value has \(digits) digits; "
        + "use sys.set_int_max_str_digits() to increase the limit"
    case .tooDeep: "maximum recursion depth exceeded"
    }
  }
}
