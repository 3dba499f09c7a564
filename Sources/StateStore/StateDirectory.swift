private import Glibc

/// The directory that a store lives in: its owner's alone, as it holds personal data.
package struct StateDirectory {
  private let path: String

  package init(_ path: String) { self.path = path }

  /// Makes the directory if it is missing; its parent must exist.
  package func prepare() throws(StoreFailure) {
    if mkdir(path, 0o700) == 0 {
      try keepFromCommits()
    } else {
      guard errno == EEXIST else { throw failure }
      var status = stat()
      guard stat(path, &status) == 0 else { throw failure }
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw .unusable(path: path, reason: String(cString: strerror(ENOTDIR)))
      }
    }
    // Also where it was there: who made it may have been killed before this.
    try Self.sync("\(path)/..")
  }

  /// Brings the names of its files to the disk: SQLite syncs what stands in them, and the name of a log
  /// only where the same process has made it.
  package func syncNames() throws(StoreFailure) { try Self.sync(path) }

  /// Brings a file, or the names in a directory, to the disk.
  static func sync(_ path: String) throws(StoreFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    // A parent that may be entered and not read is not ours to sync; a log that is not there has nothing.
    if descriptor < 0, errno == EACCES || errno == ENOENT { return }
    guard descriptor >= 0 else { throw failure(of: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw failure(of: path)
    }
  }

  /// Tells git to leave the whole directory out.
  private func keepFromCommits() throws(StoreFailure) {
    let file = "\(path)/.gitignore"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, "*\n", 2) == 2 else { throw failure }
  }

  private var failure: StoreFailure { Self.failure(of: path) }

  private static func failure(of path: String) -> StoreFailure {
    errno == ENOSPC
      ? .full(path: path) : .unusable(path: path, reason: String(cString: strerror(errno)))
  }

  /// Makes a file that only its owner reads, or takes that right from others.
  ///
  /// SQLite gives the files beside a database the rights of the database.
  package static func makePrivateFile(_ path: String) throws(StoreFailure) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(of: path) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw failure(of: path) }
  }
}
