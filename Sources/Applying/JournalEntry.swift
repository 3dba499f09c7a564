import CEL
import Execution
import Planning
import Sending

/// One line of a journal.
enum JournalEntry {
  /// The first line: what is applied, and where.
  case head(plan: String, workspace: String)
  /// Contacts whose changes are left out, from now on.
  case changed([ChangedContact])
  /// A call that is about to be sent.
  case begun(CallPlace)
  case acknowledged(Acknowledgement)
  /// Nothing is left to do.
  case finished

  var literal: Literal {
    switch self {
    case .head(let plan, let workspace):
      .object([
        ("journal", .int(1)), ("plan", .string(plan)), ("workspace", .string(workspace)),
      ])
    case .changed(let contacts): .object([("changed", .list(contacts.map(\.literal)))])
    case .begun(let place): .object([("begun", place.literal)])
    case .acknowledged(let acknowledgement): acknowledgement.literal
    case .finished: .object([("finished", .bool(true))])
    }
  }

  /// Reads what ``literal`` gives.
  init?(_ literal: Literal) {
    if let version = literal["journal"] {
      guard case .int(1) = version, let plan = literal["plan"]?.text,
        let workspace = literal["workspace"]?.text
      else { return nil }
      self = .head(plan: plan, workspace: workspace)
    } else if let contacts = literal["changed"]?.items {
      let read = contacts.compactMap { ChangedContact($0) }
      guard read.count == contacts.count else { return nil }
      self = .changed(read)
    } else if let place = literal["begun"] {
      guard let place = CallPlace(place) else { return nil }
      self = .begun(place)
    } else if literal["done"] != nil {
      guard let acknowledgement = Acknowledgement(literal) else { return nil }
      self = .acknowledged(acknowledgement)
    } else if literal["finished"] != nil {
      self = .finished
    } else {
      return nil
    }
  }
}
