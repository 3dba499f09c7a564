internal import CEL
internal import Diagnostics
internal import Functions
internal import YAMLTree

/// Names that CEL or Regra has given away.
private let reservedNames: Set<String> = [
  "event", "contact", "now", "true", "false", "null", "in", "as", "break", "const", "continue",
  "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return",
  "var", "void", "while", "size", "type", "int", "uint", "double", "string", "bytes", "bool",
  "list", "map", "null_type", "timestamp", "duration", "dyn", "matches", "has", "all", "exists",
  "exists_one", "filter", "present", "known", "optional", "optional_type", "cel", "math",
  "strings", "base64", "proto", "any", "none",
]

extension ExpressionChecker {
  /// Declares the file's lists and lets, each let after those it stands on.
  mutating func declareNames(lists: [ListSyntax], lets: [LetSyntax]) -> [Let] {
    var places: [String: SourceRange] = [:]
    for name in lists.map(\.name) + lets.map(\.name) {
      if let problem = problem(with: name, places: places) {
        report(problem)
        brokenNames.insert(name.text)
      }
      places[name.text] = places[name.text] ?? name.range
    }
    listNames = lists.map(\.name.text)
    for list in lists { environment.define(list.name.text, as: .list(list.items)) }
    return declare(lets)
  }

  private func problem(with name: TextSyntax, places: [String: SourceRange]) -> Diagnostic? {
    guard isIdentifier(name.text) else { return .notAName(name.text, at: location(name.range)) }
    if reservedNames.contains(name.text) {
      return .nameTaken(name.text, at: location(name.range), other: nil)
    }
    if RegraFunctions.all.contains(where: { $0.name == name.text }) {
      return .nameTaken(name.text, at: location(name.range), other: nil)
    }
    return places[name.text].map {
      .nameTaken(name.text, at: location(name.range), other: location($0))
    }
  }

  private func isIdentifier(_ text: String) -> Bool {
    let isFirst = { (byte: UInt8) in
      (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
        || byte == UInt8(ascii: "_")
    }
    guard let first = text.utf8.first, isFirst(first) else { return false }
    return text.utf8.allSatisfy {
      isFirst($0) || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
    }
  }

  private mutating func declare(_ lets: [LetSyntax]) -> [Let] {
    var order = LetOrder(lets)
    order.sort()
    for cycle in order.cycles {
      report(.nameCycle(cycle.map(\.text), at: location(cycle[0].range)))
    }
    for name in order.unusable { environment.declare(name, as: .unknown) }
    brokenNames.formUnion(order.unusable)
    var declared: [Let] = []
    for item in order.sorted {
      guard let expression = item.expression, !order.unusable.contains(item.name.text) else {
        continue
      }
      let checked = check(expression)
      let reads = readsContact(checked)
      if reads { contactReaders.insert(item.name.text) }
      environment.define(item.name.text, as: checked)
      declared.append(
        Let(
          name: item.name.text, expression: checked,
          line: source.line(of: item.name.range.start), readsContact: reads))
    }
    return declared
  }

  /// Names that nothing in the file mentions.
  func unusedNames(lists: [ListSyntax], lets: [LetSyntax]) -> [Diagnostic] {
    (lists.map { ($0.name, "list") } + lets.map { ($0.name, "name") })
      .filter { !mentioned.contains($0.0.text) && !brokenNames.contains($0.0.text) }
      .map { .unusedName($0.0.text, $0.1, at: location($0.0.range)) }
  }
}

/// Puts lets behind those they mention.
private struct LetOrder {
  private let lets: [LetSyntax]
  private var states: [State]
  private var stack: [Int] = []
  private(set) var sorted: [LetSyntax] = []
  /// Each cycle once, its first name again at the end.
  private(set) var cycles: [[TextSyntax]] = []
  /// Names on a cycle, and those whose expression could not be parsed.
  private(set) var unusable: Set<String> = []

  private enum State { case new, open, done }

  init(_ lets: [LetSyntax]) {
    self.lets = lets
    states = lets.map { _ in .new }
    unusable = Set(lets.filter { $0.expression == nil }.map(\.name.text))
  }

  mutating func sort() { for index in lets.indices { visit(index) } }

  private mutating func visit(_ index: Int) {
    guard states[index] == .new else {
      if states[index] == .open { reportCycle(to: index) }
      return
    }
    states[index] = .open
    stack.append(index)
    for other in dependencies(of: index) { visit(other) }
    stack.removeLast()
    states[index] = .done
    sorted.append(lets[index])
  }

  private mutating func reportCycle(to index: Int) {
    let start = stack.firstIndex(of: index) ?? 0
    let names = stack[start...].map { lets[$0].name }
    cycles.append(names + [lets[index].name])
    unusable.formUnion(names.map(\.text))
  }

  private func dependencies(of index: Int) -> [Int] {
    var names: Set<String> = []
    lets[index].expression?.expression.walk { node in
      if case .identifier(let name) = node.kind { names.insert(name) }
    }
    return lets.indices.filter { names.contains(lets[$0].name.text) }
  }
}

extension Diagnostic {
  static func notAName(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .notAName, "`\(name)` cannot be used as a name in expressions", at: location,
      help: "use letters without accents, digits and `_`, and start with a letter")
  }

  static func nameTaken(_ name: String, at location: SourceLocation, other: SourceLocation?) -> Self
  {
    Diagnostic(
      .nameTaken, "the name `\(name)` is taken", at: location,
      label: other == nil ? "means something in every expression" : "would hide the other",
      notes: other.map { [Note("first defined here", at: $0)] } ?? [],
      help: "choose another name")
  }

  static func nameCycle(_ names: [String], at location: SourceLocation) -> Self {
    Diagnostic(
      .nameCycle, "`let` names stand on each other in a circle", at: location,
      label: names.joined(separator: " → "), help: "write one of them without the others")
  }

  static func unusedName(_ name: String, _ kind: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .unusedName, "the \(kind) `\(name)` is never used", at: location,
      help: "remove it, or use it in a condition or a hole")
  }
}
