import Contacts
import Foundation
import ShopWorkspace
import StateStore

/// Prints how fast contacts go into a state directory, and how fast and in how much memory they come
/// out of it and out of a file, each read by a process of its own.
///
/// `swift run -c release state-figures [CONTACTS [DIRECTORY]]`; what is in a directory that is given stays
/// there, and is read again by the next run.
@main
enum StateFigures {
  static func main() throws {
    let arguments = CommandLine.arguments
    if arguments.count == 3, let source = Source(rawValue: arguments[1]) {
      print(try source.load(arguments[2]))
      return
    }
    let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
    if arguments.count == 3 {
      try compare(count, in: arguments[2])
    } else {
      let directory = FileManager.default.temporaryDirectory.appending(path: "regra-\(UUID())").path
      defer { try? FileManager.default.removeItem(atPath: directory) }
      try compare(count, in: directory)
    }
  }

  private static func compare(_ count: Int, in directory: String) throws {
    if !FileManager.default.fileExists(atPath: directory) {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: false)
      try write(count, into: directory)
    }
    print("| read from | contacts | CPU s | wall s | peak MB |\n|--|--:|--:|--:|--:|")
    for source in Source.allCases { try Meter.runAgain([source.rawValue, directory]) }
  }

  private static func write(_ count: Int, into directory: String) throws {
    let path = "\(directory)/\(Source.contactsFile)"
    try Data().write(to: URL(fileURLWithPath: path))
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try Data(ShopContact.inventory.utf8)
      .write(to: URL(fileURLWithPath: "\(directory)/\(Source.inventoryFile)"))
    let store = try ContactStore("\(directory)/\(Source.stateDirectory)", for: .writing)
    var byteCount = 0
    var stored = Duration.zero
    for start in stride(from: 0, to: count, by: 1_000) {
      let bodies = (start..<min(start + 1_000, count)).map { ShopContact(number: $0).body }
      let lines = Data(bodies.map { $0 + "\n" }.joined().utf8)
      byteCount += lines.count
      try file.write(contentsOf: lines)
      stored += try ContinuousClock().measure {
        var page = PageChange(readAt: PointInTime(microseconds: 0), state: PullState())
        page.contacts = bodies.compactMap { ContactRow(answer: Array($0.utf8)) }
        try store.store(page)
      }
    }
    try file.close()
    print("\(count) contacts of \(byteCount / max(1, count)) bytes, stored in \(stored)\n")
  }
}
