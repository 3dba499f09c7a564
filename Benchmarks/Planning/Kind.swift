import Contacts
import Diagnostics
import Engine
import Knowledge
import Rulesets
import ShopWorkspace

/// A kind of batch.
enum Kind: String, CaseIterable {
  /// Data, groups, some URNs and deletions of contacts that are nearly all known.
  case mixed
  /// Of nine contacts in ten nothing but groups changes.
  case groups
  /// The mixed one, with nothing known.
  case blind

  /// A merger whose window is ready to be closed.
  func merger(_ count: Int) throws -> Merger {
    let (ruleset, diagnostics) = Ruleset.check(
      [SourceText(path: "rules.yaml", contents: ShopEvents.rules)], profile: .weni)
    guard let ruleset, !diagnostics.contains(where: { $0.severity == .error }) else {
      throw WrongRules(messages: diagnostics.map(\.message))
    }
    let program = Program(ruleset, profile: .weni)
    var merger = Merger(
      program, mode: .window, sources: ["events"],
      snapshot: self == .blind ? nil : try Self.snapshot(count), urnMoves: .allowed)
    var evaluator = Evaluator(program, byteLimit: 1 << 20)
    var log = Log()
    for pass in 0..<ShopEvents.passCount {
      for start in stride(from: 0, to: count, by: 1_000) {
        var chunk = Chunk()
        for index in start..<min(start + 1_000, count) {
          // Another order in each pass, so that the writes of one contact lie far apart.
          let contact = (index * (pass == 0 ? 7_919 : 104_729) + pass) % count
          chunk.append(ShopEvents(contact: contact, kind: self).event(pass))
        }
        chunk.evaluate(&evaluator, into: &log)
        merger.apply(log)
        log.reset()
      }
    }
    return merger
  }

  private static func snapshot(_ count: Int) throws -> ContactSnapshot {
    var snapshot = ContactSnapshot(.weni)
    var reader = SnapshotReader()
    try reader.setInventory(Array(ShopContact.inventory.utf8), of: &snapshot)
    for number in 0..<count where !ShopEvents.isNew(number) {
      try Array(ShopContact(number: number).body.utf8).withUnsafeBytes {
        try reader.addContact($0, readAt: 0, to: &snapshot)
      }
    }
    return snapshot
  }
}

/// The rules of this benchmark do not compile.
struct WrongRules: Error {
  let messages: [String]
}

/// Some events as the engine reads them.
private struct Chunk {
  private var bytes: [UInt8] = []
  private var records: [Record] = []

  mutating func append(_ event: String) {
    records.append(
      Record(
        offset: UInt32(bytes.count), length: UInt32(event.utf8.count),
        line: UInt64(records.count + 1)))
    bytes += Array(event.utf8)
  }

  func evaluate(_ evaluator: inout Evaluator, into log: inout Log) {
    let padded = bytes + [UInt8](repeating: 0, count: 64)
    padded.withUnsafeBytes {
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]), records, source: 0, now: 0,
        into: &log)
    }
  }
}
