import Contacts
import Engine
import Testing

@Suite("Writes that are put into their places")
struct BatchMovingTests {
  /// So many writes, numbered by their events; every third one replaced the one behind it.
  private static func writes(_ count: Int) -> [Batch.Write] {
    (0..<count).map { number in
      var write = Batch.Write(
        kind: .setName, target: -1, value: .none, rule: 0, event: Int32(number), sequence: 0)
      if number % 3 == 0, number + 1 < count { write.previous = Int32(number + 1) }
      return write
    }
  }

  @Test("each stands where it belongs and leads to the one it replaced", arguments: 0..<60)
  func moving(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let before = Self.writes(seed < 40 ? seed : seed * 50)
    var places = before.indices.map { Int32($0) }
    if seed % 5 == 0 {
      // One cycle through all.
      places = before.indices.map { Int32(($0 + 1) % before.count) }
    } else if seed % 5 > 1 {
      places.shuffle(using: &generator)
    }
    var after = before
    var given = places
    Batch.move(&after, to: &given)
    for (number, write) in before.enumerated() {
      let moved = after[Int(places[number])]
      #expect(moved.event == write.event)
      #expect(moved.previous == (write.previous < 0 ? -1 : places[Int(write.previous)]))
    }
  }
}
