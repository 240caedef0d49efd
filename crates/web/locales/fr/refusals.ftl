# Les pages qui disent ce qui a été refusé, pourquoi, et comment continuer.

refusal-label = Refusé
refusal-status = Statut { $status }.
refusal-ways-on = Pour continuer :
refusal-not-found = Il n’y a pas de page à cette adresse
refusal-not-found-why = Rien ne se trouve à { $path }. L’adresse est peut-être mal saisie, ou la page n’a jamais existé : les adresses ne changent pas ici.
refusal-unknown = Rien ne porte ce nom ici
refusal-unknown-why = L’identifiant « { $id } » n’est pas dans cette version des preuves.
refusal-see-list = Voir toute la liste
refusal-parameter = Un filtre de l’adresse ne peut pas servir
refusal-parameter-why = La valeur de { $name } est « { $value } ». Ce qui peut s’y trouver : { $accepted }.
refusal-without-filter = La même page sans ce filtre
refusal-without-filters = La même page sans aucun filtre
refusal-address = L’adresse ne peut pas être lue
refusal-address-why = Elle contient des caractères qui ne sont pas de l’UTF-8, ou plus de { $most } caractères de filtres.
refusal-method = Cette page peut seulement être lue
refusal-method-why = Rien sur ce site ne se modifie depuis un navigateur. Demandez avec GET ou HEAD.
refusal-internal = Quelque chose a échoué ici, pas chez vous
refusal-internal-why = La page n’a pas pu être faite. La faute est dans le programme de ce site ; les autres pages marchent encore, et la même adresse marchera peut-être plus tard.
