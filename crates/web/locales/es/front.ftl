# La portada: respuesta breve, mapa de evidencia, orden por valor, lo que falta.

front-title = ¿Qué funciona para los clientes?
front-description = Efectos de las prácticas de microfinanzas en los clientes, agrupados a partir de estudios publicados, con su incertidumbre, sus daños y sus vacíos.
front-label = La respuesta breve
front-pairs = { $filled } de { $pairs } pares de práctica y dominio de resultados tienen un hallazgo utilizable. Para { $empty } no hay ningún estudio registrado.
front-chosen = Las respuestas de abajo se eligen por regla entre los ensayos, en los que el azar decidió quién recibía la práctica: la de más personas; la de más estudios; el beneficio claro más seguro; el daño a los clientes o la pérdida de las entidades más clara, con la otra cara de la misma práctica; y lo que el sector más pregunta, la deuda.
front-say-most = En los ensayos, { $practice } ha llegado a más personas que ninguna otra práctica. { $areas ->
    [one] En el único ámbito de la vida de los clientes que se midió, los ensayos muestran
   *[other] De { $areas } ámbitos de la vida de los clientes que se midieron, los ensayos muestran
 } { $clauses }.
front-say-better = un bien claro en { $count }
front-say-worse = un perjuicio claro en { $count }
front-say-little = poca o ninguna diferencia en { $count }
front-say-open = todavía ninguna respuesta en { $count }
front-and = {" "}y{" "}
front-say-others = Entre las otras { $others } prácticas probadas en ensayos, { $clear ->
    [0] ninguna muestra todavía un beneficio claro.
    [one] una muestra un beneficio claro{ $mixed ->
        [0] {""}
       *[other] , acompañado de un daño o una pérdida
     }.
   *[other] { $clear } muestran un beneficio claro{ $mixed ->
        [0] {""}
        [one] , una de ellas con un daño o una pérdida
       *[other] , { $mixed } de ellas con un daño o una pérdida
     }.
 }
front-say-unstudied = Para { $unstudied } de las { $total } cosas que las instituciones pueden elegir hacer, nadie nos ha dado un hallazgo.
front-say-empty = Nadie puede decirlo: no hay ningún hallazgo registrado. El mapa de abajo enumera { $total } cosas que las instituciones pueden elegir hacer, y todas sus casillas están vacías.
front-empty-fill = Un hallazgo llena una casilla: una estimación con su error estándar, de un estudio que comparó clientes con una práctica y sin ella. Cargue la base de evidencia incluida, o añada su propia tabla.
front-cannot-pool = Los hallazgos registrados no se pueden agrupar tal como están. Aún se pueden leer uno por uno.
front-squares = Lo que se ha estudiado
front-squares-caption = De arriba abajo: { $families } familias de prácticas. De izquierda a derecha: { $domains } dominios de resultados. Lleno: un hallazgo utilizable sobre al menos una práctica. Rayado: se encontró un daño a los clientes. Pequeño: estudiado, sin calificar. Vacío: ningún estudio registrado.
front-claims-caption = La respuesta en pocas líneas
front-made = Agrupado a partir de { $findings } hallazgos de { $studies } estudios, evidencia versión { $version }.
front-how-made = Cómo se hace una respuesta
front-nobody = Nadie nos ha dado un estudio sobre esta pregunta: ¿«{ $family }» cambia «{ $domain }»?
front-no-evidence = sin evidencia
front-why-people = La de más personas
front-why-studies = La de más estudios
front-why-benefit = El beneficio claro más seguro
front-why-loss = El daño o la pérdida más clara, y su otra cara
front-why-harm = El daño más probable a los clientes, de otra práctica
front-why-asked = Lo que el sector más pregunta
front-certainty = certeza: { $certainty }
front-certainty-small = certeza: { $certainty }
front-against = Frente a: { $comparator }.
front-chances = Mejor para { $whom ->
    [lender] la entidad
   *[other] los clientes
 } { $better }, peor { $worse } de cada 100.
front-studies = { $count ->
    [one] 1 estudio
   *[other] { $count } estudios
 }
front-points = puntos

