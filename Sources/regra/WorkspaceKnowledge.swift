import Contacts
import Engine
private import Glibc
import Knowledge
import StateStore
import Streams

/// What a command knows of the workspace, from the state directory or from files.
struct WorkspaceKnowledge {
  var snapshot: ContactSnapshot?
  /// The uuid of the workspace, if the state directory says it.
  var workspace: String?
  /// When the oldest contact was known to be as it is, in seconds since 1970.
  var knownAt: Int64?
  /// The time of the server up to which all changes are known.
  var knownThrough: String?
  /// As people read it: `contacts as of 08:55 (5 min ago)`.
  var words: String

  /// Nothing.
  static let none = WorkspaceKnowledge(
    snapshot: nil, workspace: nil, knownAt: nil, words: "nothing known of contacts")
}

extension StreamOptions {
  /// Reads what there is; `now` is in seconds since 1970.
  func knowledge(at now: Int64) throws -> WorkspaceKnowledge {
    if contacts != nil || workspace.inventory != nil { return try knowledgeOfFiles(at: now) }
    guard let directory = workspace.directory else { return .none }
    return try knowledge(of: directory, at: now)
  }

  private func knowledgeOfFiles(at now: Int64) throws -> WorkspaceKnowledge {
    let readAt = contactsAsOf.map { $0.nanoseconds / 1_000_000_000 }
    var files = try SnapshotFiles(
      contacts: contacts, inventory: workspace.inventory, profile: APIProfile(dialect),
      readAt: readAt ?? now)
    files.snapshot.freshSince = now - fresh.seconds
    if allContacts { files.snapshot.completeAt = readAt ?? now }
    for problem in files.problems.prefix(10) {
      Terminal.say("regra: \(contacts ?? ""):\(problem.line): \(problem.cause)\n")
    }
    if files.problemCount > 10 {
      Terminal.say("regra: \(contacts ?? ""): \(files.problemCount) lines hold no contact\n")
    }
    return WorkspaceKnowledge(
      snapshot: files.snapshot, workspace: nil, knownAt: readAt,
      words: readAt.map { Self.words(since: $0, now) }
        ?? contacts.map { "contacts from \($0)" } ?? "nothing known of contacts")
  }

  private func knowledge(of directory: String, at now: Int64) throws -> WorkspaceKnowledge {
    var snapshot = ContactSnapshot(APIProfile(dialect))
    var reader = SnapshotReader()
    do {
      let store = try ContactStore(directory, for: .reading)
      if let inventory = try store.inventory { try reader.setInventory(inventory, of: &snapshot) }
      var oldest = Int64.max
      try store.forEachContact { body, knownAt in
        let second = knownAt.microseconds / 1_000_000
        oldest = min(oldest, second)
        try reader.addContact(body, readAt: second, to: &snapshot)
      }
      snapshot.freshSince = now - fresh.seconds
      snapshot.completeAt = try store.pullState.completedAt.map { $0.microseconds / 1_000_000 }
      let known = oldest == .max ? nil : oldest
      return WorkspaceKnowledge(
        snapshot: snapshot, workspace: try store.workspace?.uuid, knownAt: known,
        knownThrough: try store.pullState.knownThrough?.text,
        words: known.map { Self.words(since: $0, now) } ?? "nothing known of contacts")
    } catch let failure as StoreFailure {
      throw CommandFailure(failure)
    } catch let failure as SnapshotReader.Failure {
      throw CommandFailure("\(directory): \(failure.sentence)", status: ExitStatus.fileFailure)
    }
  }

  /// `contacts as of 08:55 (5 min ago)`, by the clock of this machine.
  private static func words(since second: Int64, _ now: Int64) -> String {
    var time = time_t(second)
    var parts = tm()
    localtime_r(&time, &parts)
    func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(digits(parts.tm_hour)):\(digits(parts.tm_min))"
    let minutes = max(0, now - second) / 60
    let age =
      minutes < 120
      ? "\(minutes) min" : minutes < 2_880 ? "\(minutes / 60) h" : "\(minutes / 1_440) days"
    return "contacts as of \(clock) (\(age) ago)"
  }
}
