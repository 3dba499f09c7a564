import Testing

@testable import Knowledge

@Suite("Written values")
struct WrittenValuesTests {
  /// A contact's hash; many begin their search at the same places and have bits in common.
  private static func hash(_ number: Int) -> UInt64 {
    WrittenValues.place(
      WrittenValues.combine(UInt64(number), 3) & 0xFFF0_0000_0000_0FFF | UInt64(number) << 12)
  }

  @Test("a value is held until another one is written to its place", arguments: [1, 10, 5_000])
  func holding(contactCount: Int) {
    var written = WrittenValues()
    for round in 0..<3 {
      for number in 0..<contactCount {
        var contact = written.contact(Self.hash(number))
        #expect(contact.isThere == (round > 0))
        for place in 0..<UInt64(number % 11) {
          let isKnown = written.holds(&contact, place + 100, UInt64(round / 2) + 1_000)
          #expect(isKnown == (round == 1))
        }
        written.keep(&contact)
      }
    }
    for number in contactCount..<contactCount + 100 {
      let isThere = written.isThere(Self.hash(number))
      #expect(!isThere)
    }
  }

  @Test("what is forgotten of a contact is written again, in either generation")
  func forgetting() {
    var written = WrittenValues()
    for number in 0..<100 {
      var contact = written.contact(Self.hash(number))
      let isKnown = written.holds(&contact, 1, 2)
      #expect(!isKnown)
    }
    written.age(to: 100, keeping: 200)
    written.forget(Self.hash(7))
    for number in 0..<100 {
      var contact = written.contact(Self.hash(number))
      #expect(contact.isThere == (number != 7))
      let isKnown = written.holds(&contact, 1, 2)
      #expect(isKnown == (number != 7))
    }
  }

  @Test("values older than a snapshot may be are gone")
  func aging() {
    var written = WrittenValues()
    var contact = written.contact(Self.hash(1))
    _ = written.holds(&contact, 1, 2)
    written.age(to: 100, keeping: 200)
    contact = written.contact(Self.hash(1))
    let isKnown = written.holds(&contact, 1, 2)
    #expect(contact.isThere && isKnown)
    written.age(to: 200, keeping: 200)
    #expect(written.isEmpty)
  }
}
