/// What the server says to one request.
package struct APIAnswer: Sendable, Equatable {
  package var status: Int
  package var headers: [APIHeader]
  package var body: [UInt8]

  package init(status: Int, headers: [APIHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of this name; names are compared without regard to case.
  package func header(_ name: StaticString) -> String? { headers.value(of: name) }

  /// How many seconds to wait before the server is asked again, where it says so.
  package var retryAfterSeconds: Int64? { header("Retry-After").flatMap { Int64($0) } }
}
