import Contacts
import StateStore
import Testing

@Suite("What a state directory knows")
struct ContactStoreTests {
  private let scratch: StateScratch
  private let store: ContactStore

  init() throws {
    scratch = try StateScratch()
    store = try scratch.store()
  }

  @Test("contacts come back as the API returned them, on one line")
  func bodies() throws {
    try store.store(.page([row(1, named: "Maria \\\"M\\\" Conceição")]))
    var bodies: [String] = []
    try store.reading { reading in
      try reading.forEachContact { bodies.append(String(decoding: $0.body, as: UTF8.self)) }
    }
    #expect(
      bodies == [
        #"{"uuid":"\#(someUUID(1))","name":"Maria \"M\" Conceição","modified_on":"\#(second(0).text)"}"#
      ])
  }

  @Test("a later reading replaces an earlier one")
  func replacing() throws {
    try store.store(.page([row(1, changedAt: 1), row(2)]))
    try store.store(.page([row(1, named: "Bia", changedAt: 2)], at: 5))
    #expect(try store.lines == ["Bia 5", "Ana 0"])
    #expect(try store.contactCount == 2)
  }

  @Test("news from a server that lags changes nothing")
  func lag() throws {
    let new = try row(1, named: "new", changedAt: 9)
    try store.learn(at: 9) { $0.shown = [new] }
    try store.store(.page([row(1, named: "old", changedAt: 3)], at: 10))
    #expect(try store.lines == ["new 9 ahead"])
  }

  @Test("an acknowledged deletion leaves nothing, and the contact does not come back")
  func deletion() throws {
    try store.store(.page([row(1), row(2, named: "Bia")]))
    try store.learn(at: 1) { $0.deleted = [someUUID(1)] }
    try store.store(.page([row(1, changedAt: 5)], at: 6))
    #expect(try store.lines == ["Bia 0"])
  }

  @Test("the name of a deleted contact is in none of the files")
  func erasure() throws {
    try store.store(.page([row(1, named: "Bartolomeu Quintino")]))
    try store.learn(at: 1) { $0.deleted = [someUUID(1)] }
    // A later change lets the log of changes begin anew; a closed store has none.
    try store.compact()
    #expect(try !scratch.contents.contains("Bartolomeu"))
  }

  @Test("what a whole pull would have shown changed is known since the pull")
  func age() throws {
    try store.store(.page([row(1)], at: 3))
    var page = PageChange.page([], at: 20)
    page.state.completedAt = second(10)
    page.contacts = [try row(2, named: "Bia")]
    try store.store(page)
    #expect(try store.lines == ["Ana 10", "Bia 20"])
  }

  @Test("where a pull stands is kept with its pages")
  func pass() throws {
    var page = PageChange.page([try row(1)])
    page.state.knownThrough = second(4)
    var pass = PullState.Pass(
      startedAt: second(5), contactsSince: second(3), deletionsSince: second(2))
    pass.stage = .deletions
    pass.cursor = "bz0x"
    pass.newest = second(8)
    page.state.pass = pass
    page.calls = [second(0), second(-3_601), second(-3_599)]
    try store.store(page)
    #expect(try store.pullState == page.state)
    #expect(try store.calls(since: second(-10_000)) == [second(-3_599), second(0)])
  }

  @Test("groups, fields and workspace are one object; smart groups are marked")
  func inventory() throws {
    #expect(try store.reading { try $0.inventory } == nil)
    let groups = [
      InventoryRows.Group(uuid: someUUID(7), isSmart: false, body: #"{"name":"Clientes"}"#),
      InventoryRows.Group(uuid: someUUID(8), isSmart: true, body: #"{"name":"Adultos"}"#),
    ]
    let fields = [InventoryRows.Field(key: "age", body: #"{"key":"age"}"#)]
    for round in [(groups, fields), (Array(groups.reversed()), [])] {
      try store.store(.of(groups: round.0, fields: round.1), readAt: second(0))
    }
    #expect(
      try store.reading { try $0.inventory }.map { String(decoding: $0, as: UTF8.self) }
        == #"{"groups":[{"name":"Adultos"},{"name":"Clientes"}],"fields":[],"#
        + #""workspace":{"name":"Loja"}}"#)
    #expect(try store.reading { try $0.smartGroups } == [someUUID(8)])
  }

  @Test(
    "another workspace is refused, by its uuid, its host or its dialect",
    arguments: [
      WorkspaceIdentity(uuid: someUUID(2), host: "flows.weni.ai", dialect: .weni),
      WorkspaceIdentity(uuid: someUUID(1), host: "staging.weni.ai", dialect: .weni),
      WorkspaceIdentity(uuid: someUUID(1), host: "flows.weni.ai", dialect: .rapidpro),
    ])
  func otherWorkspace(_ other: WorkspaceIdentity) throws {
    try store.store(.of(), readAt: second(0))
    #expect(throws: StoreFailure.self) { try store.store(.of(other), readAt: second(1)) }
    #expect(try store.workspace == .shop)
  }

  @Test("a disk that is full keeps what was stored, and half of nothing")
  func fullDisk() throws {
    try store.store(.page([row(1)]))
    try store.limitSize(kilobytes: 400)
    let page = PageChange.page(try (2..<2_000).map { try row($0, named: "Bia") }, at: 1)
    #expect(throws: StoreFailure.full(path: scratch.path)) { try store.store(page) }
    #expect(try store.lines == ["Ana 0"])
    try store.store(.page([row(2, named: "Caio")]))
    #expect(try store.contactCount == 2)
  }

  @Test("who reads sees one moment, also while another writes")
  func readers() throws {
    try store.store(.page([row(1), row(2)]))
    let reader = try scratch.store(.reading)
    var seen = 0
    try reader.reading { reading in
      try reading.forEachContact { _ in
        seen += 1
        if seen == 1 { try store.store(.page([row(3)])) }
      }
      #expect(try reading.contactCount == 2)
    }
    #expect(seen == 2)
    #expect(try reader.contactCount == 3)
  }

  @Test(
    "what is no contact is not taken for one",
    arguments: [
      "", "null", "[]", "{}", #"{"uuid": 1}"#, #"{"uuid": "x", "modified_on": "2026-03-02"}"#,
      #"{"uuid": "\#(someUUID(1))", "modified_on": null}"#,
      #"{"uuid": "\#(someUUID(1))", "modified_on": "soon"}"#,
      #"{"uuid": "\#(someUUID(1))", "modified_on": "2026-03-02T12:00:00Z""#,
    ])
  func noContact(_ text: String) { #expect(ContactRow(answer: Array(text.utf8)) == nil) }

  @Test(
    "times are read as the API writes them, and written to the microsecond",
    arguments: [
      ("2026-03-02T12:00:00Z", "2026-03-02T12:00:00.000000Z"),
      ("2026-03-02T12:00:00.5-03:00", "2026-03-02T15:00:00.500000Z"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
    ])
  func times(_ text: String, _ written: String) throws {
    let time = Array(text.utf8).withUnsafeBytes { PointInTime($0) }
    #expect(time?.text == written)
  }
}
