internal import CZlib

/// Decompresses gzip, also several members one after the other.
final class InflatedSource: ByteSource {
  private static let damage = "the gzip data is damaged here; what follows cannot be read"
  private static let truncation = "the gzip data ends too early; what follows is lost"

  private let compressed: any ByteSource
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var isReady: Bool
  private var isBetweenMembers = false

  var bytesRead: Int { compressed.bytesRead }

  /// Goes on reading `compressed` behind the bytes that were read from it to recognise it.
  init(_ compressed: any ByteSource, behind first: UnsafeRawBufferPointer) {
    self.compressed = compressed
    input = .allocate(capacity: max(first.count, 256 * 1_024))
    input.initialize(repeating: 0)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16 asks for the gzip header; 15 is the largest window.
    isReady =
      inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    UnsafeMutableRawBufferPointer(input).copyMemory(from: first)
    stream.pointee.next_in = input.baseAddress
    stream.pointee.avail_in = UInt32(first.count)
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome {
    guard isReady else { return .damaged("gzip data cannot be read: no memory") }
    let output = buffer.assumingMemoryBound(to: UInt8.self)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(clamping: buffer.count)
    let room = stream.pointee.avail_out
    while true {
      if stream.pointee.avail_in == 0 {
        if let outcome = refill(until: deadline) { return outcome }
      }
      if isBetweenMembers {
        if let outcome = startMember() { return outcome }
        if isBetweenMembers { continue }
      }
      let status = inflate(stream, Z_NO_FLUSH)
      let count = Int(room - stream.pointee.avail_out)
      switch status {
      case Z_STREAM_END: isBetweenMembers = true
      case Z_OK, Z_BUF_ERROR: break
      default: return count > 0 ? .bytes(count) : .damaged(InflatedSource.damage)
      }
      if count > 0 { return .bytes(count) }
    }
  }

  /// Reads compressed bytes; an outcome where there are none.
  private func refill(until deadline: Int64?) -> ReadOutcome? {
    switch compressed.read(into: UnsafeMutableRawBufferPointer(input), until: deadline) {
    case .bytes(let count):
      stream.pointee.next_in = input.baseAddress
      stream.pointee.avail_in = UInt32(count)
      return nil
    case .end: return isBetweenMembers ? .end : .damaged(InflatedSource.truncation)
    case .paused: return .paused
    case .stopped: return .stopped
    case .failed(let code): return .failed(code)
    case .damaged(let cause): return .damaged(cause)
    }
  }

  /// Begins the next member; an outcome where what follows is none.
  private func startMember() -> ReadOutcome? {
    // Tape blocks are padded with zeros, which gzip itself ignores too.
    while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.avail_in > 0 else { return nil }
    guard stream.pointee.next_in.pointee == 0x1F else {
      return .damaged("something that is no gzip data follows; it was left out")
    }
    inflateReset(stream)
    isBetweenMembers = false
    return nil
  }
}
