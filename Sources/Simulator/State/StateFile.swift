package import Contacts

/// The JSON of a whole workspace.
///
/// Every key may lack; what a file leaves out is as a new workspace has it. The same file, or a part
/// of one, can be applied to a workspace that is in use: objects that are there already, found by
/// uuid, key, URN or name, are changed, others are added.
///
/// ```json
/// {
///   "about": "what this file is for; not read",
///   "dialect": "weni", "seed": 1,
///   "clock": {"now": "2026-11-23T12:00:00Z", "step": 0.001},
///   "workspace": {
///     "uuid": "…", "name": "Loja", "country": "BR", "languages": ["por"],
///     "timezone": "America/Sao_Paulo", "date_style": "day_first",
///     "anonymous": false, "suspended": false, "flagged": false,
///     "limits": {"fields": 250, "groups": 250},
///     "rates": {"v2": "3000/hour", "v2.contacts": null},
///     "ninth_digit": true, "block_flaw": true, "touch_unchanged": false, "asset_delay": 5, "places": ["Brazil > Alagoas"]
///   },
///   "users": [{"email": "a@example.com", "name": "Ana", "role": "editor", "active": true,
///     "tokens": ["…"], "released_tokens": ["…"]}],
///   "fields": [{"key": "age", "label": "Age", "type": "number", "featured": false, "priority": 0,
///     "agent_access": "view", "created_on": "…"}],
///   "groups": [{"uuid": "…", "name": "VIP", "query": null, "status": "ready", "system": false,
///     "deleted": false, "created_on": "…"}],
///   "dependents": [{"kind": "campaign", "id": "…", "name": "…", "archived": false,
///     "groups": ["VIP"], "fields": ["age"]}],
///   "contacts": [{"uuid": "…", "name": "Ana", "language": "por", "status": "active",
///     "deleted": false, "created_on": "…", "modified_on": "…", "last_seen_on": null,
///     "urns": ["tel:+5582999330001"], "groups": ["VIP"], "fields": {"age": "42"},
///     "notes": [{"text": "…", "created_on": "…", "created_by": "a@example.com"}], "flow": null}],
///   "orphans": ["ext:7"],
///   "logs": [{"scope": "v2", "user": "a@example.com", "times": ["…"]},
///     {"scope": "v2", "count": 2997, "ago": 0.5}]
/// }
/// ```
///
/// Groups are named by uuid or name, in static and smart groups alike; `rates` that are null have no
/// limit; `asset_delay` and `ago` are seconds; `random` is where the generator of uuids stands. A field's value may also be an object of `text`,
/// `moment` and `place`, for values that were written under another clock or zone.
package enum StateFile {
  /// Reads a workspace.
  ///
  /// The dialect counts where the file names none, and the time where it has no clock: logs end
  /// then, and what has no time of its own was made then.
  package static func read(
    _ bytes: [UInt8], dialect: Dialect = .weni, at now: Timestamp? = nil
  ) throws(StateFailure) -> Workspace {
    let root = try StateNode(bytes)
    let word = try root["dialect"]?.choice(Dialect.self) ?? dialect
    let seed = try root["seed"]?.integer() ?? 1
    var workspace = Workspace(word, seed: UInt64(truncatingIfNeeded: seed))
    try apply(root, to: &workspace, at: now)
    return workspace
  }

  /// Changes a workspace to what a file says of it.
  package static func apply(
    _ bytes: [UInt8], to workspace: inout Workspace, at now: Timestamp? = nil
  ) throws(StateFailure) {
    let root = try StateNode(bytes)
    if let word = try root["dialect"]?.choice(Dialect.self), word != workspace.dialect {
      throw StateFailure(path: "dialect", reason: "a workspace keeps its dialect")
    }
    var changed = workspace
    try apply(root, to: &changed, at: now)
    workspace = changed
  }

  private static func apply(
    _ root: StateNode, to workspace: inout Workspace, at now: Timestamp?
  ) throws(StateFailure) {
    try root.checkKeys([
      "about", "dialect", "seed", "random", "clock", "workspace", "users", "fields", "groups",
      "dependents",
      "contacts", "orphans", "logs",
    ])
    let time = try clock(root)?.now ?? now ?? ServerClock.system.now
    var reader = StateReader(workspace: workspace, now: time)
    try reader.read(root)
    workspace = reader.workspace
    if let random = try root["random"]?.integer() {
      workspace.generator = SeededGenerator(seed: UInt64(bitPattern: Int64(random)))
    }
  }

  /// Writes a workspace so that reading the result gives the same workspace.
  package static func write(_ workspace: Workspace, clock: ServerClock? = nil) -> [UInt8] {
    StateWriter.write(workspace, clock: clock)
  }

  /// Reads the clock that a file asks for, if it does.
  package static func readClock(_ bytes: [UInt8]) throws(StateFailure) -> ServerClock? {
    try clock(try StateNode(bytes))
  }

  private static func clock(_ root: StateNode) throws(StateFailure) -> ServerClock? {
    try root["clock"].map { node throws(StateFailure) in try ServerClock(node) }
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
