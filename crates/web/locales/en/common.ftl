# Words that stand on every page.

site-name = whatworks
skip = Skip to the answer

language-name = English
languages = Languages
page-in-english = This page is written in English only.

nav-label = Main
nav-evidence = Evidence
nav-practices = Practices
nav-outcomes = Outcomes
nav-studies = Studies
nav-findings = Findings
nav-methods = Methods
nav-about = About

spine-label = Where this page sits: from finding to guidance
spine-findings = Findings
spine-synthesis = Synthesis
spine-claims = Claims
spine-question = Question
spine-guidance = Guidance
spine-here = this page
spine-none = none yet

foot-data = Evidence version { $version }, digest { $digest }. Effects are computed from published studies; every number links to the finding or the synthesis it came from.
foot-licence = Facts may be used freely; rows from Foster et al. 2025 are CC BY 4.0.
foot-about = Licence, sources and how to cite
foot-api = API description

certainty-not-rated = Not rated
certainty-very-low = Very low
certainty-low = Low
certainty-moderate = Moderate
certainty-high = High

twins = This list as a file:
twins-csv = CSV
twins-json = JSON

pager-label = Pages of this list
pager-previous = Previous page
pager-next = Next page
pager-here = Page { $page } of { $pages }

catalogue-version = Catalogue, version { $version }.
practice = Practice
syntheses-all = All syntheses
says = What it says
says-lender = for the lender
findings = Findings
samples = Samples
studies = Studies
none-studied = no study
finding = Finding
study = Study
outcome = Outcome
country = Country
design = Design
unit = Unit
estimate = Estimate
estimate-interval = Estimate (95 % interval)
outcome-and-practice = Outcome and practice
rows-used = People or rows
control-mean = Without the practice
compared-with = Compared with
better = Better for clients
usual-unit = Usual unit
synonyms = Other names
standard = Universal Standards
iris = IRIS+ id
sdg = Development Goals
identifier = Id
none = none
not-stated = not stated
yes = yes
no = no
year-published = Published
paper = Paper
countries-none = Country not stated

tally-primary = In a pool
tally-primary-under = findings that enter a pool
tally-findings = estimates of an effect or association
tally-samples = sets of people
tally-studies = papers
tally-from = from { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
 } in { $studies ->
    [one] 1 study
   *[other] { $studies } studies
 }

estimand-itt = Effect of the offer (ITT)
estimand-att = Effect on those who took it up (ATT)
estimand-late = Effect on those whom the offer moved (LATE)
estimand-association = Association, no claim of cause
kind-benefit = Benefit to clients
kind-harm = Harm to clients
kind-lender = Concerns the lender
better-higher = Higher
better-lower = Lower
better-neither = Neither in itself
direction-favourable = Towards benefit
direction-unfavourable = Away from benefit
direction-none = Neither way

tag-harm = HARM
tag-harm-outcome = harm outcome
tag-harm-possible = possible harm
tag-scale = scale?
tag-not-primary = not pooled
tag-unverified = not re-checked

number-to = to
number-in-hundred = in 100
number-under = under
number-over = over
number-absent = not known
axis-of = ← { $low } · { $high } →
axis-ends = ← lower · higher →
date-long = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
