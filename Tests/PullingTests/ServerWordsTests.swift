import Pulling
import Testing

@Suite("Words of the server")
struct ServerWordsTests {
  @Test(
    "its usual words are shown, and what it repeats is not",
    arguments: [
      ("Invalid token", "Invalid token"),
      ("No such object: Maria da Conceição", "No such object: …"),
      ("URN belongs to another contact: ext:maria", "URN belongs to another contact: …"),
      (
        "Ensure this field has no more than 64 characters.",
        "Ensure this field has no more than 64 characters."
      ),
      ("\"Zoë\" is not valid. \"+5582999330001\" is not valid", "… is not valid. … is not valid"),
      ("Expected available in 3599 seconds.", "Expected available in 3599 seconds."),
      (#"{"detail":"Invalid token"}"#, #"{"detail":"Invalid token"}"#),
      ("Not found: 82 99933 0001", "Not found: …"),
      (
        "Group is being used by the following flows which must be archived first: 12, 907",
        "Group is being used by the following flows which must be archived first: 12, 907"
      ),
      (
        "used by 5c1d7a5e-0d1c-4a8e-8a86-6f3e1c1b7f10, and 5582999330001-12",
        "used by 5c1d7a5e-0d1c-4a8e-8a86-6f3e1c1b7f10, and …"
      ),
      ("call 12, 99933 0001", "… 12, …"),
      ("maria@example.org", "…"), ("", ""), ("  ", ""),
      ("Token s3cr3t was 82999330001", "Token … was …"),
    ])
  func plain(words: String, shown: String) { #expect(ServerWords.plain(words) == shown) }

  @Test("names that are no secret stay")
  func allowed() {
    #expect(
      ServerWords.plain("Invalid contact field key: no_such x", allowing: ["no_such"])
        == "Invalid contact field key: no_such …")
    #expect(
      ServerWords.plain(
        "No such object: Carrinho abandonado. Maria abandonado", allowing: ["Carrinho abandonado"])
        == "No such object: Carrinho abandonado. …")
  }

  @Test("one stands for a run of words, so that the same text is masked alike")
  func runs() {
    #expect(
      ServerWords.plain("No such object: Ana Lima", mask: { "<\($0)>" })
        == "No such object: <Ana Lima>")
  }
}
