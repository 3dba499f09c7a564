internal import Diagnostics

extension FactChecker {
  /// Says what is wrong with a path, if anything is.
  ///
  /// - Returns: the place of the path, where nothing more is to be said of it.
  mutating func checkField(_ use: FieldUse) -> String? {
    let count = diagnostics.count
    let place = "\(use.context.file) \(use.path.range)"
    var node = catalogue.node(of: use.context.types)
    for (index, step) in use.path.steps.enumerated() {
      if let next = node.child(step) {
        node = next
        continue
      }
      checkAbsent(index, of: use, in: node)
      return diagnostics.count > count ? place : nil
    }
    checkScalar(node, of: use)
    checkRate(node.facts, of: use)
    return diagnostics.count > count ? place : nil
  }

  /// A step that leads nowhere.
  private mutating func checkAbsent(_ index: Int, of use: FieldUse, in node: SampledNode) {
    let facts = node.facts
    let range = use.path.ranges[index]
    let above = Array(use.path.steps[..<index]).text
    guard !range.isEmpty, node.isComplete, facts.count > 0 else { return }
    switch use.path.steps[index] {
    case .key(let key) where facts.maps > 0: checkUnknown(key, index, of: use, in: node)
    case .key(let key) where facts.lists > 0:
      let item = node.child(.item)
      let isInItem = item?.child(.key(key)) != nil
      reportStructure(
        "`\(above)` is a list in \(rateWords(facts.lists, use.context.types))",
        label: "a list has no field `\(key)`",
        help: isInItem
          ? "write `\(above)[0].\(key)` for the first item, or ask all with `exists`"
          : "take an item with `[0]`, or ask all with `exists`", use, at: range)
    case .key(let key):
      reportStructure(
        "`\(above)` is \(facts.noun) in \(rateWords(facts.events, use.context.types))",
        label: "\(facts.noun) has no field `\(key)`", help: nil, use, at: range)
    case .item where facts.lists == 0:
      reportStructure(
        "`\(above)` is \(facts.noun) in \(rateWords(facts.events, use.context.types))",
        label: "not a list", help: "write `\(above)` alone", use, at: range)
    case .item, .anyKey, .type: return
    }
  }

  private mutating func reportStructure(
    _ message: String, label: String, help: String?, _ use: FieldUse, at range: Range<Int>
  ) {
    report(
      Diagnostic(
        use.context.isNeeded ? .typeNeverFits : .otherTypeSeen, message,
        at: location(range, in: use.context.file), label: label, help: help),
      explaining: use.context.lines)
  }

  /// A key that no sample has.
  private mutating func checkUnknown(
    _ key: String, _ index: Int, of use: FieldUse, in node: SampledNode
  ) {
    let types = use.context.types
    let explanation = explain(key, index, of: use, in: node)
    let isProved = catalogue.count(of: types) >= Self.leastEvents && use.context.isNeeded
    guard explanation != nil || isProved else { return }
    let isFatal =
      explanation != nil && use.context.isNeeded || isProved && !use.context.lines.isEmpty
    report(
      .fieldNeverSeen(
        key, of: Array(use.path.steps[..<index]).text, isFatal: isFatal,
        label: "never seen in \(catalogue.words(of: types))", help: explanation?.help,
        replacement: explanation?.replacement,
        at: location(use.path.ranges[index], in: use.context.file)),
      explaining: use.context.lines)
  }

  /// A list or an object where a text, a number or the like belongs.
  private mutating func checkScalar(_ node: SampledNode, of use: FieldUse) {
    let facts = node.facts
    guard use.context.needsScalar, facts.count > 0, facts.count == facts.lists + facts.maps,
      let range = use.path.ranges.last(where: { !$0.isEmpty })
    else { return }
    let path = use.path.steps.text
    let isList = facts.lists > 0
    reportStructure(
      "`\(path)` is \(facts.noun) in \(rateWords(facts.events, use.context.types))",
      label: "a text or a number is needed here",
      help: isList
        ? "write `\(path)[0]` for the first item" : "write one of its fields", use, at: range)
  }

  /// A path that hardly any sample has.
  private mutating func checkRate(_ facts: PathFacts, of use: FieldUse) {
    let total = catalogue.count(of: use.context.types)
    guard use.context.isPositive, !use.path.isOptional, total >= Self.leastEvents,
      facts.events * 20 < total, let range = use.path.ranges.last(where: { !$0.isEmpty })
    else { return }
    let what = use.path.steps.text
    report(
      Diagnostic(
        .rareField,
        facts.events == 0
          ? "`\(what)` is null in every sample" : "`\(what)` is there in few samples",
        at: location(range, in: use.context.file),
        label: "in \(grouped(facts.events)) of \(catalogue.words(of: use.context.types))",
        help: use.context.lines.isEmpty ? nil : "the line passes over all others"),
      explaining: use.context.lines)
  }

  /// `in every sample`, `in 87 % of the samples`.
  func rateWords(_ events: Int, _ types: Set<Int>) -> String {
    let total = catalogue.count(of: types)
    return events >= total
      ? "every sample" : "\(Rate(events, of: total).text) of the samples"
  }
}

