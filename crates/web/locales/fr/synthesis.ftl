# Une synthèse : la réponse regroupée, ses doutes, ses fichiers.

synthesis-title = { $practice } : quel effet sur { $outcome } ?
synthesis-title-association = { $practice } : quel lien avec { $outcome } ?
synthesis-answer = La réponse
synthesis-answer-how = { $k ->
    [0] Aucune étude
    [one] { $k } étude
   *[other] { $k } études
 }{ $k ->
    [0] {""}
   *[other] , { $people }, { $countries } pays
 }. Preuves version { $version }, empreinte { $digest }.
synthesis-people-none = nombre de personnes non précisé
synthesis-people-all = { $people } personnes ou lignes
synthesis-people-some = au moins { $people } personnes ou lignes (précisé par { $stated } sur { $k })
synthesis-no-match = Aucune étude au dossier ne passe ces filtres.
synthesis-no-match-how = Retirez un filtre pour regrouper à nouveau.
synthesis-contrast = { $practice }, face à : { $comparator }. { $estimand }.
synthesis-is-harm = Ce résultat est un tort aux clients : une hausse est pire.
synthesis-nothing = Aucune étude à ce sujet ne peut être regroupée à cette échelle. Une étude avec une estimation, son erreur type, la moyenne et l’écart-type du groupe de comparaison remplirait cette page.
synthesis-unit-caption = Unité : { $unit }. Zéro veut dire aucune différence entre ceux qui ont la pratique et ceux qui ne l’ont pas.
synthesis-tried = Vous avez essayé { $count } façons de filtrer depuis votre arrivée. Avec assez de façons, l’une d’elles aura bonne mine par hasard.
synthesis-tried-most = { $count } ou plus
synthesis-forking = Pourquoi cela compte

filter-from = Publié depuis
filter-measure = Échelle
filter-measure-any = choisie par règle
filter-without = Écarter
measure-native = unité d’origine
measure-smd = écarts-types (SD)
measure-percent = pourcentage de la moyenne de comparaison
measure-log-ratio = logarithme du rapport des moyennes

unit-smd = écarts-types du groupe de comparaison (SD)
unit-sd-short = SD
unit-points = points de pourcentage
unit-points-short = points
unit-percent = pourcentage de la moyenne du groupe de comparaison
unit-log-ratio = logarithme du rapport des moyennes
unit-none = l’unité des études
unit-of-year = { $unit }, prix de { $year }

fact-average = Effet moyen
fact-average-under = intervalle à 95 % de { $range }
fact-new = Dans une nouvelle institution
fact-new-none = il faut trois études
fact-new-under = intervalle de prédiction à 95 %
fact-control-under = moyenne des groupes de comparaison, de la plus basse à la plus haute
fact-control-one = moyenne du groupe de comparaison
fact-control-without = ; sans { $studies } (échelle douteuse)
fact-certainty = Certitude
fact-certainty-under = raisons ci-dessous

row-average = effet moyen
row-new = dans une nouvelle institution
chance-average = En moyenne
chance-new = Dans une nouvelle institution
chance-worse = pire
chance-better = mieux
chance-worse-lender = pire pour le prêteur
chance-better-lender = mieux pour le prêteur
chance-one-study = Une seule étude : on ne connaît que son propre intervalle. On ne peut pas en apprendre ce que verraient d’autres lieux.
chance-lower = plus bas
chance-higher = plus haut
chance-how = Chances tirées de la loi a posteriori exacte ; loi a priori { $prior }.
how-made = Comment c’est fait

doubt = Un nombre à mettre en doute
doubt-how = Trouvé par le contrôle des échelles, avant le regroupement. Il ne retire rien.
doubt-title = { $study } : l’échelle ne s’accorde pas avec les autres
doubt-std-error = Son erreur type est { $value } ; la médiane des autres est { $median } : un écart d’un facteur { $times }. Une petite erreur achète un grand poids dans un regroupement.
doubt-control-sd = L’écart-type de son groupe de comparaison est { $value } ; la médiane des autres est { $median } : un écart d’un facteur { $times }.
doubt-control-mean = La moyenne de son groupe de comparaison est { $value } ; la médiane des autres est { $median } : un écart d’un facteur { $times }.
doubt-large-t = Son estimation est à { $value } erreurs types de zéro : c’est rare dans ce domaine, et courant quand une erreur type est dans une autre unité.
doubt-declared = La personne qui a saisi le constat doute aussi de son échelle.
doubt-caption = La même question, avec et sans. Chaque nom est un lien qui regroupe à nouveau.
doubt-pool = Regroupement
doubt-with = Toutes, dans leur propre unité
doubt-without = Sans les entrées douteuses
doubt-in-sd = Toutes, en SD : une erreur d’unité n’y change rien
doubt-studies = { $k ->
    [one] { $k } étude
   *[other] { $k } études
 }

