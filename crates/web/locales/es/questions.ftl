# Las preguntas: la lista, la cabecera de una pregunta, sus pruebas y lo que dicen sus votos.

nav-questions = Preguntas
questions-title = Preguntas
questions-description = Debates de unos días sobre lo que funciona para los clientes: pruebas, enunciados, votos, puntos en común, un resumen.
questions-margin = Una pregunta está abierta unos días. Un día empieza en el primer lugar de la Tierra y termina en el último.
questions-say = { $count ->
    [0] No hay ninguna pregunta abierta ahora.
    [one] Hay una pregunta abierta ahora.
   *[other] Hay { $count } preguntas abiertas ahora.
 }
questions-empty = Todavía no se ha anunciado ninguna pregunta. Cuando un facilitador anuncie una, figurará aquí con sus fechas.
questions-open = Abiertas
questions-drafts = Borradores
questions-drafts-margin = Solo los facilitadores ven los borradores.
questions-begin = Empezar una pregunta
questions-queue = { $count ->
    [0] Nada espera su decisión
   *[other] Esperan su decisión: { $count }
 }
questions-files = Archivos
questions-calendar = Calendario (iCalendar)
questions-taking-part = { $voters ->
    [one] 1 votante
   *[other] { $voters } votantes
 }, { $posts ->
    [one] 1 mensaje
   *[other] { $posts } mensajes
 }, { $statements } enunciados.
calendar-description = { $days ->
    [one] Un debate de un día, en cualquier idioma, en la web.
   *[other] Un debate de { $days } días, en cualquier idioma, en la web.
 }
phase-draft = Borrador
phase-scheduled = Anunciada
phase-open = Abierta
phase-voting = Votación
phase-summary = En resumen
phase-published = Resumen publicado
phase-archived = Archivada
theme-facts = Hechos
theme-experience = Experiencia
theme-proposals = Propuestas
theme-vote = Votación
theme-summary = Resumen
span-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
 }
span-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
 }
span-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
 }
date-short = { $day } { $month ->
    [1] ene.
    [2] feb.
    [3] mar.
    [4] abr.
    [5] may.
    [6] jun.
    [7] jul.
    [8] ago.
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] dic.
 }
demonstration = demostración
demonstration-why = Este debate es inventado para mostrar cómo funciona el foro. Miembros, mensajes y votos son simulados; las pruebas son reales.
question-day = Día { $day } de { $days }
question-opens = Abre el { $day }, en cuanto sea ese día en algún lugar de la Tierra: en { $span }.
question-closes = Cierra el { $day }, al final del día en toda la Tierra: en { $span }.
question-closed = Cerrada el { $day }, al final del día en toda la Tierra.
question-revote = Está abierta una segunda ronda de votación.
question-facilitated = { $count ->
    [one] Facilitador:
   *[other] Facilitadores:
 }
question-today = Hoy: { $prompt }
question-say-draft = Un borrador: solo lo ven sus facilitadores y los administradores.
question-say-scheduled = Anunciada. Los mensajes y votos empiezan el primer día.
question-say-open = Abierta a mensajes, enunciados y votos.
question-say-voting = Los últimos enunciados, y el voto sobre todos.
question-say-summary = Cerrada. Los facilitadores escriben el resumen.
question-say-published = Cerrada. El resumen está publicado; los miembros lo comentan.
question-say-archived = Cerrada, y guardada tal cual.
day-today = hoy
day-done = pasado
fact-taking-part = Participan
fact-taking-part-value = { $voters ->
    [one] 1 votante
   *[other] { $voters } votantes
 }, { $posts ->
    [one] 1 mensaje
   *[other] { $posts } mensajes
 }
fact-taking-part-under = autores de { $countries ->
    [one] 1 país
   *[other] { $countries } países
 }; { $mail } mensajes llegaron por correo
fact-statements = Enunciados
fact-statements-under = cada uno con { $fewest } respuestas o más; mediana: { $median } votos por miembro
fact-common = Puntos en común hasta ahora
fact-common-value = { $count ->
    [one] 1 enunciado
   *[other] { $count } enunciados
 }
fact-common-under = { $count ->
    [one] 1 línea divisoria
   *[other] { $count } líneas divisorias
 }
background = Contexto
belief = Creencia y pruebas
belief-how = Acuerdo con intervalo del 95 % (Wilson). Pruebas en su estado actual.
belief-say = Lo que creen los miembros, junto a lo que hallaron los estudios. Los votos no son pruebas y las pruebas no son votos: nunca se combinan.
belief-none = No se ha puesto ninguna síntesis ni afirmación sobre la mesa de esta pregunta.
belief-sentence = Sobre la mesa
belief-studies = Estudios
belief-no-statement = aún no hay enunciado al respecto
belief-no-evidence = Sin pruebas.
belief-nobody = Nadie lo ha medido.
belief-see = Ver la síntesis
opinion-axis = De acuerdo, de 100
opinion-group = grupo { $group }
opinion-group-size = { $group }, { $voters ->
    [one] 1 votante
   *[other] { $voters } votantes
 }
