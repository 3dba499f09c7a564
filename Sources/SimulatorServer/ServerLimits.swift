/// What one client, and all together, may take of the server.
package struct ServerLimits: Sendable {
  /// Connections at a time; more wait until one ends.
  package var connectionCount = 12_000
  /// Connections that the system keeps while the server takes no more.
  package var waitingConnectionCount = 1_024
  /// First line and headers of a request.
  package var headByteCount = 64 << 10
  /// The longest body; what the real servers' parts take (32 to 50 MB) fits.
  package var bodyByteCount = 64 << 20
  /// The line before a chunk, and a trailer.
  package var chunkLineByteCount = 4 << 10
  /// Bytes held for all connections together.
  ///
  /// These are bodies that are not answered yet, and answers that are not taken yet. Buffers grow by
  /// doubling, so the memory may be twice as much.
  package var heldByteCount = 512 << 20
  /// How long a connection may rest between two requests.
  package var idleTime = Duration.seconds(75)
  /// How long a request may take to arrive, but for ``receivedBytesPerSecond``.
  package var requestTime = Duration.seconds(20)
  /// What a slow client must send to be waited for any longer.
  package var receivedBytesPerSecond = 16 << 10
  /// How long a client may take for the 64 KiB of an answer that wait in the connection.
  package var answerTime = Duration.seconds(20)
  /// How long the rest of a refused request is read, so that its client sees the answer.
  package var lingerTime = Duration.seconds(2)
  /// How long a client has to end its connection before a body comes that HTTP does not allow.
  package var strayBodyDelay = Duration.milliseconds(50)
  /// How long requests may still be answered after a stop.
  package var stopTime = Duration.seconds(5)

  package static let standard = ServerLimits()

  package init() {}
}