front-clearly-better = claramente mejor
front-leans-better = se inclina a mejor
front-little = poca o ninguna diferencia
front-cannot-tell = no se puede saber en qué sentido
front-leans-worse = se inclina a peor
front-clearly-worse = claramente peor
front-higher = más alto, ni bueno ni malo en sí
front-lower = más bajo, ni bueno ni malo en sí
front-small = pequeño
front-medium = mediano
front-large = grande
front-no-size = tamaño no comparable
front-not-comparable = n/c
front-not-pooled = no agrupado
front-not-rated = sin calificar
front-not-pooled-words = publicado en una forma que no se puede agrupar; certeza sin calificar
front-more = { $count ->
    [one] y 1 síntesis más
   *[other] y { $count } síntesis más
 }

front-map = El mapa de evidencia
front-map-how = { $studied } de { $total } prácticas tienen un hallazgo; { $domains } dominios de resultados. Los tamaños están en desviaciones estándar (SD) del grupo de comparación, para que las monedas se puedan comparar. Una casilla muestra su síntesis principal: primero los ensayos, después la de más estudios, después la de más personas.
front-map-method = Cómo se hace una casilla
front-map-caption = Dirección, tamaño, certeza y número de estudios para cada práctica (de arriba abajo) y dominio de resultados (de izquierda a derecha). Elija una casilla para ver sus estudios.
front-map-empty = Ninguna práctica tiene todavía un hallazgo. Todas se enumeran abajo.
front-map-csv = Este mapa en CSV
front-map-json = Este mapa en JSON
front-show-all = Mostrar las { $total } prácticas como filas, también las { $unstudied } vacías
front-show-studied = Mostrar solo las { $studied } prácticas con un hallazgo
front-show-accepted = evidence o all
front-no-study-of = Ningún estudio de:
front-no-study-of-any = Ningún estudio de ningún resultado:
front-tag-lender = entidad
front-legend-better = claramente mejor para los clientes (para la entidad, en sus propios resultados): pequeño, mediano, grande (menos de 0,15, de 0,15 a 0,30, más de 0,30 SD)
front-legend-worse = claramente peor
front-legend-leans = se inclina hacia ese lado: 80 de cada 100 o más, pero el intervalo del 95 % llega a cero
front-legend-little = poca o ninguna diferencia: todo el intervalo queda a menos de 0,1 SD de cero
front-legend-cannot-tell = estudiado, y aún no se puede saber
front-legend-neither = más alto o más bajo, donde ninguno es bueno en sí
front-legend-no-size = no comparable: no se conoce ninguna SD, así que no hay tamaño
front-legend-certainty = certeza, de muy baja (una marca) a alta (cuatro).
front-certainty-method = Las reglas
front-legend-more = síntesis en la misma casilla, además de la que se muestra
front-legend-harm = un daño a los clientes, o una pérdida de la entidad, en alguna síntesis de la casilla
front-legend-scale = se duda de la unidad de un estudio
front-legend-none = ningún estudio registrado
front-unstudied = { $count ->
    [one] 1 práctica sin ningún estudio registrado
   *[other] { $count } prácticas sin ningún estudio registrado
 }

front-rank = Ordenadas por su valor para los clientes
front-rank-how = El valor de una práctica es la suma ponderada de sus efectos en los clientes, en SD. Un resultado que nadie estudió cuenta como desconocido, nunca como cero. El daño aparece junto al puesto y no se resta a escondidas.
front-rank-method = Cómo se hacen los puestos
front-rank-empty = Ninguna práctica puede ordenarse: ninguna tiene efectos sobre una parte suficiente de lo que se pondera.
front-rank-alone = Solo una práctica tiene evidencia suficiente para ordenarse.
front-rank-apart = { $apart ->
    [0] Ninguna práctica se distingue de la siguiente: sus rangos se superponen.
   *[other] { $apart } de { $pairs } pares de vecinas se distinguen; los demás rangos se superponen.
 }
front-rank-one = { $practice } en { $count } de 100 sorteos
front-rank-names = Con más frecuencia entre las tres primeras: { $names }. Solo por azar, cada una estaría allí en { $chance } de 100.
front-rank-caption = Puesto esperado (punto) entre las { $count } prácticas que se pueden ordenar, con el rango en que cae 90 de cada 100 veces (línea). { $equal ->
    [yes] Pesos iguales.
   *[no] Pesos como se indica abajo.
 }
