/// What stood in one place of events of one type.
///
/// Every part is a count, a minimum or a maximum, so that facts about parts of a stream add up to
/// the facts about the whole, in any order.
package struct PathFacts: Sendable, Equatable {
  /// Events in which something stands here that is not null.
  package var events = 0
  package var nulls = 0
  package var falses = 0
  package var trues = 0
  package var ints = 0
  package var doubles = 0
  package var texts = 0
  package var lists = 0
  package var maps = 0

  package var lowestInt = Int64.max
  package var highestInt = Int64.min
  package var lowestDouble = Double.infinity
  package var highestDouble = -Double.infinity
  /// In characters: code points.
  package var shortestText = Int.max
  package var longestText = 0
  package var fewestItems = Int.max
  package var mostItems = 0
  /// Of texts, by the number of their shape.
  private(set) var shapes = [Int](repeating: 0, count: TextShape.allCases.count)
  package var values = ValueCounts()

  package init() {}

  package var numbers: Int { ints + doubles }
  package var bools: Int { falses + trues }
  /// All that is not null.
  package var count: Int { bools + numbers + texts + lists + maps }

  package func count(_ shape: TextShape) -> Int { shapes[shape.rawValue] }

  mutating func add(_ count: Int, of shape: TextShape) { shapes[shape.rawValue] += count }

  mutating func addBool(_ value: Bool) {
    if value { trues += 1 } else { falses += 1 }
  }

  mutating func addText(length: Int, _ shape: TextShape) {
    texts += 1
    shapes[shape.rawValue] += 1
    shortestText = min(shortestText, length)
    longestText = max(longestText, length)
  }

  mutating func addInt(_ number: Int64) {
    ints += 1
    lowestInt = min(lowestInt, number)
    highestInt = max(highestInt, number)
  }

  mutating func addDouble(_ written: Double) {
    // Minus zero is no other number.
    let number = written + 0
    doubles += 1
    lowestDouble = min(lowestDouble, number)
    highestDouble = max(highestDouble, number)
  }

  mutating func addList(of items: Int) {
    lists += 1
    fewestItems = min(fewestItems, items)
    mostItems = max(mostItems, items)
  }

  package mutating func merge(_ other: PathFacts) {
    events += other.events
    nulls += other.nulls
    falses += other.falses
    trues += other.trues
    ints += other.ints
    doubles += other.doubles
    texts += other.texts
    lists += other.lists
    maps += other.maps
    lowestInt = min(lowestInt, other.lowestInt)
    highestInt = max(highestInt, other.highestInt)
    lowestDouble = min(lowestDouble, other.lowestDouble)
    highestDouble = max(highestDouble, other.highestDouble)
    shortestText = min(shortestText, other.shortestText)
    longestText = max(longestText, other.longestText)
    fewestItems = min(fewestItems, other.fewestItems)
    mostItems = max(mostItems, other.mostItems)
    for shape in shapes.indices { shapes[shape] += other.shapes[shape] }
    values.merge(other.values)
  }

  /// The lowest and the highest number.
  package var range: (low: Double, high: Double)? {
    let hasInts = lowestInt <= highestInt
    guard hasInts || lowestDouble <= highestDouble else { return nil }
    return (
      min(hasInts ? Double(lowestInt) : .infinity, lowestDouble),
      max(hasInts ? Double(highestInt) : -.infinity, highestDouble)
    )
  }

  /// The shape that most of its texts have, blank ones left aside.
  package var commonShape: TextShape? {
    TextShape.allCases.dropFirst().max { shapes[$0.rawValue] < shapes[$1.rawValue] }
      .flatMap { shapes[$0.rawValue] > 0 ? $0 : nil }
  }

  /// Texts that say a time.
  package var times: Int {
    TextShape.allCases.filter(\.isTime).reduce(0) { $0 + shapes[$1.rawValue] }
  }
}
