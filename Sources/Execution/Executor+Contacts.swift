import CEL
import Contacts
import Planning

/// Calls about one contact: look-ups, POSTs and deletions.
extension Executor {
  /// Whom a call is about.
  enum Subject {
    case urn(String)
    /// With the URN it is made by if it is not there.
    case uuid(String, urn: String?)
    case absent(urn: String?)
    /// A call that makes a contact without looking it up.
    case new
    case unknown(words: String)
  }

  func subject(of call: Call) -> Subject {
    guard let query = call.query else { return .new }
    switch query.value {
    case .text(let text):
      return query.name == "urn" ? .urn(text) : .uuid(text, urn: nil)
    case .answer(let number):
      guard let answer = answers[number] else {
        return .unknown(words: "call \(number) has no answer")
      }
      guard let contact = answer.contact else { return .absent(urn: answer.urn) }
      return .uuid(contact.uuid, urn: answer.urn)
    }
  }

  mutating func find(_ call: Call) async throws(Interruption) -> CallAnswer {
    guard let query = call.query, case .text(let text) = query.value else {
      return refuse(call, "this look-up names nobody")
    }
    var found = try await lookUp(query.name, text)
    if found == nil, query.name == "urn" {
      found = try await lookUpOtherSpelling(of: text)
    }
    note(
      call, contact: found.map { ($0.uuid, $0.urns) }, urn: query.name == "urn" ? text : nil)
    return found.map { .contact($0) } ?? .nobody
  }

  /// The contact with a `urn` or `uuid`; a value that the server does not understand finds nobody.
  mutating func lookUp(
    _ name: String, _ value: String
  ) async throws(Interruption) -> ContactAnswer? {
    let request = Request(method: .get, endpoint: .contacts, query: (name, value))
    guard case .accepted(let body) = try await send(request) else { return nil }
    let found = body?["results"]?.items?.first.flatMap { ContactAnswer($0) }
    findings.append(found.map { .contact($0) } ?? .doubtful(value))
    return found
  }

  mutating func lookUpOtherSpelling(of urn: String) async throws(Interruption) -> ContactAnswer? {
    guard let other = profile.otherSpelling(of: urn) else { return nil }
    return try await lookUp("urn", other)
  }

  /// Makes sure that somebody has a URN.
  mutating func makeContact(_ urn: String) async throws(Interruption) -> Written {
    try await write(
      ContactWrite(), query: ("urn", urn), onTakingOut: { _, _ in })
  }

  mutating func post(
    _ call: Call, _ body: Call.ContactBody
  ) async throws(Interruption) -> CallAnswer {
    var query: (name: String, value: String)?
    var urn: String?
    switch subject(of: call) {
    case .urn(let text):
      query = ("urn", text)
      urn = text
    case .uuid(let uuid, let known):
      query = ("uuid", uuid)
      urn = known
    case .absent(let known):
      guard let made = try await makeMissing(call, urn: known) else { return .nobody }
      query = ("uuid", made.uuid)
      urn = known
    case .new: break
    case .unknown(let words): return refuse(call, words)
    }
    var write = ContactWrite(body)
    switch try await resolveURNs(of: call, body, query, &write) {
    case .ready: break
    case .unsent(let answer):
      note(call, contact: answer, urn: urn)
      return .done(uuid: answer.uuid)
    case .impossible(let words): return refuse(call, words)
    }
    return try await finish(call, write, query, urn: urn)
  }

  private mutating func finish(
    _ call: Call, _ write: ContactWrite, _ query: (name: String, value: String)?, urn: String?
  ) async throws(Interruption) -> CallAnswer {
    if query == nil, write.urns?.isEmpty ?? true {
      // Every repetition would make another contact.
      return refuse(call, "a contact without URNs cannot be found again")
    }
    switch try await self.write(write, query: query, of: call) {
    case .contact(let contact):
      note(call, contact: (contact.uuid, contact.urns), urn: urn)
      return .contact(contact)
    case .missing where query == nil: return try await joinTaken(call, write)
    case .missing(let words):
      note(call, urn: urn)
      leaveOut(call, words)
      return .nobody
    case .refused(let words):
      note(call, urn: urn)
      return refuse(call, words)
    }
  }

  /// Sends a POST, and sets aside what the server refuses of it.
  private mutating func write(
    _ wanted: ContactWrite, query: (name: String, value: String)?, of call: Call
  ) async throws(Interruption) -> Written {
    var taken: [(SetAside.Item, String)] = []
    let written = try await write(wanted, query: query) { taken.append(($0, $1)) }
    for (item, words) in taken { setAside(item, of: call, words) }
    return written
  }

  /// Gives what a new contact was to get to the one that was made meanwhile: the first URN names it.
  private mutating func joinTaken(
    _ call: Call, _ wanted: ContactWrite
  ) async throws(Interruption) -> CallAnswer {
    var data = wanted
    data.groups = nil
    data.urns = nil
    let urns = wanted.urns ?? []
    guard case .contact(var contact) = try await write(data, query: ("urn", urns[0]), of: call)
    else {
      note(call, urn: urns[0])
      return refuse(call, "\(urns[0]) cannot be given to a contact")
    }
    for group in wanted.groups ?? [] {
      _ = try await act(
        call, BulkAction(name: "add", group: group), on: [.text(contact.uuid)])
    }
    var list = contact.urns.edited(add: urns, first: [], remove: [])
    if urnMoves == .setAside {
      list = try await withoutOthers(list, contact.uuid, had: contact.urns, call)
    }
    if list != contact.urns {
      var edit = ContactWrite()
      edit.urns = list
      let edited = try await write(edit, query: ("uuid", contact.uuid), of: call)
      if case .contact(let known) = edited { contact = known }
    }
    note(call, contact: (contact.uuid, contact.urns), urn: urns[0])
    return .contact(contact)
  }

  /// The contact that a call makes because its answer has nobody; nothing where it does not.
  private mutating func makeMissing(
    _ call: Call, urn: String?
  ) async throws(Interruption) -> ContactAnswer? {
    guard call.missing.first == .create, let urn else {
      note(call, urn: urn)
      leaveOut(call, "nobody was found")
      return nil
    }
    switch try await makeContact(urn) {
    case .contact(let contact):
      if case .answer(let number) = call.query?.value {
        answers[number]?.contact = (contact.uuid, contact.urns)
      }
      return contact
    case .missing(let words), .refused(let words):
      note(call, urn: urn)
      setAside(.call, of: call, words)
      return nil
    }
  }

  /// Skips or sets aside a call whose contact is not there.
  private mutating func leaveOut(_ call: Call, _ words: String) {
    if call.missing.first == .skip {
      skippedCount += 1
    } else {
      setAside(.call, of: call, words)
    }
  }

  mutating func deleteContact(_ call: Call) async throws(Interruption) -> CallAnswer {
    let name: String
    var request = Request(method: .delete, endpoint: .contacts)
    switch subject(of: call) {
    case .urn(let urn):
      name = urn
      request.query = ("urn", urn)
    case .uuid(let uuid, _):
      name = uuid
      request.query = ("uuid", uuid)
    case .absent, .new: return .nobody
    case .unknown(let words): return refuse(call, words)
    }
    switch try await send(request) {
    case .accepted:
      findings.append(.deleted(name))
      return .done(uuid: nil)
    case .missing:
      findings.append(.nobody(name))
      return .nobody
    case .refused(let complaints): return refuse(call, complaints[0])
    }
  }
}
