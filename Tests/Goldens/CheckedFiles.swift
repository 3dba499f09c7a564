import Contacts
import Diagnostics
import Foundation
import Knowledge
import Rulesets
import Streams

@testable import regra

/// What is found in files: rules alone, or files of tests with the rules they are about.
func problems(
  in sources: [SourceText], inventory: Inventory? = nil, samples: String? = nil
) throws -> [Diagnostic] {
  guard sources.contains(where: { RuleFiles.isTestFile($0.path) }) else {
    return ruleProblems(sources, inventory: inventory, samples: samples)
  }
  let scratch = try Scratch()
  let folder = scratch.directory.path + "/"
  for source in sources {
    _ = try scratch.write(String(decoding: source.utf8, as: UTF8.self), to: source.path)
  }
  var loader = TestLoader(profile: .weni)
  try loader.load(sources.map { folder + $0.path }.filter(RuleFiles.isTestFile))
  return loader.diagnostics.map { $0.relative(to: folder) }
}

extension Diagnostic {
  fileprivate func relative(to folder: String) -> Diagnostic {
    var copy = self
    copy.message = message.replacing(folder, with: "")
    copy.location.path = location.path.replacing(folder, with: "")
    for index in copy.notes.indices {
      copy.notes[index].location?.path.replace(folder, with: "")
    }
    if let edits = copy.fix?.edits {
      copy.fix = Fix(
        edits.map { edit in
          var edit = edit
          edit.location.path.replace(folder, with: "")
          return edit
        })
    }
    return copy
  }
}
