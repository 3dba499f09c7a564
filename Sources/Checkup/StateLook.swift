private import Glibc
private import Foundation

/// What the system says of a state directory and the files in it.
struct StateLook {
  let path: String
  let isThere: Bool
  /// Why nothing can be kept in it; absent where something can.
  let obstacle: String?
  /// Files that others may read or write, by their names.
  let openFiles: [String]
  let isOpen: Bool
  let isOwn: Bool
  /// What can still be written, in bytes.
  let freeBytes: UInt64?

  init(_ path: String) {
    self.path = path
    var status = stat()
    isThere = stat(path, &status) == 0
    let isDirectory = isThere && status.st_mode & S_IFMT == S_IFDIR
    obstacle = Self.obstacle(path, isThere: isThere, isDirectory: isDirectory)
    isOpen = isDirectory && status.st_mode & 0o077 != 0
    isOwn = !isThere || status.st_uid == geteuid()
    openFiles = isDirectory ? Self.openFiles(in: path) : []
    freeBytes = Self.freeBytes(at: isThere ? path : ".")
  }

  private static func obstacle(_ path: String, isThere: Bool, isDirectory: Bool) -> String? {
    if isThere, !isDirectory { return String(cString: strerror(ENOTDIR)) }
    guard isThere, access(path, R_OK | W_OK | X_OK) != 0 else { return nil }
    return String(cString: strerror(errno))
  }

  private static func openFiles(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().filter { name in
      var status = stat()
      return lstat("\(path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        && status.st_mode & 0o077 != 0
    }
  }

  private static func freeBytes(at path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
      .partialValue
  }
}
