import CEL
import Diagnostics
import Rulesets

/// Finds the parts of an expression whose values say why it came to its own.
///
/// Those are whole paths, `let` names with what stands in them, lists by name, and operands and
/// results between them. What a macro evaluates again and again for each item has no one value.
struct Readings {
  /// A part, and the `let` in which it stands.
  struct Part {
    var expression: Expression
    var text: String
    var name: String
    /// Whether it is a list of the file, by its name.
    var isNamedList: Bool
  }

  private let source: SourceText
  private let lets: [String: Expression]
  private(set) var parts: [Part] = []
  private var seenNames: Set<String> = []
  private var name = ""
  /// The place of a part with the same text: what stands deeper is what was written.
  private var places: [Range<Int>: Int] = [:]

  /// More of them than anybody reads; an expression may have many more parts.
  private static let limit = 24

  init(_ file: RuleFile, source: SourceText) {
    self.source = source
    lets = Dictionary(
      file.lets.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds the parts of an expression as it was written.
  mutating func add(_ expression: Expression) {
    walk(expression, isRoot: true, isRepeated: false)
  }

  private mutating func walk(_ node: Expression, isRoot: Bool, isRepeated: Bool) {
    switch node.kind {
    case .literal(.list): keep(node, if: isName(node.range), isNamedList: true)
    case .literal, .identifier: return
    case .reference(.computed(let name)):
      keep(node, if: true)
      enter(name)
    case .reference(.variable): keep(node, if: true)
    case .reference(.local), .reference(.unbound): return
    case .optionalSelect: keep(node, if: !isRepeated)
    case _ where node.isEventPath: keep(node, if: true)
    case .macro(let macro):
      keep(node, if: !isRoot && !isRepeated)
      walk(macro.operand, isRoot: false, isRepeated: isRepeated)
      for argument in macro.arguments { walk(argument, isRoot: false, isRepeated: true) }
    case .select, .presence, .index, .optionalIndex, .call, .unary, .binary, .conditional, .list,
      .map, .message:
      keep(node, if: !isRoot && !isRepeated)
      for child in node.children { walk(child, isRoot: false, isRepeated: isRepeated) }
    }
  }

  /// Goes on in what a `let` stands for.
  private mutating func enter(_ name: String) {
    guard let body = lets[name], seenNames.insert(name).inserted else { return }
    let outer = (self.name, places)
    (self.name, places) = (name, [:])
    walk(body, isRoot: true, isRepeated: false)
    (self.name, places) = outer
  }

  /// Whether a path in an expression, also behind a name, leads to what may be personal.
  func isPersonal(_ expression: Expression) -> Bool { isPersonal(expression, within: []) }

  private func isPersonal(_ expression: Expression, within names: Set<String>) -> Bool {
    if let path = expression.path, path.count > 1 { return PersonalPath.isPersonal(path) }
    if case .reference(.computed(let name)) = expression.kind, !names.contains(name) {
      return lets[name].map { isPersonal($0, within: names.union([name])) } ?? false
    }
    if case .optionalSelect(_, let field) = expression.kind, PersonalPath.isPersonal([field]) {
      return true
    }
    // Whether something is there, or how it compares, tells nobody's name.
    if case .bool = expression.type { return false }
    return expression.children.contains { isPersonal($0, within: names) }
  }

  private mutating func keep(_ node: Expression, if isWanted: Bool, isNamedList: Bool = false) {
    guard isWanted, !node.range.isEmpty, node.range.upperBound <= source.utf8.count else { return }
    var text = source.text(on: node.range)
    // What a test such as `within` stands for reads it without saying so.
    if case .reference(.variable(let name)) = node.kind { text = name }
    let part = Part(expression: node, text: text, name: name, isNamedList: isNamedList)
    if let place = places[node.range] {
      parts[place] = part
    } else if parts.count < Self.limit, !parts.contains(where: { $0.text == text }) {
      places[node.range] = parts.count
      parts.append(part)
    }
  }

  private func isName(_ range: Range<Int>) -> Bool {
    range.upperBound <= source.utf8.count
      && source.utf8[range].allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte.isLetterOrDigit
      }
  }
}

extension Expression {
  /// Whether it is a path whose whole value the engine reads at once.
  fileprivate var isEventPath: Bool {
    guard let root = path?.first else { return false }
    return root == "event" || root == "contact"
  }
}

extension SourceText {
  /// What stands in a range, on one line.
  func text(on range: Range<Int>) -> String {
    String(decoding: utf8[range], as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    let letter = self | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
