import Contacts
import Engine
import Playground
import Pulling
import Rulesets
import Streams

/// What a run did, for people on standard error and as JSON for programs.
struct Summary {
  /// Whether personal data is shown.
  enum Privacy { case masked, revealed }

  let report: RunReport
  let privacy: Privacy
  /// Whether the calls are sent, and not only printed.
  var isSent = false
  /// Whether `ensure` names what nobody knows to be there.
  let ensuresObjects: Bool
  /// What the conditions of rules want to know of the contact, by rule id.
  let contactReads: [String: ContactRead]

  init(_ report: RunReport, of rules: RuleDigest, privacy: Privacy) {
    self.report = report
    self.privacy = privacy
    ensuresObjects = rules.ensuresObjects && !report.knowsInventory
    contactReads = rules.contactReads
  }

  /// The words of a text that may hold personal data.
  func shown(_ text: String) -> String {
    privacy == .revealed ? text : Mask.masked(text)
  }

  /// An event's id, which people look events up by: only an address in it is masked.
  func shown(id: String) -> String {
    id.contains("@") ? shown(id) : id
  }

  /// `events.ndjson:17`.
  func place(of problem: InputProblem) -> String {
    let source = Int(problem.source)
    let path = report.inputs.indices.contains(source) ? report.inputs[source].path : "-"
    return "\(path):\(problem.line)"
  }

  /// Lines whose paths were missing or of another type, the most frequent first.
  var gaps: [Gap] {
    var gaps: [Gap] = []
    for rule in report.statistics.rules {
      for line in rule.lines where line.missing + line.otherType > 0 {
        gaps.append(Gap(rule: rule.id, at: rule.at, line: line, type: type(of: line)))
      }
    }
    return gaps.sorted { left, right in
      (right.line.missing + right.line.otherType, left.rule, left.line.line)
        < (left.line.missing + left.line.otherType, right.rule, right.line.line)
    }
  }

  /// A rule's line whose path was missing or of another type.
  struct Gap {
    var rule: String
    /// `PATH:LINE` of the rule.
    var at: String
    var line: Statistics.LineCount
    /// The type of the events, where it is one.
    var type: String?
  }

  private func type(of line: Statistics.LineCount) -> String? {
    let types = report.statistics.paths.filter { $0.path == line.path && $0.of == line.of }
    return types.count == 1 ? types.first.map(\.type) : nil
  }
}

/// Stable pseudonyms for what may be personal in a text.
enum Mask {
  /// Replaces long numbers, addresses and URNs' paths; the same text has the same pseudonym.
  static func masked(_ text: String) -> String {
    var result = ""
    var word = ""
    for character in text {
      if character.isWhitespace || "\"'(),;<>[]{}".contains(character) {
        result += maskedWord(word)
        result.append(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + maskedWord(word)
  }

  /// The same for the value of a part of a contact; of a name nothing is left.
  static func masked(_ value: String, of subject: String) -> String {
    subject == "name" ? "p:" + pseudonym(of: value) : masked(value)
  }

  private static func maskedWord(_ word: String) -> String {
    if Array(word.utf8).withUnsafeBytes({ WrittenTime(rfc3339: $0) }) != nil { return word }
    // The digits of a date are no number.
    let rest = word.startsWithDate ? String(word.dropFirst(10)) : word
    guard word.contains("@") || longestNumber(in: rest) >= 8 || isURN(word) else { return word }
    return "p:" + pseudonym(of: word)
  }

  /// Whether a word is a URN, whatever signs stand around it.
  private static func isURN(_ word: String) -> Bool {
    let bare = word.drop { !$0.isLetter }
    guard let colon = bare.firstIndex(of: ":") else { return false }
    let rest = bare[bare.index(after: colon)...]
    // `tel:` alone, and `tel:${…}` of a rule, name nobody.
    guard rest.contains(where: { $0.isLetter || $0.isNumber }), !rest.hasPrefix("$") else {
      return false
    }
    let scheme = String(bare[..<colon])
    return Array(scheme.utf8).withUnsafeBytes { Scheme($0) } != nil
  }

  /// A part of a call as it is named among what was refused: `contact ext:1`, `URN tel:+55…`.
  static func masked(item: String) -> String {
    for kind in ["contact ", "URN "] where item.hasPrefix(kind) {
      return kind + masked(contact: String(item.dropFirst(kind.count)))
    }
    return masked(item)
  }

  /// The pseudonym of a contact's URN; a uuid tells nothing about anybody.
  static func masked(contact name: String) -> String {
    name.contains(":") ? "p:" + pseudonym(of: name) : masked(name)
  }

  /// `p:7f3a  55•••0199`: a pseudonym, and as much of the address as helps to recognise it.
  static func shown(contact name: String) -> String {
    let path = name.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    let hint =
      name.contains(":") && path.count >= 8 ? "  \(path.prefix(2))•••\(path.suffix(4))" : ""
    return "p:\(pseudonym(of: name))\(hint)"
  }

  /// A server's words, with a pseudonym for what it repeats; `item` is what they are about.
  static func masked(words: String, about item: String) -> String {
    let isName = item.hasPrefix("field `") || item.hasPrefix("group `")
    let known = isName ? Set(item.split(separator: "`").dropFirst().map(String.init)) : []
    return ServerWords.plain(words, allowing: known) { "p:" + pseudonym(of: $0) }
  }

  /// Digits of the longest number, whatever signs it is written with; letters end one.
  private static func longestNumber(in word: String) -> Int {
    var longest = 0
    var count = 0
    for byte in word.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): count += 1
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "/"): continue
      default: count = 0
      }
      longest = max(longest, count)
    }
    return longest
  }

  /// Four hexadecimal digits of the FNV-1a hash.
  static func pseudonym(of text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String((hash ^ (hash >> 32)) & 0xFFFF, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
