/// Where bytes of input come from; used by one thread.
protocol ByteSource: AnyObject {
  /// Bytes read so far, before decompression.
  var bytesRead: Int { get }

  /// Reads at least one byte into `buffer`, unless there is a reason not to; comes back without
  /// bytes at the deadline, in monotonic nanoseconds.
  func read(into buffer: UnsafeMutableRawBufferPointer, until deadline: Int64?) -> ReadOutcome
}

/// What reading brought.
enum ReadOutcome: Equatable {
  case bytes(Int)
  case end
  /// The deadline passed first.
  case paused
  /// The run was told to stop.
  case stopped
  /// The system refused; an errno.
  case failed(Int32)
  /// The bytes are damaged from here on.
  case damaged(String)
}
