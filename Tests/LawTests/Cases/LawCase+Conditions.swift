import Contacts

/// The conditions under which the law is claimed, and those of a case that makes sense.
extension LawCase {
  /// Whether the law holds for it, if Regra is right.
  var isLawful: Bool {
    hasRules && identifiersAreContacts && numbersHaveOneSpelling && numbersHaveOneContact
      && placesComeTogether
      && events.allSatisfy { event in !asksWhetherContactWasThere(event) }
  }

  private var hasRules: Bool {
    !files.isEmpty
      && files.allSatisfy { file in
        !file.rules.isEmpty && file.rules.allSatisfy { !$0.actions.isEmpty }
      }
  }

  /// Two identifiers of events are two contacts, unless what is known tells otherwise.
  private var identifiersAreContacts: Bool {
    if knowledge.knowsIdentities { return true }
    let keys = Set(events.map(\.key))
    return contacts.allSatisfy { contact in
      keys.count { key in
        key == contact.uuid || contact.urns.contains { spelling(of: $0) == spelling(of: key) }
      } <= 1
    }
  }

  /// Of a number that `weni` finds by two spellings, rules write one, and events use that one too
  /// unless it is known that the workspace has the number.
  private var numbersHaveOneSpelling: Bool {
    var spellings: [String: String] = [:]
    let known =
      knowledge.knowsIdentities ? Set(contacts.flatMap(\.urns).map { spelling(of: $0) }) : []
    let keys = events.map(\.key).filter { !known.contains(spelling(of: $0)) }
    return writtenURNs.union(keys).allSatisfy { urn in
      let known = spellings[spelling(of: urn)]
      spellings[spelling(of: urn)] = urn
      return known == nil || known == urn
    }
  }

  /// No URN is given to a contact while another has its other spelling: `weni` would then find the
  /// other one as soon as the first is gone.
  private var numbersHaveOneContact: Bool {
    let known = Set(contacts.flatMap(\.urns))
    return events.allSatisfy { event in
      takenURNs(by: event).allSatisfy { urn in
        known.contains(urn) || spelling(of: urn) == spelling(of: event.key)
          || !known.contains { spelling(of: $0) == spelling(of: urn) }
      }
    }
  }

  /// The URNs that an event gives to its contact.
  private func takenURNs(by event: Event) -> [String] {
    actions(for: event).flatMap { action, _ in
      if case .removeURN = action { return [String]() }
      return action.urns.map { $0.text(in: event) }
    }
  }

  private var writtenURNs: Set<String> {
    var urns: Set<String> = []
    for action in files.flatMap(\.rules).flatMap(\.actions) {
      for value in action.urns {
        switch value {
        case .text(let urn): urns.insert(urn)
        case .event(let key): urns.formUnion(events.compactMap { $0.values[key] })
        }
      }
    }
    return urns
  }

  /// What all spellings of an address have in common.
  func spelling(of urn: String) -> String {
    let prefix = "whatsapp:55"
    guard dialect == .weni, urn.hasPrefix(prefix) else { return urn }
    let path = Array(urn.dropFirst("whatsapp:".count))
    return path.count == 13 && path[4] == "9"
      ? "whatsapp:" + String(path[..<4] + path[5...]) : urn
  }

  /// A district is read inside the state that the contact has by then.
  private var placesComeTogether: Bool {
    let places = Set(fields.filter { $0.type == .state || $0.type == .district }.map(\.key))
    guard !places.isEmpty else { return true }
    return files.allSatisfy { file in
      file.rules.flatMap(\.actions).allSatisfy { action in
        let written = Set(action.fieldKeys).intersection(places)
        return written.isEmpty || (written == places && file.ensuresTypes)
      }
    }
  }

  /// Whether an event takes away the URN that names its contact and then asks for one who is made
  /// if need be: whom that means depends on whether the contact was there, which no call can say.
  private func asksWhetherContactWasThere(_ event: Event) -> Bool {
    var isLost = false
    guard event.key.contains(":") else { return false }
    for (action, contact) in actions(for: event) where contact.finds(event.key) {
      if isLost, action.makesContact(under: contact.missing) { return true }
      switch action {
      case .removeURN(let urn):
        isLost = isLost || spelling(of: urn.text(in: event)) == spelling(of: event.key)
      case .setURNs(let urns):
        isLost =
          isLost
          || (contact.missing != .create && !urns.contains { $0.text(in: event) == event.key })
      default: break
      }
    }
    return false
  }

  /// What an event asks for, in firing order.
  func actions(for event: Event) -> [(action: Action, contact: Addressing)] {
    files.flatMap { file in
      file.rules.filter { $0.type == event.type && event.n >= $0.floor ?? 0 }.flatMap { rule in
        rule.actions.map { ($0, rule.contact ?? file.contact) }
      }
    }
  }
}

extension LawCase.Action {
  var urns: [LawCase.Value] {
    switch self {
    case .addURN(let urn), .preferURN(let urn), .removeURN(let urn): [urn]
    case .setURNs(let urns), .createContact(let urns): urns
    default: []
    }
  }

  var fieldKeys: [String] {
    switch self {
    case .setFields(let fields): fields.map(\.key)
    case .clearFields(let keys): keys
    default: []
    }
  }

  func makesContact(under policy: MissingPolicy) -> Bool {
    switch self {
    case .createContact: true
    case .setName, .clearName, .setLanguage, .clearLanguage, .setFields, .clearFields,
      .addToGroup, .setGroups, .addURN, .preferURN, .setURNs:
      policy == .create
    case .removeFromGroup, .removeURN, .deleteContact, .block, .unblock, .interrupt, .archive,
      .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      false
    }
  }
}
