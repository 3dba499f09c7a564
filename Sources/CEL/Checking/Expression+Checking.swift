extension Expression {
  /// Resolves every name, deduces types, and finds what cannot work.
  ///
  /// - Returns: the resolved tree, usable also with issues (the parts that are wrong fail when
  ///   evaluated), and what is wrong.
  public func check(in environment: Environment) -> (expression: Expression, issues: [Issue]) {
    var checker = Checker(environment)
    let checked = checker.check(self)
    return (checker.withResolvedTypes(checked), checker.issues)
  }
}
