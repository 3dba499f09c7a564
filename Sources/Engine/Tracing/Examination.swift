package import CEL
import Contacts
import Knowledge
import Rulesets

/// Asks one event at a time what its rules ask, and whatever else an ``Inquiry`` wants to know.
package struct Examination: ~Copyable {
  /// How a rule stands to an event.
  package enum Standing: Sendable, Hashable {
    case isSwitchedOff
    /// It listens to other types.
    case isOfOtherType
    case isFalse, isUnknown, holds
  }

  /// What an event says of itself to the rules of one file, or of several that agree.
  private struct Reading {
    var type: String?
    var id: String
    var time: Int64
  }

  let inquiry: Inquiry
  let program: Program
  var evaluator: EventEvaluator
  var writer: MutationWriter
  var log = Log()
  private var text: [UInt8] = []
  private var byteCount = 0
  private var now: Int64 = 0
  private var readings: [Reading] = []
  /// The shape whose `now` is set; -1 where the event must be loaded again.
  private var shape: Int32 = -1
  /// Whether each rule listens, by type; no type is empty.
  private var listening: [String: [Bool]] = [:]

  private static let typeLimit = 4_096

  package init(_ inquiry: Inquiry, byteLimit: Int) {
    self.inquiry = inquiry
    program = inquiry.program
    evaluator = EventEvaluator(program, byteLimit: byteLimit)
    writer = MutationWriter(program)
  }

  /// Turns to an event.
  ///
  /// - Parameters:
  ///   - text: its JSON.
  ///   - now: the run's clock, nanoseconds since 1970.
  /// - Returns: why it is no event; nil where it is one.
  package mutating func open(_ text: some Sequence<UInt8>, now: Int64) -> String? {
    self.text.removeAll(keepingCapacity: true)
    self.text += text
    byteCount = self.text.count
    self.text.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    self.now = now
    readings.removeAll(keepingCapacity: true)
    // Whom a reference names depends on the event alone.
    log.reset()
    writer.begin(log: log)
    for number in 0..<program.shapes.count {
      if number == 0 || program.nowSlot >= 0 {
        if let problem = load(at: now) { return problem }
      }
      readings.append(reading(of: program.shapes[number]))
      shape = Int32(number)
    }
    return nil
  }

  /// Whether a key that rules read stands twice in the event; the last one counts.
  package var hasRepeatedKey: Bool { evaluator.hasRepeatedKey }

  private mutating func load(at now: Int64) -> String? {
    // Safety: slots point into the array's storage, which stays where it is until it is changed.
    text.withUnsafeBytes { bytes -> String? in
      do throws(EventFailure) {
        try evaluator.load(UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]), now: now)
        return nil
      } catch {
        return error.cause
      }
    }
  }

  private mutating func reading(of shape: EventShape) -> Reading {
    var time = Int64.min
    if shape.time >= 0 { time = nanoseconds(of: evaluator.value(of: shape.time)) }
    if time != Int64.min { evaluator.setNow(time) }
    let type = evaluator.value(of: shape.type)
    var reading = Reading(type: nil, id: "", time: time)
    if type.tag == .text, type.length > 0 {
      reading.type = String(decoding: type.bytes, as: UTF8.self)
    }
    guard shape.id >= 0 else { return reading }
    let id = evaluator.value(of: shape.id)
    switch id.tag {
    case .text: reading.id = String(decoding: id.bytes, as: UTF8.self)
    case .int: reading.id = String(id.int)
    default: break
    }
    return reading
  }

  /// The event's type as a rule's file reads it.
  package func type(for rule: Int) -> String? { readings[Int(inquiry.rows[rule].shape)].type }

  /// The event's type as the first file reads it that finds one.
  package var type: String? { readings.lazy.compactMap(\.type).first }

  /// The event's id as the first file reads it that finds one; empty where none does.
  package var id: String { readings.first { !$0.id.isEmpty }?.id ?? "" }

  /// What rules take for the present time.
  package func time(for rule: Int) -> Int64 {
    let time = readings[Int(inquiry.rows[rule].shape)].time
    return time == .min ? now : time
  }
}

