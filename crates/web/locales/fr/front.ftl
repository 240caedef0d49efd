# La page d’accueil : réponse brève, carte des preuves, classement, ce qui manque.

front-title = Qu’est-ce qui marche pour les clients ?
front-description = Les effets des pratiques de la microfinance sur les clients, regroupés à partir d’études publiées, avec leur incertitude, leurs torts et leurs lacunes.
front-label = La réponse brève
front-pairs = { $filled } des { $pairs } couples de pratique et de domaine de résultats ont un constat utilisable. Pour { $empty }, aucune étude n’est au dossier.
front-chosen = Les réponses ci-dessous sont choisies par règle parmi les essais, où le hasard a décidé qui recevait la pratique : le plus de personnes ; le plus d’études ; le bienfait net le plus sûr ; le tort aux clients ou la perte des prêteurs la plus nette, avec l’autre face de la même pratique ; et ce que le secteur demande le plus, la dette.
front-say-most = Dans les essais, { $practice } a touché le plus de personnes. { $areas ->
    [one] Dans le seul domaine de la vie des clients qui a été mesuré, les essais montrent
   *[other] Sur { $areas } domaines de la vie des clients qui ont été mesurés, les essais montrent
 } { $clauses }.
front-say-better = un bien net dans { $count }
front-say-worse = un dommage net dans { $count }
front-say-little = peu ou pas de différence dans { $count }
front-say-open = pas encore de réponse dans { $count }
front-and = {" "}et{" "}
front-say-others = Parmi les { $others } autres pratiques mises à l’essai, { $clear ->
    [0] aucune ne montre encore de bienfait net.
    [one] une montre un bienfait net{ $mixed ->
        [0] {""}
       *[other] , accompagné d’un tort ou d’une perte
     }.
   *[other] { $clear } montrent un bienfait net{ $mixed ->
        [0] {""}
        [one] , dont une avec un tort ou une perte
       *[other] , dont { $mixed } avec un tort ou une perte
     }.
 }
front-say-unstudied = Pour { $unstudied } des { $total } choses que les institutions peuvent choisir de faire, personne ne nous a donné de constat.
front-say-empty = Personne ne peut le dire : aucun constat n’est au dossier. La carte ci-dessous énumère { $total } choses que les institutions peuvent choisir de faire, et chaque case en est vide.
front-empty-fill = Un constat remplit une case : une estimation avec son erreur type, tirée d’une étude qui a comparé des clients avec et sans une pratique. Chargez la base de preuves fournie, ou ajoutez votre propre tableau.
front-cannot-pool = Les constats au dossier ne peuvent pas être regroupés en l’état. On peut toujours les lire un à un.
front-squares = Ce qui a été étudié
front-squares-caption = De haut en bas : { $families } familles de pratiques. De gauche à droite : { $domains } domaines de résultats. Plein : un constat utilisable sur au moins une pratique. Hachuré : un tort aux clients a été trouvé. Petit : étudié, non évalué. Vide : aucune étude au dossier.
front-claims-caption = La réponse en quelques lignes
front-made = Regroupé à partir de { $findings } constats de { $studies } études, preuves version { $version }.
front-how-made = Comment une réponse est faite
front-nobody = Personne ne nous a donné d’étude sur la question : « { $family } » change-t-il « { $domain } » ?
front-no-evidence = aucune preuve
front-why-people = Le plus de personnes
front-why-studies = Le plus d’études
front-why-benefit = Le bienfait net le plus sûr
front-why-loss = Le tort ou la perte la plus nette, et son autre face
front-why-harm = Le tort le plus probable aux clients, pour une autre pratique
front-why-asked = Ce que le secteur demande le plus
front-certainty = certitude : { $certainty }
front-certainty-small = certitude : { $certainty }
front-against = Face à : { $comparator }.
front-chances = Mieux pour { $whom ->
    [lender] le prêteur
   *[other] les clients
 } { $better }, pire { $worse } sur 100.
front-studies = { $count ->
    [one] { $count } étude
   *[other] { $count } études
 }
front-points = points

front-clearly-better = nettement mieux
front-leans-better = penche vers le mieux
front-little = peu ou pas de différence
front-cannot-tell = on ne peut pas dire dans quel sens
front-leans-worse = penche vers le pire
front-clearly-worse = nettement pire
front-higher = plus haut, ni bien ni mal en soi
front-lower = plus bas, ni bien ni mal en soi
front-small = petit
front-medium = moyen
front-large = grand
front-no-size = taille non comparable
front-not-comparable = n/c
front-not-pooled = non regroupé
front-not-rated = non évalué
front-not-pooled-words = publié sous une forme qu’on ne peut pas regrouper ; certitude non évaluée
front-more = { $count ->
    [one] et { $count } autre synthèse
   *[other] et { $count } autres synthèses
 }

