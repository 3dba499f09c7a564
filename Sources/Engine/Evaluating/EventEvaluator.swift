import CEL
import CJSON
import Contacts

#if canImport(Glibc)
  import Glibc
#endif

/// True, false or unknown.
enum Ternary: UInt8, BitwiseCopyable {
  case isFalse = 0
  case isTrue = 1
  case isUnknown = 2
}

/// Why a text is no event.
struct EventFailure: Error {
  /// A sentence without a full stop.
  var cause: String

  init(cause: String) { self.cause = cause }

  init(_ failure: JSONParser.Failure) {
    cause =
      switch failure.kind {
      case .tooDeep: "no JSON: it is nested more than 1,024 deep"
      case .tooLong: "the event is longer than `--max-event`"
      default: failure.description
      }
  }
}

/// The state of one event on one thread: its document, its slots, and which predicates hold.
///
/// Its methods are mutating where they change nothing, too: to lend out a struct of this size is to
/// copy all of it, a kilobyte a call.
struct EventEvaluator: ~Copyable {
  let program: Program
  private let parser: JSONParser
  private let scanner: EventScanner
  private var walker: DocumentWalker
  var scratch = Scratch()
  var finds = Finds()
  private let slotRoom: Room<Value>
  let slots: UnsafeMutablePointer<Value>
  /// Of each predicate the event that answered it last, and the answer in the low two bits.
  private let memoRoom: Room<UInt32>
  private let memo: UnsafeMutablePointer<UInt32>
  /// Counts events, and begins anew before it outgrows a memo.
  private var stamp: UInt32 = 0
  /// Counts events.
  private(set) var serial: UInt64 = 0
  /// Times some events, if it was asked for; and whether the present one is timed.
  let profiler: Profiler?
  private(set) var isTimed = false
  /// Whether a key that rules read stands twice in the event; the last one counts.
  private(set) var hasRepeatedKey = false
  private let predicates: UnsafePointer<PredicateRow>
  private let lists: UnsafePointer<Int32>
  private let constants: UnsafePointer<UInt8>
  private let texts: UnsafePointer<TextConstant>

  init(_ program: Program, byteLimit: Int, profiler: Profiler? = nil) {
    self.program = program
    self.profiler = profiler
    parser = JSONParser(byteLimit: byteLimit)
    scanner = EventScanner(program.trie, byteLimit: byteLimit)
    walker = DocumentWalker(program.trie)
    slotRoom = Room(program.slotCount + 1, filledWith: .missing)
    slots = slotRoom.base
    memoRoom = Room(program.predicates.count + 1, filledWith: 0)
    memo = memoRoom.base
    predicates = program.predicates.base
    lists = program.predicateLists.base
    constants = program.constants.base
    texts = program.texts.base
  }

  /// Parses an event and fills its slots; 64 readable bytes must follow it.
  ///
  /// The slots point into the text, which must stay as it is until the next one is loaded.
  mutating func load(_ text: UnsafeRawBufferPointer, now: Int64) throws(EventFailure) {
    clearSlots()
    scratch.reset()
    serial += 1
    if let profiler { isTimed = profiler.begin() }
    stamp += 1
    if stamp >= 1 << 30 { forgetAnswers() }
    switch scanner.fill(slots, from: text) {
    case .scanned(let document, let hasRepeatedKey):
      scratch.document = document
      self.hasRepeatedKey = hasRepeatedKey
    case .unusual: try parse(text)
    }
    setNow(now)
  }

  /// The same by a tape of the whole event, for whatever is not scanned.
  private mutating func parse(_ text: UnsafeRawBufferPointer) throws(EventFailure) {
    clearSlots()
    let document: Document
    do {
      document = try parser.parse(text)
    } catch {
      throw EventFailure(error)
    }
    guard document.tape[1] >> 56 == UInt64(UInt8(ascii: "{")) else {
      throw EventFailure(cause: "an event must be a JSON object")
    }
    scratch.document = document
    walker.fill(slots, from: document)
    hasRepeatedKey = walker.foundRepeatedKey
  }

  private mutating func clearSlots() {
    memset(slots, 0, program.slotCount * MemoryLayout<Value>.stride)
  }

  /// Sets `now`, in nanoseconds since 1970.
  mutating func setNow(_ now: Int64) {
    guard program.nowSlot >= 0 else { return }
    let (seconds, rest) = now.quotientAndRemainder(dividingBy: 1_000_000_000)
    slots[program.nowSlot] =
      rest < 0
      ? .timestamp(seconds: seconds - 1, nanoseconds: UInt32(rest + 1_000_000_000))
      : .timestamp(seconds: seconds, nanoseconds: UInt32(rest))
  }

  private mutating func forgetAnswers() {
    memo.update(repeating: 0, count: program.predicates.count + 1)
    stamp = 1
  }

  /// Evaluates one entry of the CEL program.
  mutating func value(of entry: Int32) -> Value {
    program.cel.evaluate(Int(entry), slots: slots, scratch: &scratch)
  }

