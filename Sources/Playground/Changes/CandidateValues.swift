import CEL

/// Values worth trying at a path: those of samples, what lines compare it with, and the neighbours of that.
struct CandidateValues: ~Copyable {
  private(set) var values: [Literal?] = []
  private var known: Set<String>
  private let current: Literal?
  private let now: Int64
  private var coder = JSONCoder()

  private static let limit = 600

  /// - Parameters:
  ///   - current: what stands there.
  ///   - samples: what samples have there, the most frequent first.
  ///   - reaches: of the lines that read the path.
  ///   - others: values that such lines hold it against.
  ///   - now: what rules take for the present time.
  /// - Returns: each value once, the preferred first; nil is that nothing stands there.
  static func values(
    at current: Literal?, samples: [Literal], reaches: [LineReach], others: [Literal], now: Int64
  ) -> [Literal?] {
    var candidates = CandidateValues(current, now)
    for value in samples.prefix(LineReach.constantLimit) { candidates.add(value) }
    let sampleCount = candidates.values.count
    candidates.add(reaches, others)
    let found = candidates.values
    // People understand a value of the kind that stood there before.
    let kind = current?.kind
    let own = found[sampleCount...].filter { $0?.kind == kind }
    let other = found[sampleCount...].filter { $0?.kind != kind && $0 != nil }
    let none: [Literal?] = current == nil ? [] : [nil]
    return found[..<sampleCount] + own + none + other
  }

  private init(_ current: Literal?, _ now: Int64) {
    self.current = current
    self.now = now
    known = [current.map { "\($0)" } ?? ""]
  }

  private mutating func add(_ value: Literal) {
    guard values.count < Self.limit, known.insert("\(value)").inserted else { return }
    values.append(value)
  }

  private mutating func add(_ reaches: [LineReach], _ others: [Literal]) {
    let constants = reaches.flatMap(\.constants)
    for constant in constants { add(written: constant) }
    for value in others { add(value) }
    addTexts(reaches, constants)
    addNumbers(constants + others)
    addTimes(constants)
    addLists(constants + others)
    for value in [Literal.bool(true), .bool(false)] { add(value) }
    for text in ["", fresh(constants)] { add(.string(text)) }
    for value in [Literal.int(1), .null, .list([]), .map([])] { add(value) }
  }

  /// A constant as an event has it.
  private mutating func add(written constant: Literal) {
    switch constant {
    case .null, .bool, .int, .double, .string, .list, .map: add(constant)
    case .uint(let number): add(.int(Int64(clamping: number)))
    case .timestamp: addTime(constant)
    case .bytes, .duration, .type, .optional: break
    }
  }

  /// A text that is none of the constants.
  private func fresh(_ constants: [Literal]) -> String {
    let taken = Set(constants.compactMap(\.text))
    var text = "x"
    while taken.contains(text) { text += "x" }
    return text
  }

  private mutating func addTexts(_ reaches: [LineReach], _ constants: [Literal]) {
    let prefixes = reaches.flatMap(\.prefixes)
    let suffixes = reaches.flatMap(\.suffixes)
    let parts = reaches.flatMap(\.parts)
    guard !(prefixes.isEmpty && suffixes.isEmpty && parts.isEmpty) else { return }
    let fresh = fresh(constants)
    let first = prefixes.max { $0.count < $1.count } ?? ""
    let last = suffixes.max { $0.count < $1.count } ?? ""
    add(.string(first + parts.joined() + last))
    add(.string(first + fresh + parts.joined() + fresh + last))
    for prefix in prefixes { add(.string(prefix + fresh)) }
    for suffix in suffixes { add(.string(fresh + suffix)) }
    for part in parts { add(.string(fresh + part + fresh)) }
  }

  /// Numbers, those beside them and those between them, also as texts.
  private mutating func addNumbers(_ constants: [Literal]) {
    let numbers = constants.compactMap(\.number).sorted()
    var near: [Literal] = []
    for number in numbers { near += [number, number + 1, number - 1].map(Literal.init(number:)) }
    for (low, high) in zip(numbers, numbers.dropFirst()) where low < high {
      near.append(Literal(number: low + (high - low) / 2))
    }
    for value in near { add(value) }
    for value in near { add(.string("\(value)")) }
  }

  /// Times, the seconds beside them, and those so long before the present as spans say.
  private mutating func addTimes(_ constants: [Literal]) {
    var isAboutTime = false
    for constant in constants {
      switch constant {
      case .timestamp(let seconds, let nanoseconds):
        isAboutTime = true
        for other in [seconds + 1, seconds - 1] {
          addTime(.timestamp(seconds: other, nanoseconds: nanoseconds))
        }
      case .duration(let span):
        isAboutTime = true
        let second: Int64 = 1_000_000_000
        for time in [span / 2, span, span - second, span + second, -second] {
          addTime(before: time)
        }
      case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .map, .type, .optional: break
      }
    }
    if isAboutTime { addTime(before: 0) }
  }

  private mutating func addTime(before span: Int64) {
    let (time, isTooLarge) = now.subtractingReportingOverflow(span)
    guard !isTooLarge else { return }
    let second: Int64 = 1_000_000_000
    let seconds = time >= 0 ? time / second : (time - second + 1) / second
    addTime(.timestamp(seconds: seconds, nanoseconds: UInt32(time - seconds * second)))
  }

  /// A time as JSON writes it.
  private mutating func addTime(_ time: Literal) {
    let bytes = coder.bytes(of: time)
    if let text = bytes.withUnsafeBytes({ try? coder.value(of: $0) }) { add(text) }
  }

  /// Lists with and without the constants.
  private mutating func addLists(_ constants: [Literal]) {
    let items = constants.filter(\.canBeItem).prefix(20)
    if let old = current?.items {
      for item in items { add(.list(old + [item])) }
      for item in items { add(.list(old.filter { "\($0)" != "\(item)" })) }
    }
    for item in items { add(.list([item])) }
    if items.count > 1 { add(.list(Array(items))) }
  }
}

extension Literal {
  fileprivate enum Kind { case null, bool, number, text, list, object, other }

  fileprivate var kind: Kind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int, .uint, .double: .number
    case .string: .text
    case .list: .list
    case .map: .object
    case .bytes, .timestamp, .duration, .type, .optional: .other
    }
  }

  fileprivate var canBeItem: Bool {
    switch kind {
    case .bool, .number, .text: true
    case .null, .list, .object, .other: false
    }
  }

  fileprivate var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value) where value.isFinite: value
    case .double, .null, .bool, .string, .bytes, .list, .map, .timestamp, .duration, .type,
      .optional:
      nil
    }
  }

  /// A whole number is an int, as JSON reads it.
  fileprivate init(number: Double) {
    self = Int64(exactly: number).map { .int($0) } ?? .double(number)
  }
}
