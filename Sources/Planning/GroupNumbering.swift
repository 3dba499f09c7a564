import Engine
import Knowledge

/// Of each target that is a group its number in the inventory, and the other way round.
struct GroupNumbering {
  private var numbers: [Int32] = []
  /// Of groups that only the snapshot names, their targets.
  private var targets: [Int32: Int32] = [:]

  /// The number of a target, a new one if nobody has named the group before.
  mutating func number(
    of target: Int32, in batch: borrowing Batch, _ inventory: inout Inventory
  ) -> Int32 {
    while numbers.count <= Int(target) { numbers.append(-1) }
    if numbers[Int(target)] >= 0 { return numbers[Int(target)] }
    let text = batch.string(batch.targets[Int(target)])
    let known = inventory.group(text)
    let number = known >= 0 ? known : inventory.number(ofGroup: text, uuid: nil)
    numbers[Int(target)] = number
    return number
  }

  /// The target of a number: the uuid where it is known, which outlives a new name.
  mutating func target(
    of number: Int32, in batch: inout Batch, _ inventory: borrowing Inventory
  ) -> Int32 {
    if let known = targets[number] { return known }
    let group = inventory.groups[Int(number)]
    let target = batch.appendTarget(Array((group.uuid ?? group.name).utf8))
    targets[number] = target
    return target
  }

  /// Forgets all: names have changed.
  mutating func reset() { self = GroupNumbering() }
}

extension Batch {
  /// Adds a text that only the plan needs.
  mutating func appendText(_ text: [UInt8]) -> TextRange {
    bytes.append(contentsOf: text)
    return TextRange(offset: UInt32(bytes.count - text.count), length: UInt32(text.count))
  }

  /// Adds a target that only the plan needs.
  mutating func appendTarget(_ text: [UInt8]) -> Int32 {
    targets.append(appendText(text))
    return Int32(targets.count - 1)
  }
}
