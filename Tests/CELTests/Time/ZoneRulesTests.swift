import Testing

@testable import CEL

@Suite("Time zones")
struct ZoneRulesTests {
  /// Seconds since 1970 of a date and time as UTC.
  private func second(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0
  ) -> Int64 {
    let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    return Int64(days * 86_400 + hour * 3_600 + minute * 60)
  }

  @Test(
    "a zone knows its past and future offsets",
    arguments: [
      ("America/Sao_Paulo", (2018, 12, 1), -7_200), ("America/Sao_Paulo", (2026, 12, 1), -10_800),
      ("America/New_York", (2126, 7, 1), -14_400), ("America/New_York", (2126, 1, 1), -18_000),
      ("Australia/Sydney", (2100, 1, 1), 39_600), ("Australia/Sydney", (2100, 7, 1), 36_000),
      ("Asia/Kathmandu", (2009, 2, 13), 20_700), ("Europe/Dublin", (2090, 7, 1), 3_600),
      ("UTC", (2020, 1, 1), 0), ("-03:30", (2020, 1, 1), -12_600), ("02:00", (2020, 1, 1), 7_200),
    ])
  func offsets(zone: String, date: (Int, Int, Int), offset: Int) throws {
    let rules = try #require(ZoneRules(zone))
    #expect(rules.offset(at: second(date.0, date.1, date.2)) == offset)
  }

  @Test(
    "a name outside the database is no zone",
    arguments: [
      "", "../etc/passwd", "/etc/passwd", "America/../../etc/passwd", "America", "Nowhere/Land",
      "America//Lima", "zone.tab", "25:00", "+5:00",
    ])
  func unknownZones(name: String) { #expect(ZoneRules(name) == nil) }

  @Test("a local time that occurs twice is the first of the two")
  func overlap() throws {
    let rules = try #require(ZoneRules("America/New_York"))
    #expect(rules.second(ofLocal: second(2026, 11, 1, 1, 30)) == second(2026, 11, 1, 5, 30))
  }

  @Test("a local time in a gap lies as far after it")
  func gap() throws {
    let rules = try #require(ZoneRules("America/New_York"))
    #expect(rules.second(ofLocal: second(2026, 3, 8, 2, 30)) == second(2026, 3, 8, 7, 30))
  }

  @Test("a local time away from changes is exact in both hemispheres")
  func plainTimes() throws {
    let sydney = try #require(ZoneRules("Australia/Sydney"))
    #expect(sydney.second(ofLocal: second(2026, 1, 10, 12)) == second(2026, 1, 10, 1))
    let lima = try #require(ZoneRules("America/Lima"))
    #expect(lima.second(ofLocal: second(2026, 1, 10, 12)) == second(2026, 1, 10, 17))
  }

  @Test("dates and day numbers are inverse to each other")
  func civilDates() {
    for days in stride(from: -800_000, through: 3_000_000, by: 97) {
      let date = CivilDate(daysSinceEpoch: days)
      #expect(date.daysSinceEpoch == days && date.exists)
    }
  }
}
