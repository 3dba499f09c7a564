import Contacts
import Execution
import Planning
import Sending

/// What a journal says of a plan so far.
struct Record {
  private(set) var plan: String?
  private(set) var workspace: String?
  private(set) var changed: [ChangedContact] = []
  private(set) var done: Set<CallPlace> = []
  private(set) var acknowledgements: [Acknowledgement] = []
  /// A call that was sent, or was about to be, and of which nothing else is known.
  private(set) var begun: CallPlace?
  private(set) var isFinished = false

  init(_ entries: [JournalEntry]) {
    for entry in entries {
      switch entry {
      case .head(let plan, let workspace): (self.plan, self.workspace) = (plan, workspace)
      case .changed(let contacts): changed += contacts
      case .begun(let place): begun = place
      case .acknowledged(let acknowledgement):
        done.insert(acknowledgement.place)
        acknowledgements.append(acknowledgement)
        begun = nil
      case .finished: isFinished = true
      }
    }
  }

  var isEmpty: Bool { plan == nil }

  /// The contacts that the calls so far have changed, or may have: what is new about them is ours.
  func own(_ calls: [Call], _ profile: APIProfile) -> ContactNames {
    var names = ContactNames(profile)
    for call in calls where call.method != .get {
      let place = CallPlace(call)
      guard done.contains(place) || begun == place else { continue }
      for name in call.contactNames { names.insert(name) }
      guard begun == place else { continue }
      for (number, answer) in answers(of: call.batch) where call.references.contains(number) {
        // By its URN the call may have made a contact that was not there.
        for name in [answer.uuid, answer.urn].compactMap(\.self) { names.insert(name) }
      }
    }
    for name in acknowledgements.flatMap(\.contacts) { names.insert(name) }
    return names
  }

  /// Whether a call so far has deleted contacts by their URNs, or may have.
  func hasDeletedByURN(_ calls: [Call]) -> Bool {
    calls.contains { call in
      let place = CallPlace(call)
      return call.deletesContacts && (done.contains(place) || begun == place)
        && call.contactNames.contains { $0.contains(":") }
    }
  }

  /// The answers of a batch as they were last.
  func answers(of batch: Int) -> [(call: Int, answer: KeptAnswer)] {
    acknowledgements.filter { $0.place.batch == batch }.flatMap(\.answers)
  }
}
