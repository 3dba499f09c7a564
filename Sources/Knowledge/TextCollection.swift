/// The texts of one contact, which come into a snapshot together: one growth, one check.
struct TextCollection {
  private var texts: [UnsafeRawBufferPointer] = []
  /// Where the next text will stand.
  private var end: UInt32 = 0

  /// Begins behind so many bytes of a snapshot.
  mutating func begin(behind byteCount: Int) {
    texts.removeAll(keepingCapacity: true)
    end = UInt32(byteCount)
  }

  /// Takes a text, which must live until ``move(to:)``; says where it will stand.
  mutating func take(_ text: UnsafeRawBufferPointer) -> ContactSnapshot.Text {
    guard text.count > 0 else { return .none }
    let taken = ContactSnapshot.Text(offset: end, length: UInt32(text.count))
    texts.append(text)
    end += taken.length
    return taken
  }

  /// Appends what was taken.
  mutating func move(to snapshot: inout ContactSnapshot) {
    let count = Int(end) - snapshot.bytes.count
    // Safety: the list has room for `count` more bytes, and the texts have so many in all.
    snapshot.bytes.append(addingCapacity: count) { room in
      room.withUnsafeMutableBufferPointer { room, initializedCount in
        let room = UnsafeMutableRawBufferPointer(room)
        var at = 0
        for text in texts {
          UnsafeMutableRawBufferPointer(rebasing: room[at...]).copyMemory(from: text)
          at += text.count
        }
        initializedCount += at
      }
    }
    texts.removeAll(keepingCapacity: true)
  }
}
