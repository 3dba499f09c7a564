internal import CEL
internal import Rulesets

/// The lines of a rule with one thing changed, in every way.
struct ConditionChanges {
  struct Change {
    var sentence: String
    var line: Int
    var range: Range<Int>
    var predicates: [Predicate]
  }

  let file: Int
  private(set) var all: [Change] = []

  init(file: Int) { self.file = file }

  typealias Constants = (
    CEL.Expression, Int
  ) -> [(sentence: String, expression: CEL.Expression)]

  /// Changes each line of `predicates`; `put` makes the rule's lines of a changed list.
  mutating func breed(
    _ predicates: [Predicate], _ constants: Constants, canDrop: Bool = true,
    put: ([Predicate]) -> [Predicate] = { $0 }
  ) {
    for (index, predicate) in predicates.enumerated() {
      if canDrop {
        var rest = predicates
        rest.remove(at: index)
        add("`\(predicate.text)` is left out", predicate, put(rest))
        add("`\(predicate.text)` is turned round", predicate, put(replacing(.none([predicate]))))
      }
      func replacing(_ kind: Predicate.Kind) -> [Predicate] {
        var list = predicates
        list[index] = predicate
        list[index].kind = kind
        return list
      }
      switch predicate.kind {
      case .expression(let expression):
        for (sentence, changed) in constants(expression, file) {
          add(sentence, predicate, put(replacing(.expression(changed))))
        }
      case .all(let parts):
        // Several tests of one path were written as one line: `any` of them is no other word.
        if parts.count > 1 { add("`all` is `any`", predicate, put(replacing(.any(parts)))) }
        breed(parts, constants, canDrop: parts.count > 1) { put(replacing(.all($0))) }
      case .any(let parts):
        if parts.count > 1 { add("`any` is `all`", predicate, put(replacing(.all(parts)))) }
        breed(parts, constants, canDrop: parts.count > 1) { put(replacing(.any($0))) }
      case .none(let parts):
        if parts.count > 1 {
          add("one of `none` may hold", predicate, put(replacing(.none([all(parts, predicate)]))))
        }
        breed(parts, constants, canDrop: parts.count > 1) { put(replacing(.none($0))) }
      }
    }
  }

  private func all(_ parts: [Predicate], _ predicate: Predicate) -> Predicate {
    var all = predicate
    all.kind = .all(parts)
    return all
  }

  private mutating func add(
    _ sentence: String, _ predicate: Predicate, _ predicates: [Predicate]
  ) {
    all.append(
      Change(
        sentence: sentence, line: predicate.line, range: predicate.range, predicates: predicates))
  }
}
