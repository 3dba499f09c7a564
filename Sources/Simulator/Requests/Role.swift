/// What a user may do in a workspace.
package enum Role: String, Sendable, CaseIterable {
  case administrator, editor, viewer, agent, surveyor, marketing
}
