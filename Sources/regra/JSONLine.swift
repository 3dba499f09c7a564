import CEL

/// One JSON object on one line.
enum JSONLine {
  typealias Entries = [(String, Literal)]

  static func object(_ entries: Entries) -> Literal {
    .map(entries.map { entry in (key: .string(entry.0), value: entry.1) })
  }

  /// The object, and the end of its line.
  static func text(_ entries: Entries) -> String {
    var scratch = Scratch()
    var writer = JSONWriter()
    writer.write(scratch.makeValue(object(entries)), of: scratch)
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }
}
