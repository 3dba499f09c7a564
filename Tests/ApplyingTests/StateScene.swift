import CEL
import Contacts
import Execution
import Foundation
import Plans
import Pulling
import Simulator
import StateStore

@testable import Applying

/// A state directory that was pulled from the workspace of a scene.
final class StateScene {
  static let host = "flows.weni.ai"

  let scene: ApplyScene
  let directory: String

  init(_ scene: ApplyScene) async throws {
    self.scene = scene
    directory = scene.journal + ".state"
    let api = scene.api
    let now: @Sendable () -> PointInTime = { PointInTime(microseconds: api.clock.now.microseconds) }
    var puller = try Puller(
      over: scene.server, into: ContactStore(directory, for: .writing),
      options: .init(dialect: scene.plan.head.dialect, host: Self.host, callLimit: 1_000),
      clock: PullClock(now: now, sleep: { _ in }))
    _ = try await puller.run()
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  /// Applies the plan, or what is left of it, into the directory.
  @discardableResult
  func apply(
    over transport: (any Transport)? = nil, moves: URNMoves = .setAside, host: String = host
  ) async throws -> ApplyReport {
    let api = scene.api
    let store = try ContactStore(directory, for: .writing)
    return try await scene.apply(
      over: transport, moves: moves, attempts: transport == nil ? 8 : 1,
      into: .init(
        store, host: host, now: { PointInTime(microseconds: api.clock.now.microseconds) }))
  }

  /// One contact of the directory.
  struct Known {
    var version: String
    var isInDoubt: Bool
    var body: String
  }

  /// What the directory says of contacts, by uuid.
  var known: [String: Known] {
    get throws {
      var known: [String: Known] = [:]
      try ContactStore(directory, for: .reading).reading { reading in
        try reading.forEachContact { contact in
          guard let row = ContactRow(answer: Array(contact.body)) else { return }
          known[row.uuid] = Known(
            version: ContactVersion.checksum(of: row.body, without: []),
            isInDoubt: contact.knownAt == nil, body: row.body)
        }
      }
      return known
    }
  }

  var inventory: Literal {
    get throws {
      let text = try ContactStore(directory, for: .reading).reading { try $0.inventory } ?? []
      var coder = JSONCoder()
      return try text.withUnsafeBytes { try coder.value(of: $0) }
    }
  }

  /// Versions of the server's contacts, by uuid.
  var actual: [String: Known] {
    get async throws {
      var actual: [String: Known] = [:]
      for contact in try await list("contacts") {
        var coder = JSONCoder()
        let body = String(decoding: coder.bytes(of: contact), as: UTF8.self)
        actual[contact["uuid"]?.text ?? ""] = Known(
          version: ContactVersion.checksum(of: body, without: []), isInDoubt: false, body: body)
      }
      return actual
    }
  }

  func list(_ endpoint: String) async throws -> [Literal] {
    let answer = try await scene.server.send(
      APIRequest(method: "GET", target: "/api/v2/\(endpoint).json"))
    var coder = JSONCoder()
    return try answer.body.withUnsafeBytes { try coder.value(of: $0) }["results"]?.items ?? []
  }

  /// What the directory says that the server does not, sure as it is.
  var untruths: [String] {
    get async throws {
      let actual = try await actual
      return try known.compactMap { uuid, known in
        known.isInDoubt || known.version == actual[uuid]?.version
          ? nil : "\(known.body) is \(actual[uuid]?.body ?? "deleted")"
      }.sorted()
    }
  }
}
