package import Contacts

/// Which workspace a state directory is about.
package struct WorkspaceIdentity: Sendable, Equatable {
  package var uuid: String
  /// Host and, where it is not the usual one, port: `flows.weni.ai`, `127.0.0.1:8080`.
  package var host: String
  package var dialect: Dialect

  package init(uuid: String, host: String, dialect: Dialect) {
    self.uuid = uuid
    self.host = host
    self.dialect = dialect
  }
}

extension WorkspaceIdentity: CustomStringConvertible {
  package var description: String { "\(uuid) at \(host) (\(dialect.rawValue))" }
}
