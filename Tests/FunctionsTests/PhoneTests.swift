import Testing

@testable import Functions

@Suite("Phone numbers")
struct PhoneTests {
  @Test("written numbers have one form or none")
  func spellings() {
    #expect(PhoneSpelling.all.count >= 200)
    for spelling in PhoneSpelling.all {
      let form = phone(spelling.text, spelling.region)
      #expect(form == spelling.number, "`\(spelling.text)` in \(spelling.region)")
    }
  }

  @Test("the form of a form is itself")
  func idempotence() {
    for spelling in PhoneSpelling.all {
      guard let number = spelling.number else { continue }
      #expect(phone(number, spelling.region) == number)
      #expect(phone(number, "US") == number)
    }
  }

  @Test("plain Brazilian spellings get what libphonenumber gives", arguments: 7...10)
  func fastPath(subscriberDigits: Int) {
    for area in 0..<100 {
      for start in stride(from: 0, to: 100, by: 3) {
        let local = padded(start) + "33445566".prefix(subscriberDigits - 2)
        let (head, tail) = (local.dropLast(4), local.suffix(4))
        let number = padded(area) + local
        for text in [
          number, "55\(number)", "+55\(number)", "(\(padded(area))) \(head)-\(tail)",
        ] {
          let (fast, slow) = (phone(text, "BR"), phoneByLibrary(text, "BR"))
          if fast != slow {
            Issue.record("`\(text)`: \(fast ?? "none"), by the library \(slow ?? "none")")
          }
        }
      }
    }
  }

  @Test("no ninth digit is ever added or removed")
  func ninthDigit() {
    for area in 11..<100 {
      for start in 20..<100 {
        for rest in ["334455", "3344556"] {
          let number = padded(area) + padded(start) + rest
          guard let form = phone(number, "BR") else { continue }
          #expect(form == "+55\(number)" || form == "+\(number)")
        }
      }
    }
  }

  @Test(
    "`mobile9` gives old Brazilian mobile numbers their ninth digit, and no other number",
    arguments: [
      ("82 9933-1122", "+5582999331122"), ("82 6933-1122", "+5582969331122"),
      ("+55 82 7933-1122", "+5582979331122"), ("82 99933-1122", "+5582999331122"),
      ("82 3221-1234", "+558232211234"), ("82 5221-1234", "+558252211234"),
      ("+1 305 555 1234", "+13055551234"), ("+351 912 345 678", "+351912345678"),
      ("0800 123 4567", "+558001234567"), ("190", nil),
    ] as [(String, String?)])
  func mobile9(text: String, number: String?) {
    #expect(phone(text, "BR", mobile9: true) == number)
  }

  @Test("remembered results are those of the library, also when many push out others")
  func memory() {
    for round in 0..<2 {
      for number in 0..<3_000 {
        let text = "0xx82 9\(8_000_0000 + number * 37)"
        #expect(phone(text, "BR") == "+55829\(8_000_0000 + number * 37)", "round \(round)")
      }
    }
    #expect(phone("20 7946 0958", "GB") == "+442079460958")
    #expect(phone("20 7946 0958", "BR") == phoneByLibrary("20 7946 0958", "BR"))
  }

  @Test("all threads get the same results")
  func threads() async {
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          PhoneSpelling.all.count { phone($0.text, $0.region) != $0.number }
        }
      }
      for await differences in group { #expect(differences == 0) }
    }
  }

  @Test("a text too long for a number is none")
  func longText() {
    #expect(phone(String(repeating: "8", count: 100_000), "BR") == nil)
    #expect(phone("82 99933-0001" + String(repeating: " ", count: 300), "BR") == "+5582999330001")
    #expect(phone("\0\u{1}82999330001\0", "BR") == phoneByLibrary("\0\u{1}82999330001\0", "BR"))
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
