import CEL
import Contacts
import Planning

/// What the server said to a request that it took.
enum Reply {
  case accepted(Literal?)
  case missing(words: String)
  case refused([Complaint])

  /// Reads an answer; one that says nothing about the request itself ends the run.
  init(_ answer: APIAnswer, body: Literal?, to request: Request) throws(Interruption) {
    let words = body?["detail"]?.text ?? ""
    switch answer.status {
    case 200..<300:
      if body == nil, request.needsAnswer {
        throw Interruption(
          cause: .unexpected(status: answer.status), mayBeApplied: request.writes)
      }
      self = .accepted(body)
    case 400, 409:
      let complaints = Complaint.read(body, status: answer.status)
      if let blocked = complaints.first(where: { $0.blame == .workspace }) {
        throw Interruption(cause: .notAllowed(words: blocked.words), mayBeApplied: false)
      }
      self = .refused(complaints)
    case 404: self = .missing(words: words.isEmpty ? "Not found." : words)
    case 401, 403:
      guard words.hasSuffix(" system object.") else {
        throw Interruption(cause: .notAllowed(words: words), mayBeApplied: false)
      }
      self = .refused([Complaint(blame: .call, words: words)])
    case 429:
      throw Interruption(
        cause: .throttled(retryAfterSeconds: answer.header("Retry-After").flatMap { Int($0) }),
        mayBeApplied: false)
    case 500...:
      throw Interruption(
        cause: .serverError(status: answer.status), mayBeApplied: request.writes)
    default:
      throw Interruption(cause: .unexpected(status: answer.status), mayBeApplied: request.writes)
    }
  }
}

extension Request {
  /// Whether an accepted request says something that later ones need.
  fileprivate var needsAnswer: Bool {
    method == .get || (method == .post && endpoint == .contacts)
  }
}
