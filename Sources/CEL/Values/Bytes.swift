private import CJSON
private import Glibc

/// Whether two runs of bytes are the same.
@inline(__always)
func areEqual(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
  guard first.count == second.count else { return false }
  guard first.count > 0, let left = first.baseAddress, let right = second.baseAddress else {
    return true
  }
  return areEqual(left, right, first.count)
}

/// The same for at least one byte; most texts of rules are short, and a call costs more than they.
@inline(__always)
private func areEqual(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
  if count > 16 { return memcmp(left, right, count) == 0 }
  if count >= 8 { return haveSameEnds(left, right, count, UInt64.self) }
  if count >= 4 { return haveSameEnds(left, right, count, UInt32.self) }
  if count >= 2 { return haveSameEnds(left, right, count, UInt16.self) }
  return left.load(as: UInt8.self) == right.load(as: UInt8.self)
}

/// Whether the first and the last word of both are the same; together they cover all bytes.
@inline(__always)
private func haveSameEnds<Word: FixedWidthInteger & BitwiseCopyable>(
  _ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int, _ word: Word.Type
) -> Bool {
  let last = count - MemoryLayout<Word>.size
  return left.loadUnaligned(as: word) == right.loadUnaligned(as: word)
    && left.loadUnaligned(fromByteOffset: last, as: word)
      == right.loadUnaligned(fromByteOffset: last, as: word)
}

/// Orders runs of bytes; for UTF-8 that is the order of code points.
func compare(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int {
  let count = min(first.count, second.count)
  if count > 0, let left = first.baseAddress, let right = second.baseAddress {
    let order = memcmp(left, right, count)
    if order != 0 { return Int(order) }
  }
  return first.count - second.count
}

/// Where a part first occurs at or after an offset, in linear time whatever the two are.
func find(
  _ part: UnsafeRawBufferPointer, in whole: UnsafeRawBufferPointer, from start: Int
) -> Int? {
  guard start <= whole.count else { return nil }
  guard part.count > 0 else { return start }
  let rest = UnsafeRawBufferPointer(rebasing: whole[start...])
  let offset = cjson_position(
    rest.assumingMemoryBound(to: UInt8.self).baseAddress, rest.count,
    part.assumingMemoryBound(to: UInt8.self).baseAddress, part.count)
  return offset < 0 ? nil : start + offset
}

/// Copies bytes; an empty source may have no address.
@inline(__always)
func copy(_ source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
  guard source.count > 0, let address = source.baseAddress else { return }
  target.copyMemory(from: address, byteCount: source.count)
}

/// A fixed hash: the same on every machine and run.
@inline(__always)
func hash(of bytes: UnsafeRawBufferPointer) -> UInt64 {
  cjson_hash(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
}
