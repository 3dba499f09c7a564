import CEL
import Contacts
import Planning

/// URN lists: edits of those that answers hold, and URNs of other contacts.
extension Executor {
  enum URNResolution {
    case ready
    /// The list stays and nothing else is asked for: the answer is that of the call it edits.
    case unsent((uuid: String, urns: [String]))
    case impossible(words: String)
  }

  /// Finds the list of URNs to send.
  mutating func resolveURNs(
    of call: Call, _ body: Call.ContactBody, _ query: (name: String, value: String)?,
    _ write: inout ContactWrite
  ) async throws(Interruption) -> URNResolution {
    switch body.urns {
    case nil: return .ready
    case .list(let list):
      write.urns = list
      guard urnMoves == .setAside, let query, query.name == "uuid", !list.isEmpty else {
        return .ready
      }
      // A contact that is not there is the POST's to find out.
      guard let contact = try await lookUp("uuid", query.value) else { return .ready }
      write.urns = try await withoutOthers(list, contact.uuid, had: contact.urns, call)
      return .ready
    case .edit(let number, let add, let first, let remove):
      guard let contact = answers[number]?.contact else {
        return .impossible(words: "call \(number) found no list of URNs")
      }
      var list = contact.urns.edited(add: add, first: first, remove: remove)
      if urnMoves == .setAside {
        list = try await withoutOthers(list, contact.uuid, had: contact.urns, call)
      }
      if list != contact.urns { write.urns = list }
      return write.isEmpty ? .unsent(contact) : .ready
    }
  }

  /// Takes out the URNs that belong to somebody else; those the contact has need no look-up.
  mutating func withoutOthers(
    _ list: [String], _ uuid: String, had: [String], _ call: Call
  ) async throws(Interruption) -> [String] {
    let known = Set(had.map(\.urnIdentity))
    var kept: [String] = []
    for urn in list {
      if !known.contains(urn.urnIdentity), let owner = try await lookUp("urn", urn),
        owner.uuid != uuid
      {
        setAside(.urn(urn), of: call, "\(urn) of contact \(uuid) belongs to contact \(owner.uuid)")
      } else {
        kept.append(urn)
      }
    }
    return kept
  }
}

extension [String] {
  /// `first`, then the list without `remove` and `first`, then what it lacks of `add`.
  func edited(add: [String], first: [String], remove: [String]) -> [String] {
    var names: Set<Substring> = []
    let start = first.filter { names.insert($0.urnIdentity).inserted }
    let left = names.union(remove.map(\.urnIdentity))
    let kept = filter { !left.contains($0.urnIdentity) }
    names.formUnion(kept.map(\.urnIdentity))
    return start + kept + add.filter { names.insert($0.urnIdentity).inserted }
  }
}

extension String {
  /// A URN without what answers show behind it.
  package var urnIdentity: Substring { prefix { $0 != "#" && $0 != "?" } }
}
