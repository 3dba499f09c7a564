private import Contacts

extension Workspace {
  func listContacts(_ call: Call) throws(Rejection) -> Outcome {
    let filter = try ContactFilter(call, in: self)
    let page = try pager(for: call).page { direction, time, visit in
      walk(filter, call, direction, time, visit)
    }
    if call.route.endpoint == .contacts_lean {
      return page.written(for: call) { row, writer in writeLean(row, to: &writer) }
    }
    let isExpanded = profile.expandsAddresses && call.query.flag("expand_urns")
    return page.written(for: call) { row, writer in
      write(row, to: &writer, expandsAddresses: isExpanded)
    }
  }

  private func pager(for call: Call) throws(Rejection) -> Pager {
    var pager = Pager(
      cursor: try call.query["cursor"].map { text throws(Rejection) in try PageCursor(text) },
      direction: call.query.flag("reverse") ? .ascending : .descending, size: 250)
    guard profile.hasNameLookup else { return pager }
    if let limit = call.query["limit"].flatMap(PythonNumber.integer), limit > 0 {
      // One row more is asked for, and the database counts no further.
      if limit > Int.max - 10 { throw .failure }
      pager.size = limit
    }
    switch order(of: call) {
    case .created(let direction), .modified(let direction?): pager.direction = direction
    case .modified(nil): break
    }
    return pager
  }

  private enum Order {
    case created(OrderedIndex.Direction)
    /// Absent where `reverse` decides.
    case modified(OrderedIndex.Direction?)
  }

  private func order(of call: Call) -> Order {
    guard profile.hasNameLookup, let word = call.query["order_by"] else { return .modified(nil) }
    if word == "created_on" { return .created(.ascending) }
    if word == "-created_on" { return .created(.descending) }
    return .modified(word == "modified_on" ? .ascending : nil)
  }

  /// Visits what the filter lets through, in the call's order.
  private func walk(
    _ filter: ContactFilter, _ call: Call, _ direction: OrderedIndex.Direction, _ time: Int64?,
    _ visit: (OrderedIndex.Key) -> Bool
  ) {
    let passing: (OrderedIndex.Key) -> Bool = { key in
      filter.passes(Int(key.row), in: self) ? visit(key) : true
    }
    var isByCreation = false
    if case .created = order(of: call) { isByCreation = true }
    if let row = filter.row {
      walkAlone(row, isByCreation, direction, time, passing)
    } else if filter.isEmpty {
      return
    } else if filter.wantsDeleted {
      contacts.deleted.walk(direction, behind: time, passing)
    } else {
      (isByCreation ? contacts.created : contacts.modified).walk(direction, behind: time, passing)
    }
  }

  private func walkAlone(
    _ row: Int, _ isByCreation: Bool, _ direction: OrderedIndex.Direction, _ time: Int64?,
    _ visit: (OrderedIndex.Key) -> Bool
  ) {
    let contact = contacts[row]
    let own = (isByCreation ? contact.createdOn : contact.modifiedOn).microseconds
    if let time, direction == .ascending ? own <= time : own >= time { return }
    _ = visit(OrderedIndex.Key(time: own, row: Int32(row)))
  }
}

/// Which contacts a listing asks for.
struct ContactFilter {
  var wantsDeleted: Bool
  /// Whether nothing can pass.
  private(set) var isEmpty = false
  /// The only contact that can pass.
  private(set) var row: Int?
  private var group: Int32?
  private var namePart: [UInt8]?
  private var exactName: [UInt8]?
  private var searchedRow: Int?
  private var hasSearch = false
  private var before: Timestamp?
  private var after: Timestamp?

  init(_ call: Call, in workspace: Workspace) throws(Rejection) {
    let query = call.query
    wantsDeleted = query.flag("deleted")
    try readUUID(query, workspace)
    if call.route.endpoint == .contacts, let urn = query.nonEmpty("urn") {
      let address = try workspace.lookupAddress(urn)
      restrict(to: workspace.addresses.owner(of: address.identity))
    }
    if workspace.profile.hasNameLookup { try readNames(query, workspace) }
    if let group = query.nonEmpty("group") {
      guard WideText.isStorable(group) else { throw .failure }
      let uuid = ServerUUID(group)
      self.group = workspace.groups.first { $0.uuid == uuid || $0.name == group }.map(Int32.init)
      if self.group == nil { isEmpty = true }
    }
    before = try time("before", query)
    after = try time("after", query)
  }

  private mutating func readUUID(
    _ query: QueryValues, _ workspace: Workspace
  ) throws(Rejection) {
    guard let uuid = try workspace.listedUUID(query) else { return }
    restrict(to: uuid.flatMap { workspace.contacts.row(of: $0) })
  }

  private mutating func readNames(
    _ query: QueryValues, _ workspace: Workspace
  ) throws(Rejection) {
    if let search = query.nonEmpty("search") {
      guard WideText.isStorable(search) else { throw .failure }
      hasSearch = true
      exactName = search
      do throws(Rejection) {
        let address = try workspace.lookupAddress(search)
        searchedRow = workspace.addresses.owner(of: address.identity)
      } catch {
        searchedRow = nil
      }
    }
    if let name = query.nonEmpty("name") {
      guard WideText.isStorable(name) else { throw .failure }
      namePart = WideText.uppercased(name)
    }
  }

  private mutating func time(
    _ key: StaticString, _ query: QueryValues
  ) throws(Rejection) -> Timestamp? {
    guard let text = query.nonEmpty(key) else { return nil }
    let time = ISO8601Text.read(text)
    if time == nil { isEmpty = true }
    return time
  }

  private mutating func restrict(to row: Int?) {
    if row == nil || (self.row != nil && self.row != row) { isEmpty = true }
    self.row = row
  }

  func passes(_ row: Int, in workspace: Workspace) -> Bool {
    let contact = workspace.contacts[row]
    if isEmpty || contact.isDeleted != wantsDeleted { return false }
    if let before, contact.modifiedOn > before { return false }
    if let after, contact.modifiedOn < after { return false }
    if let group, !workspace.isMember(contact, of: group) { return false }
    if hasSearch, row != searchedRow, contact.name != exactName { return false }
    if let namePart, !Self.contains(namePart, in: WideText.uppercased(contact.name)) {
      return false
    }
    return true
  }

  private static func contains(_ part: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count)
    where text[start] == first && text[start...].starts(with: part) {
      return true
    }
    return false
  }
}

extension Workspace {
  func isMember(_ contact: Contact, of group: Int32) -> Bool {
    contact.groups.contains(group)
      && (!groups[Int(group)].isSmart || contact.status == .active)
  }
}
