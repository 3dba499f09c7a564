import CEL

/// Splits a text at its marks: `a «b» c` is `a b c` with the range of `b`.
func marked(_ text: String) -> (text: String, range: Range<Int>) {
  let parts = text.split(omittingEmptySubsequences: false) { "«»".contains($0) }
  precondition(parts.count == 3, "one pair of marks")
  let start = parts[0].utf8.count
  return (parts.joined(), start..<start + parts[1].utf8.count)
}

/// An outcome as the tests write it: a value as source text, or `unknown(reason)`.
func outcome(_ outcome: Bindings.Outcome?) -> String {
  switch outcome {
  case .value(let literal): "\(literal)"
  case .unknown(let reason, _): "unknown(\(reason))"
  case nil: "no expression"
  }
}

/// Evaluates source text in a profile, with variables given as source text.
func evaluate(
  _ text: String, _ profile: Environment.Profile = .standard, with variables: [String: String] = [:]
) -> String {
  let values = variables.mapValues { source -> Literal in
    if case .value(let value) = Bindings().evaluate(source, in: Environment()).outcome {
      return value
    }
    preconditionFailure("a variable has a value: \(source)")
  }
  return outcome(Bindings(values).evaluate(text, in: Environment(profile: profile)).outcome)
}
