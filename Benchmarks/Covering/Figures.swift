import Covering
import Glibc

/// Sums over some instances of one kind.
struct Figures {
  private let kind: Kind
  private let count: Int
  private var calls = 0
  private var bound = 0.0
  private var bulk = 0
  private var posts = 0
  private var proved = 0
  private var milliseconds = 0.0

  static let head = """
    | instances | found | bound | found : bound | proved | pure bulk | pure POST | ms each |
    |--|--:|--:|--:|--:|--:|--:|--:|
    """

  init(_ kind: Kind, count: Int, goal: Goal) {
    self.kind = kind
    self.count = count
    var random = Dice(seed: 1)
    for _ in 0..<count { add(kind.instance(&random), goal) }
  }

  private mutating func add(_ changes: MembershipChanges, _ goal: Goal) {
    let start = Self.coreSeconds
    let cover = changes.cheapestCover(minimising: goal)
    milliseconds += (Self.coreSeconds - start) * 1_000
    let least = Double(cover.bound.numerator) / Double(cover.bound.denominator)
    switch goal {
    case .calls:
      calls += cover.total
      bound += least
    case .time(let quotas):
      calls += max(cover.foldCount, cover.callCount)
      bound += least * Double(quotas.contactRate)
    }
    bulk += zip(changes.starts, changes.starts.dropFirst())
      .reduce(0) { $0 + (Int($1.1 - $1.0) + changes.limit - 1) / changes.limit }
    posts += Set(changes.members).count
    proved += cover.isProvedMinimal ? 1 : 0
  }

  var line: String {
    let cells = [
      "\(count) × \(kind.name)", "\(calls)", Self.rounded(bound, 10),
      Self.rounded(Double(calls) / bound, 10_000), "\(proved)", "\(bulk)", "\(posts)",
      Self.rounded(milliseconds / Double(max(1, count)), 10),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private static func rounded(_ number: Double, _ parts: Double) -> String {
    "\((number * parts).rounded() / parts)"
  }

  /// Seconds of one core: what else runs on the machine does not count.
  private static var coreSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
