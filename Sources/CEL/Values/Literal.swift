/// A CEL value that owns its parts: what embedders pass in and get out, and what constants are.
public indirect enum Literal: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  /// Text; compare by code points: Swift's `==` on String is canonical equivalence.
  case string(String)
  case bytes([UInt8])
  case list([Literal])
  /// Entries in order; keys are bool, int, uint or string.
  case map([(key: Literal, value: Literal)])
  case timestamp(seconds: Int64, nanoseconds: UInt32)
  case duration(nanoseconds: Int64)
  case type(String)
  case optional(Literal?)
}
