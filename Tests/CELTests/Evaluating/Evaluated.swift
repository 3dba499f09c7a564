import CEL

/// An evaluation with what it took.
struct Evaluated {
  /// As ``outcome(_:)`` writes it, cut short.
  var outcome: String
  /// The memory for the values that it made, in bytes.
  var byteCount: Int

  /// Evaluates source text over variables, within the usual budget.
  init(_ source: String, _ values: [String: Literal] = [:], costLimit: Int = 1_000_000) {
    var environment = Environment(profile: .regra)
    for name in values.keys { environment.declare(name, as: .dynamic) }
    guard let tree = Expression.parse(source).expression else {
      preconditionFailure("an expression: \(source.prefix(200))")
    }
    var program = Program()
    var layout = SlotLayout()
    let entry = program.add(
      tree.check(in: environment).expression, in: environment, layout: &layout)
    var scratch = Scratch(costLimit: costLimit)
    var slots = layout.paths.map { path in
      values[path[0]].map { scratch.makeValue($0) } ?? .missing
    }
    slots.append(.missing)
    let before = scratch.heldByteCount
    let value = slots.withUnsafeMutableBufferPointer { slots in
      slots.baseAddress.map { program.evaluate(entry, slots: $0, scratch: &scratch) } ?? .missing
    }
    byteCount = scratch.heldByteCount - before
    if let literal = scratch.literal(of: value) {
      outcome = String("\(literal)".prefix(200))
    } else if value.isUnknown {
      outcome = "unknown(\(Value.Reason(rawValue: value.reason) ?? .missing))"
    } else {
      outcome = "too many parts"
    }
  }

  /// The smallest budget with which an expression has a value.
  static func cost(of source: String, _ values: [String: Literal] = [:]) -> Int {
    var (least, most) = (0, 1 << 24)
    while least < most {
      let middle = (least + most) / 2
      if Evaluated(source, values, costLimit: middle).outcome == "unknown(cost)" {
        least = middle + 1
      } else {
        most = middle
      }
    }
    return least
  }
}
