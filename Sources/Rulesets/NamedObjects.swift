internal import Contacts

/// Fields and groups that rules write to by constant names, each once, where it is named first.
///
/// What `ensure` names is not among them, nor what the rules themselves make: groups and fields of
/// `create_group` and `create_field`, and the new names of `rename_group`.
package struct NamedObjects: Sendable {
  package struct Field: Sendable {
    package var key: String
    package var place: RulePlace
  }

  package struct Group: Sendable {
    /// A name or, in lower case, a uuid.
    package var reference: String
    package var place: RulePlace

    package var isUUID: Bool { reference.isUUID }
  }

  package var fields: [Field] = []
  package var groups: [Group] = []
}

extension String {
  /// Whether a group is named so by its uuid, not by its name.
  var isUUID: Bool { Array(utf8).withUnsafeBytes { UUIDText.isHyphenated($0) } }
}
