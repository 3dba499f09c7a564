/// The linear relaxation, solved by the primal-dual hybrid gradient method with restarts.
///
/// With `y` for a contact that folds and `z` for a pair's calls, a pair of `n` members has a row
/// `y + z ≥ 1` for each of them; `r·z + Σy ≥ r·⌈n / limit⌉` with `r` what its last call carries;
/// and `limit·z + Σy ≥ n`. What the rows pay for a change is its price. Any prices make a
/// ``Certificate`` once they are cut to what contacts can pay, so nothing here has to be exact.
struct Relaxation {
  private let input: MembershipChanges
  private let leastCalls: [Int32]
  private let foldPrice: Double
  private let callPrice: Double
  private var rows: [Rows] = []
  private var contacts: [Variable]
  private var pairs: [Variable]
  private var duals: Duals
  private var sums: Duals
  private var steps = 0.0

  /// What never changes about the rows of one pair; a step of 0 stands for a row left out.
  private struct Rows {
    var last = 0.0
    var lastBound = 0.0
    var size = 0.0
    var memberStep = 0.0
    var lastStep = 0.0
    var sizeStep = 0.0
    var leastCalls = 0.0
  }

  /// A primal value, the one extrapolated from it, what the rows pay for it, and its step: 0 where
  /// it must stay 0.
  private struct Variable {
    var value = 0.0
    var ahead = 0.0
    var paid = 0.0
    var step = 0.0
    var valueSum = 0.0
    var paidSum = 0.0

    mutating func advance(price: Double, least: Double) {
      let next = step > 0 ? max(least, value - step * (price - paid)) : least
      ahead = 2 * next - value
      value = next
      paid = 0
    }

    mutating func sumUp() {
      valueSum += value
      paidSum += paid
    }

    mutating func restart(after steps: Double) {
      value = valueSum / steps
      paid = paidSum / steps
      valueSum = 0
      paidSum = 0
    }
  }

  /// What each change's own row pays, and each pair's two others.
  private struct Duals {
    var members: [Double]
    var lasts: [Double]
    var sizes: [Double]

    static func += (sums: inout Duals, terms: Duals) {
      for index in terms.members.indices { sums.members[index] += terms.members[index] }
      for index in terms.lasts.indices {
        sums.lasts[index] += terms.lasts[index]
        sums.sizes[index] += terms.sizes[index]
      }
    }

    func divided(by count: Double) -> Duals {
      Duals(
        members: members.map { $0 / count }, lasts: lasts.map { $0 / count },
        sizes: sizes.map { $0 / count })
    }
  }

  init(_ input: MembershipChanges, prices: Prices, leastCalls: [Int32]) {
    self.input = input
    self.leastCalls = leastCalls
    let highest = Double(max(prices.fold, prices.call))
    foldPrice = Double(prices.fold) / highest
    callPrice = Double(prices.call) / highest
    contacts = Array(repeating: Variable(), count: input.contactCount)
    pairs = Array(repeating: Variable(), count: input.pairCount)
    let nothing = Array(repeating: 0.0, count: input.pairCount)
    duals = Duals(
      members: Array(repeating: 0, count: input.members.count), lasts: nothing, sizes: nothing)
    sums = duals
    for pair in 0..<input.pairCount { rows.append(addRows(of: pair)) }
    for contact in contacts.indices where contacts[contact].step > 0 {
      contacts[contact].step = 1 / contacts[contact].step
    }
  }

  /// The rows of a pair; adds their weights to the steps of its contacts, to be inverted.
  private mutating func addRows(of pair: Int) -> Rows {
    let count = input.size(of: pair)
    let changes = input.changes(of: pair)
    let folding = changes.count { input.mayFold[Int(input.members[$0])] }
    guard count > 0 else { return Rows() }
    let limit = Double(input.limit)
    var rows = Rows()
    rows.leastCalls = Double(max(Int(leastCalls[pair]), input.calls(for: count - folding)))
    rows.last = Double((count - 1) % input.limit + 1)
    rows.lastBound = rows.last * Double(input.calls(for: count))
    rows.size = Double(count)
    let members = Double(folding)
    let weight = 0.5.squareRoot()
    rows.memberStep = weight / 2
    var weights = (member: weight, pair: members * weight)
    if count > input.limit {
      let size = 1 / (members + limit * limit).squareRoot()
      rows.sizeStep = size / (members + limit)
      weights.member += size
      weights.pair += limit * size
      if rows.last < limit {
        let last = 1 / (members + rows.last * rows.last).squareRoot()
        rows.lastStep = last / (members + rows.last)
        weights.member += last
        weights.pair += rows.last * last
      }
    }
    pairs[pair].step = 1 / max(weights.pair, weight)
    for change in changes where input.mayFold[Int(input.members[change])] {
      contacts[Int(input.members[change])].step += weights.member
    }
    return rows
  }

  mutating func run(_ count: Int) {
    for _ in 0..<count {
      for contact in contacts.indices {
        contacts[contact].advance(price: foldPrice, least: 0)
      }
      for pair in pairs.indices {
        pairs[pair].advance(price: callPrice, least: rows[pair].leastCalls)
      }
      for pair in pairs.indices { pay(pair) }
      for contact in contacts.indices { contacts[contact].sumUp() }
      for pair in pairs.indices { pairs[pair].sumUp() }
      sums += duals
      steps += 1
    }
  }

  /// Has the rows of a pair pay more where they are not yet kept, less where they are.
  private mutating func pay(_ pair: Int) {
    let row = rows[pair]
    let changes = input.changes(of: pair)
    let calls = pairs[pair].ahead
    var folds = 0.0
    for change in changes { folds += contacts[Int(input.members[change])].ahead }
    let last = max(
      0, duals.lasts[pair] + row.lastStep * (row.lastBound - row.last * calls - folds))
    let size = max(
      0, duals.sizes[pair] + row.sizeStep * (row.size - Double(input.limit) * calls - folds))
    duals.lasts[pair] = last
    duals.sizes[pair] = size
    let shared = last + size
    var paid = row.last * last + Double(input.limit) * size
    for change in changes {
      let contact = Int(input.members[change])
      let missing = 1 - calls - contacts[contact].ahead
      let own = max(0, duals.members[change] + row.memberStep * missing)
      duals.members[change] = own
      contacts[contact].paid += own + shared
      paid += own
    }
    pairs[pair].paid = paid
  }

  /// Goes on from the average since the last restart.
  mutating func restart() {
    guard steps > 0 else { return }
    for contact in contacts.indices { contacts[contact].restart(after: steps) }
    for pair in pairs.indices { pairs[pair].restart(after: steps) }
    duals = sums.divided(by: steps)
    sums = duals.divided(by: .infinity)
    steps = 0
  }

  /// How much of each contact folds.
  var folds: [Double] { contacts.map(\.value) }

  /// How many calls each pair makes.
  var calls: [Double] { pairs.map(\.value) }

  /// The prices of the changes, cut to what contacts can pay and then raised to what they can.
  func priceList(_ prices: Prices) -> PriceList {
    let scale = Double(max(prices.fold, prices.call))
    var list = PriceList(input, prices: prices, leastCalls: leastCalls)
    for pair in pairs.indices {
      let shared = duals.lasts[pair] + duals.sizes[pair]
      for change in input.changes(of: pair) {
        let paid = contacts[Int(input.members[change])].paid
        let cut = min(1, foldPrice / max(paid, foldPrice))
        list.set(change, to: Int32((duals.members[change] + shared) * cut * scale))
      }
    }
    list.raiseAll()
    return list
  }
}
