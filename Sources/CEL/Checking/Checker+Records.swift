internal import Diagnostics

extension Checker {
  /// The type of a record's field by name; a field that nobody lists is a mistake.
  ///
  /// `asText` says whether the name was written as a text in brackets.
  mutating func fieldType(
    _ name: String, of record: RecordType, in operand: Expression, at range: Range<Int>,
    asText: Bool
  ) -> Type {
    if let field = record.field(name) { return field.type }
    guard record.extent == .closed else { return .dynamic }
    report(
      .unknownField(
        name, at: range, owner: operand.ownerName, known: record.fields.map(\.name),
        asText: asText))
    return .unknown
  }

  /// The type of `record[index]`.
  mutating func itemType(
    of record: RecordType, at index: Expression, in operand: Expression
  ) -> Type {
    if case .literal(.string(let name)) = index.kind {
      return fieldType(name, of: record, in: operand, at: index.range, asText: true)
    }
    let given = type(of: index)
    guard given.isOpen || given.unwrapped == .string else {
      report(.recordKey(given, at: index.range))
      return .unknown
    }
    return record.commonType
  }

  /// `"field" in record`.
  mutating func checkMembership(
    _ item: Expression, _ itemType: Type, in record: RecordType, _ container: Expression
  ) {
    if case .literal(.string(let name)) = item.kind {
      _ = fieldType(name, of: record, in: container, at: item.range, asText: true)
    } else if !canBeEqual(itemType, .string) {
      report(.recordKey(itemType, at: item.range))
    }
  }

  /// Whether two maps of known fields may be the same.
  func canBeEqual(_ first: RecordType, _ second: RecordType) -> Bool {
    haveRoom(first, for: second) && haveRoom(second, for: first)
      && first.fields.allSatisfy { field in
        guard let other = second.field(field.name),
          field.presence == .always || other.presence == .always
        else { return true }
        return canBeEqual(field.type, other.type)
      }
  }

  /// Whether each field that one always has may be in the other.
  private func haveRoom(_ record: RecordType, for other: RecordType) -> Bool {
    record.extent == .open
      || other.fields.allSatisfy { $0.presence == .sometimes || record.field($0.name) != nil }
  }

  /// Whether a map of known fields may be one of these types.
  func canBeEqual(_ record: RecordType, key: Type, value: Type) -> Bool {
    let always = record.fields.filter { $0.presence == .always }
    return always.isEmpty
      || canBeEqual(key, .string) && always.allSatisfy { canBeEqual($0.type, value) }
  }
}

extension Expression {
  /// What a message calls the map whose field is read.
  fileprivate var ownerName: String? {
    if case .reference(.local(let name)) = kind { return name }
    switch kind {
    case .select(let operand, let field), .optionalSelect(let operand, let field):
      return operand.ownerName.map { "\($0).\(field)" }
    default: return path?.joined(separator: ".")
    }
  }
}

extension Issue {
  fileprivate static func unknownField(
    _ name: String, at range: Range<Int>, owner: String?, known: [String], asText: Bool
  ) -> Issue {
    let near = closestMatch(to: name, in: known.sorted())
    let choices = known.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return Issue(
      .unknownField, "unknown field `\(name)`", at: range,
      label: owner.map { "not a field of `\($0)`" } ?? "not a field of this map",
      help: near.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty || known.count > 8 ? nil : "fields are \(choices)"),
      replacement: near.map {
        asText ? Literal.quoted($0) : Lexer.isName($0) ? $0 : "`\($0)`"
      })
  }

  fileprivate static func recordKey(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "the keys of this map are a text each", at: range, label: type.noun)
  }
}