extension FactChecker {
  /// What a key that is not there was meant to be.
  private struct Explanation {
    var help: String
    /// What can stand in its place.
    var replacement: String?
  }

  private mutating func explain(
    _ key: String, _ index: Int, of use: FieldUse, in node: SampledNode
  ) -> Explanation? {
    let rest = Array(use.path.steps[(index + 1)...])
    let fitting = node.keys.filter { node.child(.key($0))?.node(at: rest) != nil }
    if let near = NearWord.nearest(to: key, in: fitting, within: .slip) {
      return explanation(near.word, in: node, rest, use)
    }
    if rest.isEmpty == false, let near = NearWord.nearest(to: key, in: node.keys, within: .slip) {
      return explanation(near.word, in: node, [], use)
    }
    if let words = otherTypes(of: use) { return Explanation(help: words) }
    if let moved = movedPath(index, of: use) { return moved }
    if let near = NearWord.nearest(to: key, in: fitting) {
      return explanation(near.word, in: node, rest, use)
    }
    return nil
  }

  private func explanation(
    _ word: String, in node: SampledNode, _ rest: [PathStep], _ use: FieldUse
  ) -> Explanation {
    let found = node.child(.key(word))?.node(at: rest)
    let steps = use.path.steps.dropLast(rest.count + 1) + [.key(word)] + rest
    let facts = found?.facts ?? PathFacts()
    return Explanation(
      help: "did you mean `\(word)`? it is in \(rateWords(facts.events, use.context.types))"
        + valueWords(facts, at: Array(steps)),
      replacement: word.isPlainName ? word : nil)
  }

  /// ` (paid 512, canceled 301)`, where values may be shown.
  func valueWords(_ facts: PathFacts, at steps: [PathStep]) -> String {
    guard facts.texts > 0, Disclosure.masked.shows(facts, at: steps) else { return "" }
    return " (\(facts.topValues(3)))"
  }

  /// Where the whole path is there in events of other types.
  private func otherTypes(of use: FieldUse) -> String? {
    guard let typing = use.context.types.first.map({ catalogue.types[$0].typing }) else {
      return nil
    }
    let others = catalogue.types.indices.filter {
      catalogue.types[$0].typing == typing && !use.context.types.contains($0)
        && catalogue.types[$0].root.node(at: use.path.steps)?.facts.events ?? 0 > 0
    }
    guard let first = others.first, let type = catalogue.types[first].type else { return nil }
    let events = others.reduce(0) {
      $0 + (catalogue.types[$1].root.node(at: use.path.steps)?.facts.events ?? 0)
    }
    let more = others.count > 1 ? " and \(counted(others.count - 1, "other type"))" : ""
    return "events of type `\(type)`\(more) have it: \(counted(events, "sample"))"
  }

  /// The path with the same end that is nearest.
  private mutating func movedPath(_ index: Int, of use: FieldUse) -> Explanation? {
    let written = use.path.steps
    guard let last = written.last, case .key(let name) = last else { return nil }
    var best: (steps: [PathStep], facts: PathFacts, cost: Int)?
    catalogue.node(of: use.context.types).walk { steps, node in
      guard case .key(let key)? = steps.last, node.facts.events > 0,
        key == name || NearWord.difference(name, key) == .spelling
      else { return }
      let cost = stepDistance(written, steps) * 2 + (key == name ? 0 : 1)
      if let best, (best.cost, -best.facts.events) <= (cost, -node.facts.events) { return }
      best = (steps, node.facts, cost)
    }
    guard let best else { return nil }
    return Explanation(
      help: "did you mean `\(best.steps.text)`? it is in "
        + rateWords(best.facts.events, use.context.types)
        + valueWords(best.facts, at: best.steps))
  }

  /// How many steps must be put in or taken out.
  private func stepDistance(_ left: [PathStep], _ right: [PathStep]) -> Int {
    var row = Array(0...right.count)
    for (place, step) in left.enumerated() {
      var next = [place + 1]
      for column in right.indices {
        next.append(
          step == right[column] ? row[column] : min(row[column + 1], next[column]) + 1)
      }
      row = next
    }
    return row[right.count]
  }
}

extension PathFacts {
  /// What stands in a place, if it is neither list nor object.
  var noun: String {
    let kinds = [(texts, "a text"), (numbers, "a number"), (bools, "true or false")]
      .filter { $0.0 > 0 }.map(\.1)
    if maps > 0 { return "an object" }
    return kinds.count == 1 ? kinds[0] : lists > 0 ? "a list" : "no object"
  }
}

extension Diagnostic {
  static func fieldNeverSeen(
    _ field: String, of above: String, isFatal: Bool, label: String, help: String?,
    replacement: String?, at location: SourceLocation
  ) -> Self {
    Diagnostic(
      isFatal ? .unknownName : .fieldNeverSeen, "no field `\(field)` in `\(above)`", at: location,
      label: label, help: help,
      fix: replacement.map { Fix([Fix.Edit(at: location, with: $0)]) })
  }
}
