import Glibc

/// Runs one stage of the engine, for counting instructions, or all of them, for a look at the clock.
///
/// - `engine-figures STAGE WINDOWS`: that stage and those before it, over so many windows; what does not
///   depend on their number is the same for every number.
/// - `engine-figures all [ROUNDS]`: nanoseconds an event of each stage, the least of some rounds.
/// - `engine-figures evaluate RULES EVENTS`: a file of events through the first four stages, on one thread.
@main
enum EngineFigures {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let word = arguments.first ?? ""
    if word == "evaluate", arguments.count == 3 {
      return try EventFile.evaluate(
        rules: CommandLine.arguments[2], events: CommandLine.arguments[3])
    }
    if word == "all" {
      return try printTimes(rounds: arguments.dropFirst().first.flatMap { Int($0) } ?? 20)
    }
    guard let stage = Stage(rawValue: word), arguments.count == 2,
      let count = Int(CommandLine.arguments[2]), (1...Workload.windowCount).contains(count)
    else { throw WrongArguments() }
    let workload = try Workload()
    let output = try workload.run(stage, windows: count)
    print(
      "\(stage.unitCount * count) \(stage.unit)s (events have \(workload.eventLength) bytes), "
        + "\(output) bytes of calls")
  }

  private static func printTimes(rounds: Int) throws {
    let workload = try Workload()
    print("| stage | ns | to here |\n|--|--:|--:|")
    var before = 0.0
    for stage in Stage.allCases {
      var least = Double.infinity
      for _ in 0..<rounds {
        let start = coreNanoseconds
        _ = try workload.run(stage, windows: Workload.windowCount)
        least = min(least, coreNanoseconds - start)
      }
      let each = least / Double(stage.unitCount * Workload.windowCount)
      let own = stage.follows == nil ? each : each - before
      print(
        "| \(stage.rawValue), an \(stage.unit) | \(Int(own.rounded())) | \(Int(each.rounded())) |")
      before = each
    }
  }

  /// Time of this process's one thread: what else runs on the machine does not count.
  private static var coreNanoseconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// The command was called otherwise than its comment says.
struct WrongArguments: Error {}