front-rank-axis = Puesto, 1 es el mejor
front-rank-top3 = Entre las 3 primeras, de 100
front-rank-best = La mejor, de 100
front-rank-share = Peso que se apoya en evidencia
front-rank-words = puesto esperado { $expected }, de { $low } a { $high }
front-rank-incomplete = Incompleto: no se han estudiado un beneficio, un daño y un resultado de la entidad.
front-not-ranked = Sin ordenar
front-not-ranked-why = Menos de { $least } del peso se apoya en ensayos en unidades comparables:
front-not-ranked-share = { $share } del peso
front-rank-without = { $count ->
    [0] Todas las demás prácticas tienen al menos un hallazgo.
    [one] 1 práctica más no tiene ningún hallazgo.
   *[other] { $count } prácticas más no tienen ningún hallazgo.
 }
front-rank-not-comparable = Estudiadas, pero sin ningún ensayo de un beneficio para los clientes cuyo tamaño pueda expresarse en SD:
front-weights = ¿Qué les importa a sus clientes?
front-weights-how = De 0 a 10 para cada dominio. Aún no hay registrada ninguna encuesta a clientes sobre estos pesos, así que todos empiezan iguales. Los pesos están en la dirección de la página: compártala.
front-weights-unused = No se usó: { $weights }. Un peso es un número de 0 a 10 para uno de los dominios de abajo, y al menos uno es mayor que 0.
front-rank-again = Ordenar de nuevo

front-missing = Lo que falta
front-missing-how = Que no haya un hallazgo registrado no es lo mismo que la falta de efecto.
front-missing-say = La mayor parte de lo que hacen las instituciones no tiene ningún estudio registrado que la respalde. Cada línea nombra los dominios, de la vida de los clientes y de las cuentas de la entidad, en los que ningún estudio de ninguna práctica de la familia ha medido nada.
front-missing-caption = Familias de prácticas y los dominios de resultados sin ningún hallazgo
front-family = Familia
front-practices-studied = Prácticas estudiadas
front-domains-missing = Dominios sin hallazgo
front-of = { $count } de { $total }
front-missing-all = de los { $count } dominios tiene un hallazgo
front-missing-none = todos los dominios tienen un hallazgo
front-could-do = Lo que podría hacer una institución
front-could-measure = Preguntar a los mismos clientes por la deuda, el estrés, la comida y su voz en las decisiones antes y después de un cambio, no solo por la ganancia y el pago.
front-could-compare = Cuando una práctica se introduce paso a paso, dejar que el azar decida qué sucursal o grupo va primero: los demás son una comparación justa.
front-could-send = Enviar la estimación con su error estándar, sea cual sea su sentido. Un resultado sin diferencia, o de daño, llena una casilla tan bien como un éxito.

field-practice-name = Nombre de la práctica.
field-cell-syntheses = Síntesis en la casilla; 0 donde nadie la ha estudiado.
field-cell-synthesis = Identificador de la síntesis principal: práctica, comparación, resultado, efecto estimado.
field-cell-randomised = Si el azar decidió en cada estudio agrupado.
field-cell-studies = Estudios agrupados en la síntesis principal.
field-cell-people = Personas en ellos; vacío cuando ningún estudio lo dice.
field-cell-estimate = Efecto medio, en la unidad.
field-cell-ci-low = Límite inferior de su intervalo del 95 %.
field-cell-ci-high = Límite superior de su intervalo del 95 %.
field-cell-smd = Efecto medio en desviaciones estándar del grupo de comparación.
field-cell-reading = Lo que dice: clearly-better, leans-better, little-or-none, cannot-tell, leans-worse, clearly-worse, higher o lower.
field-cell-size = small, medium o large; vacío cuando no se puede comparar.
field-cell-certainty = high, moderate, low, very-low o not-rated.
field-cell-chance-better = Probabilidad de que el efecto medio sea un beneficio.
field-cell-chance-harm = Probabilidad de que sea peor en más de 0,05 SD (sin SD: de que sea peor en cualquier grado).
field-cell-harms = Síntesis que muestran un daño a los clientes.
field-cell-lender-losses = Síntesis que muestran una pérdida de la entidad.
field-cell-scale-doubts = Estudios de la síntesis principal de cuya unidad se duda.
field-rank-ranked = Si una parte suficiente del peso se apoya en evidencia.
field-rank-value = Valor medio para los clientes, SD.
field-rank-expected = Puesto medio, 1 es el mejor.
field-rank-low = Cuantil del 5 % del puesto.
field-rank-high = Cuantil del 95 % del puesto.
field-rank-best = Probabilidad del puesto 1.
field-rank-top3 = Probabilidad del puesto 1, 2 o 3.
field-rank-share = Parte del peso que se apoya en evidencia, de 0 a 1.
field-rank-complete = Si se han estudiado un beneficio, un daño y un resultado de la entidad.
