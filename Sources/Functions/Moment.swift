internal import CEL
private import Contacts

/// A point in time, or none.
struct Moment {
  var seconds: Int64
  var nanoseconds: UInt32
  private var isKnown = true

  init(seconds: Int64, nanoseconds: UInt32 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  private static var none: Moment {
    var moment = Moment(seconds: 0)
    moment.isKnown = false
    return moment
  }

  var value: Value {
    // CEL's timestamps go from the year 1 to the year 9999.
    guard isKnown, seconds >= -62_135_596_800, seconds <= 253_402_300_799 else {
      return .unknown(.malformed)
    }
    return .timestamp(seconds: seconds, nanoseconds: nanoseconds)
  }

  /// Seconds after 1970, or milliseconds from 10¹¹ on.
  ///
  /// A number whose digits are a date, such as 20260302, is not known to be either.
  init(epoch number: Int64) {
    let size = number.magnitude
    if size >= 100_000_000_000_000 || Self.looksLikeDate(number) {
      self = .none
    } else if size >= 100_000_000_000 {
      let (seconds, rest) = number.quotientAndRemainder(dividingBy: 1_000)
      self.init(
        seconds: rest < 0 ? seconds - 1 : seconds,
        nanoseconds: UInt32(rest < 0 ? rest + 1_000 : rest) * 1_000_000)
    } else {
      self.init(seconds: number)
    }
  }

  init(epoch number: Double) {
    guard number.isFinite, number.magnitude < 1e14 else {
      self = .none
      return
    }
    let isMilliseconds = number.magnitude >= 1e11
    let whole = number.rounded(.down)
    self.init(epoch: Int64(whole))
    guard isKnown, !isMilliseconds else { return }
    nanoseconds = min(UInt32(((number - whole) * 1e6).rounded()) * 1_000, 999_999_000)
  }

  private static func looksLikeDate(_ number: Int64) -> Bool {
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100)
    return year >= 1_900 && year <= 2_199 && month >= 1 && month <= 12 && day >= 1 && day <= 31
  }

  /// A date as written; `zone` counts where the text has no offset of its own.
  init(written text: UnsafeRawBufferPointer, zone: UnsafeRawBufferPointer) {
    if let number = Self.epochNumber(text) {
      self.init(epoch: number)
    } else if let time = WrittenDate.read(text) {
      let local = time.localSecond
      if time.hasOffset {
        self.init(seconds: local - Int64(time.offset), nanoseconds: time.nanoseconds)
      } else if zone.isEmpty {
        self.init(seconds: local, nanoseconds: time.nanoseconds)
      } else if let second = Zones.shared.second(ofLocal: local, in: zone) {
        self.init(seconds: second, nanoseconds: time.nanoseconds)
      } else {
        self = .none
      }
    } else {
      self = .none
    }
  }

  /// Nine or ten digits are seconds, twelve or thirteen milliseconds; others are no time.
  private static func epochNumber(_ text: UnsafeRawBufferPointer) -> Int64? {
    switch text.count {
    case 9, 10, 12, 13:
      let number = WrittenTime.number(text, 0, text.count)
      return number < 0 ? nil : Int64(number)
    default: return nil
    }
  }

  /// A timestamp, or a text that needs no zone.
  init?(exact value: Value) {
    if value.tag == .timestamp {
      self.init(seconds: Int64(bitPattern: value.bits), nanoseconds: value.length)
      return
    }
    guard let time = WrittenDate.read(UTF8Text.trimmed(value.bytes)), time.hasOffset else {
      return nil
    }
    self.init(seconds: time.localSecond - Int64(time.offset), nanoseconds: time.nanoseconds)
  }

  /// Whole days, cut towards zero.
  func days(to end: Moment) -> Int64 {
    var difference = end.seconds - seconds
    // The second that nanoseconds leave incomplete does not count.
    if difference > 0, end.nanoseconds < nanoseconds { difference -= 1 }
    if difference < 0, end.nanoseconds > nanoseconds { difference += 1 }
    return difference / 86_400
  }
}
