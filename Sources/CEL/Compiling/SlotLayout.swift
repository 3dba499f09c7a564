/// Says which values the host puts into slots before evaluating.
public struct SlotLayout: Sendable {
  /// What gets a slot.
  public enum Granularity: Sendable {
    /// Each whole path that expressions read: the host walks its event once for all of them.
    case paths
    /// Each variable: paths are looked up in its value when, and if, they are read.
    case variables
  }

  /// What gets a slot.
  public let granularity: Granularity

  /// The path of each slot: the variable's name, then the fields; a computed name (`let`) is a
  /// path of its own whose slot the evaluator fills when it is first read.
  public private(set) var paths: [[String]] = []
  /// By the bytes of all steps, each with how many it has: keys of an event that only look alike are two.
  private var slots: [[UInt8]: Int] = [:]

  /// No slots yet.
  public init(_ granularity: Granularity = .paths) { self.granularity = granularity }

  /// The slot of a path, a new one at its first use.
  public mutating func slot(for path: [String]) -> Int {
    var key: [UInt8] = []
    for step in path {
      withUnsafeBytes(of: step.utf8.count) { key += $0 }
      key += step.utf8
    }
    if let slot = slots[key] { return slot }
    slots[key] = paths.count
    paths.append(path)
    return paths.count - 1
  }
}
