import CEL
import Contacts
import Rulesets

extension ProgramBuilder {
  /// Adds the rows of one action.
  mutating func add(_ action: Action, in file: Int) {
    let group = Int32(action.group)
    func plain(_ kind: MutationKind) -> [ActionRow] { [ActionRow(kind: kind, group: group)] }
    switch action.kind {
    case .setName(let text): add(.setName, text, group, file)
    case .clearName: actions += plain(.clearName)
    case .setLanguage(let text): add(.setLanguage, text, group, file)
    case .clearLanguage: actions += plain(.clearLanguage)
    case .setField(let key, let text):
      let type = ruleset.fieldTypes[key]
      let value = template(text, as: .setField, type, in: file)
      actions.append(
        ActionRow(
          kind: .setField, target: target(key, isGroup: false), value: value,
          fieldType: type.map(\.index) ?? -1,
          group: group))
    case .clearField(let key):
      actions.append(
        ActionRow(kind: .clearField, target: target(key, isGroup: false), group: group))
    case .addToGroup(let text): addGroup(.addToGroup, text, group, file)
    case .removeFromGroup(let text): addGroup(.removeFromGroup, text, group, file)
    case .setGroups(let texts):
      actions += plain(.replaceGroups)
      for text in texts { addGroup(.addToGroup, text, group, file) }
    case .addURN(let text, let position):
      add(position == .preferred ? .preferURN : .addURN, text, group, file)
    case .removeURN(let text): add(.removeURN, text, group, file)
    case .setURNs(let texts):
      actions += plain(.replaceURNs)
      for text in texts { add(.addURN, text, group, file) }
    case .createContact(let urns):
      actions += plain(.createContact)
      for urn in urns { add(.addURN, urn, group, file) }
    case .deleteContact: actions += plain(.deleteContact)
    case .blockContact: actions += plain(.blockContact)
    case .unblockContact: actions += plain(.unblockContact)
    case .interruptContact: actions += plain(.interruptContact)
    case .archiveMessages: actions += plain(.archiveMessages)
    case .createField, .createGroup, .renameGroup, .deleteGroup, .note:
      addWorkspaceAction(action, group, file)
    }
  }

  private mutating func addWorkspaceAction(_ action: Action, _ group: Int32, _ file: Int) {
    switch action.kind {
    case .createField(let label, let type):
      let word = template(
        Template([.text(type.rawValue)], line: action.line), as: nil, nil, in: file)
      let value = template(label, as: nil, nil, in: file)
      actions.append(
        ActionRow(
          kind: .createField, value: value, second: word, fieldType: type.index, group: group))
    case .createGroup(let name): add(.createGroup, name, group, file)
    case .renameGroup(let old, let new):
      let value = template(old, as: .addToGroup, nil, in: file)
      let second = template(new, as: .addToGroup, nil, in: file)
      actions.append(ActionRow(kind: .renameGroup, value: value, second: second, group: group))
    case .deleteGroup(let name): add(.deleteGroup, name, group, file)
    case .note(let text): add(.note, text, group, file)
    default: preconditionFailure("not a workspace action")
    }
  }

  private mutating func add(
    _ kind: MutationKind, _ text: Template, _ group: Int32, _ file: Int
  ) {
    let value = template(text, as: kind, nil, in: file)
    actions.append(ActionRow(kind: kind, value: value, group: group))
  }

  private mutating func addGroup(
    _ kind: MutationKind, _ text: Template, _ group: Int32, _ file: Int
  ) {
    guard let name = text.constant, let normal = normalized(name, as: kind, nil) else {
      return add(kind, text, group, file)
    }
    let target = target(normal.withUnsafeBytes { shared($0) }, isGroup: true)
    actions.append(ActionRow(kind: kind, target: target, group: group))
  }

  private mutating func target(_ name: String, isGroup: Bool) -> Int32 {
    target(shared(name), isGroup: isGroup)
  }

  private mutating func target(_ text: TextConstant, isGroup: Bool) -> Int32 {
    var hash = WordHash()
    hash.add(text.offset, isGroup ? 1 : 0)
    let known = targetNumbers.first(hash.value) { number in
      targets[Int(number)].isGroup == isGroup && targets[Int(number)].text.offset == text.offset
        && targets[Int(number)].text.length == text.length
    }
    if let known { return known }
    targets.append((TextRange(offset: text.offset, length: text.length), isGroup))
    targetNumbers.insert(Int32(targets.count - 1), hash.value)
    return Int32(targets.count - 1)
  }

