import Foundation
import Simulator
import Testing

/// How often runs are killed, at least.
private let killCount =
  ProcessInfo.processInfo.environment["REGRA_KILLS"].flatMap { Int($0) } ?? 20

@Suite("Deliveries that are killed", .serialized)
struct KilledRunTests {
  enum Ending: String, CaseIterable { case killed, powerCut }

  /// Kills by instant, for people.
  private static func table(_ kills: [KillInstant: Int], _ title: String) -> String {
    let lines = KillInstant.allCases.map { instant in
      instant.rawValue.padding(toLength: 28, withPad: " ", startingAt: 0) + "\(kills[instant] ?? 0)"
    }
    return ([title] + lines).joined(separator: "\n  ")
  }

  /// A run that nobody disturbs: its outcome, and where it was at each of its calls of the system.
  private func undisturbed(
    _ scene: CrashScene, _ source: CrashScene.Source, knowing: Bool
  ) throws -> (outcome: CrashScene.Outcome, instants: [KillInstant]) {
    try scene.begin(source, knowing: knowing)
    #expect(try scene.run(until: .none) == nil)
    let outcome = try scene.outcome
    #expect(outcome.counts.singular.count == (knowing ? 10 : 9))
    return (outcome, try scene.instants)
  }

  @Test("whenever a run is killed or the power goes, the same command goes on to the same end")
  func anyInstant() throws {
    let seed = UInt64.random(in: 0...999_999)
    var random = SeededGenerator(seed: seed)
    let scene = try CrashScene()
    let wholes = try [false, true].map { try undisturbed(scene, .file, knowing: $0) }
    for source in CrashScene.Source.allCases {
      for ending in Ending.allCases {
        var kills: [KillInstant: Int] = [:]
        var sceneCount = 0
        let wanted = max(1, killCount / 4)
        while kills.values.reduce(0, +) < wanted
          || KillInstant.named.contains(where: { kills[$0] == nil })
        {
          let isTooMany = sceneCount >= 20 + 2 * wanted
          try #require(!isTooMany, "\(Self.table(kills, "too few of one kind"))")
          let isKnowing = sceneCount % 2 == 1
          let whole = wholes[isKnowing ? 1 : 0]
          try scene.begin(source, knowing: isKnowing)
          sceneCount += 1
          let deaths = deaths(whole.instants, kills, using: &random)
          let places = try disturb(scene, source, ending, deaths, &kills, using: &random)
          let wrongs = try scene.wrongs(beside: whole.outcome)
          #expect(wrongs == [], "seed \(seed), \(source), knowing \(isKnowing), \(places)")
        }
        print(Self.table(kills, "\(source), \(ending): \(sceneCount) runs"))
      }
    }
  }

  /// Lets a run die these deaths, and says where it was.
  private func disturb(
    _ scene: CrashScene, _ source: CrashScene.Source, _ ending: Ending, _ deaths: [Death],
    _ kills: inout [KillInstant: Int], using random: inout SeededGenerator
  ) throws -> [String] {
    var places: [String] = []
    for death in deaths {
      guard let (instant, place) = try scene.run(until: death) else { break }
      kills[instant, default: 0] += 1
      places.append("\(instant.rawValue): \(place)")
      if ending == .powerCut, Int.random(in: 0..<4, using: &random) > 0 {
        let survival = SyncedDisk.Survival.allCases.randomElement(using: &random) ?? .anything
        try scene.cutPower(survival, using: &random)
        places[places.count - 1] += ", \(survival) survives"
      }
      try scene.allowWhatWasUnderWay()
      // A file would be read again; a pipe has nothing more to say.
      if try scene.hasEnded(), source == .file || ending == .powerCut { break }
    }
    return places
  }

  /// Up to three deaths, the first where kills are rarest, and then none.
  private func deaths(
    _ instants: [KillInstant], _ kills: [KillInstant: Int], using random: inout SeededGenerator
  ) -> [Death] {
    let rarest = KillInstant.named.min { kills[$0] ?? 0 < kills[$1] ?? 0 } ?? .planToJournal
    let count = max(1, instants.count { $0 == rarest })
    let first = Death.at(rarest, Int.random(in: 0..<count, using: &random))
    let more = (0..<Int.random(in: 0...2, using: &random)).map { _ -> Death in
      Bool.random(using: &random)
        ? .atCall(Int.random(in: instants.indices, using: &random))
        : .after(Int.random(in: 20_000...400_000, using: &random))
    }
    return [first] + more + [.none]
  }

  @Test("a kill before or behind any call of the system loses nothing and does nothing twice")
  func everyCall() throws {
    let scene = try CrashScene()
    let (whole, instants) = try undisturbed(scene, .file, knowing: true)
    var kills: [KillInstant: Int] = [:]
    let step = max(1, instants.count / max(1, killCount / 4))
    for place in stride(from: Int.random(in: 0..<step), to: instants.count, by: step) {
      try scene.begin(.file, knowing: true)
      guard let (instant, call) = try scene.run(until: .atCall(place)) else { continue }
      kills[instant, default: 0] += 1
      try scene.allowWhatWasUnderWay()
      if try !scene.hasEnded() { #expect(try scene.run(until: .none) == nil) }
      let wrongs = try scene.wrongs(beside: whole)
      #expect(wrongs == [], "\(place) of \(instants.count), \(instant.rawValue): \(call)")
    }
    print(Self.table(kills, "every \(step) of \(instants.count) instants of one run"))
  }

  @Test("after a power cut nothing is left out that only seems to be so already")
  func staleKnowledge() throws {
    var random = SystemRandomNumberGenerator()
    let scene = try CrashScene()
    let (whole, _) = try undisturbed(scene, .pipe, knowing: true)
    try scene.begin(.pipe, knowing: true, isHeld: true)
    // By then the first window is delivered, and the run waits for more.
    #expect(try scene.run(until: .after(1_500_000)) != nil)
    try scene.cutPower(.nothing, using: &random)
    #expect(try scene.run(until: .none) == nil)
    #expect(try scene.wrongs(beside: whole) == [])
  }

  @Test("a server that is killed and comes back finds all that it did, and is asked for the rest")
  func server() throws {
    let scene = try CrashScene()
    let (whole, _) = try undisturbed(scene, .file, knowing: true)
    var kills = 0
    while kills < max(2, killCount / 50) {
      try scene.begin(.file, knowing: true)
      let places = (0..<2).map { _ in Int.random(in: 2...20) }.sorted()
      try scene.run(killingServerBehind: places)
      kills += scene.killCount
      let wrongs = try scene.wrongs(beside: whole)
      #expect(wrongs == [], "behind requests \(places)")
    }
    print("the server: \(kills) kills")
  }
}
