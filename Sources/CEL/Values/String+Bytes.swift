private import Glibc

extension String {
  /// Whether both are the same bytes in UTF-8; texts that only look alike are equal as `String`.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { areSame(bytes, $0) }
    }.flatMap { $0 } ?? utf8.elementsEqual(other.utf8)
  }
}

private func areSame(
  _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>
) -> Bool {
  guard one.count == other.count else { return false }
  guard let left = one.baseAddress, let right = other.baseAddress else { return true }
  return memcmp(left, right, one.count) == 0
}
