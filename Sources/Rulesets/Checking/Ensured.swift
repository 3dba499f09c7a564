internal import Contacts
internal import Diagnostics

/// Brings the `ensure` of all files together.
struct EnsureChecker {
  private let profile: APIProfile
  private var places: [String: (type: FieldType, location: SourceLocation)] = [:]
  private var groupKeys: Set<String> = []
  private(set) var ensure = Ensure()
  private(set) var diagnostics: [Diagnostic] = []

  init(_ files: [FileSyntax], profile: APIProfile) {
    self.profile = profile
    for file in files {
      for field in file.ensuredFields { add(field, in: file) }
      for group in file.ensuredGroups { add(group, in: file) }
    }
  }

  /// The type of each field that is named.
  var fieldTypes: [String: FieldType] { places.mapValues(\.type) }

  private mutating func add(_ field: EnsuredFieldSyntax, in file: FileSyntax) {
    checkKey(field, in: file)
    let location = file.location(field.typeRange)
    if let first = places[field.key.text] {
      if first.type != field.type {
        diagnostics.append(
          .conflictingTypes(
            field.key.text, first.type, field.type, at: location, first: first.location))
      }
      return
    }
    places[field.key.text] = (field.type, location)
    ensure.fields.append(
      Ensure.Field(key: field.key.text, label: field.label.text, type: field.type))
  }

  private mutating func checkKey(_ field: EnsuredFieldSyntax, in file: FileSyntax) {
    var constants = ConstantChecker(source: file.source, profile: profile, fieldTypes: [:])
    constants.checkKey(field.key)
    if constants.diagnostics.isEmpty,
      let key = constants.checkLabel(field.label.text, at: field.label.range),
      key != field.key.text
    {
      constants.report(
        .keyOfLabel(
          field.label.text, key: key, at: file.location(field.key.range),
          label: file.location(field.label.range)))
    }
    diagnostics += constants.diagnostics
  }

  private mutating func add(_ group: TextSyntax, in file: FileSyntax) {
    let constants = ConstantChecker(source: file.source, profile: profile, fieldTypes: [:])
    switch constants.normalized(group.text, as: .group) {
    case .success(let name):
      if groupKeys.insert(name.lowercased()).inserted { ensure.groups.append(name) }
    case .failure(let refusal):
      diagnostics.append(
        .refusedConstant(
          .refusedGroup, "a group under `ensure`", refusal.sentence(in: profile),
          at: file.location(group.range)))
    }
  }
}

extension Diagnostic {
  static func keyOfLabel(
    _ label: String, key: String, at location: SourceLocation, label place: SourceLocation
  ) -> Self {
    Diagnostic(
      .keyOfLabel, "the server makes the key `\(key)` of the label `\(label)`", at: location,
      label: "not `\(key)`", notes: [Note("the label is here", at: place)],
      help: "write `\(key)` here and in the rules, or choose another label")
  }

  static func conflictingTypes(
    _ key: String, _ first: FieldType, _ second: FieldType, at location: SourceLocation,
    first place: SourceLocation
  ) -> Self {
    Diagnostic(
      .conflictingTypes, "the field `\(key)` has two types", at: location,
      label: "`\(second.rawValue)` here",
      notes: [Note("`\(first.rawValue)` here", at: place)], help: "a field has one type")
  }
}
