# Questions: the list, the head of a question, its evidence and what its votes say.

nav-questions = Questions
questions-title = Questions
questions-description = Discussions of a few days on what works for clients: evidence, statements, votes, common ground, a summary.
questions-margin = A question is open for a few days. A day begins with its first place on Earth and ends with its last.
questions-say = { $count ->
    [0] No question is open now.
    [one] One question is open now.
   *[other] { $count } questions are open now.
 }
questions-empty = No question has been announced yet. When a facilitator announces one, it stands here with its dates.
questions-open = Open now
questions-drafts = Drafts
questions-drafts-margin = Only facilitators see drafts.
questions-begin = Begin a question
questions-queue = { $count ->
    [0] Nothing waits for you
   *[other] Waiting for you: { $count }
 }
questions-files = Files
questions-calendar = Calendar (iCalendar)
questions-taking-part = { $voters ->
    [one] 1 voter
   *[other] { $voters } voters
 }, { $posts ->
    [one] 1 post
   *[other] { $posts } posts
 }, { $statements } statements.
calendar-description = { $days ->
    [one] A discussion of one day, in any language, on the web.
   *[other] A discussion of { $days } days, in any language, on the web.
 }
phase-draft = Draft
phase-scheduled = Announced
phase-open = Open
phase-voting = Voting
phase-summary = Being summarised
phase-published = Summary published
phase-archived = Archived
theme-facts = Facts
theme-experience = Experience
theme-proposals = Proposals
theme-vote = Vote
theme-summary = Summarise
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
 }
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
 }
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
date-short = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
 }
demonstration = demonstration
demonstration-why = This discussion is made up to show how the forum works. Members, posts and votes are simulated; the evidence is real.
question-day = Day { $day } of { $days }
question-opens = Opens { $day }, as soon as it is that day somewhere on Earth: in { $span }.
question-closes = Closes { $day }, end of day anywhere on Earth: in { $span }.
question-closed = Closed { $day }, end of day anywhere on Earth.
question-revote = A second round of votes is open.
question-facilitated = { $count ->
    [one] Facilitator:
   *[other] Facilitators:
 }
question-today = Today: { $prompt }
question-say-draft = A draft: nobody but its facilitators and stewards sees it.
question-say-scheduled = Announced. Posts and votes begin with the first day.
question-say-open = Open to posts, statements and votes.
question-say-voting = The last statements, and votes on all of them.
question-say-summary = Closed. The facilitators are writing the summary.
question-say-published = Closed. The summary is out; members comment on it.
question-say-archived = Closed, and kept as it is.
day-today = today
day-done = done
fact-taking-part = Taking part
fact-taking-part-value = { $voters ->
    [one] 1 voter
   *[other] { $voters } voters
 }, { $posts ->
    [one] 1 post
   *[other] { $posts } posts
 }
fact-taking-part-under = writers from { $countries ->
    [one] 1 country
   *[other] { $countries } countries
 }; { $mail } posts came by mail
fact-statements = Statements
fact-statements-under = each answered by { $fewest } or more; median { $median } votes a member
fact-common = Common ground so far
fact-common-value = { $count ->
    [one] 1 statement
   *[other] { $count } statements
 }
fact-common-under = { $count ->
    [one] 1 dividing line
   *[other] { $count } dividing lines
 }
background = Background
belief = Belief and evidence
belief-how = Agreement with a 95 % interval (Wilson). Evidence as it stands now.
belief-say = What members believe, beside what studies found. Votes are not evidence, and evidence is not a vote: they are never combined.
belief-none = No synthesis and no claim has been put on the table of this question.
belief-sentence = On the table
belief-studies = Studies
belief-no-statement = no statement on it yet
belief-no-evidence = No evidence.
belief-nobody = Nobody has measured it.
belief-see = See the synthesis
opinion-axis = Agree, of 100
opinion-group = group { $group }
opinion-group-size = { $group }, { $voters ->
    [one] 1 voter
   *[other] { $voters } voters
 }
