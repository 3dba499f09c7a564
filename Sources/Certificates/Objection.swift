/// The first thing that is wrong with a claim.
package enum Objection: Error, Equatable {
  case noLimit
  case strangeNumber(Int)
  case unknownContact(Int)
  case unknownPair(Int)
  case repeatedMember(contact: Int, pair: Int)
  case repeatedPost(contact: Int)
  case postNotAllowed(contact: Int)
  case emptyCall(Int)
  case callOverLimit(call: Int, count: Int, limit: Int)
  case strayMember(call: Int, contact: Int, pair: Int)
  case unpaid(contact: Int, pair: Int)
  case otherTotal(claimed: Int, counted: Int)
  case pricesMissing
  case negativePrice(contact: Int, pair: Int)
  case pricesOverPost(contact: Int, sum: Int, price: Int)
  case unequalCalls
  case unprovedCalls(Int)
  case unprovedWait
}

extension Objection: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noLimit: "a bulk call must be allowed to carry somebody"
    case .strangeNumber(let number): "\(number) has no place in a proof"
    case .unknownContact(let contact): "there is no contact \(contact)"
    case .unknownPair(let pair): "there is no pair \(pair)"
    case .repeatedMember(let contact, let pair): "contact \(contact) is twice in pair \(pair)"
    case .repeatedPost(let contact): "contact \(contact) gets two POSTs"
    case .postNotAllowed(let contact):
      "contact \(contact) gets a POST, but too little is known of it"
    case .emptyCall(let call): "bulk call \(call) carries nobody"
    case .callOverLimit(let call, let count, let limit):
      "bulk call \(call) carries \(count) contacts, more than \(limit)"
    case .strayMember(let call, let contact, let pair):
      "bulk call \(call) carries contact \(contact), which is not in pair \(pair)"
    case .unpaid(let contact, let pair):
      "no call carries the change of contact \(contact) in pair \(pair)"
    case .otherTotal(let claimed, let counted):
      "the plan has \(counted) calls, not \(claimed) as it says"
    case .pricesMissing: "not every change has one price"
    case .negativePrice(let contact, let pair):
      "the price of contact \(contact) in pair \(pair) is below 0"
    case .pricesOverPost(let contact, let sum, let price):
      "the prices of contact \(contact) come to \(sum), more than the \(price) of a POST"
    case .unequalCalls: "where calls are counted, POSTs and bulk calls must cost the same"
    case .unprovedCalls(let count): "the prices do not prove that \(count) calls are needed"
    case .unprovedWait: "the prices do not prove that the wait is as long as claimed"
    }
  }
}
