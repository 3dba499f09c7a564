import Diagnostics
internal import Engine
internal import Rulesets

/// The types of events among samples, and what events of several of them look like together.
struct TypeCatalogue {
  let types: [SampledType]
  private var merged: [Set<Int>: SampledNode] = [:]

  init(_ schema: SampleSchema) { types = schema.types }

  /// Those that a rule listens to, by index.
  func types(of trigger: Trigger, typing: String) -> Set<Int> {
    Set(
      types.indices.filter { types[$0].typing == typing && trigger.listens(to: types[$0].type) })
  }

  /// Names of types in one place of events.
  func names(typing: String) -> [String] {
    types.filter { $0.typing == typing }.compactMap(\.type)
  }

  func count(of set: Set<Int>) -> Int { set.reduce(0) { $0 + types[$1].count } }

  /// What events of some types look like.
  mutating func node(of set: Set<Int>) -> SampledNode {
    if let known = merged[set] { return known }
    var node = SampledNode()
    for type in set.sorted() { node.merge(types[type].root) }
    merged[set] = node
    return node
  }

  /// `1,240 samples of `order.updated``.
  func words(of set: Set<Int>) -> String { counted(count(of: set), "sample") + origin(of: set) }

  /// ` of `order.updated``; nothing where there are too many types to name.
  func origin(of set: Set<Int>) -> String {
    let names = set.sorted().compactMap { types[$0].type }
    guard names.count == set.count else { return "" }
    switch names.count {
    case 1: return " of `\(SampleValue.text(names[0]).shown)`"
    case 2:
      return " of `\(SampleValue.text(names[0]).shown)` and `\(SampleValue.text(names[1]).shown)`"
    default: return " of \(names.count) types"
    }
  }
}
