import CEL
import Contacts
import Playground
import Simulator

/// A part of a rehearsal in which everybody has a stand-in, so that it can be saved or given away.
struct StandInScene {
  let events: [RehearsalEvent]
  let contacts: [ContactRecord]
  private let rules: TracedRules
  private let veil: Veil

  /// - Parameters:
  ///   - rehearsal: where it comes from.
  ///   - steps: the events that are kept.
  ///   - contacts: who is there before the first of them.
  ///   - veil: gives the stand-ins.
  init(_ rehearsal: Rehearsal, _ steps: Range<Int>, contacts: [ContactRecord], _ veil: Veil) {
    self.veil = veil
    self.contacts = contacts
    rules = rehearsal.rules
    var coder = JSONCoder()
    let values = ValueText(veil: veil)
    events = steps.map { step in
      var event = rehearsal.events[step]
      event.text =
        event.text.withUnsafeBytes { try? coder.value(of: $0) }.map {
          coder.bytes(of: values.literal($0, isPersonal: false))
        } ?? Array(veil.text(String(decoding: event.text, as: UTF8.self)).utf8)
      return event
    }
  }

  /// The contacts as the API lists them.
  var listed: [Literal] { contacts.map { $0.listed(rules.cover(veil)) } }

  /// What rules make of the stand-ins.
  func rehearsal(_ dialect: Dialect, now: Int64) async -> Rehearsal? {
    var coder = JSONCoder()
    let lines = listed.flatMap { coder.bytes(of: $0) + [UInt8(ascii: "\n")] }
    guard
      let scene = try? RehearsalScene(
        contacts: lines.isEmpty ? nil : lines, dialect: dialect, now: now)
    else { return nil }
    return await Rehearsal(events, with: rules, in: scene)
  }
}

extension Rehearsal {
  /// Contacts before an event that it changes, or that its rules are about.
  func concerned(in step: Int) -> [ContactRecord] {
    let changed = steps[step].changes.compactMap(\.before)
    let seen = Set(changed.map(\.uuid))
    let names = Set(trace(of: step).rules.compactMap(\.contact))
    return changed
      + before.filter { record in
        !seen.contains(record.uuid)
          && (names.contains(record.uuid) || record.urns.contains { names.contains($0) })
      }
  }
}
