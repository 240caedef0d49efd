# Outcomes.

outcomes-label = What is measured
outcomes-title = Outcomes
outcomes-description = What is measured on clients and on the lender, by domain, with the direction of benefit and how much evidence there is.
outcomes-say = { $total } things that can change for a client, or for the lender. { $studied } of them appear in at least one finding; { $unstudied } in none.
outcomes-domains = Domains of outcomes
outcomes-caption = Outcomes of the domain { $domain }
outcomes-how = A harm outcome is something that hurts clients; it is never netted against a benefit.
outcomes-count = { $count ->
    [one] 1 outcome.
   *[other] { $count } outcomes.
 }
outcome-in-domain = Domain: { $domain }.
outcome-empty = No study in this evidence base measured it. A study that compares clients with and without a practice, and asks for this, would fill the page.
outcome-practices = Practices studied
outcome-practices-how = Each name leads to the synthesis of that practice, comparison and kind of estimate.
outcome-practices-caption = A practice stands twice when it was compared with two things, or estimated in two ways that cannot be pooled.
outcome-unstudied = { $count } of { $total } practices have no finding on this outcome.
outcome-measuring = Measuring it well
outcome-measuring-how = What goes wrong most often, and where other lists put this outcome.
outcome-measuring-none = No advice has been written yet for this outcome.
