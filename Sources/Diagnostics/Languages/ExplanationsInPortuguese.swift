extension Language {
  /// The words of explanations.
  static let explanationsInPortuguese = #"""
    others listen to other types: {}
    as outras escutam outros tipos: {1}
    all rules listen to other types: {}
    todas escutam outros tipos: {1}
    others listen to other types:
    as outras escutam outros tipos:
    all rules listen to other types:
    todas escutam outros tipos:
    ○ switched off: {}
    ○ desligadas: {1}
    when: it listens to other types than {}
    when: ela escuta outros tipos, não {1}
    it is switched off: `enabled: false`
    ela está desligada: `enabled: false`
    `{}` is missing
    falta `{1}`
    {} `{}` is missing
    {1} falta `{2}`
    `{}` leads through {}
    `{1}` passa por {2}
    `{}` does not work with {}
    `{1}` não funciona com {2}
    `{}` is out of range
    `{1}` está fora dos limites
    `{}` divides by zero
    `{1}` divide por zero
    `{}` is no place of the list
    `{1}` não é posição da lista
    `{}` cannot read its text
    `{1}` não consegue ler o texto
    `{}` has no value
    `{1}` não tem valor
    `{}` is not known
    `{1}` não é conhecido
    {} `{}` is not known
    {1} `{2}` não é conhecido
    `{}` is null
    `{1}` é null
    `{}` is empty
    `{1}` está vazio
    these values
    estes valores
    a bool
    um booleano
    a number
    um número
    a text
    um texto
    a list
    uma lista
    an object
    um objeto
    a time
    uma data
    a duration
    uma duração
    – {}: skipped, `{}` is missing
    – {1}: pulado, falta `{2}`
    – {}: skipped, `{}` is null
    – {1}: pulado, `{2}` é null
    – {}: skipped, `{}` is empty
    – {1}: pulado, `{2}` está vazio
    – {}: skipped, `{}` is not known
    – {1}: pulado, `{2}` não é conhecido
    – {}: skipped, nothing to write
    – {1}: pulado, nada a escrever
    name p:{}
    nome p:{1}
    language "{}"
    idioma "{1}"
    groups: only these
    grupos: só estes
    groups: {}
    grupos: {1}
    no groups
    sem grupos
    URNs: only these
    URNs: só estas
    made if it is not there
    criado, se não existe
    name · {}
    nome · {1}
    language · {}
    idioma · {1}
    name · language
    nome · idioma
    name · language · {}
    nome · idioma · {1}
    {}  POST   a new contact
    {1}  POST   contato novo
    field {} made, {}
    campo {1} criado, {2}
    group {} made
    grupo {1} criado
    group {} becomes {}
    grupo {1} passa a {2}
    group {} deleted
    grupo {1} apagado
    note: "{}"
    nota: "{1}"
    {} made if it is not there
    {1} criado, se não existe
    {} · `{}` is missing
    {1} · falta `{2}`
    {} · not sent
    {1} · não enviada
    {} · refused
    {1} · recusada
    {} · no answer
    {1} · sem resposta
    {}  POST   {} contacts  {}delete
    {1}  POST   {2} contatos  {3}apagar
    {}  POST   {} contacts  {}block
    {1}  POST   {2} contatos  {3}bloquear
    {}  POST   {} contacts  {}unblock
    {1}  POST   {2} contatos  {3}desbloquear
    {}  POST   {} contacts  {}interrupt
    {1}  POST   {2} contatos  {3}interromper
    {}  POST   {} contacts  {}add {}
    {1}  POST   {2} contatos  {3}incluir {4}
    {}  POST   {} contacts  {}remove {}
    {1}  POST   {2} contatos  {3}tirar {4}
    {}  POST   a new contact {}
    {1}  POST   contato novo  {2}
    {}  POST   a new contact {} groups: {}
    {1}  POST   contato novo  {2} grupos: {3}
    {}  POST   a new contact {} groups: {} · not sent
    {1}  POST   contato novo  {2} grupos: {3} · não enviada
    {}  POST   {}  groups: {}
    {1}  POST   {2}  grupos: {3}
    {}  POST   {}  name · {}
    {1}  POST   {2}  nome · {3}
    {}  POST   {}  language · {}
    {1}  POST   {2}  idioma · {3}
    {}  POST   {}  name · language
    {1}  POST   {2}  nome · idioma
    {}  POST   {}  name · language · {}
    {1}  POST   {2}  nome · idioma · {3}
    {}  POST   {}  made if it is not there
    {1}  POST   {2}  criado, se não existe
    {}  POST   who call {} found
    {1}  POST   quem a {2} achou
    {}  POST   who call {} found {}
    {1}  POST   quem a {2} achou   {3}
    {}  POST   field {}
    {1}  POST   campo {2}
    {}  POST   group {} made
    {1}  POST   grupo {2} criado
    {}  POST   group {} renamed
    {1}  POST   grupo {2} renomeado
    {}  GET    {} looked up
    {1}  GET    {2} consultado
    {}  DELETE {} deleted
    {1}  DELETE {2} apagado
    active again
    ativo de novo
    messages archived
    mensagens arquivadas
    deleted
    apagado
    cleared
    apagado
    {} cleared
    {1} apagado
    looked up
    consultado
    it listens to {}, and this event is {}
    ela escuta {1}, e este evento é {2}
    it listens to {}, and this event is
    ela escuta {1}, e este evento é
    it listens to {}, and this event has no type
    ela escuta {1}, e este evento não tem tipo
    it would fire with this one field changed:
    ela dispararia com este campo mudado:
    it would fire with these {} fields changed, and with no fewer:
    ela dispararia com estes {1} campos mudados, e não com menos:
    it would fire with these {} fields changed (fewer may do):
    ela dispararia com estes {1} campos mudados (menos talvez bastem):
    it then finds nobody to write to
    então não acha a quem escrever
    no change of the event helps: line {} reads the contact
    nenhuma mudança no evento ajuda: a linha {1} lê o contato
    no change of the event helps: line {} reads nothing of it but its type, id or time
    nenhuma mudança ajuda: a linha {1} só lê do evento tipo, id ou data
    no change was found that makes it fire
    não se achou mudança que a dispare
    no change was found that makes it fire; --samples gives more values to try
    não se achou mudança que a dispare; --samples dá mais valores a tentar
    no change was found within the tries that are allowed
    não se achou mudança nas tentativas permitidas
    {} → {} in {} of {} samples
    {1} → {2} em {3} de {4} amostras
    in {} of {} samples
    em {1} de {2} amostras
    there are no events
    não há eventos
    event {} of {}
    evento {1} de {2}
    this is the last event
    este é o último evento
    this is the first event
    este é o primeiro evento
    this event changes no contact
    este evento não muda nenhum contato
    no other event on this side changes the contact
    nenhum outro evento deste lado muda o contato
    nothing here is called {}
    nada aqui se chama {1}
    no rule is called {}
    nenhuma regra se chama {1}
    this window has no calls
    esta janela não tem chamadas
    n next · p previous · c contact · d detail · w why · / find · h help · q quit
    n próximo · p anterior · c contato · d detalhe · w por quê · / achar · h ajuda · q sair
    """#
}
