import Contacts
import Planning

/// What a call's method and path allow in its query and body.
struct CallForm {
  let method: Call.Method
  let endpoint: Endpoint
  /// The call's number: answers are those of earlier ones.
  let call: Int

  private static let actions = [
    "add", "remove", "block", "unblock", "interrupt", "archive_messages", "delete",
  ]
  private static let fieldTypes = ["text", "numeric", "datetime", "state", "district", "ward"]
  /// Of contacts, URNs, groups or fields in one call.
  private static let itemLimit = 100

  func query(_ node: CallNode?) throws(CallFault) -> Call.Query? {
    guard let node else {
      guard allowsNoQuery else { throw CallFault("`query` is missing") }
      return nil
    }
    let entries = try node.entries()
    guard entries.count == 1, let (name, value) = entries.first, names.contains(name) else {
      throw node.fault(
        names.isEmpty ? "does not belong here" : "must have one of \(names.joined(separator: ", "))"
      )
    }
    guard name == "uuid" else { return Call.Query(name: name, value: .text(try value.text())) }
    return Call.Query(name: name, value: try reference(value))
  }

  private var allowsNoQuery: Bool {
    switch (endpoint, method) {
    case (.contacts, .post), (.groups, .post), (.actions, _), (.fields, _): true
    case (.contacts, _), (.groups, _): false
    }
  }

  private var names: [String] {
    switch (endpoint, method) {
    case (.contacts, _): ["urn", "uuid"]
    case (.groups, .get): ["name"]
    case (.groups, _): ["uuid"]
    case (.actions, _), (.fields, _): []
    }
  }

  /// A text, or `{"answer": n}` of an earlier call.
  private func reference(_ node: CallNode) throws(CallFault) -> Call.Reference {
    if let text = try? node.text() { return .text(text) }
    try node.checkKeys(["answer"])
    return .answer(try answer(node))
  }

  private func answer(_ node: CallNode) throws(CallFault) -> Int {
    let answer = try node.required("answer")
    guard call > 1 else { throw answer.fault("must be an earlier call, and there is none") }
    return try answer.number(in: 1...call - 1)
  }

  func body(_ node: CallNode?) throws(CallFault) -> Call.Body? {
    guard method == .post else {
      guard node == nil else { throw CallFault("`body` belongs to POST") }
      guard endpoint == .contacts || endpoint == .groups else {
        throw CallFault("\(method.rawValue) is no method of \(endpoint.rawValue)")
      }
      return nil
    }
    guard let node else { throw CallFault("`body` is missing") }
    switch endpoint {
    case .contacts: return .contact(try contact(node))
    case .actions: return try action(node)
    case .fields:
      try node.checkKeys(["label", "value_type"])
      let type = try node.required("value_type").word { Self.fieldTypes.contains($0) ? $0 : nil }
      return .field(label: try node.required("label").text(), type: type)
    case .groups:
      try node.checkKeys(["name"])
      return .group(name: try node.required("name").text())
    }
  }

  private func contact(_ node: CallNode) throws(CallFault) -> Call.ContactBody {
    try node.checkKeys(["name", "language", "fields", "groups", "urns"])
    var body = Call.ContactBody()
    for (key, value) in try node.entries() {
      switch key {
      case "name": body.name = try self.value(value)
      case "language": body.language = try self.value(value)
      case "fields": body.fields = try fields(value)
      case "groups": body.groups = try limited(try value.texts(), value)
      default: body.urns = try urns(value)
      }
    }
    return body
  }

  private func value(_ node: CallNode) throws(CallFault) -> Call.Value {
    node.isNull ? .cleared : .text(try node.text())
  }

  private func fields(_ node: CallNode) throws(CallFault) -> [Call.Field] {
    var fields: [Call.Field] = []
    var keys: Set<String> = []
    for (key, value) in try limited(try node.entries(), node) {
      guard keys.insert(key).inserted else { throw value.fault("stands there twice") }
      fields.append(Call.Field(key: key, value: try self.value(value)))
    }
    return fields
  }

  private func urns(_ node: CallNode) throws(CallFault) -> Call.URNs {
    if node.isList { return .list(try limited(try node.texts(), node)) }
    try node.checkKeys(["answer", "add", "first", "remove"])
    func list(_ key: String) throws(CallFault) -> [String] {
      guard let list = node[key] else { return [] }
      return try limited(try list.texts(), list)
    }
    return .edit(
      answer: try answer(node), add: try list("add"), first: try list("first"),
      remove: try list("remove"))
  }

  private func action(_ node: CallNode) throws(CallFault) -> Call.Body {
    try node.checkKeys(["contacts", "action", "group"])
    let list = try node.required("contacts")
    let contacts = try limited(try list.items(), list).map { item throws(CallFault) in
      try reference(item)
    }
    guard !contacts.isEmpty else { throw list.fault("must have one contact at least") }
    let action = try node.required("action").word { Self.actions.contains($0) ? $0 : nil }
    let group = try node["group"]?.text()
    guard (action == "add" || action == "remove") == (group != nil) else {
      throw node.fault(
        group == nil ? "lacks `group`" : "has a `group`, which `\(action)` does not take")
    }
    return .action(action, contacts: contacts, group: group)
  }

  private func limited<Item>(_ items: [Item], _ node: CallNode) throws(CallFault) -> [Item] {
    guard items.count <= Self.itemLimit else {
      throw node.fault("has \(items.count) items; one call takes \(Self.itemLimit)")
    }
    return items
  }
}
