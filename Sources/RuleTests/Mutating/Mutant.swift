internal import CEL
internal import Contacts
internal import Diagnostics
internal import Playground
package import Rulesets

/// A ruleset in which one thing is changed.
package struct Mutant: Sendable {
  package var place: RulePlace
  /// What is changed, as in "`vip` is left out".
  package var sentence: String
  /// The rule that is changed; absent where several may be.
  var rule: Int?
  /// Whether events of other types may reach it.
  var isAskedMore = false
  var ruleset: Ruleset

  /// All mutants of a ruleset, in the order of its lines.
  static func all(of runner: TestRunner) -> [Mutant] {
    var breeder = Breeder(runner)
    breeder.breed()
    return breeder.mutants
  }
}

/// Makes the mutants of a ruleset.
private struct Breeder {
  let ruleset: Ruleset
  let sources: [[UInt8]]
  var mutants: [Mutant] = []
  /// Lines that cases of one rule share are changed in all of them at once.
  private var seen: Set<String> = []

  init(_ runner: TestRunner) {
    ruleset = runner.ruleset
    sources = runner.traced.sources.map(\.utf8)
  }

  mutating func breed() {
    for file in ruleset.files.indices { breedLets(of: file) }
    for rule in ruleset.rules.indices where ruleset.rules[rule].isEnabled {
      breedTrigger(of: rule)
      breedConditions(of: rule)
      breedContact(of: rule)
      breedActions(of: rule)
    }
  }

  private func place(_ file: Int, _ line: Int) -> RulePlace {
    RulePlace(path: ruleset.files[file].path, line: line)
  }

  private mutating func add(
    _ sentence: String, at place: RulePlace, rule: Int?, isAskedMore: Bool = false,
    _ change: (inout Ruleset) -> Void
  ) {
    var mutant = Mutant(
      place: place, sentence: sentence, rule: rule, isAskedMore: isAskedMore, ruleset: ruleset)
    change(&mutant.ruleset)
    mutants.append(mutant)
  }

  private mutating func breedLets(of file: Int) {
    for (index, name) in ruleset.files[file].lets.enumerated() {
      for (sentence, expression) in constants(of: name.expression, in: file) {
        add("in `\(name.name)`, \(sentence)", at: place(file, name.line), rule: nil) {
          $0.files[file].lets[index].expression = expression
        }
      }
    }
  }

  private mutating func breedTrigger(of number: Int) {
    let rule = ruleset.rules[number]
    guard case .types(let types) = rule.trigger, !isCase(number) else { return }
    let place = place(rule.file, rule.line)
    let cases = cases(of: number)
    add(
      "`\(rule.id)` listens to every event", at: place, rule: number, isAskedMore: true
    ) { ruleset in
      for other in cases { ruleset.rules[other].trigger = .every }
    }
    guard types.count > 1 else { return }
    for type in types {
      add("`\(rule.id)` does not listen to `\(type)`", at: place, rule: number) { ruleset in
        for other in cases {
          ruleset.rules[other].trigger = .types(types.filter { $0 != type })
        }
      }
    }
  }

  /// Whether a rule is a case behind the first of its rule.
  private func isCase(_ number: Int) -> Bool {
    number > 0 && stem(number) != nil && stem(number - 1) == stem(number)
  }

  /// What the ids of all cases begin with.
  private func stem(_ number: Int) -> String? {
    let id = ruleset.rules[number].id
    return id.lastIndex(of: "/").map { String(id[...$0]) }
  }

  private func cases(of number: Int) -> [Int] {
    guard let stem = stem(number) else { return [number] }
    return ruleset.rules.indices.filter { self.stem($0) == stem }
  }

  private mutating func breedConditions(of number: Int) {
    let rule = ruleset.rules[number]
    var changes = ConditionChanges(file: rule.file)
    changes.breed(rule.predicates, constants)
    for change in changes.all {
      let place = place(rule.file, change.line)
      // The lines of `if` stand in each case.
      let sharers = cases(of: number).filter { ruleset.rules[$0].has(change.range) }
      guard seen.insert("\(place.text) \(change.range) \(change.sentence)").inserted else {
        continue
      }
      var changed = [(rule: number, predicates: change.predicates)]
      for other in sharers where other != number {
        var others = ConditionChanges(file: rule.file)
        others.breed(ruleset.rules[other].predicates, constants)
        let same = others.all.first {
          $0.range == change.range && $0.sentence == change.sentence
        }
        if let same { changed.append((other, same.predicates)) }
      }
      add(change.sentence, at: place, rule: sharers.count > 1 ? nil : number) { ruleset in
        for (other, predicates) in changed { ruleset.rules[other].predicates = predicates }
      }
    }
  }

