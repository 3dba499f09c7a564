import CEL

/// What is wrong with a call line.
struct CallFault: Error {
  var cause: String

  init(_ cause: String) { self.cause = cause }
}

/// A value of a call line that knows where it stands.
struct CallNode {
  private let value: Literal
  private let path: String

  init(_ value: Literal, at path: String = "") {
    self.value = value
    self.path = path
  }

  func fault(_ reason: String) -> CallFault {
    CallFault(path.isEmpty ? "the line \(reason)" : "`\(path)` \(reason)")
  }

  private func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// What a key holds; nothing where it is null.
  subscript(key: String) -> CallNode? {
    guard let entry = value[key], !entry.isNull else { return nil }
    return CallNode(entry, at: path(of: key))
  }

  func required(_ key: String) throws(CallFault) -> CallNode {
    guard let node = self[key] else { throw fault("lacks `\(key)`") }
    return node
  }

  func checkKeys(_ known: [String]) throws(CallFault) {
    for (key, _) in try entries() where !known.contains(key) {
      // A line of something else may hold anything: only what looks like a key of ours is repeated.
      let isKey =
        known.contains(key.lowercased())
        || key.utf8.count <= 30
          && key.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
      throw fault(isKey ? "has an unknown key, `\(key)`" : "has an unknown key")
    }
  }

  /// The entries of an object; of several with one key the last counts.
  func entries() throws(CallFault) -> [(key: String, node: CallNode)] {
    guard let entries = value.entries else { throw fault("must be an object") }
    return entries.map { ($0.key, CallNode($0.value, at: path(of: $0.key))) }
  }

  var isList: Bool { value.items != nil }

  /// Whether this is null; ``subscript(_:)`` never gives such a node.
  var isNull: Bool { value.isNull }

  func items() throws(CallFault) -> [CallNode] {
    guard let items = value.items else { throw fault("must be a list") }
    return items.enumerated().map { CallNode($1, at: "\(path)[\($0)]") }
  }

  func text() throws(CallFault) -> String {
    guard let text = value.text else { throw fault("must be a text") }
    return text
  }

  func texts() throws(CallFault) -> [String] {
    try items().map { item throws(CallFault) in try item.text() }
  }

  func number(in range: ClosedRange<Int>) throws(CallFault) -> Int {
    guard case .int(let number) = value, let number = Int(exactly: number), range ~= number else {
      throw fault("must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A text that means something.
  ///
  /// What it is otherwise is not repeated: it may be anybody's name.
  func word<Meaning>(_ meaning: (String) -> Meaning?) throws(CallFault) -> Meaning {
    let text = try text()
    guard let meaning = meaning(text) else {
      throw fault("is none of the words that it may be")
    }
    return meaning
  }
}
