package import Engine
internal import Synchronization

/// The rules of a run that may go on for days: replaced whole, from the next window on.
package final class LiveProgram: Sendable {
  struct Edition: Sendable {
    var number: Int
    var program: Program
  }

  private let current: Mutex<Edition>

  package init(_ program: Program) { current = Mutex(Edition(number: 0, program: program)) }

  /// Puts other rules in force; the open window ends with those it began with.
  package func replace(with program: Program) {
    current.withLock { $0 = Edition(number: $0.number + 1, program: program) }
  }

  var edition: Edition { current.withLock { $0 } }
}
