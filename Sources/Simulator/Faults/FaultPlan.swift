package import Contacts

/// A script of faults, and how far it has come: it says what befalls each request.
///
/// The same plan with the same seed gives the same mishaps for the same requests.
package struct FaultPlan: Sendable, Equatable {
  package let faults: [Fault]
  package let seed: UInt64
  private var progress: [Progress]
  private var random: SeededGenerator

  /// How often a fault could have struck, and how often it did.
  private struct Progress: Sendable, Equatable {
    var matchCount = 0
    var strikeCount = 0
  }

  package init(_ faults: [Fault] = [], seed: UInt64 = 0) {
    self.faults = faults
    self.seed = seed
    progress = Array(repeating: Progress(), count: faults.count)
    random = SeededGenerator(seed: seed)
  }

  /// What befalls the next request.
  package mutating func mishap(for request: APIRequest) -> Mishap {
    var mishap = Mishap.none
    for index in faults.indices where faults[index].matcher.matches(request) {
      progress[index].matchCount += 1
      guard strikes(index) else { continue }
      progress[index].strikeCount += 1
      mishap.add(faults[index].effect, random: &random)
    }
    return mishap
  }

  private mutating func strikes(_ index: Int) -> Bool {
    let occasions = faults[index].occasions
    let distance = progress[index].matchCount - occasions.first
    guard distance >= 0, distance % occasions.every == 0 else { return false }
    if let times = occasions.times, progress[index].strikeCount >= times { return false }
    return occasions.chance >= 1 || random.unit() < occasions.chance
  }
}
