/// The memory behind the constants of a program: texts, lists and maps.
// Safety: bytes are written once, by the program that holds the only reference, before any value
// points to them; afterwards they are only read, and they live as long as this object.
final class ConstantMemory: @unchecked Sendable {
  private var arena = Arena()

  init() {}

  func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer { arena.allocate(byteCount) }
}
