import Diagnostics
import Testing

@testable import PlaygroundServer

private func places(_ text: String) -> Set<Substring> {
  Set(text.matches(of: /\{\w+\}/).map(\.output))
}

@Suite("Words of the page")
struct PageWordsTests {
  @Test(
    "every message is there in both languages, with the same places",
    arguments: PageWords.Key.allCases)
  func both(_ key: PageWords.Key) {
    let messages = PageWords.catalogue.filter { $0.key == key }
    #expect(messages.count == 1)
    for message in messages {
      #expect(!message.english.isEmpty && !message.portuguese.isEmpty)
      #expect(places(message.english) == places(message.portuguese))
    }
  }

  @Test("a value that looks like a place is none")
  func values() {
    let text = PageWords.text(.rulesIn, in: .english, ["file": "{file}"])
    #expect(text == "Rules in {file}")
  }
}