forest-name = { $k ->
    [one] L’étude
   *[other] Les { $k } études
 }
forest-spread = Entre les lieux : τ { $tau }, I² { $i2 } %, Q { $q } (p { $p }).
forest-how = REML, Hartung–Knapp avec plancher.
forest-how-one = Une étude : son estimation ± 1,96 erreur type (intervalle normal).
forest-caption = Unité : { $unit }. Carré : l’étude, sa surface est son poids. Trait : intervalle à 95 %. Anneau : la même étude après emprunt d’information aux autres.
forest-caption-one = Unité : { $unit }. Carré : l’étude. Trait : intervalle à 95 %.
forest-shrunken = Resserrée
forest-weight = Poids
forest-average = Effet moyen, { $k ->
    [one] { $k } étude
   *[other] { $k } études
 }
forest-new = Dans une nouvelle institution

certainty-name = À quel point c’est sûr, et pourquoi
certainty-how = Les règles sont fixes et publiées. Personne ne saisit une certitude à la main.
certainty-rules = Les règles
certainty-caption = Partir du niveau du plan d’étude, descendre pour chaque doute, ne jamais monter.
certainty-domain = Domaine
certainty-step = Pas
certainty-reason = Raison
grade-design = Plan d’étude
grade-risk-of-bias = Risque de biais
grade-inconsistency = Hétérogénéité
grade-indirectness = Caractère indirect
grade-imprecision = Imprécision
grade-scale = Échelle
grade-small-studies = Effet des petites études
step-start = départ : { $level }
step-none = pas de changement
step-down = { $down ->
    [one] un niveau de moins
   *[other] { $down } niveaux de moins
 }
reason-all-randomised = Chaque étude a laissé le hasard décider qui recevait la pratique.
reason-weakest-design = Le plan d’étude le plus faible du regroupement est : { $design }.
reason-association = Une association, pas un effet : elle ne part jamais au-dessus de faible. Plan le plus faible : { $design }.
reason-unverified = Les départs et les réponses manquantes ne sont pas au dossier : rien n’est donc évalué au-dessus de modérée. { $share } du poids repose sur des nombres qui n’ont pas été revérifiés ou qui ont été déduits d’une valeur p ou d’un intervalle ; plus d’un tiers coûte un niveau.
reason-one-study = Une seule étude : on ne peut pas voir si les lieux s’accordent.
reason-spread = I² { $i2 } %, p de Q { $p }. Plus de 50 % avec p sous 0,10 coûte un niveau.
reason-opposed = I² { $i2 } %, et des études sont nettement d’un côté et de l’autre de zéro.
reason-places = { $studies ->
    [one] Une étude
   *[other] { $studies } études
 } dans { $countries ->
    [one] un pays
   *[other] { $countries } pays
 }. Une seule étude ou un seul pays coûte un niveau.
reason-interval-sd = L’intervalle est de { $range } SD, d’après { $people }. Un gain et une perte de plus de 0,10 SD dans le même intervalle, ou moins de 400 personnes, coûtent un niveau ; plus de 0,20 SD avec aussi peu de personnes ou une seule étude, deux.
reason-interval-zero = L’intervalle contient zéro ({ $people }), et aucun SD n’est connu pour le mesurer.
reason-interval-clear = L’intervalle exclut zéro ({ $people }) ; aucun SD n’est connu pour le mesurer.
reason-people = { $people } personnes ou lignes
reason-people-none = un nombre de personnes non précisé
reason-scale-doubt = Des entrées d’échelle douteuse portent { $share } du poids.
reason-scale-in-sd = Des entrées d’échelle douteuse portent { $share } du poids ; en SD, une erreur d’unité n’y change rien.
reason-scale-sound = Aucune entrée n’est loin des autres.
reason-egger = Test d’Egger sur { $k } études : p { $p }. Sous 0,10, il coûte un niveau.
reason-not-testable = Impossible à tester avec { $k ->
    [one] une étude
   *[other] { $k } études
 } : le test en demande dix.

sensitivity-name = La méthode compte-t-elle ?
sensitivity-how = La bande est toujours montrée en entier, pour que personne ne choisisse la ligne qui l’arrange.
sensitivity-summary = { $all } analyses des mêmes études : { $above } au-dessus de zéro, { $below } au-dessous ; { $clear ->
    [0] aucun intervalle n’exclut zéro
    [one] un intervalle exclut zéro
   *[other] { $clear } intervalles excluent zéro
 }.
