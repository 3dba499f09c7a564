/// A URN as the API shows it, and what its owner is found by.
struct KnownURN: BitwiseCopyable {
  var text: ContactSnapshot.Text
  /// What of it names somebody: all but its display part.
  var name: ContactSnapshot.Text
  /// Of the name.
  var hash: UInt64

  init(_ text: ContactSnapshot.Text, _ bytes: UnsafeRawBufferPointer) {
    let name = ContactSnapshot.name(ofURN: bytes)
    self.text = text
    self.name = ContactSnapshot.Text(offset: text.offset, length: UInt32(name.count))
    hash = RowTable.hash(name)
  }
}
