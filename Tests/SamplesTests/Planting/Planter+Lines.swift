import CEL
import Rulesets
import Samples

/// Mistakes that are lines of their own.
extension Planter {
  mutating func textForNumber() -> Mistake? {
    if let mistake = quoted({ $0.isNumber }), Bool.random(using: &random) { return mistake }
    return inserted { ground, rule, random in
      let places = ground.places(of: rule).filter { $0.facts.numbers > 0 && $0.facts.texts == 0 }
      guard let place = places.randomElement(using: &random), let range = place.facts.range else {
        return nil
      }
      let path = "event." + place.keys.joined(separator: ".")
      let number = Int((range.low + range.high) / 2)
      return [
        "\(path): \"\(number)\"", "\(path): {at_least: \"\(number)\"}",
        "\(path) > \"\(number)\"", "\(path): {in: [\"\(number)\", \"\(number + 1)\"]}",
        "\(path): {between: [\"1\", \"\(number)\"]}",
      ].randomElement(using: &random)
    }
  }

  mutating func textForBoolean() -> Mistake? {
    if let mistake = quoted({ if case .bool = $0 { true } else { false } }),
      Bool.random(using: &random)
    {
      return mistake
    }
    return inserted { ground, rule, random in
      let places = ground.places(of: rule).filter { $0.facts.bools > 0 && $0.facts.texts == 0 }
      guard let place = places.randomElement(using: &random) else { return nil }
      let path = "event." + place.keys.joined(separator: ".")
      return [
        "\(path): \"true\"", "\(path): \"sim\"", "\(path) == \"false\"",
        "\(path): {is_not: \"true\"}",
      ].randomElement(using: &random)
    }
  }

  /// A constant of the rules put into quotes.
  private mutating func quoted(_ isMeant: (Literal) -> Bool) -> Mistake? {
    guard
      let constant = ground.constants.filter({ isMeant($0.literal) })
        .randomElement(using: &random)
    else { return nil }
    let text = ground.field.text(constant.range, of: constant.file)
    return Mistake(ground.field, constant.file, constant.range, with: "\"\(text)\"")
  }

  mutating func dateAsText() -> Mistake? {
    inserted { ground, rule, random in
      let places = ground.places(of: rule).filter { $0.facts.times > 0 }
      guard let place = places.randomElement(using: &random) else { return nil }
      let path = "event." + place.keys.joined(separator: ".")
      return [
        "\(path): {above: \"2026-03-04\"}", "\(path) >= \"2026-03-03\"",
        "\(path): {at_most: \"2026-03-04T10:00\"}", "\(path): \"2026-03-02\"",
        "\(path) < now", "\(path): {between: [\"2026-03-01\", \"2026-03-04\"]}",
        "\(path): {at_least: \"01/03/2026\"}", "\(path) > timestamp(\"2026-03-03T00:00:00Z\")",
      ].randomElement(using: &random)
    }
  }

  /// A line that holds for all events of the rule, or for none.
  mutating func always(_ outcome: Bool) -> Mistake? {
    inserted { ground, rule, random in
      let total = ground.count(of: rule)
      let places = ground.places(of: rule).filter { $0.facts.events == total }
      guard let place = places.randomElement(using: &random) else { return nil }
      let path = "event." + place.keys.joined(separator: ".")
      let facts = place.facts
      if let range = facts.range, facts.texts == 0 {
        let (low, high) = (Int(range.low) - 1, Int(range.high) + 2)
        return
          (outcome
          ? ["\(path): {at_least: \(low)}", "\(path) < \(high)", "\(path): {is_not: \(high)}"]
          : ["\(path): {above: \(high)}", "\(path) < \(low)", "\(path): \(high)"])
          .randomElement(using: &random)
      }
      guard facts.texts == total else { return outcome ? "\(path): present" : "\(path): absent" }
      let all = facts.values.values.compactMap { value, _ -> String? in
        if case .text(let text) = value, text.allSatisfy({ $0.isLetter }), !text.isEmpty {
          text
        } else {
          nil
        }
      }
      let isAll = all.count == facts.values.count && !all.isEmpty
      return
        (outcome
        ? ["\(path) != \"zzzzzzzz\"", "\(path): {is_not: qqqqqqqq}", "\(path).size() >= 0"]
          + (isAll ? ["\(path): {in: [\(all.joined(separator: ", "))]}"] : [])
        : [
          "\(path): zzzzzzzz", "\(path): {starts_with: qqqqqqqq}", "\(path): {contains: wwwwwwww}",
        ])
        .randomElement(using: &random)
    }
  }
}

extension Literal {
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .double: true
    default: false
    }
  }
}
