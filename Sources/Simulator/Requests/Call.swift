internal import Contacts

/// One request on its way through an endpoint.
struct Call {
  var request: APIRequest
  var route: Route
  var method: Method
  var now: Timestamp
  /// A row of the users.
  var user: Int

  enum Method: Equatable {
    case get, post, delete, head, options
    case other(String)

    init(_ word: String) {
      self =
        switch word {
        case "GET": .get
        case "POST": .post
        case "DELETE": .delete
        case "HEAD": .head
        case "OPTIONS": .options
        default: .other(word)
        }
    }
  }

  var query: QueryValues { route.query }

  /// The address as the client knows it, for links.
  var origin: String { "http://\(request.header("Host") ?? "localhost")" }
}

/// What an endpoint answers where nothing is wrong.
enum Outcome {
  case json(Int, [UInt8])
  /// 204 without a body.
  case empty
  /// 204 with the two bytes of an empty JSON text.
  case emptyText

  static func written(_ status: Int = 200, _ write: (inout JSONWriter) -> Void) -> Outcome {
    var writer = JSONWriter()
    write(&writer)
    return .json(status, writer.bytes)
  }
}

extension Route.Endpoint {
  var scope: ThrottleScope {
    switch self {
    case .contacts, .contacts_lean: .contacts
    case .contact_actions, .fields, .groups, .workspace, .org, .root: .everything
    }
  }

  /// Whether the endpoint names its permission, so that methods are looked at last.
  var namesPermission: Bool {
    switch self {
    case .contact_actions, .workspace, .org, .root: true
    case .contacts, .contacts_lean, .fields, .groups: false
    }
  }

  /// Whether reading it without a suffix asks for its documentation, not for its objects.
  var isList: Bool {
    switch self {
    case .contacts, .contacts_lean, .fields, .groups: true
    case .contact_actions, .workspace, .org, .root: false
    }
  }

  func allows(_ method: Call.Method) -> Bool {
    switch (self, method) {
    case (.contact_actions, .get), (.contact_actions, .head), (_, .options), (_, .other): false
    case (_, .get), (_, .head): true
    case (.contacts, .post), (.contact_actions, .post), (.fields, .post), (.groups, .post): true
    case (_, .post): false
    case (.contacts, .delete), (.groups, .delete): true
    case (_, .delete): false
    }
  }
}
