import CEL
import Testing

@testable import Functions

@Suite("Written numbers")
struct NumberTests {
  @Test(
    "groups and decimals follow the locale",
    arguments: [
      ("1.234,56", "pt-BR", 1234.56), ("1234,56", "pt-BR", 1234.56), ("1.234.567", "pt", 1_234_567),
      ("0,5", "pt-BR", 0.5), (",5", "pt-BR", 0.5), ("-1,5", "pt-BR", -1.5), ("+7", "pt-BR", 7),
      ("R$ 1.234,56", "pt-BR", 1234.56), ("R$ -5,00", "pt-BR", -5), ("-R$5,00", "pt_BR", -5),
      ("\u{A0}€ 12,00 ", "pt-PT", 12), ("1.500", "pt-BR", 1500), ("1,234.56", "en-US", 1234.56),
      ("US$ 1,000", "en-US", 1000), ("£.25", "en-GB", 0.25), ("1.5", "en", 1.5), ("007", "pt", 7),
      ("0,1", "pt", 0.1), ("123456789012345678,25", "pt", 123_456_789_012_345_678.25),
      ("0,30000000000000004", "pt", 0.30000000000000004), ("1,5", "en-US", nil),
      ("1.5", "pt-BR", nil), ("1234.56", "pt-BR", nil), ("1.23,4", "pt-BR", nil),
      ("1.2345", "pt-BR", nil), ("1234.567", "pt-BR", nil), ("1,2,3", "pt-BR", nil),
      ("1,", "pt-BR", nil), ("1.", "pt-BR", nil), (".123", "pt-BR", nil), ("1,5.000", "pt", nil),
      ("", "pt-BR", nil), ("-", "pt-BR", nil), ("R$", "pt-BR", nil), ("1e3", "pt-BR", nil),
      ("--5", "pt-BR", nil), ("5 kg", "pt-BR", nil), ("NaN", "en", nil), ("1 234", "pt", nil),
      ("1", "de-DE", nil), ("1", "", nil), ("1", "ptx", nil),
      (String(repeating: "9", count: 65), "pt", nil),
    ] as [(String, String, Double?)])
  func reading(text: String, locale: String, number: Double?) {
    #expect(read(text, locale) == number)
  }

  @Test("a number written in either locale is read back, and never by the other as another number")
  func roundTrip() {
    // A step that meets no other period: small, large, even and odd amounts in turn.
    for number in 0..<2_000 {
      let cents = (number * 7_919_993) % 199_999_999 - 99_999_999
      let isGrouped = number % 3 > 0
      let wanted = Double(cents) / 100
      for (group, point, locale, other) in [(".", ",", "pt-BR", "en-US"), (",", ".", "en", "pt")] {
        let text = written(cents, group: isGrouped ? group : "", point: point)
        #expect(read(text, locale) == wanted, "\(text)")
        #expect(read(text, other) == nil, "\(text)")
      }
    }
  }

  private func written(_ cents: Int, group: String, point: String) -> String {
    let whole = Array("\(cents.magnitude / 100)".reversed())
    let groups = stride(from: 0, to: whole.count, by: 3).map { start in
      String(whole[start..<min(start + 3, whole.count)].reversed())
    }
    let rest = cents.magnitude % 100
    return (cents < 0 ? "-" : "") + groups.reversed().joined(separator: group) + point
      + (rest < 10 ? "0" : "") + "\(rest)"
  }

  private func read(_ text: String, _ locale: String) -> Double? {
    let point = Array(locale.utf8).withUnsafeBytes { WrittenNumber.decimalPoint(ofLocale: $0) }
    return point.flatMap { point in
      Array(text.utf8).withUnsafeBytes { WrittenNumber.read($0, point: point) }
    }
  }

  @Test(
    "`one_of` compares numbers by value and all else by kind and value",
    arguments: [
      (.int(1), .double(1), true), (.uint(1), .int(1), true), (.int(-1), .uint(.max), false),
      (.double(1.5), .double(1.5), true), (.double(.nan), .double(.nan), false),
      (.uint(2), .double(2), true), (.bool(true), .int(1), false), (.null, .null, true),
      (.bool(true), .bool(true), true), (.null, .bool(false), false),
      (.timestamp(seconds: 1, nanoseconds: 2), .timestamp(seconds: 1, nanoseconds: 2), true),
      (.timestamp(seconds: 1, nanoseconds: 2), .timestamp(seconds: 1, nanoseconds: 3), false),
      (.int(1), .duration(nanoseconds: 1), false),
    ] as [(Value, Value, Bool)])
  func equality(first: Value, second: Value, isEqual: Bool) {
    #expect(ScalarEquality.holds(first, second) == isEqual)
    #expect(ScalarEquality.holds(second, first) == isEqual)
  }

  @Test("texts are equal by their bytes")
  func texts() {
    let composed = Array("é".utf8)
    let decomposed = Array("e\u{301}".utf8)
    composed.withUnsafeBytes { one in
      decomposed.withUnsafeBytes { other in
        #expect(ScalarEquality.holds(.text(one), .text(one)))
        #expect(!ScalarEquality.holds(.text(one), .text(other)))
      }
    }
  }
}