  /// Whether all predicates of a list hold; the first false one decides.
  mutating func all(of range: RowRange) -> Ternary {
    var result = Ternary.isTrue
    for index in Int(range.first)..<Int(range.first + range.count) {
      switch answer(of: lists[index]) {
      case .isFalse: return .isFalse
      case .isUnknown: result = .isUnknown
      case .isTrue: break
      }
    }
    return result
  }

  /// Whether a predicate holds, evaluated at most once an event.
  mutating func answer(of number: Int32) -> Ternary {
    let known = memo[Int(number)]
    if known >> 2 == stamp { return Ternary(rawValue: UInt8(known & 3)) ?? .isUnknown }
    let result = isTimed ? time(number) : evaluate(predicates + Int(number))
    memo[Int(number)] = stamp << 2 | UInt32(result.rawValue)
    return result
  }

  /// Has what a predicate is answered by brought into the cache.
  @inline(__always)
  mutating func prefetch(_ number: Int32) {
    cjson_prefetch(memo + Int(number))
    cjson_prefetch(predicates + Int(number))
  }

  @inline(never)
  private mutating func time(_ number: Int32) -> Ternary {
    guard let profiler else { return evaluate(predicates + Int(number)) }
    let start = profiler.now
    let result = evaluate(predicates + Int(number))
    profiler.addCondition(profiler.time(since: start), number)
    return result
  }

  private mutating func evaluate(_ row: UnsafePointer<PredicateRow>) -> Ternary {
    switch row.pointee.kernel {
    case .all: return all(of: row.pointee.rows)
    case .any: return any(of: row.pointee.rows, when: .isTrue, otherwise: .isFalse)
    case .none: return any(of: row.pointee.rows, when: .isFalse, otherwise: .isTrue)
    case .program: return run(row.pointee.rows.first)
    case .equalAsText:
      let value = slots[Int(row.pointee.slot)]
      if value.tag == .text { return testText(row, value) }
      return isPresent(value) == .isFalse ? .isFalse : run(row.pointee.rows.first)
    case .present: return isPresent(slots[Int(row.pointee.slot)])
    case .equalText, .inTexts, .startsWith, .endsWith, .containsText, .containsItem, .equalNumber,
      .less, .lessOrEqual, .greater, .greaterOrEqual, .equalBool, .isTrue:
      return test(row, slots[Int(row.pointee.slot)])
    }
  }

  /// There and not null; a path through what is no object leads to nothing.
  private mutating func isPresent(_ value: Value) -> Ternary {
    if value.tag == .unknown {
      return value.reason == Value.Reason.unrepresentable.rawValue ? .isUnknown : .isFalse
    }
    return value.tag == .missing || value.tag == .null ? .isFalse : .isTrue
  }

  private mutating func run(_ entry: Int32) -> Ternary {
    let value = value(of: entry)
    return value.isTrue ? .isTrue : value.isFalse ? .isFalse : .isUnknown
  }

  private mutating func any(
    of range: RowRange, when found: Ternary, otherwise none: Ternary
  ) -> Ternary {
    var result = none
    for index in Int(range.first)..<Int(range.first + range.count) {
      switch answer(of: lists[index]) {
      case .isTrue: return found
      case .isUnknown: result = .isUnknown
      case .isFalse: break
      }
    }
    return result
  }

  /// Tests a slot against the row's constant.
  private mutating func test(_ row: UnsafePointer<PredicateRow>, _ value: Value) -> Ternary {
    switch value.tag {
    case .missing: return row.pointee.isGuarded ? .isFalse : .isUnknown
    case .unknown:
      let isAbsent = value.reason != Value.Reason.unrepresentable.rawValue
      return row.pointee.isGuarded && isAbsent ? .isFalse : .isUnknown
    case .null:
      return row.pointee.isGuarded || row.pointee.kernel.isEquality ? .isFalse : .isUnknown
    case .text: return testText(row, value)
    case .int, .double: return testNumber(row, value)
    case .bool:
      switch row.pointee.kernel {
      case .isTrue: return value.bits == 1 ? .isTrue : .isFalse
      case .equalBool: return value.bits == row.pointee.bits ? .isTrue : .isFalse
      default: return row.pointee.kernel.isEquality ? .isFalse : .isUnknown
      }
    case .list where row.pointee.kernel == .containsItem: return testItems(row, value)
    case .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional:
      return row.pointee.kernel.isEquality ? .isFalse : .isUnknown
    }
  }

