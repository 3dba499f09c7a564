internal import Glibc

/// Reads a file, pipe or terminal; wakes up for deadlines and for the stop signal.
final class DescriptorSource: ByteSource {
  let descriptor: Int32
  private let isOwned: Bool
  private let stop: StopSignal
  private(set) var bytesRead = 0

  /// Opens a file, behind its first bytes if so many were read, or fails with an errno.
  init(path: String, stop: StopSignal, from offset: Int = 0) throws(SystemFailure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure(code: errno) }
    if offset > 0, lseek(descriptor, off_t(offset), SEEK_SET) < 0 {
      let failure = SystemFailure(code: errno)
      close(descriptor)
      throw failure
    }
    bytesRead = offset
    isOwned = true
    self.stop = stop
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  /// Reads a descriptor that somebody else closes.
  init(descriptor: Int32, stop: StopSignal) {
    self.descriptor = descriptor
    isOwned = false
    self.stop = stop
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    while true {
      if let outcome = awaitBytes(until: deadline) { return outcome }
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 {
        bytesRead += count
        return .bytes(count)
      }
      if count == 0 { return .end }
      if errno != EINTR, errno != EAGAIN { return .failed(errno) }
    }
  }

  /// Waits until something can be read; why nothing can, if so.
  func awaitBytes(until deadline: Int64?) -> ReadOutcome? {
    if stop.isSet { return .stopped }
    guard let isReady = waitForBytes(until: deadline) else { return .failed(errno) }
    if stop.isSet { return .stopped }
    return isReady ? nil : .paused
  }

  /// Whether something can be read before the deadline; nothing where waiting failed.
  private func waitForBytes(until deadline: Int64?) -> Bool? {
    var polled = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop.wakeDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    while true {
      var wait: Int32 = -1
      if let deadline {
        let left = deadline - RunClock.monotonic()
        guard left > 0 else { return false }
        wait = Int32(clamping: (left + 999_999) / 1_000_000)
      }
      let count = poll(&polled, 2, wait)
      if count > 0 { return true }
      if count == 0 { return false }
      if errno != EINTR { return nil }
    }
  }
}

/// What the system said when it refused.
package struct SystemFailure: Error, Hashable {
  package var code: Int32

  package init(code: Int32) { self.code = code }

  /// As the system words it: `No such file or directory`.
  package var sentence: String { String(cString: strerror(code)) }
}
