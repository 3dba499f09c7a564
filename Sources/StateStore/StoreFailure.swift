private import GRDB

/// Why a state directory cannot be used; nothing was changed half.
package enum StoreFailure: Error, Sendable, Equatable {
  /// Nothing was pulled into it yet.
  case missing(path: String)
  /// Another process writes to it; its number where it is known.
  case locked(path: String, process: Int?)
  /// It holds what is known of another workspace.
  case anotherWorkspace(path: String, known: WorkspaceIdentity, given: WorkspaceIdentity)
  /// A later version of regra wrote it.
  case newerFormat(path: String, found: Int, readable: Int)
  /// An earlier version of regra wrote it, and whoever only reads may not change that.
  case olderFormat(path: String, found: Int, readable: Int)
  /// The file is no database of regra's.
  case foreign(path: String)
  case damaged(path: String, reason: String)
  case full(path: String)
  /// The system refuses to read or write.
  case unusable(path: String, reason: String)
}

extension StoreFailure {
  /// What happened and what to do, without a full stop.
  package var sentence: String {
    switch self {
    case .missing(let path): "\(path): nothing is known yet; `regra pull` fills it"
    case .locked(let path, let process):
      "\(path): \(process.map { "process \($0)" } ?? "another process") is writing to it; "
        + "wait until it ends, or give another --state"
    case .anotherWorkspace(let path, let known, let given):
      "\(path): it belongs to workspace \(known), not to \(given); give another --state"
    case .newerFormat(let path, let found, let readable):
      "\(path): its format is \(found), and this version of regra reads up to \(readable); "
        + "use the version that wrote it, or give another --state"
    case .olderFormat(let path, let found, let readable):
      "\(path): its format is \(found), older than \(readable); `regra pull` brings it up to date"
    case .foreign(let path): "\(path): this is no state of regra; give another --state"
    case .damaged(let path, let reason):
      "\(path): it is damaged (\(reason)); remove it and pull again"
    case .full(let path): "\(path): the disk is full; what was stored before is unharmed"
    case .unusable(let path, let reason): "\(path): \(reason)"
    }
  }

  /// What a failure of the database means to people.
  package init(_ error: any Error, path: String) {
    if let failure = error as? StoreFailure {
      self = failure
      return
    }
    guard let error = error as? DatabaseError else {
      self = .unusable(path: path, reason: "\(error)")
      return
    }
    let reason = error.message ?? error.resultCode.description
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .full(path: path)
      case .SQLITE_NOTADB: .foreign(path: path)
      case .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
      // Reading needs files beside the database, too.
      case .SQLITE_READONLY, .SQLITE_CANTOPEN:
        .unusable(path: path, reason: "its files cannot be written; copy it to where they can")
      case .SQLITE_IOERR:
        .unusable(path: path, reason: "the system refuses to read or write (\(reason))")
      default: .unusable(path: path, reason: reason)
      }
  }
}
