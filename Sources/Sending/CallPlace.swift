package import CEL
package import Planning

/// The numbers of a call.
package struct CallPlace: Sendable, Hashable {
  package var batch: Int
  package var number: Int

  package init(batch: Int, number: Int) {
    self.batch = batch
    self.number = number
  }

  package init(_ call: Call) {
    batch = call.batch
    number = call.number
  }

  package init?(_ literal: Literal) {
    guard let items = literal.items, items.count == 2, case .int(let batch) = items[0],
      case .int(let number) = items[1]
    else { return nil }
    self.batch = Int(batch)
    self.number = Int(number)
  }

  package var literal: Literal { .list([.int(Int64(batch)), .int(Int64(number))]) }

  /// Another call of the same batch.
  package func with(_ number: Int) -> CallPlace { CallPlace(batch: batch, number: number) }
}
