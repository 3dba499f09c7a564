/// When clocks change every year, as the footer of a zone file says: `EST5EDT,M3.2.0,M11.1.0`.
struct YearlyZoneRule: Sendable {
  /// A moment of each year, in local time.
  struct Change: Sendable {
    enum Day: Sendable {
      /// The week-th such weekday of the month; week 5 is the last.
      case weekday(month: Int, week: Int, weekday: Int)
      /// 1 to 365; the leap day is never counted.
      case withoutLeapDay(Int)
      /// 0 to 365.
      case dayOfYear(Int)
    }

    var day: Day
    /// Seconds after midnight, possibly negative or beyond a day.
    var time: Int
  }

  var standardOffset: Int
  var summerOffset: Int
  var summer: (start: Change, end: Change)?

  /// How many seconds local time is ahead of UTC at a second since 1970.
  func offset(at second: Int64) -> Int {
    guard let summer else { return standardOffset }
    let local = Int(second) + standardOffset
    let year = CivilDate(daysSinceEpoch: floorDivide(local, 86_400)).year
    let start = summer.start.second(inYear: year) - standardOffset
    let end = summer.end.second(inYear: year) - summerOffset
    let now = Int(second)
    let isSummer = start < end ? start <= now && now < end : !(end <= now && now < start)
    return isSummer ? summerOffset : standardOffset
  }
}

extension YearlyZoneRule.Change {
  /// Seconds after 1970 of local time.
  func second(inYear year: Int) -> Int {
    let newYear = CivilDate(year: year, month: 1, day: 1).daysSinceEpoch
    let days: Int
    switch day {
    case .weekday(let month, let week, let weekday):
      let first = CivilDate(year: year, month: month, day: 1)
      let count = CivilDate.dayCount(ofMonth: month, year: year)
      var offset = (weekday - first.weekday + 7) % 7 + (week - 1) * 7
      if offset >= count { offset -= 7 }
      days = first.daysSinceEpoch + offset
    case .withoutLeapDay(let number):
      days = newYear + number - 1 + (CivilDate.isLeap(year) && number >= 60 ? 1 : 0)
    case .dayOfYear(let number):
      days = newYear + number
    }
    return days * 86_400 + time
  }
}

extension YearlyZoneRule {
  /// Reads a POSIX TZ text; absent if it is none.
  init?(_ text: [UInt8]) {
    var reader = PosixZoneReader(rest: text[...])
    guard reader.skipName(), let standard = reader.readTime() else { return nil }
    standardOffset = -standard
    summerOffset = -standard + 3_600
    guard !reader.rest.isEmpty else { return }
    guard reader.skipName() else { return nil }
    if let next = reader.rest.first, next != UInt8(ascii: ",") {
      guard let time = reader.readTime() else { return nil }
      summerOffset = -time
    }
    guard let start = reader.readChange(), let end = reader.readChange(), reader.rest.isEmpty
    else { return nil }
    summer = (start, end)
  }
}

/// Takes a POSIX TZ text apart, from its front.
private struct PosixZoneReader {
  var rest: ArraySlice<UInt8>

  mutating func accept(_ byte: Character) -> Bool {
    guard let value = byte.asciiValue, rest.first == value else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// `EST` or `<+03>`.
  mutating func skipName() -> Bool {
    if accept("<") {
      rest = rest.drop { $0 != UInt8(ascii: ">") }
      return accept(">")
    }
    let count = rest.count
    rest = rest.drop { (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= $0 & 0xDF }
    return rest.count < count
  }

  mutating func readNumber() -> Int? {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
    guard !digits.isEmpty, digits.count <= 4 else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  /// `[+-]hh[:mm[:ss]]`, in seconds.
  mutating func readTime() -> Int? {
    let sign = accept("-") ? -1 : 1
    if sign == 1 { _ = accept("+") }
    guard let hours = readNumber() else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] where accept(":") {
      guard let number = readNumber() else { return nil }
      seconds += number * unit
    }
    return sign * seconds
  }

  /// `,M3.2.0/2`, `,J60` or `,59`.
  mutating func readChange() -> YearlyZoneRule.Change? {
    guard accept(",") else { return nil }
    let day: YearlyZoneRule.Change.Day
    if accept("M") {
      guard let month = readNumber(), (1...12).contains(month), accept("."),
        let week = readNumber(), (1...5).contains(week), accept("."),
        let weekday = readNumber(), (0...6).contains(weekday)
      else { return nil }
      day = .weekday(month: month, week: week, weekday: weekday)
    } else if accept("J") {
      guard let number = readNumber() else { return nil }
      day = .withoutLeapDay(number)
    } else {
      guard let number = readNumber() else { return nil }
      day = .dayOfYear(number)
    }
    guard accept("/") else { return YearlyZoneRule.Change(day: day, time: 7_200) }
    guard let time = readTime() else { return nil }
    return YearlyZoneRule.Change(day: day, time: time)
  }
}

/// Division that rounds down.
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
  let quotient = dividend / divisor
  return dividend % divisor < 0 ? quotient - 1 : quotient
}