  /// A template that all equal ones share, so that those of many rules stay in the processor's caches; one without holes
  /// is brought into the API's form here, once.
  mutating func template(
    _ template: Template, as kind: MutationKind?, _ type: FieldType?, in file: Int
  ) -> Int32 {
    if let text = template.constant, let normal = normalized(text, as: kind, type) {
      let part = TemplatePart(
        kind: .text, number: -1, text: normal.withUnsafeBytes { shared($0) })
      return number(of: [part], isConstant: true, .unseen)
    }
    var head: [UInt8] = []
    if case .text(let text)? = template.parts.first { head = Array(text.utf8) }
    return number(
      of: template.parts.map { part($0, in: file) }, isConstant: false,
      profile.keptForm(of: kind, type: type, beginningWith: head))
  }

  private mutating func number(
    of list: [TemplatePart], isConstant: Bool, _ form: KeptForm
  ) -> Int32 {
    var hash = WordHash()
    hash.add(form.byteLimit, form.schemeLength << 1 | (isConstant ? 1 : 0))
    for part in list {
      hash.add(part.number, part.kind.rawValue)
      hash.add(part.text.offset, part.text.length)
    }
    let known = templateNumbers.first(hash.value) { number in
      let row = templates[Int(number)]
      let parts = parts[Int(row.parts.first)..<Int(row.parts.first + row.parts.count)]
      return row.isConstant == isConstant && row.form == form && parts.elementsEqual(list)
    }
    if let known { return known }
    let range = RowRange(first: Int32(parts.count), count: Int32(list.count))
    parts += list
    templates.append(TemplateRow(parts: range, isConstant: isConstant, form: form))
    templateNumbers.insert(Int32(templates.count - 1), hash.value)
    return Int32(templates.count - 1)
  }

  private mutating func part(_ part: Template.Part, in file: Int) -> TemplatePart {
    switch part {
    case .text(let text):
      return TemplatePart(kind: .text, number: -1, text: shared(text))
    case .hole(let expression):
      if let slot = slot(of: expression) {
        return TemplatePart(kind: .slot, number: Int32(slot), text: .none)
      }
      return TemplatePart(kind: .program, number: entry(expression, in: file), text: .none)
    }
  }

  /// The slot of a whole path over the event.
  mutating func slot(of expression: CEL.Expression) -> Int? {
    let hash = expression.pathHash
    let known = hash.flatMap { hash in
      slotNumbers.first(hash) { expression.isPath(layout.paths[Int($0)][...]) }
    }
    if let known { return Int(known) }
    guard let path = expression.path, path.first == "event" || path == ["now"] else { return nil }
    let slot = layout.slot(for: path)
    if let hash { slotNumbers.insert(Int32(slot), hash) }
    return slot
  }

  private func normalized(
    _ text: String, as kind: MutationKind?, _ type: FieldType?
  ) -> [UInt8]? {
    var output: [UInt8] = []
    let refusal = Array(text.utf8).withUnsafeBytes {
      profile.normalize($0, as: kind, type: type, into: &output)
    }
    return refusal == nil ? output : nil
  }
}

extension FieldType {
  /// Its place in `allCases`, for tables of trivial rows.
  fileprivate var index: Int8 { Int8(Self.allCases.firstIndex(of: self) ?? -1) }
}

extension APIProfile {
  /// Brings a value into the form the API keeps for what `kind` writes; nil keeps it as it is.
  func normalize(
    _ text: UnsafeRawBufferPointer, as kind: MutationKind?, type: FieldType?,
    into output: inout [UInt8]
  ) -> Refusal? {
    switch kind {
    case .setName: return normalizeName(text, into: &output)
    case .setLanguage: return normalizeLanguage(text, into: &output)
    case .setField: return normalizeFieldValue(text, type: type, into: &output)
    case .addToGroup, .removeFromGroup, .createGroup, .renameGroup, .deleteGroup:
      return normalizeGroup(text, into: &output)
    case .addURN, .preferURN, .removeURN: return normalizeURN(text, into: &output)
    case .clearName, .clearLanguage, .clearField, .replaceGroups, .replaceURNs, .createContact,
      .deleteContact, .blockContact, .unblockContact, .interruptContact, .archiveMessages,
      .createField, .note, nil:
      output.append(contentsOf: text)
      return nil
    }
  }
}
