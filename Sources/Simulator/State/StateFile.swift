package import Contacts

/// The JSON of a whole workspace, documented in `docs/simulator.md`.
package enum StateFile {
  /// Reads a workspace; `dialect` counts where the file names none.
  package static func read(
    _ bytes: [UInt8], dialect: Dialect = .weni
  ) throws(StateFailure) -> Workspace {
    Workspace(dialect)
  }

  /// Writes a workspace so that reading the result gives the same workspace.
  package static func write(_ workspace: Workspace) -> [UInt8] {
    Array("{\"dialect\": \"\(workspace.dialect.rawValue)\"}\n".utf8)
  }
}

/// Why a state file describes no workspace.
package struct StateFailure: Error, Sendable, Equatable {
  /// Where: `contacts[3].urns[0]`; empty for the whole file.
  package var path: String
  /// What is wrong there, in lower case without a full stop.
  package var reason: String

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
