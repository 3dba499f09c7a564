import Foundation
import Synchronization

/// A request that a server answered.
struct RelayedRequest {
  var method: String
  var target: String
  var body: String
  var status: Int
  var answer: String
  /// Whether the run may have heard the answer.
  var isHeard: Bool
}

/// Stands between a run and its server, keeps what both said, and outlives the server.
final class RecordingRelay: Sendable {
  private struct State {
    var server: UInt16
    var requests: [RelayedRequest] = []
    var connectionCount = 0
    /// Requests that the server has.
    var underWayCount = 0
    /// Counts servers: what an earlier one answered does not reach the run.
    var epoch = 0
    var isHeld = false
  }

  let port: UInt16
  private let listener: Int32
  private let condition = NSCondition()
  private let state: Mutex<State>

  init(to server: UInt16) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(port: 0)
    var count = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, count) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &count) == 0
      }
    }
    guard status else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    state = Mutex(State(server: server))
    Thread.detachNewThread { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        update { $0.connectionCount += 1 }
        Thread.detachNewThread { [self] in
          serve(client)
          close(client)
          update { $0.connectionCount -= 1 }
        }
      }
    }
  }

  /// Ends the relay; it is kept alive by its own threads until then.
  func end() { shutdown(listener, Int32(SHUT_RDWR)) }

  var requests: [RelayedRequest] { state.withLock(\.requests) }

  func forget() { update { $0.requests = [] } }

  /// Waits until the server has answered all that processes asked which have ended.
  func settle() throws {
    // Connections are accepted in order: behind this one none of theirs comes.
    let last = try Connection(port: port)
    last.finish()
    _ = try last.receive()
    wait { $0.connectionCount == 0 }
  }

  /// Waits for so many requests, or for something else.
  func wait(forRequests count: Int, orUntil isOver: @Sendable () -> Bool) {
    condition.lock()
    while !isOver(), state.withLock({ $0.requests.count < count }) {
      _ = condition.wait(until: Date(timeIntervalSinceNow: 0.02))
    }
    condition.unlock()
  }

  /// Has the server replaced once it has answered what it was asked; nobody hears these answers.
  func replaceServer(_ replace: () throws -> UInt16) throws {
    update { state in
      state.isHeld = true
      state.epoch += 1
    }
    wait { $0.underWayCount == 0 }
    let server = try replace()
    update { state in
      state.server = server
      state.isHeld = false
    }
  }

  private func update(_ body: (inout State) -> Void) {
    condition.lock()
    state.withLock { body(&$0) }
    condition.broadcast()
    condition.unlock()
  }

  private func wait(until isSo: (State) -> Bool) {
    condition.lock()
    while !state.withLock({ isSo($0) }) { condition.wait() }
    condition.unlock()
  }

  /// Waits until a server may be asked; its port and number.
  private func enter() -> (port: UInt16, epoch: Int) {
    condition.lock()
    defer { condition.unlock() }
    while true {
      let server = state.withLock { state -> (UInt16, Int)? in
        if state.isHeld { return nil }
        state.underWayCount += 1
        return (state.server, state.epoch)
      }
      if let server { return server }
      condition.wait()
    }
  }

  private func serve(_ client: Int32) {
    var incoming = MessageReader(client)
    var upstream: (connection: Connection, epoch: Int)?
    while let request = incoming.next(.request) {
      let (port, epoch) = enter()
      if upstream?.epoch != epoch {
        upstream = (try? Connection(port: port)).map { ($0, epoch) }
      }
      let answer = upstream.flatMap { Self.exchange(request, over: $0.connection) }
      let isHeard = state.withLock { $0.epoch == epoch }
      update { state in
        state.underWayCount -= 1
        if let answer { state.requests.append(Self.relayed(request, answer, isHeard)) }
      }
      guard let answer, isHeard, Self.send(answer.bytes, to: client), !answer.isLast else { return }
    }
  }

  private static func exchange(_ request: Message, over connection: Connection) -> Message? {
    guard (try? connection.send(request.bytes)) != nil else { return nil }
    return connection.withDescriptor { descriptor in
      var reader = MessageReader(descriptor)
      return reader.next(.answer)
    }
  }

  private static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func relayed(
    _ request: Message, _ answer: Message, _ isHeard: Bool
  ) -> RelayedRequest {
    let words = request.head.prefix { $0 != "\r\n" }.split(separator: " ")
    let status = answer.head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return RelayedRequest(
      method: String(words.first ?? ""), target: String(words.dropFirst().first ?? ""),
      body: request.body, status: status, answer: answer.body, isHeard: isHeard)
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return address
  }
}

/// A whole request or answer.
private struct Message {
  var bytes: [UInt8]
  var headByteCount: Int
  /// Whether its end is that of its connection.
  var isLast = false

  var head: String { String(decoding: bytes[..<headByteCount], as: UTF8.self) }
  var body: String { String(decoding: bytes[headByteCount...], as: UTF8.self) }
}

/// Reads messages off a socket that say their length, or end with their connection.
private struct MessageReader {
  enum Kind { case request, answer }

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next message; nothing where the other side ended before it was whole.
  mutating func next(_ kind: Kind) -> Message? {
    var end: Int?
    while end == nil {
      end = buffer.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
      if end == nil, !fill() { return nil }
    }
    guard let end else { return nil }
    let head = String(decoding: buffer[..<end], as: UTF8.self).lowercased()
    let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }?
      .split(separator: ":").last.flatMap { Int($0.filter(\.isNumber)) }
    let isLast = kind == .answer && length == nil
    if isLast {
      while fill() {}
    } else {
      while buffer.count < end + (length ?? 0) {
        if !fill() { return nil }
      }
    }
    let count = isLast ? buffer.count : end + (length ?? 0)
    defer { buffer.removeFirst(count) }
    return Message(bytes: Array(buffer[..<count]), headByteCount: end, isLast: isLast)
  }

  private mutating func fill() -> Bool {
    var block = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &block, block.count, 0)
    if count > 0 { buffer += block[..<count] }
    return count > 0
  }
}
