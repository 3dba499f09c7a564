extension Language {
  /// The words of summaries of runs.
  static let summariesInPortuguese = #"""
    {} · {}
    {1} · {2}
    {#} event
    {1} evento
    {#} events
    {1} eventos
    {#} rule
    {1} regra
    {#} rules
    {1} regras
    {#} contact
    {1} contato
    {#} contacts
    {1} contatos
    {#} field
    {1} campo
    {#} fields
    {1} campos
    {#} group
    {1} grupo
    {#} groups
    {1} grupos
    {#} file
    {1} arquivo
    {#} files
    {1} arquivos
    {#} window
    {1} janela
    {#} windows
    {1} janelas
    {#} events/s
    {1} eventos/s
    {#} more
    {1} a mais
    and {} more
    e mais {1}
    no event was timed
    nenhum evento foi cronometrado
    profile    no event was timed
    perfil     nenhum evento foi cronometrado
    profile    {} of {#} timed
    perfil     {1} de {2} cronometrados
    finding rules took {#} µs
    achar as regras levou {1} µs
    µs · calls · rule, slowest first
    µs · chamadas · regra, as mais lentas primeiro
    µs · calls · condition, slowest first
    µs · chamadas · condição, as mais lentas primeiro
    and {} more (--all shows them)
    e mais {1} (--all mostra)
    nothing was sent
    nada foi enviado
    {} · nothing was sent
    {1} · nada foi enviado
    {#} event · {} · nothing was sent · {}
    {1} evento · {2} · nada foi enviado · {3}
    {#} events · {} · nothing was sent · {}
    {1} eventos · {2} · nada foi enviado · {3}
    {#} event · {} · {} events/s
    {1} evento · {2} · {3} eventos/s
    {#} events · {} · {} events/s
    {1} eventos · {2} · {3} eventos/s
    notes      {}, {} times ({}, first event {})
    notas      {1}, {2} vezes ({3}, primeiro evento {4})
    notes      {} ({}, event {})
    notas      {1} ({2}, evento {3})
    {}, {} times ({}, first event {})
    {1}, {2} vezes ({3}, primeiro evento {4})
    {} ({}, event {})
    {1} ({2}, evento {3})
    {}: {}, {} times (first {})
    {1}: {2}, {3} vezes (a primeira em {4})
    stopped by a guard: {}; the calls of this window were not printed
    parado por um limite: {1}; as chamadas desta janela não foram impressas
    interrupted
    interrompido
    events     {}
    eventos    {1}
    missing    {}
    ausentes   {1}
    calls      {}
    chamadas   {1}
    bad lines  {}
    inválidas  {1}
    set aside  {}
    separadas  {1}
    notes      {}
    notas      {1}
    warnings   {}
    avisos     {1}
    rules      {}
    regras     {1}
    rules {}   fired    skipped  set aside    unknown
    regras{1}disparos    puladas  separadas   incertas
    {#} matched a rule
    {1} dispararam uma regra
    1 matched a rule
    1 disparou uma regra
    events     1 matched a rule
    eventos    1 disparou uma regra
    events     1 matched a rule · {}
    eventos    1 disparou uma regra · {1}
    none matched a rule
    nenhum disparou uma regra
    {} was a repeat
    {1} repetido
    {#} were repeats
    {1} repetidos
    {#} without a type
    {1} sem tipo
    {#} without a usable contact
    {1} sem contato utilizável
    {#} bad line
    {1} linha inválida
    {#} bad lines
    {1} linhas inválidas
    {} holds no events
    {1} não tem eventos
    and {} more rule, of which {} fired
    e mais {1} regra; {2} disparou
    and {} more rules, of which {} fired
    e mais {1} regras; {2} dispararam
    and {} rule that did nothing: {}
    e {1} regra que não fez nada: {2}
    and {} rules that did nothing: {}
    e {1} regras que não fizeram nada: {2}
    {#} rule that did nothing: {}
    {1} regra que não fez nada: {2}
    {#} rules that did nothing: {}
    {1} regras que não fizeram nada: {2}
    and {} rule switched off: {}
    e {1} regra desligada: {2}
    and {} rules switched off: {}
    e {1} regras desligadas: {2}
    {#} rule switched off: {}
    {1} regra desligada: {2}
    {#} rules switched off: {}
    {1} regras desligadas: {2}
    {} was {} in {} of {} ({}, line {})
    {1}: {2} em {3} de {4} ({5}, linha {6})
    missing
    ausente
    of another type
    de outro tipo
    missing or of another type
    ausente ou de outro tipo
    events
    eventos
    {#} events without a type
    {1} eventos sem tipo
    and {} more line
    e mais {1} linha
    and {} more lines
    e mais {1} linhas
    {} was not known in {} ({}, line {})
    {1} não era conhecido em {2} ({3}, linha {4})
    {} was not known in up to {} ({}, line {})
    {1} não era conhecido em até {2} ({3}, linha {4})
    {#} create or update
    {1} criar ou alterar
    {#} create or update, {}
    {1} criar ou alterar, {2}
    {#} create
    {1} criar
    {#} update
    {1} alterar
    {#} look-up
    {1} consulta
    {#} status
    {1} status
    {#} delete
    {1} apagar
    {#} field or group
    {1} campo ou grupo
    {} in {} batches
    {1} em {2} lotes
    {} in {} batches ({})
    {1} em {2} lotes ({3})
    calls      {} ({})
    chamadas   {1} ({2})
    calls      {} ({} create or update)
    chamadas   {1} ({2} criar ou alterar)
    calls      {} ({} create or update, {})
    chamadas   {1} ({2} criar ou alterar, {3})
    calls      {} in {} batches
    chamadas   {1} em {2} lotes
    calls      {} in {} batches ({})
    chamadas   {1} em {2} lotes ({3})
    calls      {} in {} batches ({} create or update)
    chamadas   {1} em {2} lotes ({3} criar ou alterar)
    calls      {} in {} batches ({} create or update, {})
    chamadas   {1} em {2} lotes ({3} criar ou alterar, {4})
    one call per write would be {}
    com uma chamada por escrita seriam {1}
    {}: no contact
    {1}: sem contato
    {}: no contact ({})
    {1}: sem contato ({2})
    {}: no contact, {} times (first {})
    {1}: sem contato, {2} vezes (a primeira em {3})
    {}: {} belongs to contact {} (--allow-urn-moves takes it) ({})
    {1}: {2} é do contato {3} (--allow-urn-moves a toma) ({4})
    {}: {} belongs to contact {} (--allow-urn-moves takes it), {} times (first {})
    {1}: {2} é do contato {3} (--allow-urn-moves a toma), {4} vezes (a primeira em {5})
    {}: `{}` is a smart group: the server decides who is in it ({})
    {1}: `{2}` é um grupo inteligente: o servidor decide quem está nele ({3})
    {}: `{}` is a smart group: the server decides who is in it, {} times (first {})
    {1}: `{2}` é um grupo inteligente: o servidor decide quem está nele, {3} vezes (a primeira em {4})
    {}: the contact was blocked earlier in this window ({})
    {1}: o contato foi bloqueado antes, nesta janela ({2})
    {}: the contact was deleted earlier in this window ({})
    {1}: o contato foi apagado antes, nesta janela ({2})
    {}: the contact is {}: it joins no group ({})
    {1}: o contato está {2}: não entra em grupos ({3})
    blocked
    bloqueado
    stopped
    parado
    archived
    arquivado
    event {}
    evento {1}
    {}: a language is an ISO 639-3 code of three letters, such as `por` or `eng` ({})
    {1}: um idioma é um código ISO 639-3 de três letras, como `por` ou `eng` ({2})
    {}: a number is written in digits with `.` before decimals, such as `1234.5` ({})
    {1}: um número se escreve em dígitos, com `.` antes das decimais, como `1234.5` ({2})
    {}: a number is written in digits with `.` before decimals, such as `1234.5`, {} times (first {})
    {1}: um número se escreve em dígitos, com `.` antes das decimais, como `1234.5`, {2} vezes (a primeira em {3})
    {}: a datetime needs a date, a time and an offset, such as `2026-03-02T09:00:00-03:00` ({})
    {1}: uma data pede dia, hora e fuso, como `2026-03-02T09:00:00-03:00` ({2})
    {}: a `tel` number needs its country code, such as +55 ({})
    {1}: um número `tel` pede o código do país, como +55 ({2})
    {}: a phone number has 8 to 15 digits, those of its country code included ({})
    {1}: um telefone tem de 8 a 15 dígitos, com o código do país ({2})
    {}: a `whatsapp` address is a number in digits, from its country code on ({})
    {1}: um endereço `whatsapp` é um número só de dígitos, com o código do país ({2})
    {}: a mail address looks like `name@example.com` ({})
    {1}: um e-mail é como `name@example.com` ({2})
    {}: a field keeps at most {} characters ({})
    {1}: um campo guarda no máximo {2} caracteres ({3})
    {}: a contact's name has at most {} characters ({})
    {1}: o nome de um contato tem no máximo {2} caracteres ({3})
    {}: a group's name has at most {} characters ({})
    {1}: o nome de um grupo tem no máximo {2} caracteres ({3})
    {}: longer than {}; `--max-event` allows more
    {1}: passa de {2}; `--max-event` permite mais
    {}: an event must be a JSON object
    {1}: um evento deve ser um objeto JSON
    {}: no JSON: the text ends too early
    {1}: não é JSON: o texto termina cedo demais
    {}: no JSON: the text is not UTF-8
    {1}: não é JSON: o texto não está em UTF-8
    {}: no JSON: a text has a broken `\` escape or half a surrogate pair
    {1}: não é JSON: um texto tem um escape `\` errado ou meio par substituto
    {}: no JSON: a control character stands inside a text
    {1}: não é JSON: há um caractere de controle dentro de um texto
    {}: no JSON: it is nested more than {} deep
    {1}: não é JSON: tem mais de {2} níveis de aninhamento
    {}: no JSON: a word is neither true, false nor null
    {1}: não é JSON: uma palavra não é true, false nem null
    {}: no JSON: a value expected, found {}
    {1}: não é JSON: falta um valor, e há {2}
    {}: no JSON: a bracket, comma or colon is missing or too many
    {1}: não é JSON: falta ou sobra um colchete, uma vírgula ou dois-pontos
    {}: no JSON: a text has no closing quote
    {1}: não é JSON: um texto não fecha as aspas
    {}: no JSON: there is nothing here
    {1}: não é JSON: não há nada aqui
    {}: no JSON: the input ends inside this record
    {1}: não é JSON: a entrada termina dentro deste registro
    {}: {} cells where the header has {}
    {1}: {2} células onde o cabeçalho tem {3}
    {}: something stands behind a closing quote
    {1}: há algo depois de aspas que fecham
    {}: the file is UTF-16; save it as UTF-8
    {1}: o arquivo está em UTF-16; salve-o em UTF-8
    no event has a type: `events: {type: …}` says where it stands
    nenhum evento tem tipo: `events: {type: …}` diz onde ele está
    {#} write overwritten by a later rule
    {1} escrita sobrescrita por uma regra posterior
    {#} writes overwritten by a later rule
    {1} escritas sobrescritas por uma regra posterior
    {#} event with the type and id of an earlier one but other content; applied
    {1} evento com tipo e id de um anterior mas outro conteúdo; aplicado
    {#} events with the type and id of an earlier one but other content; applied
    {1} eventos com tipo e id de um anterior mas outro conteúdo; aplicados
    {#} event with a key twice, the last one counts (first {})
    {1} evento com chave repetida, vale a última (o primeiro: {2})
    {#} events with a key twice, the last one counts (first {})
    {1} eventos com chave repetida, vale a última (o primeiro: {2})
    {#} event older than one applied to the same contact
    {1} evento mais antigo que outro já aplicado ao contato
    {#} events older than one applied to the same contact
    {1} eventos mais antigos que outro já aplicado ao contato
    {#} contact made again after a deletion
    {1} contato criado de novo depois de apagado
    {#} contacts made again after a deletion
    {1} contatos criados de novo depois de apagados
    {#} window closed early to keep memory bounded
    {1} janela fechada antes para limitar a memória
    {#} windows closed early to keep memory bounded
    {1} janelas fechadas antes para limitar a memória
    what `ensure` names may not exist yet; `regra provision` makes it
    o que `ensure` cita talvez ainda não exista; `regra provision` o cria
    `{}` is not judged: no snapshot says who exists
    `{1}` não é avaliado: nenhuma leitura diz quem existe
    `{}` is not judged: a percentage needs a snapshot of the contacts
    `{1}` não é avaliado: um percentual pede uma leitura dos contatos
    `{}` is not judged for `set_groups`: of some contacts nobody knows the groups
    `{1}` não é avaliado para `set_groups`: de alguns contatos não se sabem os grupos
    `never`: the group `{}` would be changed
    `never`: o grupo `{1}` mudaria
    `{}`: 1 contact would be deleted, the limit is {} ({}% of {})
    `{1}`: 1 contato seria apagado, o limite é {2} ({3}% de {4})
    `{}`: 1 contact would be deleted, the limit is {}
    `{1}`: 1 contato seria apagado, o limite é {2}
    `{}`: {} would be deleted, the limit is {} ({}% of {})
    `{1}`: {2} seriam apagados, o limite é {3} ({4}% de {5})
    `{}`: {} would be deleted, the limit is {}
    `{1}`: {2} seriam apagados, o limite é {3}
    `{}`: 1 contact would be made, the limit is {} ({}% of {})
    `{1}`: 1 contato seria criado, o limite é {2} ({3}% de {4})
    `{}`: 1 contact would be made, the limit is {}
    `{1}`: 1 contato seria criado, o limite é {2}
    `{}`: {} would be made, the limit is {} ({}% of {})
    `{1}`: {2} seriam criados, o limite é {3} ({4}% de {5})
    `{}`: {} would be made, the limit is {}
    `{1}`: {2} seriam criados, o limite é {3}
    `{}`: 1 contact would be changed, the limit is {} ({}% of {})
    `{1}`: 1 contato seria alterado, o limite é {2} ({3}% de {4})
    `{}`: 1 contact would be changed, the limit is {}
    `{1}`: 1 contato seria alterado, o limite é {2}
    `{}`: {} would be changed, the limit is {} ({}% of {})
    `{1}`: {2} seriam alterados, o limite é {3} ({4}% de {5})
    `{}`: {} would be changed, the limit is {}
    `{1}`: {2} seriam alterados, o limite é {3}
    `{}`: the group `{}` would change by {}, the limit is {}
    `{1}`: o grupo `{2}` mudaria em {3}, o limite é {4}
    """#
}