front-map = La carte des preuves
front-map-how = { $studied } pratiques sur { $total } ont un constat ; { $domains } domaines de résultats. Les tailles sont en écarts-types (SD) du groupe de comparaison, pour que les monnaies se comparent. Une case montre sa synthèse principale : d’abord les essais, puis le plus d’études, puis le plus de personnes.
front-map-method = Comment une case est faite
front-map-caption = Sens, taille, certitude et nombre d’études pour chaque pratique (de haut en bas) et chaque domaine de résultats (de gauche à droite). Choisissez une case pour voir ses études.
front-map-empty = Aucune pratique n’a encore de constat. Toutes sont énumérées ci-dessous.
front-map-csv = Cette carte en CSV
front-map-json = Cette carte en JSON
front-show-all = Montrer les { $total } pratiques en lignes, y compris les { $unstudied } vides
front-show-studied = Ne montrer que les { $studied } pratiques qui ont un constat
front-show-accepted = evidence ou all
front-no-study-of = Aucune étude sur :
front-no-study-of-any = Aucune étude sur aucun résultat :
front-tag-lender = prêteur
front-legend-better = nettement mieux pour les clients (pour le prêteur, dans ses propres résultats) : petit, moyen, grand (moins de 0,15, de 0,15 à 0,30, plus de 0,30 SD)
front-legend-worse = nettement pire
front-legend-leans = penche de ce côté : 80 sur 100 ou plus, mais l’intervalle à 95 % atteint zéro
front-legend-little = peu ou pas de différence : tout l’intervalle est à moins de 0,1 SD de zéro
front-legend-cannot-tell = étudié, et on ne peut toujours pas dire
front-legend-neither = plus haut ou plus bas, quand ni l’un ni l’autre n’est bon en soi
front-legend-no-size = non comparable : aucun SD n’est connu, donc aucune taille
front-legend-certainty = certitude, de très faible (une marque) à élevée (quatre).
front-certainty-method = Les règles
front-legend-more = synthèses de la même case, en plus de celle montrée
front-legend-harm = un tort aux clients, ou une perte du prêteur, dans une synthèse de la case
front-legend-scale = l’unité d’une étude est douteuse
front-legend-none = aucune étude au dossier
front-unstudied = { $count ->
    [one] { $count } pratique sans aucune étude au dossier
   *[other] { $count } pratiques sans aucune étude au dossier
 }

front-rank = Classées par valeur pour les clients
front-rank-how = La valeur d’une pratique est la somme pondérée de ses effets sur les clients, en SD. Un résultat que personne n’a étudié compte comme inconnu, jamais comme zéro. Les torts figurent à côté du rang et ne sont pas soustraits en cachette.
front-rank-method = Comment les rangs sont faits
front-rank-empty = Aucune pratique ne peut être classée : aucune n’a d’effets sur une part suffisante de ce qui est pesé.
front-rank-alone = Une seule pratique a assez de preuves pour être classée.
front-rank-apart = { $apart ->
    [0] Aucune pratique ne se distingue de la suivante : leurs plages se chevauchent.
   *[other] { $apart } des { $pairs } couples de voisines se distinguent ; les autres plages se chevauchent.
 }
front-rank-one = { $practice } dans { $count } tirages sur 100
front-rank-names = Le plus souvent parmi les trois premières : { $names }. Par le seul hasard, chacune y serait dans { $chance } tirages sur 100.
front-rank-caption = Rang attendu (point) parmi les { $count } pratiques qui peuvent être classées, avec la plage où il tombe 90 fois sur 100 (trait). { $equal ->
    [yes] Poids égaux.
   *[no] Poids donnés ci-dessous.
 }
front-rank-axis = Rang, 1 est le meilleur
front-rank-top3 = Parmi les 3 premières, sur 100
front-rank-best = Première, sur 100
front-rank-share = Poids qui repose sur des preuves
front-rank-words = rang attendu { $expected }, de { $low } à { $high }
front-rank-incomplete = Incomplet : un bienfait, un tort et un résultat du prêteur n’ont pas tous été étudiés.
front-not-ranked = Non classées
front-not-ranked-why = Moins de { $least } du poids repose sur des essais en unités comparables :
front-not-ranked-share = { $share } du poids
front-rank-without = { $count ->
    [0] Toutes les autres pratiques ont au moins un constat.
    [one] { $count } autre pratique n’a aucun constat.
   *[other] { $count } autres pratiques n’ont aucun constat.
 }
