/// Covers personal data so that rules still work on it: a phone number stays one, an address stays one.
///
/// The same person has the same stand-in, however a number is written. For what is shared or saved.
package struct StandIns: Sendable {
  private let veil: Veil

  /// Stand-ins with the pseudonyms of a veil, which also says what in a text is personal.
  package init(_ veil: Veil) { self.veil = veil }

  /// The veil that gives stand-ins instead of pseudonyms.
  package var standInVeil: Veil {
    let veil = veil
    return Veil(
      text: { text in
        veil.text(text) == text ? text : Self.words(of: text, veil).joined()
      },
      whole: { Self.whole($0, veil) }, contact: { Self.contact($0, veil) })
  }

  /// Words and what stands between them; the words that are covered have their stand-ins.
  private static func words(of text: String, _ veil: Veil) -> [String] {
    var words: [String] = []
    var word = ""
    func close() {
      if !word.isEmpty { words.append(veil.text(word) == word ? word : contact(word, veil)) }
      word = ""
    }
    for character in text {
      guard character.isWhitespace || "\"'(),;<>[]{}".contains(character) else {
        word.append(character)
        continue
      }
      close()
      words.append(String(character))
    }
    close()
    return words
  }

  /// A URN keeps its scheme.
  private static func contact(_ name: String, _ veil: Veil) -> String {
    guard !name.contains("//"), let colon = name.firstIndex(of: ":"),
      name[..<colon].allSatisfy(\.isLetter)
    else {
      return whole(name, veil)
    }
    return name[...colon] + whole(String(name[name.index(after: colon)...]), veil)
  }

  private static func whole(_ text: String, _ veil: Veil) -> String {
    let digits = text.filter { ("0"..."9").contains($0) }
    if text.isEmpty || veil.whole(text) == text { return text }
    if text.hasPrefix("http") { return "https://example.com/p\(pseudonym(text, veil))" }
    if text.contains("@") { return "p\(pseudonym(text, veil))@example.com" }
    if text.startsWithDate { return "\(text.prefix(5))01-01\(text.dropFirst(10))" }
    if digits.count >= 8, text.allSatisfy({ $0.isNumber || "+-.()/ ".contains($0) }) {
      return number(text, digits, veil)
    }
    return text.contains(where: \.isWhitespace) || text.first?.isUppercase == true
      ? "Pessoa \(pseudonym(text, veil))" : "p\(pseudonym(text, veil))"
  }

  /// The last seven digits give way to those of the pseudonym of the last eight, which are the same in
  /// every way to write a number of a phone.
  private static func number(_ text: String, _ digits: String, _ veil: Veil) -> String {
    let code = Int(pseudonym(String(digits.suffix(8)), veil), radix: 16) ?? 0
    var new = Array("\(1_000_000 + code * 137)".suffix(7))
    var result = ""
    for character in text.reversed() {
      guard ("0"..."9").contains(character), let digit = new.popLast() else {
        result.append(character)
        continue
      }
      result.append(digit)
    }
    return String(result.reversed())
  }

  private static func pseudonym(_ text: String, _ veil: Veil) -> String {
    let name = veil.whole(text)
    return String(name.split(separator: ":").last ?? "")
  }
}
