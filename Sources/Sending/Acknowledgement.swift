package import CEL
package import Execution
import Planning

/// What a call came to, as far as the rest of the plan or the report needs it.
package struct Acknowledgement {
  package var place: CallPlace
  /// Contacts that it changed, where the call does not name them so itself.
  package var contacts: [String] = []
  /// Answers that later calls need, those of earlier calls too if they became others.
  package var answers: [(call: Int, answer: KeptAnswer)] = []
  package var refusals: [RefusedPart] = []
  package var skippedCount = 0

  package init(_ place: CallPlace) { self.place = place }

  package var literal: Literal {
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

  package init?(_ literal: Literal) {
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
