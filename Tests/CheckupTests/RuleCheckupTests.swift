import Checkup
import Contacts
import Testing

/// A workspace or rules that do not fit each other, and what is said of it.
struct FitCase: Sendable, CustomTestStringConvertible {
  var check: Finding.Check
  var verdict: Finding.Verdict
  var words: String
  var workspace: String
  var rules: String

  var testDescription: String { "\(check): \(words)" }

  init(
    _ check: Finding.Check, _ verdict: Finding.Verdict, _ words: String, workspace: String = "{}",
    replacing old: String = "", with new: String = ""
  ) {
    (self.check, self.verdict, self.words, self.workspace) = (check, verdict, words, workspace)
    rules = CheckupScene.rules.replacing(old, with: new)
  }
}

@Suite("A checkup of workspace and rules")
struct RuleCheckupTests {
  @Test(
    "what does not fit is found",
    arguments: [
      FitCase(
        .addresses, .problem(.content), "the workspace is anonymous",
        workspace: #"{"workspace": {"anonymous": true}}"#),
      FitCase(
        .addresses, .warning, "the workspace is anonymous",
        workspace: #"{"workspace": {"anonymous": true}}"#,
        replacing: #"urn: "whatsapp:${event.phone}""#, with: #"uuid: "${event.uuid}""#),
      FitCase(.country, .warning, "none", workspace: #"{"workspace": {"country": null}}"#),
      FitCase(
        .timeZone, .warning, "Europe/Lisbon (rules.yaml)", replacing: "America/Sao_Paulo",
        with: "Europe/Lisbon"),
      FitCase(
        .timeZone, .warning, "America/Sao_Paulo (rules.yaml)",
        workspace: #"{"workspace": {"timezone": "Africa/Kigali"}}"#),
      FitCase(
        .timeZone, .fine, "read dates without one as UTC", replacing: "zone: America/Sao_Paulo\n"),
      FitCase(
        .dates, .warning, "month first",
        workspace: #"{"workspace": {"date_style": "month_first"}}"#),
      FitCase(
        .dates, .fine, "year first", workspace: #"{"workspace": {"date_style": "year_first"}}"#),
      FitCase(
        .rules, .problem(.content), "1 error in 1 file", replacing: "add_to_group",
        with: "add_to_grup"),
      FitCase(
        .rules, .warning, "1 warning in 1 file", replacing: "rules:",
        with: "let: {a: 1 + 1}\nrules:"),
      FitCase(.fields, .problem(.content), "pontos", replacing: "points: \"", with: "pontos: \""),
      FitCase(
        .fields, .problem(.content), "a__b: the server makes no such key of any label",
        replacing: "set_fields: {", with: "set_fields: {a__b: x, "),
      FitCase(.groups, .problem(.content), "Lead", replacing: "Clientes", with: "Lead"),
      FitCase(
        .fieldTypes, .problem(.content), "points is number, not text (rules.yaml:10)",
        replacing: "type: number", with: "type: text"),
      FitCase(
        .smartGroups, .problem(.content), "Adultos (rules.yaml:8)", replacing: "Clientes",
        with: "Adultos"),
    ])
  func misfits(_ fit: FitCase) async throws {
    let scene = try CheckupScene(.weni, fit.workspace)
    let findings = await scene.findings(rules: .text(fit.rules))
    let finding = try #require(findings[fit.check])
    #expect(finding.verdict == fit.verdict)
    let said = ([finding.words] + finding.names).joined(separator: " ")
    #expect(said.contains(fit.words), "\(said)")
    if case .problem = fit.verdict {
      #expect(finding.advice?.isEmpty == false)
      #expect(findings.exitStatus == 1)
    }
  }

  @Test("a type that does not fit does not hide what lacks")
  func severalNeeds() async throws {
    let rules = CheckupScene.rules.replacing("type: number", with: "type: text")
      .replacing("{points: \"", with: "{last_order: a, points: \"")
    let findings = try await CheckupScene().findings(rules: .text(rules))
    #expect(findings[.fields]?.names == ["last_order"])
    #expect(findings[.fields]?.advice == "`regra provision rules.yaml` makes what lacks")
    #expect(findings[.fieldTypes]?.names.count == 1)
    #expect(findings[.rules]?.verdict == .fine)
  }

  @Test("rules with errors leave their needs unknown; rules that cannot be read, too")
  func brokenRules() async throws {
    let scene = try CheckupScene()
    let broken = await scene.findings(rules: .text("version: 1\nrules: [x]\n"))
    #expect(broken[.rules]?.verdict == .problem(.content))
    #expect(broken[.fields]?.words == "not known: the rules have errors")
    let absent = await scene.findings(rules: .unreadable("rules: no such file"))
    #expect(absent[.rules]?.verdict == .problem(.file))
    #expect(absent[.smartGroups]?.verdict == .unknown)
    #expect(absent.exitStatus == 3)
  }

  @Test("more fields than a workspace usually may have are worth a word")
  func limits() async throws {
    let fields = (0..<251).map { #"{"key": "f\#($0)", "label": "f\#($0)", "type": "text"}"# }
    let scene = try CheckupScene(
      holding:
        #"{"workspace": {"limits": {"fields": 300}}, "fields": [\#(fields.joined(separator: ","))]}"#
    )
    let rules = CheckupScene.rules.replacing("points", with: "f1")
      .replacing("label: Points, type: number", with: "label: f1, type: text")
    let finding = await scene.findings(rules: .text(rules))[.fields]
    #expect(finding?.verdict == .warning)
    #expect(finding?.words.contains("251 of the usual 250") == true)
  }
}
