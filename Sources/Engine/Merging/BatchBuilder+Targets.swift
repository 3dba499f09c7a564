import Contacts
import Knowledge

/// Groups, field keys and URNs that writes go to, numbered.
extension BatchBuilder {
  /// The batch's number of a constant target of the program.
  mutating func target(constant number: Int32) -> Int32 {
    let known = constantTargets[Int(number)]
    if known >= 0 { return known }
    let constant = program.targets[Int(number)]
    let found = target(constant.text, isGroup: constant.isGroup)
    constantTargets[Int(number)] = found
    return found
  }

  /// The number of a group, field key or URN that stands in the batch's bytes; groups are equal
  /// whatever their case.
  mutating func target(_ text: TextRange, isGroup: Bool) -> Int32 {
    let hash = identity(of: text, isGroup: isGroup)
    let wanted = TextRange(offset: 0, length: UInt32(buffer.count))
    let known = targetNumbers.find(hash) { number in
      guard targetIsGroup[Int(number)] == isGroup else { return false }
      let candidate = batch.targets[Int(number)]
      if areEqual(batch.bytes, candidate, buffer, wanted) { return true }
      guard isGroup else { return false }
      var folded: [UInt8] = []
      identify(group: candidate, into: &folded)
      return folded == buffer
    }
    if let known { return known }
    batch.targets.append(text)
    targetIsGroup.append(isGroup)
    targetNumbers.insert(hash, Int32(batch.targets.count - 1))
    return Int32(batch.targets.count - 1)
  }

  /// Leaves what a target is compared by in ``buffer`` and returns its hash.
  private mutating func identity(of text: TextRange, isGroup: Bool) -> UInt64 {
    buffer.removeAll(keepingCapacity: true)
    if isGroup {
      var folded: [UInt8] = []
      swap(&folded, &buffer)
      identify(group: text, into: &folded)
      swap(&folded, &buffer)
    } else {
      buffer.append(contentsOf: batch.text(text))
    }
    return buffer.withUnsafeBytes { stableHash($0) } ^ (isGroup ? 0x5555_5555_5555_5555 : 0)
  }

  /// What all names of one group have in common: its number in the inventory, or its folded name.
  private func identify(group text: TextRange, into output: inout [UInt8]) {
    if snapshot.inventory.isKnown {
      let number = snapshot.inventory.group(String(decoding: batch.text(text), as: UTF8.self))
      if number >= 0 {
        // No text holds this byte.
        output.append(0xFF)
        withUnsafeBytes(of: number) { output.append(contentsOf: $0) }
        return
      }
    }
    batch.bytes.withUnsafeBytes { bytes in
      let name = bytes[Int(text.offset)..<Int(text.offset + text.length)]
      program.profile.foldGroupName(UnsafeRawBufferPointer(rebasing: name), into: &output)
    }
  }
}
