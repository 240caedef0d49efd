# Las palabras que están en todas las páginas.

site-name = whatworks
skip = Ir a la respuesta
language-name = Español
languages = Idiomas
page-in-english = Esta página solo existe en inglés.

nav-label = Principal
nav-evidence = Evidencia
nav-practices = Prácticas
nav-outcomes = Resultados
nav-studies = Estudios
nav-findings = Hallazgos
nav-methods = Métodos
nav-about = Acerca de

spine-label = El lugar de esta página: del hallazgo a la recomendación
spine-findings = Hallazgos
spine-synthesis = Síntesis
spine-claims = Afirmaciones
spine-question = Pregunta
spine-guidance = Recomendaciones
spine-here = esta página
spine-none = aún nada

foot-data = Evidencia, versión { $version }, huella { $digest }. Los efectos se calculan a partir de estudios publicados; cada número enlaza con el hallazgo o la síntesis de donde viene.
foot-licence = Los hechos son de uso libre; las filas tomadas de Foster et al. 2025 están bajo CC BY 4.0.
foot-about = Licencia, fuentes y cómo citar
foot-api = Descripción de la API

certainty-not-rated = Sin calificar
certainty-very-low = Muy baja
certainty-low = Baja
certainty-moderate = Moderada
certainty-high = Alta

twins = Esta lista como archivo:
twins-csv = CSV
twins-json = JSON

pager-label = Páginas de esta lista
pager-previous = Página anterior
pager-next = Página siguiente
pager-here = Página { $page } de { $pages }

catalogue-version = Catálogo, versión { $version }.
practice = Práctica
syntheses-all = Todas las síntesis
says = Lo que dice
says-lender = para la entidad
findings = Hallazgos
samples = Muestras
studies = Estudios
none-studied = ningún estudio
finding = Hallazgo
study = Estudio
outcome = Resultado
country = País
design = Diseño
unit = Unidad
estimate = Estimación
estimate-interval = Estimación (intervalo del 95 %)
outcome-and-practice = Resultado y práctica
rows-used = Personas o filas
control-mean = Sin la práctica
compared-with = En comparación con
better = Mejor para los clientes
usual-unit = Unidad habitual
synonyms = Otros nombres
standard = Estándares Universales
iris = Id. de IRIS+
sdg = Objetivos de Desarrollo
identifier = Identificador
none = ninguno
not-stated = no consta
yes = sí
no = no
year-published = Publicación
paper = Artículo
countries-none = País no indicado

tally-primary = En un conjunto
tally-primary-under = hallazgos que entran en un conjunto
tally-findings = estimaciones de un efecto o de una asociación
tally-samples = grupos de personas
tally-studies = artículos
tally-from = de { $samples ->
    [one] 1 muestra
   *[other] { $samples } muestras
 } en { $studies ->
    [one] 1 estudio
   *[other] { $studies } estudios
 }

estimand-itt = Efecto de la oferta (ITT)
estimand-att = Efecto en quienes la aceptaron (ATT)
estimand-late = Efecto en quienes se decidieron por la oferta (LATE)
estimand-association = Asociación, sin afirmar una causa
kind-benefit = Beneficio para los clientes
kind-harm = Daño a los clientes
kind-lender = Concierne a la entidad
better-higher = Más alto
better-lower = Más bajo
better-neither = Ni lo uno ni lo otro en sí
direction-favourable = Hacia un beneficio
direction-unfavourable = En contra de un beneficio
direction-none = Ni hacia un lado ni hacia el otro

tag-harm = DAÑO
tag-harm-outcome = resultado de daño
tag-harm-possible = posible daño
tag-scale = ¿escala?
tag-not-primary = no agrupado
tag-unverified = no comprobado

number-to = a
number-in-hundred = de cada 100
number-under = menos de
number-over = más de
number-absent = no se sabe
axis-of = ← { $low } · { $high } →
axis-ends = ← más bajo · más alto →
date-long = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
 } de { $year }
