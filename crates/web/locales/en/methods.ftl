# Methods: the list and the page of one.

methods-label = How it is made
methods-how = Each text gives the formula, its source, and what is left out.
methods-title = Methods
methods-description = How effects are pooled, how certainty is judged and how practices are ranked.
methods-say = Every number on this site can be recomputed from the findings and these rules.
methods-empty = No method has been written up yet.
methods-english = These texts are in English.
method = Method
method-how = The text is the one that the program's authors work by.
