package import Contacts
package import Pulling
package import StateStore

/// Why nothing, or nothing more, of a plan is carried out.
package enum ApplyFailure: Error, Sendable, Equatable {
  /// A line of the plan is no call.
  case noCall(String)
  case anotherWorkspace(plan: String, found: String)
  case anotherDialect(plan: Dialect, found: Dialect)
  /// The plan does not say since when contacts may have changed.
  case unknownTime(String)
  /// Guards forbid the plan, or cannot be judged; with sentences.
  case guarded([String])
  /// Another process applies the plan.
  case locked(path: String)
  /// The journal is that of another plan, or of this plan in another workspace.
  case foreignJournal(path: String)
  case damaged(path: String, line: Int)
  case file(path: String, reason: String)
  /// The state directory cannot be used.
  case state(StoreFailure)
  /// The server does not say what must be known before anything is sent.
  case server(PullFailure)

  /// A sentence for people, without a full stop.
  package var sentence: String {
    switch self {
    case .noCall(let cause): "the plan has a line that is no call, \(cause): plan again"
    case .anotherWorkspace(let plan, let found):
      "the plan is for workspace \(plan), and the token is of workspace \(found)"
    case .anotherDialect(let plan, let found):
      "the plan is for the dialect \(plan.rawValue), and the server speaks \(found.rawValue): plan "
        + "again with --dialect \(found.rawValue)"
    case .unknownTime(let text): "the plan has no time that can be read (`\(text)`): plan again"
    case .guarded(let sentences): "stopped by a guard: \(sentences.joined(separator: "; "))"
    case .locked(let path): "\(path): another process is applying this plan; wait until it ends"
    case .foreignJournal(let path):
      "\(path): it is the journal of another plan or workspace, which is not done; go on with that "
        + "one, or move the journal away"
    case .damaged(let path, let line):
      "\(path): line \(line) is damaged, so nobody knows what was done; plan again"
    case .file(let path, let reason): "\(path): \(reason)"
    case .state(let failure): failure.sentence
    case .server(let failure): "the server \(failure.sentence)"
    }
  }
}
