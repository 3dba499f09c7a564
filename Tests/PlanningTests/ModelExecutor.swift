import Contacts
import Foundation

/// Carries out printed calls: resolves answers, takes refused items out, sends the rest again.
struct ModelExecutor {
  var workspace: ModelWorkspace
  /// Of each call the contact its answer holds, as it was then.
  private var answers: [Int: ModelContact] = [:]
  /// Of each call the URN it names its contact by.
  private var urns: [Int: String] = [:]
  private var groupNames: [Int: String] = [:]
  private(set) var callCount = 0

  init(_ workspace: ModelWorkspace) { self.workspace = workspace }

  mutating func run(_ lines: [String]) throws {
    answers = [:]
    urns = [:]
    groupNames = [:]
    for line in lines {
      let call = try JSONDecoder().decode(CallLineRecord.self, from: Data(line.utf8))
      callCount += 1
      precondition(call.after?.allSatisfy { $0 < call.call } ?? true, "after: \(line)")
      precondition(!call.because.isEmpty, "no reason: \(line)")
      run(call)
    }
  }

  private mutating func run(_ call: CallLineRecord) {
    switch (call.method, call.path) {
    case ("GET", "/api/v2/contacts.json"):
      if case .text(let urn) = call.query?["urn"] {
        urns[call.call] = urn
        answers[call.call] = workspace.find(urn: urn)
      }
    case ("POST", "/api/v2/contacts.json"): post(call)
    case ("DELETE", "/api/v2/contacts.json"):
      if let uuid = uuid(of: call) { try? workspace.delete(uuid: uuid) }
    case ("POST", "/api/v2/contact_actions.json"): act(call)
    default: change(call)
    }
  }

  /// The contact of a `uuid` in the query; an empty answer is filled where `missing` says so.
  private mutating func uuid(of call: CallLineRecord) -> String? {
    switch call.query?["uuid"] {
    case .text(let uuid): uuid
    case .answer(let number): contact(inAnswer: number, missing: call.missing?.word(at: 0))?.uuid
    case nil: nil
    }
  }

  private mutating func contact(inAnswer number: Int, missing: String?) -> ModelContact? {
    if answers[number] == nil, missing == "create", let urn = urns[number] {
      answers[number] = workspace.send(.urn(urn), ModelBody())
    }
    return answers[number]
  }

  private mutating func post(_ call: CallLineRecord) {
    var body = ModelBody()
    guard let given = call.body else { preconditionFailure("a POST without a body") }
    let lookup: ModelWorkspace.Lookup
    if case .text(let urn) = call.query?["urn"] {
      urns[call.call] = urn
      lookup = .urn(urn)
    } else if let uuid = uuid(of: call) {
      if case .answer(let number) = call.query?["uuid"] { urns[call.call] = urns[number] }
      lookup = .uuid(uuid)
    } else {
      return
    }
    body.name = given.name
    body.language = given.language
    body.fields = (given.fields ?? [:]).map { ($0.key, $0.value) }
    body.groups = given.groups
    switch given.urns {
    case .none: break
    case .list(let list): body.urns = list
    case .edit(let edit):
      guard let before = answers[edit.answer]?.urns else { return }
      let after = edit.apply(to: before)
      if after != before {
        body.urns = after
      } else if body.isEmpty {
        return answers[call.call] = answers[edit.answer]
      }
    }
    answers[call.call] = workspace.send(lookup, body)
  }

  /// Sends a bulk call until the server names nobody it does not know.
  private mutating func act(_ call: CallLineRecord) {
    guard let body = call.body, let action = body.action else { preconditionFailure("no action") }
    var names: [(name: String, missing: String?)] = []
    for (index, contact) in (body.contacts ?? []).enumerated() {
      let word = call.missing?.word(at: index)
      switch contact {
      case .text(let name): names.append((name, word))
      case .answer(let number):
        if let found = self.contact(inAnswer: number, missing: word) {
          names.append((found.uuid, word))
        }
      }
    }
    while !names.isEmpty {
      do {
        return try workspace.act(action, names.map(\.name), group: body.group)
      } catch .unknownContact(let name) {
        guard let index = names.firstIndex(where: { $0.name == name }) else { return }
        if let uuid = makeOrFind(name, names[index].missing) {
          names[index].name = uuid
        } else {
          names.remove(at: index)
        }
      } catch .inactiveContacts(let uuids) {
        names.removeAll { name in
          let place =
            name.name.contains(":")
            ? workspace.place(ofURN: name.name) : workspace.place(ofUUID: name.name)
          return place.map { uuids.contains(workspace.contacts[$0].uuid) } ?? false
        }
      } catch {
        return
      }
    }
  }

  private mutating func makeOrFind(_ name: String, _ missing: String?) -> String? {
    guard name.contains(":") else { return nil }
    if missing == "create" { return workspace.send(.urn(name), ModelBody())?.uuid }
    return workspace.find(urn: name)?.uuid
  }

  private mutating func change(_ call: CallLineRecord) {
    switch (call.method, call.path) {
    case ("GET", "/api/v2/groups.json"):
      if case .text(let name) = call.query?["name"] { groupNames[call.call] = name }
    case ("POST", "/api/v2/groups.json"):
      guard case .some(.some(let name)) = call.body?.name else { return }
      if case .answer(let number) = call.query?["uuid"] {
        workspace.renameGroup(groupNames[number] ?? "", to: name)
      } else {
        workspace.createGroup(name)
      }
    case ("DELETE", "/api/v2/groups.json"):
      if case .answer(let number) = call.query?["uuid"] {
        workspace.deleteGroup(groupNames[number] ?? "")
      }
    case ("POST", "/api/v2/fields.json"): workspace.createField(label: call.body?.label ?? "")
    default: preconditionFailure("no such endpoint: \(call.method) \(call.path)")
    }
  }
}
