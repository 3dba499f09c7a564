import Rulesets
import Streams

extension ForkJoin {
  /// The other piece on a thread of its own, from five hundred rules on.
  static let twoThreads = ForkJoin(from: 500, leaving: LeftWork.ofRules.add) { other, own in
    onTwoThreads(
      {
        Heap.makeRoom()
        other()
      }, own)
  }
}
