private import Glibc
private import NIOCore
private import NIOHTTP1
private import NIOPosix

/// Shows pages over HTTP while something else is done.
package struct TelemetryServer: Sendable {
  /// What is at an address.
  package struct Page: Sendable, Equatable {
    package var status: Int
    package var contentType: String
    package var text: String

    package init(status: Int = 200, contentType: String, text: String) {
      self.status = status
      self.contentType = contentType
      self.text = text
    }
  }

  private let host: String
  private let port: Int
  private let page: @Sendable (_ path: String) -> Page?

  /// A server of the pages that `page` gives, at a port or at any that is free (0).
  package init(host: String, port: Int, page: @escaping @Sendable (_ path: String) -> Page?) {
    self.host = host
    self.port = port
    self.page = page
  }

  /// Shows the pages for as long as the body takes, which begins once they can be read.
  ///
  /// - Throws: what the body throws, or a ``Failure`` where nobody can listen at the address.
  package func serve<Result>(_ body: (_ port: Int) async throws -> Result) async throws -> Result {
    let channel: any Channel
    do {
      channel = try await listen()
    } catch {
      throw Failure(host: host, port: port, error)
    }
    do {
      let result = try await body(channel.localAddress?.port ?? port)
      try? await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private func listen() async throws -> any Channel {
    let gauge = ConnectionCount()
    return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 64)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [page] channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: .seconds(10)))
          try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
          try pipeline.addHandler(PageHandler(page, count: gauge))
        }
      }
      .bind(host: host, port: port).get()
  }

  /// Why nobody can listen at an address.
  package struct Failure: Error {
    package var host: String
    package var port: Int
    package var reason: String

    fileprivate init(host: String, port: Int, _ error: any Error) {
      self.host = host
      self.port = port
      switch error {
      case let error as IOError: reason = String(cString: strerror(error.errnoCode))
      case is SocketAddressError: reason = "no such host"
      default: reason = "\(error)"
      }
    }
  }
}
