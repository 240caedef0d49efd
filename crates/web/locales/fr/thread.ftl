# Le fil et les votes d’une question : messages, énoncés, bulletins, objections.

vote = Voter
vote-agree = D’accord
vote-disagree = Pas d’accord
vote-pass = Passer
vote-because = parce que
vote-only-if-pass = (si vous passez)
vote-unclear = ce n’est pas clair
vote-no-view = je n’ai pas d’avis
vote-not-my-field = pas mon domaine
vote-pass-because = Passer ({ $reason })
vote-unseen = { $count ->
    [0] Vous avez voté sur chaque énoncé.
    [one] Il reste un énoncé sans votre vote.
   *[other] Il reste { $count } énoncés sans votre vote.
 }
vote-secret = Seuls des totaux sont montrés : personne ne voit votre vote, pas même les facilitateurs. Le dernier vote compte.
vote-all-statements = Tous les énoncés avec leurs votes
vote-send = { $count ->
    [one] Voter
   *[other] Envoyer ces votes
 }
vote-receipt = { $count ->
    [one] Votre vote compte :
   *[other] Vos votes comptent :
 }
vote-done = Vous avez voté sur tous les énoncés ouverts. D’autres peuvent encore venir.
vote-none = Aucun énoncé n’est encore ouvert au vote. Proposez-en un plus bas.
vote-change = { $count ->
    [one] Voir ou changer votre vote
   *[other] Voir ou changer vos { $count } votes
 }
vote-closed = Le vote est clos.
vote-visitor = { $count ->
    [one] Les membres votent sur un énoncé.
   *[other] Les membres votent sur { $count } énoncés.
 }
vote-sign-in = Se connecter pour voter
votes-title = Vos votes
votes-say = Changez ce que vous voulez et envoyez la page : le dernier vote compte. Vous seul voyez cette page.
statement = Énoncé
statements = Énoncés
statements-how = Chaque réponse est une exposition : ce qui est montré à plus de gens reçoit plus de votes.
statements-say = Chaque énoncé de cette question avec ses votes. Une formulation n’est jamais changée après un vote : une autre la remplace.
statements-caption = Énoncés, dans l’ordre d’arrivée. « Passer » vaut pour toutes les raisons.
statements-empty = Aucun énoncé n’est encore ouvert au vote.
statement-exposures = Expositions
statement-held = attend un facilitateur
statement-shown = ouvert au vote
statement-out = retiré
statement-replaced = remplacé
statement-now = Désormais l’énoncé { $number }.
statement-before = Remplace l’énoncé { $number }.
statement-propose = Proposer un énoncé
statement-yours = Votre énoncé
statement-hint = Une seule idée, avec laquelle on peut être d’accord ou non, { $most } caractères au plus, en toute langue. On ne vote pas pour vous sur le vôtre.
statement-send = Proposer
statement-sent-shown = Votre énoncé est ouvert au vote.
statement-sent-held = Votre énoncé attend un facilitateur.
statement-meant = C’est une seule idée, telle quelle
language-written = Langue dans laquelle c’est écrit
language-other = une autre langue
thread = Fil
thread-posts = { $count ->
    [one] { $count } message.
   *[other] { $count } messages.
 }
thread-times = Heures en temps universel (UTC).
thread-as-tree = Dans l’ordre
thread-newest = Les plus récents d’abord
thread-unanswered = Sans réponse depuis un jour
thread-next = Lire la suite
thread-visitor = { $posts ->
    [0] Personne n’a encore écrit.
    [one] Un message a été écrit. Les membres le lisent avec le nom de son auteur.
   *[other] { $posts } messages de { $countries ->
        [one] { $countries } pays
       *[other] { $countries } pays
     }. Les membres les lisent avec le nom de leurs auteurs.
 }
thread-sign-in = Se connecter pour lire et écrire
thread-empty = Personne n’a encore écrit.
author-former = Ancien membre
trust-facilitator = facilitateur
trust-appointed = expert
post-by-mail = par courriel
post-edited = modifié
post-answers = répond à p{ $number }
post-link = p{ $number } : message { $number }
post-answer = répondre
post-answer-name = Répondre
post-held = Attend un facilitateur ; vous seul le voyez.
post-rejected = Non montré :
post-removed = Retiré :
post-late = La discussion est close. Ce que vous écrivez maintenant attend un facilitateur.
post-closed = Le fil est clos.
post-yours = Écrire un message
post-your-answer = Votre réponse
post-hint = En toute langue ; une idée par message se lit mieux. Les membres voient votre nom et votre pays.
post-send = Publier
post-title = Message { $number }
post-in-thread = Dans son fil
post-answers-this = Il répond à :
post-answers-many = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
 }
post-history = Historique
post-history-how = Ce qui a été ôté est barré, ce qui a été ajouté est souligné.
post-first-wording = Première formulation
post-change = Modifier
post-change-how = Un message peut être modifié pendant 24 heures. Chaque formulation reste dans l’historique.
post-change-label = Le message
post-change-send = Le modifier
post-withdraw = Retirer ce message
post-withdraw-how = Sa place dans le fil reste, sans le texte.
flag = Signaler
flag-how = Dit aux facilitateurs que ce message enfreint une règle. Ils décident ; l’auteur n’apprend pas qui l’a signalé.
flag-reason = Raison
flag-words = Avec vos mots
flag-send = Le signaler
flag-done = Vous avez signalé ce message. Les facilitateurs décident.
appeal = Contester
appeal-how = Un intendant qui n’a pas décidé lit votre objection et y répond.
appeal-label = Pourquoi la décision est mauvaise
appeal-send = Contester
appeal-waits = Votre objection attend un intendant.
appeal-upheld = Retenue : la décision a été annulée.
appeal-dismissed = Rejetée : la décision demeure.
house-rules = Règles de la maison
reason-fine = Rien ne s’y oppose
reason-off-topic = Hors de la question
reason-insult = Contre une personne, non un point
reason-personal-data = Révèle ce qui appartient à autrui
reason-promotion = Promotion d’un produit ou d’une institution
reason-no-source = Énonce un fait sans sa source
reason-duplicate = Déjà dit
reason-two-ideas = Contient deux idées
reason-unclear = Ne se comprend pas d’une seule façon
reason-withdrawn = Repris par son auteur
reason-other = Autre chose :
