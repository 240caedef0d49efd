# Ce qui ne va pas dans un formulaire envoyé, et comment le corriger ; selon le code du défaut.

fault-address = Ce n’est pas une adresse qu’un courriel pourrait atteindre. Elle ressemble à nom@example.org.
fault-address-taken = Cette adresse appartient déjà à un membre. Connectez-vous avec elle, ou invitez une autre adresse.
fault-name-missing = Il faut un nom.
fault-name-long = Le nom a plus de { $most } caractères.
fault-text-long = Le texte a plus de { $most } caractères.
fault-choice = Ce n’est aucun des choix.
fault-consent = Sans votre accord, rien ne peut être conservé sur vous : vous ne pouvez donc pas devenir membre.
fault-link-expired = Il était valable 10 minutes, et elles sont passées. Demandez-en un nouveau.
fault-link-used = Il a déjà servi. Chacun sert une fois. Demandez-en un nouveau.
fault-link-spent = Le code a été mal tapé trop de fois. Demandez un nouveau lien.
fault-link-unknown = Il n’est pas connu ici, ou ne l’est plus. Peut-être a-t-il été coupé en le copiant. Demandez-en un nouveau.
fault-link-elsewhere = Il a été demandé dans un autre navigateur : tapez-y le code.
fault-code-wrong = Ce n’est pas le code du dernier courriel. { $left ->
    [0] Demandez un nouveau lien.
    [one] Il reste un essai.
   *[other] Il reste { $left } essais.
 }
fault-one-time-wrong = Ce n’est pas le code valable maintenant, ou il a déjà servi. Attendez le suivant.
fault-code-wanted = Le mot de passe était juste. Tapez aussi le code à usage unique, ou un code de secours.
fault-password-wrong = L’adresse, le mot de passe ou le code est faux. Un lien par courriel fonctionne toujours.
fault-password-short = Le mot de passe a moins de { $least } caractères.
fault-password-long = Le mot de passe a plus de { $most } caractères.
fault-password-common = C’est l’un des mots de passe essayés en premier. Choisissez-en un autre.
fault-password-pattern = C’est un motif essayé en premier. Choisissez-en un autre.
fault-password-context = Il contient « { $word } », que n’importe qui essaierait. Choisissez-en un autre.
fault-password-first = Les codes à usage unique vont avec un mot de passe : définissez-en un d’abord.
fault-passkey-refused = La clé d’accès n’a pas été acceptée. Réessayez, ou prenez un autre moyen.
fault-passkey-copied = Cette clé d’accès existe peut-être en double : elle a été refusée. Retirez-la et créez-en une nouvelle.
fault-passkey-address = Les navigateurs ne permettent les clés d’accès que sous https, ou à http://localhost.
fault-passkey-late = L’appareil a mis plus de cinq minutes. Recommencez.
fault-passkey-known = Cette clé d’accès est déjà enregistrée.
fault-factor-needed = Mettez d’abord en place un second facteur.
fault-role-needs-factor = Ce rôle a du pouvoir, et le membre n’a encore ni clé d’accès ni mot de passe avec des codes à usage unique.
fault-last-steward = Il ne resterait personne pour revenir en arrière. Nommez d’abord un autre intendant.
fault-invitation-gone = Cette invitation n’est plus ouverte.
fault-already-so = C’est déjà ainsi, ou quelque chose a changé entre-temps.
fault-sign-in-again = Connectez-vous de nouveau, puis recommencez.
fault-sure = Cochez d’abord la case.
