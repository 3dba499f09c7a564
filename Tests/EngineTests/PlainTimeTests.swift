import CEL
import Testing

@testable import Engine

@Suite("Plain times")
struct PlainTimeTests {
  @Test("each day of the calendar up to the 28th is read", arguments: [false, true])
  func days(hasFraction: Bool) {
    for days in 0..<84_006 {
      let date = CivilDate(daysSinceEpoch: days)
      let text =
        "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))T07:58:09"
        + (hasFraction ? ".123Z" : "Z")
      let seconds = Int64(days) * 86_400 + 7 * 3_600 + 58 * 60 + 9
      let time = (seconds * 1_000 + (hasFraction ? 123 : 0)) * 1_000_000
      #expect(read(text) == (date.day <= 28 ? time : nil), "\(text)")
    }
  }

  @Test("a text with any other byte at any place is left to `date()`")
  func otherBytes() {
    for text in ["2024-02-28T19:28:37Z", "2024-02-28T19:28:37.946Z"] {
      for place in text.utf8.indices {
        let isDigit = (0x30...0x39).contains(text.utf8[place])
        for byte in UInt8.min...UInt8.max
        where byte != text.utf8[place] && !(isDigit && (0x30...0x39).contains(byte)) {
          var bytes = Array(text.utf8)
          bytes[text.utf8.distance(from: text.startIndex, to: place)] = byte
          #expect(bytes.withUnsafeBytes { nanoseconds(ofPlainTime: $0) } == nil, "\(bytes)")
          var reader = PlainTimeReader()
          #expect(Array(text.utf8).withUnsafeBytes { reader.nanoseconds(of: $0) } == read(text))
          #expect(bytes.withUnsafeBytes { reader.nanoseconds(of: $0) } == nil, "\(bytes)")
        }
      }
    }
  }

  @Test(
    "what no plain time has is left to `date()`",
    arguments: [
      "", "2024-02-28", "2024-02-28T19:28:37", "2024-02-28T19:28:37.9Z", "1969-12-28T00:00:00Z",
      "2200-01-01T00:00:00Z", "2024-00-01T00:00:00Z", "2024-13-01T00:00:00Z",
      "2024-01-00T00:00:00Z", "2024-01-29T00:00:00Z", "2024-01-01T24:00:00Z",
      "2024-01-01T00:60:00Z", "2024-01-01T00:00:60Z",
    ])
  func unusual(text: String) { #expect(read(text) == nil) }

  @Test("the ends of each part are read")
  func ends() {
    #expect(read("1970-01-01T00:00:00Z") == 0)
    #expect(read("1970-01-01T23:59:59.999Z") == 86_399_999_000_000)
  }

  @Test("times of the same minute and of others are read one behind the other as each alone")
  func inTurn() {
    var reader = PlainTimeReader()
    let clocks = ["2024-02-28T19:28", "2024-02-28T19:29", "1970-01-01T00:00", "2199-12-28T23:59"]
    for second in 0..<240 {
      let clock = clocks[(second / 3 + second * second) % clocks.count]
      for end in [".000Z", ".946Z", "Z", ".999Y"] {
        let text = "\(clock):\(twoDigits(second % 64))\(end)"
        #expect(Array(text.utf8).withUnsafeBytes { reader.nanoseconds(of: $0) } == read(text))
      }
    }
    let zeros = [UInt8](repeating: 0, count: 16) + Array(":00.000Z".utf8)
    var fresh = PlainTimeReader()
    #expect(zeros.withUnsafeBytes { fresh.nanoseconds(of: $0) } == nil)
  }

  private func read(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBytes { nanoseconds(ofPlainTime: $0) }
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
