import Contacts

/// The JSON of a script of faults, documented in `docs/simulator.md`.
package enum FaultFile {
  /// Reads a script; `seed` counts where the file names none.
  package static func read(
    _ bytes: [UInt8], seed: UInt64 = 0
  ) throws(StateFailure) -> FaultPlan {
    let root = try StateNode(bytes)
    try root.checkKeys(["seed", "faults"])
    var faults: [Fault] = []
    for node in try root["faults"]?.items() ?? [] { faults.append(try fault(node)) }
    let written = try root["seed"]?.integer(in: 0...Int.max)
    return FaultPlan(faults, seed: written.map(UInt64.init) ?? seed)
  }

  /// Reads one fault, as it stands in the list of a file.
  package static func readFault(_ bytes: [UInt8]) throws(StateFailure) -> Fault {
    try fault(StateNode(bytes))
  }

  private static let effectKeys: [StaticString] = [
    "answer", "delay", "slow", "truncate", "delete", "jump",
  ]
  private static let answerKeys: [StaticString] = ["applied", "body", "retry_after"]

  private static func fault(_ node: StateNode) throws(StateFailure) -> Fault {
    try node.checkKeys(["on", "from", "every", "times", "chance"] + effectKeys + answerKeys)
    let named = effectKeys.filter(node.has)
    guard named.count == 1 else {
      let words = effectKeys.map { "`\($0)`" }.joined(separator: ", ")
      throw node.failure("one of \(words) is needed")
    }
    for key in answerKeys where node.has(key) && !node.has("answer") {
      throw node.failure("`\(key)` goes with `answer`")
    }
    return Fault(try effect(node), on: try matcher(node["on"]), at: try occasions(node))
  }

  private static func matcher(_ node: StateNode?) throws(StateFailure) -> RequestMatcher {
    guard let node else { return RequestMatcher() }
    try node.checkKeys(["method", "path", "contact"])
    return RequestMatcher(
      method: try node["method"]?.string(), path: try node["path"]?.string(),
      contact: try node["contact"]?.string())
  }

  private static func occasions(_ node: StateNode) throws(StateFailure) -> Occasions {
    Occasions(
      first: try node["from"]?.integer(in: 1...Int.max) ?? 1,
      every: try node["every"]?.integer(in: 1...Int.max) ?? 1,
      times: try node["times"]?.integer(in: 0...Int.max),
      chance: try node["chance"]?.number(in: 0...1) ?? 1)
  }

  private static func effect(_ node: StateNode) throws(StateFailure) -> Fault.Effect {
    if let delay = node["delay"] { return .delay(try range(delay)) }
    if let jump = node["jump"] { return .jump(try jump.duration()) }
    if let slow = node["slow"] { return .slow(bytesPerSecond: try slow.integer(in: 1...1 << 40)) }
    if let cut = node["truncate"] { return .truncate(byteCount: try cut.integer(in: 0...Int.max)) }
    if let count = node["delete"] { return .partialDelete(count: try count.integer(in: 0...100)) }
    guard let answer = node["answer"] else { throw node.failure("an effect is not null") }
    return try self.answer(answer, of: node)
  }

  private static func range(_ node: StateNode) throws(StateFailure) -> ClosedRange<Duration> {
    guard node.isText else {
      let delay = try node.duration()
      guard delay >= .zero else { throw node.failure("cannot be negative") }
      return delay...delay
    }
    guard let range = WrittenDuration.range(try node.string()) else {
      throw node.failure("must be a duration such as `250ms`, or `100ms..2s`")
    }
    return range
  }

  private static func answer(
    _ node: StateNode, of fault: StateNode
  ) throws(StateFailure) -> Fault.Effect {
    let application: Fault.Application = try fault["applied"]?.flag() ?? false ? .done : .skipped
    if node.isText {
      guard try node.string() == "reset" else {
        throw node.failure("must be a status or `reset`")
      }
      for key in ["body", "retry_after"] as [StaticString] where fault.has(key) {
        throw fault.failure("`\(key)` goes with a status")
      }
      return .reset(application)
    }
    let status = try node.integer(in: 200...599)
    let seconds = try fault["retry_after"]?.integer(in: 0...86_400)
    var answer = FaultAnswer.standard(status, retryAfter: seconds)
    if let body = fault["body"] { FaultAnswer.set(body.value, of: &answer) }
    return .answer(answer, application)
  }
}
