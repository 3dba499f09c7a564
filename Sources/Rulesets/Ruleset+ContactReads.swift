internal import CEL

/// What a rule's conditions want to know of the contact.
package struct ContactRead: Sendable, Hashable {
  /// As written in an expression, such as `contact.fields.plan`.
  package var path: String
  package var line: Int
}

extension Ruleset {
  /// The first part of the contact that each rule's conditions read, by rule id.
  package var contactReads: [String: ContactRead] {
    var reads: [String: ContactRead] = [:]
    for rule in rules where rule.readsContact {
      let lets = files[rule.file].lets.filter(\.readsContact)
      reads[rule.id] = rule.predicates.lazy.compactMap { $0.contactRead(lets) }.first
    }
    return reads
  }
}

extension Predicate {
  fileprivate func contactRead(_ lets: [Let]) -> ContactRead? {
    switch kind {
    case .expression(let expression):
      expression.contactPath(lets).map { ContactRead(path: $0, line: line) }
    case .all(let parts), .any(let parts), .none(let parts):
      parts.lazy.compactMap { $0.contactRead(lets) }.first
    }
  }
}

extension Expression {
  /// The first path below `contact` in the tree, also behind a `let`.
  fileprivate func contactPath(_ lets: [Let]) -> String? {
    if let path = pathOfContact { return path }
    if case .reference(.computed(let name)) = kind {
      return lets.first { $0.name == name }?.expression.contactPath(lets)
    }
    return children.lazy.compactMap { $0.contactPath(lets) }.first
  }

  /// The node as a path, if it is one that begins with `contact`.
  private var pathOfContact: String? {
    switch kind {
    case .reference(.variable("contact")): "contact"
    case .select(let operand, let field), .optionalSelect(let operand, let field),
      .presence(let operand, let field, _):
      operand.pathOfContact.map { "\($0).\(field)" }
    default: nil
    }
  }
}
