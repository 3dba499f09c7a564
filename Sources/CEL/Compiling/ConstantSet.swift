/// The texts of a long constant list, found by their hash.
struct ConstantSet: Sendable {
  /// Indices into `values`, -1 where free; the count is a power of two.
  private var table: [Int32]
  private var values: [Value]

  /// Lists shorter than this are searched from the front.
  static let lengthLimit = 9

  /// A set of texts in a program's memory.
  init(_ texts: [Value]) {
    values = texts
    var capacity = 16
    while capacity < texts.count * 2 { capacity *= 2 }
    table = Array(repeating: -1, count: capacity)
    for (index, text) in texts.enumerated() {
      var place = Int(truncatingIfNeeded: hash(of: text.bytes)) & (capacity - 1)
      while table[place] >= 0 { place = (place + 1) & (capacity - 1) }
      table[place] = Int32(index)
    }
  }

  func contains(_ text: Value) -> Bool {
    var place = Int(truncatingIfNeeded: hash(of: text.bytes)) & (table.count - 1)
    while table[place] >= 0 {
      if areEqual(values[Int(table[place])].bytes, text.bytes) { return true }
      place = (place + 1) & (table.count - 1)
    }
    return false
  }
}
