import CEL

extension ProgramBuilder {
  /// Work that a predicate takes, by kind: the order in which a rule's lines are tried.
  func cost(of number: Int32) -> Int {
    let row = predicates[Int(number)]
    switch row.kernel {
    case .equalText, .equalAsText, .equalNumber, .equalBool, .isTrue: return 0
    case .inTexts: return 1
    case .startsWith, .endsWith: return 2
    case .less, .lessOrEqual, .greater, .greaterOrEqual: return 3
    case .present: return 4
    case .containsItem: return 5
    case .containsText: return 6
    case .all, .any, .none:
      let children = predicateLists[Int(row.rows.first)..<Int(row.rows.first + row.rows.count)]
      return children.reduce(1) { $0 + cost(of: $1) }
    case .program: return 20
    }
  }

  /// Predicates by their cost; most lists have one or two.
  func inOrder(_ list: [Int32]) -> [Int32] {
    if list.count < 2 { return list }
    if list.count == 2 {
      let costs = ((cost(of: list[0]), list[0]), (cost(of: list[1]), list[1]))
      return costs.1 < costs.0 ? [list[1], list[0]] : list
    }
    // A closure that is kept would copy the builder.
    return list.map { (cost(of: $0), $0) }.sorted(by: <).map(\.1)
  }

  /// The slots a predicate reads, with the tags that a kernel can use; no tags: any.
  func collectReads(of number: Int32, into reads: inout [(slot: Int, expected: Set<UInt8>)]) {
    let row = predicates[Int(number)]
    switch row.kernel {
    case .all, .any, .none:
      for child in predicateLists[Int(row.rows.first)..<Int(row.rows.first + row.rows.count)] {
        collectReads(of: child, into: &reads)
      }
    case .program:
      for slot in cel.slots(of: Int(row.rows.first)) where layout.paths[slot].first == "event" {
        add(slot, [], to: &reads)
      }
    case .startsWith, .endsWith, .containsText: add(Int(row.slot), Self.text, to: &reads)
    case .containsItem: add(Int(row.slot), Self.textOrList, to: &reads)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      add(Int(row.slot), Self.number, to: &reads)
    case .isTrue: add(Int(row.slot), Self.bool, to: &reads)
    case .equalText, .inTexts: add(Int(row.slot), Self.text, to: &reads)
    case .equalNumber: add(Int(row.slot), Self.number, to: &reads)
    case .equalBool: add(Int(row.slot), Self.bool, to: &reads)
    case .present, .equalAsText: add(Int(row.slot), [], to: &reads)
    }
  }

  private func add(
    _ slot: Int, _ tags: Set<UInt8>, to reads: inout [(slot: Int, expected: Set<UInt8>)]
  ) {
    guard !reads.contains(where: { $0.slot == slot }) else { return }
    reads.append((slot, tags))
  }

  private static let text = tags(.text)
  private static let textOrList = tags(.text, .list)
  private static let number = tags(.int, .double)
  private static let bool = tags(.bool)

  private static func tags(_ tags: Value.Tag...) -> Set<UInt8> { Set(tags.map(\.rawValue)) }
}
