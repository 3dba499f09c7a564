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
    /// How much dearer than a byte of text each byte is: where the automaton does not fit into
    /// its memory, RE2 goes through all states of the pattern for each byte.
    fileprivate(set) var weight: Int

    fileprivate init(_ pattern: OpaquePointer) {
      self.pattern = pattern
      weight = 1 + Int(cre2_program_size(pattern)) / 256
    }

    /// Whether the pattern occurs anywhere in the text.
    func occurs(in text: UnsafeRawBufferPointer) -> Bool {
      cre2_search(pattern, text.bindMemory(to: UInt8.self).baseAddress, text.count)
    }
  }

  let handle: Handle

  private init(_ pattern: OpaquePointer) { handle = Handle(pattern) }

  deinit { cre2_destroy(handle.pattern) }

  /// Where a pattern comes from.
  enum Origin {
    case fromRules
    /// Many such are kept at a time.
    case fromData

    /// What the automata may take, in bytes.
    fileprivate var memoryLimit: Int {
      switch self {
      case .fromRules: 8 << 20
      case .fromData: 1 << 20
      }
    }
  }

  static func compile(
    _ pattern: some Collection<UInt8>, _ origin: Origin = .fromRules
  ) -> Result<Regex, Refusal> {
    var message = [CChar](repeating: 0, count: 256)
    let bytes = Array(pattern)
    let compiled = message.withUnsafeMutableBufferPointer { message in
      cre2_compile(bytes, bytes.count, origin.memoryLimit, message.baseAddress, message.count)
    }
    guard let compiled else {
      let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return .failure(Refusal(message: String(decoding: text, as: UTF8.self)))
    }
    return .success(Regex(compiled))
  }
}
