package import Execution
package import Planning
package import Pulling

/// Sends one call after the other and says what must be written down of each.
package struct CallSender<Time: Clock>: ~Copyable where Time.Duration == Duration {
  package var executor: Executor<Time>
  package let rules: [CallReader.Rule]
  /// The calls whose answers others are made of.
  package let needed: Set<CallPlace>
  package let policy: RetryPolicy
  package let clock: Time
  private let observe: @Sendable (WaitReason, Duration) -> Void

  package init(
    executor: consuming Executor<Time>, rules: [CallReader.Rule], needed: Set<CallPlace>,
    policy: RetryPolicy, clock: Time,
    observe: @escaping @Sendable (WaitReason, Duration) -> Void
  ) {
    self.executor = executor
    self.rules = rules
    self.needed = needed
    self.policy = policy
    self.clock = clock
    self.observe = observe
  }

  /// Puts back the answers of an earlier process.
  package mutating func restore(_ answers: [(call: Int, answer: KeptAnswer)], of batch: Int) {
    for (call, answer) in answers { executor.restore(answer, of: call, in: batch) }
  }

  /// What the calls that a call refers to were answered.
  package func answers(of call: Call) -> [KeptAnswer] {
    call.references.compactMap { executor.keptAnswer(of: $0) }
  }

  /// Sends a call; `isRepeated` where it may have been carried out already.
  package mutating func send(
    _ call: Call, isRepeated: Bool
  ) async -> Result<Acknowledgement, Interruption> {
    let setAsideCount = executor.setAside.count
    let skippedCount = executor.skippedCount
    let earlier = call.references.map { executor.keptAnswer(of: $0) }
    let outcome =
      call.newContact == nil
      ? await executor.carryOut(call) : await makeContact(call, isRepeated: isRepeated)
    switch outcome {
    case .notSent(let interruption), .unknown(let interruption): return .failure(interruption)
    case .acknowledged(let answer):
      var acknowledgement = Acknowledgement(CallPlace(call))
      acknowledgement.contacts = contacts(of: answer, call)
      acknowledgement.answers = answers(of: call, earlier)
      acknowledgement.refusals = executor.setAside[setAsideCount...].map {
        RefusedPart($0, rules: rules)
      }
      acknowledgement.skippedCount = executor.skippedCount - skippedCount
      return .success(acknowledgement)
    }
  }

  /// The contacts that a call has changed, but for those that it names so itself.
  private func contacts(of answer: CallAnswer, _ call: Call) -> [String] {
    guard call.method != .get else { return [] }
    let named = call.contactNames
    return switch answer {
    case .contact(let contact): named.contains(contact.uuid) ? [] : [contact.uuid]
    case .applied(let contacts): contacts.filter { !named.contains($0) }
    case .nobody, .done, .refused: []
    }
  }

  private func answers(
    of call: Call, _ earlier: [KeptAnswer?]
  ) -> [(call: Int, answer: KeptAnswer)] {
    var answers: [(call: Int, answer: KeptAnswer)] = []
    for (number, before) in zip(call.references + [call.number], earlier + [nil]) {
      guard needed.contains(CallPlace(call).with(number)),
        let answer = executor.keptAnswer(of: number), answer != before
      else { continue }
      answers.append((number, answer))
    }
    return answers
  }

  /// Makes a contact that was not looked up; doing so twice would be refused, so that before a second
  /// try whoever has its URNs is looked up.
  private mutating func makeContact(_ call: Call, isRepeated: Bool) async -> CallOutcome {
    var failed = 0
    var mayBeThere = isRepeated
    while true {
      var attempt = call
      if mayBeThere {
        switch await madeBefore(call) {
        case .success(let uuid):
          if let uuid { attempt.query = Call.Query(name: "uuid", value: .text(uuid)) }
        case .failure(let interruption): return .unknown(interruption)
        }
      }
      let outcome = await executor.carryOut(attempt)
      guard case .unknown = outcome, let wait = policy.wait(afterFailures: failed) else {
        return outcome
      }
      observe(.failure, wait)
      let deadline = clock.now.advanced(by: wait)
      guard (try? await clock.sleep(until: deadline, tolerance: nil)) != nil else { return outcome }
      failed += 1
      mayBeThere = true
    }
  }

  /// The contact that has all URNs of a call.
  private mutating func madeBefore(_ call: Call) async -> Result<String?, Interruption> {
    let urns = call.newContact ?? []
    guard let first = urns.first else { return .success(nil) }
    var lookUp = call
    lookUp.method = .get
    lookUp.query = Call.Query(name: "urn", value: .text(first))
    lookUp.body = nil
    switch await executor.carryOut(lookUp) {
    case .acknowledged(.contact(let contact)):
      let found = Set(contact.urns.map(\.urnIdentity))
      return .success(urns.allSatisfy { found.contains($0.urnIdentity) } ? contact.uuid : nil)
    case .acknowledged: return .success(nil)
    case .notSent(let interruption), .unknown(let interruption): return .failure(interruption)
    }
  }
}
