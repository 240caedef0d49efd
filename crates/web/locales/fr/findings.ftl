# Les constats.

findings-label = Une estimation chacun
findings-how = Estimation et intervalle à 95 % (± 1,96 erreur type) dans l’unité et avec le signe de la source. Un nombre plus élevé n’est pas toujours meilleur : voyez le résultat.
findings-tags = « non regroupé » : une autre estimation des mêmes personnes le représente. « échelle ? » : son unité est douteuse. « non revérifié » : ni recalculé, ni lu dans la source.
findings-title = Constats
findings-description = Toutes les estimations de la base de preuves, avec leur intervalle, leur unité, leur échantillon et leur source ; filtrez par pratique, résultat, pays et plan d’étude.
findings-say = { $count ->
    [0] Aucun constat ne passe ces filtres.
    [one] Un constat sur { $total }.
   *[other] { $count } constats, sur { $total } dans la base de preuves.
 }
findings-empty = Aucun constat ne réunit tout cela. Retirez un filtre.
findings-caption = { $count ->
    [one] Un constat. Son nom mène à sa page.
   *[other] { $count } constats. Chaque nom mène à la page du constat.
 }
findings-caption-range = Constats { $from } à { $to } sur { $count }. Chaque nom mène à la page du constat.
findings-all = Les { $count } constats de cette liste
filters-in-force = Filtres en vigueur
filter-remove = retirer
filter-any = tous
filter-submit = Afficher
filter-primary = Entre dans un regroupement
accepted-practices = un identifiant de la liste des pratiques
accepted-outcomes = un identifiant de la liste des résultats
accepted-studies = un identifiant de la liste des études
accepted-designs = l’identifiant d’un plan d’étude du catalogue
accepted-countries = un code ISO 3166 de deux lettres majuscules
accepted-yes-no = yes, no
accepted-pages = un nombre entier de 1 à { $pages }

finding-title = { $practice } : { $outcome }, { $study }
finding-name = { $practice } : { $outcome }
finding-description = Une estimation tirée de { $study } : { $practice } et { $outcome }, avec son intervalle, sa source et tous ses champs.
finding-contrast = Comparé à : { $comparator }. { $estimand }.
finding-interval = intervalle à 95 % de { $range }
finding-control-sd = moyenne du groupe de comparaison, écart-type { $sd }
finding-clusters = en { $clusters } grappes
finding-no-clusters = erreur type sans grappes
finding-direction = Son signe
finding-direction-under = vu du client ; ne dit pas à quel point c’est sûr
finding-chart = L’estimation et son intervalle à 95 %, { $unit }. Le trait vertical est l’absence de différence.
finding-synthesis = La synthèse à laquelle il appartient
finding-pool-size = { $count ->
    [one] { $count } constat
   *[other] { $count } constats
 }
finding-json = Ce constat en JSON
finding-doubts = Avant de l’utiliser
finding-doubts-how = Ce que les responsables savent contre ce nombre, ou à côté de lui.
doubt-scale = Son échelle est douteuse
doubt-scale-why = La moyenne, la dispersion ou l’erreur type sont loin de ce que la même chose vaut ailleurs : sans doute une erreur d’unité ou de période dans la source. Il n’est jamais regroupé dans sa propre unité, seulement en écarts-types, où l’erreur s’annule.
doubt-not-primary = Il n’est compté dans aucun regroupement
doubt-not-primary-twin = Une autre estimation sur les mêmes personnes les représente déjà ; compter aussi celle-ci les compterait deux fois.
doubt-not-primary-subgroup = Il porte sur une partie ou un bras d’un échantillon qui est déjà compté en entier.
doubt-not-primary-instead = Le constat compté à sa place
doubt-unverified = Personne ici ne l’a revérifié
doubt-unverified-why = Les responsables n’ont ni recalculé le nombre à partir de données, ni lu celui-ci dans la source, ou bien son unité ou son erreur type a dû être déduite.
doubt-unverified-signed = L’institution l’a calculé à partir des dossiers de ses propres clients, qui ne la quittent jamais. La signature dit qui répond du nombre, non qu’il est juste.
finding-note = Note des responsables
finding-note-signed = Note de l’institution
finding-source = Source
finding-source-how = Où le nombre se trouve et comment il a été vérifié.
number-stands = Le nombre se trouve dans
obtained = Comment il a été obtenu
checked = Vérification
checked-yes = Recalculé, ou lu dans la source, par les responsables
checked-no = Non revérifié, ou déduit
source-published-table = Recopié d’un tableau publié
source-authors-data = Recalculé à partir des données des auteurs
source-reanalysis = Tiré d’une réanalyse publique
source-derived = Déduit d’un intervalle ou d’une valeur p publiés
source-client-records = Calculé par l’institution à partir des dossiers de ses clients
signature = Signature
signature-how = Qui répond de ce nombre. Une signature dit que personne ne l’a modifié en route, non qu’il est juste.
signature-none = Non signé : les responsables de ce site l’ont saisi depuis la source ci-dessus.
signature-valid = Signature valable de { $institution } (clé ajoutée le { $added }).
signature-revoked = Clé révoquée : signé par { $institution } avec une clé révoquée le { $revoked }. Quand le paquet a été reçu, le { $received }, la clé était encore reconnue.
signature-expired = Expiré : { $institution } l’a signé comme valable jusqu’au { $until }. La signature elle-même concorde toujours.
signature-institution = Institution
signature-key = Clé
signature-content = Identifiant du contenu (SHA-256)
signature-issued = Émis, selon lui-même
signature-received = Reçu ici
signature-until = Valable jusqu’au
signature-packet = Le paquet signé, à vérifier vous-même
retracted-title = Ne compte plus : { $practice } : { $outcome }, { $study }
retracted-withdrawn = Retiré le { $date } : ce constat ne compte plus dans aucune synthèse.
retracted-superseded = Remplacé le { $date } : un autre constat tient la place de celui-ci.
retracted-reason = Raison donnée :
retracted-instead = Le constat qui tient sa place
finding-fields = Tous les champs
finding-fields-how = Comme dans les fichiers CSV et JSON, sans arrondi.
finding-fields-caption = Tous les champs de ce constat et le sens de chacun.
finding-field = Champ
