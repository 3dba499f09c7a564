import CEL

extension CEL.Expression {
  /// The same tree with other names for what `let` defines.
  func renamingComputed(_ rename: (String) -> String) -> CEL.Expression {
    guard case .reference(.computed(let name)) = kind else {
      return mapChildren { $0.renamingComputed(rename) }
    }
    var copy = self
    copy.kind = .reference(.computed(rename(name)))
    return copy
  }
}
