import CEL
import Diagnostics
import Engine
import Rulesets
import Samples

/// The places of a field where mistakes can be planted.
struct Ground {
  /// A path as it is written.
  struct Path {
    var file: Int
    var range: Range<Int>
    /// Below `event`; an index is `[]`.
    var keys: [String]
    var keyRanges: [Range<Int>]
    /// The rule it stands in, alone and where it is needed.
    var rule: Int?
  }

  /// A constant beside a path.
  struct Constant {
    var file: Int
    var range: Range<Int>
    var keys: [String]
    var literal: Literal
  }

  /// A word: a function, or a name under `lists` or `let`.
  struct Word {
    var file: Int
    var range: Range<Int>
    var text: String
  }

  let field: Field
  let ruleset: Ruleset
  let types: [SampledType]
  /// The events, looked at once.
  let known: KnownEvents
  /// What events look like that each rule meets, and all events together.
  private let rootsOfRules: [SampledNode]
  private let root: SampledNode
  private(set) var paths: [Path] = []
  private(set) var constants: [Constant] = []
  private(set) var functions: [Word] = []
  private(set) var names: [Word] = []

  init?(_ field: Field) {
    guard let ruleset = field.ruleset else { return nil }
    self.field = field
    self.ruleset = ruleset
    known = KnownEvents(field.events, for: ruleset)
    let types = learn(field.events, ruleset.typings).types
    self.types = types
    let roots = ruleset.rules.map { rule in
      Self.merged(types.filter { Self.listens(rule, in: ruleset, to: $0) })
    }
    rootsOfRules = roots
    root = Self.merged(types)
    for (number, rule) in ruleset.rules.enumerated() { read(rule, number) }
    for (number, file) in ruleset.files.enumerated() {
      for binding in file.lets { walk(binding.expression, number, nil) }
      for list in file.constantLists where list.name == nil { read(list, number) }
    }
  }

  private mutating func read(_ rule: Rule, _ number: Int) {
    for predicate in rule.predicates { walk(predicate, rule.file, number) }
    for template in rule.actions.flatMap(\.templates) { walk(template, rule.file, number) }
    for identifier in rule.contact?.identifiers ?? [] {
      switch identifier {
      case .urn(let template), .uuid(let template): walk(template, rule.file, nil)
      }
    }
  }

  private mutating func read(_ list: ConstantList, _ file: Int) {
    guard let position = constants.firstIndex(where: { $0.file == file && $0.range == list.range })
    else { return }
    let keys = constants.remove(at: position).keys
    for (literal, range) in list.items {
      constants.append(Constant(file: file, range: range, keys: keys, literal: literal))
    }
  }

  private mutating func walk(_ template: Template, _ file: Int, _ rule: Int?) {
    for part in template.parts {
      if case .hole(let hole) = part { walk(hole, file, rule) }
    }
  }

  private mutating func walk(_ predicate: Predicate, _ file: Int, _ rule: Int?) {
    switch predicate.kind {
    case .expression(let expression): walk(expression, file, rule)
    case .all(let parts): for part in parts { walk(part, file, rule) }
    case .any(let parts), .none(let parts): for part in parts { walk(part, file, nil) }
    }
  }

  private mutating func walk(_ expression: Expression, _ file: Int, _ rule: Int?) {
    if let path = path(expression, file, rule), !path.keys.isEmpty {
      if !paths.contains(where: { $0.file == file && $0.range == path.range }) {
        paths.append(path)
      }
      return
    }
    switch expression.kind {
    case .reference(.computed(let name)): note(name, expression.range, file, &names)
    case .call(let name, _, _):
      if let range = expression.nameRange { note(name, range, file, &functions) }
    case .binary(let sign, let left, let right): compare(sign, left, right, file)
    default: break
    }
    for child in expression.children { walk(child, file, rule) }
  }

  private mutating func compare(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression, _ file: Int
  ) {
    guard sign == .equal || sign == .isIn || sign.isOrder else { return }
    var subject = left
    if case .call("string", nil, let arguments) = left.kind, let inner = arguments.first {
      subject = inner
    }
    guard case .literal(let literal) = right.kind, let path = path(subject, file, nil) else {
      return
    }
    if case .list = literal {
      note(field.text(right.range, of: file), right.range, file, &names)
    }
    guard !constants.contains(where: { $0.file == file && $0.range == right.range }) else { return }
    constants.append(
      Constant(file: file, range: right.range, keys: path.keys, literal: literal))
  }

  private func note(_ text: String, _ range: Range<Int>, _ file: Int, _ words: inout [Word]) {
    let isWritten =
      field.text(range, of: file) == text && !text.contains("[") && !text.contains(".")
    guard isWritten, !words.contains(where: { $0.file == file && $0.range == range }) else {
      return
    }
    words.append(Word(file: file, range: range, text: text))
  }

  private func path(_ expression: Expression, _ file: Int, _ rule: Int?) -> Path? {
    switch expression.kind {
    case .reference(.variable("event")):
      return Path(file: file, range: expression.range, keys: [], keyRanges: [], rule: rule)
    case .select(let operand, let key):
      guard var path = path(operand, file, rule), let range = expression.nameRange else {
        return nil
      }
      path.keys.append(key)
      path.keyRanges.append(range)
      path.range = expression.range
      return path
    case .index(let operand, let index):
      guard var path = path(operand, file, rule), case .literal(.int) = index.kind else {
        return nil
      }
      path.keys.append("[]")
      path.keyRanges.append(index.range)
      path.range = expression.range
      return path
    default: return nil
    }
  }
}

extension Expression.BinaryOperator {
  fileprivate var isOrder: Bool {
    self == .less || self == .lessOrEqual || self == .greater || self == .greaterOrEqual
  }
}

extension Ground {
  /// What stands at a path in the events that a rule meets, or in all.
  func node(_ keys: [String], of rule: Int? = nil) -> SampledNode? {
    (rule.map { rootsOfRules[$0] } ?? root).node(at: keys.map { $0 == "[]" ? .item : .key($0) })
  }

  func count(of rule: Int) -> Int {
    types.filter { listens(rule, to: $0) }.reduce(0) { $0 + $1.count }
  }

  func listens(_ rule: Int, to type: SampledType) -> Bool {
    Self.listens(ruleset.rules[rule], in: ruleset, to: type)
  }

  private static func listens(_ rule: Rule, in ruleset: Ruleset, to type: SampledType) -> Bool {
    ruleset.files[rule.file].eventType.description == type.typing
      && rule.trigger.listens(to: type.type)
  }

  private static func merged(_ types: [SampledType]) -> SampledNode {
    types.reduce(into: SampledNode()) { $0.merge($1.root) }
  }

  /// All paths without lists that the events of a rule have.
  func places(of rule: Int) -> [(keys: [String], facts: PathFacts)] {
    var places: [(keys: [String], facts: PathFacts)] = []
    rootsOfRules[rule].walk { steps, node in
      let keys = steps.compactMap {
        if case .key(let key) = $0, key.isPlainName { key } else { nil }
      }
      if keys.count == steps.count { places.append((keys, node.facts)) }
    }
    return places
  }
}
