# El hilo y los votos de una pregunta: mensajes, enunciados, papeletas, objeciones.

vote = Votar
vote-agree = De acuerdo
vote-disagree = En desacuerdo
vote-pass = Pasar
vote-because = porque
vote-only-if-pass = (solo si pasa)
vote-unclear = no está claro
vote-no-view = no tengo opinión
vote-not-my-field = no es mi campo
vote-pass-because = Pasar ({ $reason })
vote-unseen = { $count ->
    [0] Ha votado sobre todos los enunciados.
    [one] Queda un enunciado sin su voto.
   *[other] Quedan { $count } enunciados sin su voto.
 }
vote-secret = Solo se muestran totales: nadie ve cómo votó, tampoco los facilitadores. Cuenta el último voto.
vote-all-statements = Todos los enunciados con sus votos
vote-send = { $count ->
    [one] Votar
   *[other] Enviar estos votos
 }
vote-receipt = { $count ->
    [one] Su voto cuenta:
   *[other] Sus votos cuentan:
 }
vote-done = Ha votado sobre todos los enunciados abiertos. Pueden llegar otros.
vote-none = Aún no hay ningún enunciado abierto al voto. Proponga uno abajo.
vote-change = { $count ->
    [one] Ver o cambiar su voto
   *[other] Ver o cambiar sus { $count } votos
 }
vote-closed = La votación está cerrada.
vote-visitor = { $count ->
    [one] Los miembros votan sobre un enunciado.
   *[other] Los miembros votan sobre { $count } enunciados.
 }
vote-sign-in = Iniciar sesión para votar
votes-title = Sus votos
votes-say = Cambie lo que quiera y envíe la página: cuenta el último voto. Solo usted ve esta página.
statement = Enunciado
statements = Enunciados
statements-how = Cada respuesta es una exposición: lo que se muestra a más gente recibe más votos.
statements-say = Cada enunciado de esta pregunta con sus votos. Una redacción no se cambia después de votada: otra la reemplaza.
statements-caption = Enunciados, en el orden en que llegaron. «Pasar» incluye todas las razones.
statements-empty = Aún no hay enunciados abiertos al voto.
statement-exposures = Exposiciones
statement-held = espera a un facilitador
statement-shown = abierto al voto
statement-out = retirado
statement-replaced = reemplazado
statement-now = Ahora es el enunciado { $number }.
statement-before = Reemplaza el enunciado { $number }.
statement-propose = Proponer un enunciado
statement-yours = Su enunciado
statement-hint = Una sola idea, con la que se pueda estar o no de acuerdo, { $most } caracteres como máximo, en cualquier idioma. No se vota por usted sobre el suyo.
statement-send = Proponer
statement-sent-shown = Su enunciado está abierto al voto.
statement-sent-held = Su enunciado espera a un facilitador.
statement-meant = Es una sola idea, tal como está
language-written = Idioma en que está escrito
language-other = otro idioma
thread = Hilo
thread-posts = { $count ->
    [one] 1 mensaje.
   *[other] { $count } mensajes.
 }
thread-times = Horas en tiempo universal (UTC).
thread-as-tree = En orden
thread-newest = Primero los más recientes
thread-unanswered = Sin respuesta desde hace un día
thread-next = Seguir leyendo
thread-visitor = { $posts ->
    [0] Nadie ha escrito todavía.
    [one] Se ha escrito un mensaje. Los miembros lo leen con el nombre de su autor.
   *[other] { $posts } mensajes de { $countries ->
        [one] 1 país
       *[other] { $countries } países
     }. Los miembros los leen con el nombre de sus autores.
 }
thread-sign-in = Iniciar sesión para leer y escribir
thread-empty = Nadie ha escrito todavía.
author-former = Antiguo miembro
trust-facilitator = facilitador
trust-appointed = experto
post-by-mail = por correo
post-edited = editado
post-answers = responde a p{ $number }
post-link = p{ $number }: mensaje { $number }
post-answer = responder
post-answer-name = Responder
post-held = Espera a un facilitador; solo usted lo ve.
post-rejected = No mostrado:
post-removed = Retirado:
post-late = El debate está cerrado. Lo que escriba ahora espera a un facilitador.
post-closed = El hilo está cerrado.
post-yours = Escribir un mensaje
post-your-answer = Su respuesta
post-hint = En cualquier idioma; una idea por mensaje se lee mejor. Los miembros ven su nombre y su país.
post-send = Publicar
post-title = Mensaje { $number }
post-in-thread = En su hilo
post-answers-this = Responde a:
post-answers-many = { $count ->
    [one] 1 respuesta
   *[other] { $count } respuestas
 }
post-history = Historial
post-history-how = Lo quitado está tachado, lo añadido está subrayado.
post-first-wording = Primera redacción
post-change = Modificar
post-change-how = Un mensaje puede modificarse durante 24 horas. Cada redacción queda en el historial.
post-change-label = El mensaje
post-change-send = Modificarlo
post-withdraw = Retirar este mensaje
post-withdraw-how = Su lugar en el hilo queda, sin el texto.
flag = Señalar
flag-how = Dice a los facilitadores que este mensaje infringe una norma. Ellos deciden; el autor no sabe quién lo señaló.
flag-reason = Razón
flag-words = Con sus palabras
flag-send = Señalarlo
flag-done = Ha señalado este mensaje. Deciden los facilitadores.
appeal = Objetar
appeal-how = Un administrador que no decidió lee su objeción y la responde.
appeal-label = Por qué la decisión es errónea
appeal-send = Objetar
appeal-waits = Su objeción espera a un administrador.
appeal-upheld = Aceptada: la decisión se anuló.
appeal-dismissed = Rechazada: la decisión se mantiene.
house-rules = Normas de la casa
reason-fine = Nada en contra
reason-off-topic = Fuera de la pregunta
reason-insult = Contra una persona, no contra una idea
reason-personal-data = Revela lo que es de otra persona
reason-promotion = Promociona un producto o una institución
reason-no-source = Afirma un hecho sin su fuente
reason-duplicate = Ya se ha dicho
reason-two-ideas = Contiene dos ideas
reason-unclear = No se entiende de una sola manera
reason-withdrawn = Retirado por su autor
reason-other = Otra cosa:
