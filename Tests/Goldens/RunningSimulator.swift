import Foundation
import Testing

/// `regra simulate` on a free port, until the value goes.
final class RunningSimulator {
  /// `http://127.0.0.1:12345`.
  let address: String
  private let process: Process
  private let scratch: Scratch

  init(_ arguments: [String] = [], environment: [String: String] = [:]) throws {
    scratch = try Scratch()
    process = Command.process(["simulate", "--port", "0"] + arguments)
    process.environment?.merge(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: try scratch.write("", to: "stderr"))
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let part = output.fileHandleForReading.availableData
      if part.isEmpty { break }
      line.append(part)
    }
    address = String(decoding: line.dropLast(), as: UTF8.self)
  }

  deinit {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
  }

  var errors: String {
    get throws {
      try String(contentsOf: scratch.directory.appending(path: "stderr"), encoding: .utf8)
    }
  }

  var port: UInt16 { address.split(separator: ":").last.flatMap { UInt16($0) } ?? 0 }

  /// Sends a signal and gives the status that the process ends with.
  func end(_ signal: Int32) -> Int32 {
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Peak of resident memory, in kilobytes.
  var peakMemory: Int {
    get throws {
      let path = "/proc/\(process.processIdentifier)/status"
      let status = try String(contentsOfFile: path, encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(line.split(separator: " ").dropLast().last.flatMap { Int($0) })
    }
  }

  /// Runs a line of a shell in a directory; `URL` in it is this simulator.
  func run(_ line: String, in scratch: Scratch, token: String) throws -> Command {
    let line = line.replacingOccurrences(of: "URL", with: address)
    return try Command(
      shell: "cd \(scratch.directory.path) && export REGRA_TOKEN=\(token) && \(line)")
  }

  /// The answer to one request on a connection of its own.
  func send(_ request: String) throws -> String {
    let connection = try Connection(port: port)
    try connection.send(Array(request.utf8))
    return try connection.readToEnd()
  }

  /// The answer to a request by curl.
  func curl(_ arguments: String) throws -> String {
    try Command(shell: "curl -s \(arguments)").output
  }
}

/// A socket, used by the thread that waits for it.
final class Connection {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit { close(descriptor) }

  /// Connections that this process may open beside what it needs, once it has asked for all.
  static var openableCount: Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    getrlimit(resource, &limit)
    limit.rlim_cur = limit.rlim_max
    setrlimit(resource, &limit)
    return Int(clamping: limit.rlim_cur) - 500
  }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      rest = rest.dropFirst(count)
    }
  }

  /// Tells the other side that nothing more is sent.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  func withDescriptor<Result>(_ body: (Int32) -> Result) -> Result { body(descriptor) }

  /// What comes until the other side ends.
  func readToEnd() throws -> String {
    var bytes: [UInt8] = []
    while let part = try receive() { bytes += part }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Some bytes; nil where the other side has ended.
  func receive() throws -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &block, block.count, 0)
    guard count >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return count == 0 ? nil : Array(block[..<count])
  }
}
