package import CEL
import Contacts
package import Pulling
package import Sending

/// Reads documents of the API until they are what was asked for.
package struct DocumentReader<Time: Clock>: Sendable where Time.Duration == Duration {
  let transport: RetryingTransport<Time>
  let policy: RetryPolicy
  let clock: Time

  package init(over transport: RetryingTransport<Time>, policy: RetryPolicy, clock: Time) {
    self.transport = transport
    self.policy = policy
    self.clock = clock
  }

  /// Reads what stands at an address.
  package func read<Part>(
    _ target: String, _ parse: (Document) -> Part?
  ) async throws(PullFailure) -> Part {
    var failed = 0
    while true {
      let outcome: RetryPolicy.Outcome
      do throws(TransportFailure) {
        let answer = try await transport.send(APIRequest(method: "GET", target: target))
        if answer.status == 200, let part = Self.parse(answer.body, parse) { return part }
        outcome = answer.status == 200 ? .brokenBody : .answer(answer)
      } catch {
        outcome = .failure(error)
      }
      guard outcome == .brokenBody,
        case .retry(let wait, _) = policy.decide(outcome, failed: failed, throttled: 0),
        (try? await clock.sleep(until: clock.now.advanced(by: wait), tolerance: nil)) != nil
      else { throw policy.lastWord(on: outcome) }
      failed += 1
    }
  }

  /// Reads all pages of a list; `target` has no cursor yet.
  package func forEachPage<Item>(
    of target: String, _ item: (Document, Value) -> Item?, _ body: ([Item]) -> Void
  ) async throws(PullFailure) {
    var cursor: String?
    var seen: Set<String> = []
    repeat {
      let joint = target.contains("?") ? "&" : "?"
      let page = try await read(target + (cursor.map { "\(joint)cursor=\($0)" } ?? "")) {
        document in
        ListingPage(document) { item(document, $0) }
      }
      body(page.items)
      cursor = page.cursor
      if let cursor, !seen.insert(cursor).inserted { throw .endlessPages }
    } while cursor != nil
  }

  private static func parse<Part>(_ body: [UInt8], _ parse: (Document) -> Part?) -> Part? {
    var parser = JSONParser(byteLimit: max(body.count, 1))
    return body.withUnsafeBytes { bytes in
      guard let document = try? parser.parseCopy(of: bytes) else { return nil }
      return parse(document)
    }
  }
}

extension RetryPolicy {
  /// What is said of an outcome that is not tried again.
  fileprivate func lastWord(on outcome: Outcome) -> PullFailure {
    guard
      case .giveUp(let failure) = decide(outcome, failed: attemptLimit, throttled: throttleLimit)
    else { return .noPage }
    return failure
  }
}
