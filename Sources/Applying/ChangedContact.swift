import CEL
import Execution

/// A contact that somebody changed or deleted since the plan was made.
struct ChangedContact: Sendable, Equatable {
  var uuid: String
  /// Those that the plan may name it by; none once it is deleted.
  var urns: [String] = []

  var names: [String] { [uuid] + urns }

  var literal: Literal { .texts(names) }

  init(uuid: String, urns: [String] = []) {
    self.uuid = uuid
    self.urns = urns
  }

  /// Reads what ``literal`` gives.
  init?(_ literal: Literal) {
    guard let names = literal.texts, let uuid = names.first else { return nil }
    self.init(uuid: uuid, urns: Array(names.dropFirst()))
  }
}
