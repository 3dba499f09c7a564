internal import Glibc

/// What stands at a path.
enum FileKind: Equatable {
  case regular(byteCount: Int)
  case directory
  /// A pipe, a terminal, a socket.
  case stream
  case absent(SystemFailure)

  init(path: String) {
    var status = stat()
    self =
      stat(path, &status) == 0 ? FileKind(status) : .absent(SystemFailure(code: errno))
  }

  init(descriptor: Int32) {
    var status = stat()
    self =
      fstat(descriptor, &status) == 0
      ? FileKind(status) : .absent(SystemFailure(code: errno))
  }

  private init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular(byteCount: Int(status.st_size))
    case S_IFDIR: self = .directory
    default: self = .stream
    }
  }
}

/// The files below a directory.
package enum FileTree {
  /// Directories within directories that are followed.
  private static let depthLimit = 64

  /// Paths of the regular files, relative to the directory, in the order of their bytes.
  ///
  /// Names that begin with a dot are left out.
  static func files(
    below directory: String, where isWanted: (String) -> Bool
  ) throws(FileFailure) -> [String] {
    var found: [String] = []
    try collect(directory, prefix: "", depth: 0, isWanted, into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func collect(
    _ directory: String, prefix: String, depth: Int, _ isWanted: (String) -> Bool,
    into found: inout [String]
  ) throws(FileFailure) {
    let names = try names(in: directory)
    for name in names where !name.utf8.starts(with: ".".utf8) {
      let path = join(directory, name)
      switch FileKind(path: path) {
      case .directory where depth < depthLimit:
        try collect(path, prefix: prefix + name + "/", depth: depth + 1, isWanted, into: &found)
      case .regular where isWanted(name): found.append(prefix + name)
      case .regular, .directory, .stream, .absent: break
      }
    }
  }

  private static func names(in directory: String) throws(FileFailure) -> [String] {
    guard let stream = opendir(directory) else {
      throw FileFailure(path: directory, SystemFailure(code: errno))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  /// A path below a directory.
  package static func join(_ directory: String, _ name: String) -> String {
    if directory.utf8.last == UInt8(ascii: "/") { return directory + name }
    return directory + "/" + name
  }

  /// The contents of a file, up to about so many bytes.
  package static func contents(
    of path: String, upTo limit: Int = .max
  ) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path: path, SystemFailure(code: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &block, block.count)
      if count == 0 || bytes.count >= limit { return bytes }
      if count > 0 {
        bytes.append(contentsOf: block[..<count])
      } else if errno != EINTR {
        throw FileFailure(path: path, SystemFailure(code: errno))
      }
    }
  }
}

/// A file that cannot be read or written, or that is not there.
package struct FileFailure: Error, Hashable {
  package var path: String
  /// A sentence without a full stop.
  package var cause: String

  package init(path: String, cause: String) {
    self.path = path
    self.cause = cause
  }

  init(path: String, _ failure: SystemFailure) {
    self.init(path: path, cause: failure.sentence)
  }
}

/// A file as it is: whoever compares two of them sees whether it was written meanwhile.
package struct FileMark: Sendable, Hashable {
  package var path: String
  private var seconds: Int
  private var nanoseconds: Int
  private var byteCount: Int

  /// Nothing where there is no such file.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.path = path
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
    byteCount = Int(status.st_size)
  }
}

extension FileTree {
  /// The marks of all YAML files below a directory, but for those whose names begin with a dot.
  package static func yamlMarks(below directory: String) -> [FileMark] {
    let files = try? files(below: directory) { name in
      name.utf8.hasEnding(".yaml".utf8) || name.utf8.hasEnding(".yml".utf8)
    }
    return (files ?? []).compactMap { FileMark(path: join(directory, $0)) }
  }

  /// Whether a directory stands at a path.
  package static func isDirectory(_ path: String) -> Bool { FileKind(path: path) == .directory }
}
