# Practices: the list and the page of one.

practices-label = What can be chosen
practices-title = Practices
practices-description = What a microfinance institution can choose to do, by family, and how much evidence there is on each.
practices-say = { $total } things that an institution can choose to do. { $studied } of them have at least one usable finding. Nobody has given us one for the other { $unstudied }.
practices-families = Families of practices
practices-caption = Practices of the family { $family }. A sample is one set of people; several findings may come from it.
