import CEL
import Contacts
import Engine
import Playground
import Testing

@Suite("Traces")
struct TraceTests {
  private static let rules = """
    version: 1
    events: {type: event.kind, id: event.id}
    contact: {urn: "whatsapp:${event.phone}"}
    lists: {paid_states: [paid, shipped]}
    let:
      total: double(event.total)
      vip: total >= 1000.0
    rules:
      - id: paid
        when: order
        if:
          - event.status: {in: paid_states}
          - any:
              - vip
              - event.tags.exists(t, t == "vip")
          - none:
              - event.test: true
          - event.points > 100
        do:
          - set_fields: {last: "${event.id}", city: "${event.city}"}
          - add_to_group: "${event.group}"
          - set_language: "${event.language}"
      - id: other
        when: cart
        do: [{note: seen}]
      - id: off
        enabled: false
        when: order
        if: [vip]
        do: [{note: seen}]
    """

  private func trace(_ event: String) throws -> EventTrace {
    var tracer = Tracer(try traced(Self.rules))
    return tracer.trace(event.utf8, now: sceneTime)
  }

  /// Lines as `outcome text`, with what they read behind.
  private func lines(_ rule: RuleTrace) -> [String] {
    rule.lines.flatMap(\.allLines).map { line in
      let reads = line.reads.map { read in
        let name = read.name.isEmpty ? "" : "\(read.name): "
        switch read.value {
        case .value(let literal): return "\(name)\(read.text) = \(literal)"
        case .unknown(let doubt): return "\(name)\(read.text) ? \(doubt.sentence)"
        }
      }
      let doubt = line.doubt.map { " (\($0.sentence))" } ?? ""
      return ([line.outcome.rawValue + " " + line.text + doubt] + reads).joined(separator: " | ")
    }
  }

  @Test("every line is evaluated, with what it read")
  func everyLine() throws {
    let trace = try trace(
      #"{"kind":"order","id":"e1","status":"open","total":"120.5","tags":["vip"],"test":false}"#)
    #expect(trace.rules.map(\.verdict) == [.isFalse, .otherType, .switchedOff])
    #expect(
      lines(trace.rules[0]) == [
        #"false event.status: {in: paid_states} | event.status = "open" | paid_states = ["paid", "shipped"]"#,
        #"true any: - vip - event.tags.exists(t, t == "vip")"#,
        #"false vip | vip = false | vip: total = 120.5 | total: event.total = "120.5""#,
        #"true event.tags.exists(t, t == "vip") | event.tags = ["vip"]"#,
        "true none: - event.test: true", "false event.test: true | event.test = false",
        "unknown event.points > 100 (`event.points` is missing) | event.points ? `event.points` is missing",
      ])
    #expect(trace.rules[0].stoppers.map(\.line) == [12])
  }

  @Test("a line that another type keeps from an answer says which")
  func otherType() throws {
    let trace = try trace(#"{"kind":"order","status":"paid","tags":["vip"],"points":"many"}"#)
    #expect(trace.rules[0].verdict == .isUnknown)
    #expect(
      trace.rules[0].stoppers.map { $0.doubt?.sentence } == [
        "`event.points > 100` does not work with a text"
      ])
  }

  @Test("a rule that fired says what each action wrote, or why it did not")
  func writes() throws {
    let event =
      #"{"kind":"order","id":"e2","phone":"5582999330001","status":"paid","tags":["vip"],"#
      + #""points":200,"group":" Clientes ","language":"klingon"}"#
    let rule = try trace(event).rules[0]
    #expect(rule.verdict == .fired)
    #expect(rule.contact == "whatsapp:5582999330001")
    #expect(
      rule.writes.map(\.write.outcome) == [.written, .skipped, .written, .refused(.notALanguage)])
    #expect(rule.writes.map(\.write.target) == ["last", "city", "Clientes", ""])
    #expect(rule.writes.map(\.write.value) == ["e2", "", "Clientes", ""])
    #expect(rule.writes.map(\.line) == [20, 20, 21, 22])
  }

  @Test("a rule whose contact cannot be found out fired for nobody")
  func nobody() throws {
    let rule = try trace(
      #"{"kind":"order","status":"paid","tags":["vip"],"points":200,"phone":""}"#
    ).rules[0]
    #expect(rule.verdict == .nobody)
    #expect(rule.writes.allSatisfy { $0.write.outcome == .nobody })
    #expect(rule.identifiers.map(\.text) == ["event.phone"])
  }

  @Test("what is no event says why")
  func problems() throws {
    #expect(try trace("[1]").problem == "an event must be a JSON object")
    #expect(try trace("{").problem == "no JSON: the text ends too early")
  }

  @Test("a line's place is that of its text in the file")
  func places() throws {
    let trace = try trace("{}")
    let text = Array(Self.rules.utf8)
    let lines = trace.rules[0].lines.flatMap(\.allLines).filter { $0.kind == .test }
    #expect(
      lines.map { String(decoding: text[$0.range], as: UTF8.self) } == lines.map(\.text))
  }
}
