package import Diagnostics
package import Playground

/// What the page begins with: the rules and events of a scenario, and the workspace they meet.
package struct PageScene: Sendable {
  package var name: String
  package var sources: [SourceText]
  /// NDJSON.
  package var events: String
  package var workspace: RehearsalScene
  package var options: RehearsalOptions
  /// That of the page at first; absent: what the browser asks for.
  package var language: Language?
  /// Covers what the page shows; what is saved has stand-ins in any case.
  package var veil: Veil
  /// Gives the pseudonyms.
  package var pseudonyms: Veil

  package init(
    _ name: String, sources: [SourceText], events: String, workspace: RehearsalScene,
    options: RehearsalOptions = RehearsalOptions(), language: Language? = nil, veil: Veil,
    pseudonyms: Veil
  ) {
    self.name = name
    self.sources = sources
    self.events = events
    self.workspace = workspace
    self.options = options
    self.language = language
    self.veil = veil
    self.pseudonyms = pseudonyms
  }
}
