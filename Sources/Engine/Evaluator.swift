import CEL
import CJSON
import Contacts
import Knowledge

/// Evaluates events on one thread: the whole path from bytes to logged mutations.
package struct Evaluator: ~Copyable {
  private let program: Program
  private var event: EventEvaluator
  private var writer: MutationWriter
  private var types: TypeTable
  private var hits = Hits()
  private var times = PlainTimeReader()
  private let readsContact: Bool

  /// An evaluator with a parser and memory of its own.
  ///
  /// - Parameters:
  ///   - program: the rules.
  ///   - byteLimit: the longest event that is read.
  ///   - clock: nanoseconds that never go back, if a profile is wanted.
  package init(
    _ program: Program, byteLimit: Int, profilingBy clock: (@Sendable () -> Int64)? = nil
  ) {
    self.program = program
    readsContact = program.readsContact
    event = EventEvaluator(
      program, byteLimit: byteLimit, profiler: clock.map { Profiler(program, clock: $0) })
    writer = MutationWriter(program)
    types = TypeTable(program)
  }

  /// What was timed, if a profile is wanted.
  package var profile: ProfileCounters? { event.profiler?.counters }

  /// Evaluates the records of one chunk and appends what they ask for to `log`.
  ///
  /// - Parameters:
  ///   - bytes: the chunk; 64 readable bytes must follow it.
  ///   - records: where its events stand.
  ///   - source: index in the run's list of inputs.
  ///   - now: the run's clock for this window, nanoseconds since 1970.
  ///   - log: where it is all noted.
  package mutating func evaluate(
    _ bytes: UnsafeRawBufferPointer, _ records: [Record], source: Int32, now: Int64,
    into log: inout Log
  ) {
    for record in records {
      let text = UnsafeRawBufferPointer(
        rebasing: bytes[Int(record.offset)..<Int(record.offset) + Int(record.length)])
      log.eventCount += 1
      do {
        try event.load(text, now: now)
      } catch {
        log.problems.append(
          InputProblem(source: source, line: record.line, cause: error.cause))
        continue
      }
      if event.hasRepeatedKey {
        log.repeatedKeys.append(
          InputProblem(
            source: source, line: record.line, cause: "a key stands twice; the last one counts"))
      }
      evaluate(text, source: source, line: record.line, now: now, into: &log)
    }
    types.flush(into: &log)
  }

  private mutating func evaluate(
    _ text: UnsafeRawBufferPointer, source: Int32, line: UInt64, now: Int64, into log: inout Log
  ) {
    var isMatched = false
    var isTyped = false
    for index in 0..<program.shapes.count {
      let shape = program.shapes.base[index]
      var time = Int64.min
      if program.nowSlot >= 0 { time = setNow(shape, text, now: now, isFirst: index == 0) }
      let type =
        shape.typeSlot >= 0 ? event.slots[Int(shape.typeSlot)] : event.value(of: shape.type)
      let hasType = type.tag == .text && type.length > 0
      isTyped = isTyped || hasType
      let row = types.row(
        shape: Int32(index),
        type: hasType ? type.bytes : UnsafeRawBufferPointer(start: nil, count: 0))
      types.count(row, slots: event.slots)
      if evaluateRules(
        of: row, shape, Int32(index), hasText: type.tag == .text,
        Origin(text: text, source: source, line: line, now: now, time: time), &log)
      {
        isMatched = true
      }
    }
    if isMatched { log.matchedCount += 1 }
    if !isTyped { log.withoutTypeCount += 1 }
  }

  /// Makes `now` the event's time where its file says where that is.
  private mutating func setNow(
    _ shape: EventShape, _ text: UnsafeRawBufferPointer, now: Int64, isFirst: Bool
  ) -> Int64 {
    // What an earlier shape evaluated may have read another `now`: the event was parsed before,
    // so it parses again.
    if !isFirst { try? event.load(text, now: now) }
    guard shape.time >= 0 else { return Int64.min }
    let time = time(of: shape)
    if time != Int64.min { event.setNow(time) }
    return time
  }

  /// The event's time; a text as most systems write it is read here.
  private mutating func time(of shape: EventShape) -> Int64 {
    if shape.timeSlot >= 0, event.slots[Int(shape.timeSlot)].tag == .text,
      let time = times.nanoseconds(of: event.slots[Int(shape.timeSlot)].bytes)
    {
      return time
    }
    return nanoseconds(of: event.value(of: shape.time))
  }

  /// An event as it came.
  private struct Origin {
    var text: UnsafeRawBufferPointer
    var source: Int32
    var line: UInt64
    var now: Int64
    /// `Int64.min` where it is not known yet.
    var time: Int64
  }

  /// Evaluates the rules of one shape and notes the event if that is to be remembered; whether a rule fires or is left
  /// for later.
  private mutating func evaluateRules(
    of row: UnsafePointer<TypeTable.Row>, _ shape: EventShape, _ shapeNumber: Int32, hasText: Bool,
    _ origin: Origin, _ log: inout Log
  ) -> Bool {
    let firstOutcome = log.outcomes.count
    find(row)
    let (hitCount, deferredCount) = sortOut(&log)
    guard hitCount > 0 || shape.id >= 0 || log.outcomes.count > firstOutcome else { return false }
    let identity = identify(
      shape, shapeNumber, hasText ? row.pointee.typeHash : 0, origin.text, &log)
    var time = origin.time
    var raw = TextRange.none
    let firstMutation = log.mutations.count
    let firstFiring = log.firings.count
    let firstDeferred = log.deferred.count
    if hitCount > 0 {
      writer.begin(log: log)
      write(&log)
      if deferredCount > 0 { raw = keep(origin.text, &log) }
      if shape.time >= 0, time == Int64.min { time = self.time(of: shape) }
    }
    var rest: Int32 = -1
    if deferredCount > 0 || log.outcomes.count > firstOutcome {
      rest = Int32(log.rests.count)
      log.rests.append(
        Log.Rest(
          outcomes: RowRange(from: firstOutcome, to: log.outcomes.count),
          deferred: RowRange(from: firstDeferred, to: log.deferred.count), raw: raw,
          now: origin.now))
    }
    log.events.append(
      Log.Event(
        id: identity.id, line: origin.line, identity: identity.name, content: identity.content,
        time: time, mutations: RowRange(from: firstMutation, to: log.mutations.count),
        firings: RowRange(from: firstFiring, to: log.firings.count), source: origin.source,
        rest: rest))
    return hitCount > 0
  }

  /// Counts the rules that fire or are left for later, and those of them; notes the unknown ones.
  private mutating func sortOut(_ log: inout Log) -> (hits: Int, deferred: Int) {
    guard readsContact || hits.hasUnknown else { return (hits.count, 0) }
    var hitCount = 0
    var deferredCount = 0
    for number in 0..<hits.count {
      let (row, isUnknown) = hits[number]
      let rule = program.rules.base + row
      if rule.pointee.readsContact {
        deferredCount += 1
      } else if isUnknown {
        log.outcomes.append(
          Log.Outcome(kind: .unknown, refusal: nil, rule: rule.pointee.number, action: .note))
        continue
      }
      hitCount += 1
    }
    return (hitCount, deferredCount)
  }

  /// Writes what the hits ask for, in firing order.
  private mutating func write(_ log: inout Log) {
    for number in 0..<hits.count {
      cjson_prefetch(
        program.actions.base + Int(program.rules.base[hits[number].row].actions.first))
    }
    for number in 0..<hits.count {
      let (row, isUnknown) = hits[number]
      let rule = program.rules.base + row
      if rule.pointee.readsContact {
        log.deferred.append(Int32(row))
      } else if !isUnknown {
        log.firings.append(rule.pointee.number)
        write(rule, &log)
      }
    }
  }

  private mutating func find(_ row: UnsafePointer<TypeTable.Row>) {
    guard event.isTimed, let profiler = event.profiler else {
      return event.find(row, into: &hits)
    }
    let start = profiler.now
    event.find(row, into: &hits)
    profiler.addFinding(profiler.time(since: start))
  }

  private mutating func write(_ rule: UnsafePointer<RuleRow>, _ log: inout Log) {
    guard event.isTimed, let profiler = event.profiler else {
      return writer.write(rule.pointee, &event, into: &log)
    }
    let start = profiler.now
    writer.write(rule.pointee, &event, into: &log)
    profiler.addWriting(profiler.time(since: start), of: rule.pointee.number)
  }

  private func keep(_ text: UnsafeRawBufferPointer, _ log: inout Log) -> TextRange {
    let start = log.bytes.count
    log.bytes.append(text)
    return log.range(from: start)
  }

  /// What an event is known by: its id, the hash of that with shape and type, and the hash of its bytes.
  private struct Identity {
    var id = TextRange.none
    var name: UInt64 = 0
    var content: UInt64 = 0
  }

  /// Notes the event's id, and what a repeat of it would be known by.
  private mutating func identify(
    _ shape: EventShape, _ number: Int32, _ kind: UInt64, _ text: UnsafeRawBufferPointer,
    _ log: inout Log
  ) -> Identity {
    guard shape.id >= 0 else { return Identity() }
    let id = shape.idSlot >= 0 ? event.slots[Int(shape.idSlot)] : event.value(of: shape.id)
    let start = log.bytes.count
    switch id.tag {
    case .text: log.bytes.append(id.bytes)
    case .int: appendDecimal(id.int, to: &log.bytes)
    default: return Identity()
    }
    let range = log.range(from: start)
    guard range.length > 0 else { return Identity(id: range) }
    let name = stableHash(log.bytes.bytes(from: start))
    // The lowest bit is always set, so the shape's number stands above it.
    return Identity(
      id: range, name: (name ^ (kind &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(number) << 1) | 1,
      content: stableHash(text))
  }
}

/// A timestamp in nanoseconds since 1970; `Int64.min` for anything else.
func nanoseconds(of value: Value) -> Int64 {
  guard value.tag == .timestamp else { return Int64.min }
  let (scaled, overflow) = value.int.multipliedReportingOverflow(by: 1_000_000_000)
  return overflow ? Int64.min : scaled + Int64(value.length)
}
