import Contacts

/// One action of one event.
struct ModelMutation: CustomStringConvertible {
  var kind: MutationKind
  /// `scheme:path`, or a uuid.
  var key: String
  var missing: MissingPolicy
  /// A field key, group or URN; for changes of the workspace what they are about.
  var target = ""
  /// A value; of a rename the new name.
  var value = ""
  /// What replaces a list.
  var list: [String] = []
  var rule = 0

  var isUUID: Bool { !key.contains(":") }

  /// Whether a contact that is not there is made for it.
  var makes: Bool {
    guard !isUUID, kind.createsContact else { return false }
    return missing == .create || kind == .createContact
  }

  var description: String {
    "\(key) \(missing.word): \(kind) \(target) \(value) \(list.isEmpty ? "" : "\(list)")"
  }
}

/// What one event asks for, in firing order.
struct ModelEvent {
  var mutations: [ModelMutation]
}

/// Applies actions one at a time, as the specification says what one action means.
struct ModelReference {
  var workspace: ModelWorkspace
  /// The uuids of the contacts the event has found so far, by the key it names them by.
  private var found: [String: String] = [:]

  init(_ workspace: ModelWorkspace) { self.workspace = workspace }

  mutating func apply(_ event: ModelEvent) {
    found = [:]
    for mutation in event.mutations { _ = resolve(mutation, makes: false) }
    let deleted = Set(event.mutations.filter { $0.kind == .deleteContact }.map(\.key))
    for mutation in event.mutations {
      // A deletion cancels what else the event does to its contact, in whatever order.
      if deleted.contains(mutation.key), mutation.kind != .deleteContact { continue }
      apply(mutation)
    }
  }

  private mutating func resolve(_ mutation: ModelMutation, makes: Bool) -> ModelContact? {
    if let uuid = found[mutation.key], let place = workspace.place(ofUUID: uuid) {
      let contact = workspace.contacts[place]
      return contact.isDeleted ? nil : contact
    }
    var contact: ModelContact?
    if mutation.isUUID {
      contact = workspace.place(ofUUID: mutation.key).map { workspace.contacts[$0] }
      if contact?.isDeleted == true { contact = nil }
    } else if makes {
      contact = workspace.send(.urn(mutation.key), ModelBody())
    } else {
      contact = workspace.find(urn: mutation.key)
    }
    found[mutation.key] = contact?.uuid
    return contact
  }

  private mutating func apply(_ mutation: ModelMutation) {
    switch mutation.kind {
    case .setName: post(mutation, ModelBody(name: .some(mutation.value)))
    case .clearName: post(mutation, ModelBody(name: .some(nil)))
    case .setLanguage: post(mutation, ModelBody(language: .some(mutation.value)))
    case .clearLanguage: post(mutation, ModelBody(language: .some(nil)))
    case .setField: post(mutation, ModelBody(fields: [(mutation.target, mutation.value)]))
    case .clearField: post(mutation, ModelBody(fields: [(mutation.target, nil)]))
    case .replaceGroups: post(mutation, ModelBody(groups: mutation.list))
    case .addToGroup: act("add", mutation)
    case .removeFromGroup: act("remove", mutation)
    case .blockContact: act("block", mutation)
    case .unblockContact: act("unblock", mutation)
    case .interruptContact: act("interrupt", mutation)
    case .archiveMessages: act("archive_messages", mutation)
    case .createContact: _ = resolve(mutation, makes: mutation.makes)
    case .deleteContact:
      if let contact = resolve(mutation, makes: false) { try? workspace.delete(uuid: contact.uuid) }
    case .addURN: edit(mutation) { $0.contains(mutation.target) ? $0 : $0 + [mutation.target] }
    case .preferURN: edit(mutation) { [mutation.target] + $0.filter { $0 != mutation.target } }
    case .removeURN: edit(mutation) { $0.filter { $0 != mutation.target } }
    case .replaceURNs: edit(mutation) { _ in mutation.list }
    case .createGroup: workspace.createGroup(mutation.target)
    case .createField: workspace.createField(label: mutation.target)
    case .renameGroup: workspace.renameGroup(mutation.target, to: mutation.value)
    case .deleteGroup: workspace.deleteGroup(mutation.target)
    case .note: break
    }
  }

  private mutating func post(_ mutation: ModelMutation, _ body: ModelBody) {
    if let contact = resolve(mutation, makes: false) {
      _ = workspace.send(.uuid(contact.uuid), body)
    } else if mutation.makes {
      found[mutation.key] = workspace.send(.urn(mutation.key), body)?.uuid
    }
  }

  private mutating func act(_ action: String, _ mutation: ModelMutation) {
    guard let contact = resolve(mutation, makes: mutation.makes) else { return }
    let group = mutation.target.isEmpty ? nil : mutation.target
    try? workspace.act(action, [contact.uuid], group: group)
  }

  private mutating func edit(_ mutation: ModelMutation, _ change: ([String]) -> [String]) {
    guard let contact = resolve(mutation, makes: mutation.makes) else { return }
    let urns = change(contact.urns)
    guard urns != contact.urns else { return }
    _ = workspace.send(.uuid(contact.uuid), ModelBody(urns: urns))
  }
}
