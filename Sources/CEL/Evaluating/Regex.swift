private import CRE2

/// A compiled RE2 pattern.
// Safety: RE2 objects are immutable after construction and matched by many threads at once;
// the pointer is owned here and freed once.
final class Regex: @unchecked Sendable {
  /// Why RE2 refused a pattern.
  struct Refusal: Error {
    var message: String
  }

  /// A pattern that is kept alive elsewhere.
  struct Handle: BitwiseCopyable {
    fileprivate var pattern: OpaquePointer

    /// Whether the pattern occurs anywhere in the text.
    func occurs(in text: UnsafeRawBufferPointer) -> Bool {
      cre2_search(pattern, text.bindMemory(to: UInt8.self).baseAddress, text.count)
    }
  }

  let handle: Handle

  private init(_ pattern: OpaquePointer) { handle = Handle(pattern: pattern) }

  deinit { cre2_destroy(handle.pattern) }

  /// What one pattern's automata may take, in bytes.
  private static let memoryLimit = 8 << 20

  static func compile(_ pattern: some Collection<UInt8>) -> Result<Regex, Refusal> {
    var message = [CChar](repeating: 0, count: 256)
    let bytes = Array(pattern)
    let compiled = message.withUnsafeMutableBufferPointer { message in
      cre2_compile(bytes, bytes.count, memoryLimit, message.baseAddress, message.count)
    }
    guard let compiled else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return .failure(Refusal(message: String(decoding: text, as: UTF8.self)))
    }
    return .success(Regex(compiled))
  }
}
