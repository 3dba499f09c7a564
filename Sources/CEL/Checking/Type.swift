/// A CEL type, as the checker sees it.
public indirect enum Type: Sendable, Hashable {
  case dynamic, null, bool, int, uint, double, string, bytes, timestamp, duration
  case list(Type)
  case map(Type, Type)
  /// A map of which fields are known.
  case record(RecordType)
  case type(Type)
  case optional(Type)
  /// A type parameter of a function's declaration, such as `T`.
  case parameter(String)
  /// An abstract or message type by name, with its parameters.
  case named(String, [Type])
  /// The wrapper of a primitive: that type or null.
  case wrapper(Type)
  /// The type of a node with a mistake: goes with everything, so one mistake is reported once.
  case unknown
}
