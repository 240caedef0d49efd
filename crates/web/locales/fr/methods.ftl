# Les méthodes : la liste et la page d’une seule.

methods-label = Comment c’est fait
methods-how = Chaque texte donne la formule, sa source et ce qui est laissé de côté.
methods-title = Méthodes
methods-description = Comment les effets sont regroupés, la certitude jugée et les pratiques classées.
methods-say = Chaque nombre de ce site peut être recalculé à partir des constats et de ces règles.
methods-empty = Aucune méthode n’a encore été rédigée.
methods-english = Ces textes sont en anglais.
method = Méthode
method-how = Le texte est celui dont se servent les auteurs du programme.
