import Contacts
import StateStore
import Testing

@Suite("What answers teach a state directory")
struct AnswerTests {
  private let scratch: StateScratch
  private let store: ContactStore

  init() throws {
    scratch = try StateScratch()
    store = try scratch.store()
    try store.store(.page([row(1), row(2, named: "Bia")]))
  }

  private func doubt(
    _ numbers: [Int], at time: Int64, _ change: (inout ContactStore.Beginning) -> Void = { _ in }
  ) throws -> ContactStore.Doubted {
    var call = ContactStore.Beginning(at: second(time))
    call.contacts = numbers.map(someUUID)
    change(&call)
    return try store.doubt(call)
  }

  private func edit(_ number: Int, to name: String, at time: Int64) throws {
    let body = try row(number, named: name).body
    try store.learn(at: time) { $0.edited = [(someUUID(number), body)] }
  }

  @Test("contacts are in doubt from before a call until its effect is known")
  func doubt() throws {
    #expect(try doubt([1, 9], at: 1).contacts == [someUUID(1)])
    #expect(try store.lines == ["Ana in doubt", "Bia 0"])
    #expect(try doubt([1, 2], at: 2).contacts == [someUUID(2)])
    try store.learn(at: 3) { $0.settled.contacts = [someUUID(1)] }
    #expect(try store.lines == ["Ana 0 ahead", "Bia in doubt"])
    let shown = try row(2, named: "Bea", changedAt: 4)
    try store.learn(at: 4) { $0.shown = [shown] }
    #expect(try store.lines == ["Ana 0 ahead", "Bea 4 ahead"])
  }

  @Test("what an earlier run left in doubt stays so, unless its call is sent again")
  func leftovers() throws {
    #expect(try doubt([1], at: 1).contacts == [someUUID(1)])
    #expect(try doubt([1], at: 2).contacts == [])
    #expect(try doubt([1], at: 3) { $0.isRepeated = true }.contacts == [someUUID(1)])
  }

  @Test("while a call may make contacts, nobody knows all of them")
  func completeness() throws {
    var page = PageChange.page([], at: 3)
    page.state.completedAt = second(2)
    try store.store(page)
    func completeAt() throws -> PointInTime? { try store.reading { try $0.completeAt } }
    #expect(try completeAt() == second(2))
    let doubted = try doubt([], at: 4) { $0.makesContacts = true }
    #expect(try completeAt() == nil)
    // A page that ends no pull changes nothing about it.
    try store.store(page)
    #expect(try completeAt() == nil)
    try store.learn(at: 5) { $0.settled = doubted }
    #expect(try completeAt() == second(2))
    #expect(try doubt([], at: 6) { $0.makesContacts = true }.makesContacts)
    #expect(try !doubt([], at: 7) { $0.makesContacts = true }.makesContacts)
    page.state.completedAt = second(9)
    try store.store(page)
    #expect(try completeAt() == second(9))
  }

  @Test("what a call did stands until the server shows something newer")
  func edited() throws {
    try edit(1, to: "edited", at: 10)
    // The copy that is read does not have it yet.
    try store.store(.page([row(1)], at: 20))
    #expect(try store.lines == ["edited 0 ahead", "Bia 0"])
    try store.store(.page([row(1, named: "new", changedAt: 11)], at: 21))
    #expect(try store.lines == ["new 21", "Bia 0"])
  }

  @Test("no copy lags for more than ten minutes: then what it shows counts")
  func lag() throws {
    try edit(1, to: "edited", at: 10)
    try store.store(.page([row(1)], at: 611))
    #expect(try store.lines == ["Ana 611", "Bia 0"])
  }

  @Test("a group that goes leaves its members in doubt")
  func group() throws {
    let member = #"{"name":"Ana","groups":[{"uuid":"\#(someUUID(7))"}]}"#
    try store.learn(at: 1) { $0.edited = [(someUUID(1), member)] }
    #expect(try doubt([], at: 1) { $0.group = someUUID(7) } == .init())
    #expect(try store.lines.map { $0.hasSuffix("in doubt") } == [true, false])
  }

  @Test("groups and fields that are made, renamed or deleted are in the inventory")
  func inventory() throws {
    try store.store(.of(), readAt: second(0))
    try store.learn(at: 1) {
      $0.groups = [.init(uuid: someUUID(7), isSmart: false, body: #"{"name":"A"}"#)]
      $0.fields = [.init(key: "f", body: #"{"key":"f"}"#)]
    }
    try store.learn(at: 2) {
      $0.groups = [.init(uuid: someUUID(7), isSmart: false, body: #"{"name":"B"}"#)]
    }
    #expect(try inventoryText.hasPrefix(#"{"groups":[{"name":"B"}],"fields":[{"key":"f"}]"#))
    try store.learn(at: 3) { $0.deletedGroups = [someUUID(7)] }
    #expect(try inventoryText.hasPrefix(#"{"groups":[],"#))
  }

  private var inventoryText: String {
    get throws {
      String(decoding: try store.reading { try $0.inventory } ?? [], as: UTF8.self)
    }
  }
}
