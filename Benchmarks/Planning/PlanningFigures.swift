import Contacts
import Engine
import Knowledge
import Planning
import ShopWorkspace

/// Prints how long planning takes, in how much memory, and how near its calls come to the bound.
///
/// `swift run -c release planning-figures [CONTACTS]`: five mutations of each contact, merged into one
/// batch by the engine. Each kind of batch is planned by a process of its own.
@main
enum PlanningFigures {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3, let kind = Kind(rawValue: arguments[1]),
      let count = Int(arguments[2])
    {
      print(try line(kind, count))
      return
    }
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000
    print(
      """
      | batch | contacts | writes | CPU s | planning MB | peak MB | calls | found : bound |
      |--|--:|--:|--:|--:|--:|--:|--:|
      """)
    for kind in Kind.allCases { try Meter.runAgain([kind.rawValue, "\(count)"]) }
  }

  private static func line(_ kind: Kind, _ count: Int) throws -> String {
    var merger = try kind.merger(count)
    var batch = merger.closeWindow()
    let profile = APIProfile.weni
    let writeCount = batch.writes.count
    Meter.forgetPeak()
    let before = Meter.residentMegabytes
    let start = Meter.coreSeconds
    var wishes = PlanningWishes(profile: profile)
    wishes.isLast = true
    let table = Planner.plan(&batch, wishes, knowing: &merger.snapshot)
    let seconds = Meter.coreSeconds - start
    let peak = Meter.peakMegabytes
    let gap = table.proofs.map(\.gap).max()
    let cells = [
      kind.rawValue, "\(count)", "\(writeCount)", Meter.rounded(seconds), "\(peak - before)",
      "\(peak)", "\(table.count)", gap.map { "\(1 + ($0 * 10_000).rounded() / 10_000)" } ?? "",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
