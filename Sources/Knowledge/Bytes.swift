internal import Glibc

/// Whether two runs of bytes are the same.
func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  guard left.count > 0, let one = left.baseAddress, let other = right.baseAddress else {
    return true
  }
  return memcmp(one, other, left.count) == 0
}
