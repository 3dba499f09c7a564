import Foundation
import Testing

@testable import regra

private let shop = "playground/shop-orders"
/// Each command that only looks, at its main job.
private let lookers = [
  "check \(shop)/rules", "check \(shop)/rules --samples \(shop)/events.ndjson",
  "infer \(shop)/events.ndjson", "plan \(shop)/rules \(shop)/events.ndjson",
  "explain E0201", "explain \(shop)/rules --event \(shop)/events.ndjson --line 3",
  "diff \(shop)/rules rules/subscriptions \(shop)/events.ndjson", "play shop-orders",
  "play shop-orders --format json", "eval event.topic \(shop)/events.ndjson",
  "test rules/shop", "run \(shop)/rules \(shop)/events.ndjson",
]

@Suite("Commands that only look")
struct NoNetworkTests {
  private static let library = Result { try Preload.library("no-network") }

  /// How a command ends that may not open a socket: 99 where it tries.
  private func status(_ line: String) throws -> Int32 {
    let library = try Self.library.get()
    return try Command(shell: "REGRA_TOKEN=t LD_PRELOAD=\(library) regra \(line) >/dev/null 2>&1")
      .status
  }

  @Test("no socket is opened by a command that only looks", arguments: lookers)
  func looks(_ line: String) throws { #expect([0, 5].contains(try status(line))) }

  @Test("one that reaches a server is caught")
  func reaches() throws {
    #expect(try status("pull --url http://127.0.0.1:1") == 99)
    #expect(try status("play shop-orders --web --no-open") == 99)
  }
}