  private mutating func testText(_ row: UnsafePointer<PredicateRow>, _ value: Value) -> Ternary {
    guard let text = UnsafeRawPointer(bitPattern: UInt(value.bits)) ?? UnsafeRawPointer(constants)
    else { return .isUnknown }
    let length = Int(value.length)
    let constant = row.pointee.text
    switch row.pointee.kernel {
    case .equalText, .equalAsText: return equals(text, length, constant) ? .isTrue : .isFalse
    case .inTexts:
      for index in Int(
        row.pointee.rows.first)..<Int(row.pointee.rows.first + row.pointee.rows.count)
      where equals(text, length, texts[index]) {
        return .isTrue
      }
      return .isFalse
    case .startsWith:
      guard length >= Int(constant.length) else { return .isFalse }
      return memcmp(text, constants + Int(constant.offset), Int(constant.length)) == 0
        ? .isTrue : .isFalse
    case .endsWith:
      guard length >= Int(constant.length) else { return .isFalse }
      let tail = text + (length - Int(constant.length))
      return memcmp(tail, constants + Int(constant.offset), Int(constant.length)) == 0
        ? .isTrue : .isFalse
    case .containsText, .containsItem:
      let needle = constants + Int(constant.offset)
      return contains(text, length, needle, Int(constant.length)) ? .isTrue : .isFalse
    case .equalNumber, .equalBool: return .isFalse
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .isTrue, .present, .program, .all, .any,
      .none:
      return .isUnknown
    }
  }

  /// Texts of a document are padded, so eight bytes can be read of each: most differ there.
  private mutating func equals(
    _ text: UnsafeRawPointer, _ length: Int, _ constant: TextConstant
  ) -> Bool {
    guard length == Int(constant.length) else { return false }
    let head = text.loadUnaligned(as: UInt64.self)
    guard length > 8 else {
      return length == 8
        ? head == constant.head : (head ^ constant.head) & ((1 << (UInt64(length) * 8)) - 1) == 0
    }
    return head == constant.head && isConstant(constant, text)
  }

  /// Whether a text that has the length and the first eight bytes of a longer constant is that constant.
  @inline(__always)
  mutating func isConstant(_ constant: TextConstant, _ text: UnsafeRawPointer) -> Bool {
    let length = Int(constant.length)
    guard (text + (length - 8)).loadUnaligned(as: UInt64.self) == constant.tail else {
      return false
    }
    return length <= 16
      || memcmp(text + 8, constants + Int(constant.offset) + 8, length - 16) == 0
  }

  private mutating func testItems(_ row: UnsafePointer<PredicateRow>, _ value: Value) -> Ternary {
    guard value.isOnTape, let document = scratch.document else { return .isUnknown }
    var index = Int(value.bits) + 1
    let end = Int(document.tape[Int(value.bits)] & 0xFFFF_FFFF) - 1
    while index < end {
      let word = document.tape[index]
      if word >> 56 == UInt64(UInt8(ascii: "\"")) {
        let text = UnsafeRawPointer(document.strings + Int(word & 0xFF_FFFF_FFFF_FFFF))
        let length = Int(text.loadUnaligned(as: UInt32.self))
        if equals(text + 4, length, row.pointee.text) { return .isTrue }
        index += 1
      } else {
        index = document.end(of: index)
      }
    }
    return .isFalse
  }

  private mutating func testNumber(_ row: UnsafePointer<PredicateRow>, _ value: Value) -> Ternary {
    let (isLess, isEqual) = compare(
      value, with: row.pointee.bits, isInteger: row.pointee.isInteger)
    let holds: Bool
    switch row.pointee.kernel {
    case .equalNumber: holds = isEqual
    case .less: holds = isLess
    case .lessOrEqual: holds = isLess || isEqual
    case .greater: holds = !isLess && !isEqual
    case .greaterOrEqual: holds = !isLess
    case .equalText, .inTexts, .equalBool: holds = false
    case .startsWith, .endsWith, .containsText, .containsItem, .isTrue, .present, .program, .all,
      .any, .none, .equalAsText:
      return .isUnknown
    }
    return holds ? .isTrue : .isFalse
  }

}

/// Compares an int or a double with the bits of one.
@inline(__always)
func compare(_ value: Value, with bits: UInt64, isInteger: Bool) -> (isLess: Bool, isEqual: Bool) {
  switch (value.tag == .int, isInteger) {
  case (true, true): (value.int < Int64(bitPattern: bits), value.bits == bits)
  case (true, false): ordered(Double(value.int), Double(bitPattern: bits))
  case (false, true): ordered(value.double, Double(Int64(bitPattern: bits)))
  case (false, false): ordered(value.double, Double(bitPattern: bits))
  }
}

/// CEL compares an int with a double as doubles; JSON has no NaN.
private func ordered(_ left: Double, _ right: Double) -> (isLess: Bool, isEqual: Bool) {
  (left < right, left == right)
}

extension Kernel {
  /// Whether another type is simply unequal, rather than unknown.
  fileprivate var isEquality: Bool {
    switch self {
    case .equalText, .inTexts, .equalNumber, .equalBool: true
    case .startsWith, .endsWith, .containsText, .containsItem, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .present, .isTrue, .program, .all, .any, .none, .equalAsText:
      false
    }
  }
}
