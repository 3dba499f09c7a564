private import Contacts

extension Workspace {
  /// Makes a contact; it never takes a URN from another one.
  ///
  /// - Returns: a row of the contacts.
  mutating func create(_ input: ContactInput, at now: Timestamp) throws(Rejection) -> Int {
    let addresses = try freeAddresses(input.addresses ?? [])
    for (row, text) in input.fields ?? [] where !text.isEmpty {
      guard isKnown(since: fields[row].createdOn, at: now) else {
        let key = String(decoding: fields[row].key, as: UTF8.self)
        throw profile.rejection(ofUnknown: "contact field '\(key)'")
      }
    }
    for row in input.groups ?? [] where !isKnown(since: groups[row].createdOn, at: now) {
      let uuid = String(decoding: groups[row].uuid.text, as: UTF8.self)
      throw profile.rejection(ofUnknown: "contact group '\(uuid)'")
    }
    var contact = Contact(
      uuid: ServerUUID(from: &generator), createdOn: now, modifiedOn: now)
    contact.name = input.name.value ?? []
    if let language = input.language.value { contact.language = profile.stored(language) }
    let row = contacts.append(contact)
    contacts[row].addresses = addresses.map { self.addresses.give($0, to: row).row }
    for (field, text) in input.fields ?? [] where !text.isEmpty {
      set(field, of: row, to: text, at: now)
    }
    for group in input.groups ?? [] { join(group, row) }
    return row
  }

  /// The service brings URNs into their form once more; that changes odd phone numbers.
  private func normalizedAgain(_ addresses: [Address]) -> [Address] {
    addresses.map { $0.normalized(country: settings.country) ?? $0 }
  }

