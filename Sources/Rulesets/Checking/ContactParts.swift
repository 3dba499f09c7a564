internal import CEL
internal import Diagnostics

/// What expressions may read of a contact.
private let contactParts = [
  "uuid", "name", "language", "urns", "groups", "fields", "status", "exists",
]

extension ExpressionChecker {
  /// Parts of `contact` that do not exist, and `contact` as a whole.
  func contactDiagnostics(_ expression: Expression) -> [Diagnostic] {
    switch expression.kind {
    case .select(let operand, let field) where operand.isContact,
      .optionalSelect(let operand, let field) where operand.isContact,
      .presence(let operand, let field, _) where operand.isContact:
      return diagnostics(part: field, of: operand, in: expression)
    case .index(let operand, let key) where operand.isContact:
      guard case .literal(.string(let field)) = key.kind else { break }
      return diagnostics(part: field, of: operand, in: expression)
    default: break
    }
    if expression.isContact {
      return [.wholeContact(at: location(SourceRange(expression.range)))]
    }
    return expression.children.flatMap { contactDiagnostics($0) }
  }

  private func diagnostics(
    part: String, of contact: Expression, in whole: Expression
  ) -> [Diagnostic] {
    guard !contactParts.contains(part) else { return [] }
    let length = part.utf8.count
    let end = whole.range.upperBound
    let start = source.utf8[..<end].lastRange(of: Array(part.utf8)) ?? end - length
    let range = SourceRange(max(start, whole.range.lowerBound)..<min(end, start + length))
    return [.unknownContactPart(part, at: location(range))]
  }
}

extension Expression {
  fileprivate var isContact: Bool {
    guard case .reference(.variable("contact")) = kind else { return false }
    return true
  }
}

extension ArraySlice<UInt8> {
  /// The start of the last occurrence of some bytes.
  fileprivate func lastRange(of bytes: [UInt8]) -> Int? {
    var place = endIndex - bytes.count
    while place >= startIndex {
      if self[place...].starts(with: bytes) { return place }
      place -= 1
    }
    return nil
  }
}

extension Diagnostic {
  static func unknownContactPart(_ part: String, at location: SourceLocation) -> Self {
    let near = closestMatch(to: part, in: contactParts)
    let choices = contactParts.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownContactPart, "a contact has no `\(part)`", at: location,
      label: "not a part of `contact`",
      help: near.map { "did you mean `\($0)`?" }
        ?? "custom fields are `contact.fields.\(part)`; the parts are \(choices)",
      fix: near.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }

  static func wholeContact(at location: SourceLocation) -> Self {
    Diagnostic(
      .unknownContactPart, "`contact` as a whole is not a value", at: location,
      label: "name one of its parts", help: "write `contact.exists` to ask whether it is there")
  }
}
