extension Expression: CustomStringConvertible {
  /// CEL source text; parsed again it gives the same tree.
  public var description: String {
    var printer = Printer()
    printer.print(self, above: .lowest)
    return printer.text
  }
}

/// Writes a tree as source text, with no more parentheses than it needs.
private struct Printer {
  /// How tightly what stands around an expression binds.
  enum Precedence: Int {
    case lowest = 0
    /// Not a `? :` without parentheses.
    case choice
    case operand = 6
    /// Before `.`, `[` or `(`.
    case receiver
  }

  var text = ""

  mutating func print(_ expression: Expression, above precedence: Precedence) {
    print(expression, above: precedence.rawValue)
  }

  mutating func print(_ expression: Expression, above minimum: Int) {
    let needsParentheses =
      Printer.precedence(of: expression) < minimum || wouldTakeMinus(expression)
    if needsParentheses { text += "(" }
    printBare(expression)
    if needsParentheses { text += ")" }
  }

  private static func precedence(of expression: Expression) -> Int {
    switch expression.kind {
    case .conditional: Precedence.lowest.rawValue
    case .binary(let binary, _, _): binary.precedence
    case .unary: Precedence.operand.rawValue
    default: Precedence.receiver.rawValue
    }
  }

  private mutating func printBare(_ expression: Expression) {
    switch expression.kind {
    case .literal(let literal): text += literal.description
    case .identifier(let name), .reference(.variable(let name)), .reference(.computed(let name)),
      .reference(.local(let name)), .reference(.unbound(let name)):
      text += Printer.source(ofName: name)
    case .select(let operand, let field): printSelection(operand, ".", field)
    case .optionalSelect(let operand, let field): printSelection(operand, ".?", field)
    case .presence(let operand, let field, let isOptional):
      text += "has("
      printSelection(operand, isOptional ? ".?" : ".", field)
      text += ")"
    case .index(let operand, let index): printIndex(operand, "[", index)
    case .optionalIndex(let operand, let index): printIndex(operand, "[?", index)
    case .call(let name, let target, let arguments): printCall(name, target, arguments)
    case .unary(let unary, let operand): printUnary(unary, operand)
    case .binary(let binary, let left, let right):
      print(left, above: binary.precedence)
      text += " " + binary.rawValue + " "
      print(right, above: binary.precedence + 1)
    case .conditional(let condition, let accepted, let rejected):
      print(condition, above: .choice)
      text += " ? "
      print(accepted, above: .choice)
      text += " : "
      print(rejected, above: .lowest)
    case .list, .map, .message: printCollection(expression)
    case .macro(let macro): printMacro(macro)
    }
  }

  private mutating func printSelection(_ operand: Expression, _ dot: String, _ field: String) {
    print(operand, above: .receiver)
    text += dot + (Lexer.isName(field) ? field : "`\(field)`")
  }

  private mutating func printIndex(_ operand: Expression, _ open: String, _ index: Expression) {
    print(operand, above: .receiver)
    text += open
    print(index, above: .lowest)
    text += "]"
  }

  private mutating func printCall(
    _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) {
    if let target {
      print(target, above: .receiver)
      text += "."
    }
    text += name
    printArguments(arguments)
  }

  private mutating func printArguments(_ arguments: [Expression]) {
    text += "("
    printItems(arguments) { printer, argument in printer.print(argument, above: .lowest) }
    text += ")"
  }

  private mutating func printItems<Item>(
    _ items: [Item], _ print: (inout Printer, Item) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { text += ", " }
      print(&self, item)
    }
  }

  private mutating func printUnary(_ unary: Expression.UnaryOperator, _ operand: Expression) {
    text += unary.rawValue
    print(operand, above: .operand)
  }

  /// Whether the minus that was just printed would become part of a number, as of `5` in `-(5)[i]`.
  ///
  /// The minus between two operands has a space behind it.
  private func wouldTakeMinus(_ expression: Expression) -> Bool {
    guard case .literal = expression.kind else { return false }
    return text.utf8.last == UInt8(ascii: "-")
  }
}

extension Printer {
  private mutating func printCollection(_ expression: Expression) {
    switch expression.kind {
    case .list(let elements):
      text += "["
      printItems(elements) { printer, element in
        if element.isOptional { printer.text += "?" }
        printer.print(element.value, above: .lowest)
      }
      text += "]"
    case .map(let entries):
      text += "{"
      printItems(entries) { printer, entry in
        if entry.isOptional { printer.text += "?" }
        printer.print(entry.key, above: .lowest)
        printer.text += ": "
        printer.print(entry.value, above: .lowest)
      }
      text += "}"
    case .message(let name, let fields):
      text += name + "{"
      printItems(fields) { printer, field in
        printer.text += (field.isOptional ? "?" : "") + field.name + ": "
        printer.print(field.value, above: .lowest)
      }
      text += "}"
    default: break
    }
  }

  private mutating func printMacro(_ macro: Expression.Macro) {
    let variables = macro.variables.map(Printer.source(ofName:)).joined(separator: ", ")
    if macro.name == .bind {
      text += "cel.bind(" + variables + ", "
      printItems([macro.operand] + macro.arguments) { $0.print($1, above: .lowest) }
      text += ")"
      return
    }
    print(macro.operand, above: .receiver)
    let isPair = macro.name == .existsOne && macro.variables.count == 2
    text += "." + (isPair ? "existsOne" : macro.name.rawValue) + "(" + variables + ", "
    printItems(macro.arguments) { $0.print($1, above: .lowest) }
    text += ")"
  }

  /// Names that macros make are written as the macros that make them.
  private static func source(ofName name: String) -> String {
    guard name.hasPrefix("@") else { return name }
    let parts = name.dropFirst().split(separator: ":")
    return "cel.\(parts[0])(" + parts.dropFirst().joined(separator: ", ") + ")"
  }
}
