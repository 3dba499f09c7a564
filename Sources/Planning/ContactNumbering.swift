package import Engine

/// Numbers the contacts that a plan changes, the same ones in all its windows.
package struct ContactNumbering: Sendable {
  private var rows: [Int32: Int] = [:]
  private var keys: [String: Int] = [:]
  /// Of each contact of the batch its number, or -1 as long as nobody asked.
  private var numbers: [Int] = []
  package private(set) var count = 0

  package init() {}

  /// Makes ready for the contacts of another batch.
  package mutating func open(_ batch: Batch) {
    var contactCount = 0
    for part in batch.parts { contactCount = max(contactCount, Int(part.contact) + 1) }
    numbers = Array(repeating: -1, count: contactCount)
  }

  /// The number of the contact that a change is about.
  package mutating func number(of change: PlannedChange, in batch: Batch) -> Int {
    let part = batch.parts[Int(change.part)]
    let known = numbers[Int(part.contact)]
    if known >= 0 { return known }
    let number: Int
    if change.row >= 0, let known = rows[change.row] {
      number = known
    } else {
      // A contact that the run makes gets its row later than its key.
      let key = String(decoding: batch.text(part.key), as: UTF8.self)
      number = keys[key] ?? count
      keys[key] = number
      if change.row >= 0 { rows[change.row] = number }
    }
    count = max(count, number + 1)
    numbers[Int(part.contact)] = number
    return number
  }
}
