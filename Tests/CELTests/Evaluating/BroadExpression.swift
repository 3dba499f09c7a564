/// Writes random source text over `event` that uses nearly all of CEL, mostly of fitting types.
///
/// `/` stands only between numbers that were not read from the event: Regra's profile divides
/// those exactly.
struct BroadExpression {
  private var random: SeededGenerator
  private var variables: [String] = []

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "1" }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

  /// Any expression of some depth.
  mutating func any(_ depth: Int) -> String {
    guard depth > 0 else {
      return pick(
        [
          "1", "2.0", "3u", "'x'", "true", "null", "b'ab'", "event.n", "event.none", "event.gone.x",
          "event.m", "event['n']", "event.l[1]", "event.m['k'].z", "'k'",
        ] + variables)
    }
    return switch number(below: 9) {
    case 0, 1: truth(depth - 1)
    case 2, 3: number(depth - 1)
    case 4: text(depth - 1)
    case 5: list(depth - 1)
    case 6: map(depth - 1)
    case 7: time(depth - 1)
    default: "type(\(any(depth - 1)))"
    }
  }

  private mutating func truth(_ depth: Int) -> String {
    if chance(4) { return any(depth) }
    guard depth > 0 else {
      return pick(
        [
          "true", "false", "event.yes", "has(event.m.yes)", "has(event.gone.x)", "'n' in event",
          "event.?yes.orValue(false)",
        ] + variables)
    }
    let inner = depth - 1
    switch number(below: 14) {
    case 0: return "(\(truth(inner)) && \(truth(inner)))"
    case 1: return "(\(truth(inner)) || \(truth(inner)))"
    case 2: return "!\(truth(inner))"
    case 3: return "(\(truth(inner)) ? \(truth(inner)) : \(truth(inner)))"
    case 4, 5:
      return "(\(number(inner)) \(pick(["<", "<=", ">", ">=", "==", "!="])) \(number(inner)))"
    case 6: return "(\(any(inner)) \(pick(["==", "!=", "in"])) \(any(inner)))"
    case 7: return "(\(any(inner)) in \(list(inner)))"
    case 8:
      let name = pick(["startsWith", "endsWith", "contains", "matches"])
      return "\(text(inner)).\(name)(\(text(inner)))"
    case 9: return "(\(text(inner)) \(pick(["<", "<=", ">", ">="])) \(text(inner)))"
    case 10: return "(\(time(inner)) \(pick(["<", ">=", "=="])) \(time(inner)))"
    case 11: return "math.\(pick(["isNaN", "isInf", "isFinite"]))(\(number(inner)))"
    case 12: return "\(optional(inner)).hasValue()"
    default: return macro(pick(["all", "exists", "exists_one"]), depth)
    }
  }

  private mutating func number(_ depth: Int) -> String {
    if chance(4) { return any(depth) }
    guard depth > 0 else {
      return chance(50)
        ? constant()
        : pick(["event.n", "event.d", "event.big", "event.m.k.z", "event.gone"] + variables)
    }
    let inner = depth - 1
    switch number(below: 14) {
    case 0, 1, 2: return "(\(number(inner)) \(pick(["+", "-", "*", "%"])) \(number(inner)))"
    case 3: return "(\(unread(inner)) / \(unread(inner)))"
    case 4: return "-(\(number(inner)))"
    case 5: return unread(depth)
    case 6: return "\(list(inner))[\(number(0))]"
    case 7:
      let name = pick(["greatest", "least", "bitAnd", "bitOr", "bitXor", "bitShiftLeft"])
      return "math.\(name)(\(number(inner)), \(number(inner)))"
    case 8:
      let name = pick(["abs", "sign", "ceil", "floor", "round", "trunc", "bitNot", "sqrt"])
      return "math.\(name)(\(number(inner)))"
    case 9:
      let start = chance(50) ? "" : ", \(number(0))"
      return "\(text(inner)).\(pick(["indexOf", "lastIndexOf"]))(\(text(inner))\(start))"
    case 10: return "\(time(inner)).\(pick(["getFullYear", "getHours", "getMilliseconds"]))()"
    case 11: return "\(optional(inner)).orValue(\(number(inner)))"
    case 12: return "(\(truth(inner)) ? \(number(inner)) : \(number(inner)))"
    default: return "\(map(inner))[\(pick(["'a'", "1", "1.0", "1u", "true", "1.5"]))]"
    }
  }

  private mutating func constant() -> String {
    pick([
      "0", "1", "-2", "3", "7", "2u", "0u", "2.5", "1.0", "-0.5", "1e300", "9223372036854775807",
      "-9223372036854775808", "18446744073709551615u", "9007199254740993",
    ])
  }

  /// A number that was computed, not read.
  private mutating func unread(_ depth: Int) -> String {
    guard depth > 0 else { return constant() }
    return switch number(below: 4) {
    case 0: "size(\(chance(50) ? list(depth - 1) : text(depth - 1)))"
    case 1: "\(pick(["int", "uint", "double"]))(\(number(depth - 1)))"
    case 2: "int(\(text(depth - 1)))"
    default: constant()
    }
  }

  private mutating func text(_ depth: Int) -> String {
    if chance(3) { return any(depth) }
    if depth <= 0 || chance(30) {
      return pick(
        [
          "''", "'x'", "'xé'", "'A,b'", "'123'", "'-7'", "'1.5'", "' a '", "'😀e\\u0301'", "'a+'",
          "'[x'", "event.t", "event.m.t", "event.t.deep", "'2009-02-13T23:31:30Z'", "'1h'",
        ] + variables)
    }
    let inner = depth - 1
    switch number(below: 10) {
    case 0, 1: return "(\(text(inner)) + \(text(inner)))"
    case 2: return "string(\(chance(50) ? number(inner) : any(inner)))"
    case 3:
      return "\(text(inner)).\(pick(["lowerAscii", "upperAscii", "trim", "reverse"]))()"
    case 4: return "\(text(inner)).charAt(\(number(0)))"
    case 5: return "\(text(inner)).substring(\(number(0)))"
    case 6: return "\(text(inner)).replace(\(text(inner)), \(text(inner)))"
    case 7: return "\(list(inner)).join(\(text(inner)))"
    case 8: return "'%\(pick(["s", "d", ".2f", "x", "b", "e"]))'.format([\(any(inner))])"
    default: return "base64.encode(bytes(\(text(inner))))"
    }
  }
}

