# Les mots présents sur chaque page.

site-name = whatworks
skip = Aller à la réponse
language-name = Français
languages = Langues
page-in-english = Cette page n’existe qu’en anglais.

nav-label = Principal
nav-evidence = Preuves
nav-practices = Pratiques
nav-outcomes = Résultats
nav-studies = Études
nav-findings = Constats
nav-methods = Méthodes
nav-about = À propos

spine-label = La place de cette page, du constat à la recommandation
spine-findings = Constats
spine-synthesis = Synthèse
spine-claims = Affirmations
spine-question = Question
spine-guidance = Recommandations
spine-here = cette page
spine-none = aucune encore

foot-data = Preuves, version { $version }, empreinte { $digest }. Les effets sont calculés à partir d’études publiées ; chaque nombre renvoie au constat ou à la synthèse dont il vient.
foot-licence = Les faits sont libres d’usage ; les lignes tirées de Foster et al. 2025 sont sous CC BY 4.0.
foot-about = Licence, sources et façon de citer
foot-api = Description de l’API

certainty-not-rated = Non évaluée
certainty-very-low = Très faible
certainty-low = Faible
certainty-moderate = Modérée
certainty-high = Élevée

twins = Cette liste en fichier :
twins-csv = CSV
twins-json = JSON

pager-label = Pages de cette liste
pager-previous = Page précédente
pager-next = Page suivante
pager-here = Page { $page } sur { $pages }

catalogue-version = Catalogue, version { $version }.
practice = Pratique
syntheses-all = Toutes les synthèses
says = Ce qu’elle dit
says-lender = pour le prêteur
findings = Constats
samples = Échantillons
studies = Études
none-studied = aucune étude
finding = Constat
study = Étude
outcome = Résultat
country = Pays
design = Plan d’étude
unit = Unité
estimate = Estimation
estimate-interval = Estimation (intervalle à 95 %)
outcome-and-practice = Résultat et pratique
rows-used = Personnes ou lignes
control-mean = Sans la pratique
compared-with = Comparé à
better = Mieux pour les clients
usual-unit = Unité habituelle
synonyms = Autres noms
standard = Normes universelles
iris = Identifiant IRIS+
sdg = Objectifs de développement
identifier = Identifiant
none = aucun
not-stated = non précisé
yes = oui
no = non
year-published = Publication
paper = Article
countries-none = Pays non précisé

tally-primary = Dans un regroupement
tally-primary-under = constats qui entrent dans un regroupement
tally-findings = estimations d’un effet ou d’une association
tally-samples = ensembles de personnes
tally-studies = articles
tally-from = tirés de { $samples ->
    [one] { $samples } échantillon
   *[other] { $samples } échantillons
 } dans { $studies ->
    [one] { $studies } étude
   *[other] { $studies } études
 }

estimand-itt = Effet de l’offre (ITT)
estimand-att = Effet sur les personnes qui l’ont acceptée (ATT)
estimand-late = Effet sur les personnes que l’offre a décidées (LATE)
estimand-association = Association, sans prétendre à une cause
kind-benefit = Bienfait pour les clients
kind-harm = Tort causé aux clients
kind-lender = Concerne le prêteur
better-higher = Plus haut
better-lower = Plus bas
better-neither = Ni l’un ni l’autre en soi
direction-favourable = Vers un bienfait
direction-unfavourable = À l’opposé d’un bienfait
direction-none = Ni d’un côté ni de l’autre

tag-harm = TORT
tag-harm-outcome = résultat négatif
tag-harm-possible = tort possible
tag-scale = échelle ?
tag-not-primary = non regroupé
tag-unverified = non revérifié

number-to = à
number-in-hundred = sur 100
number-under = moins de
number-over = plus de
number-absent = inconnu
axis-of = ← { $low } · { $high } →
axis-ends = ← plus bas · plus haut →
date-long = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
 } { $year }
