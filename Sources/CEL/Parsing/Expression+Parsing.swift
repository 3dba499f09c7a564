extension Expression {
  /// Parses CEL source text; macros are expanded where `has`, `all`, … have the right form.
  ///
  /// - Returns: the tree, absent if it could not be made, and what is wrong.
  public static func parse(_ text: String) -> (expression: Expression?, issues: [Issue]) {
    (nil, [])
  }

  /// The same tree in other coordinates.
  public func mapRanges(_ map: (Range<Int>) -> Range<Int>) -> Expression { self }

  /// The steps of a whole path such as `event.order.id` or `event["order-id"]`, its root first;
  /// absent for anything else. Roots are identifiers and references to variables.
  public var path: [String]? { nil }
}
