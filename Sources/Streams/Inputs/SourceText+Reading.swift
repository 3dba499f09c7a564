package import Diagnostics

extension SourceText {
  /// The text of a file, without a byte order mark.
  package init(readingFrom path: String) throws(FileFailure) {
    let bytes = try FileTree.contents(of: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.init(path: path, utf8: bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes)
  }
}