front-rank-not-comparable = Étudiées, mais sans essai sur un bienfait aux clients dont la taille puisse s’exprimer en SD :
front-weights = Qu’est-ce qui compte pour vos clients ?
front-weights-how = De 0 à 10 pour chaque domaine. Aucune enquête auprès de clients sur ces poids n’est encore au dossier : tous partent donc égaux. Les poids sont dans l’adresse de la page : partagez-la.
front-weights-unused = Non utilisé : { $weights }. Un poids est un nombre de 0 à 10 pour l’un des domaines ci-dessous, et l’un d’eux au moins dépasse 0.
front-rank-again = Classer à nouveau

front-missing = Ce qui manque
front-missing-how = L’absence de constat au dossier n’est pas l’absence d’effet.
front-missing-say = L’essentiel de ce que font les institutions n’a aucune étude au dossier. Chaque ligne nomme les domaines, de la vie des clients et des comptes du prêteur, où aucune étude d’aucune pratique de la famille n’a rien mesuré.
front-missing-caption = Familles de pratiques et domaines de résultats sans aucun constat
front-family = Famille
front-practices-studied = Pratiques étudiées
front-domains-missing = Domaines sans constat
front-of = { $count } sur { $total }
front-missing-all = des { $count } domaines n’a de constat
front-missing-none = chaque domaine a un constat
front-could-do = Ce qu’une institution pourrait faire
front-could-measure = Interroger les mêmes clients sur la dette, le stress, l’alimentation et leur part dans les décisions avant et après un changement, pas seulement sur le bénéfice et le remboursement.
front-could-compare = Quand une pratique est introduite par étapes, laisser le hasard décider quelle agence ou quel groupe commence : les autres font une comparaison équitable.
front-could-send = Envoyer l’estimation avec son erreur type, quel que soit son sens. Une absence de différence, ou un tort, remplit une case aussi bien qu’une réussite.

field-practice-name = Nom de la pratique.
field-cell-syntheses = Synthèses de la case ; 0 quand personne ne l’a étudiée.
field-cell-synthesis = Identifiant de la synthèse principale : pratique, comparaison, résultat, effet estimé.
field-cell-randomised = Si le hasard a décidé dans chaque étude regroupée.
field-cell-studies = Études regroupées dans la synthèse principale.
field-cell-people = Personnes qu’elles comptent ; vide quand aucune étude ne le dit.
field-cell-estimate = Effet moyen, dans l’unité.
field-cell-ci-low = Limite basse de son intervalle à 95 %.
field-cell-ci-high = Limite haute de son intervalle à 95 %.
field-cell-smd = Effet moyen en écarts-types du groupe de comparaison.
field-cell-reading = Ce qu’elle dit : clearly-better, leans-better, little-or-none, cannot-tell, leans-worse, clearly-worse, higher ou lower.
field-cell-size = small, medium ou large ; vide quand on ne peut pas comparer.
field-cell-certainty = high, moderate, low, very-low ou not-rated.
field-cell-chance-better = Probabilité que l’effet moyen soit un bienfait.
field-cell-chance-harm = Probabilité qu’il soit pire de plus de 0,05 SD (sans SD : qu’il soit pire, de si peu que ce soit).
field-cell-harms = Synthèses qui montrent un tort aux clients.
field-cell-lender-losses = Synthèses qui montrent une perte du prêteur.
field-cell-scale-doubts = Études de la synthèse principale dont l’unité est douteuse.
field-rank-ranked = Si une part suffisante du poids repose sur des preuves.
field-rank-value = Valeur moyenne pour les clients, SD.
field-rank-expected = Rang moyen, 1 est le meilleur.
field-rank-low = Quantile à 5 % du rang.
field-rank-high = Quantile à 95 % du rang.
field-rank-best = Probabilité du rang 1.
field-rank-top3 = Probabilité du rang 1, 2 ou 3.
field-rank-share = Part du poids qui repose sur des preuves, de 0 à 1.
field-rank-complete = Si un bienfait, un tort et un résultat du prêteur ont été étudiés.
