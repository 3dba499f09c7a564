internal import CEL

extension Expression {
  /// Calls `body` for this node and all below, outermost first.
  func walk(_ body: (Expression) -> Void) {
    body(self)
    for child in children { child.walk(body) }
  }

  /// The tree with every node replaced by what `transform` makes of it, innermost first.
  func rewritten(_ transform: (Expression) -> Expression) -> Expression {
    transform(mapChildren { $0.rewritten(transform) })
  }
}
