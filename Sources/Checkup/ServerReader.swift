internal import Applying
internal import CEL
internal import Contacts
internal import Pulling
internal import Sending
internal import StateStore

/// What the server says of a workspace, each part by itself.
struct ServerReading {
  var workspace: Result<WorkspaceSettings, PullFailure>
  var groups: Result<[InventoryAnswer.Group], PullFailure>
  var fields: Result<[InventoryAnswer.Field], PullFailure>
  /// Whose shape the contacts have; absent where there are none.
  var contacts: Result<Dialect?, PullFailure>
}

/// How a workspace is set.
struct WorkspaceSettings {
  var uuid: String
  var name: String
  var country: String?
  var timeZone: String?
  var dateStyle: String?
  var isAnonymous: Bool

  init?(_ document: Document) {
    func text(_ key: StaticString) -> String? { document.member(key, of: document.root)?.ownedText }
    guard let uuid = text("uuid"), !uuid.isEmpty else { return nil }
    self.uuid = uuid
    name = text("name") ?? ""
    country = text("country")
    timeZone = text("timezone")
    dateStyle = text("date_style")
    let anonymous = document.member("anon", of: document.root)
    isAnonymous = anonymous.map { $0.tag == .bool && $0.bits == 1 } ?? false
  }
}

/// Asks a server for what a checkup is about.
struct ServerReader<Time: Clock>: Sendable where Time.Duration == Duration {
  private let documents: DocumentReader<Time>

  init(over transport: any Transport, clock: Time) {
    var policy = RetryPolicy()
    // Somebody waits for the answer, and a second failure is as telling as an eighth.
    policy.attemptLimit = 2
    policy.throttleLimit = 1
    let retrying = RetryingTransport(transport, policy: policy, clock: clock) { _, _ in }
    documents = DocumentReader(over: retrying, policy: policy, clock: clock)
  }

  func read() async -> ServerReading {
    let workspace = await result { reader throws(PullFailure) in
      try await reader.read("/api/v2/workspace.json") { WorkspaceSettings($0) }
    }
    // Where this fails for want of a server, all would.
    if case .failure(let failure) = workspace, failure.isOfServer {
      return ServerReading(
        workspace: workspace, groups: .failure(failure), fields: .failure(failure),
        contacts: .failure(failure))
    }
    return ServerReading(
      workspace: workspace,
      groups: await all("groups") { InventoryAnswer.group($1, in: $0) },
      fields: await all("fields") { InventoryAnswer.field($1, in: $0) },
      contacts: await contactDialect())
  }

  private func contactDialect() async -> Result<Dialect?, PullFailure> {
    await result { reader throws(PullFailure) in
      try await reader.read("/api/v2/contacts.json?limit=1") { document in
        ListingPage(document) { contact -> Dialect? in
          document.member("status", of: contact) == nil ? .weni : .rapidpro
        }
      }.items.first
    }
  }

  private func all<Item: Sendable>(
    _ endpoint: String, _ item: @Sendable (Document, Value) -> Item?
  ) async -> Result<[Item], PullFailure> {
    await result { reader throws(PullFailure) in
      var items: [Item] = []
      try await reader.forEachPage(of: "/api/v2/\(endpoint).json", item) { items += $0 }
      return items
    }
  }

  private func result<Part>(
    _ body: (DocumentReader<Time>) async throws(PullFailure) -> Part
  ) async -> Result<Part, PullFailure> {
    do throws(PullFailure) { return .success(try await body(documents)) } catch {
      return .failure(error)
    }
  }
}

extension PullFailure {
  /// Whether the server is not there, or is none of the contact API's.
  var isOfServer: Bool {
    switch self {
    case .unreachable, .serverError, .redirected, .refused, .noPage, .endlessPages: true
    case .throttled, .notAllowed, .otherDialect, .store: false
    }
  }
}