  /// What the service behind the API says to the URNs of a new contact.
  private func freeAddresses(_ wanted: [Address]) throws(Rejection) -> [Address] {
    for (index, address) in wanted.enumerated()
    where !address.scheme.isKept(address.path, by: profile) {
      throw profile.rejection(of: .invalid(index: index, text: address.text))
    }
    for (index, address) in wanted.enumerated() where isTaken(address) {
      throw profile.rejection(of: .taken(index: index))
    }
    var free: [Address] = []
    for (index, address) in normalizedAgain(wanted).enumerated() {
      let identity = address.identity
      let isTwice = free.contains { $0.identity == identity }
      if isTwice, profile.foldsRepeatedAddresses { continue }
      if isTwice || address != wanted[index] && isTaken(address) {
        throw profile.rejection(of: .taken(index: index))
      }
      if WideText.length(identity) > profile.api.urnLimit {
        throw profile.rejection(
          of: .database("value too long for type character varying(\(profile.api.urnLimit))"))
      }
      if !address.hasPlainPath {
        throw profile.rejection(
          of: .database(
            #"new row for relation "contacts_contacturn" violates check constraint "#
              + #""identity_matches_scheme_and_path""#))
      }
      free.append(address)
    }
    return free
  }

  /// Whether somebody has the URN, or a Brazilian number's other spelling of 12 or 13 digits.
  private func isTaken(_ address: Address) -> Bool {
    if addresses.owner(of: address.identity) != nil { return true }
    guard settings.verifiesNinthDigit, [12, 13].contains(address.path.count) else { return false }
    return owner(ofOtherSpelling: address) != nil
  }

  /// Changes a contact in the order of the service: name, language, URNs, fields, groups.
  mutating func update(
    _ row: Int, with input: ContactInput, in call: Call
  ) throws(Rejection) {
    try checkAssets(of: input, for: row, at: call.now)
    try checkColumns(of: input)
    var hasChanged = false
    if let name = input.name.setting(empty: []), name != contacts[row].name {
      contacts[row].name = name
      hasChanged = true
    }
    if let language = input.language.setting(empty: LanguageTag()),
      language != contacts[row].language
    {
      contacts[row].language = language
      hasChanged = true
    }
    if let wanted = input.addresses {
      let list = normalizedAgain(wanted)
      hasChanged = replaceAddresses(of: row, by: list, at: call.now) || hasChanged
      hasChanged = settings.touchesUnchanged || hasChanged
    }
    for (field, text) in input.fields ?? [] {
      hasChanged = settings.touchesUnchanged || hasChanged
      hasChanged = set(field, of: row, to: text, at: call.now) || hasChanged
    }
    if let wanted = input.groups {
      let known = wanted.filter { isKnown(since: groups[$0].createdOn, at: call.now) }
      hasChanged = replaceGroups(of: row, by: known) || hasChanged
    }
    if hasChanged { finishChange(of: row, at: call.now) }
    if let note = input.note.value { add(note, to: row, in: call) }
  }

  /// A field or group that the service does not know yet fails a change; of several groups those
  /// that it knows are enough.
  private func checkAssets(
    of input: ContactInput, for row: Int, at now: Timestamp
  ) throws(Rejection) {
    for (field, _) in input.fields ?? [] where !isKnown(since: fields[field].createdOn, at: now) {
      throw .failure
    }
    let joined = (input.groups ?? []).filter { !contacts[row].groups.contains(Int32($0)) }
    if !joined.isEmpty, !joined.contains(where: { isKnown(since: groups[$0].createdOn, at: now) }) {
      throw .failure
    }
  }

  /// What the database would refuse fails the whole change.
  private func checkColumns(of input: ContactInput) throws(Rejection) {
    for address in input.addresses ?? []
    where !address.hasPlainPath || WideText.length(address.identity) > profile.api.urnLimit {
      throw .failure
    }
  }

  /// Whether the service behind the API has heard of what was made at a time.
  func isKnown(since creation: Timestamp, at now: Timestamp) -> Bool {
    settings.assetDelay == 0
      || now.microseconds >= creation.microseconds + settings.assetDelay
  }

  /// Takes the URNs that are named, from other contacts too, and lets go of the others.
  ///
  /// - Returns: whether the contact counts as changed.
  private mutating func replaceAddresses(
    of row: Int, by wanted: [Address], at now: Timestamp
  ) -> Bool {
    let kept = wanted.filter { $0.scheme.isKept($0.path, by: profile) }
    guard let list = profile.replacementList(kept) else { return false }
    let old = contacts[row].addresses
    let new = list.map(\.identity)
    if profile.comparesAddresses || new.isEmpty {
      let current = old.map { addresses.identity(of: $0) }
      if current == new { return false }
    }
    var rows: [Int32] = []
    for address in list {
      let (entry, former) = addresses.give(address, to: row)
      rows.append(entry)
      if let former, former != row {
        contacts[former].addresses.removeAll { $0 == entry }
        contacts.touch(former, at: now)
      }
    }
    for entry in old where !rows.contains(entry) { addresses.orphan(entry) }
    contacts[row].addresses = rows
    return true
  }

  /// Sets or clears one value.
  ///
  /// - Returns: whether it is another one now.
  @discardableResult
  mutating func set(_ field: Int, of row: Int, to text: [UInt8], at now: Timestamp) -> Bool {
    let place = contacts[row].values.firstIndex { Int($0.field) == field }
    if text.isEmpty {
      guard let place else { return false }
      contacts[row].values.remove(at: place)
      return true
    }
    let value = fieldValue(field, of: contacts[row], text, at: now)
    guard let place else {
      contacts[row].values.append(value)
      return true
    }
    if contacts[row].values[place] == value { return false }
    contacts[row].values[place] = value
    return true
  }

  private func fieldValue(
    _ field: Int, of contact: Contact, _ text: [UInt8], at now: Timestamp
  ) -> FieldValue {
    var value = FieldValue(field: Int32(field), text: profile.cut(text))
    if text.contains(where: \.isDigit) {
      let reader = MomentReader(
        zone: settings.zone, style: settings.dateStyle, now: now,
        overflows: profile.acceptsImpossibleDays)
      value.moment = reader.read(value.text)
    }
    if !settings.places.isEmpty {
      let level = fields[field].type.placeLevel
      value.place =
        Place.find(
          value.text, among: settings.places, level: level,
          in: level.map { parentPlace(of: contact, level: $0) } ?? []) ?? []
    }
    return value
  }

  /// Where a district or ward of a contact must lie: in the first field of the level above.
  private func parentPlace(of contact: Contact, level: Int) -> [UInt8] {
    let parents = fields.rows.indices.filter { fields[$0].type.placeLevel == level - 1 }
    let value = parents.first.flatMap { parent in
      contact.values.first { Int($0.field) == parent }
    }
    return value?.place ?? []
  }

  private mutating func add(_ note: [UInt8], to row: Int, in call: Call) {
    contacts[row].notes.append(Note(text: note, createdOn: call.now, user: Int32(call.user)))
    let excess = contacts[row].notes.count - 5
    if excess > 0 { contacts[row].notes.removeFirst(excess) }
  }

  /// Empties a contact and frees its URNs; only the uuid stays, reserved.
  mutating func delete(_ row: Int, at now: Timestamp) {
    if !contacts[row].isDeleted {
      for group in contacts[row].groups { leave(Int(group), row) }
      for entry in contacts[row].addresses { addresses.rename(entry) }
      contacts[row].addresses = []
      contacts[row].name = []
      contacts[row].language = LanguageTag()
      contacts[row].values = []
      contacts[row].notes = []
      contacts[row].flow = nil
      contacts.bury(row)
    }
    contacts.touch(row, at: now)
  }
}

extension Input {
  /// What a key sets: nothing where it is absent, the empty value where it is null.
  func setting(empty: Value) -> Value? {
    switch self {
    case .absent: nil
    case .null: empty
    case .value(let value): value
    }
  }
}
