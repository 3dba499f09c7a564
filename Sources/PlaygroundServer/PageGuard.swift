private import Foundation
internal import HTTPTypes
internal import Hummingbird
import Synchronization

/// Lets only the page itself in: whoever opened it with the token that the terminal showed, once.
///
/// A page of somebody else's in the same browser may send requests here, and may have its own name lead
/// here; so the name of the host, the origin and a cookie are asked for.
struct PageGuard<Context: RequestContext>: RouterMiddleware {
  private static var cookieName: String { "regra-playground" }

  let hosts: PageHosts
  let secrets: PageSecrets

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await judged(request, context, next)
    for (name, value) in Self.headers { response.headers[name] = value }
    return response
  }

  private func judged(
    _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let host = request.head.authority, hosts.allows(host) else {
      return Response(status: .misdirectedRequest)
    }
    if let origin = request.headers[.origin], origin != "http://\(host)" {
      return Response(status: .forbidden)
    }
    if let site = request.headers[Self.fetchSite], site != "same-origin", site != "none" {
      return Response(status: .forbidden)
    }
    if let token = request.uri.queryParameters["token"].map(String.init) {
      guard let session = secrets.open(token) else { return Response(status: .unauthorized) }
      let cookie = "\(Self.cookieName)=\(session); Path=/; HttpOnly; SameSite=Strict"
      // The token does not stay in the address.
      return Response(
        status: .seeOther, headers: [.location: "/", .setCookie: cookie])
    }
    guard request.cookies[Self.cookieName].map({ secrets.isSession($0.value) }) ?? false else {
      return Response(status: .unauthorized)
    }
    if request.method != .get, request.headers[Self.ownHeader] == nil {
      return Response(status: .forbidden)
    }
    return try await next(request, context)
  }

  private static var ownHeader: HTTPField.Name { .init(parsed: "x-regra") }
  private static var fetchSite: HTTPField.Name { .init(parsed: "sec-fetch-site") }

  private static var headers: [(HTTPField.Name, String)] {
    [
      (
        .contentSecurityPolicy,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
      ),
      (.xContentTypeOptions, "nosniff"), (.cacheControl, "no-store"),
      (.init(parsed: "referrer-policy"), "no-referrer"),
      (.init(parsed: "cross-origin-opener-policy"), "same-origin"),
      (.init(parsed: "cross-origin-resource-policy"), "same-origin"),
    ]
  }
}

extension HTTPField.Name {
  /// A name that is known to be one.
  fileprivate init(parsed name: String) {
    guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no header") }
    self = field
  }
}

/// The token that opens the page, once, and the secret of the session that it opens.
final class PageSecrets: Sendable {
  let token = PageSecrets.random()
  private let session = PageSecrets.random()
  private let isUsed = Mutex(false)

  /// The session's secret for the token; nothing the second time.
  func open(_ token: String) -> String? {
    guard token == self.token else { return nil }
    return isUsed.withLock { isUsed in
      guard !isUsed else { return nil }
      isUsed = true
      return session
    }
  }

  func isSession(_ secret: String) -> Bool { secret == session }

  private static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
  }
}

/// The names under which the page may be asked for.
final class PageHosts: Sendable {
  private let names = Mutex<Set<String>>([])

  func allow(port: Int) {
    names.withLock { $0 = ["127.0.0.1:\(port)", "localhost:\(port)"] }
  }

  func allows(_ name: String) -> Bool { names.withLock { $0.contains(name) } }
}
