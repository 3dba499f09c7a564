internal import Pulling
internal import Rulesets

extension Checkup {
  /// How the workspace is set, against what rules assume.
  func workspaceFindings(_ server: ServerReading) -> [Finding] {
    switch server.workspace {
    case .failure(let failure):
      [Finding.Check.addresses, .country, .timeZone, .dates].map { unknown($0, failure) }
    case .success(let workspace):
      [addresses(workspace), country(workspace), timeZone(workspace), dates(workspace)]
    }
  }

  private func addresses(_ workspace: WorkspaceSettings) -> Finding {
    guard workspace.isAnonymous else {
      return Finding(.addresses, .fine, "contacts can be found by URN")
    }
    let usesURNs = rules?.usesURNs ?? false
    return Finding(
      .addresses, usesURNs ? .problem(.content) : .warning,
      "the workspace is anonymous: it finds contacts by uuid alone",
      advice: usesURNs ? "name contacts by `uuid` in the rules" : nil)
  }

  private func country(_ workspace: WorkspaceSettings) -> Finding {
    guard let country = workspace.country else {
      return Finding(
        .country, .warning, "none: phone numbers without their country's code are not understood",
        advice: "write them with it, as `phone(…, \"BR\")` does")
    }
    return Finding(.country, .fine, country)
  }

  private func timeZone(_ workspace: WorkspaceSettings) -> Finding {
    guard let zone = workspace.timeZone else {
      return Finding(.timeZone, .unknown, "the server does not tell")
    }
    let others = (rules?.files ?? []).compactMap { file in
      file.zone.flatMap { $0 == zone ? nil : "\($0) (\(file.path))" }
    }
    guard others.isEmpty else {
      return Finding(
        .timeZone, .warning, "\(zone), but rules read dates as those of another", names: others,
        advice: "write `zone: \(zone)`, if the events are from there")
    }
    guard let files = rules?.files, files.contains(where: { $0.zone == nil }) else {
      return Finding(.timeZone, .fine, rules == nil ? zone : "\(zone), as in the rules")
    }
    return Finding(
      .timeZone, .fine, "\(zone); rules without a `zone` read dates without one as UTC")
  }

  private func dates(_ workspace: WorkspaceSettings) -> Finding {
    switch workspace.dateStyle {
    case "day_first": Finding(.dates, .fine, "day first, as in 31/12/2026")
    case "year_first": Finding(.dates, .fine, "year first, as in 2026-12-31")
    case "month_first":
      Finding(
        .dates, .warning, "month first: 03/04/2026 is 4 March there, and 3 April for `date()`",
        advice: "write dates to fields as `date(…)` gives them, which every workspace understands")
    case let style?: Finding(.dates, .warning, "a style that is not known: \(style)")
    case nil: Finding(.dates, .unknown, "the server does not tell")
    }
  }
}

extension Ruleset {
  /// Whether any rule names contacts by URN.
  fileprivate var usesURNs: Bool {
    rules.contains { rule in
      rule.isEnabled
        && (rule.contact?.identifiers ?? []).contains {
          if case .urn = $0 { true } else { false }
        }
    }
  }
}
