import CEL
import Contacts
import Knowledge

/// What rules that read `contact` asked for, once the contact's state before the event was known.
struct FinishedRules {
  var mutations: [Log.Mutation] = []
  var keys: [Log.ContactKey] = []
  var bytes: [UInt8] = []
  var firings: [Int32] = []
  var outcomes: [Log.Outcome] = []
}

/// Finishes, in event order, the rules that read `contact`.
struct DeferredRules: ~Copyable {
  private let program: Program
  private var evaluator: EventEvaluator
  private var writer: MutationWriter
  private var log = Log()
  private var text: [UInt8] = []

  init(_ program: Program) {
    self.program = program
    evaluator = EventEvaluator(program, byteLimit: 1 << 30)
    writer = MutationWriter(program)
  }

  /// Evaluates the deferred rules of an event against what is known of its contacts before it.
  mutating func finish(
    _ event: Log.Event, _ rest: Log.Rest, _ source: borrowing Log,
    _ memory: inout ContactMemory, _ snapshot: inout ContactSnapshot
  ) -> FinishedRules {
    log.reset()
    text.removeAll(keepingCapacity: true)
    text.append(contentsOf: source.text(rest.raw))
    let count = text.count
    text.append(contentsOf: repeatElement(0, count: 64))
    var result = FinishedRules()
    let now = event.time != Int64.min ? event.time : rest.now
    text.withUnsafeBytes { bytes in
      let record = UnsafeRawBufferPointer(rebasing: bytes[..<count])
      for index in Int(rest.deferred.first)..<Int(rest.deferred.first + rest.deferred.count) {
        finish(source.deferred[index], record, now: now, &memory, &snapshot, &result)
      }
    }
    result.mutations = Array(log.mutations.elements)
    result.keys = Array(log.keys.elements)
    result.bytes = Array(log.bytes.elements)
    result.outcomes = Array(log.outcomes.elements)
    return result
  }

  private mutating func finish(
    _ row: Int32, _ record: UnsafeRawBufferPointer, now: Int64,
    _ memory: inout ContactMemory, _ snapshot: inout ContactSnapshot,
    _ result: inout FinishedRules
  ) {
    // The event was parsed before, so it parses again; each rule may be about another contact.
    guard (try? evaluator.load(record, now: now)) != nil else { return }
    let rule = program.rules.base[Int(row)]
    writer.begin(log: log)
    let key = rule.contact >= 0 ? writer.key(of: rule.contact, &evaluator, &log) : -1
    let name = key >= 0 ? log.string(log.keys[Int(key)].text) : nil
    evaluator.show(memory.view(of: name, &snapshot))
    switch evaluator.all(of: rule.predicates) {
    case .isFalse: return
    case .isUnknown:
      log.outcomes.append(
        Log.Outcome(kind: .unknown, refusal: nil, rule: rule.number, action: .note))
    case .isTrue:
      result.firings.append(rule.number)
      writer.write(rule, &evaluator, into: &log)
    }
  }
}
