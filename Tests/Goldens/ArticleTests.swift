import Foundation
import Testing

/// One request of the article, with the calls made in its place.
struct ArticleRequest: CustomTestStringConvertible, Sendable {
  var event: String
  var article: CallLine
  var calls: [CallLine]
  var deviations: Int

  var testDescription: String { "\(event): \(article.testDescription)" }

  static let all = (try? read()) ?? []

  private static func read() throws -> [ArticleRequest] {
    let file = packageRoot.appending(path: "playground/artigo-weni/expected.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let root = try #require(json as? [String: Any])
    return try #require(root["requests"] as? [[String: Any]]).map { request in
      let calls = try #require(request["calls"] as? [[String: Any]]).map { try CallLine($0) }
      return ArticleRequest(
        event: try #require(request["event"] as? String),
        article: try CallLine(#require(request["article"] as? [String: Any])), calls: calls,
        deviations: try #require(request["deviations"] as? [Any]).count)
    }
  }
}

@Suite("The article on external webhooks, replayed")
struct ArticleTests {
  private static let run = try? Command([
    "run", "--window", "1", "playground/artigo-weni/rules", "playground/artigo-weni/events.ndjson",
  ])

  @Test("the rules check clean")
  func check() throws {
    let check = try Command(["check", "playground/artigo-weni/rules"])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
  }

  @Test("each request is made by a rule from an event", arguments: ArticleRequest.all)
  func request(_ request: ArticleRequest) throws {
    let run = try #require(Self.run)
    #expect([0, 5].contains(run.status), "\(run.errors)")
    let lines = run.output.split(separator: "\n").filter {
      $0.contains("\"event\":\"\(request.event)\"")
    }
    let calls = try lines.map { try CallLine(String($0)) }
    #expect(calls.map(\.testDescription) == request.calls.map(\.testDescription))
    #expect(calls == request.calls)
  }

  @Test("no other call is made")
  func count() throws {
    let run = try #require(Self.run)
    let calls = try CallLine.all(run.output)
    #expect(calls.count == ArticleRequest.all.map(\.calls.count).reduce(0, +))
  }

  @Test("a call that differs from the article's says why", arguments: ArticleRequest.all)
  func deviation(_ request: ArticleRequest) {
    #expect(request.calls == [request.article] || request.deviations > 0)
  }
}
