/// The working memory of one thread: the current document, and an arena for values that
/// expressions make. Reset it between events.
public struct Scratch: ~Copyable {
  /// What values on the tape refer to.
  public var document: Document?
  /// Work allowed for one evaluation, in elements and bytes touched.
  public var costLimit: Int

  /// An empty arena.
  public init(costLimit: Int = 1_000_000) { self.costLimit = costLimit }

  /// Forgets every value made since the last reset; keeps the memory.
  public mutating func reset() {}

  /// Room for a text of at most `capacity` bytes, which `body` writes; it returns the count.
  public mutating func makeText(
    capacity: Int, _ body: (UnsafeMutableRawBufferPointer) -> Int
  ) -> Value { .missing }

  /// A list of these elements.
  public mutating func makeList(_ elements: [Value]) -> Value { .missing }

  /// A map of these entries, keys in the order given.
  public mutating func makeMap(_ entries: [(key: Value, value: Value)]) -> Value { .missing }

  /// The value that a literal describes.
  public mutating func makeValue(_ literal: Literal) -> Value { .missing }

  /// The elements of a list, wherever it stands.
  public func elements(of list: Value) -> [Value] { [] }

  /// The entries of a map, wherever it stands.
  public func entries(of map: Value) -> [(key: Value, value: Value)] { [] }

  /// The owned form of a value; absent for an unknown.
  public func literal(of value: Value) -> Literal? { nil }
}
