import Telemetry
import Testing

@Suite("Health")
struct HealthTests {
  private func health(backlog: Int = 0) -> Health {
    var health = Health(patience: .seconds(300), now: .seconds(100))
    health.plan(backlog, at: .seconds(100))
    return health
  }

  @Test("with nothing to send, nothing is wrong however long that is")
  func idle() { #expect(health().complaint(at: .seconds(1_000_000)) == nil) }

  @Test(
    "calls that wait too long without a reason are a complaint",
    arguments: [
      (400, nil), (401, "calls wait, and none was answered for 301 s"),
    ])
  func stalled(second: Int, complaint: String?) {
    #expect(health(backlog: 3).complaint(at: .seconds(second)) == complaint)
  }

  @Test("a quota is a reason until it has passed")
  func quota() {
    var health = health(backlog: 3)
    health.rest(.seconds(3_600), at: .seconds(200))
    #expect(health.complaint(at: .seconds(4_100)) == nil)
    #expect(health.complaint(at: .seconds(4_101)) != nil)
  }

  @Test("what came after a rest is not late for it")
  func rested() {
    var health = health()
    health.plan(1, at: .seconds(10_000))
    #expect(health.complaint(at: .seconds(10_100)) == nil)
  }

  @Test("a failure is said until something comes through")
  func interrupted() {
    var health = health(backlog: 1)
    health.interrupt("the server cannot be reached")
    #expect(health.complaint(at: .seconds(100)) == "the server cannot be reached")
    health.progress(at: .seconds(101))
    #expect(health.complaint(at: .seconds(101)) == nil)
  }
}
