package import Contacts
import Foundation
package import Simulator

/// Sends the requests of recordings to the simulated server and compares what comes back.
package struct Replayer: Sendable {
  private let setups: [RecordedSetup]
  /// Makes the way to the server: in this process, or over a connection.
  private let connect: @Sendable (SimulatedAPI) async throws -> any Transport

  package init(
    setups: [RecordedSetup],
    connect: @escaping @Sendable (SimulatedAPI) async throws -> any Transport = { $0 }
  ) {
    self.setups = setups
    self.connect = connect
  }

  package struct Outcome: Sendable {
    package var recording: Recording
    /// Why the scenario was not replayed.
    package var omission: String?
    package var judged = 0
    package var matched = 0
    package var withCaveat = 0
    package var differences: [String] = []
  }

  package func replay(_ recording: Recording) async throws -> Outcome {
    var outcome = Outcome(recording: recording)
    guard let setup = setups.first(where: { $0.setup == recording.setup }) else {
      outcome.omission = "no state file stands for `\(recording.setup ?? "")`"
      return outcome
    }
    let start = Timestamp(microseconds: 1_795_435_200_000_000)
    var workspace = try StateFile.read(
      Array(setup.state.text.utf8), dialect: recording.dialect, at: start)
    try StateFile.apply(
      Array(Self.identity(of: recording, setup).text.utf8), to: &workspace, at: start)
    let api = SimulatedAPI(workspace, clock: .virtual(now: start, step: .milliseconds(1)))
    let transport = try await connect(api)
    var correspondence = Correspondence()
    // Requests that a stand-in let pass otherwise than the server would: each may have left a contact.
    var strangers = 0
    for exchange in recording.exchanges {
      try change(api, before: exchange, by: setup)
      let answer = try await transport.send(request(exchange, correspondence, recording))
      var comparison = AnswerComparison(exchange, correspondence)
      comparison.strangerLimit = strangers
      let difference = comparison.difference(answer)
      correspondence = comparison.correspondence
      if exchange.hasCaveat {
        outcome.withCaveat += 1
        if answer.status != exchange.status { strangers += 1 }
        continue
      }
      outcome.judged += 1
      if let difference {
        outcome.differences.append(
          "\(exchange.step) \(exchange.method) \(exchange.target): \(difference)")
      } else {
        outcome.matched += 1
      }
    }
    return outcome
  }

  private func change(
    _ api: SimulatedAPI, before exchange: Exchange, by setup: RecordedSetup
  ) throws {
    for change in setup.changes ?? [] where change.comes(before: exchange) {
      if let advance = change.advance {
        var clock = api.clock
        clock.advance(by: .seconds(advance))
        api.clock = clock
      }
      guard let state = change.state else { continue }
      var workspace = api.workspace
      try StateFile.apply(Array(state.text.utf8), to: &workspace, at: api.clock.now)
      api.workspace = workspace
    }
  }

  private func request(
    _ exchange: Exchange, _ correspondence: Correspondence, _ recording: Recording
  ) -> APIRequest {
    var headers = exchange.headers.map { APIHeader($0.name, $0.value) }
    if exchange.auth == "token", headers.value(of: "Authorization") == nil {
      headers.append(APIHeader("Authorization", "Token \(Self.token(of: recording))"))
    }
    let isWithoutType = exchange.label.hasPrefix("no Content-Type")
    if exchange.body != nil, !isWithoutType, headers.value(of: "Content-Type") == nil {
      headers.append(APIHeader("Content-Type", "application/json"))
    }
    headers.append(APIHeader("Host", "127.0.0.1"))
    return APIRequest(
      method: exchange.method, target: correspondence.translatedTarget(exchange.target),
      headers: headers, body: Array(correspondence.translated(exchange.body ?? "").utf8))
  }

  /// The name and the tokens that the recorded server had.
  private static func identity(of recording: Recording, _ setup: RecordedSetup) -> RecordedValue {
    var tokens = ["admin@example.com": token(of: recording)]
    for exchange in recording.exchanges {
      guard let email = setup.users?[exchange.label],
        let header = exchange.headers.first(where: { $0.name == "Authorization" })
      else { continue }
      tokens[email] = header.value.split(separator: " ").last.map(String.init)
    }
    let users = tokens.sorted { $0.key < $1.key }.map { email, token in
      RecordedValue.object(["email": .string(email), "tokens": .list([.string(token)])])
    }
    return .object([
      // The service behind the recorded servers was a stand-in, which moves times more often.
      "workspace": .object([
        "name": .string(recording.scenario), "touch_unchanged": .bool(true),
      ]),
      "users": .list(users),
    ])
  }

  /// The token of the first administrator, as far as labels show where it stands in a header.
  private static func token(of recording: Recording) -> String {
    for exchange in recording.exchanges {
      guard let header = exchange.headers.first(where: { $0.name == "Authorization" }) else {
        continue
      }
      if exchange.label.hasSuffix(" <token>"), exchange.status == 200,
        let token = header.value.split(separator: " ").last
      {
        return String(token)
      }
    }
    return Workspace.firstToken
  }
}
