internal import Engine

extension SampleSchema {
  /// The first key of a saved schema, and the version of its form.
  package static let mark = "regra_schema"
  static let version = 1

  /// As one JSON object; `check --samples` reads it back.
  package func json(_ disclosure: Disclosure) -> String {
    var text =
      "{\"\(Self.mark)\":\(Self.version),\"events\":\(eventCount),\"problems\":\(problemCount)"
    if let cutDepth { text += ",\"cut_depth\":\(cutDepth)" }
    let types = types.map { json(of: $0, disclosure) }
    return text + ",\"types\":[" + types.map { "\n" + $0 }.joined(separator: ",") + "\n]}\n"
  }

  private func json(of type: SampledType, _ disclosure: Disclosure) -> String {
    var fields: [String] = []
    type.root.walk { steps, node in fields.append(json(of: node.facts, at: steps, disclosure)) }
    let name = type.type.map { jsonText($0) } ?? "null"
    return "{\"type\":\(name),\"typing\":\(jsonText(type.typing)),\"events\":\(type.count)"
      + ",\"fields\":[" + fields.map { "\n " + $0 }.joined(separator: ",") + "\n]}"
  }

  private func json(
    of facts: PathFacts, at steps: [PathStep], _ disclosure: Disclosure
  ) -> String {
    let showsRange = disclosure.showsRange(facts, at: steps)
    var parts = ["\"path\":\(jsonText(steps.text))", "\"steps\":\(steps.json)"]
    parts.append("\"events\":\(facts.events)")
    for (name, count) in [
      ("null", facts.nulls), ("false", facts.falses), ("true", facts.trues), ("object", facts.maps),
    ] where count > 0 {
      parts.append("\"\(name)\":\(count)")
    }
    if facts.ints > 0 {
      let range = showsRange ? ",\(facts.lowestInt),\(facts.highestInt)" : ""
      parts.append("\"int\":[\(facts.ints)\(range)]")
    }
    if facts.doubles > 0 {
      let range = showsRange ? ",\(facts.lowestDouble),\(facts.highestDouble)" : ""
      parts.append("\"double\":[\(facts.doubles)\(range)]")
    }
    if facts.texts > 0 {
      parts.append("\"text\":[\(facts.texts),\(facts.shortestText),\(facts.longestText)]")
      let shapes = TextShape.allCases.filter { facts.count($0) > 0 }
        .map { "\(jsonText($0.name)):\(facts.count($0))" }
      parts.append("\"looks\":{\(shapes.joined(separator: ","))}")
    }
    if facts.lists > 0 {
      parts.append("\"list\":[\(facts.lists),\(facts.fewestItems),\(facts.mostItems)]")
    }
    if facts.texts + facts.numbers > 0 {
      parts.append("\"values\":\(values(facts, steps, disclosure))")
    }
    return "{" + parts.joined(separator: ",") + "}"
  }

  private func values(
    _ facts: PathFacts, _ steps: [PathStep], _ disclosure: Disclosure
  ) -> String {
    if facts.values.areMany { return "\"many\"" }
    guard disclosure.shows(facts, at: steps) else {
      return Disclosure.isPersonal(facts, at: steps) ? "\"masked\"" : "\"unshown\""
    }
    return "[" + facts.values.values.map { "[\($0.json),\($1)]" }.joined(separator: ",") + "]"
  }
}

extension [PathStep] {
  /// Keys as texts; an item of a list as `["item"]`, any key as `["key"]`.
  fileprivate var json: String {
    let steps = map { step in
      switch step {
      case .key(let key): jsonText(key)
      case .item: "[\"item\"]"
      case .anyKey: "[\"key\"]"
      case .type: "null"
      }
    }
    return "[" + steps.joined(separator: ",") + "]"
  }
}
