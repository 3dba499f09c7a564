internal import CJSON

/// A parsed JSON document in simdjson's tape form; valid until its parser's next call.
///
/// The format is described at `cjson_document` in `CJSON.h`.
public struct Document: BitwiseCopyable {
  /// The words; `tape[1]` is where the value starts.
  public var tape: UnsafePointer<UInt64>
  /// Texts: a UInt32 length, the bytes, a NUL.
  public var strings: UnsafePointer<UInt8>
  /// The keys of every map, if they were indexed: paths are then found quickly.
  var index: UnsafePointer<cjson_entry>?

  /// A document from the parser's two buffers.
  public init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
    self.tape = tape
    self.strings = strings
  }
}
