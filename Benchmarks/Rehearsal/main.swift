import Contacts
import Diagnostics
import Foundation
import Playground
import PlaygroundServer
import Rulesets

/// Rehearses made-up events with made-up rules and prints how long that takes.
///
///     swift run -c release rehearsal-figures [EVENTS [RULES]]
let eventCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
let ruleCount = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 200

let rules = (0..<ruleCount).map { number in
  """
    - id: rule-\(number)
      when: type\(number % 20)
      if:
        - event.order.status: {in: paid_states}
        - event.order.total: {at_least: \(number % 50)}
        - any: [big, "event.tags.exists(t, t == 'vip')"]
      do:
        - set_fields: {f\(number % 10): "${event.order.id}"}
        - add_to_group: Group \(number % 7)

  """
}
let text = """
  version: 1
  events: {type: event.kind, id: event.id}
  contact: {urn: "whatsapp:${phone(event.phone, 'BR')}"}
  lists: {paid_states: [paid, shipped]}
  let: {big: event.order.total * 2 > 100}
  rules:
  \(rules.joined())
  """

let events = (0..<eventCount).map { number in
  let status = ["paid", "open", "shipped"][number % 3]
  let line = """
    {"kind":"type\(number % 20)","id":"e\(number)","phone":"8299933\(1_000 + number % 300)",\
    "order":{"id":"A\(number)","status":"\(status)","total":\(number % 100)},"tags":["vip","sp"]}
    """
  return RehearsalEvent(Array(line.utf8), line: number + 1)
}

/// Milliseconds that something takes, the best of five tries.
func measured(_ name: String, _ body: () async throws -> Void) async rethrows {
  let clock = ContinuousClock()
  var best = Duration.seconds(1_000)
  for _ in 0..<5 { best = min(best, try await clock.measure { try await body() }) }
  let (seconds, attoseconds) = best.components
  let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
  print("\(name): \(tenths / 10).\(tenths % 10) ms")
}

let source = SourceText(path: "rules.yaml", contents: text)
guard let ruleset = Ruleset.check([source], profile: .weni).ruleset else {
  fatalError("the rules of this benchmark are wrong")
}
let traced = TracedRules(ruleset, sources: [source], profile: .weni)
let scene = try RehearsalScene(contacts: [], now: 1_772_452_800_000_000_000)
let last = await Rehearsal(events, with: traced, in: scene)
print(
  "\(eventCount) events · \(ruleCount) rules · \(last.after.count) contacts · "
    + "\(last.windows.reduce(0) { $0 + $1.calls.count }) calls")
await measured("check") { _ = Ruleset.check([source], profile: .weni) }
await measured("compile") {
  _ = TracedRules(ruleset, sources: [source], profile: .weni)
}
/// The same rules, of which one in seven adds to another group.
let otherText = text.replacing("add_to_group: Group 3", with: "add_to_group: Group 8")
guard
  let otherRules = Ruleset.check(
    [SourceText(path: "other.yaml", contents: otherText)], profile: .weni
  ).ruleset
else {
  fatalError("the other rules of this benchmark are wrong")
}
let other = TracedRules(
  otherRules, sources: [SourceText(path: "other.yaml", contents: otherText)], profile: .weni)
let difference = await Comparison(events, old: traced, new: other, in: scene)
print("\(difference.contacts.count) contacts end differently")
await measured("compare with other rules") {
  _ = await Comparison(events, old: traced, new: other, in: scene)
}
await measured("rehearse") { _ = await Rehearsal(events, with: traced, in: scene) }
let page = PlaygroundServer(
  PageScene(
    "figures", sources: [source], events: "", workspace: scene, veil: .none, pseudonyms: .none))
var keystroke = 0
@MainActor func keystrokeRequest() throws -> [UInt8] {
  keystroke += 1
  let files = [["path": "rules.yaml", "text": text + "# \(keystroke)\n"]]
  let lines = events.map { String(decoding: $0.text, as: UTF8.self) }.joined(separator: "\n")
  let request: [String: Any] = ["files": files, "events": lines]
  return Array(try JSONSerialization.data(withJSONObject: request))
}
try await measured("what is wrong, after a keystroke in a rule") {
  _ = try await page.check(try keystrokeRequest())
}
try await measured("and what rules do") { _ = try await page.rehearse(try keystrokeRequest()) }
await measured("trace one event") { _ = last.trace(of: eventCount / 2) }

/// Twenty conditions over as many fields, each right, wrong or missing.
let conditions = (0..<20).map { number in
  let test = ["{in: [paid, shipped]}", "{at_least: \(number)}", "{starts_with: ab}", "true"]
  return "      - event.f\(number): \(test[number % 4])\n"
}
let asked = """
  version: 1
  rules:
    - id: asked
      if:
  \(conditions.joined())    do: [note: seen]
  """
let askedSource = SourceText(path: "asked.yaml", contents: asked)
guard let askedRules = Ruleset.check([askedSource], profile: .weni).ruleset else {
  fatalError("the rule of this benchmark is wrong")
}
let askedTraced = TracedRules(askedRules, sources: [askedSource], profile: .weni)
let right = [#""paid""#, "50", #""abc""#, "true"]
let wrong = [#""open""#, "-1", #""xyz""#, "false"]
var times = (0..<1_000).map { number in
  let fields = (0..<20).compactMap { field -> String? in
    let draw = (number &* 7_919 &+ field &* 104_729) % 11
    if draw == 0 { return nil }
    return "\"f\(field)\":\(draw < 8 ? right[field % 4] : wrong[field % 4])"
  }
  let event = Array("{\(fields.joined(separator: ","))}".utf8)
  return ContinuousClock().measure { _ = WhyNot(0, event, with: askedTraced, now: 0) }
}
times.sort()
print("why not, 20 conditions: half within \(times[500]), 95 % within \(times[950])")
