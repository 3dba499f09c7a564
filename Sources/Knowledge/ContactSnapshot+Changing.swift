/// What answers and planned writes change.
extension ContactSnapshot {
  /// A text of its own copy.
  package mutating func keep(_ text: UnsafeRawBufferPointer) -> Text {
    guard text.count > 0 else { return .none }
    let start = UInt32(bytes.count)
    bytes.makeLargeRoom(for: text.count)
    bytes.append(contentsOf: text)
    return Text(offset: start, length: UInt32(text.count))
  }

  /// Whether so many bytes more can be kept: places of texts have 32 bits.
  func hasRoom(for byteCount: Int) -> Bool { bytes.count + byteCount <= Int(UInt32.max) }

  /// The row of a uuid, a new one at its first use.
  mutating func row(for uuid: UUIDNumber, readAt: Int64) -> Int32 {
    let known = row(of: uuid)
    if known >= 0 {
      if rows[Int(known)].status == .deleted { count(1) }
      rows[Int(known)].status = .active
      return known
    }
    rows.append(Row(details: Int32(details.count), status: .active))
    details.append(Details(uuid: uuid, readAt: readAt))
    uuidTable.insert(uuid.hash, Int32(rows.count - 1))
    count(1)
    return Int32(rows.count - 1)
  }

  /// A row for a contact of which only URNs are known.
  package mutating func addUnnamed() -> Int32 {
    rows.makeLargeRoom()
    urns.makeLargeRoom()
    rows.append(Row(status: .active))
    return Int32(rows.count - 1)
  }

  /// The same for a contact that has one URN, which is taken from whoever has it.
  package mutating func addUnnamed(_ urn: UnsafeRawBufferPointer) -> Int32 {
    let row = addUnnamed()
    let text = keep(urn)
    take(withBytes(of: text) { KnownURN(text, $0) }, for: row)
    rows[Int(row)].urns = Span(first: UInt32(urns.count), count: 1)
    urns.append(text)
    return row
  }

  /// Where the details of a contact stand, new ones at their first use.
  private mutating func detailsPlace(of row: Int32) -> Int {
    if rows[Int(row)].details < 0 {
      rows[Int(row)].details = Int32(details.count)
      details.append(Details())
    }
    return Int(rows[Int(row)].details)
  }

  /// Notes that a contact is made just now: what is said of it from here on is all that it has.
  package mutating func noteMaking(_ row: Int32) {
    setStatus(.active, of: row)
    details[detailsPlace(of: row)].readAt = now
  }

  package mutating func setName(_ name: UnsafeRawBufferPointer, of row: Int32) {
    let place = detailsPlace(of: row)
    leftByteCount += Int(details[place].name.length)
    details[place].name = keep(name)
  }

  package mutating func setLanguage(_ language: UnsafeRawBufferPointer, of row: Int32) {
    let place = detailsPlace(of: row)
    leftByteCount += Int(details[place].language.length)
    details[place].language = keep(language)
  }

  package mutating func setStatus(_ status: Status, of row: Int32) {
    if status == .active, !rows[Int(row)].isStatusKnown, rows[Int(row)].hasUnsureGroups {
      rows[Int(row)].areGroupsUnknown = true
    }
    rows[Int(row)].status = status
    rows[Int(row)].isStatusKnown = true
  }

  /// Sets a field, or clears it with an empty value.
  package mutating func setField(
    _ key: Int32, to value: UnsafeRawBufferPointer, of row: Int32
  ) {
    let text = keep(value)
    let place = detailsPlace(of: row)
    let span = details[place].fields
    for index in span.range where fields[index].key == key {
      leftByteCount += Int(fields[index].value.length)
      fields[index].value = text
      return
    }
    guard value.count > 0 else { return }
    if span.range.upperBound != fields.count {
      details[place].fields.first = UInt32(fields.count)
      for index in span.range { fields.append(fields[index]) }
      leftByteCount += Int(span.count) * MemoryLayout<FieldValue>.stride
    }
    fields.append(FieldValue(key: key, value: text))
    details[place].fields.count += 1
  }

