import Foundation
import Testing

@testable import Functions

/// `REGRA_LAW_CASES` random texts of each kind, from the seed `REGRA_LAW_SEED`.
private let caseCount = number("REGRA_LAW_CASES") ?? 5_000
private let firstSeed = UInt64(number("REGRA_LAW_SEED") ?? 1)

private func number(_ name: String) -> Int? {
  ProcessInfo.processInfo.environment[name].flatMap(Int.init)
}

@Suite("Law of phone numbers")
struct PhoneFuzzTests {
  @Test(
    "the fast path and the memory give what libphonenumber gives",
    arguments: WrittenPhone.Kind.allCases)
  func fastPath(kind: WrittenPhone.Kind) {
    var numberCount = 0
    for seed in firstSeed..<firstSeed + UInt64(caseCount) {
      var writer = WrittenPhone(seed: seed &* 0x9E37_79B9 &+ UInt64(kind.rawValue))
      let text = writer.text(kind)
      let region = writer.region
      let wanted = phoneByLibrary(text, region)
      if wanted != nil { numberCount += 1 }
      // Twice: the second time it may be remembered.
      for _ in 0..<2 {
        let found = phone(text, region)
        #expect(found == wanted, "seed \(seed): `\(text)` in \(region)")
      }
    }
    #expect(numberCount > caseCount / 1_000, "\(numberCount) numbers")
    if kind != .noise { #expect(numberCount > caseCount / 10, "\(numberCount) numbers") }
  }

  @Test("of every pair of digits the fast path knows whether it is an area as libphonenumber does")
  func areas() {
    for area in 0..<100 {
      for rest in ["912345678", "987654321", "900000000", "999999999", "812345678", "32211234"] {
        let pair = area < 10 ? "0\(area)" : "\(area)"
        for front in ["+55", "+55 ", "55", ""] {
          let text = front + pair + rest
          #expect(phone(text, "BR") == phoneByLibrary(text, "BR"), "\(text)")
        }
      }
    }
  }

  @Test(
    "what looks nearly plain is left to libphonenumber",
    arguments: [
      ("+82 99933-0001", nil), ("+8299933001", nil), ("82 99933-00012", nil),
      ("55 82 99933-00012", nil), ("5582 9993 3000 123", nil), ("+55 82 9993 300", nil),
      ("82 999+330001", nil), ("++5582999330001", "+5582999330001"),
      ("82/99933-0001", "+5582999330001"),
      ("55 99933-0001", "+5555999330001"), ("55 9933-0001", "+555599330001"),
      ("10 99933-0001", nil), ("20 3221-1234", nil), ("82 8933-00011", nil), ("82 1221-1234", nil),
      ("0 82 99933-0001", "+5582999330001"), ("+55 0 82 99933-0001", "+5582999330001"),
      ("+5 582 99933-0001", "+5582999330001"), ("82 99933-0001 / 2", nil),
      ("(82) (99933) (0001)", "+5582999330001"),
    ] as [(String, String?)])
  func nearMisses(text: String, wanted: String?) {
    #expect(phoneByLibrary(text, "BR") == wanted)
    #expect(phone(text, "BR") == wanted)
  }
}

/// Writes phone numbers, and what is nearly one, as people and forms do.
struct WrittenPhone {
  enum Kind: Int, CaseIterable {
    /// A Brazilian number with a prefix and punctuation.
    case brazilian
    /// A number of some country, with its code or from within.
    case foreign
    /// Digits and punctuation without sense.
    case noise
  }

  private var state: UInt64
  private(set) var region = "BR"

  init(seed: UInt64) { state = seed }

  /// Numbers from a seed (SplitMix64).
  private mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[next(below: choices.count)] }

  private mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in "\(next(below: 10))" }.joined()
  }

  mutating func text(_ kind: Kind) -> String {
    switch kind {
    case .brazilian: brazilian()
    case .foreign: foreign()
    case .noise: noise()
    }
  }

  private mutating func brazilian() -> String {
    let prefixes = [
      "", "", "", "", "0", "+55", "+55 ", "55", "55 ", "0055", "00 55 ", "+55 0", "0xx", "0 41 ",
      "041", "+ 55",
      "(+55)", "+055", "5", "+5", "90", "9090", "tel:", "tel:+55", "Fone: ",
    ]
    let area = next(below: 10) == 0 ? digits(2) : "\(1 + next(below: 9))\(1 + next(below: 9))"
    let local = pick(["9", "9", "9", ""]) + digits(8 - next(below: 20) / 19 + next(below: 20) / 19)
    let suffixes = [
      "", "", "", "", " ", ".", ")", " ramal 2", " x12", "#3", ";ext=1", "-", " ou", "\n",
    ]
    return pick(prefixes) + punctuated(area + local) + pick(suffixes)
  }

  private mutating func foreign() -> String {
    let countries = [
      ("US", "1", 10), ("PT", "351", 9), ("AR", "54", 10), ("AR", "549", 10), ("DE", "49", 10),
      ("GB", "44", 10),
      ("IT", "39", 10), ("MX", "52", 10), ("PY", "595", 9), ("UY", "598", 8), ("KR", "82", 9),
      ("JP", "81", 9),
    ]
    let (home, code, length) = countries[next(below: countries.count)]
    region = pick([home, home, "BR", "US"])
    return pick(["+", "+", "+", "00", "", "0", "011", "+0"]) + pick([code, code, ""])
      + punctuated("\(2 + next(below: 8))" + digits(length - 1))
  }

  private mutating func noise() -> String {
    let characters = Array("00112233445556677889999  --..()+/x").map(String.init)
    return (0..<next(below: 22)).map { _ in pick(characters) }.joined()
  }

  private mutating func punctuated(_ digits: String) -> String {
    if next(below: 4) == 0 { return digits }
    let marks = [
      "", "", "", "", "", "", "", " ", "-", ".", "(", ")", ") ", " - ", "\u{A0}", "/", "\u{2011}",
    ]
    return digits.map { pick(marks) + String($0) }.joined()
  }
}
