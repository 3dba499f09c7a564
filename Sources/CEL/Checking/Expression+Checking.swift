extension Expression {
  /// Resolves every name, deduces types, and finds what cannot work.
  ///
  /// - Returns: the resolved tree, usable also with issues (the parts that are wrong fail when
  ///   evaluated), and what is wrong.
  public func check(in environment: Environment) -> (expression: Expression, issues: [Issue]) {
    var checker = Checker(environment)
    let unresolved = checker.check(self)
    let checked = checker.withResolvedTypes(unresolved)
    guard environment.profile == .regra, !checker.isFull else { return (checked, checker.issues) }
    return (
      checked, checker.issues + checked.constantConditions(in: environment, beside: checker.issues)
    )
  }
}
