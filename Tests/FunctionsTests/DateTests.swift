import CEL
import Contacts
import Testing

@testable import Functions

@Suite("Dates")
struct DateTests {
  /// 2026-03-02T12:00:00Z.
  private static let noon: Int64 = 1_772_452_800

  @Test(
    "written dates are read in their zone",
    arguments: [
      ("2026-03-02T09:00:00-03:00", "", noon, 0), ("2026-03-02T12:00:00Z", "Asia/Tokyo", noon, 0),
      ("2026-03-02t12:00z", "", noon, 0), ("2026-03-02T12:00:00.250Z", "", noon, 250_000_000),
      ("2026-03-02 09:00:00-03:00", "", noon, 0), ("2026-03-02 09:00:00 -0300", "", noon, 0),
      ("2026-03-02T09:00:00-0300", "", noon, 0), ("2026-03-02T12:00:00", "", noon, 0),
      ("2026-03-02", "", noon - 43_200, 0), ("2026-03-02", "America/Sao_Paulo", noon - 32_400, 0),
      ("2026-03-02 09:00", "America/Sao_Paulo", noon, 0),
      ("2026-03-02 09:00:30", "-03:00", noon + 30, 0),
      ("02/03/2026", "", noon - 43_200, 0), ("2/3/2026", "", noon - 43_200, 0),
      ("02/03/2026 09:00", "America/Sao_Paulo", noon, 0),
      ("02/03/2026, 09:00:00", "-03:00", noon, 0),
      (" 2026-03-02T12:00:00Z\n", "", noon, 0), ("1772452800", "Asia/Tokyo", noon, 0),
      ("1772452800500", "", noon, 500_000_000), ("0001-01-01", "", -62_135_596_800, 0),
      ("9999-12-31T23:59:59Z", "", 253_402_300_799, 0),
      ("1969-12-31T23:59:59.5Z", "", -1, 500_000_000),
      // 2018-11-04 had no midnight in São Paulo: clocks went from 23:59:59 to 01:00.
      ("2018-11-04", "America/Sao_Paulo", 1_541_300_400, 0),
    ] as [(String, String, Int64, UInt32)])
  func reading(text: String, zone: String, seconds: Int64, nanoseconds: UInt32) {
    let value = moment(text, zone)
    #expect(value.tag == .timestamp)
    #expect(Int64(bitPattern: value.bits) == seconds)
    #expect(value.length == nanoseconds)
  }

  @Test(
    "what is no date is unknown",
    arguments: [
      ("", ""), ("hoje", ""), ("30/02/2026", ""), ("2026-02-29", ""), ("13/13/2026", ""),
      ("2026-03-02T25:00:00Z", ""), ("2026-03-02Z", ""), ("2026-3-2", ""), ("02/03/26", ""),
      ("02/03/2026 ", "x"), ("20260302", ""), ("123", ""), ("17724528005", ""),
      ("March 2, 2026", ""),
      ("02/03/2026 09:00 -03:00", ""), ("2026-03-02T12:00:00+0", ""), ("2026-03-02 ", "Nowhere/X"),
      ("2026-03-02T12:00:00 Z ,", ""), ("0001-01-01T00:00:00+01:00", ""), ("02-03-2026", ""),
      ("2026-03-02", "America/Sao Paulo"), ("02/03/2026,09:00", ""), ("/////////", ""),
      ("1772452800.5", ""), ("-177245280", ""), ("2026-03-02T", ""), ("02/03/2026 9:00", ""),
    ])
  func refusing(text: String, zone: String) {
    let value = moment(text, zone)
    #expect(value.isUnknown && value.reason == Value.Reason.malformed.rawValue)
  }

  @Test(
    "numbers are seconds, or milliseconds from 10¹¹ on",
    arguments: [
      (0, 0, 0), (noon, noon, 0), (noon * 1_000 + 250, noon, 250_000_000), (-1, -1, 0),
      (-100_000_000_001, -100_000_001, 999_000_000), (99_999_999_999, 99_999_999_999, 0),
    ] as [(Int64, Int64, UInt32)])
  func epochs(number: Int64, seconds: Int64, nanoseconds: UInt32) {
    let moment = Moment(epoch: number)
    #expect(moment.seconds == seconds && moment.nanoseconds == nanoseconds)
    #expect(moment.value.tag == .timestamp)
  }

  @Test(
    "numbers that may be something else are unknown",
    arguments: [20_260_302, 19_991_231, 100_000_000_000_000, .max, .min] as [Int64])
  func doubtfulEpochs(number: Int64) { #expect(Moment(epoch: number).value.isUnknown) }

  @Test("doubles keep their fraction to the microsecond")
  func doubles() {
    let moment = Moment(epoch: 1_772_452_800.25)
    #expect(moment.seconds == Self.noon && moment.nanoseconds == 250_000_000)
    #expect(Moment(epoch: -0.5).seconds == -1)
    #expect(Moment(epoch: -0.5).nanoseconds == 500_000_000)
    #expect(Moment(epoch: 1_772_452_800_500.0).nanoseconds == 500_000_000)
    #expect(Moment(epoch: Double.nan).value.isUnknown)
    #expect(Moment(epoch: 1e300).value.isUnknown)
  }

  @Test(
    "days between are whole",
    arguments: [
      (0, 0, 86_400, 0, 1), (0, 0, 86_399, 999_999_999, 0), (0, 1, 86_400, 0, 0),
      (86_400, 0, 0, 0, -1), (86_400, 0, 0, 1, 0), (0, 0, 259_200, 5, 3), (5, 0, 5, 9, 0),
    ] as [(Int64, UInt32, Int64, UInt32, Int64)])
  func days(start: Int64, startNanos: UInt32, end: Int64, endNanos: UInt32, days: Int64) {
    let first = Moment(seconds: start, nanoseconds: startNanos)
    let second = Moment(seconds: end, nanoseconds: endNanos)
    #expect(first.days(to: second) == days)
    #expect(second.days(to: first) == -days)
  }

  @Test("zones from events cannot grow the table")
  func manyZones() {
    for number in 0..<200 { #expect(moment("2026-03-02", "Zone/\(number)").isUnknown) }
    #expect(!moment("2026-03-02", "America/Recife").isUnknown)
  }

  private func moment(_ text: String, _ zone: String) -> Value {
    Array(text.utf8).withUnsafeBytes { text in
      Array(zone.utf8).withUnsafeBytes { zone in
        Moment(written: UTF8Text.trimmed(text), zone: zone).value
      }
    }
  }
}
