package import Contacts

/// What can come of a request that is sent for a call.
///
/// What is done about each is a row of ``OutcomeTable``.
package enum RequestOutcome: Int, Sendable, CaseIterable {
  // It is so now.
  case done, emptyAnswer, existing, gone, noGroup
  // The server refuses a part, or is asked for one that it does not have.
  case namedPart, inactiveContacts, unknownURN, unknownContact, takenURN, unnamed
  // The server refuses the call.
  case groupInUse, noRoom, systemObject, otherRefusal
  // The server refuses any call for now.
  case throttled, notAllowed, suspended, redirected
  // There is no answer, or none of this API.
  case serverError, overdueRequest, foreignAnswer, reset, timedOut, truncated, lostCreation
  case unreachable

  /// What one attempt came to, as far as the request and the status tell it.
  package init(_ result: Result<APIAnswer, TransportFailure>, to request: APIRequest) {
    let outcome =
      switch result {
      case .success(let answer): Self(answer, to: request)
      case .failure(.unreachable): Self.unreachable
      case .failure(.reset): Self.reset
      case .failure(.timedOut): Self.timedOut
      case .failure(.truncated): Self.truncated
      }
    self = outcome.mayHideCreation && request.makesContact ? .lostCreation : outcome
  }

  private init(_ answer: APIAnswer, to request: APIRequest) {
    switch answer.status {
    case 204: self = request.asksForObject ? .foreignAnswer : .emptyAnswer
    case 200..<300: self = answer.isJSON ? .done : .foreignAnswer
    case 404 where !answer.isJSON: self = .foreignAnswer
    case 404 where request.method == "DELETE": self = .gone
    case 404: self = request.target.hasPrefix(Endpoint.groups.rawValue) ? .noGroup : .unknownContact
    default: self.init(refusal: answer.status)
    }
  }

  /// What a status means that is neither success nor 404.
  init(refusal status: Int) {
    self =
      switch status {
      case 300..<400: .redirected
      case 400: .unnamed
      case 401, 403: .notAllowed
      case 408: .overdueRequest
      case 409: .noRoom
      case 429: .throttled
      case 400..<500: .otherRefusal
      case 500...: .serverError
      default: .foreignAnswer
      }
  }

  /// Whether the server may have done what was asked for.
  private var mayHideCreation: Bool {
    switch self {
    case .serverError, .overdueRequest, .foreignAnswer, .reset, .timedOut, .truncated: true
    case .done, .emptyAnswer, .existing, .gone, .noGroup, .namedPart, .inactiveContacts,
      .unknownURN,
      .unknownContact, .takenURN, .unnamed, .groupInUse, .noRoom, .systemObject, .otherRefusal,
      .throttled, .notAllowed, .suspended, .redirected, .unreachable, .lostCreation:
      false
    }
  }
}

extension APIRequest {
  /// Whether doing it twice would make two contacts, or be refused: nobody was looked up.
  fileprivate var makesContact: Bool { method == "POST" && target == Endpoint.contacts.rawValue }

  /// Whether a success without a body is none.
  fileprivate var asksForObject: Bool {
    method == "GET" || method == "POST" && target.hasPrefix(Endpoint.contacts.rawValue)
  }
}

extension APIAnswer {
  /// Whether the body begins and ends as JSON of this API does, and a page or half an answer does not.
  fileprivate var isJSON: Bool {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = body.first(where: { !isBlank($0) }),
      let last = body.last(where: { !isBlank($0) })
    else { return false }
    return switch first {
    case UInt8(ascii: "{"): last == UInt8(ascii: "}")
    case UInt8(ascii: "["): last == UInt8(ascii: "]")
    default: false
    }
  }
}
