# Practices: the list and the page of one.

practices-label = What can be chosen
practices-title = Practices
practices-description = What a microfinance institution can choose to do, by family, and how much evidence there is on each.
practices-say = { $total } things that an institution can choose to do. { $studied } of them have at least one usable finding. Nobody has given us one for the other { $unstudied }.
practices-families = Families of practices
practices-how = A sample is one set of people; several findings may come from it.
practices-caption = Practices of the family { $family }

practice-empty = Nobody has given us a finding on this practice: that says nothing about whether it helps or hurts. A study that compares clients with and without it would fill this page.
practice-evidence = What has been studied
practice-evidence-how = One row for each outcome, comparison and kind of estimate. Each name leads to the synthesis: the answer, its interval and how sure it is.
practice-unknown = What nobody has studied
practice-unknown-how = No finding in this evidence base. Absence of evidence is a result, and never a zero.
practice-unknown-domains = { $count ->
    [one] One whole domain of clients' lives has no finding on this practice:
   *[other] { $count } whole domains of clients' lives have no finding on this practice:
 }
practice-unknown-harms = Harms that were not measured:
practice-unknown-outcomes = Single outcomes without a finding, in the domains that have some
practice-names = Comparisons and names
practice-names-how = What the practice is compared with, and what other lists call it. Mappings are for finding your way; they are not evidence.
practice-comparators = Compared with
standard-read = read in a copy of the standards
standard-recalled = recalled, not checked against the text
