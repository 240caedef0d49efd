# Se connecter, devenir membre, et son propre compte.

sign-in-title = Se connecter
sign-in-description = Se connecter par un lien reçu par courriel, une clé d’accès ou un mot de passe.
sign-in-margin = Un lien par courriel suffit pour participer. Les rôles qui ont un pouvoir sur d’autres demandent une clé d’accès, ou un mot de passe avec un code à usage unique.
sign-in-say = Donnez votre adresse : nous vous envoyons un lien et un code, valables 10 minutes.
sign-in-address = Adresse électronique
sign-in-send = Envoyez-moi un lien
sign-in-otherwise = Autres moyens
sign-in-passkey = Utiliser une clé d’accès
sign-in-by-password = Utiliser un mot de passe
sign-in-join = Demander à devenir membre
sign-in-already = Vous êtes connecté sous le nom de { $name }.

sent-title = Regardez vos courriels
sent-description = Un lien de connexion a été envoyé, si l’adresse est celle d’un membre.
sent-say = Si l’adresse est celle d’un membre, un lien et un code à six chiffres sont en route. Tous deux sont valables 10 minutes.
sent-hint = Ouvrez le lien dans ce navigateur ; ou, si vos courriels sont sur un autre appareil, tapez le code ici.
sent-code = Code reçu par courriel
sent-sign-in = Se connecter
sent-again = Rien n’est arrivé ? Regardez parmi les indésirables, puis demandez de nouveau.

link-title = Encore un appui
link-description = Se connecter avec le lien reçu par courriel.
link-say = Des programmes qui vérifient les courriels suivent les liens d’eux-mêmes. Appuyez sur le bouton, pour que nous sachions que c’est vous.
link-press = Se connecter
link-code-title = Tapez ce code là où vous avez demandé le lien
link-code-say = Le lien a été demandé dans un autre navigateur. Tapez-y ce code, et vous y serez connecté :
link-code-warning = Ne le lisez jamais à personne. Si vous n’avez demandé aucun lien, fermez cette page : rien ne s’est passé.
link-bad-title = Ce lien ne fait entrer personne
link-bad-again = Demander un nouveau lien

password-title = Se connecter avec un mot de passe
password-description = Se connecter avec votre mot de passe, et un code à usage unique si vous en utilisez.
password-margin = Pour les membres qui ont un mot de passe. Un lien par courriel fonctionne toujours aussi.
password-password = Mot de passe
password-code = Code à usage unique ou code de secours
password-code-hint = Seulement si vous utilisez des codes à usage unique.
password-go = Se connecter

passkey-title = Utilisez votre clé d’accès
passkey-description = Se connecter avec une clé d’accès de cet appareil ou d’une clé à portée de main.
passkey-say = Votre appareil demande votre doigt, votre visage ou son code. Rien de cela ne le quitte.
passkey-press = Utiliser la clé d’accès
passkey-new-press = Créer la clé d’accès
passkey-no-script = Une clé d’accès demande JavaScript, que ce navigateur a désactivé. Un lien par courriel fonctionne sans.
passkey-failed = L’appareil n’a donné aucune clé d’accès. Réessayez, ou connectez-vous autrement.

sign-out = Se déconnecter

join-title = Demander à devenir membre
join-description = Demander à devenir membre de cette communauté.
join-margin = Un intendant lit chaque demande. Vous recevez un courriel quand c’est décidé.
join-say = Pour les personnes qui travaillent pour les clients de la microfinance : prêteurs, réseaux, bailleurs, chercheurs.
join-name = Nom
join-name-hint = Tel que les autres membres le verront.
join-note = Qui vous êtes, et ce qui vous amène
join-send = Envoyer la demande
join-sent-title = Merci
join-sent-say = Si cette adresse n’est pas encore connue ici, votre demande est chez les intendants. Dans tous les cas, regardez vos courriels.

invitation-title = Vous êtes invité
invitation-description = Accepter une invitation dans cette communauté.
invitation-say = Dites comment vous voulez être appelé, et vous êtes membre.
invitation-accept = Devenir membre
invitation-bad = Cette invitation n’est plus ouverte : elle a déjà été acceptée, elle a expiré, ou l’adresse a été coupée. La personne qui vous a invité peut en envoyer une autre.

consent-label = J’ai lu ce qui est conservé sur moi et pourquoi, et je suis d’accord.

