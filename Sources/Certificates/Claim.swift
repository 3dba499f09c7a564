/// A plan for group changes and the claim that it is hard or impossible to do better.
///
/// All of it may be wrong: it is what ``Claim/objection()`` judges. Contacts, pairs (a group and a
/// sign) and the places in lists are numbers from 0.
package struct Claim: Sendable {
  /// What is to be changed, and how.
  package var task: Task
  /// Who gets a POST that carries all its changes.
  package var posts: [Int]
  package var calls: [BulkCall]
  /// How many POSTs and bulk calls that is.
  package var total: Int
  /// What no plan can beat.
  package var least: Least
  package var proof: Proof

  package init(
    task: Task, posts: [Int], calls: [BulkCall], total: Int, least: Least, proof: Proof
  ) {
    self.task = task
    self.posts = posts
    self.calls = calls
    self.total = total
    self.least = least
    self.proof = proof
  }

  package struct Task: Sendable {
    /// Whether each contact may get a POST.
    package var mayPost: [Bool]
    /// The contacts of each pair.
    package var pairs: [[Int]]
    /// How many contacts a bulk call may carry.
    package var limit: Int

    package init(mayPost: [Bool], pairs: [[Int]], limit: Int) {
      self.mayPost = mayPost
      self.pairs = pairs
      self.limit = limit
    }
  }

  package struct BulkCall: Sendable {
    package var pair: Int
    package var contacts: [Int]

    package init(pair: Int, contacts: [Int]) {
      self.pair = pair
      self.contacts = contacts
    }
  }

  package enum Least: Sendable, Equatable {
    /// No plan has fewer calls.
    case calls(Int)
    /// No plan waits less than `time` / `parts` for the longer of two quotas.
    case wait(time: Int, parts: Int, Quotas)
  }

  /// Calls of each kind in a unit of time, and those that are due besides this plan.
  package struct Quotas: Sendable, Equatable {
    package var postRate: Int
    package var callRate: Int
    package var postsDue: Int
    package var callsDue: Int

    package init(postRate: Int, callRate: Int, postsDue: Int, callsDue: Int) {
      self.postRate = postRate
      self.callRate = callRate
      self.postsDue = postsDue
      self.callsDue = callsDue
    }
  }

  /// What a POST costs, shared out among the changes that it would carry.
  ///
  /// A plan that did better would have few POSTs, so that each pair would need some bulk calls. As
  /// long as a contact's changes have no more than the price of a POST among them, that plan costs at
  /// least what each pair would pay by itself, if it made these calls or more and bought off the
  /// changes that they leave. Where that is too much, there is no such plan.
  package struct Proof: Sendable {
    package var postPrice: Int
    package var callPrice: Int
    /// Of each change, as in ``Task/pairs``.
    package var prices: [[Int]]

    package init(postPrice: Int, callPrice: Int, prices: [[Int]]) {
      self.postPrice = postPrice
      self.callPrice = callPrice
      self.prices = prices
    }
  }
}
