package import CEL
package import Execution
import Planning

/// A part of a call that the server did not take, as people read of it.
package struct RefusedPart: Sendable, Equatable {
  package struct Reason: Sendable, Hashable {
    package var rule: String
    /// Its file and line.
    package var place: String
    package var event: String
  }

  /// What was not taken: "field `city`".
  package var item: String
  /// The server's words.
  package var words: String
  /// What to do about it, where that is known.
  package var advice: String?
  package var because: [Reason]

  package init(_ part: SetAside, rules: [CallReader.Rule]) {
    item = part.item.sentence
    words = part.words
    advice = part.advice?.sentence
    because = part.because.map { reason in
      let rule = rules[reason.rule]
      return Reason(rule: rule.id, place: rule.place, event: reason.event)
    }
  }

  package var literal: Literal {
    let reasons = because.map { Literal.texts([$0.rule, $0.place, $0.event]) }
    var entries: [(key: String, value: Literal)] = [
      ("item", .string(item)), ("words", .string(words)), ("because", .list(reasons)),
    ]
    if let advice { entries.append(("advice", .string(advice))) }
    return .object(entries)
  }

  /// Reads what ``literal`` gives.
  package init(_ literal: Literal) {
    item = literal["item"]?.text ?? ""
    words = literal["words"]?.text ?? ""
    advice = literal["advice"]?.text
    because = (literal["because"]?.items ?? []).compactMap { reason in
      guard let texts = reason.texts, texts.count == 3 else { return nil }
      return Reason(rule: texts[0], place: texts[1], event: texts[2])
    }
  }
}

extension SetAside.Item {
  fileprivate var sentence: String {
    switch self {
    case .call: "the call"
    case .contact(let name): "contact \(name)"
    case .name: "the name"
    case .language: "the language"
    case .field(let key): "field `\(key)`"
    case .fields: "the fields"
    case .groups: "the groups"
    case .urns: "the URNs"
    case .group(let name): "group `\(name)`"
    case .urn(let urn): "URN \(urn)"
    }
  }
}
