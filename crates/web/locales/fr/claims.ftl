# Les affirmations : des phrases que l’on pourrait citer, avec les synthèses qui les portent.

nav-claims = Affirmations
says-better = les clients s’en portent mieux
says-worse = les clients s’en portent moins bien
says-little = peu ou pas de différence
says-higher = plus haut
says-lower = plus bas
says-mixed = tantôt l’un, tantôt l’autre
says-open = personne ne peut encore le dire
claims-title = Affirmations
claims-description = Des phrases que l’on pourrait citer, chacune avec ses synthèses et ce que croient les membres.
claims-margin = Un rédacteur énonce une affirmation ; ses preuves sont revues à chaque changement des constats.
claims-say = { $count ->
    [0] Aucune affirmation n’a été énoncée.
    [one] Une affirmation a été énoncée.
   *[other] { $count } affirmations ont été énoncées.
 }
claims-list = Toutes les affirmations
claims-empty = Aucun rédacteur n’en a encore énoncé.
claims-front = Ce que disent les preuves d’elles-mêmes est en page d’accueil.
claims-syntheses = { $count ->
    [0] ne repose sur aucune synthèse
    [one] repose sur { $count } synthèse
   *[other] repose sur { $count } synthèses
 }
claims-state = Énoncer une affirmation
claim = Affirmation
claim-standing = Les preuves disent : { $says } ; certitude { $certainty }.
claim-divergent-why = Les membres qui ont voté et les études en dessous vont en sens différents. Ni les uns ni les autres ne sont changés.
claim-stated = Énoncée le
claim-reviewed = Preuves revues le
claim-rests-on = Ce sur quoi elle repose
claim-belief = Ce que croient les membres
claim-no-statement = Aucun énoncé d’une question ne la dit.
claim-changes = Changements des preuves
claim-no-change = Les preuves n’ont pas changé depuis qu’elle est énoncée.
claim-evidence-version = preuves, version { $version }
claim-watch = Me prévenir quand ses preuves changent
claim-watched = Vous êtes prévenu quand ses preuves changent.
claim-unwatch = Ne plus me prévenir
claim-edit = Changer ce qu’elle dit ou ce sur quoi elle repose
field-sentence = La phrase
field-asserts = Ce que dit la phrase : better, worse, little, higher, lower, mixed, open
field-evidence-says = Ce que disent les synthèses en dessous
field-certainty = not-rated, very-low, low, moderate ou high
field-divergent = Si croyance et preuves divergent
field-syntheses = Clés des synthèses sur lesquelles elle repose
field-stated-at = Quand elle a été énoncée, RFC 3339
field-reviewed-at = Quand ses preuves ont été revues, RFC 3339
claim-sentence = La phrase
claim-sentence-hint = Une phrase que l’on pourrait citer, 300 caractères au plus.
claim-asserts = Ce qu’elle dit des clients
claim-rests-on-hint = Les adresses de synthèses, une par ligne ; aucune si elle dit que personne ne l’a étudié.
claim-send = L’énoncer
claim-divergent = croyance et preuves divergent
