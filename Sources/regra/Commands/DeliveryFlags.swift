import ArgumentParser
import Delivery
import Execution

/// How calls are delivered.
struct DeliveryFlags: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("in-flight"), .value("quota"),
  ]

  @Option(help: "Calls under way at a time.")
  var inFlight = 16

  @Option(
    help: ArgumentHelp(
      "Requests an hour that the server allows: one number for both quotas, two as in 2500,3000 "
        + "(contacts, others), or none.", valueName: "limits"))
  var quota = WrittenQuota(limits: .usual)

  func validate() throws {
    guard (1...1_000).contains(inFlight) else {
      throw ValidationError("--in-flight must be between 1 and 1000")
    }
  }

  /// What they ask of a delivery.
  func options(moves: URNMoves, isPatient: Bool) -> DeliveryOptions {
    var options = DeliveryOptions()
    options.inFlight = inFlight
    options.limits = quota.limits
    options.urnMoves = moves
    options.isPatient = isPatient
    return options
  }
}

/// `2500`, `2500,3000` or `none`.
struct WrittenQuota: ExpressibleByArgument {
  var limits: QuotaLimits

  init(limits: QuotaLimits) { self.limits = limits }

  init?(argument: String) {
    if argument == "none" {
      limits = .none
      return
    }
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(numbers.count), let first = numbers[0], let last = numbers.last ?? nil,
      first > 0, last > 0
    else { return nil }
    limits = QuotaLimits(contacts: first, others: last)
  }

  var defaultValueDescription: String { "2500" }
}