  /// A `contact:` that several rules share is changed for all of them.
  private mutating func breedContact(of number: Int) {
    let rule = ruleset.rules[number]
    guard let contact = rule.contact else { return }
    let sharers = ruleset.rules.indices.filter {
      ruleset.rules[$0].file == rule.file && ruleset.rules[$0].contact?.line == contact.line
    }
    guard sharers.first(where: { ruleset.rules[$0].isEnabled }) == number,
      sharers.contains(where: { ruleset.rules[$0].makesContactByPolicy })
    else { return }
    let other: MissingPolicy = contact.missing == .create ? .skip : .create
    let place = place(rule.file, contact.line)
    add("`missing: \(contact.missing)` is `\(other)`", at: place, rule: nil) { ruleset in
      for sharer in sharers { ruleset.rules[sharer].contact?.missing = other }
    }
  }

  private mutating func breedActions(of number: Int) {
    let rule = ruleset.rules[number]
    for (index, action) in rule.actions.enumerated() {
      let place = place(rule.file, action.line)
      if case .note = action.kind { continue }
      add("`\(action.kind.written)` is left out", at: place, rule: number) {
        $0.rules[number].actions.remove(at: index)
      }
      for (sentence, kind) in action.kind.changed {
        add("`\(action.kind.written)` \(sentence)", at: place, rule: number) {
          $0.rules[number].actions[index].kind = kind
        }
      }
    }
  }

  /// An expression with one of its written constants changed.
  private func constants(
    of expression: CEL.Expression, in file: Int
  ) -> [(sentence: String, expression: CEL.Expression)] {
    var literals: [(range: Range<Int>, literal: Literal)] = []
    expression.forEachLiteral { literal, range in
      if !literals.contains(where: { $0.range == range }) { literals.append((range, literal)) }
    }
    return literals.flatMap { range, literal in
      others(for: literal, written: written(range, in: file)).map { sentence, other in
        (sentence, expression.replacing(range, with: other))
      }
    }
  }

  private func written(_ range: Range<Int>, in file: Int) -> String {
    guard range.upperBound <= sources[file].count else { return "" }
    return String(decoding: sources[file][range], as: UTF8.self)
  }

  /// What else a constant might be; what no author wrote is left alone.
  private func others(
    for literal: Literal, written: String
  ) -> [(sentence: String, other: Literal)] {
    switch literal {
    case .int(let number) where written == "\(number)":
      [number - 1, number + 1].map { ("`\(written)` is `\($0)`", .int($0)) }
    case .double(let number) where Double(written) == number:
      [number - 1, number + 1].map { ("`\(written)` is `\($0)`", .double($0)) }
    case .list(let items) where items.count > 1 && written.isWrittenList:
      items.indices.map { index in
        var rest = items
        let gone = rest.remove(at: index)
        return ("`\(gone.words)` is not in `\(written.oneLine)`", .list(rest))
      }
    default: []
    }
  }
}

extension Rule {
  /// Whether it makes contacts only where its `contact:` says so.
  fileprivate var makesContactByPolicy: Bool {
    actions.contains { $0.kind.makesContact }
      && !actions.contains { if case .createContact = $0.kind { true } else { false } }
  }

  /// Whether one of its lines stands there.
  fileprivate func has(_ range: Range<Int>) -> Bool {
    predicates.contains { $0.has(range) }
  }
}

extension Predicate {
  fileprivate func has(_ range: Range<Int>) -> Bool {
    if self.range == range { return true }
    switch kind {
    case .expression: return false
    case .all(let parts), .any(let parts), .none(let parts):
      return parts.contains { $0.has(range) }
    }
  }
}

extension Literal {
  fileprivate var words: String {
    if let text { return text }
    var coder = JSONCoder()
    return String(decoding: coder.bytes(of: self), as: UTF8.self)
  }
}

extension String {
  /// Whether a list stands there, or the name of one; the cases of a rule are no list of the author's.
  fileprivate var isWrittenList: Bool {
    hasPrefix("[") || hasPrefix("-") || allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
  }

  fileprivate var oneLine: String {
    split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension CEL.Expression {
  fileprivate func forEachLiteral(_ body: (Literal, Range<Int>) -> Void) {
    if case .literal(let literal) = kind { body(literal, range) }
    for child in children { child.forEachLiteral(body) }
  }

  fileprivate func replacing(_ place: Range<Int>, with literal: Literal) -> CEL.Expression {
    if case .literal = kind, range == place {
      return CEL.Expression(.literal(literal), range, type: type)
    }
    return mapChildren { $0.replacing(place, with: literal) }
  }
}
