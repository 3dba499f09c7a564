import Execution
import Planning
import Pulling
import Sending
import StateStore

/// Takes one call to the server and says what must be written down of it.
struct Courier<Time: Clock> where Time.Duration == Duration {
  enum Outcome {
    case done(Done)
    case failed(Interruption)
    /// The state directory cannot be written; a sentence.
    case unwritten(String)
  }

  struct Done {
    var acknowledgement: Acknowledgement
    /// Lines that send again what was not taken.
    var lines: [String] = []
    var requestCount = 0
    /// Whether it made a field or group.
    var makesObject = false
  }

  private let call: Call
  private let place: CallPlace
  private let rules: [CallReader.Rule]
  private let gate: Gate<Time>
  private let reach: Reach
  private let delivery: Delivery<Time>
  private let needed: Set<Int>

  init(
    _ call: Call, at place: CallPlace, rules: [CallReader.Rule], gate: Gate<Time>, reach: Reach,
    delivery: Delivery<Time>, needed: Set<Int>
  ) {
    self.call = call
    self.place = place
    self.rules = rules
    self.gate = gate
    self.reach = reach
    self.delivery = delivery
    self.needed = needed
  }

  /// Sends the call until all was said of it; `isRepeated` where it may have been carried out already.
  func send(
    answers: [Int: KeptAnswer], isRepeated: Bool,
    latestCreation: StoppableClock<Time>.Instant,
    observe: @escaping @Sendable (WaitReason, Duration) -> Void
  ) async -> Outcome {
    let policy = delivery.options.retries
    let transport = RetryingTransport(
      CallTransport(gate, for: place), policy: policy, clock: delivery.clock, reach: reach,
      observe: observe)
    var executor = Executor(
      over: transport, profile: delivery.profile, clock: delivery.clock,
      urnMoves: delivery.options.urnMoves)
    executor.latestCreation = latestCreation
    var sender = CallSender(
      executor: executor, rules: rules,
      needed: needed.contains(call.number) || !answers.isEmpty
        ? Set(([call.number] + call.references).filter(needed.contains).map(CallPlace(call).with))
        : [],
      policy: policy, clock: delivery.clock, observe: observe)
    sender.restore(answers.map { (call: $0.key, answer: $0.value) }, of: call.batch)
    do throws(StoreFailure) {
      let doubted = try delivery.known?.begin(
        call, answers: Array(answers.values), isRepeated: isRepeated)
      switch await sender.send(call, isRepeated: isRepeated) {
      case .success(let acknowledgement):
        try delivery.known?.learn(sender.executor.findings, settling: doubted ?? .init())
        return .done(done(acknowledgement, sender, answers))
      case .failure(let interruption): return .failed(interruption)
      }
    } catch {
      return .unwritten(error.sentence)
    }
  }

  private func done(
    _ acknowledgement: Acknowledgement, _ sender: borrowing CallSender<StoppableClock<Time>>,
    _ answers: [Int: KeptAnswer]
  ) -> Done {
    var acknowledgement = acknowledgement
    acknowledgement.place = place
    let line = SetAsideLine(call, rules: rules, answers: answers)
    let makesObject =
      switch call.body {
      case .field, .group: true
      case .contact, .action, nil: false
      }
    return Done(
      acknowledgement: acknowledgement,
      lines: line.lines(for: sender.executor.setAside),
      requestCount: sender.executor.requestCount, makesObject: makesObject)
  }
}
