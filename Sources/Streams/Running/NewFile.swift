private import Glibc

/// A file where there was none.
package enum NewFile {
  /// Fails where anything stands at the path, even a link that leads nowhere.
  package static func expectNone(at path: String) throws(FileFailure) {
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw FileFailure(path: path, cause: "is there already")
    }
  }

  /// Writes the file, and makes the directories on the way to it.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try makeDirectories(to: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure(path: path, SystemFailure(code: errno)) }
    defer { close(descriptor) }
    do throws(SinkFailure) {
      try writeAll(bytes, to: descriptor, path: path)
    } catch {
      switch error {
      case .failed(let failure): throw failure
      case .closed: throw FileFailure(path: path, cause: "nobody reads it")
      }
    }
  }

  private static func makeDirectories(to path: String) throws(FileFailure) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      end = slash
      let directory = String(path[..<slash])
      guard mkdir(directory, 0o777) == 0 || errno == EEXIST else {
        throw FileFailure(path: directory, SystemFailure(code: errno))
      }
    }
  }
}
