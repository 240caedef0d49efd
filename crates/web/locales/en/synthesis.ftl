# A synthesis: the pooled answer, its doubts, its files.

synthesis-title = { $practice }: what does it do to { $outcome }?
synthesis-title-association = { $practice }: how does it go along with { $outcome }?
synthesis-answer = The answer
synthesis-answer-how = { $k ->
    [0] No study
    [one] 1 study
   *[other] { $k } studies
 }{ $k ->
    [0] {""}
   *[other] , { $people }, { $countries ->
        [one] 1 country
       *[other] { $countries } countries
     }
 }. Evidence version { $version }, snapshot { $digest }.
synthesis-people-none = number of people not stated
synthesis-people-all = { $people } people or rows
synthesis-people-some = at least { $people } people or rows (stated by { $stated } of { $k })
synthesis-no-match = No study on file matches these filters.
synthesis-no-match-how = Take a filter away to pool again.
synthesis-contrast = { $practice }, compared with { $comparator }. { $estimand }.
synthesis-is-harm = This outcome is a harm to clients: a rise is worse.
synthesis-nothing = No study of this can be pooled on this scale. A study with an estimate, its standard error and the comparison group’s mean and standard deviation would fill this page.
synthesis-unit-caption = In { $unit }. Zero means no difference between those with the practice and those without.
synthesis-tried = You have tried { $count } ways of filtering since you arrived. With enough ways, one of them will look good by chance.
synthesis-tried-most = { $count } or more
synthesis-forking = Why that matters

filter-from = Published from
filter-measure = Scale
filter-measure-any = chosen by rule
filter-without = Leave out
measure-native = own unit
measure-smd = standard deviations (SD)
measure-percent = percent of the control mean
measure-log-ratio = log ratio of means

unit-smd = standard deviations of the comparison group (SD)
unit-sd-short = SD
unit-points = percentage points
unit-points-short = points
unit-percent = percent of the comparison group’s mean
unit-log-ratio = log ratio of means
unit-none = the unit of the studies
unit-of-year = { $unit }, prices of { $year }

fact-average = Average effect
fact-average-under = 95 % interval { $range }
fact-new = At a new institution
fact-new-none = needs three studies
fact-new-under = 95 % prediction interval
fact-control-under = mean of the comparison groups, lowest to highest
fact-control-one = mean of the comparison group
fact-control-without = ; without { $studies } (scale in doubt)
fact-certainty = Certainty
fact-certainty-under = reasons below

row-average = average effect
row-new = at a new institution
chance-average = On average
chance-new = At a new institution
chance-worse = worse
chance-better = better
chance-worse-lender = worse for the lender
chance-better-lender = better for the lender
chance-one-study = One study: its own interval is all that is known. What other places would see cannot be learned from it.
chance-lower = lower
chance-higher = higher
chance-how = Chances from the exact posterior; prior { $prior }.
how-made = How this is made

doubt = A number to doubt
doubt-how = Found by the scale check, before pooling. Nothing is removed by it.
doubt-title = { $study }: the scale does not fit its peers
doubt-std-error = Its standard error is { $value }; the median of the others is { $median }: { $times } times off. A small error buys a large vote in a pool.
doubt-control-sd = The standard deviation of its comparison group is { $value }; the median of the others is { $median }: { $times } times off.
doubt-control-mean = The mean of its comparison group is { $value }; the median of the others is { $median }: { $times } times off.
doubt-large-t = Its estimate is { $value } standard errors from zero: that is rare in the field, and common when a standard error is in another unit.
doubt-declared = Whoever entered the finding doubts its scale too.
doubt-caption = The same question, with and without. Each name is a link that pools again.
doubt-pool = Pool
doubt-with = All, in their own unit
doubt-without = Without the doubted entries
doubt-in-sd = All, in SD: a wrong unit cannot move it
doubt-studies = { $k ->
    [one] 1 study
   *[other] { $k } studies
 }

forest-name = { $k ->
    [one] The study
   *[other] The { $k } studies
 }
forest-spread = Between places: τ { $tau }, I² { $i2 } %, Q { $q } (p { $p }).
forest-how = REML, Hartung–Knapp with floor.
forest-how-one = One study: its estimate ± 1.96 standard errors (normal interval).
forest-caption = In { $unit }. Square: the study, its area the weight. Line: 95 % interval. Ring: the same study after borrowing strength from the others.
forest-caption-one = In { $unit }. Square: the study. Line: 95 % interval.
forest-shrunken = Shrunken
forest-weight = Weight
forest-average = Average effect, { $k ->
    [one] 1 study
   *[other] { $k } studies
 }
forest-new = At a new institution

certainty-name = How sure, and why
certainty-how = The rules are fixed and printed. Nobody types a certainty in.
certainty-rules = The rules
certainty-caption = From where the design starts, down for each doubt, never up.
certainty-domain = Domain
certainty-step = Step
certainty-reason = Reason
grade-design = Design
grade-risk-of-bias = Risk of bias
grade-inconsistency = Inconsistency
grade-indirectness = Indirectness
grade-imprecision = Imprecision
grade-scale = Scale
grade-small-studies = Small-study effects
step-start = starts { $level }
step-none = no change
step-down = { $down ->
    [one] down one
   *[other] down { $down }
 }
