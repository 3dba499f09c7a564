/// A random generator that gives the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Writes random source text over the variable `event`, mostly of fitting types.
struct RandomExpression {
  var random: SeededGenerator
  /// Whether `/` is used: profiles divide differently.
  var divides: Bool
  private var variables: [String] = []

  init(seed: UInt64, divides: Bool) {
    random = SeededGenerator(state: seed)
    self.divides = divides
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices.randomElement(using: &random) ?? "1"
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  /// An expression that is mostly a truth value.
  mutating func truth(_ depth: Int) -> String {
    if chance(4) { return any(depth) }
    if depth == 0 {
      return pick(
        ["true", "false", "event.m.yes", "event.gone", "has(event.m.yes)", "has(event.gone.x)"]
          + variables)
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return "(\(truth(depth - 1)) && \(truth(depth - 1)))"
    case 1: return "(\(truth(depth - 1)) || \(truth(depth - 1)))"
    case 2: return "!\(truth(depth - 1))"
    case 3: return "(\(truth(depth - 1)) ? \(truth(depth - 1)) : \(truth(depth - 1)))"
    case 4, 5:
      return
        "(\(number(depth - 1)) \(pick(["<", "<=", ">", ">=", "==", "!="])) \(number(depth - 1)))"
    case 6: return "(\(any(depth - 1)) \(pick(["==", "!=", "in"])) \(any(depth - 1)))"
    case 7: return "(\(any(depth - 1)) in \(list(depth - 1)))"
    case 8: return "\(text(depth - 1)).\(pick(["startsWith", "contains"]))(\(text(depth - 1)))"
    default: return macro(pick(["all", "exists", "exists_one"]), depth)
    }
  }

  private mutating func number(_ depth: Int) -> String {
    if chance(4) { return any(depth) }
    if depth == 0 {
      return pick(
        [
          "0", "1", "-2", "3", "2.5", "1.0", "9223372036854775807", "event.n", "event.d",
          "event.m.k.z", "event.gone",
        ] + variables)
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0, 1:
      return
        "(\(number(depth - 1)) \(pick(["+", "-", "*", "%"] + (divides ? ["/"] : []))) \(number(depth - 1)))"
    case 2: return "-(\(number(depth - 1)))"
    case 3: return "size(\(chance(50) ? list(depth - 1) : text(depth - 1)))"
    default: return "\(list(depth - 1))[\(number(0))]"
    }
  }

  private mutating func text(_ depth: Int) -> String {
    if depth == 0 || chance(60) {
      return pick(["\"\"", "\"x\"", "\"xé\"", "event.t", "event.m.t", "event.t.deep"] + variables)
    }
    return "(\(text(depth - 1)) + \(text(depth - 1)))"
  }

  private mutating func list(_ depth: Int) -> String {
    if depth == 0 || chance(30) {
      return pick(["[]", "event.l", "event.m", "[1, \"x\"]", "event.gone", "[event.n, 1.0]"])
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return "[\(any(depth - 1)), \(any(depth - 1))]"
    case 1: return "(\(list(depth - 1)) + \(list(depth - 1)))"
    case 2: return macro("map", depth)
    default: return macro("filter", depth)
    }
  }

  private mutating func macro(_ name: String, _ depth: Int) -> String {
    let range = list(depth - 1)
    let variable = pick(["a", "b"])
    variables.append(variable)
    defer { variables.removeLast() }
    let body = name == "map" ? any(depth - 1) : truth(depth - 1)
    if chance(10) { return "cel.bind(\(variable), \(any(depth - 1)), \(body))" }
    return "\(range).\(name)(\(variable), \(body))"
  }

  private mutating func any(_ depth: Int) -> String {
    switch Int.random(in: 0..<6, using: &random) {
    case 0 where depth > 0: return truth(depth - 1)
    case 1: return number(max(0, depth - 1))
    case 2: return text(max(0, depth - 1))
    case 3 where depth > 0: return list(depth - 1)
    case 4:
      return pick([
        "null", "event.none", "event[\"n\"]", "event.l[1]", "event.m[\"k\"].z", "event.l[event.n]",
        "event",
      ])
    default: return pick(["1", "\"x\"", "true", "event.n", "event.gone.x", "event.m"] + variables)
    }
  }
}
