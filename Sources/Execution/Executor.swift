import CEL
package import Contacts
package import Planning

/// What becomes of a URN that belongs to another contact.
package enum URNMoves: Sendable {
  case allowed
  /// It is looked up first and set aside, as the API would move it without a word.
  case setAside
}

/// Carries out planned calls, one after the other, as `docs/calls.md` says.
///
/// It resolves answers, takes out what the server refuses and sends the rest again. It tries
/// nothing twice that the network or the server lost: who sends calls again decides that.
package struct Executor<Time: Clock>: ~Copyable where Time.Duration == Duration {
  /// What an earlier call of the batch has said.
  struct Answer {
    var contact: (uuid: String, urns: [String])?
    /// The URN by which a contact that is not there can be made.
    var urn: String?
    var group: String?
    var time: Time.Instant
    /// Whether the call made a field or group.
    var isNewObject = false
  }

  let profile: APIProfile
  let urnMoves: URNMoves
  var answers: [Int: Answer] = [:]
  /// What was not accepted so far, in order.
  package internal(set) var setAside: [SetAside] = []
  /// Contacts that were left out because they are not there and their calls say `skip`.
  package internal(set) var skippedCount = 0
  /// What the server said to the last call.
  package internal(set) var findings: [Finding] = []
  /// Requests that were sent.
  package private(set) var requestCount = 0

  private let transport: any Transport
  private let headers: [APIHeader]
  private let clock: Time
  private var coder = JSONCoder()
  /// Of the answers.
  var batch = 0
  /// When a field or group was made last; where it was before, this executor's beginning.
  package var latestCreation: Time.Instant

  /// An executor for one workspace.
  ///
  /// - Parameters:
  ///   - transport: what carries the requests.
  ///   - profile: the dialect of the workspace.
  ///   - headers: what every request carries, such as its authorization.
  ///   - clock: what waits for new fields and groups.
  ///   - urnMoves: what becomes of URNs of other contacts.
  package init(
    over transport: any Transport, profile: APIProfile, headers: [APIHeader] = [], clock: Time,
    urnMoves: URNMoves = .setAside
  ) {
    self.transport = transport
    self.profile = profile
    self.headers = headers
    self.clock = clock
    self.urnMoves = urnMoves
    latestCreation = clock.now
  }

  /// Carries out one call; those it refers to must have been carried out before.
  package mutating func carryOut(_ call: Call) async -> CallOutcome {
    if call.batch != batch {
      batch = call.batch
      answers.removeAll(keepingCapacity: true)
    }
    findings.removeAll(keepingCapacity: true)
    let noted = (setAside.count, skippedCount)
    do throws(Interruption) {
      try await waitForNewObjects(of: call)
      return .acknowledged(try await send(call))
    } catch {
      if case .unexpected(let status) = error.cause,
        OutcomeTable[RequestOutcome(refusal: status)].consequence == .callSetAside
      {
        // The server will never take it: all of it is set aside, so that the others may go on.
        setAside.removeSubrange(noted.0...)
        skippedCount = noted.1
        return .acknowledged(refuse(call, "status \(status)"))
      }
      return error.mayBeApplied ? .unknown(error) : .notSent(error)
    }
  }

  var now: Time.Instant { clock.now }

  private func waitForNewObjects(of call: Call) async throws(Interruption) {
    guard call.waitSeconds > 0 else { return }
    // What an earlier batch made is not among the calls of this one.
    let makers = call.after.compactMap { answers[$0] }.filter(\.isNewObject)
    let latest = makers.map(\.time).max() ?? latestCreation
    do {
      try await clock.sleep(
        until: latest.advanced(by: .seconds(call.waitSeconds)), tolerance: nil)
    } catch {
      throw Interruption(cause: .cancelled, mayBeApplied: false)
    }
  }

  private mutating func send(_ call: Call) async throws(Interruption) -> CallAnswer {
    switch (Endpoint(rawValue: call.path), call.method, call.body) {
    case (.contacts, .get, _): return try await find(call)
    case (.contacts, .post, .contact(let body)): return try await post(call, body)
    case (.contacts, .delete, _): return try await deleteContact(call)
    case (.actions, .post, .action(let action, let contacts, let group)):
      return try await act(call, BulkAction(name: action, group: group), on: contacts)
    case (.fields, .post, .field(let label, let type)):
      let body = Literal.object([("label", .string(label)), ("value_type", .string(type))])
      return try await make(call, .fields, body)
    case (.groups, .get, _): return try await findGroup(call)
    case (.groups, .post, .group(let name)): return try await post(call, group: name)
    case (.groups, .delete, _): return try await deleteGroup(call)
    default: return refuse(call, "this is no call of the contact API")
    }
  }

  /// Sends a request; a refusal is an answer too.
  mutating func send(_ request: Request) async throws(Interruption) -> Reply {
    requestCount += 1
    var wire = APIRequest(
      method: request.method.rawValue, target: request.target, headers: headers)
    if let body = request.body {
      wire.headers.append(APIHeader("Content-Type", "application/json"))
      wire.body = coder.bytes(of: body)
    }
    let answer: APIAnswer
    do {
      answer = try await transport.send(wire)
    } catch {
      throw Interruption(
        cause: .transport(error), mayBeApplied: request.writes && error != .unreachable)
    }
    let body = answer.body.withUnsafeBytes { try? coder.value(of: $0) }
    return try Reply(answer, body: body, to: wire)
  }

  // What becomes of calls.

  mutating func note(
    _ call: Call, contact: (uuid: String, urns: [String])? = nil, urn: String? = nil,
    group: String? = nil
  ) {
    answers[call.number] = Answer(contact: contact, urn: urn, group: group, time: clock.now)
  }

  mutating func setAside(
    _ item: SetAside.Item, of call: Call, _ words: String, contact: Int? = nil,
    _ advice: Advice? = nil
  ) {
    let because =
      contact.map { index in call.because.filter { ($0.contact ?? index) == index } }
      ?? call.because
    setAside.append(
      SetAside(
        batch: call.batch, call: call.number, item: item, words: words, advice: advice,
        because: because))
  }

  mutating func refuse(_ call: Call, _ words: String) -> CallAnswer {
    setAside(.call, of: call, words)
    return .refused
  }

  /// Whether the parts are found that a refusal does not name.
  func isHalved(_ complaint: Complaint) -> Bool {
    OutcomeTable[complaint.outcome(profile)].consequence == .halved
  }

  mutating func refuse(_ call: Call, _ complaint: Complaint) -> CallAnswer {
    setAside(.call, of: call, complaint.words, OutcomeTable[complaint.outcome(profile)].advice)
    return .refused
  }
}

/// What a run of calls came to.
package struct ExecutionReport: Sendable {
  /// One for each call, in order.
  package var outcomes: [CallOutcome] = []
  package var setAside: [SetAside] = []
  package var skippedCount = 0
  package var requestCount = 0
  /// Why the run ended before its last call.
  package var interruption: Interruption?

  package init() {}
}

extension Executor {
  /// Carries out calls in order until one is interrupted; the others are then not sent.
  package mutating func run(_ calls: some Sequence<Call>) async -> ExecutionReport {
    var report = ExecutionReport()
    let known = (setAside.count, skippedCount, requestCount)
    for call in calls {
      if var interruption = report.interruption {
        interruption.mayBeApplied = false
        report.outcomes.append(.notSent(interruption))
        continue
      }
      let outcome = await carryOut(call)
      report.outcomes.append(outcome)
      switch outcome {
      case .acknowledged: break
      case .notSent(let interruption), .unknown(let interruption):
        report.interruption = interruption
      }
    }
    report.setAside = Array(setAside[known.0...])
    report.skippedCount = skippedCount - known.1
    report.requestCount = requestCount - known.2
    return report
  }
}
