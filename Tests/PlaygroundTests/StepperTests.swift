import Playground
import Testing

@Suite("Stepping through a rehearsal")
struct StepperTests {
  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.who}"}
    rules:
      - {id: joined, when: join, do: [{add_to_group: A}]}
      - {id: named, when: name, if: [event.name: present], do: [{set_name: "${event.name}"}]}
    """

  private func stepper() async throws -> Stepper {
    let events = [
      #"{"type":"join","who":"1"}"#, #"{"type":"join","who":"2"}"#,
      #"{"type":"name","who":"1","name":"Ana"}"#, #"{"type":"name","who":"2"}"#,
    ]
    let scene = try RehearsalScene(contacts: [], now: sceneTime)
    let rehearsal = await Rehearsal(
      RehearsalEvent.lines(of: Array(events.joined(separator: "\n").utf8)),
      with: try traced(Self.rules), in: scene)
    return Stepper(rehearsal, veil: .none)
  }

  @Test(
    "keys move",
    arguments: [
      ([Stepper.Key.next], 1), ([.last], 3), ([.last, .previous], 2), ([.next, .first], 0),
      ([.nextOfContact], 2), ([.nextOfContact, .previousOfContact], 0), ([.previous], 0),
      ([.last, .next], 3),
    ])
  func moves(_ keys: [Stepper.Key], to position: Int) async throws {
    var stepper = try await stepper()
    for key in keys { stepper.press(key) }
    #expect(stepper.position == position)
  }

  @Test("an end says that it is one, until the next key")
  func ends() async throws {
    var stepper = try await stepper()
    stepper.press(.previous)
    #expect(stepper.screen.contains("this is the first event"))
    stepper.press(.next)
    #expect(!stepper.screen.contains("this is the first event"))
  }

  @Test("lines, contacts and rules are found by what is typed")
  func finding() async throws {
    var stepper = try await stepper()
    stepper.find("3")
    #expect(stepper.position == 2)
    stepper.find("ext:2")
    #expect(stepper.position == 1)
    stepper.find("nowhere")
    #expect(stepper.screen.contains("nothing here is called nowhere"))
    stepper.press(.last)
    stepper.explain("named")
    #expect(stepper.screen.contains { $0.contains("✗ event.name: present") })
    stepper.explain("nothing")
    #expect(stepper.screen.contains("no rule is called nothing"))
  }

  @Test("pages open and close")
  func pages() async throws {
    var stepper = try await stepper()
    stepper.press(.calls)
    #expect(stepper.screen.contains { $0.contains("POST") })
    stepper.press(.calls)
    #expect(stepper.screen.contains { $0.contains("✓ joined") })
    stepper.press(.help)
    #expect(stepper.screen.contains { $0.contains("next event") })
  }
}
