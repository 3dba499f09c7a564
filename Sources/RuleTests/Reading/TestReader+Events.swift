internal import CEL
internal import Diagnostics
internal import Engine
internal import Rulesets
internal import Simulator
internal import YAMLTree

extension TestReader {
  /// A list of events, or `{file: events.ndjson}`.
  mutating func events(_ node: YAMLNode) -> TestCase.Events {
    if case .mapping = node.kind {
      guard
        let fields = decoder.fields(
          node, "`events`", known: EventsFileKey.words, required: ["file"], .mappingOrList),
        let file = fields["file"].flatMap({ decoder.text($0, "`file`") })
      else { return .list([]) }
      return .file(file)
    }
    var events: [GivenEvent] = []
    // A test may ask what no event at all comes to.
    if case .sequence(let items) = node.kind, items.isEmpty, node.tag == nil { return .list([]) }
    var pause: Int64 = 0
    for item in decoder.items(node, "`events`", .mappingOrList) ?? [] {
      guard let (data, after) = event(item) else { continue }
      pause += after
      // `- after: 5h` alone moves the clock before the event that follows.
      guard let data else { continue }
      events.append(GivenEvent(json: data, after: pause, range: item.range))
      pause = 0
    }
    return .list(events)
  }

  private mutating func event(_ node: YAMLNode) -> (data: [UInt8]?, after: Int64)? {
    guard let entries = decoder.freeEntries(node, "an event"), case .mapping(let all) = node.kind
    else { return nil }
    var after: Int64 = 0
    var data = all
    if let place = all.firstIndex(where: { $0.isPause }) {
      after = decoder.constantSpan(all[place].value, "`after`") ?? 0
      data.remove(at: place)
      if data.isEmpty { return (nil, after) }
    }
    guard entries.count == all.count else { return nil }
    var json: [UInt8] = []
    guard write(.init(.mapping(data), range: node.range), into: &json) else { return nil }
    return (json, after)
  }

  /// Appends the JSON of a value; false where part of it is none.
  private mutating func write(_ node: YAMLNode, into json: inout [UInt8]) -> Bool {
    switch node.kind {
    case .scalar(let scalar):
      guard let literal = decoder.literal(node, "a value")?.literal else { return false }
      if case .string(let text) = literal {
        json += jsonText(text).utf8
      } else {
        json += scalar.text.utf8
      }
      return true
    case .sequence(let items):
      json.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        guard write(item, into: &json) else { return false }
      }
      json.append(UInt8(ascii: "]"))
      return true
    case .mapping:
      guard let entries = decoder.freeEntries(node, "a value") else { return false }
      json.append(UInt8(ascii: "{"))
      for (index, entry) in entries.enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        json += jsonText(entry.key.text).utf8
        json.append(UInt8(ascii: ":"))
        guard write(entry.value, into: &json) else { return false }
      }
      json.append(UInt8(ascii: "}"))
      return true
    }
  }

  /// What the server answers, as scripts of faults say it.
  mutating func answers(_ node: YAMLNode) -> [ScriptedAnswer] {
    var answers: [ScriptedAnswer] = []
    for item in decoder.items(node, "`server`") ?? [] {
      if let answer = answer(item) { answers.append(answer) }
    }
    return answers
  }

  private mutating func answer(_ node: YAMLNode) -> ScriptedAnswer? {
    let count = decoder.diagnostics.count
    guard
      let fields = decoder.fields(
        node, "an item of `server`", known: AnswerKey.words, required: ["answer"])
    else { return nil }
    let on = fields["on"].flatMap { node in
      decoder.fields(node, "`on`", known: AnsweredRequestKey.words)
    }
    let contact = on?["contact"].flatMap { decoder.text($0, "`contact`") }
    var json: [UInt8] = []
    guard decoder.diagnostics.count == count, write(node, into: &json) else { return nil }
    do throws(StateFailure) {
      return ScriptedAnswer(fault: try FaultFile.readFault(json), contact: contact)
    } catch {
      let place = fields[error.path.prefix { $0 != "." }.description]?.range ?? node.range
      report(
        .badAnswer(
          error.path.isEmpty ? "an item of `server`" : "`\(error.path)`", error.reason,
          at: location(place)))
      return nil
    }
  }

  /// A value that calls are compared with.
  mutating func expectedValue(_ node: YAMLNode, _ what: String) -> ExpectedValue? {
    switch node.kind {
    case .scalar:
      return decoder.literal(node, what).map {
        ExpectedValue(kind: .scalar($0.literal), range: node.range)
      }
    case .sequence(let items):
      return ExpectedValue(
        kind: .list(items.compactMap { expectedValue($0, what) }), range: node.range)
    case .mapping:
      let entries = decoder.freeEntries(node, what) ?? []
      return ExpectedValue(
        kind: .map(
          entries.compactMap { key, value in expectedValue(value, what).map { (key, $0) } }),
        range: node.range)
    }
  }
}

extension YAMLEntry {
  /// `after: 5h`; in quotes it is a key of the event.
  fileprivate var isPause: Bool {
    guard case .scalar(let key) = key.kind else { return false }
    return key.text == "after" && key.style == .plain
  }
}

extension Diagnostic {
  static func badAnswer(_ what: String, _ reason: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .badAnswer, "\(what) \(reason)", at: location, label: "no answer of a server",
      help: "write `{on: {path: contacts.json}, answer: 429, times: 1}`, or `answer: reset`")
  }
}
