import CEL
import Execution
import Glibc

/// What was done of a plan, on disk before anything else is done.
///
/// A line is there as a whole or is the last one and cut off; then what it would say did not happen
/// as far as anybody knows. One process at a time has it, by a lock of the system.
final class Journal {
  /// Bytes that a call needs here at most, as a rule; there must be room for them before anything is sent.
  private static let callByteCount = 512

  /// What a journal begins with, so that no other file is cut off.
  private static let beginning = Array(#"{"journal":1,"#.utf8)

  let path: String
  private(set) var descriptor: Int32
  private var coder = JSONCoder()

  /// Opens the journal or makes it, where there is room for so many calls.
  init(_ path: String, callCount: Int) throws(ApplyFailure) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? .locked(path: path) : Self.failure(path)
    }
    // Between opening and locking another process may have put a shorter one in its place.
    guard try isInPlace() else { throw .locked(path: path) }
    guard fchmod(descriptor, 0o600) == 0 || errno == EPERM else { throw Self.failure(path) }
    var system = statvfs()
    let need = UInt(65_536 + callCount * Self.callByteCount)
    // Systems that do not count their blocks say none.
    if fstatvfs(descriptor, &system) == 0, system.f_blocks > 0,
      system.f_bavail < need / max(system.f_frsize, 1)
    {
      errno = ENOSPC
      throw Self.failure(path)
    }
  }

  deinit {
    // A child that is not its own program yet has a copy of the descriptor; it must not keep the lock.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  private func isInPlace() throws(ApplyFailure) -> Bool {
    var (opened, placed) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0, stat(path, &placed) == 0 else {
      throw Self.failure(path)
    }
    return opened.st_ino == placed.st_ino && opened.st_dev == placed.st_dev
  }

  /// Puts other entries in the place of all there are: both or none are there, whatever happens.
  func replace(with entries: [JournalEntry]) throws(ApplyFailure) {
    let draft = path + ".draft"
    let file = open(draft, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure(draft) }
    do throws(ApplyFailure) {
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else { throw Self.failure(draft) }
      for entry in entries { try write(entry, to: file) }
      guard fsync(file) == 0, rename(draft, path) == 0 else { throw Self.failure(draft) }
    } catch {
      unlink(draft)
      close(file)
      throw error
    }
    close(descriptor)
    descriptor = file
  }

  /// All whole lines; what is left of one that was cut off is removed.
  func entries() throws(ApplyFailure) -> [JournalEntry] {
    let bytes = try contents()
    let wholeCount = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var entries: [JournalEntry] = []
    for line in bytes[..<wholeCount].split(separator: 0x0A, omittingEmptySubsequences: false)
      .dropLast()
    {
      let literal = line.withUnsafeBytes { try? coder.value(of: $0) }
      guard let entry = literal.flatMap({ JournalEntry($0) }) else {
        throw .damaged(path: path, line: entries.count + 1)
      }
      entries.append(entry)
    }
    guard wholeCount > 0 || Self.beginning.starts(with: bytes.prefix(Self.beginning.count)) else {
      throw .damaged(path: path, line: 1)
    }
    if wholeCount < bytes.count, ftruncate(descriptor, off_t(wholeCount)) != 0 {
      throw Self.failure(path)
    }
    return entries
  }

  private func contents() throws(ApplyFailure) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
        return pread(descriptor, rest.baseAddress, rest.count, off_t(count))
      }
      if read == 0 { break }
      if read > 0 {
        count += read
      } else if errno != EINTR {
        throw Self.failure(path)
      }
    }
    return Array(bytes[..<count])
  }

  /// Adds a line; it is on the disk when this returns.
  func append(_ entry: JournalEntry) throws(ApplyFailure) {
    try write(entry, to: descriptor)
    guard fdatasync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw Self.failure(path)
    }
  }

  private func write(_ entry: JournalEntry, to file: Int32) throws(ApplyFailure) {
    var rest = (coder.bytes(of: entry.literal) + [0x0A])[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw Self.failure(path)
      }
    }
  }

  private static func failure(_ path: String) -> ApplyFailure {
    .file(path: path, reason: String(cString: strerror(errno)))
  }
}