sensitivity-methods = Par méthode
sensitivity-without = Sans chaque étude à tour de rôle
sensitivity-without-count = Sans chacune des { $k } études à tour de rôle
sensitivity-analysis = Analyse
sensitivity-leave-out = Sans { $study }
method-ee = Effets égaux
method-dl = DerSimonian–Laird
method-pm = Paule–Mandel
method-eb = Bayes empirique
method-ml = Maximum de vraisemblance
method-reml = Maximum de vraisemblance restreint
method-sj = Sidik–Jonkman
method-he = Hedges–Olkin
method-hs = Hunter–Schmidt
method-bayes = Bayes exact
method-trim-fill = Trim and fill
trim-fill-missing = { $missing ->
    [0] aucune étude ne semble manquer
    [one] une étude semble manquer
   *[other] { $missing } études semblent manquer
 }
interval-hk = Hartung–Knapp sans plancher
interval-wald = Intervalle de Wald
interval-hk-floor = Hartung–Knapp avec plancher

small-studies-name = Petites études
small-studies-how = Si de petits essais aux résultats ternes ne sont pas publiés, le bas à gauche de ce graphique se vide.
small-studies-few = Avec { $k } études, c’est une image, pas un test : les tests ci-dessous en demandent dix pour dire grand-chose.
small-studies-egger = Régression d’Egger : l’effet change de { $slope } par unité d’erreur type (p { $p }).
small-studies-pet-peese = Droite { $line }, choisie par règle : une étude sans erreur d’échantillonnage montrerait { $estimate } (erreur type { $std_error }).
small-studies-table = Les mêmes nombres en tableau
funnel-title = Petites études. { $title }
funnel-description = Chaque étude selon son effet et son erreur type ; les études précises sont en haut.
funnel-average = Tirets : l’effet moyen. Ombre : là où tomberaient 95 % des études si les lieux ne différaient pas.
funnel-effect = effet, { $unit }
funnel-error = erreur type

synthesis-studies = Les études
synthesis-studies-how = Source, plan et taille de chacune. Chaque nom mène au constat et à sa source.
synthesis-studies-caption = Adoption : pourcentage des personnes qui ont adopté la pratique quand elle était offerte / quand elle ne l’était pas. Estimations dans l’unité propre à chaque étude.
clusters = Grappes
take-up = Adoption
synthesis-not-comparable = Non comparables
synthesis-warnings = Ce qui a été laissé de côté ou demande de la prudence ({ $count })
synthesis-filter = Regrouper une partie
synthesis-pool = Regrouper
synthesis-filter-how = Les filtres sont comptés et imprimés sur la page et dans sa citation. Choisissez-les avant de regarder.

take-away = À emporter
take-away-how = Tout ce que contient cette page, en fichiers. L’adresse garde les filtres.
take-away-findings = Constats (CSV)
take-away-json = Synthèse (JSON)
take-away-forest = Graphique en forêt (SVG)
take-away-address = Adresse durable
synthesis-citation = whatworks. « { $title } » { $k ->
    [one] { $k } étude
   *[other] { $k } études
 }, { $number }. Filtres : { $filters }. Preuves version { $version }, empreinte { $digest }. { $address }
accepted-once = une valeur, demandée une seule fois

syntheses-title = Synthèses
syntheses-how = Chaque contraste et chaque résultat qui a au moins un constat, regroupé à son échelle par défaut.
syntheses-say = { $count } questions ont au moins un constat au dossier.
syntheses-empty = Aucun constat n’est encore au dossier. Les constats arrivent signés par des institutions, ou avec la base de preuves publiée.
syntheses-practice = Sur cette pratique
column-synthesis-id = Identifiant : pratique~comparaison~résultat~effet estimé
column-synthesis-k = Études regroupées
column-synthesis-measure = Échelle des nombres
column-synthesis-unit = Unité des nombres
column-synthesis-estimate = Effet moyen
column-synthesis-ci-low = Limite basse de l’intervalle à 95 %
column-synthesis-ci-high = Limite haute de l’intervalle à 95 %
column-synthesis-pi-low = Limite basse de l’intervalle de prédiction à 95 %
column-synthesis-pi-high = Limite haute de l’intervalle de prédiction à 95 %
column-synthesis-certainty = Certitude : high, moderate, low, very-low ou not-rated
api-syntheses = Réponses regroupées ; des filtres regroupent à nouveau
