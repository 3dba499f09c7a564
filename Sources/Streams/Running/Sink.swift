internal import Glibc

/// Where the calls of batches go, one JSON object a line.
package protocol Sink: AnyObject {
  /// Takes all calls of one batch.
  func write(_ calls: [UInt8], batch: Int) throws(SinkFailure)
}

/// A sink that takes a batch in pieces, so that nobody need hold all of it.
package protocol PieceSink: Sink {
  /// Takes the next whole lines of a batch.
  func write(piece: UnsafeRawBufferPointer, batch: Int) throws(SinkFailure)
}

/// Why a sink takes no more.
package enum SinkFailure: Error, Hashable {
  /// Whoever read the output went away.
  case closed
  case failed(FileFailure)
}

/// Writes to a descriptor that somebody else opened, such as standard output.
package final class DescriptorSink: PieceSink {
  private let descriptor: Int32
  private let path: String

  package init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  package func write(_ calls: [UInt8], batch: Int) throws(SinkFailure) {
    try writeAll(calls, to: descriptor, path: path)
  }

  package func write(piece: UnsafeRawBufferPointer, batch: Int) throws(SinkFailure) {
    try writeAll(piece, to: descriptor, path: path)
  }
}

/// Writes a file of its own for each batch, which is there whole or not at all.
package final class DirectorySink: Sink {
  private let directory: String

  /// Makes the directory; one that holds batches already is refused.
  package init(directory: String) throws(FileFailure) {
    self.directory = directory
    if mkdir(directory, 0o777) != 0, errno != EEXIST {
      throw FileFailure(path: directory, SystemFailure(code: errno))
    }
    let batches = try FileTree.files(below: directory) { name in
      name.utf8.starts(with: "batch-".utf8) && name.utf8.hasEnding(".ndjson".utf8)
    }
    if let first = batches.first {
      throw FileFailure(
        path: directory, cause: "holds the batches of another run already (\(first))")
    }
  }

  package func write(_ calls: [UInt8], batch: Int) throws(SinkFailure) {
    let digits = String(batch)
    let number = String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    let path = FileTree.join(directory, "batch-\(number).ndjson")
    try WholeFile.write(calls, to: path, by: FileTree.join(directory, ".batch-\(number).draft"))
  }
}

/// A file that is there whole or not at all, readable by its owner alone.
package enum WholeFile {
  /// Writes the file, or puts it in the place of the one there is.
  package static func write(_ bytes: [UInt8], to path: String) throws(SinkFailure) {
    try write(bytes, to: path, by: path + ".draft")
  }

  /// Puts other contents into a file that is there; it keeps its owner and its mode.
  package static func replace(_ bytes: [UInt8], at path: String) throws(FileFailure) {
    guard let resolved = realpath(path, nil) else {
      throw FileFailure(path: path, SystemFailure(code: errno))
    }
    defer { free(resolved) }
    var status = stat()
    guard access(resolved, W_OK) == 0, stat(resolved, &status) == 0 else {
      throw FileFailure(path: path, SystemFailure(code: errno))
    }
    let target = String(cString: resolved)
    do throws(SinkFailure) {
      try write(bytes, to: target, by: "\(target).\(getpid()).draft", like: status)
    } catch {
      switch error {
      case .failed(let failure): throw failure
      case .closed: throw FileFailure(path: path, cause: "nobody reads it")
      }
    }
  }

  fileprivate static func write(
    _ bytes: [UInt8], to path: String, by draft: String, like status: stat? = nil
  ) throws(SinkFailure) {
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .failed(FileFailure(path: draft, SystemFailure(code: errno)))
    }
    defer { close(descriptor) }
    if let status {
      // Only root may give files away; the mode is what counts.
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      fchmod(descriptor, status.st_mode & 0o7777)
    }
    do throws(SinkFailure) {
      try writeAll(bytes, to: descriptor, path: draft)
    } catch {
      unlink(draft)
      throw error
    }
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
      let failure = SystemFailure(code: errno)
      unlink(draft)
      throw .failed(FileFailure(path: path, failure))
    }
  }
}

/// A file that grows line by line, such as the trace of firings.
package final class OutputFile {
  private let descriptor: Int32
  private let path: String

  /// Makes the file, or empties it.
  package init(path: String) throws(FileFailure) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure(path: path, SystemFailure(code: errno)) }
  }

  deinit { close(descriptor) }

  package func write(_ bytes: [UInt8]) throws(SinkFailure) {
    try writeAll(bytes, to: descriptor, path: path)
  }
}

func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(SinkFailure) {
  let failure: SinkFailure? = bytes.withUnsafeBytes { bytes in
    do throws(SinkFailure) { try writeAll(bytes, to: descriptor, path: path) } catch {
      return error
    }
    return nil
  }
  if let failure { throw failure }
}

private func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
) throws(SinkFailure) {
  var offset = 0
  while offset < bytes.count {
    let count = write(
      descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
    if count > 0 {
      offset += count
    } else if errno == EPIPE {
      throw .closed
    } else if errno != EINTR {
      throw .failed(FileFailure(path: path, SystemFailure(code: errno)))
    }
  }
}
