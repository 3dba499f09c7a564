package import Contacts

/// All that the server knows of one workspace, and the pure function from a request to its answer.
///
/// Time is passed in; uuids, tokens and cursors come from a seeded generator that is part of the
/// state, so the same requests at the same times give the same answers.
package struct Workspace: Sendable {
  package let dialect: Dialect

  /// A workspace without contacts, fields or groups, as a new customer finds it.
  package init(_ dialect: Dialect) { self.dialect = dialect }

  /// Applies one request and says what the server answers.
  package mutating func answer(_ request: APIRequest, at now: Timestamp) -> APIAnswer {
    APIAnswer(status: 404, headers: [APIHeader("Content-Type", "text/html")])
  }
}