  /// Puts what was read of a contact in the place of what was known; its fields stand in
  /// ``fields`` already, the other lists come now.
  mutating func replace(
    _ row: Int32, with new: Row, _ details: Details, urns list: [KnownURN], groups numbers: [Int32],
    smartGroups smartNumbers: [Int32]
  ) {
    takeAll(list, for: row)
    leave(row)
    var (new, details) = (new, details)
    new.urns = Span(first: UInt32(urns.count), count: UInt32(list.count))
    for urn in list { urns.append(urn.text) }
    details.groups = Span(first: UInt32(groups.count), count: UInt32(numbers.count))
    groups.append(contentsOf: numbers)
    details.smartGroups = Span(first: UInt32(groups.count), count: UInt32(smartNumbers.count))
    groups.append(contentsOf: smartNumbers)
    let place = detailsPlace(of: row)
    new.details = Int32(place)
    rows[Int(row)] = new
    self.details[place] = details
  }

  /// Counts what a row points to among what is left behind.
  private mutating func leave(_ row: Int32) {
    let known = details(of: row)
    leftByteCount +=
      Int(known.name.length) + Int(known.language.length)
      + Int(known.groups.count + known.smartGroups.count) * MemoryLayout<Int32>.stride
      + Int(known.fields.count) * MemoryLayout<FieldValue>.stride
    for field in known.fields.range { leftByteCount += Int(fields[field].value.length) }
    leaveURNs(of: row)
  }

  private mutating func leaveURNs(of row: Int32) {
    let span = rows[Int(row)].urns
    leftByteCount += Int(span.count) * MemoryLayout<Text>.stride
    for urn in span.range { leftByteCount += Int(urns[urn].length) }
  }

  /// Replaces the groups.
  package mutating func setGroups(_ numbers: [Int32], of row: Int32) {
    let place = detailsPlace(of: row)
    let span = details[place].groups
    if numbers.count <= Int(span.count) {
      for (index, number) in numbers.enumerated() { groups[Int(span.first) + index] = number }
      details[place].groups.count = UInt32(numbers.count)
      leftByteCount += (Int(span.count) - numbers.count) * MemoryLayout<Int32>.stride
      return
    }
    leftByteCount += Int(span.count) * MemoryLayout<Int32>.stride
    details[place].groups = Span(first: UInt32(groups.count), count: UInt32(numbers.count))
    groups.append(contentsOf: numbers)
  }

  /// Notes that a contact joins groups, which the server refuses those who are archived.
  package mutating func noteJoining(_ row: Int32) {
    if !isSurelyActive(row) { rows[Int(row)].hasUnsureGroups = true }
  }

  /// Notes that somebody who is not active leaves groups, which the server may ignore.
  package mutating func noteUnsureLeaving(_ row: Int32) { rows[Int(row)].areGroupsUnknown = true }

  /// Replaces the URNs, which are taken from whoever has them.
  package mutating func setURNs(_ list: [Text], of row: Int32) {
    let texts = bytes
    let known = texts.withUnsafeBytes { texts in
      list.map { KnownURN($0, $0.bytes(in: texts)) }
    }
    takeAll(known, for: row)
    leaveURNs(of: row)
    rows[Int(row)].urns = Span(first: UInt32(urns.count), count: UInt32(list.count))
    urns.append(contentsOf: list)
  }

  /// Adds a URN to the end of a contact's list, which is taken from whoever has it.
  ///
  /// - Returns: false, with nothing done, where more than that list may have to change.
  package mutating func addURN(_ urn: UnsafeRawBufferPointer, to row: Int32) -> Bool {
    guard uncertain.isEmpty else { return false }
    let span = rows[Int(row)].urns
    if owns(row, urn) { return true }
    if span.range.upperBound != urns.count {
      rows[Int(row)].urns.first = UInt32(urns.count)
      for index in span.range { urns.append(urns[index]) }
      leftByteCount += Int(span.count) * MemoryLayout<Text>.stride
    }
    let text = keep(urn)
    take(withBytes(of: text) { KnownURN(text, $0) }, for: row)
    urns.append(text)
    rows[Int(row)].urns.count += 1
    return true
  }

