import Testing

@testable import Contacts

@Suite("URNs")
struct URNTests {
  @Test(
    "accepted, in the form that the server keeps",
    arguments: [
      ("tel:+558299331122", "tel:+558299331122", both),
      ("tel:558299331122", "tel:+558299331122", both),
      ("tel:5582999331122", "tel:+5582999331122", both),
      ("tel:+55 (82) 9 9933-1122", "tel:+5582999331122", both),
      ("tel:+55 082 99933-1122", "tel:+5582999331122", both),
      (" tel: +1 (305) 555-1234 ", "tel:+13055551234", both),
      ("tel:+351\u{A0}912\u{2011}345\u{2011}678", "tel:+351912345678", both),
      ("tel:(+351) 912345678", "tel:+351912345678", both),
      ("tel:351912345678", "tel:+351912345678", both),
      ("whatsapp:558299331122", "whatsapp:558299331122", both),
      ("whatsapp:+55 (82) 99933-1122", "whatsapp:5582999331122", both),
      ("whatsapp:\u{202A}+55 82 99933\u{2011}1122\u{202C}", "whatsapp:5582999331122", both),
      ("whatsapp:1234567", "whatsapp:1234567", [.rapidpro]),
      ("whatsapp:1234567890123456", "whatsapp:1234567890123456", [.rapidpro]),
      ("whatsapp:BR.123abc", "whatsapp:BR.123abc", [.weni]),
      ("whatsapp:BR.ENT.9Zz", "whatsapp:BR.ENT.9Zz", [.weni]),
      ("mailto:John.Dalton@Ilhasoft.com.br", "mailto:john.dalton@ilhasoft.com.br", both),
      ("mailto:a+b@x-y.io", "mailto:a+b@x-y.io", both),
      ("ext: AbC ", "ext:AbC", both),
      ("ext:a:b/c", "ext:a:b/c", both),
      ("telegram:12345", "telegram:12345", both),
      ("instagram:12345", "instagram:12345", both),
      ("facebook:12345", "facebook:12345", both),
      ("facebook:ref:abc", "facebook:ref:abc", both),
      ("twitter:@JOE", "twitter:joe", both),
      ("twitterid:12345", "twitterid:12345", both),
      ("viber:ab=", "viber:ab=", both),
      ("viber:ab+/=", "viber:ab+/=", [.rapidpro]),
      ("line:Uab_1", "line:Uab_1", both),
      ("jiochat:123", "jiochat:123", both),
      (
        "freshchat:6a2f41a3-c54c-fce8-32d2-0324e1c32e22/6a2f41a3-c54c-fce8-32d2-0324e1c32e22",
        "freshchat:6a2f41a3-c54c-fce8-32d2-0324e1c32e22/6a2f41a3-c54c-fce8-32d2-0324e1c32e22",
        both
      ),
      ("discord:123", "discord:123", [.weni]),
      (
        "teams:a:id-1:serviceURL:https://x.y/z", "teams:a:id-1:serviceURL:https://x.y/z", [.weni]
      ),
      ("webchat:abcdefghijklmnopqrstuvwx", "webchat:abcdefghijklmnopqrstuvwx", [.rapidpro]),
      (
        "webchat:abcdefghijklmnopqrstuvwx:a@b.com", "webchat:abcdefghijklmnopqrstuvwx:a@b.com",
        [.rapidpro]
      ),
      ("fcm:any thing", "fcm:any thing", both),
      ("wechat:x", "wechat:x", both),
      ("vk:1", "vk:1", both),
      ("rocketchat:x", "rocketchat:x", both),
      ("slack:U1", "slack:U1", both),
    ] as [(String, String, [Dialect])])
  func accepted(text: String, form: String, dialects: [Dialect]) {
    for dialect in dialects { #expect(APIProfile(dialect).urn(text) == .success(form)) }
  }

  @Test(
    "refused, with the reason",
    arguments: [
      ("", .noScheme, both),
      ("+5582999331122", .noScheme, both),
      ("82 99933-1122", .noScheme, both),
      ("TEL:+5582999331122", .unknownScheme, both),
      ("WhatsApp:5582999331122", .unknownScheme, both),
      ("deleted:1", .unknownScheme, both),
      ("weniwebchat:1", .unknownScheme, both),
      ("webchat:abcdefghijklmnopqrstuvwx", .unknownScheme, [.weni]),
      ("discord:1", .unknownScheme, [.rapidpro]),
      ("teams:a:x:serviceURL:https://x", .unknownScheme, [.rapidpro]),
      ("tel:", .urnEmpty, both),
      ("ext:  ", .urnEmpty, both),
      ("tel:82999331122", .phoneWithoutCountry, both),
      ("tel:8299331122", .phoneWithoutCountry, both),
      ("tel:082999331122", .phoneWithoutCountry, both),
      ("tel:005582999331122", .phoneWithoutCountry, both),
      ("tel:190", .phoneWithoutCountry, both),
      ("tel:+", .phoneWithoutCountry, both),
      ("tel:+082999331122", .phoneWithoutCountry, both),
      ("tel:+99982999331122", .phoneWithoutCountry, both),
      ("tel:MTN", .phoneDigits, both),
      ("tel:+5511", .phoneDigits, both),
      ("tel:+5582999331122 ramal 3", .phoneDigits, both),
      ("tel:+55829993311223", .phoneDigits, both),
      ("tel:+1234567", .phoneDigits, both),
      ("tel:+1234567890123456", .phoneDigits, both),
      ("tel:55829993+31122", .phoneDigits, both),
      ("whatsapp:1234567", .phoneDigits, [.weni]),
      ("whatsapp:1234567890123456", .phoneDigits, [.weni]),
      ("whatsapp:abc", .whatsappPath, both),
      ("whatsapp:٥٥٨٢٩٩٩٣٣١١٢٢", .whatsappPath, both),
      ("whatsapp:--", .phoneDigits, [.weni]),
      ("whatsapp:--", .whatsappPath, [.rapidpro]),
      ("whatsapp:BR.123abc", .whatsappPath, [.rapidpro]),
      ("whatsapp:br.123abc", .whatsappPath, both),
      ("whatsapp:BR.", .whatsappPath, both),
      ("mailto:ana", .mailAddress, both),
      ("mailto:ana@host", .mailAddress, both),
      ("mailto:ana@@x.com", .mailAddress, both),
      ("mailto:ana maria@x.com", .mailAddress, both),
      ("mailto:.ana@x.com", .mailAddress, both),
      ("mailto:ana@-x.com", .mailAddress, both),
      ("mailto:ana@x.c", .mailAddress, both),
      ("mailto:ana@x..com", .mailAddress, both),
      ("mailto:@x.com", .mailAddress, both),
      ("mailto:joão@x.com", .mailAddress, both),
      ("telegram:abc", .schemePath, both),
      ("facebook:-5", .schemePath, both),
      ("facebook:ref:", .schemePath, both),
      ("twitter:a-b", .schemePath, both),
      ("twitter:@", .schemePath, both),
      ("twitter:abcdefghijklmnop", .schemePath, both),
      ("viber:ab+/=", .schemePath, [.weni]),
      ("line:a-b", .schemePath, both),
      ("jiochat:a", .schemePath, both),
      ("freshchat:a/b", .schemePath, both),
      ("teams:a:x:serviceURL:https://", .schemePath, [.weni]),
      ("teams:a::serviceURL:https://x", .schemePath, [.weni]),
      ("webchat:short", .schemePath, [.rapidpro]),
      ("ext:a#b", .urnCharacter, both),
      ("ext:a?id=1", .urnCharacter, both),
      ("ext:100%", .urnCharacter, both),
      ("ext:a\0b", .nulCharacter, both),
    ] as [(String, Refusal, [Dialect])])
  func refused(text: String, refusal: Refusal, dialects: [Dialect]) {
    for dialect in dialects { #expect(APIProfile(dialect).urn(text) == .failure(refusal)) }
  }

  @Test("a URN has at most 255 characters, however many bytes", arguments: both)
  func lengthLimit(dialect: Dialect) {
    let profile = APIProfile(dialect)
    let longest = "ext:" + String(repeating: "é", count: 251)
    #expect(profile.urn(longest) == .success(longest))
    #expect(profile.urn(longest + "é") == .failure(.urnTooLong))
  }

  @Test("law: what was normalised normalises to itself", arguments: both)
  func idempotence(dialect: Dialect) {
    let profile = APIProfile(dialect)
    var generator = SeededGenerator(seed: 20_260_302)
    var accepted = 0
    for _ in 0..<20_000 {
      let text = generator.urn()
      guard case .success(let form) = profile.urn(text) else { continue }
      accepted += 1
      #expect(profile.urn(form) == .success(form), "from `\(text)`")
    }
    #expect(accepted > 2_000)
  }

  @Test("plain WhatsApp addresses take a short way to the same form", arguments: both)
  func plainWhatsApp(dialect: Dialect) {
    let profile = APIProfile(dialect)
    let numbers = (0...17).map { String("12345678901234567".prefix($0)) }
    let odd = [
      "", "1234567a", "12345678 ", " 12345678", "+", "++12345678", "1234+5678", "BR.123456",
    ]
    for path in numbers + numbers.map({ "+\($0)" }) + odd {
      for text in ["whatsapp:\(path)", "Whatsapp:\(path)", "whatsapp;\(path)"] {
        #expect(profile.urn(text) == normalized(text, by: profile.normalizeWrittenURN))
      }
    }
  }

  @Test("every scheme is read back from its word")
  func schemes() {
    for scheme in Scheme.allCases {
      let word = "\(scheme)"
      #expect(word.utf8.withContiguousStorageIfAvailable { Scheme(.init($0)) } == scheme)
    }
  }
}

/// SplitMix64: the same texts in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A scheme with something like an address behind it.
  mutating func urn() -> String {
    let scheme = Scheme.allCases.randomElement(using: &self) ?? .tel
    let pieces = ["55", "82", "9", "+", " ", "-", "(", ")", "0", "00", "a", "B", "é", "@", ".com"]
    var text = Bool.random(using: &self) ? "\(scheme):" : "\(scheme): +55"
    for _ in 0..<Int.random(in: 1...14, using: &self) {
      text += pieces[Int.random(in: 0..<(Bool.random(using: &self) ? 9 : 15), using: &self)]
    }
    return text
  }
}
