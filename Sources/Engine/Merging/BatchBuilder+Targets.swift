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
    let hash = hash(of: text)
    return isGroup ? group(text, hash) : plainTarget(text, hash)
  }

  private mutating func plainTarget(_ text: TextRange, _ hash: UInt64) -> Int32 {
    var place = targetNumbers.start(hash)
    while let number = targetNumbers.next(hash, &place) {
      if !targetIsGroup[Int(number)], isSame(batch.targets[Int(number)], text) { return number }
    }
    return addTarget(text, hash, isGroup: false)
  }

  /// Most names of groups were written before in the same letters.
  private mutating func group(_ text: TextRange, _ hash: UInt64) -> Int32 {
    var place = spellingNumbers.start(hash)
    while let number = spellingNumbers.next(hash, &place) {
      if isSame(spellings[number].text, text) { return spellings[number].target }
    }
    let target = group(text)
    spellings.append(Spelling(text: text, target: target))
    spellingNumbers.insert(hash, Int32(spellings.count - 1))
    return target
  }

  /// The number of a group by what all its names have in common.
  private mutating func group(_ text: TextRange) -> Int32 {
    let wanted = identity(ofGroup: text)
    let hash = wanted.withUnsafeBytes { stableHash($0) } ^ 0x5555_5555_5555_5555
    var place = targetNumbers.start(hash)
    while let number = targetNumbers.next(hash, &place) {
      guard targetIsGroup[Int(number)] else { continue }
      if identity(ofGroup: batch.targets[Int(number)]) == wanted { return number }
    }
    return addTarget(text, hash, isGroup: true)
  }

  private mutating func addTarget(_ text: TextRange, _ hash: UInt64, isGroup: Bool) -> Int32 {
    batch.targets.append(text)
    targetIsGroup.append(isGroup)
    targetNumbers.insert(hash, Int32(batch.targets.count - 1))
    return Int32(batch.targets.count - 1)
  }

  /// Has the places where the search for a text of a log begins brought into the cache.
  mutating func prefetchPlaces(of text: TextRange, in source: LogView, isURN: Bool) {
    let hash = stableHash(
      UnsafeRawBufferPointer(
        UnsafeBufferPointer(
          rebasing: source.bytes[Int(text.offset)..<Int(text.offset) + Int(text.length)])))
    guard isURN else { return spellingNumbers.prefetchPlace(hash) }
    targetNumbers.prefetchPlace(hash)
    identifierNumbers.prefetchPlace(hash)
    if knowsContacts { snapshot.prefetchURN(hash) }
  }

  private mutating func isSame(_ one: TextRange, _ other: TextRange) -> Bool {
    batch.bytes.withUnsafeBufferPointer { areEqual($0.start, one, $0.start, other) }
  }

  /// What all names of one group have in common: its number in the inventory, or its folded name.
  private mutating func identity(ofGroup text: TextRange) -> [UInt8] {
    if snapshot.inventory.isKnown {
      let number = snapshot.inventory.group(String(decoding: batch.text(text), as: UTF8.self))
      if number >= 0 {
        // No text holds this byte.
        return withUnsafeBytes(of: number) { [0xFF] + $0 }
      }
    }
    var folded: [UInt8] = []
    batch.bytes.withUnsafeBytes { bytes in
      let name = bytes[Int(text.offset)..<Int(text.offset + text.length)]
      program.profile.foldGroupName(UnsafeRawBufferPointer(rebasing: name), into: &folded)
    }
    return folded
  }
}
