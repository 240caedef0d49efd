# Una síntesis: la respuesta agrupada, sus dudas, sus archivos.

synthesis-title = { $practice }: ¿qué efecto tiene sobre { $outcome }?
synthesis-title-association = { $practice }: ¿qué relación tiene con { $outcome }?
synthesis-answer = La respuesta
synthesis-answer-how = { $k ->
    [0] Ningún estudio
    [one] 1 estudio
   *[other] { $k } estudios
 }{ $k ->
    [0] {""}
   *[other] , { $people }, { $countries ->
        [one] 1 país
       *[other] { $countries } países
     }
 }. Evidencia versión { $version }, huella { $digest }.
synthesis-people-none = número de personas no indicado
synthesis-people-all = { $people } personas o filas
synthesis-people-some = al menos { $people } personas o filas (lo indican { $stated } de { $k })
synthesis-no-match = Ningún estudio registrado cumple estos filtros.
synthesis-no-match-how = Quite un filtro para agrupar de nuevo.
synthesis-contrast = { $practice }, en comparación con: { $comparator }. { $estimand }.
synthesis-is-harm = Este resultado es un daño a los clientes: un aumento es peor.
synthesis-nothing = Ningún estudio de esto se puede agrupar en esta escala. Un estudio con una estimación, su error estándar y la media y la desviación estándar del grupo de comparación llenaría esta página.
synthesis-unit-caption = Unidad: { $unit }. Cero significa ninguna diferencia entre quienes tienen la práctica y quienes no.
synthesis-tried = Ha probado { $count } maneras de filtrar desde que llegó. Con suficientes maneras, alguna se verá bien por azar.
synthesis-tried-most = { $count } o más
synthesis-forking = Por qué importa

filter-from = Publicado desde
filter-measure = Escala
filter-measure-any = elegida por regla
filter-without = Dejar fuera
measure-native = unidad propia
measure-smd = desviaciones estándar (SD)
measure-percent = porcentaje de la media de comparación
measure-log-ratio = logaritmo de la razón de medias

unit-smd = desviaciones estándar del grupo de comparación (SD)
unit-sd-short = SD
unit-points = puntos porcentuales
unit-points-short = puntos
unit-percent = porcentaje de la media del grupo de comparación
unit-log-ratio = logaritmo de la razón de medias
unit-none = la unidad de los estudios
unit-of-year = { $unit }, precios de { $year }

fact-average = Efecto medio
fact-average-under = intervalo del 95 %: { $range }
fact-new = En una institución nueva
fact-new-none = hacen falta tres estudios
fact-new-under = intervalo de predicción del 95 %
fact-control-under = media de los grupos de comparación, de la más baja a la más alta
fact-control-one = media del grupo de comparación
fact-control-without = ; sin { $studies } (se duda de la escala)
fact-certainty = Certeza
fact-certainty-under = razones abajo

row-average = efecto medio
row-new = en una institución nueva
chance-average = En promedio
chance-new = En una institución nueva
chance-worse = peor
chance-better = mejor
chance-worse-lender = peor para la entidad
chance-better-lender = mejor para la entidad
chance-one-study = Un solo estudio: solo se conoce su propio intervalo. De él no se puede aprender lo que verían otros lugares.
chance-lower = más bajo
chance-higher = más alto
chance-how = Probabilidades de la distribución a posteriori exacta; a priori { $prior }.
how-made = Cómo se hace

doubt = Un número del que dudar
doubt-how = Lo encontró el control de escalas, antes de agrupar. No quita nada.
doubt-title = { $study }: la escala no encaja con las demás
doubt-std-error = Su error estándar es { $value }; la mediana de los demás es { $median }: una diferencia de { $times } veces. Un error pequeño compra un voto grande en un conjunto.
doubt-control-sd = La desviación estándar de su grupo de comparación es { $value }; la mediana de los demás es { $median }: una diferencia de { $times } veces.
doubt-control-mean = La media de su grupo de comparación es { $value }; la mediana de los demás es { $median }: una diferencia de { $times } veces.
doubt-large-t = Su estimación está a { $value } errores estándar de cero: eso es raro en este campo, y frecuente cuando un error estándar está en otra unidad.
doubt-declared = Quien introdujo el hallazgo también duda de su escala.
doubt-caption = La misma pregunta, con y sin. Cada nombre es un enlace que agrupa de nuevo.
doubt-pool = Conjunto
doubt-with = Todos, en su propia unidad
doubt-without = Sin las entradas dudosas
doubt-in-sd = Todos, en SD: una unidad equivocada no lo altera
doubt-studies = { $k ->
    [one] 1 estudio
   *[other] { $k } estudios
 }

