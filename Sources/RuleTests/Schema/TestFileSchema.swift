package import Rulesets

/// The form of test files, as editors understand it: from the words that the reader itself knows.
package enum TestFileSchema {
  package static let document = JSONSchema.document(
    title: "A file of tests of Regra", root: .mapping(of: TestFileKey.self, requiring: [.tests]),
    places: [
      ("test", .mapping(of: TestKey.self, requiring: [.name, .events, .expect])),
      ("given", given), ("count", BoundKey.count),
    ])

  /// Contacts by names; `blind` beside them hides all.
  private static let given: JSONSchema = {
    let contact = JSONSchema.orEach(.mapping(of: GivenContactKey.self))
    return .map(to: contact)
      .with("properties", .object([("blind", .any(.yesOrNo, contact))]))
  }()
}
