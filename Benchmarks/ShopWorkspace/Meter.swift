private import Foundation
private import Glibc

/// What this process has taken so far.
package enum Meter {
  /// Seconds of one core: what else runs on the machine does not count.
  package static var coreSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Megabytes that are resident now.
  package static var residentMegabytes: Int { megabytes("VmRSS:") }

  /// The most megabytes that were resident at once.
  package static var peakMegabytes: Int { megabytes("VmHWM:") }

  /// Lets ``peakMegabytes`` begin anew.
  package static func forgetPeak() {
    // The kernel's word for it; where it is not allowed the peak is that since the start.
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  private static func megabytes(_ name: String) -> Int {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) >> 10
  }

  /// A number with two digits behind the point.
  package static func rounded(_ number: Double) -> String { String(format: "%.2f", number) }

  /// Runs this program again with other arguments and waits for its end.
  package static func runAgain(_ arguments: [String]) throws {
    // What is printed here stands before what the other process prints.
    fflush(nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
  }
}
