import Contacts

/// A contact as the server keeps it.
struct ModelContact: Hashable {
  enum Status: String { case active, blocked, stopped }

  var uuid: String
  /// Whether it was there before the first call; only then its uuid can be compared.
  var isOld = false
  var isDeleted = false
  var status = Status.active
  var name: String?
  var language: String?
  var urns: [String] = []
  /// Static groups, by folded name.
  var groups: Set<String> = []
  var fields: [String: String] = [:]
}

/// What a POST to `contacts.json` carries; what is nil or not there stays.
struct ModelBody {
  var name: String??
  var language: String??
  var fields: [(key: String, value: String?)] = []
  var groups: [String]?
  var urns: [String]?

  var isEmpty: Bool {
    name == nil && language == nil && fields.isEmpty && groups == nil && urns == nil
  }
}

/// Why the server refuses a call, as precisely as its answer says.
enum ModelRefusal: Error, Equatable {
  case notFound
  case unknownField(String)
  case unknownGroup(String)
  case groupsOfInactive
  /// The first contact that is not there, and whether the group is bad too.
  case unknownContact(String)
  case inactiveContacts([String])
}

/// The contact API on a small workspace, without quotas, delays and faults.
struct ModelWorkspace {
  enum Lookup: Hashable { case urn(String), uuid(String) }

  var contacts: [ModelContact] = []
  /// Names of static groups, folded.
  var groups: Set<String> = []
  var fields: Set<String> = []
  var profile = APIProfile.rapidpro
  private var madeCount = 0

  /// What the law compares: contacts that are there, in an order of their own.
  var state: [String] {
    contacts.filter { !$0.isDeleted }.map { contact in
      let fields = contact.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return [
        contact.isOld ? contact.uuid : "new", contact.status.rawValue, contact.name ?? "-",
        contact.language ?? "-", "\(contact.urns)", "\(contact.groups.sorted())", "\(fields)",
      ].joined(separator: " ")
    }.sorted() + ["groups \(groups.sorted())"]
  }

  func place(ofURN urn: String) -> Int? {
    contacts.firstIndex { !$0.isDeleted && $0.urns.contains(urn) }
  }

  func place(ofUUID uuid: String) -> Int? { contacts.firstIndex { $0.uuid == uuid } }

  /// A contact by URN, or by the other ninth-digit spelling where the server tries it.
  func find(urn: String) -> ModelContact? {
    if let exact = place(ofURN: urn) { return contacts[exact] }
    guard profile.verifiesNinthDigit, let other = otherSpelling(of: urn) else { return nil }
    return place(ofURN: other).map { contacts[$0] }
  }

  private func otherSpelling(of urn: String) -> String? {
    guard urn.hasPrefix("whatsapp:55") else { return nil }
    var path = Array(urn.dropFirst("whatsapp:".count))
    if path.count == 13, path[4] == "9" { path.remove(at: 4) } else { path.insert("9", at: 4) }
    return "whatsapp:" + String(path)
  }

  // contacts.json

  mutating func post(_ lookup: Lookup, _ body: ModelBody) throws(ModelRefusal) -> ModelContact {
    var place: Int?
    switch lookup {
    case .urn(let urn):
      precondition(body.urns == nil, "`?urn=` forbids `urns`")
      place = find(urn: urn).flatMap { self.place(ofUUID: $0.uuid) }
    case .uuid(let uuid):
      guard let known = self.place(ofUUID: uuid), !contacts[known].isDeleted else {
        throw .notFound
      }
      place = known
    }
    try validate(body, status: place.map { contacts[$0].status } ?? .active)
    if place == nil, case .urn(let urn) = lookup {
      madeCount += 1
      contacts.append(ModelContact(uuid: "made-\(madeCount)", urns: [urn]))
      place = contacts.count - 1
    }
    guard let place else { throw .notFound }
    update(place, body)
    return contacts[place]
  }

