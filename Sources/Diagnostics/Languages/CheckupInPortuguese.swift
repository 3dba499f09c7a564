extension Language {
  /// The words of checkups.
  static let checkupInPortuguese = #"""
    {#} checks: all fine
    {1} verificações: tudo certo
    {#} checks: {}
    {1} verificações: {2}
    {#} problem
    {1} problema
    {#} problems
    {1} problemas
    {#} warning
    {1} aviso
    {#} warnings
    {1} avisos
    {#} error
    {1} erro
    {#} errors
    {1} erros
    {#} not known
    {1} sem resposta
    server        {}
    servidor      {1}
    token         {}
    token         {1}
    token file    {}
    arq. de token {1}
    clock         {}
    relógio       {1}
    dialect       {}
    dialeto       {1}
    quotas        {}
    cotas         {1}
    addresses     {}
    endereços     {1}
    country       {}
    país          {1}
    time zone     {}
    fuso          {1}
    dates         {}
    datas         {1}
    rules         {}
    regras        {1}
    fields        {}
    campos        {1}
    groups        {}
    grupos        {1}
    field types   {}
    tipos         {1}
    smart groups  {}
    gr. intelig.  {1}
    state         {}
    estado        {1}
    rights        {}
    permissões    {1}
    space         {}
    espaço        {1}
    writer        {}
    em uso        {1}
    snapshot      {}
    leitura       {1}
    {} — {}
    {1} — {2}
    {} answers and proves its name
    {1} responde e prova seu nome
    {} answers, on this machine
    {1} responde, nesta máquina
    try again later
    tente mais tarde
    check --url: the contact API is at /api/v2 below it
    confira --url: a API de contatos fica em /api/v2 abaixo dele
    check the address and its port
    confira o endereço e a porta
    accepted, for the workspace {} ({})
    aceito, para o workspace {1} ({2})
    accepted, but it may not read everything: {}
    aceito, mas não pode ler tudo: {1}
    use one of an administrator or editor
    use um de administrador ou editor
    refused: {}
    recusado: {1}
    make one in the settings of the workspace, as an administrator or editor
    crie um nos ajustes do workspace, como administrador ou editor
    its owner's alone
    só do dono
    within 2 s of the server's
    a menos de 2 s do servidor
    {} ahead of the server's
    {1} adiante do servidor
    {} behind the server's
    {1} atrás do servidor
    set the clock of this machine, as with `timedatectl set-ntp true`
    acerte o relógio desta máquina, como com `timedatectl set-ntp true`
    the server does not tell the time
    o servidor não diz a hora
    the server does not tell
    o servidor não diz
    the system does not tell
    o sistema não diz
    nothing in the workspace shows it yet
    nada no workspace o mostra ainda
    {}, as expected
    {1}, como esperado
    the server speaks {}, not {}
    o servidor fala {1}, não {2}
    give --dialect {} to every command, or set REGRA_DIALECT
    dê --dialect {1} a todo comando, ou defina REGRA_DIALECT
    not spent; usually {} calls of contacts.json an hour and as many of all else, which the server does not tell
    sobrando; em geral {1} chamadas de contacts.json por hora e outras tantas do resto, o que o servidor não diz
    wait, and see who else uses the API of this workspace
    espere, e veja quem mais usa a API deste workspace
    not known: {}
    sem resposta: {1}
    there is no token
    não há token
    the token may not read it
    o token não pode ler isso
    the quota is spent
    a cota acabou
    the rules cannot be read
    não dá para ler as regras
    the rules have errors
    as regras têm erros
    the state cannot be read
    não dá para ler o estado
    contacts can be found by URN
    contatos podem ser achados por URN
    the workspace is anonymous: it finds contacts by uuid alone
    o workspace é anônimo: só acha contatos por uuid
    name contacts by `uuid` in the rules
    nomeie contatos por `uuid` nas regras
    none: phone numbers without their country's code are not understood
    nenhum: telefones sem código do país não são entendidos
    write them with it, as `phone(…, "BR")` does
    escreva-os com ele, como faz `phone(…, "BR")`
    {}, as in the rules
    {1}, como nas regras
    {}; rules without a `zone` read dates without one as UTC
    {1}; regras sem `zone` leem datas sem fuso como UTC
    {}, but rules read dates as those of another: {}
    {1}, mas as regras leem datas como de outro: {2}
    write `zone: {}`, if the events are from there
    escreva `zone: {1}`, se os eventos são de lá
    day first, as in 31/12/2026
    dia primeiro, como em 31/12/2026
    year first, as in 2026-12-31
    ano primeiro, como em 2026-12-31
    month first: 03/04/2026 is 4 March there, and 3 April for `date()`
    mês primeiro: 03/04/2026 é 4 de março lá, e 3 de abril para `date()`
    write dates to fields as `date(…)` gives them, which every workspace understands
    escreva datas em campos como `date(…)` as dá, o que todo workspace entende
    no problems in {}
    nenhum problema em {1}
    {#} errors in {}
    {1} erros em {2}
    {#} error in {}
    {1} erro em {2}
    {#} warnings in {}
    {1} avisos em {2}
    {#} warning in {}
    {1} aviso em {2}
    `regra check {}` shows them
    `regra check {1}` os mostra
    `regra provision {}` makes what lacks
    `regra provision {1}` cria o que falta
    all {} field that rules name are there, {}
    o {1} campo que as regras citam existe, {2}
    all {} fields that rules name are there, {}
    os {1} campos que as regras citam existem, {2}
    all {} group that rules name are there, {}
    o {1} grupo que as regras citam existe, {2}
    all {} groups that rules name are there, {}
    os {1} grupos que as regras citam existem, {2}
    rules name none by constants, {}
    as regras não citam nenhum por nome fixo, {1}
    {} of {} fields that rules name lack, {}: {}
    {1} de {2} campos que as regras citam faltam, {3}: {4}
    {} of {} groups that rules name lack, {}: {}
    {1} de {2} grupos que as regras citam faltam, {3}: {4}
    {} of {} field that rules name lack, {}: {}
    {1} de {2} campo que as regras citam falta, {3}: {4}
    {} of {} group that rules name lack, {}: {}
    {1} de {2} grupo que as regras citam falta, {3}: {4}
    {#} of the usual {} in use
    {1} dos {2} comuns em uso
    {#} of the usual {} then in use
    {1} dos {2} comuns em uso depois
    as `ensure` says
    como `ensure` diz
    not as `ensure` says: {}
    não como `ensure` diz: {1}
    write the workspace's type, or name another field
    escreva o tipo do workspace, ou cite outro campo
    rules write to none
    as regras não escrevem em nenhum
    rules write to groups whose members the server decides: {}
    as regras escrevem em grupos cujos membros o servidor decide: {1}
    name groups without a query
    cite grupos sem consulta
    {} is not there: nothing is known of contacts
    {1} não existe: nada se sabe dos contatos
    `regra pull` makes and fills it
    `regra pull` o cria e preenche
    `regra pull` reads them
    `regra pull` os lê
    `regra pull` goes on with it
    `regra pull` continua a leitura
    `regra pull` reads what has changed
    `regra pull` lê o que mudou
    {} can be written
    {1} aceita escrita
    {} can be written, of workspace {}
    {1} aceita escrita, do workspace {2}
    {} belongs to another workspace: one of {}
    {1} é de outro workspace: um de {2}
    {} belongs to another workspace: one of dialect {}
    {1} é de outro workspace: um do dialeto {2}
    {} belongs to another workspace: {}
    {1} é de outro workspace: {2}
    give another --state, or the right --url, --dialect and token
    dê outro --state, ou --url, --dialect e token certos
    make it writable for this user, or give another --state
    dê permissão de escrita a este usuário, ou outro --state
    others may read what is known of contacts: {}
    outros podem ler o que se sabe dos contatos: {1}
    {} belongs to another user
    {1} é de outro usuário
    run regra as its owner, so that files of two users do not mix
    rode regra como o dono, para não misturar arquivos de dois usuários
    others may look into {}, though not read its files
    outros podem ver {1} por dentro, mas não ler seus arquivos
    {} GiB free
    {1} GiB livres
    {} MiB free
    {1} MiB livres
    make room before a long run
    libere espaço antes de uma execução longa
    nobody is writing to it
    ninguém está escrevendo nele
    process {} is writing to it
    o processo {1} está escrevendo nele
    wait until it ends before another one starts
    espere que termine antes de começar outro
    nothing is known of contacts
    nada se sabe dos contatos
    {}, and the first pull has not ended
    {1}, e a primeira leitura não terminou
    {}, {} old
    {1}, lidos há {2}
    {}, {} old: plans rely on 15 min (--fresh)
    {1}, lidos há {2}: planos confiam em 15 min (--fresh)
    """#
}
