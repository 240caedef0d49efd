# The front page: short answer, evidence map, ranking, what is missing.

front-title = What works for clients?
front-description = Effects of microfinance practices on clients, pooled from published studies, with their uncertainty, their harms and their gaps.
front-label = The short answer
front-pairs = { $filled } of { $pairs } pairs of practice and outcome domain have a usable finding. For { $empty } there is no study on file.
front-chosen = The answers below are picked by rule from trials, in which chance decided who got the practice: the most people; the most studies; the surest clear benefit; the clearest harm to clients or loss to lenders, with the other side of the same practice; and what the field asks about most, debt.
front-say-most = In trials, { $practice } has reached the most people. { $areas ->
    [one] In the one area of clients’ lives that was measured, the trials show
   *[other] Of { $areas } areas of clients’ lives that were measured, the trials show
 } { $clauses }.
front-say-better = clear good in { $count }
front-say-worse = clear damage in { $count }
front-say-little = little or no difference in { $count }
front-say-open = no answer yet in { $count }
front-and = {" "}and{" "}
front-say-others = Among the { $others } other practices tried in trials, { $clear ->
    [0] none shows a clear benefit yet.
    [one] one shows a clear benefit{ $mixed ->
        [0] {""}
       *[other] , with a harm or a loss along with it
     }.
   *[other] { $clear } show a clear benefit{ $mixed ->
        [0] {""}
        [one] , one of them with a harm or a loss along with it
       *[other] , { $mixed } of them with a harm or a loss along with it
     }.
 }
front-say-unstudied = For { $unstudied } of the { $total } things that institutions can choose to do, nobody has given us a finding.
front-say-empty = Nobody can tell: no finding is on file. The map below lists { $total } things that institutions can choose to do, and every square of it is empty.
front-empty-fill = A finding fills a square: one estimate with its standard error, from a study that compared clients with and without a practice. Load the shipped evidence base, or add a table of your own.
front-cannot-pool = The findings on file cannot be pooled as they are. They can still be read one by one.
front-squares = What has been studied
front-squares-caption = Down: { $families } families of practices. Across: { $domains } domains of outcomes. Filled: a usable finding on at least one practice. Hatched: harm to clients found. Small: studied, not rated. Open: no study on file.
front-claims-caption = The answer in a few lines
front-made = Pooled from { $findings } findings of { $studies } studies, evidence version { $version }.
front-how-made = How an answer is made
front-nobody = Nobody has given us a study of whether { $family } changes { $domain }.
front-no-evidence = no evidence
front-why-people = The most people
front-why-studies = The most studies
front-why-benefit = The surest clear benefit
front-why-loss = The clearest harm or loss, and its other side
front-why-harm = The likeliest harm to clients of another practice
front-why-asked = What the field asks about most
front-certainty = certainty { $certainty }
front-certainty-small = { $certainty } certainty
front-against = Against: { $comparator }.
front-chances = Better for { $whom ->
    [lender] the lender
   *[other] clients
 } { $better }, worse { $worse } in 100.
front-studies = { $count ->
    [0] 0 studies
    [one] 1 study
   *[other] { $count } studies
 }
front-points = points

front-clearly-better = clearly better
front-leans-better = leans better
front-little = little or no difference
front-cannot-tell = cannot tell which way
front-leans-worse = leans worse
front-clearly-worse = clearly worse
front-higher = higher, neither good nor bad in itself
front-lower = lower, neither good nor bad in itself
front-small = small
front-medium = medium
front-large = large
front-no-size = size not comparable
front-not-comparable = n/c
front-not-pooled = not pooled
front-not-rated = not rated
front-not-pooled-words = reported in a form that cannot be pooled; certainty not rated
front-more = { $count ->
    [one] and 1 more synthesis
   *[other] and { $count } more syntheses
 }

front-map = The evidence map
front-map-how = { $studied } of { $total } practices have a finding; { $domains } outcome domains. Sizes are in standard deviations (SD) of the comparison arm, so that currencies compare. A square shows its leading synthesis: trials first, then the most studies, then the most people.
front-map-method = How a square is made
front-map-caption = Direction, size, certainty and number of studies for each practice (down) and outcome domain (across). Choose a square to see its studies.
front-map-empty = No practice has a finding yet. All of them are listed below.
front-map-csv = This map as CSV
front-map-json = This map as JSON
front-show-all = Show all { $total } practices as rows, the { $unstudied } empty ones too
front-show-studied = Show only the { $studied } practices with a finding
front-show-accepted = evidence or all
front-no-study-of = No study of:
front-no-study-of-any = No study of any outcome:
front-tag-lender = lender
front-legend-better = clearly better for clients (for the lender, in lender outcomes): small, medium, large (under 0.15, 0.15 to 0.30, over 0.30 SD)
front-legend-worse = clearly worse
front-legend-leans = leans that way: 80 in 100 or more, but the 95 % interval reaches zero
front-legend-little = little or no difference: the whole interval lies within 0.1 SD of zero
front-legend-cannot-tell = studied, and still cannot tell
front-legend-neither = higher or lower, where neither is good in itself
front-legend-no-size = not comparable: no SD is known, so no size
front-legend-certainty = certainty, from very low (one mark) to high (four).
front-certainty-method = The rules
front-legend-more = syntheses in the same square beside the one shown
front-legend-harm = a harm to clients, or a loss to the lender, in any synthesis of the square
front-legend-scale = the unit of a study is in doubt
front-legend-none = no study on file
front-unstudied = { $count ->
    [one] 1 practice without any study on file
   *[other] { $count } practices without any study on file
 }

