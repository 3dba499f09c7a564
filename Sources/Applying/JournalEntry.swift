import CEL
import Execution
import Planning

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

/// The numbers of a call.
struct CallPlace: Sendable, Hashable {
  var batch: Int
  var number: Int

  init(_ call: Call) {
    batch = call.batch
    number = call.number
  }

  init?(_ literal: Literal) {
    guard let items = literal.items, items.count == 2, case .int(let batch) = items[0],
      case .int(let number) = items[1]
    else { return nil }
    self.batch = Int(batch)
    self.number = Int(number)
  }

  var literal: Literal { .list([.int(Int64(batch)), .int(Int64(number))]) }
}

/// What a call came to, as far as the rest of the plan or the report needs it.
struct Acknowledgement {
  var place: CallPlace
  /// Contacts that it changed, where the call does not name them so itself.
  var contacts: [String] = []
  /// Answers that later calls need, those of earlier calls too if they became others.
  var answers: [(call: Int, answer: KeptAnswer)] = []
  var refusals: [RefusedPart] = []
  var skippedCount = 0

  init(_ place: CallPlace) { self.place = place }

  var literal: Literal {
    var entries: [(key: String, value: Literal)] = [("done", place.literal)]
    if !contacts.isEmpty { entries.append(("contacts", .texts(contacts))) }
    if !answers.isEmpty {
      let list = answers.map { Literal.list([.int(Int64($0.call)), $0.answer.literal]) }
      entries.append(("answers", .list(list)))
    }
    if !refusals.isEmpty { entries.append(("refused", .list(refusals.map(\.literal)))) }
    if skippedCount > 0 { entries.append(("skipped", .int(Int64(skippedCount)))) }
    return .object(entries)
  }

  init?(_ literal: Literal) {
    guard let place = literal["done"].flatMap({ CallPlace($0) }) else { return nil }
    self.place = place
    contacts = literal["contacts"]?.texts ?? []
    for item in literal["answers"]?.items ?? [] {
      guard let pair = item.items, pair.count == 2, case .int(let call) = pair[0] else {
        return nil
      }
      answers.append((Int(call), KeptAnswer(pair[1])))
    }
    refusals = (literal["refused"]?.items ?? []).map { RefusedPart($0) }
    if case .int(let count) = literal["skipped"] { skippedCount = Int(count) }
  }
}