  /// Takes URNs from their owners for a contact that has no others from now on.
  private mutating func takeAll(_ list: [KnownURN], for row: Int32) {
    for urn in list { take(urn, for: row) }
    // The table still leads here from those that it has no more.
    let texts = bytes
    for index in rows[Int(row)].urns.range {
      let urn = urns[index]
      let hash = texts.withUnsafeBytes { RowTable.hash(Self.name(ofURN: urn.bytes(in: $0))) }
      if !list.contains(where: { $0.hash == hash }) { leftByteCount += urnTable.entryByteCount }
    }
  }

  /// Takes a URN from its owner and lets the table lead to its new one.
  mutating func take(_ urn: KnownURN, for row: Int32) {
    let owner = owner(of: urn)
    if !uncertain.isEmpty { forgetUncertainty(of: urn.name) }
    if owner == row { return }
    if owner >= 0 { removeURN(urn.name, from: owner) }
    urnTable.insert(urn.hash, row)
  }

  private mutating func forgetUncertainty(of name: Text) {
    let name = withBytes(of: name) { Array($0) }
    name.withUnsafeBytes { uncertain.remove($0) }
  }

  /// Mutating, and lent the texts alone, so that the snapshot is not copied for the call.
  private mutating func owner(of urn: KnownURN) -> Int32 {
    let texts = bytes
    return texts.withUnsafeBytes { row(ofExactURN: urn.name.bytes(in: $0), urn.hash) }
  }

  /// What of a URN names somebody: all but its display part.
  static func name(ofURN urn: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let end = position(of: UInt8(ascii: "#"), in: urn) ?? urn.count
    return UnsafeRawBufferPointer(rebasing: urn[..<end])
  }

  private mutating func removeURN(_ urn: Text, from row: Int32) {
    let span = rows[Int(row)].urns
    let texts = bytes
    var kept = span.range.lowerBound
    for index in span.range {
      let isIt = texts.withUnsafeBytes { names(urns[index], urn.bytes(in: $0)) }
      if isIt {
        leftByteCount +=
          MemoryLayout<Text>.stride + Int(urns[index].length) + urnTable.entryByteCount
        continue
      }
      urns[kept] = urns[index]
      kept += 1
    }
    rows[Int(row)].urns.count = UInt32(kept - span.range.lowerBound)
  }

  /// Takes a URN away from whoever has it.
  package mutating func releaseURN(_ urn: UnsafeRawBufferPointer) {
    let owner = row(ofExactURN: urn)
    guard owner >= 0 else { return }
    removeURN(keep(urn), from: owner)
    leftByteCount += urn.count
  }

  /// Notes that a contact is gone: its URNs are free again.
  package mutating func delete(_ row: Int32) {
    guard rows[Int(row)].status != .deleted else { return }
    if hasUUID(row) { count(-1) }
    leave(row)
    leftByteCount += Int(rows[Int(row)].urns.count) * urnTable.entryByteCount
    rows[Int(row)].status = .deleted
    rows[Int(row)].urns.count = 0
    guard rows[Int(row)].details >= 0 else { return }
    let known = details(of: row)
    details[Int(rows[Int(row)].details)] = Details(uuid: known.uuid, readAt: known.readAt)
  }

  /// Notes that what stands in a row may no longer be so, and that its URNs may be others'.
  private mutating func doubt(_ row: Int32) {
    rows[Int(row)].isDoubtful = true
    for urn in urns(of: row) {
      let name = withBytes(of: urn) { Array(Self.name(ofURN: $0)) }
      name.withUnsafeBytes { uncertain.insert($0) }
    }
  }

  /// Notes that nobody can say whom an identifier names; its owner by this snapshot is doubted.
  package mutating func doubt(_ identifier: UnsafeRawBufferPointer) {
    uncertain.insert(identifier)
    let owner = row(ofExactURN: identifier)
    if owner >= 0, !rows[Int(owner)].isDoubtful { doubt(owner) }
  }
}
