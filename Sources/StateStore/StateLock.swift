private import Foundation
private import Glibc

/// The right to write to a state directory: one process at a time has it.
///
/// It is a lock of the system on the file `lock`, so it ends with its process however that ends. The
/// file stays, as a removed one could be locked by two.
final class StateLock: Sendable {
  let descriptor: Int32

  /// Takes the lock; where another process has it, that one is named.
  init(directory: String) throws(StoreFailure) {
    let path = "\(directory)/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unusable(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      let holder = Self.holder(descriptor)
      close(descriptor)
      if reason == EWOULDBLOCK { throw .locked(path: directory, process: holder) }
      throw .unusable(path: path, reason: String(cString: strerror(reason)))
    }
    // Who reads it meanwhile only fails to name this process.
    ftruncate(descriptor, 0)
    let line = Array("\(getpid())\n".utf8)
    pwrite(descriptor, line, line.count, 0)
  }

  deinit {
    // A child that is not its own program yet has a copy of the descriptor; it must not keep the lock.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// The process that has the lock, as far as the system tells; it is asked without trying the lock,
  /// which could be in somebody's way.
  ///
  /// Whoever has it wrote its number into the file, and the system says of each open file of a process
  /// which locks it has. Only where that may not be read, the table of all locks is: it comes in pieces,
  /// and a lock that ends meanwhile makes it skip others.
  static func holder(in directory: String) -> Int? {
    let path = "\(directory)/lock"
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let node = "\(status.st_ino)"
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    let named = descriptor < 0 ? nil : holder(descriptor)
    if descriptor >= 0 { close(descriptor) }
    if let named, holds(named, node) { return named }
    for _ in 0..<4 {
      if let holder = holder(ofNode: node, in: "/proc/locks") { return holder }
    }
    return nil
  }

  private static func holds(_ process: Int, _ node: String) -> Bool {
    let directory = "/proc/\(process)/fdinfo"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.contains { holder(ofNode: node, in: "\(directory)/\($0)") != nil }
  }

  /// Who has the lock of a file by a table of the system; what is said of an open file has its locks in
  /// the same words.
  private static func holder(ofNode node: String, in path: String) -> Int? {
    guard let table = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count >= 6, parts[1] == "FLOCK", parts[3] == "WRITE",
        parts[5].split(separator: ":").last.map(String.init) == node
      else { continue }
      return Int(parts[4])
    }
    return nil
  }

  private static func holder(_ descriptor: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int(String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
  }
}
