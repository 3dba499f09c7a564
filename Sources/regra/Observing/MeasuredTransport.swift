import Contacts
import Delivery

/// Measures what passes through a transport.
struct MeasuredTransport: Transport {
  let base: any Transport
  let watch: RunWatch

  func send(_ request: APIRequest) async throws(TransportFailure) -> APIAnswer {
    let scope = QuotaScope(target: request.target)
    let start = ContinuousClock.now
    do throws(TransportFailure) {
      let answer = try await base.send(request)
      watch.answered(scope, .success(answer.status), in: .now - start)
      return answer
    } catch {
      watch.answered(scope, .failure(error), in: .now - start)
      throw error
    }
  }
}
