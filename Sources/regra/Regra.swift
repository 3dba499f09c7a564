import ArgumentParser

@main
struct Regra: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regra", abstract: "Events in, batched contact API calls out.")
}
