extension Language {
  /// The words of tests of rules, as they end.
  static let testingInPortuguese = #"""
    {#} test · {} passed · {} failed · {}
    {1} teste · {2} passou · {3} falhou · {4}
    {#} tests · {} passed · {} failed · {}
    {1} testes · {2} passaram · {3} falharam · {4}
    {}  {} passed
    {1}  {2} passaram
    {}  1 passed
    {1}  1 passou
    {}  {} failed
    {1}  {2} falharam
    {}  1 failed
    {1}  1 falhou
    {}  {} passed, 1 failed
    {1}  {2} passaram, 1 falhou
    {}  1 passed, 1 failed
    {1}  1 passou, 1 falhou
    {}  1 passed, {} failed
    {1}  1 passou, {2} falharam
    {#} tests · {} passed · 1 failed · {}
    {1} testes · {2} passaram · 1 falhou · {3}
    {}  {} passed, {} failed
    {1}  {2} passaram, {3} falharam
    {#} passed, {} failed
    {1} passaram, {2} falharam
    {#} test
    {1} teste
    {#} tests
    {1} testes
    coverage {} % · {} of {} outcomes of condition lines · {} of {} actions
    cobertura {1} % · {2} de {3} resultados de linhas de condição · {4} de {5} ações
    {}  has no tests
    {1}  não tem testes
    {}  never true: {}
    {1}  nunca verdadeira: {2}
    {}  never false: {}
    {1}  nunca falsa: {2}
    {}  never true, never false: {}
    {1}  nunca verdadeira, nunca falsa: {2}
    {}  never done: {}
    {1}  nunca feita: {2}
    mutation: {} change · a test notices each
    mutação: {1} mudança · um teste a percebe
    mutation: {} changes · a test notices each
    mutação: {1} mudanças · algum teste percebe cada uma
    mutation: {} change · no test notices {}
    mutação: {1} mudança · nenhum teste percebe {2}
    mutation: {} changes · no test notices {}
    mutação: {1} mudanças · nenhum teste percebe {2}
    mutation: {} changes of {}, as time was up · a test notices each
    mutação: {1} mudanças de {2}, acabou o tempo · algum teste percebe cada uma
    mutation: {} changes of {}, as time was up · no test notices {}
    mutação: {1} mudanças de {2}, acabou o tempo · nenhum teste percebe {3}
    {}  `{}` is left out
    {1}  sem `{2}`
    {}  `{}` is turned round
    {1}  `{2}` ao contrário
    {}  `{}` is `{}`
    {1}  `{2}` é `{3}`
    {}  `{}` is not in `{}`
    {1}  `{2}` não está em `{3}`
    {}  in `{}`, `{}` is `{}`
    {1}  em `{2}`, `{3}` é `{4}`
    {}  in `{}`, `{}` is left out
    {1}  em `{2}`, sem `{3}`
    {}  in `{}`, `{}` is turned round
    {1}  em `{2}`, `{3}` ao contrário
    {}  `{}` listens to every event
    {1}  `{2}` escuta todos os eventos
    {}  `{}` does not listen to `{}`
    {1}  `{2}` não escuta `{3}`
    {}  one of `none` may hold
    {1}  uma de `none` pode valer
    {}  `{}` removes from it
    {1}  `{2}` tira dele
    {}  `{}` adds to it
    {1}  `{2}` põe nele
    {}  `{}` adds to another group
    {1}  `{2}` põe em outro grupo
    {}  `{}` removes from another group
    {1}  `{2}` tira de outro grupo
    {}  `{}` has another group
    {1}  `{2}` tem outro grupo
    {}  `{}` writes another value
    {1}  `{2}` escreve outro valor
    {}  `{}` clears the field
    {1}  `{2}` esvazia o campo
    {}  `{}` writes another name
    {1}  `{2}` escreve outro nome
    {}  `{}` writes another language
    {1}  `{2}` escreve outro idioma
    {}  `{}` unblocks
    {1}  `{2}` desbloqueia
    {}  `{}` blocks
    {1}  `{2}` bloqueia
    `{}` did not fire
    `{1}` não disparou
    did not fire
    não disparou
    it fired
    ela disparou
    `{}` fired {}, not {}
    `{1}` disparou {2}, não {3}
    fired {}
    disparou {1}
    once
    uma vez
    twice
    duas vezes
    {#} times
    {1} vezes
    `{}` fired, and is not listed
    `{1}` disparou, e não está na lista
    `{}` fired {} too
    `{1}` também disparou {2}
    `{}` fired
    `{1}` disparou
    `{}` was not asked: the event is a repeat
    `{1}` não foi consultada: o evento é repetido
    `{}` was not asked: no event is of its type
    `{1}` não foi consultada: nenhum evento é do tipo dela
    `{}` is switched off
    `{1}` está desligada
    `{}` did not fire because something is unknown
    `{1}` não disparou porque algo é desconhecido
    `{}` did not fire because a condition is false
    `{1}` não disparou porque uma condição é falsa
    `{}` fired, but its contact cannot be found out
    `{1}` disparou, mas não se sabe qual é o contato
    `{}` fired, but every value that it writes is empty
    `{1}` disparou, mas todo valor que escreve está vazio
    `{}` instead
    em vez disso `{1}`
    {#} call, not {}
    {1} chamada, não {2}
    {#} calls, not {}
    {1} chamadas, não {2}
    at least {}
    pelo menos {1}
    at most {}
    no máximo {1}
    no call is like this
    nenhuma chamada é assim
    a call is like this
    uma chamada é assim
    was planned
    foi planejada
    none of {}
    nenhuma de {1}
    call {}: `{}` is another
    chamada {1}: `{2}` é outro
    contact `{}` is there
    o contato `{1}` existe
    contact {} is there
    o contato {1} existe
    there is no contact `{}`
    não há o contato `{1}`
    there is no contact {}
    não há o contato {1}
    got {}
    veio {1}
    |{}^ {}
    |{1}^ {2}
    |{}^ got {}
    |{1}^ veio {2}
    |{}^ got no value
    |{1}^ veio sem valor
    |{}^ got none
    |{1}^ não veio nenhum
    |{}^ `{}` fired {} too
    |{1}^ `{2}` também disparou {3}
    |{}^ none of {}
    |{1}^ nenhuma de {2}
    {}  missing
    {1}  ausente
    got no value
    veio sem valor
    got none
    não veio nenhum
    got nothing
    não veio nada
    `--update` writes it
    `--update` o grava
    `--update` writes it anew
    `--update` o grava de novo
    1 set aside, not {}
    1 separada, não {1}
    still there
    ainda existe
    was deleted
    foi apagado
    was not made
    não foi criado
    the test made {}
    o teste criou {1}
    contact `{}`: `{}` is not `{}`
    contato `{1}`: `{2}` não é `{3}`
    contact `{}`: `{}` is not "{}"
    contato `{1}`: `{2}` não é "{3}"
    contact {}: `{}` is not "{}"
    contato {1}: `{2}` não é "{3}"
    contact `{}`: `{}` has a value
    contato `{1}`: `{2}` tem valor
    contact `{}`: `{}` has no value
    contato `{1}`: `{2}` não tem valor
    contact `{}`: `{}` are others
    contato `{1}`: `{2}` são outros
    contact {}: `{}` are others
    contato {1}: `{2}` são outros
    contact `{}` lacks `{}`
    contato `{1}`: falta `{2}`
    contact `{}` has `{}`
    contato `{1}`: tem `{2}`
    contact `{}` lacks {}
    contato `{1}`: falta {2}
    contact `{}` has {}
    contato `{1}`: tem {2}
    it was "{}" before
    antes era "{1}"
    {#} set aside, not {}
    {1} separadas, não {2}
    a problem that the test does not name
    um problema que o teste não cita
    problems that the test does not name
    problemas que o teste não cita
    {#} problems, not {}
    {1} problemas, não {2}
    other problems than expected
    problemas diferentes dos esperados
    there is no snapshot yet
    ainda não há snapshot
    the snapshot differs
    o snapshot é diferente
    its `when` is not the type of the event, `{}`
    o `when` dela não é o tipo do evento, `{1}`
    its `when` is not the type of the event
    o `when` dela não é o tipo do evento
    it is switched off
    ela está desligada
    it fired, but its contact cannot be found out
    ela disparou, mas não se sabe qual é o contato
    {}  event {}  {}
    {1}  evento {2}  {3}
    """#
}
