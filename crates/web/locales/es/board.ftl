# Las páginas de los facilitadores: plan, lo que espera decisión, tablero, resumen, seguimiento.

desk = Páginas de los facilitadores
desk-question = La pregunta
plan = Plan
plan-say = Las fechas pueden cambiarse hasta el anuncio.
plan-words = Textos y fechas
plan-words-how = Un día empieza en UTC+14 y termina en UTC−12.
plan-title = La pregunta
plan-title-hint = { $most } caracteres como máximo.
plan-slug = Dirección
plan-slug-hint = El final de su dirección: minúsculas, cifras y guiones. No cambia después.
plan-background = Contexto
plan-background-hint = Lo que un miembro debe saber primero. Markdown.
plan-rules-hint = Lo que se puede escribir aquí y lo que no. Markdown.
plan-language = Idioma
plan-opens = Primer día
plan-date-hint = Como 2026-10-12.
plan-votes = Primer día de la votación
plan-votes-hint = Desde entonces los últimos enunciados, y el voto sobre todos.
plan-closes = Último día
plan-closes-hint = Se cierra cuando este día ha terminado en todas partes.
plan-revote-opens = Segunda ronda de votación: primer día
plan-revote-hint = Por ejemplo tras dos semanas. Puede quedar en blanco.
plan-revote-closes = Segunda ronda de votación: último día
plan-days = Días
plan-days-hint = Cada día tiene su tema y su pregunta. Se omiten las filas sin fecha.
plan-day = Día
plan-day-date = fecha
plan-day-theme = tema
plan-day-prompt = pregunta del día
plan-save = Guardar
plan-begin = Empezar el borrador
plan-seeds = Enunciados iniciales
plan-seeds-how = Al menos { $least } antes del anuncio.
plan-seed = Un enunciado
plan-seed-hint = Una sola idea, con la que se pueda estar o no de acuerdo.
plan-seed-add = Añadirlo
plan-evidence = Pruebas sobre la mesa
plan-evidence-how = Síntesis y afirmaciones que los miembros ven junto a sus votos.
plan-evidence-add = Una síntesis o una afirmación
plan-evidence-hint = La dirección de su página en este sitio.
plan-evidence-send = Ponerla sobre la mesa
plan-take-away = Quitar
plan-facilitators = Facilitadores
plan-facilitators-how = Miembros con el papel de facilitador.
plan-facilitator = Facilitador
plan-facilitator-add = Añadir
plan-shift = Horas de presencia
plan-shift-hint = Por ejemplo: Nairobi, de 8 a 12.
plan-announce = Anunciarla
plan-missing-seeds = { $have } enunciados iniciales de al menos { $least }.
plan-archive = Archivarla
plan-archive-how = Cuando el resumen sea definitivo y no falte nada, archive la pregunta. Queda tal cual.
queue = En espera
queue-all = Lo que espera su decisión
queue-how = Todo lo que se decide aquí queda registrado, y al autor se le dice la razón.
queue-say = { $count ->
    [0] Nada espera.
    [one] Espera una decisión.
   *[other] Esperan { $count } decisiones.
 }
queue-one = Todo de esta pregunta
queue-waiting = Por decidir
queue-post = Un mensaje retenido
queue-statement = Un enunciado retenido
queue-flag = { $count ->
    [one] Un mensaje señalado por 1 miembro
   *[other] Un mensaje señalado por { $count } miembros
 }
queue-appeal = Una objeción
queue-decided = Se decidió:
queue-reason = Razón
queue-words = Con sus palabras
queue-approve = Mostrarlo
queue-reject = Rechazarlo
queue-uphold = Retirar el mensaje
queue-dismiss = Dejarlo
queue-answer = Su respuesta
queue-appeal-uphold = Anular la decisión
queue-appeal-dismiss = Mantenerla
queue-shown = Abiertos al voto
queue-shown-how = Un enunciado retirado ya no cuenta en los cálculos.
queue-take-out = Retirarlo
queue-replacement = Otra redacción
queue-replacement-hint = Se convierte en un enunciado nuevo sin votos; este queda como reemplazado.
queue-replace = Reemplazarlo
queue-claim = La afirmación que dice
queue-claim-hint = La dirección de la página de una afirmación; en blanco si ninguna.
queue-bind = Ligarlo
board = Tablero
board-how = Lo que un facilitador podría mirar a continuación.
board-unanswered = Mensajes sin respuesta
board-unanswered-how = Desde hace más de un día.
board-unanswered-none = Todo mensaje de más de un día tiene respuesta.
board-thin = Enunciados con pocos votos
board-thin-how = Menos de 8: aún no puede decirse nada.
board-thin-none = Cada enunciado tiene 8 respuestas o más.
board-thin-votes = { $count ->
    [one] 1 respuesta
   *[other] { $count } respuestas
 }
