import HTTPTransport
import Testing

@Suite("Addresses of servers")
struct ServerAddressTests {
  @Test(
    "an address is one name, however it is written",
    arguments: [
      ("https://flows.weni.ai", "https://flows.weni.ai", "flows.weni.ai"),
      ("HTTPS://Flows.Weni.ai:443/", "https://flows.weni.ai", "flows.weni.ai"),
      ("https://a.example:8443/flows//", "https://a.example:8443/flows", "a.example:8443/flows"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080"),
      ("http://localhost", "http://localhost", "localhost"),
      ("http://[::1]:80", "http://[::1]", "[::1]"),
    ])
  func reading(_ written: String, _ text: String, _ name: String) throws {
    let address = try ServerAddress(written)
    #expect(address.text == text)
    #expect(address.name == name)
  }

  @Test(
    "what a token may not be sent to is refused",
    arguments: [
      ("", ServerAddress.Refusal.noAddress), ("flows.weni.ai", .noAddress),
      ("ftp://flows.weni.ai", .noAddress), ("https://", .noAddress), ("https:///api", .noAddress),
      ("https://flows weni ai", .noAddress), ("https://a.example:99999999", .noAddress),
      ("https://ana:pw@flows.weni.ai", .hasOtherParts), ("https://a.example/?q=1", .hasOtherParts),
      ("https://a.example/#top", .hasOtherParts), ("http://flows.weni.ai", .unprotected),
      ("http://127.0.0.1.example.com", .unprotected),
      ("http://localhost.example.com", .unprotected),
      ("http://127.evil", .unprotected),
    ])
  func refusing(_ written: String, _ refusal: ServerAddress.Refusal) {
    #expect(throws: refusal) { try ServerAddress(written) }
    #expect(refusal.sentence.hasPrefix("must "))
  }
}
