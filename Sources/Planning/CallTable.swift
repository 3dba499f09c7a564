package import Engine

/// The calls of one batch as flat rows, in the order they are sent; `CallEncoder` prints them.
package struct CallTable: Sendable {
  package init() {}

  /// Calls in the table.
  package var count: Int { 0 }
}

/// Turns merged mutations into the fewest calls known to reach the same state.
package enum Planner {
  /// Plans one batch without knowing any contact's present state.
  package static func plan(
    _ batch: borrowing Batch, program: Program, mode: Merger.Mode
  ) -> CallTable { CallTable() }
}

/// Prints calls in the form of `docs/calls.md`, one line each.
package struct CallEncoder {
  package init(program: Program) {}

  /// Appends every call of a batch; calls are numbered from one within it.
  package mutating func encode(
    _ table: CallTable, of batch: borrowing Batch, into output: inout [UInt8]
  ) {}
}
