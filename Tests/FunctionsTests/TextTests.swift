import Testing

@testable import Functions

@Suite("Texts")
struct TextTests {
  @Test(
    "case mapping covers Unicode",
    arguments: [
      ("AbC é Ç", "abc é ç", "ABC É Ç"), ("ÁÀÂÃÄÅÆÝÞ×÷ß", "áàâãäåæýþ×÷ß", "ÁÀÂÃÄÅÆÝÞ×÷SS"),
      ("ŸÿŒœ", "ÿÿœœ", "ŸŸŒŒ"), ("Ωμέγα", "ωμέγα", "ΩΜΈΓΑ"), ("Москва", "москва", "МОСКВА"),
      ("ﬁ", "ﬁ", "FI"), ("İ", "i\u{307}", "İ"), ("ΐ", "ΐ", "\u{399}\u{308}\u{301}"),
      ("𐐀𐐨", "𐐨𐐨", "𐐀𐐀"), ("東京 9 🎉", "東京 9 🎉", "東京 9 🎉"), ("", "", ""),
    ])
  func letterCase(text: String, lower: String, upper: String) {
    #expect(written(text, by: LetterCase.lower).utf8.elementsEqual(lower.utf8))
    #expect(written(text, by: LetterCase.upper).utf8.elementsEqual(upper.utf8))
  }

  @Test("no code point grows beyond three times its bytes")
  func growth() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      let limit = text.utf8.count * 3
      #expect(written(text, growth: 8, by: LetterCase.lower).utf8.count <= limit)
      #expect(written(text, growth: 8, by: LetterCase.upper).utf8.count <= limit)
      #expect(written(text, growth: 8, by: TitleCase.write).utf8.count <= limit)
      #expect(written(text, growth: 8, by: PlainText.write).utf8.count <= text.utf8.count)
      if value < 0x80 {
        #expect(written(text, growth: 8, by: LetterCase.upper).utf8.count == 1)
        #expect(written(text, growth: 8, by: TitleCase.write).utf8.count <= 1)
      }
    }
  }

  @Test(
    "plain text has no accents and one blank",
    arguments: [
      (" São  José\tdos\u{A0}Pinhais ", "Sao Jose dos Pinhais"), ("ÁÉÍÓÚÇãõâêôàü", "AEIOUCaoaeoau"),
      ("e\u{301}a\u{303}", "ea"), ("Łódź Ørsted Đorđe", "Lodz Orsted Dorde"),
      ("Æsir œuvre straße ẞ Þór", "AEsir oeuvre strasse SS Thor"), ("Việt Nam", "Viet Nam"),
      ("Йога 東京 🎉", "Йога 東京 🎉"), ("n.º 3", "n.º 3"), ("", ""), ("  ", ""),
    ])
  func plain(text: String, expected: String) {
    #expect(written(text, by: PlainText.write).utf8.elementsEqual(expected.utf8))
  }

  @Test("letters without accents are what decomposition gives")
  func decomposition() {
    for value in Array(UInt32(0xC0)...0x24F) + Array(0x1E00...0x1EFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let plain = written(String(scalar), by: PlainText.write)
      guard plain.utf8.count == 1 else { continue }
      // Canonical equivalence: adding the accents again makes the letter, unless it has a stroke.
      let marks = (UInt32(0x300)...0x36F).compactMap(Unicode.Scalar.init)
      let isDecomposed = marks.contains { first in
        plain + String(first) == String(scalar)
          || marks.contains { plain + String(first) + String($0) == String(scalar) }
      }
      #expect(isDecomposed || "ØøŁłĐđÐðĦħıŦŧƀɃƗƶƵɆɇɈɉɌɍɎɏ".unicodeScalars.contains(scalar))
    }
  }

  @Test(
    "a title is a name as written in Portuguese",
    arguments: [
      ("MARIA DAS DORES E SILVA", "Maria das Dores e Silva"), ("joão de deus", "João de Deus"),
      ("  josé   dos santos ", "José dos Santos"), ("DE PAULA", "De Paula"),
      ("ana-clara d'ávila", "Ana-Clara D'Ávila"), ("sant’ana", "Sant’Ana"), ("it's ok", "It's Ok"),
      ("ÁGATA ÉRICA", "Ágata Érica"), ("dona des du", "Dona Des Du"), ("e", "E"),
      ("a e o", "A e O"), ("s.a. (filial)", "S.A. (Filial)"), ("ßa", "SSa"), ("", ""),
    ])
  func title(text: String, expected: String) {
    #expect(written(text, by: TitleCase.write).utf8.elementsEqual(expected.utf8))
  }

  @Test(
    "digits are 0 to 9",
    arguments: [("CPF 123.456.789-09", "12345678909"), ("٣ ³ 3", "3"), ("abc", ""), ("", "")])
  func digits(text: String, expected: String) {
    #expect(written(text, by: RegraFunctions.writeDigits) == expected)
  }

  @Test(
    "ints are written in digits",
    arguments: [0, 7, -42, 1_234_567_890_123, Int64.max, Int64.min] as [Int64])
  func decimals(number: Int64) {
    let text = written("0123456789", by: { _, buffer in Decimal.write(signed: number, buffer) })
    #expect(text == "\(number)")
  }

  @Test(
    "hashes are FNV-1a, written in sixteen digits",
    arguments: [
      ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("order-1", "dee4809f34bee86d"),
    ])
  func hashes(text: String, expected: String) {
    let hash = Array(text.utf8).withUnsafeBytes { TextHash.hash($0) }
    #expect(written("12345678", by: { _, buffer in TextHash.writeHex(hash, buffer) }) == expected)
  }
}
