private import Contacts

extension Workspace {
  mutating func postContact(_ call: Call) throws(Rejection) -> Outcome {
    let target = try target(of: call)
    let body = try body(of: call)
    let input = try contactInput(body, for: target)
    let row: Int
    if let existing = target.row {
      try update(existing, with: input, in: call)
      row = existing
    } else {
      row = try create(input, at: call.now)
    }
    return .written(target.row == nil ? 201 : 200) { writer in write(row, to: &writer) }
  }

  mutating func deleteContact(_ call: Call) throws(Rejection) -> Outcome {
    guard let row = try target(of: call).row else {
      throw .detail(404, profile.notFound(.contact))
    }
    delete(row, at: call.now)
    return .empty
  }

  func write(_ row: Int, to writer: inout JSONWriter, expandsAddresses: Bool = false) {
    let contact = contacts[row]
    writer.beginObject()
    writer.member("uuid", contact.uuid.text)
    writer.member("name", contact.name.isEmpty ? nil : contact.name)
    if profile.shape == .newer { writeReference(of: contact, to: &writer) }
    writer.member("language", contact.language.text)
    writer.key("urns")
    writer.beginList()
    for address in contact.addresses { write(addresses[address], expandsAddresses, to: &writer) }
    writer.endList()
    writeGroups(of: contact, to: &writer)
    writer.key("fields")
    writer.beginObject()
    if !contact.isDeleted { writeFields(of: contact, to: &writer) }
    writer.endObject()
    if profile.shape == .newer {
      writeNotes(of: contact, to: &writer)
      writeFlow(of: contact, to: &writer)
    }
    writeStatus(of: contact, to: &writer)
    writer.endObject()
  }

  /// The short form, which one endpoint of the older API lists.
  func writeLean(_ row: Int, to writer: inout JSONWriter) {
    let contact = contacts[row]
    writer.beginObject()
    writer.member("uuid", contact.uuid.text)
    writer.member("name", contact.name.isEmpty ? nil : contact.name)
    writer.member("language", contact.language.text)
    writeStatus(of: contact, to: &writer)
    writer.endObject()
  }

  private func writeReference(of contact: Contact, to writer: inout JSONWriter) {
    if settings.isAnonymous {
      let reference = contact.uuid.shortText
      writer.member("ref", reference)
      writer.member("anon_display", reference)
    }
    writer.member("status", contact.isDeleted ? nil : Array(contact.status.rawValue.utf8))
  }

  private func write(
    _ address: AddressBook.Entry, _ isExpanded: Bool, to writer: inout JSONWriter
  ) {
    let path = settings.isAnonymous ? Array("********".utf8) : address.path
    if isExpanded {
      writer.beginObject()
      writer.key("channel")
      writer.null()
      writer.member("scheme", address.scheme.rawValue)
      writer.member("path", path)
      writer.member("display", address.display.isEmpty ? nil : address.display)
      writer.endObject()
      return
    }
    var text = Array(address.scheme.bytes)
    text.append(UInt8(ascii: ":"))
    AddressParts.appendEscaped(path, to: &text)
    if profile.shape == .older, !address.display.isEmpty, !settings.isAnonymous {
      text.append(UInt8(ascii: "#"))
      AddressParts.appendEscaped(address.display, to: &text)
    }
    writer.string(text)
  }

  private func writeGroups(of contact: Contact, to writer: inout JSONWriter) {
    writer.key("groups")
    writer.beginList()
    for row in contact.groups.sorted() where shows(Int(row), of: contact) {
      writer.beginObject()
      writer.member("uuid", groups[Int(row)].uuid.text)
      writer.member("name", groups[Int(row)].name)
      writer.endObject()
    }
    writer.endList()
  }

  /// Whether a membership is to be seen: smart groups have none but active members.
  private func shows(_ group: Int, of contact: Contact) -> Bool {
    !groups[group].isDeleted && (!groups[group].isSmart || contact.status == .active)
  }

  private func writeFields(of contact: Contact, to writer: inout JSONWriter) {
    for (row, field) in fields.rows.enumerated() {
      writer.key(field.key)
      let value = contact.values.first { Int($0.field) == row }
      writer.string(value.flatMap { $0.text(as: field.type) })
    }
  }

  private func writeNotes(of contact: Contact, to writer: inout JSONWriter) {
    writer.key("notes")
    writer.beginList()
    for note in contact.notes {
      writer.beginObject()
      writer.member("text", note.text)
      writer.member("created_on", note.createdOn.apiText)
      writer.key("created_by")
      writer.beginObject()
      writer.member("email", users[Int(note.user)].email)
      writer.member("name", users[Int(note.user)].name)
      writer.endObject()
      writer.endObject()
    }
    writer.endList()
  }

  private func writeFlow(of contact: Contact, to writer: inout JSONWriter) {
    writer.key("flow")
    guard let row = contact.flow else { return writer.null() }
    writer.beginObject()
    writer.member("uuid", dependents[Int(row)].id)
    writer.member("name", dependents[Int(row)].name)
    writer.endObject()
  }

  private func writeStatus(of contact: Contact, to writer: inout JSONWriter) {
    writer.member("blocked", contact.isDeleted ? nil : contact.status == .blocked)
    writer.member("stopped", contact.isDeleted ? nil : contact.status == .stopped)
    writer.member("created_on", contact.createdOn.apiText)
    writer.member("modified_on", contact.modifiedOn.apiText)
    writer.member("last_seen_on", contact.lastSeenOn?.apiText)
  }
}

extension ServerUUID {
  /// Six capitals and digits that stand for a contact where its URNs are hidden.
  var shortText: [UInt8] {
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
    return text.prefix(8).reduce(into: []) { output, byte in
      if output.count < 6 {
        output.append(letters[(Int(byte) * 7 + output.count * 5) % letters.count])
      }
    }
  }
}
