internal import CEL
internal import Contacts
internal import StateStore

extension Puller {
  /// A contact of a listing, and the dialect that its shape belongs to.
  private struct ListedContact {
    var row: ContactRow
    var dialect: Dialect

    init?(_ value: Value, in document: Document) {
      guard let row = ContactRow(value, in: document) else { return nil }
      self.row = row
      dialect = document.member("status", of: value) == nil ? .weni : .rapidpro
    }
  }

  /// Asks for the latest changes first: often one page holds all there are, and otherwise it tells
  /// how much is to come.
  mutating func begin() async throws(Stop) {
    let since = state.knownThrough?.advanced(by: .zero - options.overlap)
    var pass = PullState.Pass(
      startedAt: clock.now(), contactsSince: since, deletionsSince: since)
    let page = try await readContacts(since: since, cursor: nil, order: .latestFirst)
    let latest = page.items.map(\.row.modifiedOn).max()
    if page.cursor == nil {
      pass.newest = latest
      pass.stage = .deletions
    } else if since == nil {
      // What is deleted from now on is asked for at the end; what was before is not listed.
      pass.deletionsSince = latest?.advanced(by: .zero - options.overlap)
    }
    var state = self.state
    state.pass = pass
    if pass.stage == .deletions, pass.deletionsSince == nil { state.finish() }
    // Of several pages these contacts come again, as the last.
    try keep(state, contacts: page.cursor == nil ? page.items.map(\.row) : [])
    tell(page.items.count, isWhole: page.cursor == nil)
  }

  /// Reads the next page of the pass and stores it.
  mutating func readPage(of pass: PullState.Pass) async throws(Stop) {
    do throws(Stop) {
      switch pass.stage {
      case .contacts: try await readContactPage(pass)
      case .deletions: try await readDeletionPage(pass)
      }
    } catch {
      guard case .failed(.refused(404, _)) = error, pass.cursor != nil else { throw error }
      // The server no longer knows the cursor: what was read stays, the rest is asked for by time.
      var again = pass
      again.cursor = nil
      if pass.stage == .contacts, let newest = pass.newest {
        again.contactsSince = newest.advanced(by: .zero - options.overlap)
      }
      seenCursors = []
      state.pass = again
    }
  }

  private mutating func readContactPage(_ pass: PullState.Pass) async throws(Stop) {
    let page = try await readContacts(
      since: pass.contactsSince, cursor: pass.cursor, order: .earliestFirst)
    var state = self.state
    var next = pass
    next.newest = ([pass.newest] + page.items.map(\.row.modifiedOn)).compactMap(\.self).max()
    next.cursor = page.cursor
    if page.cursor == nil { next.stage = .deletions }
    state.pass = next
    if next.stage == .deletions, pass.deletionsSince == nil { state.finish() }
    try keep(state, contacts: page.items.map(\.row))
  }

  private mutating func readDeletionPage(_ pass: PullState.Pass) async throws(Stop) {
    let target = Self.target(
      since: pass.deletionsSince, cursor: pass.cursor, order: .earliestFirst, "deleted=true")
    let page = try await read(.contacts, target) { document in
      ListingPage(document) { ContactRow($0, in: document)?.uuid }
    }
    try follow(page.cursor)
    var state = self.state
    var next = pass
    next.cursor = page.cursor
    state.pass = next
    if page.cursor == nil { state.finish() }
    try keep(state, deleted: page.items)
  }

  private enum Order { case earliestFirst, latestFirst }

  private mutating func readContacts(
    since: PointInTime?, cursor: String?, order: Order
  ) async throws(Stop) -> ListingPage<ListedContact> {
    let target = Self.target(since: since, cursor: cursor, order: order)
    let page = try await read(.contacts, target) { document -> ListingPage<ListedContact>? in
      let page = ListingPage(document) { ListedContact($0, in: document) }
      return page.flatMap { Self.isSorted($0.items, order) ? $0 : nil }
    }
    if let first = page.items.first { try expect(first.dialect) }
    if order == .earliestFirst { try follow(page.cursor) }
    return page
  }

  /// A server that does not sort as it was asked would make us miss what changes meanwhile.
  private static func isSorted(_ contacts: [ListedContact], _ order: Order) -> Bool {
    zip(contacts, contacts.dropFirst()).allSatisfy { left, right in
      switch order {
      case .earliestFirst: left.row.modifiedOn <= right.row.modifiedOn
      case .latestFirst: left.row.modifiedOn >= right.row.modifiedOn
      }
    }
  }

  private static func target(
    since: PointInTime?, cursor: String?, order: Order, _ filter: String? = nil
  ) -> (Int) -> String {
    { pageSize in
      let parts = [
        filter, order == .earliestFirst ? "reverse=true" : nil, "limit=\(pageSize)",
        since.map { "after=\($0.text)" }, cursor.map { "cursor=\($0)" },
      ]
      return "/api/v2/contacts.json?" + parts.compactMap(\.self).joined(separator: "&")
    }
  }

  private mutating func follow(_ cursor: String?) throws(Stop) {
    if let cursor, !seenCursors.insert(cursor).inserted { throw .failed(.endlessPages) }
  }

  /// Stores what a page says and where that leaves the pull, and goes on from there.
  private mutating func keep(
    _ state: PullState, contacts: [ContactRow] = [], deleted: [String] = []
  ) throws(Stop) {
    var page = PageChange(readAt: clock.now(), state: state)
    page.contacts = contacts
    page.deleted = deleted
    page.calls = unstoredCalls
    let (change, inventory, now) = (page, unstoredInventory, page.readAt)
    try storing { store throws(StoreFailure) in
      if let inventory { try store.store(inventory, readAt: now) }
      try store.store(change)
    }
    unstoredInventory = nil
    unstoredCalls = []
    if state.pass?.stage != self.state.pass?.stage { seenCursors = [] }
    self.state = state
    counts.contacts += contacts.count
    counts.deletions += deleted.count
    observe(.progress(counts))
  }

  /// Says what is to come after the first page.
  private func tell(_ count: Int, isWhole: Bool) {
    let isRefresh = state.knownThrough != nil && state.pass != nil
    let least = isRefresh ? count + 1 : max(count + 1, largestGroup)
    let contacts: PullForecast.Count = isWhole ? .exactly(count) : .atLeast(least)
    var calls = isWhole ? 0 : (least + pageSize - 1) / pageSize
    if state.pass?.deletionsSince != nil { calls += 1 }
    let time = budget.time(for: calls, each: latency, from: clock.now())
    observe(.forecast(PullForecast(contacts: contacts, calls: calls, time: time)))
  }
}

extension PullState {
  /// Everything up to the latest change that the pass has read is known now.
  fileprivate mutating func finish() {
    guard let pass else { return }
    knownThrough = [knownThrough, pass.newest].compactMap(\.self).max()
    completedAt = pass.startedAt
    self.pass = nil
  }
}
