import CEL
import Testing

@Suite("Typos")
struct TypoTests {
  /// Every kind of name in many surroundings.
  static let expressions = [
    "event.order.status == \"paid\"", "event.order.status in paid_states",
    "event.order.total >= 1000.0 && event.client.orders > 3", "big_order && city in capitals",
    "!big_order || event.kind == \"order\"", "has(event.order.coupon)",
    "has(event.client.address) ? city == \"Recife\" : event.order.paid",
    "event.order.items.exists(item, item.price > 50.0 && item.quantity > 1)",
    "event.order.items.all(item, item.name != \"\")",
    "event.order.items.exists_one(item, item.quantity > 9)",
    "event.order.items.existsOne(index, item, item.quantity > index)",
    "event.order.items.filter(item, item.price > 5.0).size() > 2",
    "event.order.items.map(item, item.price)[0] > 5.0",
    "event.order.items.transformList(index, item, item.quantity + index)[0] > 2",
    "event.order.transformMap(field, value, type(value) == string).status",
    "size(event.order.items) > 2", "event.?client.?phone.orValue(\"\") == \"\"",
    "event.?client.?address.hasValue()", "event.?client.optMap(person, person.name).hasValue()",
    "event.?client.optFlatMap(person, person.?phone).value() == \"1\"",
    "cel.bind(total, event.order.total, total > 5.0 && total < 90.0)",
    "optional.of(event.order.status).or(optional.none()).hasValue()",
    "optional.ofNonZeroValue(event.order.total).hasValue()",
    "math.greatest(event.order.total, 5.0) > 9.0", "math.abs(event.client.orders) < 5",
    "math.round(event.order.total) == math.ceil(event.order.total)",
    "strings.quote(event.order.status) == \"x\"",
    "base64.encode(bytes(event.order.status)) == \"eA==\"",
    "event.client.name.startsWith(\"Ma\") && event.client.name.endsWith(\"ia\")",
    "event.client.name.lowerAscii().contains(\"ana\")",
    "event.client.name.trim().split(\" \").join(\"-\") == \"a-b\"",
    "event.client.name.replace(\"a\", \"b\").substring(1) == \"x\"",
    "event.client.phone.matches(\"^55\") || event.client.phone.charAt(0) == \"5\"",
    "event.client.name.indexOf(\"x\") > event.client.name.lastIndexOf(\"y\")",
    "\"%s\".format([event.order.status]) == \"x\"", "phone(event.client.phone, \"BR\") != \"\"",
    "lower(event.client.name) == title(city)", "one_of(event.order.status, paid_states)",
    "days_between(event.created_at, now) > 30",
    "timestamp(event.created_at) < now - duration(\"24h\")",
    "now.getFullYear() > 2025 && now.getDayOfWeek(\"America/Sao_Paulo\") == 1",
    "int(event.client.phone) > 5 && double(event.client.orders) < 2.5",
    "string(event.client.orders) == \"1\"",
    "present(event.client.phone) && known(event.client.orders) > 1",
    "ip(event.note).isLoopback() || isIP(event.note)", "cidr(event.note).prefixLength() > 8",
    "event.order[\"status\"].reverse().upperAscii() == \"DIAP\"",
  ]

  @Test("right expressions have nothing wrong with them", arguments: expressions)
  func originals(source: String) {
    #expect(ShopSchema.issues(of: source).map(\.message) == [])
  }

  @Test("a one-letter typo of any name is found exactly where it is, and nine in ten repaired")
  func typos() {
    var tally = Tally()
    for source in Self.expressions { tally.add(source) }
    print(
      "typos: \(tally.count) in \(Self.expressions.count) expressions,",
      "\(tally.repairedCount) (\(tally.repairedCount * 1_000 / max(tally.count, 1)) ‰) repaired,",
      "\(tally.otherWordCount) are other words")
    #expect(tally.count > 3_000 && tally.otherWordCount * 50 < tally.count)
    #expect(tally.repairedCount * 10 >= tally.count * 9, "\(tally.notRepaired)")
    #expect(tally.misplaced == [])
  }

  /// What checking said of many typos.
  private struct Tally {
    var count = 0
    var repairedCount = 0
    /// Typos that are right words themselves.
    var otherWordCount = 0
    /// Typos that were not reported alone and exactly where they stand.
    var misplaced: [String] = []
    var notRepaired: [String] = []

    mutating func add(_ source: String) {
      for word in Word.all(in: source) {
        for typo in word.typos {
          let text = source.replacingBytes(in: word.range, with: typo)
          let issues = ShopSchema.issues(of: text)
          guard let issue = issues.first else {
            otherWordCount += 1
            continue
          }
          count += 1
          let range = word.range.lowerBound..<word.range.lowerBound + typo.utf8.count
          if issue.range != range || issues.count > 1 {
            misplaced.append("\(text): \(issue.range) \(issues.map(\.message))")
          }
          let repair = issue.replacement ?? issue.help ?? ""
          if repair == word.text || repair.hasSuffix("." + word.text) {
            repairedCount += 1
          } else {
            notRepaired.append("\(typo) for \(word.text)")
          }
        }
      }
    }
  }
}

/// A name in a source text.
private struct Word {
  var text: String
  var range: Range<Int>

  /// The names outside of quotes that are longer than a letter; a macro's variable counts where
  /// it is read, not where it is introduced.
  static func all(in source: String) -> [Word] {
    let bytes = Array(source.utf8)
    var words: [Word] = []
    var isQuoted = false
    var start: Int?
    for (offset, byte) in (bytes + [UInt8(ascii: " ")]).enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      let isLetter = !isQuoted && (isAlphanumeric(byte) || byte == UInt8(ascii: "_"))
      if isLetter, start == nil { start = offset }
      guard !isLetter, let first = start else { continue }
      start = nil
      let text = String(decoding: bytes[first..<offset], as: UTF8.self)
      let introducesVariable = byte == UInt8(ascii: ",") && variables.contains(text)
      if text.count > 1, text != "in", text.first?.isNumber == false, !introducesVariable {
        words.append(Word(text: text, range: first..<offset))
      }
    }
    return words
  }

  private static let variables: Set = ["item", "index", "person", "total", "field", "value"]

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
  }

  /// The word with a letter left out, doubled, replaced, or swapped with the next.
  var typos: Set<String> {
    let letters = Array(text)
    var typos: Set<String> = []
    for index in letters.indices {
      var copy = letters
      copy.remove(at: index)
      typos.insert(String(copy))
      copy.insert(letters[index], at: index)
      copy.insert(letters[index], at: index)
      typos.insert(String(copy))
      copy = letters
      copy[index] = letters[index] == "x" ? "w" : "x"
      typos.insert(String(copy))
      copy = letters
      if index + 1 < letters.count { copy.swapAt(index, index + 1) }
      typos.insert(String(copy))
    }
    typos.remove(text)
    return typos.filter { $0.first?.isNumber == false }
  }
}

extension String {
  fileprivate func replacingBytes(in range: Range<Int>, with text: String) -> String {
    let bytes = Array(utf8)
    return String(
      decoding: bytes[..<range.lowerBound] + Array(text.utf8) + bytes[range.upperBound...],
      as: UTF8.self)
  }
}
