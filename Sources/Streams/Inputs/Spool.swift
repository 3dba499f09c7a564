internal import CGlibc
internal import Glibc
internal import Synchronization

/// What was read from standard input, until what it asks for is kept elsewhere.
///
/// Bytes are numbered from the first that the spool ever took. They lie in segments, files named by their
/// first byte; a segment goes once all of it is released. A pipe's bytes are moved into the spool by the
/// system, so that a process that ends at any instant has never held some that are nowhere else.
package final class Spool: Sendable {
  private struct Segment {
    var start: Int
    var end: Int
    var path: String
  }

  private struct State {
    var segments: [Segment] = []
    /// Of the next byte where there is no segment.
    var start = 0
    /// Of the last segment; -1 where it is not open.
    var descriptor: Int32 = -1
    var unsyncedCount = 0
  }

  /// A segment that has so many bytes is the last no longer.
  private static let segmentByteCount = 16 << 20
  /// Bytes that a power cut may take while more keep coming.
  private static let syncByteCount = 1 << 20

  package let directory: String
  private let state: Mutex<State>

  /// Opens a spool, or makes it; its directory's parent must exist.
  package init(_ directory: String) throws(FileFailure) {
    self.directory = directory
    if mkdir(directory, 0o700) != 0, errno != EEXIST { throw Self.failure(directory) }
    var segments: [Segment] = []
    let names = try FileTree.files(below: directory) { $0.utf8.hasEnding(".raw".utf8) }
    for name in names {
      guard let start = Int(name.dropLast(4)) else { continue }
      let path = "\(directory)/\(name)"
      var status = stat()
      guard stat(path, &status) == 0 else { throw Self.failure(path) }
      segments.append(Segment(start: start, end: start + Int(status.st_size), path: path))
    }
    segments.sort { $0.start < $1.start }
    // Also what was there: who made it may have been killed before.
    for path in ["\(directory)/..", directory, segments.last?.path ?? directory] { Self.sync(path) }
    state = Mutex(State(segments: segments))
  }

  deinit {
    let descriptor = state.withLock(\.descriptor)
    if descriptor >= 0 { close(descriptor) }
  }

  /// The numbers of the bytes that are there.
  package var range: Range<Int> {
    state.withLock { state in
      guard let first = state.segments.first, let last = state.segments.last else {
        return state.start..<state.start
      }
      return first.start..<last.end
    }
  }

  /// Reads bytes that are there; an errno where that fails.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) -> Result<Int, SystemFailure> {
    let segment = state.withLock { $0.segments.last { $0.start <= offset && offset < $0.end } }
    guard let segment else { return .success(0) }
    let file = Glibc.open(segment.path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .failure(SystemFailure(code: errno)) }
    defer { close(file) }
    let wanted = min(buffer.count, segment.end - offset)
    let count = pread(file, buffer.baseAddress, wanted, off_t(offset - segment.start))
    return count >= 0 ? .success(count) : .failure(SystemFailure(code: errno))
  }

  /// Takes what a descriptor has, which must have something; 0 at its end.
  func take(from source: Int32) -> Result<Int, SystemFailure> {
    state.withLock { state in
      do throws(SystemFailure) {
        try openLast(&state)
        let count = try move(from: source, to: state.descriptor)
        grow(&state, by: count)
        if state.unsyncedCount >= Self.syncByteCount { try sync(&state) }
        return .success(count)
      } catch {
        return .failure(error)
      }
    }
  }

  /// Adds bytes of our own.
  func append(_ bytes: [UInt8]) throws(SystemFailure) {
    try state.withLock { (state) throws(SystemFailure) in
      try openLast(&state)
      try write(bytes[...], to: state.descriptor)
      grow(&state, by: bytes.count)
    }
  }

  /// Brings what was taken to the disk.
  package func sync() throws(SystemFailure) {
    try state.withLock { (state) throws(SystemFailure) in try sync(&state) }
  }

  /// Lets go of all bytes before this one.
  package func release(upTo offset: Int) {
    state.withLock { state in
      var isChanged = false
      while let first = state.segments.first, first.end <= offset, state.segments.count > 1 {
        unlink(first.path)
        state.segments.removeFirst()
        isChanged = true
      }
      if isChanged { Self.sync(directory) }
    }
  }

  /// Goes on at a byte that all before it are planned, though not all of them are there any more: numbers are
  /// what tells which bytes of a pipe are done, so that none is given twice.
  func begin(at offset: Int) {
    guard range.upperBound < offset else { return }
    removeAll()
    state.withLock { $0.start = offset }
  }

  /// Lets go of everything, as nothing will be read again.
  package func removeAll() {
    state.withLock { state in
      if state.descriptor >= 0 { close(state.descriptor) }
      for segment in state.segments { unlink(segment.path) }
      unlink("\(directory)/pipe")
      state = State()
      Self.sync(directory)
    }
  }

  private func grow(_ state: inout State, by count: Int) {
    state.segments[state.segments.count - 1].end += count
    state.unsyncedCount += count
  }

  private func sync(_ state: inout State) throws(SystemFailure) {
    guard state.unsyncedCount > 0 else { return }
    guard fdatasync(state.descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw SystemFailure(code: errno)
    }
    state.unsyncedCount = 0
  }

  /// Opens the last segment, or a new one behind it where it is full.
  private func openLast(_ state: inout State) throws(SystemFailure) {
    if let last = state.segments.last, last.end - last.start < Self.segmentByteCount {
      guard state.descriptor < 0 else { return }
      state.descriptor = Glibc.open(last.path, O_WRONLY | O_CLOEXEC)
      guard state.descriptor >= 0, lseek(state.descriptor, 0, SEEK_END) >= 0 else {
        throw SystemFailure(code: errno)
      }
      return
    }
    try sync(&state)
    if state.descriptor >= 0 { close(state.descriptor) }
    let start = state.segments.last?.end ?? state.start
    let digits = "\(start)"
    let name = String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
    let path = "\(directory)/\(name).raw"
    state.descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard state.descriptor >= 0 else { throw SystemFailure(code: errno) }
    state.segments.append(Segment(start: start, end: start, path: path))
    Self.sync(directory)
  }

  /// Brings a file, or the names in a directory, to the disk.
  private static func sync(_ path: String) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Moves what a pipe has, or copies what another source has.
  private func move(from source: Int32, to file: Int32) throws(SystemFailure) -> Int {
    while true {
      let count = cglibc_splice(source, file, 1 << 20)
      if count >= 0 { return count }
      if errno == EINVAL { return try copy(from: source, to: file) }
      if errno != EINTR { throw SystemFailure(code: errno) }
    }
  }

  private func copy(from source: Int32, to file: Int32) throws(SystemFailure) -> Int {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(source, &bytes, bytes.count)
      if count >= 0 {
        try write(bytes[..<count], to: file)
        return count
      }
      if errno != EINTR { throw SystemFailure(code: errno) }
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to file: Int32) throws(SystemFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw SystemFailure(code: errno)
      }
    }
  }

  /// Ends an unfinished line that another pipe than this one began: nobody will send its rest.
  func join(_ source: Int32) throws(SystemFailure) {
    var status = stat()
    guard fstat(source, &status) == 0 else { throw SystemFailure(code: errno) }
    let identity = Array("\(status.st_dev):\(status.st_ino)\n".utf8)
    let path = "\(directory)/pipe"
    let known = (try? FileTree.contents(of: path)) ?? []
    if known == identity { return }
    let end = range.upperBound
    if !range.isEmpty {
      var last = [UInt8](repeating: 0, count: 1)
      let read = last.withUnsafeMutableBytes { self.read(at: end - 1, into: $0) }
      if try read.get() == 1, last[0] != 0x0A { try append([0x0A]) }
    }
    let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemFailure(code: errno) }
    defer { close(file) }
    try write(identity[...], to: file)
  }

  private static func failure(_ path: String) -> FileFailure {
    FileFailure(path: path, SystemFailure(code: errno))
  }
}

/// A live source whose bytes go through a spool: first those that are there, then what comes.
final class SpooledSource: ByteSource {
  private let live: DescriptorSource
  private let spool: Spool
  private var offset: Int
  private var isJoined = false

  /// Goes on at a byte of the spool.
  init(_ live: DescriptorSource, in spool: Spool, from offset: Int) {
    self.live = live
    self.spool = spool
    spool.begin(at: offset)
    self.offset = max(offset, spool.range.lowerBound)
  }

  var bytesRead: Int { offset }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    do throws(SystemFailure) {
      if !isJoined {
        isJoined = true
        try spool.join(live.descriptor)
      }
      while true {
        if offset < spool.range.upperBound {
          let count = try spool.read(at: offset, into: buffer).get()
          if count > 0 {
            offset += count
            return .bytes(count)
          }
        }
        try spool.sync()
        if let outcome = live.awaitBytes(until: deadline) { return outcome }
        if try spool.take(from: live.descriptor).get() == 0 { return .end }
      }
    } catch {
      return .failed(error.code)
    }
  }
}
