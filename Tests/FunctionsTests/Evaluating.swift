import CEL
import Functions
import Testing

/// The value of an expression as text, with its type; `unknown` for any unknown.
func evaluated(_ text: String) throws -> String {
  try withValue(of: text) { value, scratch in
    scratch.literal(of: value).map { "\($0)" } ?? "unknown"
  }
}

/// Why an expression is unknown; absent if it is not.
func reason(of text: String) throws -> Value.Reason? {
  try withValue(of: text) { value, _ in value.isUnknown ? Value.Reason(rawValue: value.reason) : nil
  }
}

/// Parses, checks, compiles and evaluates an expression, which must be free of mistakes.
private func withValue<Result>(
  of text: String, _ body: (Value, borrowing Scratch) -> Result
) throws -> Result {
  var environment = Environment(profile: .regra)
  environment.add(RegraFunctions.all)
  environment.declare("event", as: .dynamic)
  let parsed = Expression.parse(text)
  let expression = try #require(parsed.expression)
  let checked = expression.check(in: environment)
  let mistakes = (parsed.issues + checked.issues).filter { !$0.kind.isWarning }
  #expect(mistakes.map(\.message) == [])
  var layout = SlotLayout()
  var program = Program()
  let entry = program.add(checked.expression, in: environment, layout: &layout)
  var slots = [Value](repeating: .missing, count: max(1, layout.paths.count))
  var scratch = Scratch()
  return try slots.withUnsafeMutableBufferPointer { slots in
    let start = try #require(slots.baseAddress)
    return body(program.evaluate(entry, slots: start, scratch: &scratch), scratch)
  }
}
