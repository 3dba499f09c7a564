/// How many events each predicate is thought to let through, from the rules alone.
///
/// A text that rules compare with many constants is rarely any one of them; of a text with three, each is
/// frequent. Nothing is measured while events pass: an index is the same in every run.
struct Selectivity {
  /// Of each predicate the share of events that are thought to make it true, from 0 to 1.
  private(set) var shares: [Float] = []
  /// Of each predicate how long it takes; to compare a text is 1.
  private(set) var costs: [Float] = []

  /// Of each slot how many different constants its whole text, the beginning of it and items of it are compared with.
  private struct Constants {
    var whole: Float = 0
    var beginnings: Float = 0
    var items: Float = 0
  }

  /// - Parameters:
  ///   - predicates: those of a program; what one combines stands before it.
  ///   - lists: what combinations point into.
  ///   - texts: what lists of constants point into.
  init(_ predicates: [PredicateRow], lists: [Int32], texts: [TextConstant]) {
    var constants: [Int32: Constants] = [:]
    var known: Set<UInt64> = []
    func note(_ text: TextConstant, at slot: Int32) {
      // Equal constants of a program stand in one place.
      let place = UInt64(UInt32(bitPattern: slot)) << 32 | UInt64(text.offset)
      guard known.insert(place).inserted else { return }
      constants[slot, default: Constants()].whole += 1
    }
    for row in predicates {
      switch row.kernel {
      case .equalText, .equalAsText: note(row.text, at: row.slot)
      case .inTexts: for text in row.constants(in: texts) { note(text, at: row.slot) }
      case .startsWith: constants[row.slot, default: Constants()].beginnings += 1
      case .containsItem: constants[row.slot, default: Constants()].items += 1
      case .endsWith, .containsText, .equalNumber, .less, .lessOrEqual, .greater, .greaterOrEqual,
        .equalBool, .present, .isTrue, .program, .all, .any, .none:
        break
      }
    }
    for row in predicates {
      let known = constants[row.slot] ?? Constants()
      let children = row.children(in: lists)
      shares.append(share(of: row, known, children))
      costs.append(cost(of: row, children))
    }
  }

  private func share(
    of row: PredicateRow, _ known: Constants, _ children: ArraySlice<Int32>
  )
    -> Float
  {
    switch row.kernel {
    case .equalText, .equalAsText: 1 / (known.whole + 1)
    case .inTexts: Float(row.rows.count) / (known.whole + 1)
    case .startsWith: 1 / (known.beginnings + 1)
    // A list has two or three.
    case .containsItem: min(2 / (known.items + 1), 0.9)
    case .endsWith, .containsText: 0.2
    case .equalNumber: 0.1
    case .equalBool, .isTrue, .less, .lessOrEqual, .greater, .greaterOrEqual, .program: 0.5
    case .present: 0.8
    case .all: children.reduce(1) { $0 * shares[Int($1)] }
    case .any: children.reduce(0) { min($0 + shares[Int($1)], 1) }
    case .none: children.reduce(1) { $0 * (1 - shares[Int($1)]) }
    }
  }

  private func cost(of row: PredicateRow, _ children: ArraySlice<Int32>) -> Float {
    switch row.kernel {
    case .equalText, .startsWith, .equalNumber, .less, .lessOrEqual, .greater, .greaterOrEqual,
      .equalBool, .isTrue, .present:
      1
    case .equalAsText, .endsWith: 3
    case .inTexts: 3 + Float(row.rows.count) / 2
    case .containsItem, .containsText: 8
    case .program: 30
    case .all, .any, .none: children.reduce(2) { $0 + costs[Int($1)] }
    }
  }
}

extension PredicateRow {
  /// The constants of a list.
  func constants(in texts: [TextConstant]) -> ArraySlice<TextConstant> {
    texts[Int(rows.first)..<Int(rows.first + rows.count)]
  }

  /// What it combines; nothing where it is no combination.
  func children(in lists: [Int32]) -> ArraySlice<Int32> {
    switch kernel {
    case .all, .any, .none: lists[Int(rows.first)..<Int(rows.first + rows.count)]
    default: []
    }
  }
}
