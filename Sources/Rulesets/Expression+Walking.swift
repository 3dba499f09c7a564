internal import CEL

extension Expression {
  /// Calls `body` for this node and all below, outermost first.
  func walk(_ body: (Expression) -> Void) {
    body(self)
    forEachChild { $0.walk(body) }
  }

  /// The tree with every node replaced by what `transform` makes of it, innermost first.
  func rewritten(_ transform: (Expression) -> Expression) -> Expression {
    transform(mapChildren { $0.rewritten(transform) })
  }

  /// The same tree further back in the file.
  func moved(by distance: Int) -> Expression {
    mapRanges { $0.lowerBound + distance..<$0.upperBound + distance }
  }

  /// Whether `date` is called in it.
  var hasDate: Bool {
    contains { node in
      guard case .call("date", nil, _) = node.kind else { return false }
      return true
    }
  }

  /// Whether it depends on what is known of the contact, itself or through names that do.
  func readsContact(through readers: Set<String>) -> Bool {
    contains { node in
      switch node.kind {
      case .reference(.variable("contact")): true
      case .reference(.computed(let name)): readers.contains(name)
      default: false
      }
    }
  }

  /// The tree in which `date(x)` reads dates without a zone as those of a zone.
  func withZone(_ zone: String) -> Expression {
    guard hasDate else { return self }
    return rewritten { node in
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
