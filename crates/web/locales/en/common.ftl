# Words that stand on every page.

site-name = whatworks
skip = Skip to the answer

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
findings = Findings
samples = Samples
studies = Studies
none-studied = no study
