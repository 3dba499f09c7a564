import Simulator

/// Calls of every form on a few contacts, groups and fields, drawn by chance.
package struct RandomPlan {
  private var random: SeededGenerator
  package private(set) var calls: [String] = []

  package static let state = """
    {"fields": [{"key": "f"}, {"key": "g"}],
     "groups": [{"name": "A"}, {"name": "B"}],
     "contacts": [\((0..<5).map { #"{"uuid":"\#(uuid($0))","urns":["ext:\#($0)"],"groups":["A"]}"# }
       .joined(separator: ","))]}
    """

  package static func uuid(_ number: Int) -> String {
    "00000000-0000-4000-8000-00000000000\(number)"
  }

  /// Which forms are drawn.
  package enum Forms {
    case usual
    /// URNs that move between contacts, and changes of groups and fields, too.
    case all
  }

  package init(seed: UInt64, count: Int, _ forms: Forms = .usual) {
    random = SeededGenerator(seed: seed)
    while calls.count < count {
      calls += forms == .all && Int.random(in: 0..<3, using: &random) == 0 ? unusual() : next()
    }
  }

  private mutating func unusual() -> [String] {
    let number = calls.count
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      return [
        #"POST contacts "query":{"uuid":"\#(uuid())"},"body":{"urns":["\#(urn())","ext:own\#(number)"]}"#
      ]
    case 1:
      return [
        #"GET contacts "query":{"urn":"\#(urn())"},"missing":"skip""#,
        #"""
        POST contacts "query":{"uuid":{"answer":\#(number + 1)}},"body":{"urns":{"answer":\#(number + 1),"add":["\#(urn())"],"first":["\#(urn())"],"remove":["\#(urn())"]}},"after":[\#(number + 1)],"missing":"skip"
        """#,
      ]
    case 2: return [#"POST groups "body":{"name":"C\#(number)"}"#, bulk("add", #","group":"A""#)]
    case 3: return [#"POST fields "body":{"label":"new \#(number)","value_type":"text"}"#]
    case 4:
      return [
        #"GET groups "query":{"name":"B"}"#,
        #"DELETE groups "query":{"uuid":{"answer":\#(number + 1)}},"after":[\#(number + 1)]"#,
      ]
    default: return [#"DELETE contacts "query":{"uuid":"\#(uuid())"},"missing":"skip""#]
    }
  }

  /// One call, or some that need each other; contacts 5 to 7 are not there yet.
  private mutating func next() -> [String] {
    let value = "v\(calls.count)"
    let number = calls.count
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return [#"POST contacts "query":{"urn":"\#(urn())"},"body":{"name":"\#(value)"}"#]
    case 1:
      return [
        #"POST contacts "query":{"urn":"\#(urn())"},"body":{"fields":{"f":"\#(value)"}}"#,
        #"""
        POST contacts "query":{"uuid":{"answer":\#(number + 1)}},"body":{"urns":{"answer":\#(number + 1),"add":["ext:add\#(number)"],"first":[],"remove":[]}},"after":[\#(number + 1)]
        """#,
      ]
    case 2:
      return [#"POST contacts "query":{"uuid":"\#(uuid())"},"body":{"fields":{"g":"\#(value)"}}"#]
    case 3: return [bulk("add", #","group":"B""#)]
    case 4: return [bulk("remove", #","group":"A""#)]
    case 5:
      return [bulk(["block", "unblock", "interrupt"].randomElement(using: &random) ?? "block")]
    case 6: return [bulk("delete")]
    case 7:
      return [
        #"GET contacts "query":{"urn":"\#(urn())"},"missing":"skip""#,
        #"""
        POST contacts "query":{"uuid":{"answer":\#(number + 1)}},"body":{"name":"\#(value)"},"after":[\#(number + 1)],"missing":"skip"
        """#,
        #"""
        POST contact_actions "body":{"contacts":[{"answer":\#(number + 1)}],"action":"add","group":"B"},"after":[\#(number + 1)],"missing":"create"
        """#,
      ]
    default:
      return [
        #"POST contacts "body":{"name":"\#(value)","urns":["ext:n\#(number)","ext:m\#(number)"]}"#
      ]
    }
  }

  private mutating func bulk(_ action: String, _ group: String = "") -> String {
    let names = Set((0..<3).map { _ in urn() }).sorted().map { "\"\($0)\"" }
    let word = action == "add" ? "create" : "skip"
    return """
      POST contact_actions "body":{"contacts":[\(names.joined(separator: ","))],\
      "action":"\(action)"\(group)},"missing":"\(word)"
      """
  }

  private mutating func urn() -> String { "ext:\(Int.random(in: 0..<8, using: &random))" }
  private mutating func uuid() -> String { Self.uuid(Int.random(in: 0..<5, using: &random)) }
}
