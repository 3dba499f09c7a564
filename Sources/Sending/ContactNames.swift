import CEL
package import Contacts
import Execution
package import Planning

/// Names of contacts, uuids and URNs, however they are spelt.
package struct ContactNames: Sendable {
  private let profile: APIProfile
  private var names: Set<String> = []

  package init(_ profile: APIProfile) { self.profile = profile }

  package mutating func insert(_ name: String) {
    names.insert(Self.identity(of: name))
    if let other = profile.otherSpelling(of: name) { names.insert(Self.identity(of: other)) }
  }

  package var isEmpty: Bool { names.isEmpty }

  package func contains(_ name: String) -> Bool { names.contains(Self.identity(of: name)) }

  /// A URN without what answers show behind it; a uuid in the case that answers have.
  package static func identity(of name: String) -> String {
    name.contains(":") ? String(name.urnIdentity) : name.lowercased()
  }
}

extension Call {
  /// The contacts that the call names itself, and not by an answer.
  package var contactNames: [String] {
    guard path.hasSuffix("/contacts.json") || path.hasSuffix("/contact_actions.json") else {
      return []
    }
    if case .text(let name) = query?.value { return [name] }
    switch body {
    case .contact(let body):
      guard query == nil, case .list(let urns) = body.urns else { return [] }
      return urns
    case .action(_, let contacts, _):
      return contacts.compactMap { if case .text(let name) = $0 { name } else { nil } }
    case .field, .group, nil: return []
    }
  }

  /// The URNs of a contact that the call makes without looking it up.
  package var newContact: [String]? {
    guard query == nil, method == .post, path.hasSuffix("/contacts.json"),
      case .contact(let body) = body, case .list(let urns) = body.urns
    else { return nil }
    return urns
  }

  package var deletesContacts: Bool {
    if case .action("delete", _, _) = body { return true }
    return method == .delete && path.hasSuffix("/contacts.json")
  }

  /// The bulk call with these of its contacts alone.
  package func keeping(_ kept: [Int]) -> Call {
    guard case .action(let action, let contacts, let group) = body else { return self }
    var call = self
    call.body = .action(action, contacts: kept.map { contacts[$0] }, group: group)
    if missing.count > 1 { call.missing = kept.map { missing[$0] } }
    call.because = because.compactMap { reason in
      guard let contact = reason.contact else { return reason }
      guard let place = kept.firstIndex(of: contact) else { return nil }
      return Reason(rule: reason.rule, event: reason.event, contact: place)
    }
    return call
  }
}