forest-name = { $k ->
    [one] El estudio
   *[other] Los { $k } estudios
 }
forest-spread = Entre lugares: τ { $tau }, I² { $i2 } %, Q { $q } (p { $p }).
forest-how = REML, Hartung–Knapp con piso.
forest-how-one = Un estudio: su estimación ± 1,96 errores estándar (intervalo normal).
forest-caption = Unidad: { $unit }. Cuadrado: el estudio, su área es el peso. Línea: intervalo del 95 %. Anillo: el mismo estudio después de tomar fuerza de los demás.
forest-caption-one = Unidad: { $unit }. Cuadrado: el estudio. Línea: intervalo del 95 %.
forest-shrunken = Contraído
forest-weight = Peso
forest-average = Efecto medio, { $k ->
    [one] 1 estudio
   *[other] { $k } estudios
 }
forest-new = En una institución nueva

certainty-name = Cuán seguro es, y por qué
certainty-how = Las reglas son fijas y están publicadas. Nadie escribe una certeza a mano.
certainty-rules = Las reglas
certainty-caption = Desde donde empieza el diseño, hacia abajo por cada duda, nunca hacia arriba.
certainty-domain = Dominio
certainty-step = Paso
certainty-reason = Razón
grade-design = Diseño
grade-risk-of-bias = Riesgo de sesgo
grade-inconsistency = Inconsistencia
grade-indirectness = Evidencia indirecta
grade-imprecision = Imprecisión
grade-scale = Escala
grade-small-studies = Efecto de estudios pequeños
step-start = empieza en: { $level }
step-none = sin cambio
step-down = { $down ->
    [one] baja uno
   *[other] baja { $down }
 }
reason-all-randomised = En cada estudio el azar decidió quién recibía la práctica.
reason-weakest-design = El diseño más débil del conjunto es: { $design }.
reason-association = Una asociación, no un efecto: nunca empieza por encima de baja. Diseño más débil: { $design }.
reason-unverified = Los abandonos y las respuestas que faltan no están registrados, así que nada se califica por encima de moderada. { $share } del peso se apoya en números que no se comprobaron o que se dedujeron de un valor p o de un intervalo; más de un tercio cuesta un paso.
reason-one-study = Un solo estudio: no se puede ver si los lugares coinciden.
reason-spread = I² { $i2 } %, p de Q { $p }. Más del 50 % con p menor que 0,10 cuesta un paso.
reason-opposed = I² { $i2 } %, y hay estudios claramente a ambos lados de cero.
reason-places = { $studies ->
    [one] Un estudio
   *[other] { $studies } estudios
 } en { $countries ->
    [one] un país
   *[other] { $countries } países
 }. Un solo estudio o un solo país cuesta un paso.
reason-interval-sd = El intervalo es de { $range } SD, con { $people }. Una ganancia y una pérdida de más de 0,10 SD en un mismo intervalo, o menos de 400 personas, cuestan un paso; más de 0,20 SD con tan pocas o con un solo estudio, dos.
reason-interval-zero = El intervalo contiene el cero ({ $people }), y no se conoce ninguna SD para medirlo.
reason-interval-clear = El intervalo deja fuera el cero ({ $people }); no se conoce ninguna SD para medirlo.
reason-people = { $people } personas o filas
reason-people-none = un número de personas que no se indica
reason-scale-doubt = Las entradas de escala dudosa llevan { $share } del peso.
reason-scale-in-sd = Las entradas de escala dudosa llevan { $share } del peso; en SD una unidad equivocada no las altera.
reason-scale-sound = Ninguna entrada está lejos de las demás.
reason-egger = Prueba de Egger con { $k } estudios: p { $p }. Menos de 0,10 cuesta un paso.
reason-not-testable = No se puede probar con { $k ->
    [one] un estudio
   *[other] { $k } estudios
 }: la prueba necesita diez.

sensitivity-name = ¿Importa el método?
sensitivity-how = La tira se muestra siempre entera, para que nadie elija la fila que le conviene.
sensitivity-summary = { $all } análisis de los mismos estudios: { $above } por encima de cero, { $below } por debajo; { $clear ->
    [0] ningún intervalo deja fuera el cero
    [one] un intervalo deja fuera el cero
   *[other] { $clear } intervalos dejan fuera el cero
 }.