extension Examination {
  /// Turns to a rule: what is asked next is asked for it.
  ///
  /// - Parameters:
  ///   - rule: its number.
  ///   - view: what is known of the contact it is about, before the event.
  /// - Returns: whether the rule fires for the event, and if not, why.
  package mutating func turn(to rule: Int, knowing view: ContactView? = nil) -> Standing {
    let row = inquiry.rows[rule]
    prepare(row, view)
    guard program.isRuleEnabled[rule] else { return .isSwitchedOff }
    guard listens(rule) else { return .isOfOtherType }
    return switch evaluator.all(of: row.predicates) {
    case .isFalse: .isFalse
    case .isTrue: .holds
    case .isUnknown: .isUnknown
    }
  }

  /// Each rule that reads the contact may be about another one, so it begins with a fresh event.
  private mutating func prepare(_ row: RuleRow, _ view: ContactView?) {
    // The event was parsed before, so it parses again.
    if row.readsContact {
      let time = readings[Int(row.shape)].time
      _ = load(at: time == .min ? now : time)
      evaluator.show(view ?? ContactView(values: program.contactSlots.map { _ in nil }))
      shape = -1
    } else if program.nowSlot < 0 ? shape < 0 : shape != row.shape {
      _ = load(at: now)
      _ = reading(of: program.shapes[Int(row.shape)])
      shape = row.shape
    }
  }

  private mutating func listens(_ rule: Int) -> Bool {
    listeners(of: readings[Int(inquiry.rows[rule].shape)].type)[rule]
  }

  /// Whether each rule listens to a type, if it is one of its file's.
  private mutating func listeners(of type: String?) -> [Bool] {
    if let known = listening[type ?? ""] { return known }
    if listening.count >= Self.typeLimit { listening.removeAll() }
    let all = inquiry.triggers.map { $0.listens(to: type) }
    listening[type ?? ""] = all
    return all
  }

  /// The rules that listen to the event and are not switched off, in firing order.
  package mutating func listeners() -> [Int] {
    let all = readings.map { listeners(of: $0.type) }
    return inquiry.rows.indices.filter { rule in
      program.isRuleEnabled[rule] && all[Int(inquiry.rows[rule].shape)][rule]
    }
  }

  /// Whom the rule is about, as a URN or uuid; nil where no identifier is usable, or none is needed.
  package mutating func contact(of rule: Int) -> String? {
    let reference = inquiry.rows[rule].contact
    guard reference >= 0 else { return nil }
    let key = writer.key(of: reference, &evaluator, &log)
    return key >= 0 ? log.string(log.keys[Int(key)].text) : nil
  }

  /// Whether the rule has nothing to write to, and would write to a contact.
  package mutating func lacksContact(_ rule: Int) -> Bool {
    let row = inquiry.rows[rule]
    guard row.contact >= 0, contact(of: rule) == nil else { return false }
    let actions = Int(row.actions.first)..<Int(row.actions.first + row.actions.count)
    return actions.contains { program.actions[$0].kind.isAboutContact }
  }

  /// Whether a line holds; nil where that is unknown.
  package mutating func holds(_ condition: Inquiry.Condition) -> Bool? {
    switch evaluator.answer(of: condition.row) {
    case .isTrue: true
    case .isFalse: false
    case .isUnknown: nil
    }
  }

  /// What an expression comes to.
  package mutating func value(of question: Inquiry.Question) -> Answer {
    let value = evaluator.value(of: question.entry)
    if let literal = evaluator.scratch.literal(of: value) { return .value(literal) }
    guard value.tag == .unknown else {
      return .unknown(.unrepresentable, path: [], found: .missing)
    }
    let sites = program.cel.sites
    let site = Int(value.site)
    return .unknown(
      Value.Reason(rawValue: value.reason) ?? .missing,
      path: site < sites.count ? sites[site].path : [],
      found: UInt8(exactly: value.bits).flatMap(Value.Tag.init) ?? .missing)
  }

  /// What an expression comes to.
  package enum Answer: Sendable {
    case value(Literal)
    /// Why there is no value, where that arose, and what stood there instead.
    case unknown(Value.Reason, path: [String], found: Value.Tag)
  }
}
