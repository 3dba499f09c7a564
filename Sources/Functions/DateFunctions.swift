internal import CEL
private import Contacts

extension RegraFunctions {
  /// `date(x)`, `date(x, zone)`: a timestamp from what events hold.
  static let date = Function(
    "date",
    dateOverloads("string", .string) + dateOverloads("int", .int)
      + dateOverloads("double", .double) + dateOverloads("timestamp", .timestamp)
  ) { arguments, _ in
    let value = arguments[0]
    if value.tag == .timestamp { return value }
    if value.tag == .int { return Moment(epoch: value.int).value }
    if value.tag == .double { return Moment(epoch: value.double).value }
    let zone =
      arguments.count > 1 ? arguments[1].bytes : UnsafeRawBufferPointer(start: nil, count: 0)
    return Moment(written: UTF8Text.trimmed(value.bytes), zone: zone).value
  }

  private static func dateOverloads(_ name: String, _ type: Type) -> [Function.Overload] {
    [
      Function.Overload(id: "date_\(name)", [type], .timestamp),
      Function.Overload(id: "date_\(name)_zone", [type, .string], .timestamp),
    ]
  }

  /// `days_between(a, b)`: whole days from `a` to `b`, negative where `b` is earlier.
  static let daysBetween = Function(
    "days_between",
    [
      Function.Overload(id: "days_between", [.timestamp, .timestamp], .int),
      Function.Overload(id: "days_between_string_time", [.string, .timestamp], .int),
      Function.Overload(id: "days_between_time_string", [.timestamp, .string], .int),
      Function.Overload(id: "days_between_string", [.string, .string], .int),
    ]
  ) { arguments, _ in
    guard let start = Moment(exact: arguments[0]), let end = Moment(exact: arguments[1]) else {
      return .unknown(.malformed)
    }
    return .int(start.days(to: end))
  }
}
