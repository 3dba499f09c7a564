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

/// Where an unknown arose: the path that was read, if any, and the range of the expression.
public struct Site: Sendable {
  /// The path that was read; empty if the value was not read from a path.
  public var path: [String]
  /// The expression that gave no value.
  public var range: Range<Int>
  /// The entry it belongs to.
  public var entry: Int

  /// A place in an entry.
  public init(path: [String], range: Range<Int>, entry: Int) {
    self.path = path
    self.range = range
    self.entry = entry
  }
}

/// Compiled expressions over one slot layout: immutable, shared between threads.
public struct Program: Sendable {
  /// Where unknowns arose, by ``Value/site``; row 0 is "nobody knows".
  public private(set) var sites: [Site] = [Site(path: [], range: 0..<0, entry: -1)]

  /// A program without entries.
  public init() {}

  /// Compiles one more checked expression and returns the number of its entry.
  ///
  /// A path such as `event.order.id` becomes one slot of `layout`; `computed` expressions of
  /// the environment are compiled at their first use.
  public mutating func add(
    _ expression: Expression, in environment: Environment, layout: inout SlotLayout
  ) -> Int { 0 }

  /// Evaluates one entry.
  ///
  /// Slots tagged ``Value/Tag/missing`` are absent; those of computed
  /// names are filled in, so clear them between events. Never fails: what strict CEL calls an
  /// error is an unknown with its reason and site.
  public func evaluate(
    _ entry: Int, slots: UnsafeMutablePointer<Value>, scratch: inout Scratch
  ) -> Value { .missing }
}
