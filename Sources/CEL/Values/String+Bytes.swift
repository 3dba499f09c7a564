extension String {
  /// Whether both are the same bytes in UTF-8; texts that only look alike are equal as `String`.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable {
        areEqual(UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer($0))
      }
    }.flatMap { $0 } ?? utf8.elementsEqual(other.utf8)
  }
}