account-label = Membres
account-none = aucun
account-title = Votre compte
account-description = Votre profil et la manière de vous joindre.
account-profile = Profil
account-profile-margin = Les autres membres voient votre nom, pays, organisation et profil. Personne ne voit votre adresse.
account-name = Nom
account-about = À propos de vous
account-language = Langue
account-time-zone = Fuseau horaire
account-time-zone-hint = Par exemple Africa/Nairobi ou America/Lima.
account-country = Pays
account-country-none = non dit
account-organisation = Organisation
account-organisation-none = aucune
account-delivery = Courriels sur les discussions
account-delivery-each = Chaque message
account-delivery-daily = Une fois par jour
account-delivery-weekly = Une fois par semaine
account-delivery-summary = Seulement les synthèses
account-delivery-none = Aucun
account-save = Enregistrer
account-saved = Enregistré.
account-to-sessions = Où vous êtes connecté
account-to-security = Clés d’accès, mot de passe et codes
account-to-data = Vos données : les emporter, ou être oublié
account-to-members = Membres
account-to-organisations = Organisations
account-address = Adresse
account-roles = Rôles

sessions-title = Où vous êtes connecté
sessions-description = Les navigateurs où vous êtes connecté, et comment mettre fin à une session.
sessions-margin = Une session se termine d’elle-même après 14 jours sans usage et après 90 jours ; avec un rôle de pouvoir, après 30 minutes et 12 heures.
sessions-device = Navigateur
sessions-begun = Commencée
sessions-seen = Dernier usage
sessions-strong = Second facteur
sessions-this = celle-ci
sessions-end = Terminer
sessions-end-others = Terminer toutes les autres
sessions-caption = Sessions, la dernière utilisée d’abord

security-title = Clés d’accès, mot de passe et codes
security-description = Comment vous prouvez qui vous êtes.
security-margin = Un lien par courriel vous connecte et ne donne aucun pouvoir sur d’autres. Une clé d’accès, ou un mot de passe avec un code à usage unique, en donne. Quand l’un d’eux est en place, un autre ne s’ajoute qu’après l’avoir présenté.
security-passkeys = Clés d’accès
security-passkeys-margin = Une clé d’accès est gardée par votre appareil ou par une clé à portée de main. Elle ne fonctionne que sur ce site : personne ne peut vous la soutirer.
security-passkeys-none = Vous n’avez aucune clé d’accès.
security-passkeys-caption = Vos clés d’accès
security-passkey-name = Nom de la clé d’accès
security-passkey-name-hint = Par exemple « mon téléphone ».
security-passkey-add = Ajouter une clé d’accès
security-passkey-made = Créée
security-passkey-used = Dernier usage
security-passkey-remove = Retirer
security-passkey-never = jamais
security-passkey-address = Les clés d’accès demandent https, ou l’adresse http://localhost ; ce site est à { $address }.
security-password = Mot de passe
security-password-margin = Inutile si vous utilisez des liens par courriel ou une clé d’accès.
security-password-has = Vous avez un mot de passe.
security-password-none = Vous n’avez pas de mot de passe.
security-password-new = Nouveau mot de passe
security-password-hint = Au moins { $least } caractères, mieux 15 ou plus. Tous les caractères ; inutile de le changer un jour, sauf si quelqu’un l’a vu.
security-password-set = Définir le mot de passe
security-password-remove = Retirer le mot de passe
security-codes = Codes à usage unique
security-codes-margin = Une application de votre téléphone montre six chiffres qui changent toutes les 30 secondes (TOTP, RFC 6238).
security-codes-has = Vous utilisez des codes à usage unique.
security-codes-none = Vous n’utilisez pas de codes à usage unique. Ils vont avec un mot de passe.
security-codes-begin = Mettre en place les codes à usage unique
security-codes-remove = Ne plus utiliser de codes à usage unique
security-recovery = Codes de secours
security-recovery-margin = Chacun sert une fois à la place d’un code à usage unique, pour le jour où le téléphone est perdu.
security-recovery-left = { $left ->
    [0] Il ne vous reste aucun code de secours.
    [one] Il vous reste 1 code de secours.
   *[other] Il vous reste { $left } codes de secours.
 }
security-recovery-make = Faire de nouveaux codes de secours
security-done = C’est fait. Vous recevez un courriel à ce sujet.

codes-title = Mettre en place les codes à usage unique
codes-description = Entrer un secret dans une application et le confirmer par un premier code.
codes-say = Entrez ce secret dans votre application, à la main ou par le lien, puis tapez le code qu’elle montre.
codes-secret = Secret
codes-link = L’ouvrir dans une application de cet appareil
codes-code = Code que l’application montre
codes-confirm = Confirmer

recovery-title = Vos codes de secours
recovery-description = Dix codes pour le jour où le téléphone est perdu.
recovery-say = Imprimez-les ou recopiez-les à la main, et gardez-les loin de vos appareils. Ils ne sont montrés que cette fois ; les anciens ne servent plus.
recovery-back = Je les ai gardés

