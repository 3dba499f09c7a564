import Diagnostics
import Testing

private func quoted(_ text: String) -> [String] {
  text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    .map { $0.replacing(/\{#?\d*\}/, with: "{}") }.sorted()
}

@Suite("Sentences in Portuguese")
struct CatalogueTests {
  @Test(
    "a pair has the same places and the same code",
    arguments: Language.portuguesePairs + Language.summaryPairs)
  func pair(_ english: String, _ portuguese: String) {
    let count = english.matches(of: /\{#?\}/).count
    let places = portuguese.matches(of: /\{(\d+)\}/).compactMap { Int($0.output.1) }
    #expect(places.sorted() == Array(1..<count + 1))
    #expect(quoted(english) == quoted(portuguese))
  }

  @Test("no sentence stands there twice")
  func unique() {
    for pairs in [Language.portuguesePairs, Language.summaryPairs] {
      #expect(Set(pairs.map(\.english)).count == pairs.count)
    }
  }

  private static let catalogue = Catalogue([
    """
    a list
    uma lista
    a text
    um texto
    unknown name `{}`
    nome desconhecido `{1}`

    {} must be {}
    {1} precisa ser {2}
    the keys are {}
    as chaves são {1}
    {} after {}
    depois de {2}, {1}
    {} in {} samples
    {1} em {2} amostras
    {#} rules
    {1} regras
    """
  ])

  @Test(
    "places hold phrases, names, lists and numbers",
    arguments: [
      ("a list", "uma lista"), ("`when` must be a text", "`when` precisa ser um texto"),
      ("unknown name `a list`", "nome desconhecido `a list`"),
      ("the keys are `a or b`, `c` and a text", "as chaves são `a or b`, `c` e um texto"),
      ("a list after a text", "depois de um texto, uma lista"),
      ("`x` in 1,240 samples", "`x` em 1.240 amostras"),
      ("12 rules", "12 regras"), ("regra test rules", "regra test rules"),
      ("Terms and conditions must be a text", "Terms and conditions precisa ser um texto"),
      ("nobody knows this", "nobody knows this"), ("", ""),
      ("unknown name `a` and `b`", "unknown name `a` and `b`"),
    ])
  func translates(_ english: String, _ portuguese: String) {
    #expect(Self.catalogue.translation(of: english) == portuguese)
  }

  @Test("a long text that fits nothing is looked at in no time")
  func hostile() {
    let text = String(repeating: "a must be after in ", count: 2_000)
    let start = ContinuousClock.now
    _ = Self.catalogue.translation(of: text)
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
