/// The form of rule files, as editors understand it: from the words that the reader itself knows.
package enum RuleFileSchema {
  package static let document = JSONSchema.document(
    title: "A rule file of Regra", root: .mapping(of: FileKey.self, requiring: [.version]),
    places: [
      ("rule", rule), ("contact", contact), ("conditions", .oneOrMore(CombinationWord.line)),
      ("test", FieldTestWord.test), ("actions", ActionWord.actions),
    ])

  /// A rule has either `do` or cases.
  private static let rule = JSONSchema.mapping(of: RuleKey.self, requiring: [.id])
    .with("anyOf", .list([has(.do), has(.match, .cases)]))
    .with(
      "not",
      .object([
        ("required", .list([.text(RuleKey.do.rawValue)])),
        ("anyOf", .list([has(.match), has(.cases), has(.otherwise)])),
      ]))

  private static func has(_ keys: RuleKey...) -> JSONSchema {
    .object([("required", .list(keys.map { .text($0.rawValue) }))])
  }

  /// A mapping that names somebody, or a list in which some item does.
  private static let contact: JSONSchema = {
    let entry = JSONSchema.mapping(of: ContactKey.self)
    let names = JSONSchema.object([
      (
        "anyOf",
        .list(
          [ContactKey.urn, .uuid].map { key in
            .object([("required", .list([.text(key.rawValue)]))])
          })
      )
    ])
    return .any(
      entry.with("allOf", .list([names])), JSONSchema.list(of: entry).with("contains", names))
  }()
}
