import CEL
import Testing

/// A table of expressions and what they come to.
///
/// `unknown(reason)` stands for a failure, `no CEL` for a text that is none.
typealias Outcomes = [(String, String)]

/// Whether an expression in strict CEL comes to what a table says.
func expect(
  _ text: String, _ wanted: String, with variables: [String: String] = [:],
  at location: SourceLocation = #_sourceLocation
) {
  let isCEL = Expression.parse(text).issues.isEmpty
  let found = isCEL ? evaluate(text, with: variables) : "no CEL"
  #expect(found == wanted, "\(text)", sourceLocation: location)
}
