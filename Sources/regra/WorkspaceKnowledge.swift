import Contacts
import Engine
private import Glibc
import Knowledge
import Plans
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
  /// The state directory, as an absolute path.
  var state: String?
  /// Of contacts that are known as they were behind ``knownThrough`` their checksums, by uuid, and the
  /// groups that these leave out.
  var ahead: [String: String] = [:]
  var smartGroups: [String] = []
  /// As people read it: `contacts as of 08:55 (5 min ago)`.
  var words: String

  /// How many contacts are known; absent if none is.
  var contactCount: Int? { snapshot.flatMap { $0.contactCount > 0 ? $0.contactCount : nil } }

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
      words: readAt.map { WorkspaceKnowledge.words(since: $0, now) }
        ?? contacts.map { "contacts from \($0)" } ?? "nothing known of contacts")
  }

  private func knowledge(of directory: String, at now: Int64) throws -> WorkspaceKnowledge {
    do {
      let store = try ContactStore(directory, for: .reading)
      // As all was at one moment: others may write meanwhile.
      return try store.reading { reading in
        let workspace = try reading.workspace(of: dialect, in: directory)
        var known = try knowledge(reading, at: now)
        known.workspace = workspace?.uuid
        known.state = realpath(directory, nil).map { path in
          defer { free(path) }
          return String(cString: path)
        }
        return known
      }
    } catch let failure as StoreFailure {
      throw CommandFailure(failure)
    } catch let failure as SnapshotReader.Failure {
      throw CommandFailure("\(directory): \(failure.sentence)", status: ExitStatus.fileFailure)
    }
  }

  private func knowledge(_ reading: StoreReading, at now: Int64) throws -> WorkspaceKnowledge {
    var snapshot = ContactSnapshot(APIProfile(dialect))
    var reader = SnapshotReader()
    if let inventory = try reading.inventory { try reader.setInventory(inventory, of: &snapshot) }
    let smart = try reading.smartGroups
    var ahead: [String: String] = [:]
    var oldest = Int64.max
    let filled = try SnapshotFilling.fill(snapshot) { filling in
      filling.expect(try reading.contactCountLimit)
      try reading.forEachContact { contact in
        let second = contact.knownAt.map { $0.microseconds / 1_000_000 }
        oldest = min(oldest, second ?? .max)
        try filling.add(contact.body, readAt: second ?? .min)
        if contact.isAhead, let row = ContactRow(answer: Array(contact.body)) {
          ahead[row.uuid] = ContactVersion.checksum(of: row.body, without: Set(smart))
        }
      }
    }
    if let refusal = filled.refusals.first { throw refusal.failure }
    snapshot = filled.snapshot
    snapshot.freshSince = now - fresh.seconds
    snapshot.completeAt = try reading.completeAt.map { $0.microseconds / 1_000_000 }
    let known = oldest == .max ? nil : oldest
    var knowledge = WorkspaceKnowledge(
      snapshot: snapshot, workspace: nil, knownAt: known,
      knownThrough: try reading.pullState.knownThrough?.text,
      words: known.map { WorkspaceKnowledge.words(since: $0, now) } ?? "nothing known of contacts")
    (knowledge.ahead, knowledge.smartGroups) = (ahead, smart)
    return knowledge
  }
}

extension WorkspaceKnowledge {
  /// `contacts as of 08:55 (5 min ago)`, by the clock of this machine.
  static func words(since second: Int64, _ now: Int64) -> String {
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

extension StoreReading {
  /// The workspace that a state directory belongs to; one of another dialect ends the command.
  func workspace(of dialect: Dialect, in directory: String) throws -> WorkspaceIdentity? {
    let workspace = try workspace
    if let workspace, workspace.dialect != dialect {
      throw CommandFailure(
        "\(directory): it belongs to a workspace of dialect \(workspace.dialect.rawValue); "
          + "give --dialect \(workspace.dialect.rawValue), or another --state",
        status: ExitStatus.unreachable)
    }
    return workspace
  }
}
