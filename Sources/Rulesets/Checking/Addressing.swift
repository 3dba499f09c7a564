internal import Contacts
internal import Diagnostics

/// Contacts named by more than one kind of address: without a snapshot nobody knows which are one.
func mixedAddressing(_ files: [FileSyntax]) -> [Diagnostic] {
  var first: (kind: String, location: SourceLocation)?
  for file in files {
    let ofRules = file.rules.indices.lazy.compactMap { file.rules[$0].contact }
    let contacts = (file.contact.map { [$0] } ?? []) + ofRules
    for identifier in contacts.flatMap(\.identifiers) {
      guard let (kind, range) = identifier.kind else { continue }
      guard let known = first else {
        first = (kind, file.location(range))
        continue
      }
      guard known.kind != kind else { continue }
      return [
        .mixedAddressing(
          known.kind, kind, at: file.location(range), first: known.location)
      ]
    }
  }
  return []
}

extension ContactSyntax.Identifier {
  /// The scheme or `uuid`, where it is known before the first hole.
  fileprivate var kind: (String, SourceRange)? {
    switch self {
    case .uuid(let template): return ("uuid", template.range)
    case .urn(let template):
      guard let colon = template.prefix.firstIndex(of: ":") else { return nil }
      return (String(template.prefix[..<colon]).lowercased(), template.range)
    }
  }
}

/// Groups named both by name and by uuid: only an inventory knows which are the same.
func mixedGroupNames(_ files: [FileSyntax], profile: APIProfile) -> [Diagnostic] {
  var names: SourceLocation?
  var uuids: SourceLocation?
  var problem: Diagnostic?
  for file in files {
    let constants = ConstantChecker(source: file.source, profile: profile, fieldTypes: [:])
    let note = { (group: TemplateSyntax) in
      guard problem == nil, let text = group.constant else { return }
      if case .success = constants.normalized(text, as: .uuid) {
        uuids = uuids ?? file.location(group.range)
      } else {
        names = names ?? file.location(group.range)
      }
      if let names, let uuids {
        problem = .groupsByNameAndUUID(at: file.location(group.range), names, uuids)
      }
    }
    for rule in file.rules.indices { file.rules[rule].forEachWrite { $0.forEachGroup(note) } }
  }
  return problem.map { [$0] } ?? []
}

extension ActionSyntax.Kind {
  /// Every group that it names.
  fileprivate func forEachGroup(_ body: (TemplateSyntax) -> Void) {
    switch self {
    case .addToGroup(let group), .removeFromGroup(let group), .deleteGroup(let group): body(group)
    case .setGroups(let groups): for group in groups { body(group) }
    case .renameGroup(let from, _): body(from)
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField, .addURN,
      .removeURN, .setURNs, .createContact, .deleteContact, .blockContact, .unblockContact,
      .interruptContact, .archiveMessages, .createField, .createGroup, .note:
      break
    }
  }
}

extension Diagnostic {
  static func mixedAddressing(
    _ first: String, _ second: String, at location: SourceLocation, first place: SourceLocation
  ) -> Self {
    Diagnostic(
      .mixedAddressing, "this ruleset names contacts by `\(first)` and by `\(second)`",
      at: location, label: "by `\(second)` here",
      notes: [Note("by `\(first)` here", at: place)],
      help: "without a snapshot of the contacts, one person with both counts as two")
  }

  static func groupsByNameAndUUID(
    at location: SourceLocation, _ name: SourceLocation, _ uuid: SourceLocation
  ) -> Self {
    let other = location == name ? uuid : name
    return Diagnostic(
      .groupsByNameAndUUID, "groups are named both by name and by uuid", at: location,
      label: location == name ? "by name here" : "by uuid here",
      notes: [Note(location == name ? "by uuid here" : "by name here", at: other)],
      help: "only an inventory knows which are the same: name all of them one way")
  }
}