extension BroadExpression {
  private mutating func time(_ depth: Int) -> String {
    guard depth > 0 else {
      return pick(
        [
          "timestamp('2009-02-13T23:31:30.5Z')", "timestamp('9999-12-31T23:59:59Z')",
          "duration('1.5h')", "duration('-90m')", "timestamp(0)", "timestamp(event.time)",
        ] + variables)
    }
    return switch number(below: 4) {
    case 0, 1: "(\(time(depth - 1)) \(pick(["+", "-"])) \(time(depth - 1)))"
    case 2: "timestamp(\(number(depth - 1)))"
    default: time(0)
    }
  }

  private mutating func optional(_ depth: Int) -> String {
    let inner = max(0, depth - 1)
    switch number(below: 8) {
    case 0: return "optional.of(\(any(inner)))"
    case 1: return "optional.none()"
    case 2: return "optional.ofNonZeroValue(\(any(inner)))"
    case 3: return "\(map(inner))[?\(pick(["'a'", "1", "true"]))]"
    case 4: return "event.?\(pick(["n", "gone", "m"]))\(pick(["", ".k", ".?k", ".?gone.z"]))"
    case 5: return "\(list(inner))[?\(number(0))]"
    case 6 where depth > 0: return "\(optional(inner)).or(\(optional(inner)))"
    default: return "event.?n.optMap(o, [o, \(any(inner))])"
    }
  }

  private mutating func list(_ depth: Int) -> String {
    if depth <= 0 || chance(30) {
      return pick(
        [
          "[]", "event.l", "event.m", "[1, 'x']", "event.gone", "[event.n, 1.0]", "['b', 'a']",
          "[3, 1, 2]", "event.items",
        ] + variables)
    }
    let inner = depth - 1
    switch number(below: 7) {
    case 0: return "[\(any(inner)), \(any(inner))]"
    case 1: return "(\(list(inner)) + \(list(inner)))"
    case 2: return macro("map", depth)
    case 3: return macro("filter", depth)
    case 4: return "\(text(inner)).split(\(text(0)))"
    case 5: return "[?\(optional(inner)), \(any(inner))]"
    default: return macro("transformList", depth)
    }
  }

  private mutating func map(_ depth: Int) -> String {
    if depth <= 0 || chance(30) {
      return pick(["{}", "event.m", "event", "{'a': 1, 1: 'x', true: null}", "{1u: 2.5}"])
    }
    let inner = depth - 1
    switch number(below: 3) {
    case 0: return "{\(any(0)): \(any(inner)), 'k': \(any(inner))}"
    case 1: return "{'a': \(number(inner)), ?'k': \(optional(inner))}"
    default: return macro("transformMap", depth)
    }
  }

  /// A macro, or `cel.bind` in the place of one; of the variables only new ones are used within.
  private mutating func macro(_ name: String, _ depth: Int) -> String {
    let range = chance(70) ? list(depth - 1) : map(depth - 1)
    let isPair = name.hasPrefix("transform")
    let names = isPair ? ["i", "v"] : [pick(["a", "b"])]
    variables += names
    defer { variables.removeLast(names.count) }
    let body =
      ["map", "transformList", "transformMap"].contains(name)
      ? any(depth - 1) : truth(depth - 1)
    if chance(10), !isPair { return "cel.bind(\(names[0]), \(any(depth - 1)), \(body))" }
    let filter = isPair || name == "map" && chance(30) ? "\(truth(depth - 1)), " : ""
    return "\(range).\(name)(\(names.joined(separator: ", ")), \(filter)\(body))"
  }

  /// JSON for an event whose fields have now this, now that type.
  mutating func event() -> String {
    let numbers = ["0", "1", "-3", "7", "2.0", "2.5", "1e2", "9223372036854775807", "0.1"]
    let others = ["null", "\"x\"", "true", "[]", "{}", "\"12\""]
    func value(_ usual: [String], _ writer: inout BroadExpression) -> String {
      writer.pick(writer.chance(85) ? usual : others)
    }
    let elements = (0..<number(below: 4)).map { _ in value(numbers, &self) }
    let fields = [
      "\"n\": \(value(numbers, &self))", "\"d\": \(value(["2.5", "-0.5", "3.0"], &self))",
      "\"big\": \(value(["4611686018427387904", "18446744073709551615"], &self))",
      "\"t\": \(value(["\"xé\"", "\"\"", "\"a,b\"", "\"7\""], &self))", "\"yes\": true",
      "\"none\": null", "\"l\": [1, 2.5, \"x\", [2], {\"z\": 1}]",
      "\"items\": [\(elements.joined(separator: ", "))]",
      "\"time\": \(value(["\"2026-03-02T09:00:00-03:00\""], &self))",
      "\"m\": {\"yes\": \(pick(["true", "false"])), \"t\": \"x\", \"k\": {\"z\": \(value(numbers, &self))}}",
    ]
    return "{\(fields.filter { _ in chance(92) }.joined(separator: ", "))}"
  }
}
