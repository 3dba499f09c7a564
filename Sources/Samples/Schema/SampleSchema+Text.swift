import Diagnostics

extension SampleSchema {
  /// For people: a block for each type, a line for each path.
  package func text(_ disclosure: Disclosure) -> String {
    let types = types
    let problems = problemCount == 0 ? "" : " · " + counted(problemCount, "bad line")
    var text = "\(counted(eventCount, "event")) · \(counted(types.count, "type"))\(problems)\n"
    if let cutDepth {
      text +=
        "more than \(grouped(Self.nodeLimit)) paths: some from level \(cutDepth) on are left out\n"
    }
    for type in types { text += "\n" + self.text(of: type, disclosure) }
    return text
  }

  private func text(of type: SampledType, _ disclosure: Disclosure) -> String {
    var rows: [(path: String, rate: String, words: String)] = []
    type.root.walk { steps, node in
      rows.append(
        (
          steps.text, Rate(node.facts.events, of: type.count).text,
          node.facts.words(at: steps, disclosure)
        ))
    }
    let width = min(48, rows.map(\.path.count).max() ?? 0)
    let name =
      type.type.map { "\(SampleValue.text($0).shown), by \(type.typing)" } ?? "without a type"
    return "\(name) · \(counted(type.count, "event"))\n"
      + rows.map { row in
        let pad = String(repeating: " ", count: max(0, width - row.path.count))
        let gap = String(repeating: " ", count: max(0, 6 - row.rate.count))
        return "  \(row.path)\(pad) \(gap)\(row.rate)  \(row.words)\n"
      }.joined()
  }
}

extension PathFacts {
  /// What stood in a place, in a few words.
  package func words(at steps: [PathStep], _ disclosure: Disclosure) -> String {
    var kinds: [String] = []
    if texts > 0 {
      let shape = commonShape.map { $0 == .word || $0 == .sentence ? "" : " (\($0.name))" } ?? ""
      kinds.append("text\(shape)")
    }
    if numbers > 0 { kinds.append("number" + rangeWords(at: steps, disclosure)) }
    if bools > 0 {
      kinds.append(falses == 0 ? "true" : trues == 0 ? "false" : "true \(trues), false \(falses)")
    }
    if lists > 0 {
      kinds.append("list of \(fewestItems == mostItems ? "" : "\(fewestItems)–")\(mostItems)")
    }
    if maps > 0 { kinds.append("object") }
    if kinds.isEmpty { return "null" }
    return kinds.joined(separator: " or ") + valueWords(at: steps, disclosure)
  }

  private func rangeWords(at steps: [PathStep], _ disclosure: Disclosure) -> String {
    guard let range, disclosure.showsRange(self, at: steps) else { return "" }
    let low = numberText(range.low)
    return range.low == range.high ? " \(low)" : " \(low)–\(numberText(range.high))"
  }

  private func valueWords(at steps: [PathStep], _ disclosure: Disclosure) -> String {
    guard texts > 0 else { return "" }
    if disclosure == .masked, Disclosure.isPersonal(self, at: steps) { return ", masked" }
    guard let count = values.count else { return ", many values" }
    guard disclosure.shows(self, at: steps) else { return ", \(counted(count, "value"))" }
    return ": " + topValues(6)
  }

  /// The most frequent values with their counts, `paid 512, canceled 301, 3 more`.
  package func topValues(_ limit: Int) -> String {
    let all = values.values
    var shown: [String] = []
    var width = 0
    for (value, count) in all.prefix(limit) {
      let words = "\(value.shown) \(grouped(count))"
      width += words.count
      guard shown.isEmpty || width <= 60 else { break }
      shown.append(words)
    }
    let rest = all.count - shown.count
    return (shown + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: ", ")
  }
}

extension SampleValue {
  /// As it stands in a sentence: a word bare, anything doubtful in quotes.
  package var shown: String {
    guard case .text(let text) = self else { return json }
    let isBare =
      !text.isEmpty && text.first?.isWhitespace == false && text.last?.isWhitespace == false
      && text.allSatisfy { $0.isLetter || $0.isNumber || " -_./:".contains($0) }
    return isBare ? text : json
  }
}

/// How many of how many.
struct Rate: Sendable {
  var part: Int
  var whole: Int

  init(_ part: Int, of whole: Int) {
    self.part = part
    self.whole = whole
  }

  /// `87 %`; never 0 % or 100 % where that is not quite so.
  var text: String {
    guard whole > 0, part > 0 else { return "0 %" }
    guard part < whole else { return "100 %" }
    let percent = Double(part) * 100 / Double(whole)
    if percent < 1 { return "<1 %" }
    if percent > 99 { return ">99 %" }
    return "\(Int(percent.rounded())) %"
  }
}

/// Without `.0` where it is whole.
func numberText(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
}
