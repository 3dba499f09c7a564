extension PageWords {
  /// Each message in English and in Portuguese.
  static let catalogue: [(key: Key, english: String, portuguese: String)] = [
    (.skip, "Skip to the result", "Ir para o resultado"),
    (.share, "Share as one file", "Compartilhar em um arquivo"),
    (.language, "Language", "Idioma"),
    (.views, "Views", "Visões"),
    (.rules, "Rules", "Regras"),
    (.events, "Events", "Eventos"),
    (.result, "Result", "Resultado"),
    (.files, "Rule files", "Arquivos de regras"),
    (.editEvents, "Edit events", "Editar eventos"),
    (.eventsHint, "One JSON object per line", "Um objeto JSON por linha"),
    (.previous, "Previous event", "Evento anterior"),
    (.next, "Next event", "Próximo evento"),
    (.position, "Position in the stream", "Posição na sequência"),
    (.show, "Show", "Mostrar"),
    (.makeTest, "Make this a test", "Transformar em teste"),
    (.eventAsRead, "The event as it was read", "O evento como foi lido"),
    (.whatRulesDid, "What the rules did", "O que as regras fizeram"),
    (.contactsChanged, "Contacts, before and after", "Contatos, antes e depois"),
    (.copy, "Copy", "Copiar"),
    (.save, "Save", "Salvar"),
    (.close, "Close", "Fechar"),
    (.whyNot, "Why not?", "Por que não?"),
    (.atLine, "line {line}", "linha {line}"),
    (.rulesIn, "Rules in {file}", "Regras em {file}"),
    (.noProblems, "No problems", "Nenhum problema"),
    (.noType, "no type", "sem tipo"),
    (.unusable, "unusable", "inutilizável"),
    (.noEvents, "There are no events yet", "Ainda não há eventos"),
    (.repeated, "repeat", "repetido"),
    (.eventTitle, "Event {number} · {type}", "Evento {number} · {type}"),
    (
      .noChange, "No contact is different behind this event.",
      "Nenhum contato fica diferente depois deste evento."
    ),
    (.noCalls, "This window needs no calls.", "Esta janela não precisa de chamadas."),
    (.callsOfWindow, "Calls of window {window} ({count})", "Chamadas da janela {window} ({count})"),
    (
      .covered, "held {true} times, failed {false} times, unknown {unknown} times",
      "verdadeira {true} vezes, falsa {false} vezes, desconhecida {unknown} vezes"
    ),
    (
      .rehearsed, "Rehearsed in {time} ms · nothing was sent",
      "Ensaiado em {time} ms · nada foi enviado"
    ),
    (
      .serverStopped, "The playground has ended: start `regra play --web` again.",
      "O ensaio terminou: inicie `regra play --web` de novo."
    ),
    (
      .testNote, "Add this to {file}. Personal data has stand-ins, and the test passes.",
      "Acrescente isto a {file}. Dados pessoais foram trocados por fictícios, e o teste passa."
    ),
    (
      .testDiffers,
      "Add this to {file}. Personal data has stand-ins, with which other rules fire: put values of your own in.",
      "Acrescente isto a {file}. Com os dados fictícios disparam outras regras: troque-os por valores seus."
    ),
    (
      .noTest, "The contacts of this event cannot be set up in a test.",
      "Os contatos deste evento não podem ser montados em um teste."
    ),
    (
      .shareNote,
      "{file} holds rules, events, contacts and results. Personal data has stand-ins.",
      "{file} contém regras, eventos, contatos e resultados. Dados pessoais foram trocados por fictícios."
    ),
    (.about, "about {contact}", "sobre {contact}"),
    (.cardEvents, "events", "eventos"),
    (.cardContacts, "contacts made · changed · deleted", "contatos criados · alterados · apagados"),
    (.cardCalls, "calls, {naive} without merging", "chamadas, {naive} sem juntar"),
    (
      .cardQuota, "contact calls of an hour’s quota, {time}",
      "chamadas de contatos da cota de uma hora, {time}"
    ),
    (.cardSetAside, "set aside", "separados"),
    (.problemsOne, "{count} problem", "{count} problema"),
    (.problemsOther, "{count} problems", "{count} problemas"),
    (.firedOne, "{count} rule", "{count} regra"),
    (.firedOther, "{count} rules", "{count} regras"),
    (.unknownsOne, "{count} unknown", "{count} desconhecida"),
    (.unknownsOther, "{count} unknown", "{count} desconhecidas"),
    (.otherRulesOne, "{count} rule was not asked", "{count} regra não foi consultada"),
    (.otherRulesOther, "{count} rules were not asked", "{count} regras não foram consultadas"),
    (.kindAll, "all of these", "todas estas"),
    (.kindAny, "any of these", "alguma destas"),
    (.kindNone, "none of these", "nenhuma destas"),
    (.outcomeTrue, "holds", "verdadeira"),
    (.outcomeFalse, "does not hold", "falsa"),
    (.outcomeUnknown, "unknown", "desconhecida"),
    (.verdictFired, "fired", "disparou"),
    (.verdictNobody, "fired, but about nobody", "disparou, mas sobre ninguém"),
    (.verdictFalse, "did not fire", "não disparou"),
    (.verdictUnknown, "unknown", "desconhecida"),
    (.verdictOther, "other type", "outro tipo"),
    (.verdictOff, "switched off", "desligada"),
    (.contactMade, "made", "criado"),
    (.contactChanged, "changed", "alterado"),
    (.contactDeleted, "deleted", "apagado"),
    (.filterAll, "all events", "todos os eventos"),
    (.filterFired, "events that fire a rule", "eventos que disparam uma regra"),
    (.filterSilent, "events that fire none", "eventos que não disparam nenhuma"),
    (.filterUnknown, "events with an unknown", "eventos com algo desconhecido"),
    (.partName, "name", "nome"),
    (.partLanguage, "language", "idioma"),
    (.partStatus, "status", "situação"),
    (.partGroups, "groups", "grupos"),
    (.partURNs, "URNs", "URNs"),
    (.setAside, "set aside", "separado"),
    (.notSent, "not sent", "não enviada"),
    (.quotaSeconds, "within it", "cabe nela"),
    (.quotaHours, "≈ {hours} h", "≈ {hours} h"),
    (.didFire, "It fired.", "Ela disparou."),
    (
      .isSwitchedOff, "It is switched off: `enabled: false`.",
      "Ela está desligada: `enabled: false`."
    ),
    (
      .listensElsewhere, "It listens to other types; this event is `{type}`.",
      "Ela escuta outros tipos; este evento é `{type}`."
    ),
    (
      .stoppedByFalse, "Line {line} stops it: `{text}` does not hold ({values}).",
      "A linha {line} a impede: `{text}` não vale ({values})."
    ),
    (
      .stoppedByUnknown, "Line {line} stops it: `{text}` is unknown ({values}).",
      "A linha {line} a impede: `{text}` é desconhecida ({values})."
    ),
    (
      .unknownStep, "That rehearsal is no longer there; type again.",
      "Esse ensaio não existe mais; digite de novo."
    ),
    (
      .findsNobody, "Its lines hold, but there is nobody to write to.",
      "As linhas valem, mas não há a quem escrever."
    ),
    (
      .wouldFire, "It would fire with this change, and no smaller one does it: {changes}.",
      "Ela dispararia com esta mudança, e nenhuma menor basta: {changes}."
    ),
    (
      .wouldFireToo, "It would fire with this change: {changes}.",
      "Ela dispararia com esta mudança: {changes}."
    ),
  ]
}