board-regions = Regiones desde las que nadie ha escrito
board-regions-none = Han escrito miembros de todas las regiones.
board-heat = Quién habla
board-heat-how = Más de 40 de 100 de tres personas es una señal.
board-heat-high = Tres personas escribieron el { $share } de los mensajes: pregunte a otros por su nombre.
board-heat-low = Los tres que más escribieron suman el { $share } de los mensajes.
board-silent = Miembros en silencio
board-silent-count = { $count } de { $members } miembros no han escrito aquí.
board-silent-more = y { $count } más
summary = Resumen
summary-how = Una frase que no remite a ningún enunciado, mensaje o prueba se marca como opinión del facilitador.
summary-view = opinión del facilitador
summary-version = Versión { $version }, abierta a comentarios.
summary-final = Versión definitiva.
summary-comments = { $count ->
    [0] Aún no hay comentarios
    [one] 1 comentario
   *[other] { $count } comentarios
 }
summary-comment = Su comentario sobre el resumen
summary-comment-send = Comentar
summary-sign-in = Iniciar sesión para leer los comentarios
summary-text = El resumen
summary-text-hint = # abre un título, - un punto, > una cita. Remita con [s3] a un enunciado, [p7] a un mensaje, [claim …] y [synthesis …] a las pruebas.
summary-save = Guardar como borrador
summary-publish = Publicar la versión 1
summary-finish = Publicar la versión definitiva
summary-draft-say = Un borrador hecho con los recuentos y citas de este debate. Ningún modelo ha escrito nada aquí.
summary-saved-say = La última versión guardada.
summary-early = El debate sigue abierto: el resumen podrá publicarse cuando se cierre.
summary-preview = Vista previa
draft-section-question = La pregunta
draft-section-participation = Quiénes participaron
draft-section-unclear = Lo que no quedó claro
draft-section-unanswered = Lo que nadie respondió
draft-section-quotes = En palabras de los miembros
draft-few = menos de 5
draft-question = Se preguntó: { $question }
draft-day = { $theme }: { $prompt }
draft-posts = Mensajes: { $posts }, de { $writers } personas.
draft-votes = Enunciados: { $statements }; { $voters } personas dieron { $votes } votos.
draft-country = { $country }: { $writers } autores.
draft-countries = Otros países juntos ({ $countries }): { $writers } autores.
draft-groups = Los votos de { $voters } personas muestran { $groups } grupos.
draft-no-groups = Los votos de { $voters } personas no muestran grupos.
draft-common-ground = «{ $statement }»: { $share } de 100 de acuerdo ({ $low } a { $high }; { $seen } respuestas).
draft-common-ground-more = Y { $count } enunciados más que cumplen la regla.
draft-no-common-ground = Ningún enunciado cumple la regla de los puntos en común.
draft-dividing-line = «{ $statement }»: { $share } de 100 de todos de acuerdo ({ $low } a { $high }; { $seen } respuestas).
draft-dividing-group = Grupo { $group }: { $share } de 100 de { $seen } de acuerdo.
draft-dividing-line-more = Y { $count } enunciados más que dividen a los grupos.
draft-no-dividing-line = En ningún enunciado los grupos están en lados opuestos.
draft-unclear = «{ $statement }»: { $share } de 100 de quienes respondieron lo hallaron poco claro ({ $unclear } personas).
draft-claim = «{ $claim }» Las pruebas dicen: { $says }; certeza { $certainty }.
draft-claim-divergent = «{ $claim }» Las pruebas dicen: { $says }; certeza { $certainty }; los miembros creen otra cosa.
draft-unanswered = «{ $question }»
draft-unanswered-more = Y { $count } preguntas más que nadie respondió.
draft-quote-group = El grupo { $group } está más de acuerdo con: «{ $words }»
draft-quote-all = Lo más aprobado: «{ $words }»
follow-up = Qué se hizo al respecto
follow-up-how = Añadido por los facilitadores después del final.
follow-up-none = Aún no se ha informado de nada.
follow-up-text = Qué se hizo
follow-up-link = Dónde leerlo
follow-up-link-hint = Una dirección que empieza por https://.
follow-up-send = Añadirlo
