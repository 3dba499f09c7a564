package import Contacts
package import Diagnostics

/// What a checkup looks at.
package struct CheckupSubject: Sendable {
  /// As people write the server: `https://flows.weni.ai`.
  package var address: String
  /// The server's name in state directories.
  package var host: String
  package var isProtected: Bool
  package var token: Token
  package var dialect: Dialect
  package var rules: Rules
  /// A state directory, which may not be there.
  package var state: String

  package init(
    address: String, host: String, isProtected: Bool, token: Token, dialect: Dialect,
    rules: Rules, state: String
  ) {
    self.address = address
    self.host = host
    self.isProtected = isProtected
    self.token = token
    self.dialect = dialect
    self.rules = rules
    self.state = state
  }

  /// The token that the transport sends.
  package enum Token: Sendable {
    /// From the environment or standard input.
    case given
    /// From a file, with what is wrong with its rights.
    case inFile(warning: String?)
    /// There is none, with the reason.
    case missing(String)
  }

  package enum Rules: Sendable {
    /// None were named, so that nothing is said of them.
    case none
    /// `arguments` name them on a command line.
    case read([SourceText], arguments: String)
    case unreadable(String)
  }
}