sensitivity-methods = Por método
sensitivity-without = Sin cada estudio, uno por vez
sensitivity-without-count = Sin cada uno de los { $k } estudios, uno por vez
sensitivity-analysis = Análisis
sensitivity-leave-out = Sin { $study }
method-ee = Efectos iguales
method-dl = DerSimonian–Laird
method-pm = Paule–Mandel
method-eb = Bayes empírico
method-ml = Máxima verosimilitud
method-reml = Máxima verosimilitud restringida
method-sj = Sidik–Jonkman
method-he = Hedges–Olkin
method-hs = Hunter–Schmidt
method-bayes = Bayes exacto
method-trim-fill = Trim and fill
trim-fill-missing = { $missing ->
    [0] no parece faltar ningún estudio
    [one] parece faltar un estudio
   *[other] parecen faltar { $missing } estudios
 }
interval-hk = Hartung–Knapp sin piso
interval-wald = Intervalo de Wald
interval-hk-floor = Hartung–Knapp con piso

small-studies-name = Estudios pequeños
small-studies-how = Si los ensayos pequeños con resultados poco llamativos no se publican, la parte inferior izquierda de este gráfico se vacía.
small-studies-few = Con { $k } estudios esto es una imagen, no una prueba: las pruebas de abajo necesitan diez para decir mucho.
small-studies-egger = Regresión de Egger: el efecto cambia en { $slope } por unidad de error estándar (p { $p }).
small-studies-pet-peese = Recta { $line }, elegida por regla: un estudio sin error de muestreo mostraría { $estimate } (error estándar { $std_error }).
small-studies-table = Los mismos números en una tabla
funnel-title = Estudios pequeños. { $title }
funnel-description = Cada estudio según su efecto y su error estándar; los estudios precisos están arriba.
funnel-average = Guiones: el efecto medio. Sombra: donde caería el 95 % de los estudios si los lugares no difirieran.
funnel-effect = efecto, { $unit }
funnel-error = error estándar

synthesis-studies = Los estudios
synthesis-studies-how = Fuente, diseño y tamaño de cada uno. Cada nombre lleva al hallazgo y a su fuente.
synthesis-studies-caption = Adopción: porcentaje que adoptó la práctica cuando se ofreció / cuando no. Estimaciones en la unidad propia de cada estudio.
clusters = Conglomerados
take-up = Adopción
synthesis-not-comparable = No comparables
synthesis-warnings = Lo que se dejó fuera o requiere cuidado ({ $count })
synthesis-filter = Agrupar una parte
synthesis-pool = Agrupar
synthesis-filter-how = Los filtros se cuentan y se imprimen en la página y en su cita. Elíjalos antes de mirar.

take-away = Para llevar
take-away-how = Todo lo que hay en esta página, en archivos. La dirección guarda los filtros.
take-away-findings = Hallazgos (CSV)
take-away-json = Síntesis (JSON)
take-away-forest = Gráfico de bosque (SVG)
take-away-address = Dirección permanente
synthesis-citation = whatworks. «{ $title }» { $k ->
    [one] 1 estudio
   *[other] { $k } estudios
 }, { $number }. Filtros: { $filters }. Evidencia versión { $version }, huella { $digest }. { $address }
accepted-once = un valor, pedido una sola vez

syntheses-title = Síntesis
syntheses-how = Cada contraste y resultado con al menos un hallazgo, agrupado en su escala por defecto.
syntheses-say = { $count } preguntas tienen al menos un hallazgo registrado.
syntheses-empty = Aún no hay ningún hallazgo registrado. Los hallazgos llegan firmados por instituciones, o vienen con la base de evidencia publicada.
syntheses-practice = Sobre esta práctica
column-synthesis-id = Identificador: práctica~comparación~resultado~efecto estimado
column-synthesis-k = Estudios agrupados
column-synthesis-measure = Escala de los números
column-synthesis-unit = Unidad de los números
column-synthesis-estimate = Efecto medio
column-synthesis-ci-low = Límite inferior del intervalo del 95 %
column-synthesis-ci-high = Límite superior del intervalo del 95 %
column-synthesis-pi-low = Límite inferior del intervalo de predicción del 95 %
column-synthesis-pi-high = Límite superior del intervalo de predicción del 95 %
column-synthesis-certainty = Certeza: high, moderate, low, very-low o not-rated
api-syntheses = Respuestas agrupadas; los filtros agrupan de nuevo
