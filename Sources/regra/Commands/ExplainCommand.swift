import ArgumentParser
import Diagnostics

/// `regra explain`: the page about one diagnostic.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show the page about a diagnostic, such as E0201.")

  @Argument(help: "The code that stands in brackets, such as E0201 or W0310.")
  var code: String

  func run() throws {
    let wanted = code.uppercased()
    guard let page = ExplainPages.texts.first(where: { $0.code == wanted }) else {
      let near = closestMatch(to: wanted, in: ExplainPages.texts.map(\.code))
      let help = near.map { "; did you mean \($0)?" } ?? ""
      throw ValidationError("there is no diagnostic \(code)\(help)")
    }
    Terminal.print(page.text)
  }
}
