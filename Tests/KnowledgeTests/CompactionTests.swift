import Contacts
import Testing

@testable import Knowledge

/// Changes of a snapshot, drawn one after the other.
private struct Changes: RandomNumberGenerator {
  static let contactCount = 40
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var hash = state
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
  }

  mutating func draw(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  private mutating func word() -> [UInt8] { Array("v\(draw(1_000_000_000))".utf8) }

  static func urn(_ number: Int) -> [UInt8] { Array("ext:u\(number)".utf8) }

  private static func uuid(_ number: Int) -> String {
    "00000000-0000-4000-8000-0000000000\(number < 10 ? "0" : "")\(number)"
  }

  /// Reads a contact, as the API may show it.
  mutating func read(into known: inout ContactSnapshot, _ reader: inout SnapshotReader) throws {
    let urns = (0..<draw(4)).map { _ in "\"ext:u\(draw(60))\(draw(3) == 0 ? "#shown" : "")\"" }
    let groups = (0..<draw(4)).map { _ in #"{"name":"g\#(draw(9))"}"# }
    let fields = (0..<draw(5)).map { _ in #""f\#(draw(7))":"\#(draw(1_000_000))""# }
    let text = """
      {"uuid":"\(Self.uuid(draw(Self.contactCount)))","name":"n\(draw(1_000_000))",
      "urns":[\(urns.joined(separator: ","))],"groups":[\(groups.joined(separator: ","))],
      "fields":{\(fields.joined(separator: ","))},"deleted":\(draw(9) == 0)}
      """
    try Array(text.utf8).withUnsafeBytes {
      try reader.addContact($0, readAt: Int64(draw(100)), to: &known)
    }
  }

  /// Makes one change of those that plans make.
  mutating func change(_ known: inout ContactSnapshot) {
    guard known.rowCount > 0 else { return }
    let row = Int32(draw(known.rowCount))
    guard known.status(of: row) != .deleted else { return }
    switch draw(9) {
    case 0: word().withUnsafeBytes { known.setName($0, of: row) }
    case 1: Array("por".utf8).withUnsafeBytes { known.setLanguage($0, of: row) }
    case 2, 3:
      let key = Array("f\(draw(7))".utf8).withUnsafeBytes { known.inventory.number(ofField: $0) }
      let value = draw(5) == 0 ? [] : word()
      value.withUnsafeBytes { known.setField(key, to: $0, of: row) }
    case 4:
      let numbers = (0..<draw(5)).map { known.inventory.number(ofGroup: "g\($0)", uuid: nil) }
      known.setGroups(numbers, of: row)
    case 5:
      let list = Set((0..<draw(4)).map { _ in draw(60) }).sorted()
      known.setURNs(list.map { Self.urn($0).withUnsafeBytes { known.keep($0) } }, of: row)
    case 6: Self.urn(draw(60)).withUnsafeBytes { known.releaseURN($0) }
    case 7: if draw(4) == 0 { known.delete(row) } else { known.noteJoining(row) }
    default: if draw(9) == 0 { Self.urn(draw(60)).withUnsafeBytes { known.doubt($0) } }
    }
  }
}

/// All that a snapshot answers.
private func answers(_ known: inout ContactSnapshot) -> [String] {
  var answers = ["\(known.contactCount) of \(known.rowCount)"]
  for number in 0..<60 {
    answers.append(
      Changes.urn(number).withUnsafeBytes { "\(known.row(ofURN: $0)) \(known.isUncertain($0))" })
  }
  for row in 0..<Int32(known.rowCount) {
    let fields = known.fields(of: row).map { "\($0.key)=\(known.string($0.value))" }
    answers.append(
      """
      \(known.identifier(of: row)) \(known.string(known.name(of: row))) \
      \(known.string(known.language(of: row))) \(known.urns(of: row).map { known.string($0) }) \
      \(Array(known.groups(of: row))) \(Array(known.smartGroups(of: row))) \(fields) \
      \(known.status(of: row)) \(known.isFresh(row)) \(known.isDoubtful(row)) \
      \(known.isSurelyActive(row)) \(known.areGroupsUnknown(row))
      """)
  }
  return answers
}

@Suite("A snapshot that is compacted")
struct CompactionTests {
  private static let inventory = """
    {"groups":[{"name":"g1","query":null},{"name":"g2","query":"age > 3"}],"fields":[]}
    """

  @Test("it answers every question as before, and after later changes too", arguments: 0..<60)
  func law(_ seed: UInt64) throws {
    var changes = Changes(seed: seed)
    var reader = SnapshotReader()
    var plain = ContactSnapshot(.rapidpro)
    try reader.setInventory(Array(Self.inventory.utf8), of: &plain)
    var compacted = plain
    for _ in 0..<300 {
      // Both go the same way: the draws begin at the same place.
      var same = changes
      if changes.draw(3) == 0 {
        _ = same.draw(3)
        try changes.read(into: &plain, &reader)
        try same.read(into: &compacted, &reader)
      } else {
        _ = same.draw(3)
        changes.change(&plain)
        same.change(&compacted)
      }
      if changes.draw(20) == 0 { compacted.compact() }
      try #require(answers(&compacted) == answers(&plain), "seed \(seed)")
    }
    // Nothing is left that was not counted.
    let counted = plain.heldByteCount - plain.leftByteCount
    plain.compact()
    #expect(plain.heldByteCount >= counted, "seed \(seed)")
  }

  @Test("what it holds stays bounded however long it is changed")
  func bound() throws {
    var changes = Changes(seed: 1)
    var reader = SnapshotReader()
    var known = ContactSnapshot(.weni)
    var most = 0
    for round in 0..<400 {
      for _ in 0..<400 { changes.change(&known) }
      for _ in 0..<10 { try changes.read(into: &known, &reader) }
      known.compactIfGrown()
      if round >= 100 { most = max(most, known.heldByteCount) }
    }
    known.compact()
    // Half of what is needed, or as much as is not worth the work, and one round.
    #expect(known.heldByteCount < 20_000)
    #expect(most < known.heldByteCount + 100_000)
  }

  @Test("contacts that are read again and again leave nothing behind")
  func readings() throws {
    var changes = Changes(seed: 2)
    var reader = SnapshotReader()
    var known = ContactSnapshot(.weni)
    for _ in 0..<20_000 { try changes.read(into: &known, &reader) }
    #expect(known.heldByteCount < 100_000)
  }

  @Test("contacts that are new are no reason to compact")
  func loading() throws {
    var known = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    for number in 100_000..<101_000 {
      let text =
        #"{"uuid":"00000000-0000-4000-8000-000000\#(number)","name":"n","urns":["ext:a\#(number)"]}"#
      try Array(text.utf8).withUnsafeBytes { try reader.addContact($0, readAt: 1, to: &known) }
    }
    #expect(known.leftByteCount == 0)
  }
}

@Suite("Identifiers of which nobody can say whom they name")
struct UncertainIdentifiersTests {
  private func bytes(_ number: Int) -> [UInt8] { Array("ext:\(number)".utf8) }

  @Test("one is forgotten once it surely names somebody")
  func removal() {
    var uncertain = UncertainIdentifiers()
    bytes(1).withUnsafeBytes { uncertain.insert($0) }
    #expect(bytes(1).withUnsafeBytes { uncertain.contains($0) })
    #expect(!bytes(2).withUnsafeBytes { uncertain.contains($0) })
    bytes(1).withUnsafeBytes { uncertain.remove($0) }
    #expect(uncertain.isEmpty)
  }

  @Test("none is forgotten past the limit, and few others are taken for one")
  func overflow() {
    var uncertain = UncertainIdentifiers()
    let count = UncertainIdentifiers.limit + 50_000
    for number in 0..<count { bytes(number).withUnsafeBytes { uncertain.insert($0) } }
    #expect(uncertain.size == (UncertainIdentifiers.limit, 1 << 26))
    let lost = (0..<count).count { !bytes($0).withUnsafeBytes(uncertain.contains) }
    #expect(lost == 0)
    let others = (count..<count + 100_000).count { bytes($0).withUnsafeBytes(uncertain.contains) }
    #expect(others < 300)
  }
}
