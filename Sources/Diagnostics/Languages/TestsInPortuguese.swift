extension Language {
  /// The words of tests of rules.
  static let testsInPortuguese = #"""
    a test file
    um arquivo de testes
    two tests keep their results in `{}`
    dois testes guardam seus resultados em `{1}`
    another test does too
    outro teste também
    give each its own file; with `each`, put `${each.…}` into the name
    dê a cada um o seu arquivo; com `each`, ponha `${each.…}` no nome
    a test
    um teste
    this is no file of tests
    isto não é um arquivo de testes
    no `tests`
    falta `tests`
    a test file names its rules, `rules: orders.yaml`, and has `tests:`
    um arquivo de testes cita suas regras, `rules: orders.yaml`, e tem `tests:`
    {} takes a moment with its offset
    {1} pede um momento com o fuso
    write it like `2026-03-02T09:00:00-03:00`
    escreva como `2026-03-02T09:00:00-03:00`
    two tests are called `{}`
    dois testes se chamam `{1}`
    again
    de novo
    first called so here
    o primeiro com esse nome está aqui
    give one of them another name
    dê outro nome a um deles
    the test has no contact `{}`
    o teste não tem o contato `{1}`
    not given
    não foi dado
    name one under `contacts`, or a contact that the rules make by its URN
    cite um de `contacts`, ou, pela URN, um contato que as regras criam
    `{}` is not used in the test
    `{1}` não é usado no teste
    never read
    nunca lido
    write `{}` where its values belong
    escreva `{1}` no lugar de seus valores
    the reason of `{}`
    o motivo de `{1}`
    the contact `{}`
    o contato `{1}`
    a call
    uma chamada
    a part of a call
    uma parte de uma chamada
    `at_least` is more than `at_most`
    `at_least` é mais que `at_most`
    {} takes a number
    {1} pede um número
    write `none`, a number, or `{at_least: 1, at_most: 3}`
    escreva `none`, um número, ou `{at_least: 1, at_most: 3}`
    nothing is expected here
    nada é esperado aqui
    always passes
    sempre passa
    say what must be true, such as `fired: [order-paid]`
    diga o que deve ser verdade, como `fired: [order-paid]`
    `{}` cannot both fire and not fire
    `{1}` não pode disparar e não disparar ao mesmo tempo
    must not fire
    não deve disparar
    must fire, by this line
    deve disparar, por esta linha
    `each` makes at most {} tests
    `each` faz no máximo {1} testes
    a row of `each`
    uma linha de `each`
    every row of `each` has the same names
    toda linha de `each` tem os mesmos nomes
    others than in the first row
    diferentes dos da primeira linha
    `each` has no `{}`
    `each` não tem `{1}`
    no values for this
    não há valores para isto
    list its values: `{}`
    liste os valores: `{1}`
    an event
    um evento
    no answer of a server
    não é resposta de um servidor
    write `{on: {path: contacts.json}, answer: 429, times: 1}`, or `answer: reset`
    escreva `{on: {path: contacts.json}, answer: 429, times: 1}`, ou `answer: reset`
    no contact has `{}`
    nenhum contato tem `{1}`
    the server refuses this
    o servidor recusa isto
    a rule with cases fires as one of them: `{}`
    uma regra com casos dispara como um deles: `{1}`
    no rule `{}`
    não há a regra `{1}`
    not among the rules of this file
    não está entre as regras deste arquivo
    no rule writes to the group `{}`, and no contact has it
    nenhuma regra escreve no grupo `{1}`, e nenhum contato o tem
    no rule writes to the field `{}`, and no contact has it
    nenhuma regra escreve no campo `{1}`, e nenhum contato o tem
    says nothing about the rules
    não diz nada sobre as regras
    nothing says which rules the tests are about
    nada diz de que regras os testes tratam
    no `rules:`
    falta `rules:`
    paths are relative to the file of tests, as in `rules: orders.yaml`
    caminhos partem do arquivo de testes, como em `rules: orders.yaml`
    {} must be from {} to {}
    {1} deve ser de {2} a {3}
    {} must be from {}
    {1} deve ser {2} ou mais
    {} must be a number from {} to {}
    {1} deve ser um número de {2} a {3}
    {} must be a duration such as `250ms`, or `100ms..2s`
    {1} deve ser uma duração como `250ms`, ou `100ms..2s`
    {} must be a duration such as `250ms`, `90m` or `-1h`
    {1} deve ser uma duração como `250ms`, `90m` ou `-1h`
    {} must be a status or `reset`
    {1} deve ser um status ou `reset`
    {} cannot be negative
    {1} não pode ser negativo
    {} an effect is not null
    {1}: um efeito não é null
    {} one of {} is needed
    {1}: é preciso um destes: {2}
    {} `{}` goes with `answer`
    {1}: `{2}` só vale com `answer`
    {} `{}` goes with a status
    {1}: `{2}` só vale com um status
    {}: No such file or directory
    {1}: arquivo ou pasta não existe
    {}: Permission denied
    {1}: sem permissão
    {}: Is a directory
    {1}: é uma pasta
    {}: Not a directory
    {1}: não é uma pasta
    """#
}
