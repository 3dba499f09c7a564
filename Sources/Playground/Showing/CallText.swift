import Planning

/// One call in few words: whom it is about and what it sets.
struct CallText {
  let veil: Veil

  /// `3  POST    p:19bc  name · last_order · only 2 groups`.
  func lines(_ call: Call, outcome: String?) -> [String] {
    let number = Columns.right("\(call.number)", 6)
    let start = "\(number)  \(Columns.pad(call.method.rawValue, 6)) \(subject(call))"
    return Columns.line(start, at: 44, details(call) + (outcome.map { [$0] } ?? []), indent: 16)
  }

  /// Whom or what the call is about.
  func subject(_ call: Call) -> String {
    switch call.body {
    case .action(_, let contacts, _):
      return contacts.count == 1 ? name(contacts[0]) : "\(contacts.count) contacts"
    case .field(let label, _): return "field \"\(veil.text(label))\""
    case .group(let name): return "group \"\(veil.text(name))\""
    case .contact, nil:
      guard let query = call.query else { return "a new contact" }
      return query.name == "name" ? "group \(name(query.value))" : name(query.value)
    }
  }

  func details(_ call: Call) -> [String] {
    switch call.body {
    case .contact(let body): return details(body)
    case .action(let action, _, let group):
      return [action.replacing("_", with: " ") + (group.map { " \(veil.text($0))" } ?? "")]
    case .field(_, let type): return [type]
    case .group: return [call.query == nil ? "made" : "renamed"]
    case nil:
      switch call.method {
      case .get: return ["looked up"]
      case .delete: return ["deleted"]
      case .post: return []
      }
    }
  }

  private func details(_ body: Call.ContactBody) -> [String] {
    var details: [String] = []
    if body.name != nil { details.append("name") }
    if body.language != nil { details.append("language") }
    details += body.fields.map { $0.value == .cleared ? "\($0.key) cleared" : $0.key }
    if let groups = body.groups {
      details.append(groups.isEmpty ? "no groups" : "groups: \(groups.count)")
    }
    switch body.urns {
    case .list(let urns): details.append("URNs: \(urns.count)")
    case .edit(_, let add, let first, let remove):
      details += (first + add).map { "+ \(veil.contact($0))" }
      details += remove.map { "− \(veil.contact($0))" }
    case nil: break
    }
    return details.isEmpty ? ["made if it is not there"] : details
  }

  private func name(_ reference: Call.Reference) -> String {
    switch reference {
    case .text(let text): veil.contact(text)
    case .answer(let number): "who call \(number) found"
    }
  }
}
