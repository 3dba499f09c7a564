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

  /// The tree in which `date(x)` reads dates without a zone as those of a zone.
  func withZone(_ zone: String) -> Expression {
    rewritten { node in
      guard case .call("date", nil, let arguments) = node.kind, arguments.count == 1 else {
        return node
      }
      var copy = node
      let name = Expression(.literal(.string(zone)), node.range)
      copy.kind = .call("date", target: nil, arguments: arguments + [name])
      return copy
    }
  }
}
