import CEL
import Diagnostics
import Foundation
import Rulesets
import Samples

/// Plants one mistake of a kind somewhere in a field; nothing where it does not find a place.
struct Planter {
  let ground: Ground
  var random: SeededRandom

  mutating func plant(_ kind: MistakeKind) -> Mistake? {
    switch kind {
    case .fieldTypo: field { Slip.typo($0, &$1) }
    case .fieldCase: field { Slip.spelling($0, &$1) }
    case .wrongLevel: wrongLevel()
    case .listForItem: listForItem()
    case .otherType: otherType()
    case .rare: rare()
    case .valueTypo: value { Slip.typo($0, &$1) }
    case .valueCase: value { Slip.spelling($0, &$1) }
    case .textForNumber: textForNumber()
    case .textForBoolean: textForBoolean()
    case .dateAsText: dateAsText()
    case .alwaysTrue: always(true)
    case .alwaysFalse: always(false)
    case .eventType: eventType()
    case .function: word(ground.functions.filter { $0.text.count > 3 })
    case .name: word(ground.names)
    }
  }

  private var field: Field { ground.field }

  private mutating func field(_ slip: (String, inout SeededRandom) -> String) -> Mistake? {
    guard let path = ground.paths.randomElement(using: &random) else { return nil }
    let places = path.keys.indices.filter { path.keys[$0] != "[]" && path.keys[$0].count > 3 }
    guard let place = places.randomElement(using: &random) else { return nil }
    let word = slip(path.keys[place], &random)
    let siblings = ground.node(Array(path.keys[..<place]))?.keys ?? []
    guard word != path.keys[place], !siblings.contains(word) else { return nil }
    return Mistake(field, path.file, path.keyRanges[place], with: word)
  }

  private mutating func wrongLevel() -> Mistake? {
    guard let path = ground.paths.filter({ $0.keys.count > 1 }).randomElement(using: &random),
      field.text(path.range, of: path.file) == "event." + path.keys.joined(separator: ".")
    else { return nil }
    var keys = path.keys
    if Int.random(in: 0..<3, using: &random) > 0 {
      keys.remove(at: Int.random(in: 0..<(keys.count - 1), using: &random))
    } else {
      let objects = ground.node(Array(keys.dropLast()))?.children.compactMap { step, node in
        if case .key(let key) = step, node.facts.maps > 0 { key } else { nil }
      }
      guard let key = objects?.sorted().randomElement(using: &random) else { return nil }
      keys.insert(key, at: keys.count - 1)
    }
    guard ground.node(keys) == nil else { return nil }
    return Mistake(
      field, path.file, path.range, with: "event." + keys.joined(separator: "."))
  }

  private mutating func listForItem() -> Mistake? {
    let paths = ground.paths.filter { $0.keys.contains("[]") }
    if let path = paths.randomElement(using: &random), Bool.random(using: &random) {
      let text = field.text(path.range, of: path.file)
      let places = text.ranges(of: /\[[0-9]+\]/)
      guard let place = places.randomElement(using: &random) else { return nil }
      return Mistake(
        field, path.file, path.range, with: text.replacingCharacters(in: place, with: ""))
    }
    return inserted { ground, rule, random in
      let lists = ground.places(of: rule).filter { $0.facts.lists > 0 && $0.facts.mostItems > 0 }
      guard let list = lists.randomElement(using: &random) else { return nil }
      let path = "event." + list.keys.joined(separator: ".")
      let keys = ground.node(list.keys + ["[]"], of: rule)?.keys ?? []
      guard let key = keys.randomElement(using: &random) else { return "\(path): algo" }
      return "\(path).\(key): present"
    }
  }

  private mutating func otherType() -> Mistake? {
    let paths = ground.paths.filter { $0.rule != nil }
    guard let path = paths.randomElement(using: &random), let rule = path.rule else { return nil }
    let types = ground.types.filter { type in
      ground.ruleset.files[path.file].eventType.description == type.typing
    }
    var others: [[String]] = []
    for type in types where !ground.listens(rule, to: type) {
      type.root.walk { steps, node in
        let keys = steps.compactMap {
          if case .key(let key) = $0, key.isPlainName { key } else { nil }
        }
        if keys.count == steps.count, node.facts.events > 0, ground.node(keys, of: rule) == nil {
          others.append(keys)
        }
      }
    }
    guard let keys = others.randomElement(using: &random) else { return nil }
    return Mistake(
      field, path.file, path.range, with: "event." + keys.joined(separator: "."))
  }

