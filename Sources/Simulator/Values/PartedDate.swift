private import Contacts

/// Three numbers with a mark between them, in the order that a workspace writes dates in.
struct PartedDate {
  var year = 0
  var month = 0
  var day = 0
  var yearDigits = 4
  /// Where the text goes on.
  var end = 0

  /// The leftmost one from a place on.
  static func find(
    in text: [UInt8], from start: Int, style: Settings.DateStyle
  ) -> PartedDate? {
    var place = start
    while place < text.count {
      if text[place].isDigit, isWordEdge(text, place),
        let match = match(in: text, at: place, style)
      {
        return match
      }
      place += 1
    }
    return nil
  }

  private static func match(
    in text: [UInt8], at start: Int, _ style: Settings.DateStyle
  ) -> PartedDate? {
    let yearFirst = style == .year_first
    for first in yearFirst ? [4, 2] : [2, 1] {
      guard let one = number(text, start, first), isMark(text, start + first) else { continue }
      let second = start + first + 1
      for count in [2, 1] {
        guard let two = number(text, second, count), isMark(text, second + count) else { continue }
        let third = second + count + 1
        for last in yearFirst ? [2, 1] : [4, 2] {
          guard let three = number(text, third, last), isWordEdge(text, third + last) else {
            continue
          }
          return PartedDate(
            [one, two, three], style, yearDigits: yearFirst ? first : last, third + last)
        }
      }
    }
    return nil
  }

  private init(
    _ numbers: [Int], _ style: Settings.DateStyle, yearDigits: Int, _ end: Int
  ) {
    switch style {
    case .day_first: (day, month, year) = (numbers[0], numbers[1], numbers[2])
    case .month_first: (month, day, year) = (numbers[0], numbers[1], numbers[2])
    case .year_first: (year, month, day) = (numbers[0], numbers[1], numbers[2])
    }
    self.yearDigits = yearDigits
    self.end = end
  }

  private static func isMark(_ text: [UInt8], _ place: Int) -> Bool {
    place < text.count && #"-.\/_ "#.utf8.contains(text[place])
  }

  static func number(_ text: some RandomAccessCollection<UInt8>, _ start: Int, _ count: Int) -> Int?
  {
    guard start + count <= text.count else { return nil }
    var number = 0
    for offset in start..<start + count {
      let byte = text[text.index(text.startIndex, offsetBy: offset)]
      guard byte.isDigit else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }

  /// Whether a word begins or ends here.
  static func isWordEdge(_ text: [UInt8], _ place: Int) -> Bool {
    let before = place > 0 && text[place - 1].isWord
    let after = place < text.count && text[place].isWord
    return before != after
  }
}

/// A time of day as the service finds it in what stands behind a date.
struct ClockTime: Equatable {
  var hour = 0
  var minute = 0
  var second = 0
  var microsecond = 0

  static func find(in rest: ArraySlice<UInt8>) -> ClockTime? {
    let text = Array(rest)
    var place = 0
    while place < text.count {
      if text[place].isDigit, PartedDate.isWordEdge(text, place),
        let (time, end) = match(in: text, at: place)
      {
        if let time { return time }
        place = max(end, place + 1)
      } else {
        place += 1
      }
    }
    return nil
  }

  /// What matches at a place, the longest reading of each part first; no time where it is none.
  private static func match(in text: [UInt8], at start: Int) -> (time: ClockTime?, end: Int)? {
    for hourDigits in [2, 1] {
      guard let hour = PartedDate.number(text, start, hourDigits) else { continue }
      let end = start + hourDigits
      for colon in [1, 0] {
        if colon == 1, end >= text.count || text[end] != UInt8(ascii: ":") { continue }
        guard let minute = PartedDate.number(text, end + colon, 2) else { continue }
        var time = ClockTime(hour: hour, minute: minute)
        let minuteEnd = end + colon + 2
        if let match = matchSeconds(in: text, at: minuteEnd, &time) { return match }
        time.second = 0
        time.microsecond = 0
        if let match = matchEnd(in: text, at: minuteEnd, time) { return match }
      }
      if let match = matchEnd(in: text, at: end, ClockTime(hour: hour)) { return match }
    }
    return nil
  }

  private static func matchSeconds(
    in text: [UInt8], at start: Int, _ time: inout ClockTime
  ) -> (time: ClockTime?, end: Int)? {
    guard start < text.count, text[start] == UInt8(ascii: ":"),
      let second = PartedDate.number(text, start + 1, 2)
    else { return nil }
    time.second = second
    let end = start + 3
    if end < text.count, text[end] == UInt8(ascii: ".") {
      let digits = text[(end + 1)...].prefix(while: \.isDigit)
      var count = digits.count
      while count > 0 {
        time.microsecond = microseconds(digits.prefix(count))
        if let match = matchEnd(in: text, at: end + 1 + count, time) { return match }
        count -= 1
      }
    }
    time.microsecond = 0
    return matchEnd(in: text, at: end, time)
  }

  private static func microseconds(_ digits: ArraySlice<UInt8>) -> Int {
    var value = 0
    for place in 0..<6 {
      let digit = place < digits.count ? Int(digits[digits.startIndex + place] - 0x30) : 0
      value = value * 10 + digit
    }
    return value
  }

  /// Marks, perhaps `am` or `pm`, and the edge of a word.
  private static func matchEnd(
    in text: [UInt8], at start: Int, _ time: ClockTime
  ) -> (time: ClockTime?, end: Int)? {
    var behind = start
    while behind < text.count, !text[behind].isWord { behind += 1 }
    while behind >= start {
      if behind + 1 < text.count, text[behind + 1] | 0x20 == UInt8(ascii: "m"),
        text[behind] | 0x20 == UInt8(ascii: "a") || text[behind] | 0x20 == UInt8(ascii: "p"),
        PartedDate.isWordEdge(text, behind + 2)
      {
        return (time.inHalf(text[behind] | 0x20), behind + 2)
      }
      if PartedDate.isWordEdge(text, behind) { return (time.valid, behind) }
      behind -= 1
    }
    return nil
  }

  private func inHalf(_ letter: UInt8) -> ClockTime? {
    var time = self
    if letter == UInt8(ascii: "p"), hour < 12 { time.hour += 12 }
    if letter == UInt8(ascii: "a"), hour == 12 { time.hour = 0 }
    return time.valid
  }

  /// The time, if it is one to the service: 24:00 is midnight.
  private var valid: ClockTime? {
    if self == ClockTime(hour: 24) { return ClockTime() }
    return hour <= 24 && minute <= 60 && second <= 60 ? self : nil
  }
}
