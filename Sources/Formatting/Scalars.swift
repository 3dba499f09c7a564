internal import Diagnostics
internal import YAMLTree

/// Where the texts of a file stand, by their first bytes: nothing inside them is layout.
struct Scalars {
  struct Place {
    var range: Range<Int>
    var style: YAMLScalar.Style
    /// Of a block of text, an offset at which its own text begins after its indentation.
    var firstContent: Int?
  }

  private(set) var places: [Int: Place] = [:]

  init(_ root: YAMLNode?) {
    if let root { add(root) }
  }

  subscript(offset: Int) -> Place? { places[offset] }

  private mutating func add(_ node: YAMLNode) {
    switch node.kind {
    case .scalar(let scalar):
      let range = node.range.start..<node.range.end
      // What an alias repeats stands where it was written first.
      guard !range.isEmpty, places[range.lowerBound] == nil else { return }
      var place = Place(range: range, style: scalar.style)
      if scalar.style == .literal || scalar.style == .folded {
        place.firstContent = Array(scalar.text.utf8).firstIndex { $0 != UInt8(ascii: "\n") }
          .map { scalar.map.fileRange(of: $0..<$0 + 1).start }
      }
      places[range.lowerBound] = place
    case .sequence(let items):
      for item in items { add(item) }
    case .mapping(let entries):
      for entry in entries {
        add(entry.key)
        add(entry.value)
      }
    }
  }
}
