internal import Contacts
internal import Diagnostics
internal import Knowledge

/// Brings the `ensure` of all files together.
struct EnsureChecker {
  private let profile: APIProfile
  /// What there is in the workspace, where it is known.
  private let inventory: Inventory?
  private var places: [String: (type: FieldType, location: SourceLocation)] = [:]
  private var groupKeys: Set<String> = []
  private(set) var ensure = Ensure()
  private(set) var diagnostics: [Diagnostic] = []

  init(_ files: [FileSyntax], profile: APIProfile, inventory: Inventory?) {
    self.profile = profile
    self.inventory = inventory
    for file in files {
      for field in file.ensuredFields { add(field, in: file) }
      for group in file.ensuredGroups { add(group, in: file) }
    }
  }

  /// The type of each field that is named, and of each that is known to exist.
  var fieldTypes: [String: FieldType] {
    var types = inventory?.fieldTypes ?? [:]
    for (key, place) in places { types[key] = place.type }
    return types
  }

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
    if let type = inventory?.fieldTypes[field.key.text], type != field.type {
      diagnostics.append(.otherType(field.key.text, field.type, known: type, at: location))
    }
    ensure.fields.append(
      Ensure.Field(
        key: field.key.text, label: field.label.text, type: field.type,
        place: file.place(field.key.range)))
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

  private mutating func check(
    _ group: String, at location: SourceLocation, _ inventory: Inventory
  ) {
    if inventory.isSmart(group) {
      diagnostics.append(.smartGroup(group, at: location))
    } else if group.isUUID, !inventory.hasGroup(group) {
      diagnostics.append(.noGroupOfUUID(at: location))
    }
  }

  private mutating func add(_ group: TextSyntax, in file: FileSyntax) {
    let constants = ConstantChecker(source: file.source, profile: profile, fieldTypes: [:])
    switch constants.normalized(group.text, as: .group) {
    case .success(let name):
      if groupKeys.insert(name.lowercased()).inserted {
        ensure.groups.append(Ensure.Group(name, place: file.place(group.range)))
        if let inventory { check(name, at: file.location(group.range), inventory) }
      }
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

  static func otherType(
    _ key: String, _ type: FieldType, known: FieldType, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      .otherType, "the field `\(key)` exists with another type", at: location,
      label: "`\(type.rawValue)` here, `\(known.rawValue)` in the workspace",
      help: "write `\(known.rawValue)`, or name another field")
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