opinion-agree = { $share } de 100 de acuerdo ({ $low } a { $high }; { $voted } respuestas)
opinion-of = { $share } de { $seen }
opinion-nobody = nadie ha respondido aún
opinion-common = Puntos en común
opinion-common-how = En cada grupo: 8 respuestas o más, 6 de cada 10 o más de acuerdo, el intervalo queda por encima de la mitad y pocos en desacuerdo.
opinion-common-how-all = 8 respuestas o más, y el extremo inferior del intervalo está en 60 de 100 o más.
opinion-common-none = Ningún enunciado cumple la regla hasta ahora.
opinion-common-caption = Enunciados que cumplen la regla de los puntos en común
opinion-dividing = Líneas divisorias
opinion-dividing-how = Probadas con enunciados que no sirvieron para hallar los grupos.
opinion-dividing-none = En ningún enunciado los grupos están en lados opuestos.
opinion-dividing-caption = Enunciados en los que los grupos están en lados opuestos
opinion-map = Mapa de opiniones
opinion-map-how = Quienes respondieron igual están cerca. Un grupo solo se muestra si los votos barajados casi nunca parecen tan divididos.
opinion-map-private = Las posiciones están redondeadas; no se muestran cifras menores que 5.
opinion-no-votes = Aún no se ha emitido ningún voto. Los primeros aparecerán aquí en un minuto.
opinion-groups = { $count ->
    [2] Estos votos muestran dos grupos.
    [3] Estos votos muestran tres grupos.
   *[other] Estos votos muestran { $count } grupos.
 }
opinion-groups-are = Los grupos son patrones de respuesta, no clases de personas.
opinion-no-groups = Estos votos no muestran grupos.
opinion-tries = { $stronger ->
    [0] Barajar los votos { $permutations } veces nunca produjo una división tan fuerte (p { $p }).
   *[other] Los votos barajados se dividen con igual fuerza en { $stronger } de { $permutations } intentos (p { $p }).
 }
opinion-voters-count = { $voters ->
    [one] 1 votante respondió lo bastante para ser situado.
   *[other] { $voters } votantes respondieron lo bastante para ser situados.
 }
opinion-too-few = Con menos de 20 no se hace prueba ni se dibuja mapa.
opinion-chance = Cualquier bando dibujado aquí podría ser azar.
opinion-group-small = Pero toda división tiene un grupo de menos de 5 personas o de 5 de cada 100: no se muestra ninguna.
opinion-overall = Lo que dicen todos los que respondieron, con su intervalo:
opinion-overall-caption = Acuerdo de todos los que respondieron
opinion-stability = Los grupos hallados con cada mitad de los enunciados coinciden en { $value } (1: iguales, 0: azar).
opinion-picture = Mapa de opiniones: { $voters } votantes en { $groups } grupos. La tabla al lado dice qué los separa.
opinion-table = El mapa como tabla
opinion-tells-apart = Lo que los distingue
opinion-voters = Votantes
opinion-under-five = menos de 5
segment-other-region = Región otra o desconocida
segment-other-sector = Organización otra o desconocida
sector-consortium = Miembros del consorcio
sector-institution = Personal de prestamistas
sector-network = Redes
sector-donor = Donantes e inversores
opinion-flagged = { $flagged ->
    [one] Un votante queda aparte en un segundo recuento.
   *[other] { $flagged } votantes quedan aparte en un segundo recuento.
 }
opinion-flagged-why = Sus votos parecen coordinados (filas iguales, una misma red, los mismos minutos). No se borra ningún voto.
opinion-flagged-same = Sin ellos, los puntos en común, las líneas divisorias y los grupos son los mismos.
opinion-flagged-differs = Sin ellos: { $common } enunciados en común, { $dividing } líneas divisorias, { $groups } grupos.
opinion-computed = Calculado con { $votes } votos,
opinion-head = Cabeza del registro de votos:
opinion-page = Todos los resultados
opinion-page-say = Todo lo que dicen los votos de esta pregunta, con intervalos y pruebas.
region-sub-saharan-africa = África subsahariana
region-middle-east = Oriente Medio y Norte de África
region-south-asia = Asia meridional
region-east-asia = Asia oriental y el Pacífico
region-europe = Europa y Asia central
region-latin-america = América Latina y el Caribe
region-north-america = América del Norte
api-question = Una pregunta, en qué fase está y cuántos participan
api-opinions = Lo que dicen los votos de una pregunta: grupos, puntos en común, líneas divisorias
api-claims = Las afirmaciones y en qué descansan
field-slug = Dirección de la pregunta
field-question = La pregunta
field-language = Idioma, BCP 47
field-phase = En qué fase está: scheduled, open, voting, summary, published, archived
field-opens-on = Primer día
field-votes-on = Primer día de la votación sobre todos los enunciados
field-closes-on = Último día
field-demonstration = Si es inventada para mostrar el foro
field-voters = Personas que votaron
field-votes = Votos emitidos en total
field-posts = Mensajes mostrados
field-statements = Enunciados abiertos al voto
field-number = Número en la pregunta
field-statement = El enunciado
field-status = shown, out o replaced
field-seed = Si lo escribieron los facilitadores antes del inicio
field-replaces = El enunciado cuya redacción reemplaza
field-claim = La afirmación a la que está ligado
field-agree = Miembros de acuerdo
field-disagree = Miembros en desacuerdo
field-pass-unclear = Miembros que pasan porque no está claro
field-pass-no-view = Miembros que pasan por no tener opinión
field-pass-not-my-field = Miembros que pasan por no ser su campo
field-exposures = Respuestas de todo tipo
field-written-at = Cuándo se escribió, RFC 3339
