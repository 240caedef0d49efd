# Las afirmaciones: frases que se podrían citar, con las síntesis que las sostienen.

nav-claims = Afirmaciones
says-better = los clientes están mejor
says-worse = los clientes están peor
says-little = poca o ninguna diferencia
says-higher = más alto
says-lower = más bajo
says-mixed = una cosa aquí, otra allá
says-open = nadie puede decirlo aún
claims-title = Afirmaciones
claims-description = Frases que se podrían citar, cada una con sus síntesis y lo que creen los miembros.
claims-margin = Un redactor enuncia una afirmación; sus pruebas se revisan cada vez que cambian los hallazgos.
claims-say = { $count ->
    [0] No se ha enunciado ninguna afirmación.
    [one] Se ha enunciado una afirmación.
   *[other] Se han enunciado { $count } afirmaciones.
 }
claims-list = Todas las afirmaciones
claims-empty = Ningún redactor ha enunciado ninguna todavía.
claims-front = Lo que dicen las pruebas por sí mismas está en la portada.
claims-syntheses = { $count ->
    [0] no descansa en ninguna síntesis
    [one] descansa en 1 síntesis
   *[other] descansa en { $count } síntesis
 }
claims-state = Enunciar una afirmación
claim = Afirmación
claim-standing = Las pruebas dicen: { $says }; certeza { $certainty }.
claim-divergent-why = Los miembros que votaron y los estudios que la sostienen apuntan en direcciones distintas. Ninguno se cambia por ello.
claim-stated = Enunciada el
claim-reviewed = Pruebas revisadas el
claim-rests-on = En qué descansa
claim-belief = Lo que creen los miembros
claim-no-statement = Ningún enunciado de una pregunta la dice.
claim-changes = Cambios de las pruebas
claim-no-change = Las pruebas no han cambiado desde que se enunció.
claim-evidence-version = pruebas, versión { $version }
claim-watch = Avisarme cuando cambien sus pruebas
claim-watched = Se le avisa cuando cambian sus pruebas.
claim-unwatch = No avisarme más
claim-edit = Cambiar lo que dice o en qué descansa
field-sentence = La frase
field-asserts = Lo que dice la frase: better, worse, little, higher, lower, mixed, open
field-evidence-says = Lo que dicen las síntesis que la sostienen
field-certainty = not-rated, very-low, low, moderate o high
field-divergent = Si creencia y pruebas difieren
field-syntheses = Claves de las síntesis en que descansa
field-stated-at = Cuándo se enunció, RFC 3339
field-reviewed-at = Cuándo se revisaron sus pruebas, RFC 3339
claim-sentence = La frase
claim-sentence-hint = Una frase que se podría citar, 300 caracteres como máximo.
claim-asserts = Lo que dice de los clientes
claim-rests-on-hint = Las direcciones de síntesis, una por línea; ninguna si dice que nadie lo ha estudiado.
claim-send = Enunciarla
claim-divergent = creencia y pruebas difieren