  private func validate(
    _ body: ModelBody, status: ModelContact.Status
  ) throws(ModelRefusal) {
    for field in body.fields where !fields.contains(field.key) { throw .unknownField(field.key) }
    for group in body.groups ?? [] where !groups.contains(group.lowercased()) {
      throw .unknownGroup(group)
    }
    if let groups = body.groups, !groups.isEmpty, status != .active { throw .groupsOfInactive }
  }

  private mutating func update(_ place: Int, _ body: ModelBody) {
    if let name = body.name { contacts[place].name = name }
    if let language = body.language { contacts[place].language = language }
    for field in body.fields { contacts[place].fields[field.key] = field.value }
    if let groups = body.groups { contacts[place].groups = Set(groups.map { $0.lowercased() }) }
    guard let urns = body.urns else { return }
    precondition(Set(urns).count == urns.count, "a list with a URN twice: \(urns)")
    for other in contacts.indices where other != place {
      contacts[other].urns.removeAll { urns.contains($0) }
    }
    contacts[place].urns = urns
  }

  mutating func delete(uuid: String) throws(ModelRefusal) {
    guard let place = place(ofUUID: uuid) else { throw .notFound }
    contacts[place].isDeleted = true
    contacts[place].urns = []
    contacts[place].groups = []
  }

  // contact_actions.json

  /// All or nothing; names are uuids or URNs, and no other spelling is tried.
  mutating func act(
    _ action: String, _ names: [String], group: String?
  ) throws(ModelRefusal) {
    precondition(!names.isEmpty && names.count <= 100, "1 to 100 contacts")
    var places: [Int] = []
    for name in names {
      let place = name.contains(":") ? place(ofURN: name) : place(ofUUID: name)
      guard let place, !contacts[place].isDeleted else { throw .unknownContact(name) }
      places.append(place)
    }
    if let group, !groups.contains(group.lowercased()) { throw .unknownGroup(group) }
    if action == "add" {
      let inactive = places.filter { contacts[$0].status != .active }
      if !inactive.isEmpty { throw .inactiveContacts(inactive.map { contacts[$0].uuid }) }
    }
    for place in places { try act(action, place, group: group?.lowercased()) }
  }

  private mutating func act(
    _ action: String, _ place: Int, group: String?
  ) throws(ModelRefusal) {
    switch action {
    case "add": if let group { contacts[place].groups.insert(group) }
    case "remove": if let group { contacts[place].groups.remove(group) }
    case "block":
      contacts[place].status = .blocked
      contacts[place].groups = []
    case "unblock": contacts[place].status = .active
    case "delete": try delete(uuid: contacts[place].uuid)
    case "interrupt", "archive_messages": break
    default: preconditionFailure("no such action: \(action)")
    }
  }

  // groups.json and fields.json: what is so already is success.

  mutating func createGroup(_ name: String) { groups.insert(name.lowercased()) }

  mutating func createField(label: String) { fields.insert(label.lowercased()) }

  mutating func renameGroup(_ old: String, to new: String) {
    let old = old.lowercased()
    let new = new.lowercased()
    guard groups.contains(old), !groups.contains(new) else { return }
    groups.remove(old)
    groups.insert(new)
    for place in contacts.indices where contacts[place].groups.remove(old) != nil {
      contacts[place].groups.insert(new)
    }
  }

  mutating func deleteGroup(_ name: String) {
    groups.remove(name.lowercased())
    for place in contacts.indices { contacts[place].groups.remove(name.lowercased()) }
  }
}

extension ModelWorkspace {
  /// Sends a POST, takes out what the server refuses and sends the rest again, be it `{}`; nil
  /// where nobody is there.
  mutating func send(_ lookup: Lookup, _ body: ModelBody) -> ModelContact? {
    var body = body
    while true {
      do {
        return try post(lookup, body)
      } catch .unknownField(let key) {
        body.fields.removeAll { $0.key == key }
      } catch .unknownGroup(let name) {
        body.groups?.removeAll { $0 == name }
      } catch .groupsOfInactive {
        body.groups = nil
      } catch {
        return nil
      }
    }
  }
}
