/// Gives each whole path that expressions read a slot, which the host fills before evaluating.
public struct SlotLayout: Sendable {
  /// The path of each slot: the variable's name, then the fields; a computed name (`let`) is a
  /// path of its own whose slot the evaluator fills when it is first read.
  public private(set) var paths: [[String]] = []
  private var slots: [[String]: Int] = [:]

  /// No slots yet.
  public init() {}

  /// The slot of a path, a new one at its first use.
  public mutating func slot(for path: [String]) -> Int {
    if let slot = slots[path] { return slot }
    slots[path] = paths.count
    paths.append(path)
    return paths.count - 1
  }
}
