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
      for signature in signatures.split(separator: ";") {
        guard let (name, declaration) = declaration(String(signature), builtin) else {
          preconditionFailure("a signature of the standard library: \(signature)")
        }
        table[name, default: []].append(declaration)
      }
    }
    return table
  }()

  /// The function of a name, form and number of arguments, the receiver counted.
  static func builtin(_ name: String, isMember: Bool, argumentCount: Int) -> Builtin? {
    declarations[name]?.first {
      $0.overload.isMember == isMember
        && ($0.overload.parameters.count == argumentCount
          || $0.isVariadic && argumentCount >= 1)
    }?.builtin
  }

  /// Reads `string.charAt(int) -> string` or `size(string) -> int`.
  private static func declaration(
    _ signature: String, _ builtin: Builtin
  ) -> (name: String, Declaration)? {
    let halves = signature.drop { $0 == " " }.split(separator: ">", maxSplits: 1)
    guard halves.count == 2, let open = halves[0].lastCallParenthesis else { return nil }
    let close = halves[0].lastIndex(of: ")") ?? halves[0].endIndex
    let callee = halves[0][..<open]
    var parameters = arguments(halves[0][halves[0].index(after: open)..<close])
    let (name, receiver) = split(String(callee))
    if let receiver { parameters.insert(receiver, at: 0) }
    let isVariadic = parameters.last == "..."
    if isVariadic { parameters.removeLast() }
    let names: Set<String> = ["A", "B"]
    let types = parameters.compactMap { Type($0, parameters: names) }
    guard let result = Type(String(halves[1].drop { $0 == " " }), parameters: names),
      types.count == parameters.count
    else { return nil }
    let overload = Function.Overload(
      id: signature, types, result, isMember: receiver != nil)
    return (name, Declaration(overload: overload, builtin: builtin, isVariadic: isVariadic))
  }

  /// The receiver's type stands before a `#`, as namespaces have dots too.
  private static func split(_ callee: String) -> (name: String, receiver: String?) {
    guard let mark = callee.firstIndex(of: "#") else { return (callee, nil) }
    return (String(callee[callee.index(after: mark)...]), String(callee[..<mark]))
  }

  private static func arguments(_ text: Substring) -> [String] {
    var arguments: [String] = []
    var depth = 0
    var current = ""
    for character in text {
      if character == ",", depth == 0 {
        arguments.append(current)
        current = ""
        continue
      }
      depth += character == "(" ? 1 : character == ")" ? -1 : 0
      if character != " " || depth > 0 { current.append(character) }
    }
    return current.isEmpty ? arguments : arguments + [current]
  }
}

extension Substring {
  /// The parenthesis that opens the argument list: the receiver's type may have some too.
  fileprivate var lastCallParenthesis: Index? {
    let start = firstIndex(of: "#") ?? startIndex
    return self[start...].firstIndex(of: "(")
  }
}