factor-title = Présentez votre second facteur
factor-description = Une clé d’accès, ou un mot de passe avec un code à usage unique.
factor-margin = Il compte pour cette session ; pour ce qui est grave, il ne doit pas dater de plus de 10 minutes.
factor-say = Ce que vous avez demandé exige plus qu’un lien par courriel.
factor-none = Vous n’en avez pas encore. Ajoutez une clé d’accès, ou un mot de passe avec des codes à usage unique ; puis revenez.
factor-set-up = En mettre un en place
factor-password-title = Avec mot de passe et code
factor-code = Code à usage unique ou code de secours
factor-go = Présenter

data-title = Vos données
data-description = Emporter tout ce que vous avez donné, ou être oublié.
data-margin = Les deux sont votre droit, et gratuits.
data-out = Les emporter
data-out-say = Un fichier (JSON) avec votre profil, messages, énoncés, votes, sessions et consentements, tels qu’ils sont enregistrés.
data-out-press = Emporter mes données
data-erase = Être oublié
data-erase-margin = Cela ne peut pas être défait.
data-erase-say = Votre adresse, votre nom, votre profil, vos moyens de connexion et votre clé de vote sont effacés aussitôt. Ce que vous avez écrit reste sous « ancien membre », pour que les réponses des autres gardent leur sens ; vos votes restent comme des comptes que personne ne peut relier à vous. Dans une question encore ouverte, ils sont retirés.
data-erase-check = Oui, effacez-moi
data-erase-press = Effacer mon compte
data-erased-title = Vous êtes oublié ici
data-erased-say = Votre compte est effacé. Merci de ce que vous avez donné.

members-title = Membres
members-description = Membres, demandes et invitations.
members-margin = Vu seulement par les intendants.
members-requests = Demandes
members-requests-none = Personne n’attend.
members-requests-margin = Qui a demandé à devenir membre attend ici.
members-all = Tous les membres
members-all-margin = Par nom.
members-caption = Membres et ce qu’ils détiennent
members-status = État
members-joined = Depuis
members-accept = Accepter
members-decline = Refuser
members-invite = Inviter
members-invite-margin = L’invitation part par courriel et vaut 14 jours.
members-invite-role = Rôle
members-invite-send = Envoyer l’invitation
members-vouched = L’organisation se porte garante de ce membre
members-organisation-say = Un membre dont une organisation se porte garante est connu dès le début : ses messages ne sont pas lus d’abord.
members-organisation-save = Enregistrer
members-invited = Invitations pas encore acceptées
members-invited-margin = Une invitation retirée ne fonctionne plus.
members-invited-none = Aucune invitation n’attend.
members-withdraw = Retirer
members-status-requested = a demandé
members-status-active = actif
members-status-disabled = suspendu
members-status-erased = effacé
members-page-margin = Ce qui est fait ici est inscrit au registre des actes de pouvoir, et le membre reçoit un courriel.
members-roles = Rôles
members-roles-say = Un rôle de pouvoir n’est donné qu’à qui a une clé d’accès, ou un mot de passe avec des codes à usage unique.
members-role-give = Donner : { $role }
members-role-take = Reprendre : { $role }
members-access = Accès
members-disable = Suspendre
members-enable = Rétablir
members-disable-say = Un membre suspendu ne peut pas se connecter ; toutes ses sessions se terminent aussitôt. Ce qui a été écrit reste.
members-erase-say = Qui ne peut plus se connecter peut demander à un intendant d’être oublié.
members-note = Ce que dit la demande

role-member = membre
role-facilitator = animateur
role-editor = rédacteur
role-expert = expert
role-steward = intendant

organisations-title = Organisations
organisations-description = Organisations auxquelles les membres appartiennent.
organisations-margin = Tenues par les intendants.
organisations-none = Aucune organisation n’est encore inscrite.
organisations-caption = Organisations
organisations-name = Nom
organisations-kind = Genre
organisations-add = Ajouter une organisation
organisations-save = Ajouter
organisation-consortium-member = membre du consortium
organisation-institution = institution
organisation-network = réseau
organisation-donor = bailleur

consent-text = Votre adresse est conservée pour que vous puissiez vous connecter et recevoir des courriels, et n’est montrée qu’aux intendants. Votre nom, votre pays et votre profil sont montrés aux membres avec ce que vous écrivez. Vous pouvez à tout moment tout emporter, le changer, ou être oublié.
first-title = Le premier intendant
first-margin = Ce lien a été affiché là où le programme a été lancé. Il sert jusqu’à ce qu’il y ait un intendant.
first-say = Dites qui vous êtes. Vous devenez membre et premier intendant ; mettez ensuite en place un second facteur, sans lequel un intendant ne peut rien faire.
first-go = Devenir le premier intendant
