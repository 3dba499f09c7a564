/// The signatures of all functions that CEL and its extensions define.
enum StandardLibrary {
  /// One signature and what it stands for.
  struct Declaration {
    var overload: Function.Overload
    var builtin: Builtin
    /// Whether the last parameter may be repeated.
    var isVariadic = false
  }

  static let declarations: [String: [Declaration]] = {
    var table: [String: [Declaration]] = [:]
    for (builtin, signatures) in core + conversions + texts + times + maths + networks {
      for signature in signatures.utf8.split(separator: UInt8(ascii: ";")) {
        guard let (name, declaration) = declaration(signature, builtin) else {
          preconditionFailure("a signature of the standard library: \(Substring(signature))")
        }
        table[name, default: []].append(declaration)
      }
    }
    return table
  }()

  /// The signatures of each name.
  static let overloads = declarations.mapValues { $0.map(\.overload) }

  /// The function of a name, form and number of arguments, the receiver counted.
  static func builtin(_ name: String, isMember: Bool, argumentCount: Int) -> Builtin? {
    declarations[name]?.first {
      $0.overload.isMember == isMember
        && ($0.overload.parameters.count == argumentCount
          || $0.isVariadic && argumentCount >= 1)
    }?.builtin
  }

  private typealias Text = Substring.UTF8View

  /// Reads `string#charAt(int) -> string` or `size(string) -> int`.
  private static func declaration(
    _ signature: Text, _ builtin: Builtin
  ) -> (name: String, Declaration)? {
    guard let arrow = signature.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    // Receivers have parentheses too, and stand before a `#`, as namespaces have dots.
    let mark = signature.firstIndex(of: UInt8(ascii: "#"))
    let call = signature[(mark.map { signature.index(after: $0) } ?? signature.startIndex)..<arrow]
    guard let open = call.firstIndex(of: UInt8(ascii: "(")),
      let close = call.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    var parameters = arguments(call[call.index(after: open)..<close])
    if let mark { parameters.insert(trimmed(signature[..<mark]), at: 0) }
    let isVariadic = parameters.last == "..."
    if isVariadic { parameters.removeLast() }
    let types = parameters.compactMap { Type($0, parameters: typeParameters) }
    let given = trimmed(signature[signature.index(after: arrow)...])
    guard let result = Type(given, parameters: typeParameters), types.count == parameters.count
    else { return nil }
    let overload = Function.Overload(
      id: String(Substring(signature)), types, result, isMember: mark != nil)
    let declaration = Declaration(overload: overload, builtin: builtin, isVariadic: isVariadic)
    return (trimmed(call[..<open]), declaration)
  }

  private static let typeParameters: Set<String> = ["A", "B"]

  private static func arguments(_ text: Text) -> [String] {
    var arguments: [String] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        arguments.append(trimmed(text[start..<index]))
        start = text.index(after: index)
      default: break
      }
    }
    let last = trimmed(text[start...])
    return last.isEmpty ? arguments : arguments + [last]
  }

  /// Without blanks in front.
  private static func trimmed(_ text: Text) -> String {
    String(Substring(text.drop { $0 == UInt8(ascii: " ") }))
  }
}
