import Sending
internal import Applying
package import Contacts
internal import Execution
internal import Knowledge
internal import Planning
package import Pulling
internal import StateStore

/// Reads what a workspace has, and makes the fields and groups that it lacks.
package struct Provisioner<Time: Clock>: Sendable where Time.Duration == Duration {
  /// How long the server may not know what was made.
  private static var settlingTime: Duration { .seconds(CallTable.newObjectSeconds) }
  /// How often what was made is looked for: a server may answer from a copy that lags.
  private static var lookLimit: Int { 4 }

  private let profile: APIProfile
  /// The server's name in state directories.
  private let host: String
  private let transport: RetryingTransport<StoppableClock<Time>>
  private let documents: DocumentReader<StoppableClock<Time>>
  private let clock: StoppableClock<Time>
  private let observe: @Sendable (ProvisionEvent) -> Void

  package init(
    over transport: any Transport, at host: String, profile: APIProfile,
    retries: RetryPolicy = RetryPolicy(), clock: Time,
    isStopped: @escaping @Sendable () -> Bool = { false },
    observe: @escaping @Sendable (ProvisionEvent) -> Void = { _ in }
  ) {
    self.profile = profile
    self.host = host
    self.observe = observe
    self.clock = StoppableClock(base: clock, isStopped: isStopped)
    self.transport = RetryingTransport(
      transport, policy: retries, clock: self.clock, observe: { observe(.waiting($0, $1)) })
    documents = DocumentReader(over: self.transport, policy: retries, clock: self.clock)
  }

  /// Reads workspace, groups and fields.
  package func read() async throws(PullFailure) -> WorkspaceObjects {
    let (host, dialect) = (host, profile.dialect)
    let (identity, body) = try await documents.read("/api/v2/workspace.json") { document in
      InventoryAnswer.workspace(document, at: host, dialect)
    }
    var objects = WorkspaceObjects(workspace: identity, workspaceBody: body)
    try await documents.forEachPage(of: "/api/v2/groups.json") { document, value in
      InventoryAnswer.group(value, in: document)
    } _: {
      objects.groups += $0
    }
    try await documents.forEachPage(of: "/api/v2/fields.json") { document, value in
      InventoryAnswer.field(value, in: document)
    } _: {
      objects.fields += $0
    }
    if let found = objects.dialect, found != dialect { throw .otherDialect(found: found) }
    return objects
  }

  /// Makes what a plan names, waits until it can be used, and looks whether it is there.
  ///
  /// What somebody else has made meanwhile counts as made.
  package func make(_ plan: ProvisionPlan) async -> ProvisionReport {
    var report = ProvisionReport()
    var executor = Executor(over: transport, profile: profile, clock: clock)
    for (number, item) in plan.items.enumerated() {
      if clock.isStopped() {
        report.left = Array(plan.items[number...])
        report.ending = .stopped
        return report
      }
      let refusals = executor.setAside.count
      switch await executor.carryOut(item.call(number + 1)) {
      case .acknowledged:
        if executor.setAside.count > refusals {
          report.refused.append((item, executor.setAside[refusals].words))
        } else {
          report.made.append(item)
          observe(.made(item))
        }
      case .notSent(let interruption), .unknown(let interruption):
        report.left = Array(plan.items[number...])
        report.isFirstUncertain = interruption.mayBeApplied
        report.ending = clock.isStopped() ? .stopped : .interrupted(interruption.cause)
        return report
      }
    }
    if !report.made.isEmpty { await verify(&report) }
    return report
  }

  /// Waits until what was made can be used, and looks for it.
  private func verify(_ report: inout ProvisionReport) async {
    for _ in 0..<Self.lookLimit {
      observe(.settling(Self.settlingTime))
      let deadline = clock.now.advanced(by: Self.settlingTime)
      guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else {
        report.ending = .stopped
        return
      }
      do throws(PullFailure) {
        let objects = try await read()
        report.objects = objects
        report.doubtful = report.made.compactMap { item in
          objects.objection(to: item).map { (item, $0) }
        }
        if report.doubtful.isEmpty { return }
      } catch {
        report.ending = clock.isStopped() ? .stopped : .unverified(error)
        return
      }
    }
  }
}

extension ProvisionPlan.Item {
  /// The call that makes it.
  fileprivate func call(_ number: Int) -> Call {
    let body: Call.Body
    let path: String
    switch kind {
    case .field(_, let label, let type):
      (path, body) = ("/api/v2/fields.json", .field(label: label, type: type.apiWord))
    case .group(let name): (path, body) = ("/api/v2/groups.json", .group(name: name))
    }
    return Call(
      batch: 1, number: number, method: .post, path: path, query: nil, body: body, after: [],
      missing: [], waitSeconds: 0, because: [])
  }
}

extension FieldType {
  /// The API's own word, which both dialects know.
  fileprivate var apiWord: String { self == .number ? "numeric" : rawValue }
}

extension WorkspaceObjects {
  /// What is wrong with something that was made; nothing where it is there as it should be.
  fileprivate func objection(to item: ProvisionPlan.Item) -> String? {
    switch item.kind {
    case .group(let name):
      return inventory.hasGroup(name) ? nil : "the server does not show it"
    case .field(let key, _, let type):
      guard let field = fields.first(where: { $0.row.key == key }) else {
        return "the server does not show it"
      }
      guard let found = field.type, found != type else { return nil }
      return "the server shows it with the type `\(found.rawValue)`"
    }
  }
}
