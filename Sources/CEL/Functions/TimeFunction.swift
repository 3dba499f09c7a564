extension TimeFunction {
  func evaluate(_ arguments: UnsafeBufferPointer<Value>, _ scratch: inout Scratch) -> Value {
    let time = arguments[0]
    switch time.tag {
    case .duration: return arguments.count == 1 ? part(ofDuration: time.int) : .noOverload(time)
    case .timestamp: break
    default: return .noOverload(time)
    }
    var seconds = Int(time.int)
    if arguments.count > 1 {
      guard arguments[1].tag == .text else { return .noOverload(arguments[1]) }
      guard let zone = scratch.zone(named: arguments[1].bytes) else {
        return .unknown(.malformed)
      }
      seconds += zone.offset(at: time.int)
    }
    return .int(Int64(part(ofLocal: seconds, nanoseconds: Int(time.length))))
  }

  private func part(ofLocal seconds: Int, nanoseconds: Int) -> Int {
    let days = floorDivide(seconds, 86_400)
    let second = seconds - days * 86_400
    let date = CivilDate(daysSinceEpoch: days)
    return switch self {
    case .fullYear: date.year
    case .month: date.month - 1
    case .date: date.day
    case .dayOfMonth: date.day - 1
    case .dayOfWeek: date.weekday
    case .dayOfYear: date.dayOfYear
    case .hours: second / 3_600
    case .minutes: second / 60 % 60
    case .seconds: second % 60
    case .milliseconds: nanoseconds / 1_000_000
    }
  }

  /// Whole hours, minutes or seconds of a span, but only the rest in milliseconds.
  private func part(ofDuration nanoseconds: Int64) -> Value {
    switch self {
    case .hours: .int(nanoseconds / 3_600_000_000_000)
    case .minutes: .int(nanoseconds / 60_000_000_000)
    case .seconds: .int(nanoseconds / 1_000_000_000)
    case .milliseconds: .int(nanoseconds % 1_000_000_000 / 1_000_000)
    case .fullYear, .month, .date, .dayOfMonth, .dayOfWeek, .dayOfYear:
      .unknown(.wrongType, found: .duration)
    }
  }
}

extension Scratch {
  /// No zone has a longer name; what an event says is not kept.
  private static let zoneNameLimit = 64

  /// The rules of a zone by name or offset, read once; absent if there is none.
  public mutating func zone(named name: UnsafeRawBufferPointer) -> ZoneRules? {
    guard name.count <= Scratch.zoneNameLimit else { return nil }
    return zones.thing(for: name) { ZoneRules(String(decoding: $0, as: UTF8.self)) }
  }
}
