/// The columns of a CSV source as the object that each row becomes; dotted names nest.
struct CSVHeader {
  /// A key of the object: a column, or an object of its own.
  struct Node {
    /// `"name":`.
    var key: [UInt8]
    var name: String
    /// Absent where the key holds an object.
    var column: Int?
    var children: [Int] = []
  }

  let columnCount: Int
  private(set) var nodes: [Node] = [Node(key: [], name: "", column: nil)]
  /// What is wrong with the names, without which the rows cannot be understood.
  private(set) var problem: String?

  init(names: [String]) {
    columnCount = names.count
    for (column, name) in names.enumerated() {
      if name.isEmpty {
        problem = problem ?? "column \(column + 1) has no name in the header"
      } else {
        add(name, column: column)
      }
    }
  }

  private mutating func add(_ name: String, column: Int) {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isPath = parts.count <= 64 && !parts.contains("")
    let path = isPath ? parts : [name]
    var node = 0
    for (depth, part) in path.enumerated() {
      let isLast = depth == path.count - 1
      let child = nodes[node].children.first { Array(nodes[$0].name.utf8) == Array(part.utf8) }
      if let child {
        if isLast || nodes[child].column != nil {
          problem =
            problem ?? "the header names `\(name)` twice, or once as a value and once as an object"
          return
        }
        node = child
      } else {
        var key: [UInt8] = []
        key.appendJSONText(Array(part.utf8).span, from: .utf8)
        key.append(.colon)
        nodes.append(Node(key: key, name: part, column: isLast ? column : nil))
        nodes[node].children.append(nodes.count - 1)
        node = nodes.count - 1
      }
    }
  }

  /// The separator that stands most often outside quotes: comma, semicolon, tab or bar.
  static func separator(of line: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let candidates: [UInt8] = [.comma, UInt8(ascii: ";"), .tab, UInt8(ascii: "|")]
    var counts = [0, 0, 0, 0]
    var isQuoted = false
    for byte in line {
      if byte == .quote { isQuoted.toggle() }
      if !isQuoted, let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }
}
