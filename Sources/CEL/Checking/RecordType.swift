/// What is known of the maps that some data consists of: their fields, as samples or a
/// specification show them.
///
/// Declare a variable as ``Type/record(_:)`` and the checker finds misspelt fields and
/// comparisons that cannot hold, also behind `?.`, in macros over lists of records and through
/// `cel.bind`. At run time such a variable is what a dynamic one is.
public struct RecordType: Sendable, Hashable {
  /// Whether there may be fields that are not listed.
  public enum Extent: Sendable {
    /// A field that is not listed is a mistake.
    case closed
    /// A field that is not listed may be there, with any type.
    case open
  }

  /// Whether a field is there.
  public enum Presence: Sendable {
    case always, sometimes
  }

  /// One field.
  public struct Field: Sendable, Hashable {
    /// The key.
    public var name: String
    /// What its values are.
    public var type: Type
    /// Whether each such map has it.
    public var presence: Presence

    /// A field by its parts.
    public init(_ name: String, _ type: Type, _ presence: Presence) {
      self.name = name
      self.type = type
      self.presence = presence
    }

    /// A field that each such map has.
    public static func always(_ name: String, _ type: Type) -> Field {
      Field(name, type, .always)
    }

    /// A field that some such maps lack.
    public static func sometimes(_ name: String, _ type: Type) -> Field {
      Field(name, type, .sometimes)
    }
  }

  /// The fields that are known.
  public var fields: [Field]
  /// Whether there may be others.
  public var extent: Extent

  /// A record with these fields.
  public init(_ fields: [Field], _ extent: Extent = .closed) {
    self.fields = fields
    self.extent = extent
  }

  /// The field of a name, compared by its code points.
  public func field(_ name: String) -> Field? {
    fields.first { $0.name.hasSameBytes(as: name) }
  }

  /// The type of whichever field.
  var commonType: Type {
    guard extent == .closed, let first = fields.first?.type,
      fields.allSatisfy({ $0.type == first })
    else { return .dynamic }
    return first
  }
}
