import CEL

extension ConformanceCase {
  /// Why the case fails; absent if it passes.
  func failure() -> String? {
    guard let environment = environment() else { return "its declarations cannot be read" }
    let parsed = Expression.parse(text, macros: macros)
    guard let tree = parsed.expression, parsed.issues.isEmpty else {
      return misfit(of: parsed.issues, in: "parsing")
    }
    let again = Expression.parse(tree.description, macros: macros)
    if tree.description != again.expression?.description { return "printed as \(tree)" }
    let checked = tree.check(in: environment)
    if isChecked, let failure = misfit(of: checked.issues, in: "checking") { return failure }
    if case .typed(_, let type) = expectation, checked.expression.type.description != type {
      return "type \(checked.expression.type)"
    }
    // What the checker finds must fail when it is evaluated all the same.
    if isOnlyChecked { return nil }
    return failure(of: Bindings(bindings).evaluate(checked.expression, in: environment))
  }

  /// What is wrong with these issues, for a case that expects those of one kind or none.
  private func misfit(of issues: [Issue], in stage: String) -> String? {
    let misfits: [Issue] =
      if case .error(let hint) = expectation {
        issues.filter { !ErrorHint(hint, of: self).fits($0) }
      } else {
        issues
      }
    return misfits.isEmpty ? nil : "\(stage): \(misfits.map(\.message))"
  }

  private func failure(of outcome: Bindings.Outcome) -> String? {
    switch (expectation, outcome) {
    case (.error(let hint), .unknown(let reason, _)):
      return ErrorHint(hint, of: self).fits(reason) ? nil : "\(reason) instead of `\(hint)`"
    case (.error, .value(let value)): return "value \(value) instead of an error"
    case (.unknown, .unknown(let reason, _)):
      return reason == .unbound || reason == .missing ? nil : "unknown: \(reason)"
    case (.unknown, .value(let value)): return "value \(value) of an unknown variable"
    case (.value(let wanted), .value(let value)), (.typed(.some(let wanted), _), .value(let value)):
      return wanted.isSame(as: value) ? nil : "\(value) instead of \(wanted)"
    case (_, .unknown(let reason, let site)): return "unknown: \(reason) at \(site.range)"
    case (.typed(nil, _), .value): return nil
    }
  }
}

extension ConformanceCase {
  /// How Regra's profile changes what the case comes to; absent if it keeps its value.
  func changeInProfile() -> String? {
    guard !isOnlyChecked, let strict = outcome(in: .standard), case .value(let wanted) = strict
    else { return nil }
    guard case .value(let value)? = outcome(in: .regra), wanted.isSame(as: value) else {
      return "in Regra's profile \(CELTests.outcome(outcome(in: .regra))) instead of \(wanted)"
    }
    return nil
  }

  private func outcome(in profile: CEL.Environment.Profile) -> Bindings.Outcome? {
    guard let environment = environment(profile),
      let tree = Expression.parse(text, macros: macros).expression
    else { return nil }
    return Bindings(bindings).evaluate(tree.check(in: environment).expression, in: environment)
  }
}