  private mutating func rare() -> Mistake? {
    let paths = ground.paths.filter { path in
      path.rule.map { ground.count(of: $0) >= 40 } == true && !path.keys.contains("[]")
    }
    guard let path = paths.randomElement(using: &random), let rule = path.rule else { return nil }
    var mistake = Mistake(field, path.file, path.range, with: field.text(path.range, of: path.file))
    guard ground.ruleset.files[path.file].eventType.path != ["event"] + path.keys else {
      return nil
    }
    mistake.changesEvents = true
    let kept = ground.count(of: rule) / 60
    var seen = 0
    mistake.field.events = field.events.map { event in
      guard let object = try? JSONSerialization.jsonObject(with: Data(event.utf8)),
        let map = object as? [String: Any]
      else { return event }
      seen += 1
      if seen % max(2, field.events.count / max(1, kept)) == 0 { return event }
      let data = try? JSONSerialization.data(withJSONObject: without(map, path.keys[...]))
      return data.map { String(decoding: $0, as: UTF8.self) } ?? event
    }
    mistake.words = "\(path.keys.joined(separator: ".")) in few events"
    return mistake
  }

  private func without(_ map: [String: Any], _ keys: ArraySlice<String>) -> [String: Any] {
    var map = map
    guard let first = keys.first else { return map }
    if keys.count == 1 {
      map[first] = nil
    } else if let inner = map[first] as? [String: Any] {
      map[first] = without(inner, keys.dropFirst())
    }
    return map
  }

  private mutating func value(_ slip: (String, inout SeededRandom) -> String) -> Mistake? {
    guard let constant = ground.constants.randomElement(using: &random),
      case .string(let text) = constant.literal, text.count > 2,
      let values = ground.node(constant.keys)?.facts.values,
      values.values.contains(where: { $0.value == .text(text) })
    else { return nil }
    let word = slip(text, &random)
    let written = field.text(constant.range, of: constant.file)
    guard word != text, let place = written.range(of: text),
      !values.values.contains(where: { $0.value == .text(word) }),
      !field.sources[constant.file].line(
        field.sources[constant.file].position(of: constant.range.lowerBound).line
      ).contains(word)
    else { return nil }
    var mistake = Mistake(
      field, constant.file, constant.range,
      with: written.replacingCharacters(in: place, with: word))
    mistake.original = text
    return mistake
  }

  private mutating func eventType() -> Mistake? {
    guard let rule = ground.ruleset.rules.randomElement(using: &random),
      let range = rule.triggerRanges.randomElement(using: &random)
    else { return nil }
    let text = field.text(range, of: rule.file)
    let word =
      Bool.random(using: &random) ? Slip.typo(text, &random) : Slip.spelling(text, &random)
    guard word != text else { return nil }
    return Mistake(field, rule.file, range, with: word)
  }

  private mutating func word(_ words: [Ground.Word]) -> Mistake? {
    guard let word = words.randomElement(using: &random) else { return nil }
    let slip = Slip.typo(word.text, &random)
    guard slip != word.text, !words.contains(where: { $0.text == slip }) else { return nil }
    return Mistake(field, word.file, word.range, with: slip)
  }

  /// A line put into a rule that meets enough events.
  mutating func inserted(
    _ line: (Ground, Int, inout SeededRandom) -> String?
  ) -> Mistake? {
    let rules = ground.ruleset.rules.indices.filter {
      !ground.ruleset.rules[$0].predicates.isEmpty && ground.count(of: $0) >= 20
        && !ground.ruleset.rules[$0].id.contains("/")
    }
    guard let number = rules.randomElement(using: &random) else { return nil }
    let rule = ground.ruleset.rules[number]
    guard let text = line(ground, number, &random) else { return nil }
    return Mistake(field, before: rule.predicates[0], of: rule.file, text)
  }
}
