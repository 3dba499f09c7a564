import Contacts
import Execution
import Planning
import Sending

/// Takes out of a journal what it says of contacts whose deletion was acknowledged.
///
/// They may be people who asked to be forgotten. Their uuids stay.
struct Erasure {
  private var names: ContactNames
  /// Answers that calls still need.
  private var needed: Set<CallPlace> = []
  private let entries: [JournalEntry]

  init(of entries: [JournalEntry], _ calls: [Call], _ profile: APIProfile) {
    self.entries = entries
    names = ContactNames(profile)
    let record = Record(entries)
    var deleting: Set<CallPlace> = []
    for call in calls {
      let place = CallPlace(call)
      guard record.done.contains(place) else {
        for number in call.references { needed.insert(place.with(number)) }
        continue
      }
      guard call.deletesContacts else { continue }
      deleting.insert(place)
      for name in call.contactNames { names.insert(name) }
      for (number, answer) in record.answers(of: call.batch) where call.references.contains(number)
      {
        insert(answer)
      }
    }
    for acknowledgement in record.acknowledgements where deleting.contains(acknowledgement.place) {
      for name in acknowledgement.contacts { names.insert(name) }
    }
    guard !names.isEmpty else { return }
    // Whoever is named by one identifier was perhaps answered with others.
    for answer in record.acknowledgements.flatMap(\.answers).map(\.answer) where isAboutThem(answer)
    {
      insert(answer)
    }
  }

  private mutating func insert(_ answer: KeptAnswer) {
    for name in [answer.uuid, answer.urn].compactMap(\.self) + answer.urns { names.insert(name) }
  }

  private func isAboutThem(_ answer: KeptAnswer) -> Bool {
    ([answer.uuid, answer.urn].compactMap(\.self) + answer.urns).contains { names.contains($0) }
  }

  /// The journal without what is to be forgotten; nothing where it says nothing of the kind.
  var remainder: [JournalEntry]? {
    guard !names.isEmpty else { return nil }
    var isChanged = false
    let remainder = entries.map { entry -> JournalEntry in
      guard case .acknowledged(let acknowledgement) = entry else { return entry }
      let rest = self.rest(of: acknowledgement)
      if rest.isShorter(than: acknowledgement) { isChanged = true }
      return .acknowledged(rest)
    }
    return isChanged ? remainder : nil
  }

  private func rest(of acknowledgement: Acknowledgement) -> Acknowledgement {
    var rest = acknowledgement
    rest.contacts.removeAll { $0.contains(":") && names.contains($0) }
    rest.answers.removeAll { answer in
      isAboutThem(answer.answer) && !needed.contains(rest.place.with(answer.call))
    }
    for index in rest.refusals.indices where rest.refusals[index].speaks(of: names) {
      rest.refusals[index].item = RefusedPart.forgotten
      rest.refusals[index].words = ""
    }
    return rest
  }
}

extension Acknowledgement {
  fileprivate func isShorter(than other: Acknowledgement) -> Bool {
    contacts.count < other.contacts.count || answers.count < other.answers.count
      || refusals != other.refusals
  }
}

extension RefusedPart {
  static let forgotten = "a part of a contact that was deleted"

  /// Whether a word of it names one of these contacts.
  fileprivate func speaks(of names: ContactNames) -> Bool {
    guard item != Self.forgotten else { return false }
    return (item + " " + words).split { " ,;()`\"'".contains($0) }.contains {
      names.contains(String($0.hasSuffix(".") ? $0.dropLast() : $0))
    }
  }
}
