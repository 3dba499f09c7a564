import Covering

/// Prints how near the covers come to their bounds, and how long they take, over random instances:
/// `swift run -c release covering-figures [INSTANCES]`.
@main
enum CoveringFigures {
  static func main() {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100
    let near = [
      Kind(pairs: 20, sizes: 101...108, contacts: 150),
      Kind(pairs: 30, sizes: 95...105, contacts: 400),
      Kind(pairs: 10, sizes: 1...120, contacts: 300),
      Kind(pairs: 20, sizes: 101...250, contacts: 1_000),
    ]
    let large = [
      Kind(pairs: 1_000, sizes: 1...1_999, contacts: 200_000),
      Kind(pairs: 1_000, sizes: 1_000...1_000, contacts: 200_000),
      Kind(pairs: 10_000, sizes: 100...100, contacts: 200_000),
      Kind(pairs: 10_000, sizes: 100...100, contacts: 20_000),
      Kind(pairs: 10_000, sizes: 100...100, contacts: 8_000),
      Kind(pairs: 500, sizes: 4_000...4_100, contacts: 200_000),
      Kind(pairs: 8_000, sizes: 101...150, contacts: 200_000),
    ]
    let quotas = Quotas(
      contactRate: 2_500, otherRate: 2_500, contactCallsDue: 0, otherCallsDue: 0)
    print(Figures.head)
    for kind in near { print(Figures(kind, count: count, goal: .calls).line) }
    for kind in large { print(Figures(kind, count: 1, goal: .calls).line) }
    print("\nThe shortest wait instead:\n\n" + Figures.head)
    for kind in near { print(Figures(kind, count: count / 10, goal: .time(quotas)).line) }
    for kind in large { print(Figures(kind, count: 1, goal: .time(quotas)).line) }
  }
}
