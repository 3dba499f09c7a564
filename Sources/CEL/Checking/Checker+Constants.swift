extension Checker {
  /// A text constant that its conversion cannot read, or a zone that does not exist, is found
  /// here: otherwise the expression would never have a value.
  mutating func checkConstant(_ call: Call) {
    guard let last = call.arguments.last, case .literal(.string(let text)) = last.kind else {
      return
    }
    if call.isMember, call.arguments.count == 2, Checker.zoneFunctions.contains(call.name) {
      if ZoneRules(text) == nil { report(.unknownZone(text, at: last.range)) }
      return
    }
    guard !call.isMember, call.arguments.count == 1, environment.functions[call.name] == nil,
      let (noun, convert) = Checker.conversions[call.name]
    else { return }
    var scratch = Scratch()
    let value = convert(scratch.makeText(text))
    if value.isUnknown { report(.unreadable(text, noun, as: call.name, at: last.range)) }
  }

  private static let conversions: [String: (noun: String, convert: @Sendable (Value) -> Value)] = [
    "timestamp": ("a time", { Conversion.timestamp($0) }),
    "duration": ("a duration", { Conversion.duration($0) }),
    "int": ("a whole number", { Conversion.int($0) }),
    "uint": ("a whole number without sign", { Conversion.uint($0) }),
    "double": ("a number", { Conversion.double($0) }),
    "bool": ("true or false", { Conversion.bool($0) }),
  ]

  private static let zoneFunctions: Set<String> = [
    "getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear",
    "getHours", "getMinutes", "getSeconds", "getMilliseconds",
  ]
}

extension Issue {
  fileprivate static func unreadable(
    _ text: String, _ noun: String, as function: String, at range: Range<Int>
  ) -> Issue {
    let help: String? =
      switch function {
      case "timestamp": "write `2026-03-02T09:00:00-03:00`, or with `Z` for UTC"
      case "duration": "units are `h`, `m`, `s`, `ms`, `us` and `ns`; a day is `24h`"
      default: nil
      }
    return Issue(.wrongType, "`\(text)` is not \(noun)", at: range, help: help)
  }

  fileprivate static func unknownZone(_ name: String, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "no time zone `\(name)`", at: range,
      help: "zones are called as `America/Sao_Paulo`, `UTC` or `-03:00`")
  }
}
