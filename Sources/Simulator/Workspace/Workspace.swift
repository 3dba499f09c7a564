package import Contacts

/// All that the server knows of one workspace, and the pure function from a request to its answer.
///
/// Time is passed in; uuids, tokens and cursors come from a seeded generator that is part of the
/// state, so the same requests at the same times give the same answers.
package struct Workspace: Sendable {
  let profile: ServerProfile
  var settings: Settings
  var users: [User] = []
  var tokens: [String: Token] = [:]
  var contacts = ContactTable()
  var addresses = AddressBook()
  var groups = GroupTable()
  var fields = FieldTable()
  var dependents: [Dependent] = []
  var logs: [LogKey: RequestLog] = [:]
  var generator: SeededGenerator
  /// How many contacts the next bulk deletion takes before it fails; absent lets it take all.
  package var deletionLimit: Int?

  /// Whose requests of which quota.
  struct LogKey: Hashable, Sendable {
    var scope: ThrottleScope
    /// A row of the users; absent for the whole workspace.
    var user: Int?
  }

  /// The token of the administrator whom every new workspace has.
  package static let firstToken = "0123456789abcdef0123456789abcdef01234567"

  /// A workspace without contacts and fields, as a new customer finds it: one administrator, and
  /// in the newer API one system group.
  package init(_ dialect: Dialect, seed: UInt64 = 1) {
    profile = ServerProfile(dialect)
    generator = SeededGenerator(seed: seed)
    settings = Settings(profile, from: &generator)
    users = [User(email: "admin@example.com", name: "Ana Admin", role: .administrator)]
    tokens = [Self.firstToken: Token(user: 0)]
    for (name, query) in profile.systemGroups {
      groups.append(
        Group(
          uuid: ServerUUID(from: &generator), name: Array(name.utf8), query: Array(query.utf8),
          isSystem: true, createdOn: Timestamp(microseconds: 0)))
    }
  }

  package var dialect: Dialect { profile.dialect }
}
