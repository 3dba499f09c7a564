/// What changes leaves behind what no row points to any more. A run of weeks must not gather it.
extension ContactSnapshot {
  /// Growth that is not worth a compaction.
  private static let leastGrowth = 64 << 10

  /// Bytes in use by lists, texts and the table of URNs, those included that no row points to.
  var heldByteCount: Int {
    bytes.count + urns.count * MemoryLayout<Text>.stride
      + groups.count * MemoryLayout<Int32>.stride + fields.count * MemoryLayout<FieldValue>.stride
      + urnTable.byteCount
  }

  /// Leaves out what no row points to, once that is half of the rest: what is held stays below one and a half
  /// times what is needed, and each byte that is left pays for three that are moved.
  ///
  /// Rows keep their numbers; texts of before mean nothing any more.
  package mutating func compactIfGrown() {
    guard leftByteCount > max(Self.leastGrowth, (heldByteCount - leftByteCount) / 2) else {
      return
    }
    compact()
  }

  /// Lists are moved one after the other, so that only one of them is there twice.
  mutating func compact() {
    moveURNs()
    moveGroups()
    moveFields()
    moveTexts()
    urnTable = RowTable(capacity: urns.count)
    for row in rows.indices {
      for urn in rows[row].urns.range {
        let hash = withBytes(of: urns[urn]) { RowTable.hash(Self.name(ofURN: $0)) }
        urnTable.insert(hash, Int32(row))
      }
    }
    leftByteCount = 0
  }

  private mutating func moveURNs() {
    var new: [Text] = []
    new.reserveCapacity(rows.reduce(0) { $0 + Int($1.urns.count) })
    for row in rows.indices { Self.move(&rows[row].urns, from: urns, to: &new) }
    urns = new
  }

  private mutating func moveGroups() {
    var new: [Int32] = []
    new.reserveCapacity(details.reduce(0) { $0 + Int($1.groups.count + $1.smartGroups.count) })
    for place in details.indices {
      Self.move(&details[place].groups, from: groups, to: &new)
      Self.move(&details[place].smartGroups, from: groups, to: &new)
    }
    groups = new
  }

  private mutating func moveFields() {
    var new: [FieldValue] = []
    new.reserveCapacity(details.reduce(0) { $0 + Int($1.fields.count) })
    for place in details.indices { Self.move(&details[place].fields, from: fields, to: &new) }
    fields = new
  }

  private static func move<Element>(
    _ span: inout Span, from old: [Element], to new: inout [Element]
  ) {
    let range = span.range
    span.first = UInt32(new.count)
    new.append(contentsOf: old[range])
  }

  private mutating func moveTexts() {
    let old = bytes
    var new: [UInt8] = []
    new.reserveCapacity(textByteCount)
    for row in rows.indices {
      for urn in rows[row].urns.range { Self.move(&urns[urn], from: old, to: &new) }
      let place = Int(rows[row].details)
      guard place >= 0 else { continue }
      Self.move(&details[place].name, from: old, to: &new)
      Self.move(&details[place].language, from: old, to: &new)
      for field in details[place].fields.range {
        Self.move(&fields[field].value, from: old, to: &new)
      }
    }
    bytes = new
  }

  private static func move(_ text: inout Text, from old: [UInt8], to new: inout [UInt8]) {
    let start = UInt32(new.count)
    new.append(contentsOf: old[Int(text.offset)..<Int(text.offset) + Int(text.length)])
    text.offset = start
  }

  /// Bytes of all texts that rows point to.
  private var textByteCount: Int {
    var count = 0
    for row in details { count += Int(row.name.length) + Int(row.language.length) }
    for urn in urns { count += Int(urn.length) }
    for field in fields { count += Int(field.value.length) }
    return count
  }
}
