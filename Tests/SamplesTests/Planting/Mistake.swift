import Diagnostics
import Rulesets
import Samples

/// The kinds of mistakes that are planted.
enum MistakeKind: String, CaseIterable, Sendable, CustomStringConvertible {
  case fieldTypo = "field: typo"
  case fieldCase = "field: case"
  case wrongLevel = "field: wrong level"
  case listForItem = "field: list for item"
  case otherType = "field of another event type"
  case rare = "field in under 5 %"
  case valueTypo = "value: typo"
  case valueCase = "value: case or accent"
  case textForNumber = "text for number"
  case textForBoolean = "text for boolean"
  case dateAsText = "date as text"
  case alwaysTrue = "condition always true"
  case alwaysFalse = "condition always false"
  case eventType = "name of an event type"
  case function = "name of a function"
  case name = "name of a list or let"

  var description: String { rawValue }

  /// Whether there is a word that was meant, which must be suggested.
  var isTypo: Bool {
    switch self {
    case .fieldTypo, .fieldCase, .valueTypo, .valueCase, .eventType, .function, .name: true
    case .wrongLevel, .listForItem, .otherType, .rare, .textForNumber, .textForBoolean,
      .dateAsText, .alwaysTrue, .alwaysFalse:
      false
    }
  }
}

/// One mistake in one field.
struct Mistake {
  var field: Field
  var file: Int
  var line: Int
  var original: String
  var words: String
  var changesEvents = false

  /// A piece of a file replaced.
  init(_ field: Field, _ file: Int, _ range: Range<Int>, with text: String) {
    original = field.text(range, of: file)
    words = "\(original) → \(text)"
    line = field.sources[file].position(of: range.lowerBound).line
    self.file = file
    self.field = field.replacing(range, of: file, with: text)
  }

  /// A line put before the first line of a rule's `if`; nothing where that is not a list.
  init?(_ field: Field, before predicate: Predicate, of file: Int, _ text: String) {
    let source = field.sources[file]
    let written = source.line(predicate.line)
    let indent = written.prefix { $0 == " " }
    guard written.dropFirst(indent.count).hasPrefix("- ") else { return nil }
    let start = source.start(ofLine: predicate.line)
    original = ""
    words = text
    line = predicate.line
    self.file = file
    self.field = field.replacing(start..<start, of: file, with: "\(indent)- \(text)\n")
  }

  /// What is said of its line; `known` are the events, unless the mistake changes them.
  func findings(_ known: KnownEvents) -> [Diagnostic] {
    let source = field.sources[file]
    let all =
      changesEvents ? problems(field.sources, field.events) : known.problems(field.sources)
    return all.filter { diagnostic in
      diagnostic.location.path == source.path
        && source.position(of: diagnostic.location.range.start).line == line
    }
  }

  func suggestsOriginal(_ findings: [Diagnostic]) -> Bool {
    findings.contains { $0.help?.contains("`\(original)`") == true }
  }
}

/// Slips of the fingers.
enum Slip {
  /// One letter too few, too many, another, or two in the wrong order.
  static func typo(_ word: String, _ random: inout SeededRandom) -> String {
    var letters = Array(word)
    let inner = letters.indices.filter { letters[$0].isLetter }
    guard let place = inner.randomElement(using: &random) else { return word + "x" }
    switch Int.random(in: 0..<4, using: &random) {
    case 0 where letters.count > 3: letters.remove(at: place)
    case 1: letters.insert(letters[place], at: place)
    case 2 where place + 1 < letters.count && letters[place + 1].isLetter:
      letters.swapAt(place, place + 1)
    default: letters[place] = "aeiounrst".randomElement(using: &random) ?? "x"
    }
    return String(letters)
  }

  /// The same word with another case, or without its accents.
  static func spelling(_ word: String, _ random: inout SeededRandom) -> String {
    let accents: [Character: Character] = [
      "á": "a", "ã": "a", "ç": "c", "é": "e", "ê": "e", "í": "i", "ó": "o", "ú": "u",
    ]
    let forms = [
      word.uppercased(), word.lowercased(), word.prefix(1).uppercased() + word.dropFirst(),
      String(word.map { accents[$0] ?? $0 }),
    ].filter { $0 != word }
    return forms.randomElement(using: &random) ?? word
  }
}
