import Knowledge
import Testing

@Suite("Column")
struct ColumnTests {
  /// Counts around the first capacity, and one that takes large pages.
  static let counts = [0, 1, 15, 16, 17, 1_000, 600_000]

  @Test("elements stay what they are while it grows", arguments: counts)
  func growth(count: Int) {
    var column = Column<Int>()
    for number in 0..<count { column.append(number &* 7) }
    #expect(column.count == count && column.isEmpty == (count == 0))
    #expect((0..<count).allSatisfy { column[$0] == $0 &* 7 })
  }

  @Test("an element is changed in place")
  func changes() {
    var column = Column(repeating: 1, count: 40)
    column[Int32(39)] += 41
    #expect(column[39] == 42 && column[38] == 1)
    column.fill(with: 5)
    #expect((0..<40).allSatisfy { column[$0] == 5 })
  }

  @Test("what was forgotten is written anew")
  func forgetting() {
    var column = Column(repeating: 1, count: 40)
    column.removeAll(behind: 2)
    column.append(9)
    #expect(column.count == 3 && column[1] == 1 && column[2] == 9)
    column.removeAll()
    #expect(column.isEmpty && column.capacity >= 40)
  }

  @Test("a list is refilled whatever its size was", arguments: [0, 3, 500_000])
  func refilling(count: Int) {
    var list = [7, 7, 7, 7]
    list.refill(with: 2, count: count)
    #expect(list == Array(repeating: 2, count: count))
  }
}
