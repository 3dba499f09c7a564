import CEL

/// Nanoseconds since 1970 of `YYYY-MM-DDThh:mm:ssZ` or `YYYY-MM-DDThh:mm:ss.mmmZ` from 1970 to 2199 with a
/// day up to the 28th; nil for all other texts, which `date()` reads or refuses.
func nanoseconds(ofPlainTime text: UnsafeRawBufferPointer) -> Int64? {
  guard text.count == 20 || text.count == 24, text[4] == UInt8(ascii: "-"),
    text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
    text[16] == UInt8(ascii: ":"), text[text.count - 1] == UInt8(ascii: "Z")
  else { return nil }
  var isPlain = true
  func number(_ first: Int, _ count: Int) -> Int {
    var number = 0
    for index in first..<first + count {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { isPlain = false }
      number = number * 10 + Int(digit)
    }
    return number
  }
  let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
  let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
  var milliseconds = 0
  if text.count == 24 {
    guard text[19] == UInt8(ascii: ".") else { return nil }
    milliseconds = number(20, 3)
  }
  guard isPlain, year >= 1970, year < 2200, month >= 1, month <= 12, day >= 1, day <= 28,
    hour < 24, minute < 60, second < 60
  else { return nil }
  let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
  let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second
  return (Int64(seconds) * 1_000 + Int64(milliseconds)) * 1_000_000
}