reason-all-randomised = Every study let chance decide who got the practice.
reason-weakest-design = The weakest design pooled is: { $design }.
reason-association = An association, not an effect: it never starts above low. Weakest design: { $design }.
reason-unverified = Attrition and missing answers are not on file, so nothing is rated above moderate. { $share } of the weight rests on numbers that were not re-checked or were backed out of a p-value or interval; over a third costs a step.
reason-one-study = One study: whether places agree cannot be seen.
reason-spread = I² { $i2 } %, p of Q { $p }. Over 50 % with p under 0.10 costs a step.
reason-opposed = I² { $i2 } %, and there are studies clear of zero on both sides.
reason-places = { $studies ->
    [one] One study
   *[other] { $studies } studies
 } in { $countries ->
    [one] one country
   *[other] { $countries } countries
 }. One study or one country costs a step.
reason-interval-sd = The interval is { $range } SD, from { $people }. A gain and a loss over 0.10 SD in one interval, or under 400 people, cost a step; over 0.20 SD with so few or one study, two.
reason-interval-zero = The interval holds zero ({ $people }), and no SD is known to measure it by.
reason-interval-clear = The interval leaves zero out ({ $people }); no SD is known to measure it by.
reason-people = { $people } people or rows
reason-people-none = a number of people that is not stated
reason-scale-doubt = Entries of doubtful scale carry { $share } of the weight.
reason-scale-in-sd = Entries of doubtful scale carry { $share } of the weight; in SD a wrong unit cannot move them.
reason-scale-sound = No entry is far outside its peers.
reason-egger = Egger’s test over { $k } studies: p { $p }. Under 0.10 costs a step.
reason-not-testable = Not testable with { $k ->
    [one] one study
   *[other] { $k } studies
 }: the test needs ten.

sensitivity-name = Does the method matter?
sensitivity-how = The whole strip is always shown, so that nobody can pick the row that suits.
sensitivity-summary = { $all } analyses of the same studies: { $above } above zero, { $below } below; { $clear ->
    [0] none of the intervals leaves zero out
    [one] one interval leaves zero out
   *[other] { $clear } intervals leave zero out
 }.
sensitivity-methods = By method
sensitivity-without = Without each study in turn
sensitivity-without-count = Without each of the { $k } studies in turn
sensitivity-analysis = Analysis
sensitivity-leave-out = Without { $study }
method-ee = Equal effects
method-dl = DerSimonian–Laird
method-pm = Paule–Mandel
method-eb = Empirical Bayes
method-ml = Maximum likelihood
method-reml = Restricted maximum likelihood
method-sj = Sidik–Jonkman
method-he = Hedges–Olkin
method-hs = Hunter–Schmidt
method-bayes = Exact Bayes
method-trim-fill = Trim and fill
trim-fill-missing = { $missing ->
    [0] no study seems missing
    [one] one study seems missing
   *[other] { $missing } studies seem missing
 }
interval-hk = Hartung–Knapp without floor
interval-wald = Wald interval
interval-hk-floor = Hartung–Knapp with floor

small-studies-name = Small studies
small-studies-how = If small trials with dull results go unpublished, the lower left of this plot empties.
small-studies-few = With { $k } studies this is a picture, not a test: the tests below need ten to say much.
small-studies-egger = Egger’s regression: the effect changes by { $slope } per unit of standard error (p { $p }).
small-studies-pet-peese = { $line } line, chosen by rule: a study without sampling error would show { $estimate } (standard error { $std_error }).
small-studies-table = The same numbers as a table
funnel-title = Small studies. { $title }
funnel-description = Each study by its effect and its standard error; precise studies stand at the top.
funnel-average = Dashes: the average effect. Shade: where 95 % of studies would fall if places did not differ.
funnel-effect = effect, { $unit }
funnel-error = standard error

synthesis-studies = The studies
synthesis-studies-how = Source, design and size of each. Each name leads to the finding and its source.
synthesis-studies-caption = Take-up: percent that took the practice up when it was offered / when it was not. Estimates in each study’s own unit.
clusters = Clusters
take-up = Take-up
synthesis-not-comparable = Not comparable
synthesis-warnings = What was left out or needs care ({ $count })
synthesis-filter = Pool a part
synthesis-pool = Pool
synthesis-filter-how = Filters are counted and printed on the page and in its citation. Choose them before you look.

take-away = Take it away
take-away-how = Everything on this page, as files. The address holds the filters.
take-away-findings = Findings (CSV)
take-away-json = Synthesis (JSON)
take-away-forest = Forest plot (SVG)
take-away-address = Lasting address
synthesis-citation = whatworks. “{ $title }” { $k ->
    [one] 1 study
   *[other] { $k } studies
 }, { $number }. Filters: { $filters }. Evidence version { $version }, snapshot { $digest }. { $address }
accepted-once = one value, asked once

syntheses-title = Syntheses
syntheses-how = Every contrast and outcome with at least one finding, pooled on its default scale.
syntheses-say = { $count } questions have at least one finding on file.
syntheses-empty = There is no finding on file yet. Findings arrive signed from institutions, or come with the published evidence base.
syntheses-practice = About this practice
column-synthesis-id = Id: practice~comparator~outcome~estimand
column-synthesis-k = Studies pooled
column-synthesis-measure = Scale of the numbers
column-synthesis-unit = Unit of the numbers
column-synthesis-estimate = Average effect
column-synthesis-ci-low = Lower limit of the 95 % interval
column-synthesis-ci-high = Upper limit of the 95 % interval
column-synthesis-pi-low = Lower limit of the 95 % prediction interval
column-synthesis-pi-high = Upper limit of the 95 % prediction interval
column-synthesis-certainty = Certainty: high, moderate, low, very-low or not-rated
api-syntheses = Pooled answers; filters pool again