opinion-agree = { $share } in 100 agree ({ $low } to { $high }; { $voted } answered)
opinion-of = { $share } of { $seen }
opinion-nobody = nobody has answered yet
opinion-common = Common ground
opinion-common-how = In each group 8 or more answered, 6 in 10 or more agree, the interval stays above half, and few disagree.
opinion-common-how-all = 8 or more answered, and the lower end of the interval is at 60 in 100 or above.
opinion-common-none = No statement meets the rule so far.
opinion-common-caption = Statements that meet the rule of common ground
opinion-dividing = Dividing lines
opinion-dividing-how = Tested on statements that were not used to find the groups.
opinion-dividing-none = On no statement do the groups lie on opposite sides.
opinion-dividing-caption = Statements on which groups lie on opposite sides
opinion-map = Opinion map
opinion-map-how = Voters who answered alike stand close. A group is shown only if shuffled votes hardly ever look so divided.
opinion-map-private = Positions are rounded; counts under 5 are not shown.
opinion-no-votes = No vote has been cast yet. The first ones show here within a minute.
opinion-groups = { $count ->
    [2] These votes show two groups.
    [3] These votes show three groups.
   *[other] These votes show { $count } groups.
 }
opinion-groups-are = The groups are patterns of answers, not kinds of people.
opinion-no-groups = These votes show no groups.
opinion-tries = { $stronger ->
    [0] Shuffling the votes { $permutations } times never produced a split as strong (p { $p }).
   *[other] Shuffled votes split as strongly in { $stronger } of { $permutations } tries (p { $p }).
 }
opinion-voters-count = { $voters ->
    [one] 1 voter answered enough to be placed.
   *[other] { $voters } voters answered enough to be placed.
 }
opinion-too-few = Under 20 no test is made and no map is drawn.
opinion-chance = Any camps drawn here could be chance.
opinion-group-small = But every division has a group of under 5 people or under 5 in 100: none is shown.
opinion-overall = What all who answered say, with its interval:
opinion-overall-caption = Agreement of all who answered
opinion-stability = Groups found on either half of the statements agree by { $value } (1 is the same, 0 is chance).
opinion-picture = Opinion map: { $voters } voters in { $groups } groups. The table beside it says what separates them.
opinion-table = The map as a table
opinion-tells-apart = What tells them apart
opinion-voters = Voters
opinion-under-five = under 5
segment-other-region = Other or unknown region
segment-other-sector = Other or unknown organisation
sector-consortium = Consortium members
sector-institution = Lenders’ staff
sector-network = Networks
sector-donor = Donors and investors
opinion-flagged = { $flagged ->
    [one] One voter is set aside in a second count.
   *[other] { $flagged } voters are set aside in a second count.
 }
opinion-flagged-why = Their votes look coordinated (equal rows, one network, the same minutes). Nobody’s vote is deleted.
opinion-flagged-same = Without them common ground, dividing lines and groups are the same.
opinion-flagged-differs = Without them: { $common } statements of common ground, { $dividing } dividing lines, { $groups } groups.
opinion-computed = Computed from { $votes } votes,
opinion-head = Head of the vote log:
opinion-page = All results
opinion-page-say = Everything that the votes of this question say, with the intervals and the tests.
region-sub-saharan-africa = Sub-Saharan Africa
region-middle-east = Middle East and North Africa
region-south-asia = South Asia
region-east-asia = East Asia and Pacific
region-europe = Europe and Central Asia
region-latin-america = Latin America and the Caribbean
region-north-america = North America
api-question = One question with where it stands and how many take part
api-opinions = What the votes of a question say: groups, common ground, dividing lines
api-claims = Claims with what they rest on
field-slug = Address of the question
field-question = The question
field-language = Language, BCP 47
field-phase = Where it stands: scheduled, open, voting, summary, published, archived
field-opens-on = First day
field-votes-on = First day of the votes on all statements
field-closes-on = Last day
field-demonstration = Whether it is made up to show the forum
field-voters = People who voted
field-votes = Votes ever cast
field-posts = Posts shown
field-statements = Statements open to vote
field-number = Number within the question
field-statement = The statement
field-status = shown, out or replaced
field-seed = Whether the facilitators wrote it before the start
field-replaces = The statement whose wording it replaced
field-claim = The claim it is bound to
field-agree = Members who agree
field-disagree = Members who disagree
field-pass-unclear = Members who passed because it is unclear
field-pass-no-view = Members who passed without a view
field-pass-not-my-field = Members who passed because it is not their field
field-exposures = Answers of every kind
field-written-at = When it was written, RFC 3339
