import CEL
import Contacts
import Planning

/// What the server said to a request that it took.
enum Reply {
  case accepted(Literal?)
  case missing(words: String)
  case refused([Complaint])

  /// Reads an answer; one that says nothing about the request itself ends the run.
  init(_ answer: APIAnswer, body: Literal?, to request: APIRequest) throws(Interruption) {
    let words = body?["detail"]?.text ?? ""
    let outcome = RequestOutcome(.success(answer), to: request)
    let writes = request.method != "GET"
    switch outcome {
    case .emptyAnswer: self = .accepted(body)
    case .done:
      guard let body else {
        throw Interruption(cause: .unexpected(status: answer.status), mayBeApplied: writes)
      }
      self = .accepted(body)
    case .unknownContact, .gone, .noGroup:
      self = .missing(words: words.isEmpty ? "Not found." : words)
    case .unnamed, .noRoom:
      let complaints = Complaint.read(body, status: answer.status)
      if let blocked = complaints.first(where: { $0.blame == .workspace }) {
        throw Interruption(cause: .notAllowed(words: blocked.words), mayBeApplied: false)
      }
      self = .refused(complaints)
    case .notAllowed:
      guard words.hasSuffix(" system object.") else {
        throw Interruption(cause: .notAllowed(words: words), mayBeApplied: false)
      }
      self = .refused([Complaint(blame: .systemObject, words: words)])
    case .throttled:
      throw Interruption(
        cause: .throttled(retryAfterSeconds: answer.retryAfterSeconds.map { Int($0) }),
        mayBeApplied: false)
    case .serverError, .overdueRequest, .foreignAnswer, .lostCreation:
      throw Interruption(cause: .serverError(status: answer.status), mayBeApplied: writes)
    case .redirected, .otherRefusal, .existing, .namedPart, .inactiveContacts,
      .unknownURN, .takenURN, .groupInUse, .systemObject, .suspended, .reset, .timedOut,
      .truncated, .unreachable:
      throw Interruption(cause: .unexpected(status: answer.status), mayBeApplied: writes)
    }
  }
}
