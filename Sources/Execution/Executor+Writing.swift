import CEL
import Contacts
import Planning

/// What a POST to `contacts.json` still asks for.
struct ContactWrite {
  var name: Call.Value?
  var language: Call.Value?
  var fields: [Call.Field] = []
  var groups: [String]?
  var urns: [String]?

  init() {}

  /// All of a body but its URNs.
  init(_ body: Call.ContactBody) {
    name = body.name
    language = body.language
    fields = body.fields
    groups = body.groups
  }

  var isEmpty: Bool {
    name == nil && language == nil && fields.isEmpty && groups == nil && urns == nil
  }

  var body: Literal {
    var entries: [(key: String, value: Literal)] = []
    if let name { entries.append(("name", name.literal)) }
    if let language { entries.append(("language", language.literal)) }
    if !fields.isEmpty {
      entries.append(("fields", .object(fields.map { ($0.key, $0.value.literal) })))
    }
    if let groups { entries.append(("groups", .texts(groups))) }
    if let urns { entries.append(("urns", .texts(urns))) }
    return .object(entries)
  }

  /// Takes out what a complaint names; gives nothing where it names nothing of this.
  mutating func takeOut(_ blame: Complaint.Blame) -> SetAside.Item? {
    switch blame {
    case .name where name != nil:
      name = nil
      return .name
    case .language where language != nil:
      language = nil
      return .language
    case .field(let key) where fields.contains { $0.key == key }:
      fields.removeAll { $0.key == key }
      return .field(key)
    case .field, .fields:
      guard !fields.isEmpty else { return nil }
      fields = []
      return .fields
    case .group(let group) where groups?.contains(group) ?? false:
      groups?.removeAll { $0 == group }
      return .group(group)
    case .group, .groups:
      guard groups != nil else { return nil }
      groups = nil
      return .groups
    case .urn, .urnAt, .urns: return takeOutURN(blame)
    case .name, .language, .call, .urnsInUse, .absence, .contact, .inactiveContacts, .existence,
      .workspace, .room, .use, .systemObject:
      return nil
    }
  }

  private mutating func takeOutURN(_ blame: Complaint.Blame) -> SetAside.Item? {
    guard let list = urns else { return nil }
    var place: Int?
    if case .urnAt(let index) = blame { place = index }
    if case .urn(let urn) = blame { place = list.firstIndex(of: urn) }
    if let place, list.indices.contains(place) {
      urns?.remove(at: place)
      return .urn(list[place])
    }
    urns = nil
    return .urns
  }
}

extension Call.Value {
  fileprivate var literal: Literal {
    switch self {
    case .text(let text): .string(text)
    case .cleared: .null
    }
  }
}

/// What became of a POST to `contacts.json`.
enum Written {
  case contact(ContactAnswer)
  /// The contact is not there or, where one was to be made, somebody has one of its URNs.
  case missing(words: String)
  case refused(words: String)
}

extension Executor {
  /// Sends a POST, takes out what the server refuses and sends the rest again, be it `{}`.
  ///
  /// Each round takes something out, so that there are at most as many as there are parts.
  mutating func write(
    _ wanted: ContactWrite, query: (name: String, value: String)?,
    onTakingOut note: (SetAside.Item, String) -> Void
  ) async throws(Interruption) -> Written {
    var write = wanted
    var hasMetRival = false
    while true {
      let request = Request(
        method: .post, endpoint: .contacts, query: query, body: write.body)
      switch try await send(request) {
      case .accepted(let body):
        guard let contact = body.flatMap({ ContactAnswer($0) }) else {
          throw Interruption(cause: .unexpected(status: 200), mayBeApplied: true)
        }
        findings.append(.contact(contact))
        return .contact(contact)
      case .missing(let words):
        if let query { findings.append(.nobody(query.value)) }
        return .missing(words: words)
      case .refused(let complaints):
        if let gone = complaints.first(where: { $0.blame == .absence }) {
          if let query { findings.append(.nobody(query.value)) }
          return .missing(words: gone.words)
        }
        if query == nil, let rival = complaints.first(where: \.isAboutRival) {
          return .missing(words: rival.words)
        }
        var hasTakenOut = false
        // Indices are those of the list that was sent: the last comes first.
        for complaint in complaints.reversed() {
          guard let item = write.takeOut(complaint.blame) else { continue }
          note(item, complaint.words)
          hasTakenOut = true
        }
        if hasTakenOut { continue }
        guard !hasMetRival, query?.name == "urn", complaints[0].isAboutRival else {
          if isHalved(complaints[0]), let query, write.parts.count > 1 {
            return try await writeHalves(of: write, query: query, onTakingOut: note)
          }
          return .refused(words: complaints[0].words)
        }
        // Somebody made the contact meanwhile: now it is found.
        hasMetRival = true
      }
    }
  }
}

extension Executor {
  /// Finds the parts that a server refuses without naming them: both halves are sent by themselves.
  ///
  /// Where no part is taken, it is the call that is refused.
  private mutating func writeHalves(
    of wanted: ContactWrite, query: (name: String, value: String),
    onTakingOut note: (SetAside.Item, String) -> Void
  ) async throws(Interruption) -> Written {
    let parts = wanted.parts
    var notes: [(SetAside.Item, String)] = []
    var accepted: ContactAnswer?
    var words = ""
    for half in [parts[..<(parts.count / 2)], parts[(parts.count / 2)...]] {
      let written = try await write(
        ContactWrite(joining: half.map(\.write)), query: query,
        onTakingOut: { notes.append(($0, $1)) })
      switch written {
      case .contact(let contact): accepted = contact
      case .missing: return written
      case .refused(let reason):
        words = reason
        // Of more than one each has been tried.
        for part in half { notes.append((part.item, reason)) }
      }
    }
    guard let accepted else { return .refused(words: words) }
    for (item, words) in notes { note(item, words) }
    return .contact(accepted)
  }
}

extension ContactWrite {
  /// What can be written by itself.
  fileprivate var parts: [(item: SetAside.Item, write: ContactWrite)] {
    var parts: [(item: SetAside.Item, write: ContactWrite)] = []
    func add(_ item: SetAside.Item, _ change: (inout ContactWrite) -> Void) {
      var write = ContactWrite()
      change(&write)
      parts.append((item, write))
    }
    if let name { add(.name) { $0.name = name } }
    if let language { add(.language) { $0.language = language } }
    for field in fields { add(.field(field.key)) { $0.fields = [field] } }
    if let groups { add(.groups) { $0.groups = groups } }
    if let urns { add(.urns) { $0.urns = urns } }
    return parts
  }

  fileprivate init(joining parts: [ContactWrite]) {
    for part in parts {
      name = part.name ?? name
      language = part.language ?? language
      fields += part.fields
      groups = part.groups ?? groups
      urns = part.urns ?? urns
    }
  }
}

extension Complaint {
  fileprivate var isAboutRival: Bool {
    switch blame {
    case .urnsInUse, .urn, .urnAt, .urns: true
    default: false
    }
  }
}
