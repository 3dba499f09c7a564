import Contacts
import Execution
import Simulator

/// How an outcome is met; one without a scene does not compile.
func scenes(of outcome: RequestOutcome) -> [OutcomeScene] {
  switch outcome {
  case .done:
    [OutcomeScene(calls: OutcomeScene.renaming, ways: both, contacts: OutcomeScene.renamed)]
  case .emptyAnswer: [join("ext:2", ways: both, becoming: [2: joined])]
  case .existing: existing
  case .gone: gone
  case .noGroup: noGroup
  case .namedPart: namedParts
  case .inactiveContacts: [join("ext:3", "ext:2", becoming: [2: joined], setAside: [#"["ext:3"]"#])]
  case .unknownURN: unknownURN
  case .unknownContact: unknownContact
  case .takenURN: takenURN
  case .unnamed: unnamed
  case .groupInUse: groupInUse
  case .noRoom: noRoom
  case .systemObject: systemObject
  case .otherRefusal: [405, 413, 415, 422].map { refusal($0) }
  case .throttled: [OutcomeScene.renaming(under: #""answer": 429, "retry_after": 7"#, both)]
  case .notAllowed: notAllowed
  case .suspended: suspended
  case .redirected: [OutcomeScene.renaming(under: #""answer": 302"#, both)]
  case .serverError: serverErrors
  case .overdueRequest: [OutcomeScene.renaming(under: #""answer": 408"#, both)]
  case .foreignAnswer: foreignAnswers
  case .reset: applied(#""answer": "reset""#, both)
  case .timedOut: [OutcomeScene.renaming(under: #""delay": "3s""#, [.hastyConnection])]
  case .truncated: [OutcomeScene.renaming(under: #""truncate": 10"#, both)]
  case .lostCreation: lostCreations
  case .unreachable: [unreachable]
  }
}

private let both: [OutcomeScene.Way] = [.inside, .connection]
private let joined = #"Cid active ["ext:2"] ["B"] []"#
private let nobody = "99999999-9999-4999-8999-999999999999"

/// Contacts join group B.
private func join(
  _ names: String..., missing: String? = nil, ways: [OutcomeScene.Way] = [.inside],
  becoming changed: [Int: String] = [:], setAside: [String] = []
) -> OutcomeScene {
  let word = missing.map { #","missing":"\#($0)""# } ?? ""
  return OutcomeScene(
    calls: [
      #"POST contact_actions "body":{"contacts":\#(names),"action":"add","group":"B"}\#(word)"#
    ],
    ways: ways, contacts: OutcomeScene.contacts(changed), setAside: setAside)
}

// What is so now.

private let existing = [
  OutcomeScene(calls: [#"POST groups "body":{"name":"a"}"#], contacts: OutcomeScene.contacts()),
  OutcomeScene(
    calls: [#"POST fields "body":{"label":"F","value_type":"text"}"#],
    state: OutcomeScene.workspace.replacing(
      #"{"key": "f"}"#, with: #"{"key": "f", "label": "F"}"#),
    contacts: OutcomeScene.contacts()),
]

private let gone = ["contacts", "groups"].map { place in
  OutcomeScene(
    calls: [#"DELETE \#(place) "query":{"uuid":"\#(nobody)"}"#], contacts: OutcomeScene.contacts())
}

private let noGroup = [
  OutcomeScene(
    calls: [#"POST groups "query":{"uuid":"\#(nobody)"},"body":{"name":"C"}"#],
    contacts: OutcomeScene.contacts()),
  OutcomeScene(
    calls: [
      #"GET groups "query":{"name":"C"}"#,
      #"DELETE groups "query":{"uuid":{"answer":1}},"after":[1]"#,
    ], contacts: OutcomeScene.contacts()),
]

// Parts that are refused.

private let namedParts: [OutcomeScene] = {
  /// A POST to the first contact, who becomes Bia whatever else is refused.
  func write(_ more: String, moves: URNMoves = .setAside, _ setAside: String...) -> OutcomeScene {
    OutcomeScene(
      calls: [
        #"POST contacts "query":{"uuid":"\#(OutcomeScene.uuid(1))"},"body":{"name":"Bia",\#(more)}"#
      ], moves: moves, contacts: OutcomeScene.renamed, setAside: setAside)
  }
  let long = String(repeating: "n", count: 300)
  return [
    write(
      #""fields":{"nowhere":"1","gone":"2"}"#, #""fields":{"nowhere":"1","gone":"2"}"#),
    write(#""groups":["A","Nowhere"]"#, #""group":"Nowhere""#),
    write(#""language":"portuguese""#, #""language":"portuguese""#),
    write(
      #""urns":["ext:1","tel:190"]"#, moves: .allowed, #""method":"GET""#, #""add":["tel:190"]"#),
    OutcomeScene(
      calls: [
        #"POST contacts "query":{"urn":"ext:2"},"body":{"name":"\#(long)","fields":{"f":"1"}}"#
      ], contacts: OutcomeScene.contacts([2: #"Cid active ["ext:2"] [] ["f=1"]"#]),
      setAside: [#""name":"\#(long)""#]),
    OutcomeScene(
      calls: [#"POST contacts "query":{"urn":"ext:3"},"body":{"name":"Bia","groups":["A"]}"#],
      contacts: OutcomeScene.contacts([3: #"Bia blocked ["ext:3"] [] []"#]),
      setAside: [#""groups":["A"]"#]),
  ]
}()

private let unknownURN = ["skip", "fail", "create"].map { word in
  var scene = join("whatsapp:5582999330001", "ext:2", missing: word, becoming: [2: joined])
  scene.dialects = [.weni]
  scene.state = OutcomeScene.workspace.replacing(
    #"{"uuid": "\#(OutcomeScene.uuid(1))""#,
    with:
      #"{"name": "Gil", "urns": ["whatsapp:558299330001"]}, {"uuid": "\#(OutcomeScene.uuid(1))""#)
  scene.contacts = OutcomeScene.contacts(
    [2: joined], new: [#"Gil active ["whatsapp:558299330001"] ["B"] []"#])
  return scene
}

private let unknownContact: [OutcomeScene] = {
  var skipped = join("ext:404", "ext:2", missing: "skip", becoming: [2: joined])
  skipped.skippedCount = 1
  var made = join("ext:404", "ext:2", missing: "create")
  made.contacts = OutcomeScene.contacts([2: joined], new: [#"- active ["ext:404"] ["B"] []"#])
  // The two spellings are two contacts there.
  var spelt = join("whatsapp:5582999330001", "ext:2", missing: "skip", becoming: [2: joined])
  spelt.dialects = [.rapidpro]
  spelt.skippedCount = 1
  func write(_ word: String, setAside: [String] = []) -> OutcomeScene {
    OutcomeScene(
      calls: [
        #"POST contacts "query":{"uuid":"\#(nobody)"},"body":{"name":"Bia"},"missing":"\#(word)""#
      ], contacts: OutcomeScene.contacts(), setAside: setAside)
  }
  var left = write("skip")
  left.skippedCount = 1
  return [
    skipped, made, spelt, left, write("fail", setAside: [#""name":"Bia""#]),
    join("ext:404", "ext:2", missing: "fail", becoming: [2: joined], setAside: [#"["ext:404"]"#]),
    join(nobody, "ext:2", missing: "create", becoming: [2: joined], setAside: [nobody]),
  ]
}()

private let takenURN = [
  OutcomeScene(
    calls: [
      #"""
      POST contacts "body":{"name":"Bia","fields":{"f":"1"},"groups":["B"],\#
      "urns":["ext:1","ext:9"]}
      """#
    ],
    contacts: OutcomeScene.contacts(
      [1: #"Bia active ["ext:1", "ext:9"] ["A", "B"] ["f=1"]"#]))
]

private let unnamed: [OutcomeScene] = {
  let fault =
    #""on": {"contact": "ext:2"}, "answer": 400, "body": {"detail": "Something is wrong."}"#
  var bulk = join(
    "ext:1", "ext:2", becoming: [1: #"Ana active ["ext:1"] ["A", "B"] []"#],
    setAside: [#"["ext:2"]"#])
  bulk.fault = fault
  let write = OutcomeScene(
    calls: [#"POST contacts "query":{"urn":"ext:2"},"body":{"name":"Bia","fields":{"f":"1"}}"#],
    fault: fault, contacts: OutcomeScene.contacts(),
    setAside: [#""body":{"name":"Bia","fields":{"f":"1"}}"#])
  return [bulk, write]
}()

// Calls that are refused.

private let groupInUse: [OutcomeScene] = {
  func scene(_ kind: String, _ dialects: [Dialect], _ words: String) -> OutcomeScene {
    let id = #"{"kind": "\#(kind)", "id": "\#(OutcomeScene.uuid(7))", "groups": ["A"]}"#
    return OutcomeScene(
      calls: [
        #"GET groups "query":{"name":"A"}"#,
        #"DELETE groups "query":{"uuid":{"answer":1}},"after":[1]"#,
      ], state: OutcomeScene.state(#", "dependents": [\#(id)]"#), dialects: dialects,
      contacts: OutcomeScene.contacts(),
      setAside: [
        #""set_aside":"Group is being used by \#(words)","advice":"\#(Advice.removeUses.sentence)""#
      ])
  }
  return [("campaign", Dialect.allCases), ("flow", [.weni]), ("trigger", Dialect.allCases)]
    .flatMap { kind, dialects in
      dialects.map { dialect in
        let words =
          switch dialect {
          case .weni:
            "the following \(kind)s which must be archived first: \(OutcomeScene.uuid(7))"
          case .rapidpro: "\(kind)s which must be archived first."
          }
        return scene(kind, [dialect], words)
      }
    }
}()

private let noRoom = [
  #"POST groups "body":{"name":"C"}"#, #"POST fields "body":{"label":"C","value_type":"text"}"#,
].map { call in
  OutcomeScene(
    calls: [call] + OutcomeScene.renaming,
    state: OutcomeScene.state(#", "workspace": {"limits": {"groups": 2, "fields": 2}}"#),
    contacts: OutcomeScene.renamed, setAside: [#""C""#])
}

private let systemObject = [
  OutcomeScene(
    calls: [
      #"GET groups "query":{"name":"Open"}"#,
      #"DELETE groups "query":{"uuid":{"answer":1}},"after":[1]"#,
    ] + OutcomeScene.renaming,
    state: OutcomeScene.state().replacing(
      #"{"name": "B"}"#, with: #"{"name": "B"}, {"name": "Open", "system": true}"#),
    dialects: [.rapidpro], contacts: OutcomeScene.renamed,
    setAside: [#""set_aside":"Cannot delete system object.""#])
]

/// The server never takes what is about the second contact, and takes the rest.
private func refusal(_ status: Int) -> OutcomeScene {
  OutcomeScene(
    calls: [#"POST contacts "query":{"urn":"ext:2"},"body":{"name":"Bia","fields":{"f":"1"}}"#]
      + OutcomeScene.renaming,
    fault: #""on": {"contact": "ext:2"}, "answer": \#(status)"#, contacts: OutcomeScene.renamed,
    setAside: [#""body":{"name":"Bia","fields":{"f":"1"}},"because""#])
}

// What is refused for now.

private let notAllowed: [OutcomeScene] = {
  var stranger = OutcomeScene(
    calls: OutcomeScene.renaming, ways: both, contacts: OutcomeScene.contacts())
  stranger.token = "no-token-of-this-server"
  return [
    stranger, .renaming(under: #""answer": 403"#),
    .renaming(under: #""answer": 401, "body": {"detail": "Invalid token"}"#),
  ]
}()

private let suspended = ["suspended", "flagged"].map { word in
  OutcomeScene(
    calls: OutcomeScene.renaming, state: OutcomeScene.state(#", "workspace": {"\#(word)": true}"#),
    contacts: OutcomeScene.contacts())
}

// Answers that are none.

/// With and without the server having done it.
private func applied(_ fault: String, _ ways: [OutcomeScene.Way]) -> [OutcomeScene] {
  [.renaming(under: fault, ways), .renaming(under: fault + #", "applied": true"#, ways)]
}

private let serverErrors: [OutcomeScene] = {
  var half = OutcomeScene(
    calls: [
      #"POST contact_actions "body":{"contacts":["ext:1","ext:2"],"action":"delete"},"missing":"skip""#
    ], fault: #""on": {"path": "contact_actions.json"}, "delete": 1"#, ways: both,
    contacts: OutcomeScene.contacts([1: "", 2: ""]))
  half.skippedCount = 1
  half.canLast = false
  return [500, 503].flatMap { applied(#""answer": \#($0)"#, [.inside]) } + [half]
}()

private let foreignAnswers: [OutcomeScene] = {
  func meet(_ body: String, _ status: Int, _ call: String, _ contacts: [String]) -> OutcomeScene {
    OutcomeScene(
      calls: OutcomeScene.renaming + [call],
      fault: #""from": 2, "answer": \#(status), "body": "\#(body)""#, contacts: contacts)
  }
  let deletion = #"DELETE contacts "query":{"uuid":"\#(OutcomeScene.uuid(1))"},"missing":"skip""#
  let deleted = OutcomeScene.contacts([1: ""])
  let write = #"POST contacts "query":{"urn":"ext:2"},"body":{"fields":{"f":"1"}}"#
  let written = OutcomeScene.contacts([
    1: #"Bia active ["ext:1"] ["A"] []"#, 2: #"Cid active ["ext:2"] [] ["f=1"]"#,
  ])
  return [
    meet("<h1>Not here</h1>", 404, deletion, deleted),
    meet("404 page not found", 404, deletion, deleted),
    meet("<!doctype html><p>Back soon</p>", 200, deletion, deleted),
    meet("<p>Back soon</p>", 200, write, written), meet("", 200, write, written),
    meet(#"{\"uuid\": \"00000"#, 200, write, written), meet("", 204, write, written),
  ]
}()

private let lostCreations: [OutcomeScene] = {
  func scene(_ fault: String, lasts: Bool) -> OutcomeScene {
    OutcomeScene(
      calls: [#"POST contacts "body":{"name":"Bia","fields":{"f":"1"},"urns":["ext:8","ext:9"]}"#],
      fault: #""on": {"method": "POST"}, "# + fault, canLast: lasts,
      ways: fault.contains("reset") ? both : [.inside],
      contacts: OutcomeScene.contacts(
        new: [#"Bia active ["ext:8", "ext:9"] [] ["f=1"]"#]))
  }
  // Whoever was made is found, and written to as anybody else.
  let made = [
    #""answer": "reset", "applied": true"#, #""answer": 502, "applied": true"#, #""truncate": 5"#,
    #""answer": 200, "body": "<p>Back soon</p>", "applied": true"#,
  ]
  let lost = [#""answer": "reset""#, #""answer": 500"#, #""answer": 408"#]
  return made.map { scene($0, lasts: false) } + lost.map { scene($0, lasts: true) }
}()

private let unreachable = OutcomeScene(
  calls: OutcomeScene.renaming + [
    #"POST contacts "query":{"urn":"ext:2"},"body":{"fields":{"f":"1"}}"#
  ], ways: [.lostConnection],
  contacts: OutcomeScene.contacts([
    1: #"Bia active ["ext:1"] ["A"] []"#, 2: #"Cid active ["ext:2"] [] ["f=1"]"#,
  ]))
