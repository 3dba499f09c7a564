import CEL
import Contacts
import Planning
import Synchronization

@testable import Execution

/// Watches what requests come to, read as the code under test reads it.
final class OutcomeWitness: Transport {
  struct Sight: Sendable {
    var request: APIRequest
    var outcomes: [RequestOutcome]
  }

  private let base: any Transport
  private let profile: APIProfile
  private let seen = Mutex<[Sight]>([])

  init(_ base: any Transport, _ profile: APIProfile) {
    self.base = base
    self.profile = profile
  }

  var sights: [Sight] { seen.withLock(\.self) }

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let result: Result<APIAnswer, TransportFailure>
    do throws(TransportFailure) { result = .success(try await base.send(request)) } catch {
      result = .failure(error)
    }
    let sight = Sight(request: request, outcomes: outcomes(of: result, to: request))
    seen.withLock { $0.append(sight) }
    return try result.get()
  }

  private func outcomes(
    of result: Result<APIAnswer, TransportFailure>, to request: APIRequest
  ) -> [RequestOutcome] {
    let first = RequestOutcome(result, to: request)
    guard case .success(let answer) = result else { return [first] }
    var coder = JSONCoder()
    let body = answer.body.withUnsafeBytes { try? coder.value(of: $0) }
    switch first {
    case .unnamed, .noRoom:
      return Complaint.read(body, status: answer.status).map { complaint in
        let outcome = complaint.outcome(profile)
        // Nobody can be asked to give up a URN that a new contact was to have.
        return outcome == .namedPart && request.target == Endpoint.contacts.rawValue
          ? .takenURN : outcome
      }
    case .notAllowed:
      guard case .refused(let complaints)? = try? Reply(answer, body: body, to: request) else {
        return [first]
      }
      return complaints.map { $0.outcome(profile) }
    case .done where request.method == "GET" && body?["results"]?.items?.isEmpty == true:
      return request.target.hasPrefix(Endpoint.groups.rawValue) ? [.noGroup] : [first]
    default: return [first]
    }
  }
}
