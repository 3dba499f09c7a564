import CEL

/// The events of a shop as a schema, and the names that its rules use.
enum ShopSchema {
  static let event: CEL.`Type` = .record(
    RecordType([
      .always("id", .string), .always("kind", .string), .sometimes("created_at", .string),
      .always("order", order), .sometimes("client", client), .sometimes("note", .dynamic),
    ]))

  private static let order: CEL.`Type` = .record(
    RecordType([
      .always("id", .string), .always("status", .string), .always("total", .double),
      .always("items", .list(item)), .sometimes("coupon", .string),
      .sometimes("order-id", .string), .sometimes("paid", .bool),
    ]))

  private static let item: CEL.`Type` = .record(
    RecordType([
      .always("name", .string), .always("price", .double), .always("quantity", .int),
      .sometimes("tags", .list(.string)),
    ]))

  private static let client: CEL.`Type` = .record(
    RecordType([
      .always("name", .string), .sometimes("phone", .string), .sometimes("address", address),
      .sometimes("orders", .int),
    ]))

  private static let address: CEL.`Type` = .record(
    RecordType([.always("city", .string), .sometimes("zip", .string)], .open))

  static var environment: Environment {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: event)
    environment.declare("contact", as: .dynamic)
    environment.declare("now", as: .timestamp)
    environment.define("paid_states", as: .list([.string("paid"), .string("invoiced")]))
    environment.define("capitals", as: .list([.string("Recife"), .string("Salvador")]))
    environment.define("big_order", as: checked("event.order.total >= 1000.0", in: environment))
    environment.define("city", as: checked("event.client.address.city", in: environment))
    environment.add([
      function("phone", [.dynamic, .string], .string), function("lower", [.string], .string),
      function("title", [.string], .string), function("days_between", [.dynamic, .dynamic], .int),
      function("one_of", [.dynamic, .list(.dynamic)], .bool),
    ])
    return environment
  }

  private static func checked(_ source: String, in environment: Environment) -> Expression {
    guard let tree = Expression.parse(source).expression else {
      preconditionFailure("a name stands for an expression: \(source)")
    }
    return tree.check(in: environment).expression
  }

  private static func function(
    _ name: String, _ parameters: [CEL.`Type`], _ result: CEL.`Type`
  ) -> Function {
    Function(name, [Function.Overload(id: name, parameters, result)]) { _, _ in .unknown(.refused) }
  }

  /// Everything wrong with an expression, whether it parses or not.
  static func issues(of source: String) -> [CEL.Issue] {
    let parsed = Expression.parse(source)
    guard let tree = parsed.expression, parsed.issues.isEmpty else { return parsed.issues }
    return tree.check(in: environment).issues
  }
}
