import Planning

/// The calls of one side in one window, rule by rule.
///
/// A call in bulk counts once for each contact; where a call stands and why it is made is no part of it.
struct CallTally {
  /// By the rule's id; `ensure` has an id of its own that no rule can have.
  private(set) var byRule: [String: [Call: Int]] = [:]
  /// Each call once, whoever asked for it.
  private(set) var all: [Call: Int] = [:]

  static let ensure = ""

  /// - Parameters:
  ///   - calls: all of a window.
  ///   - rules: ids, by the number that reasons have.
  init(_ calls: [Call], _ rules: [RuleOutline]) {
    let names = Dictionary(
      calls.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for call in calls {
      for (part, reasons) in Self.parts(of: call, names) {
        all[part, default: 0] += 1
        let asking = Set(
          reasons.map { rules.indices.contains($0.rule) ? rules[$0.rule].id : Self.ensure })
        for rule in asking { byRule[rule, default: [:]][part, default: 0] += 1 }
      }
    }
  }

  /// How the calls of the old rules and the new ones go together.
  static func difference(_ old: [Call: Int], _ new: [Call: Int]) -> Comparison.CallDifference {
    var difference = Comparison.CallDifference()
    var left: [Call: (old: Int, new: Int)] = [:]
    for (call, count) in old {
      let shared = min(count, new[call] ?? 0)
      difference.same += shared
      left[call.subject, default: (0, 0)].old += count - shared
    }
    for (call, count) in new {
      left[call.subject, default: (0, 0)].new += count - min(count, old[call] ?? 0)
    }
    for (old, new) in left.values {
      let both = min(old, new)
      difference.changed += both
      difference.lost += old - both
      difference.gained += new - both
    }
    return difference
  }

  /// A call as it is whatever stands before it; of a call in bulk one for each contact.
  private static func parts(
    of call: Call, _ calls: [Int: Call]
  ) -> [(call: Call, reasons: [Call.Reason])] {
    var bare = call
    (bare.batch, bare.number, bare.after, bare.waitSeconds, bare.because) = (0, 0, [], 0, [])
    if let query = call.query { bare.query?.value = .text(query.value.name(in: calls)) }
    switch call.body {
    case .action(let action, let contacts, let group):
      return contacts.enumerated().map { index, contact in
        bare.body = .action(action, contacts: [.text(contact.name(in: calls))], group: group)
        if call.missing.count > 1 { bare.missing = [call.missing[index]] }
        return (bare, call.because.filter { $0.contact ?? index == index })
      }
    case .contact(var body):
      if case .edit(_, let add, let first, let remove)? = body.urns {
        body.urns = .edit(answer: 0, add: add, first: first, remove: remove)
      }
      bare.body = .contact(body)
    case .field, .group, nil: break
    }
    return [(bare, call.because)]
  }
}

extension Call {
  /// The call without what it says of its contact; another call is about itself.
  fileprivate var subject: Call {
    guard case .contact(let body)? = body else { return self }
    var subject = self
    subject.body = .contact(ContactBody())
    subject.missing = []
    if query == nil, case .list(let urns)? = body.urns {
      subject.query = urns.first.map { Query(name: "urn", value: .text($0)) }
    }
    return subject
  }

  /// The contact or group that the call finds or makes.
  fileprivate func named(in calls: [Int: Call]) -> String {
    if let query { return query.value.name(in: calls) }
    switch body {
    case .contact(let body):
      if case .list(let urns)? = body.urns { return urns.first ?? "" }
      return ""
    case .group(let name): return name
    case .action, .field, nil: return ""
    }
  }
}

extension Call.Reference {
  /// The text, also where an earlier call's answer will say it: then what that call is about.
  func name(in calls: [Int: Call]) -> String {
    switch self {
    case .text(let text): text
    case .answer(let number): calls[number]?.named(in: calls) ?? ""
    }
  }
}
