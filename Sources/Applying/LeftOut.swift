import Execution
import Planning
import Sending

/// A contact whose changes were not sent, as somebody changed it since the plan was made.
package struct LeftOut: Sendable, Equatable {
  /// As the plan names it.
  package var contact: String
  /// Calls without it, or that were not sent at all.
  package var callCount: Int
}

/// Takes the contacts out of calls that changed, and what depends on answers about them.
struct CallFilter {
  private let changed: ContactNames
  private var batch = 0
  /// The calls of the batch whose answers nobody will have, and the contact they are about.
  private var withoutAnswer: [Int: String] = [:]
  private var places: [String: Int] = [:]
  private(set) var leftOut: [LeftOut] = []

  init(_ changed: ContactNames) { self.changed = changed }

  /// The call as it may be sent; nothing where nothing of it may.
  mutating func filtered(_ call: Call) -> Call? {
    if call.batch != batch {
      batch = call.batch
      withoutAnswer = [:]
    }
    guard case .action(_, let contacts, _) = call.body else { return whole(call) }
    var kept: [Int] = []
    for (index, contact) in contacts.enumerated() {
      if let name = changedContact(contact) { note(name) } else { kept.append(index) }
    }
    if kept.count == contacts.count { return call }
    return kept.isEmpty ? nil : call.keeping(kept)
  }

  private mutating func whole(_ call: Call) -> Call? {
    let name =
      call.contactNames.first { changed.contains($0) }
      ?? call.references.lazy.compactMap { [withoutAnswer] in withoutAnswer[$0] }.first
    guard let name else { return call }
    withoutAnswer[call.number] = name
    note(name)
    return nil
  }

  private func changedContact(_ contact: Call.Reference) -> String? {
    switch contact {
    case .text(let name): changed.contains(name) ? name : nil
    case .answer(let number): withoutAnswer[number]
    }
  }

  private mutating func note(_ name: String) {
    if let place = places[name] {
      leftOut[place].callCount += 1
    } else {
      places[name] = leftOut.count
      leftOut.append(LeftOut(contact: name, callCount: 1))
    }
  }
}