front-rank = Ranked by value to clients
front-rank-how = A practice’s value is the weighted sum of its effects on clients, in SD. An outcome nobody studied counts as unknown, never as zero. Harm stands beside the rank and is not subtracted out of sight.
front-rank-method = How ranks are made
front-rank-empty = No practice can be ranked: none has effects on enough of what is weighed.
front-rank-alone = Only one practice has enough evidence to be ranked.
front-rank-apart = { $apart ->
    [0] No practice can be told apart from the next: their ranges overlap.
   *[other] { $apart } of { $pairs } neighbouring pairs can be told apart; the other ranges overlap.
 }
front-rank-one = { $practice } in { $count } of 100 draws
front-rank-names = Most often in the top three: { $names }. By chance alone each would be there in { $chance } of 100.
front-rank-caption = Expected rank (dot) among the { $count } practices that can be ranked, with the range it falls in 90 times of 100 (line). { $equal ->
    [yes] Equal weights.
   *[no] Weights as given below.
 }
front-rank-axis = Rank, 1 is best
front-rank-top3 = Top 3, of 100
front-rank-best = Best, of 100
front-rank-share = Weight resting on evidence
front-rank-words = expected rank { $expected }, from { $low } to { $high }
front-rank-incomplete = Incomplete: a benefit, a harm and a lender outcome have not all been studied.
front-not-ranked = Not ranked
front-not-ranked-why = Less than { $least } of the weight rests on trials in comparable units:
front-not-ranked-share = { $share } of the weight
front-rank-without = { $count ->
    [0] Every other practice has at least one finding.
    [one] 1 further practice has no finding at all.
   *[other] { $count } further practices have no finding at all.
 }
front-rank-not-comparable = Studied, but no trial of a benefit to clients whose size can be put in SD:
front-weights = What matters to your clients?
front-weights-how = 0 to 10 for each domain. No client survey of weights is on file yet, so all start equal. The weights stand in the page’s address: share it.
front-weights-unused = Not used: { $weights }. A weight is a number from 0 to 10 for one of the domains below, and at least one is above 0.
front-rank-again = Rank again

front-missing = What is missing
front-missing-how = No finding on file is not the same as no effect.
front-missing-say = Most of what institutions do has no study on file behind it. Each line names the domains, of clients’ lives and of the lender’s books, in which no study of any practice of the family has measured anything.
front-missing-caption = Families of practices and the outcome domains without any finding
front-family = Family
front-practices-studied = Practices studied
front-domains-missing = Domains without a finding
front-of = { $count } of { $total }
front-missing-all = of the { $count } domains has a finding
front-missing-none = every domain has a finding
front-could-do = What an institution could do
front-could-measure = Ask the same clients about debt, stress, food and say in decisions before and after a change, not only about profit and repayment.
front-could-compare = When a practice is brought in step by step, let chance decide which branch or group comes first: the others are a fair comparison.
front-could-send = Send in the estimate with its standard error, whichever way it points. A result of no difference, or of harm, fills a square as well as a success does.

field-practice-name = Name of the practice.
field-cell-syntheses = Syntheses in the square; 0 where nobody has studied it.
field-cell-synthesis = Id of the leading synthesis: practice, comparator, outcome, estimand.
field-cell-randomised = Whether chance decided in every pooled study.
field-cell-studies = Studies pooled in the leading synthesis.
field-cell-people = People in them; blank when no study says.
field-cell-estimate = Average effect, in unit.
field-cell-ci-low = Lower limit of its 95 % interval.
field-cell-ci-high = Upper limit of its 95 % interval.
field-cell-smd = Average effect in standard deviations of the comparison arm.
field-cell-reading = What it says: clearly-better, leans-better, little-or-none, cannot-tell, leans-worse, clearly-worse, higher or lower.
field-cell-size = small, medium or large; blank when it cannot be compared.
field-cell-certainty = high, moderate, low, very-low or not-rated.
field-cell-chance-better = Probability that the average effect is a benefit.
field-cell-chance-harm = Probability that it is worse by more than 0.05 SD (without SD: worse at all).
field-cell-harms = Syntheses that show a harm to clients.
field-cell-lender-losses = Syntheses that show a loss to the lender.
field-cell-scale-doubts = Studies of the leading synthesis whose unit is in doubt.
field-rank-ranked = Whether enough of the weight rests on evidence.
field-rank-value = Mean value to clients, SD.
field-rank-expected = Mean rank, 1 is best.
field-rank-low = 5 % quantile of the rank.
field-rank-high = 95 % quantile of the rank.
field-rank-best = Probability of rank 1.
field-rank-top3 = Probability of rank 1, 2 or 3.
field-rank-share = Share of the weight that rests on evidence, 0 to 1.
field-rank-complete = Whether a benefit, a harm and a lender outcome have been studied.
