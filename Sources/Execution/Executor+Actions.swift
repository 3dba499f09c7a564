import CEL
import Contacts
import Planning

/// What a bulk call does.
struct BulkAction {
  var name: String
  var group: String?

  func body(for contacts: [String]) -> Literal {
    var entries: [(key: String, value: Literal)] = [
      ("contacts", .texts(contacts)), ("action", .string(name)),
    ]
    if let group { entries.append(("group", .string(group))) }
    return .object(entries)
  }
}

/// One contact of a bulk call.
private struct Member {
  /// As it is sent: a uuid once that is known.
  var name: String
  /// As the call names it, and which of its contacts it is.
  let asked: String
  let index: Int
  let missing: MissingPolicy?

  init(_ name: String, _ index: Int, _ missing: MissingPolicy?) {
    self.name = name
    asked = name
    self.index = index
    self.missing = missing
  }
}

/// Bulk calls.
extension Executor {
  /// Sends a bulk call until the server takes it; each round takes out or replaces a contact.
  mutating func act(
    _ call: Call, _ action: BulkAction, on contacts: [Call.Reference]
  ) async throws(Interruption) -> CallAnswer {
    var members: [Member] = []
    for (index, contact) in contacts.enumerated() {
      let word = call.missing.count > 1 ? call.missing[index] : call.missing.first
      if let member = try await member(call, contact, index, word),
        !members.contains(where: { $0.name == member.name })
      {
        members.append(member)
      }
    }
    return try await act(call, action, on: members).map { .applied(contacts: $0) } ?? .refused
  }

  /// Acts on these contacts and gives those that it was accepted for; nothing where all were refused.
  ///
  /// A refusal that names nothing is of one of them: both halves are sent by themselves, so that k bad
  /// ones of n cost at most 2k⌈log₂n⌉ further calls.
  private mutating func act(
    _ call: Call, _ action: BulkAction, on wanted: [Member]
  ) async throws(Interruption) -> [String]? {
    var members = wanted
    while !members.isEmpty {
      let request = Request(
        method: .post, endpoint: .actions, body: action.body(for: members.map(\.name)))
      switch try await send(request) {
      case .accepted:
        let names = members.map(\.name)
        findings.append(.acted(action.name, group: action.group, contacts: names))
        return names
      case .missing(let words):
        refuse(members, of: call, words)
        return nil
      case .refused(let complaints):
        if try await settle(complaints, of: call, &members) { continue }
        guard isHalved(complaints[0]), members.count > 1 else {
          refuse(members, of: call, complaints[0].words)
          return nil
        }
        let middle = members.count / 2
        let first = try await act(call, action, on: Array(members[..<middle]))
        let second = try await act(call, action, on: Array(members[middle...]))
        return first == nil && second == nil ? nil : (first ?? []) + (second ?? [])
      }
    }
    return []
  }

  private mutating func refuse(_ members: [Member], of call: Call, _ words: String) {
    for member in members {
      setAside(.contact(member.asked), of: call, words, contact: member.index)
    }
  }

  /// The contact as it is sent at first; nothing where an answer has nobody and nobody is made.
  private mutating func member(
    _ call: Call, _ contact: Call.Reference, _ index: Int, _ word: MissingPolicy?
  ) async throws(Interruption) -> Member? {
    guard case .answer(let number) = contact else {
      guard case .text(let text) = contact else { return nil }
      return Member(text, index, word)
    }
    guard let answer = answers[number] else {
      setAside(.contact("call \(number)"), of: call, "it has no answer", contact: index)
      return nil
    }
    if let uuid = answer.contact?.uuid { return Member(uuid, index, word) }
    var member = Member(answer.urn ?? "call \(number)", index, word)
    guard let urn = answer.urn, word == .create else {
      leaveOut(member, of: call, "nobody was found")
      return nil
    }
    switch try await makeContact(urn) {
    case .contact(let made):
      answers[number]?.contact = (made.uuid, made.urns)
      member.name = made.uuid
      return member
    case .missing(let words), .refused(let words):
      setAside(.contact(urn), of: call, words, contact: index)
      return nil
    }
  }

  /// Takes out or replaces the contacts that complaints name; false where they name none.
  private mutating func settle(
    _ complaints: [Complaint], of call: Call, _ members: inout [Member]
  ) async throws(Interruption) -> Bool {
    for complaint in complaints {
      switch complaint.blame {
      case .contact(let name):
        guard let place = members.firstIndex(where: { $0.name == name }) else { return false }
        var member = members.remove(at: place)
        findings.append(.nobody(name))
        guard let uuid = try await replacement(of: member, call, complaint.words) else {
          return true
        }
        member.name = uuid
        if !members.contains(where: { $0.name == uuid }) { members.insert(member, at: place) }
        return true
      case .inactiveContacts(let uuids):
        return try await takeOut(uuids, complaint.words, of: call, &members)
      default: continue
      }
    }
    return false
  }

  /// The uuid of a contact that the server does not know by its name, made if need be.
  private mutating func replacement(
    of member: Member, _ call: Call, _ words: String
  ) async throws(Interruption) -> String? {
    guard member.name.contains(":") else {
      leaveOut(member, of: call, words)
      return nil
    }
    if member.missing == .create {
      switch try await makeContact(member.name) {
      case .contact(let contact): return contact.uuid
      case .missing(let words), .refused(let words):
        setAside(.contact(member.asked), of: call, words, contact: member.index)
        return nil
      }
    }
    if let found = try await lookUpOtherSpelling(of: member.name) {
      return found.uuid
    }
    leaveOut(member, of: call, words)
    return nil
  }

  private mutating func leaveOut(_ member: Member, of call: Call, _ words: String) {
    if member.missing == .skip {
      skippedCount += 1
    } else {
      setAside(.contact(member.asked), of: call, words, contact: member.index)
    }
  }

  /// Takes contacts out that are named by uuid where the call may name them by URN.
  private mutating func takeOut(
    _ uuids: [String], _ words: String, of call: Call, _ members: inout [Member]
  ) async throws(Interruption) -> Bool {
    var hasTakenOut = false
    for uuid in uuids {
      var names: Set<Substring> = [Substring(uuid)]
      if !members.contains(where: { $0.name == uuid }) || members.contains(where: \.isNamedByURN) {
        names.formUnion(try await lookUp("uuid", uuid)?.urns.map(\.urnIdentity) ?? [])
      }
      for member in members where names.contains(member.name.urnIdentity) {
        setAside(.contact(member.asked), of: call, words, contact: member.index)
        findings.append(.doubtful(member.name))
        hasTakenOut = true
      }
      members.removeAll { names.contains($0.name.urnIdentity) }
    }
    return hasTakenOut
  }
}

extension Member {
  fileprivate var isNamedByURN: Bool { name.contains(":") }
}
