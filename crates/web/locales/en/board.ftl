# The facilitators' pages: plan, what waits for a decision, board, summary, what was done.

desk = Facilitators’ pages
desk-question = The question
plan = Plan
plan-say = The dates can still be changed until it is announced.
plan-words = Words and dates
plan-words-how = A day begins at UTC+14 and ends at UTC−12.
plan-title = The question
plan-title-hint = At most { $most } characters.
plan-slug = Address
plan-slug-hint = The end of its address: small letters, digits and hyphens. It stays as it is.
plan-background = Background
plan-background-hint = What a member should know first. Markdown.
plan-rules-hint = What may be written here, and what not. Markdown.
plan-language = Language
plan-opens = First day
plan-date-hint = As 2026-10-12.
plan-votes = First day of the vote
plan-votes-hint = From then on the last statements, and votes on all.
plan-closes = Last day
plan-closes-hint = It closes when this day has ended everywhere.
plan-revote-opens = Second round of votes: first day
plan-revote-hint = After two weeks, say. May stay blank.
plan-revote-closes = Second round of votes: last day
plan-days = Days
plan-days-hint = Each day has a theme and a question of its own. Rows without a date are left out.
plan-day = Day
plan-day-date = date
plan-day-theme = theme
plan-day-prompt = question of the day
plan-save = Keep
plan-begin = Begin the draft
plan-seeds = Seed statements
plan-seeds-how = { $least } at least before a question can be announced.
plan-seed = One statement
plan-seed-hint = One idea, something to agree or disagree with.
plan-seed-add = Add it
plan-evidence = Evidence on the table
plan-evidence-how = Syntheses and claims that members see beside their votes.
plan-evidence-add = A synthesis or a claim
plan-evidence-hint = The address of its page on this site.
plan-evidence-send = Put it on the table
plan-take-away = Take away
plan-facilitators = Facilitators
plan-facilitators-how = Members with the role of facilitator.
plan-facilitator = Facilitator
plan-facilitator-add = Add
plan-shift = Hours of duty
plan-shift-hint = Such as: Nairobi, 8 to 12.
plan-announce = Announce it
plan-missing-seeds = { $have } of at least { $least } seed statements.
plan-archive = Put it away
plan-archive-how = When the summary is final and nothing more is to come, put the question away. It stays as it is.
queue = Waiting
queue-all = What waits for you
queue-how = Everything decided here is recorded, and whoever wrote it is told the reason.
queue-say = { $count ->
    [0] Nothing waits.
    [one] One decision waits.
   *[other] { $count } decisions wait.
 }
queue-one = All of this question
queue-waiting = To decide
queue-post = A post that is held
queue-statement = A statement that is held
queue-flag = { $count ->
    [one] A post that 1 member flagged
   *[other] A post that { $count } members flagged
 }
queue-appeal = An objection
queue-decided = It was decided:
queue-reason = Reason
queue-words = In your own words
queue-approve = Show it
queue-reject = Refuse it
queue-uphold = Take the post down
queue-dismiss = Leave it
queue-answer = Your answer
queue-appeal-uphold = Take the decision back
queue-appeal-dismiss = Let it stand
queue-shown = Open to vote
queue-shown-how = A statement that is taken out no longer counts in the mathematics.
queue-take-out = Take it out
queue-replacement = Another wording
queue-replacement-hint = It becomes a new statement without votes; this one stays listed as replaced.
queue-replace = Replace it
queue-claim = The claim it says
queue-claim-hint = The address of a claim’s page; blank for none.
queue-bind = Bind it
board = Board
board-how = What a facilitator might look at next.
board-unanswered = Posts without an answer
board-unanswered-how = For more than a day.
board-unanswered-none = Every post of over a day has an answer.
board-thin = Statements with few votes
board-thin-how = Under 8: nothing can be said of them yet.
board-thin-none = Every statement has 8 answers or more.
board-thin-votes = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 }
board-regions = Regions nobody has written from
board-regions-none = Members of every region have written.
board-heat = Who does the talking
board-heat-how = Over 40 in 100 from three people is a warning.
board-heat-high = Three people wrote { $share } of the posts: ask others by name.
board-heat-low = The three who wrote most wrote { $share } of the posts.
board-silent = Silent members
board-silent-count = { $count } of { $members } members have not written here.
board-silent-more = and { $count } more
summary = Summary
summary-how = A sentence that refers to no statement, post or evidence is marked as the facilitator’s view.
summary-view = facilitator’s view
summary-version = Version { $version }, open to comment.
summary-final = Final version.
summary-comments = { $count ->
    [0] No comment yet
    [one] 1 comment
   *[other] { $count } comments
 }
summary-comment = Your comment on the summary
summary-comment-send = Comment
summary-sign-in = Sign in to read the comments
summary-text = The summary
summary-text-hint = # begins a heading, - a point, > a quotation. Refer with [s3] to a statement, [p7] to a post, [claim …] and [synthesis …] to evidence.
summary-save = Keep as a draft
summary-publish = Publish version 1
summary-finish = Publish the final version
summary-draft-say = A draft made from the counts and quotations of this discussion. Nothing here was written by a model.
summary-saved-say = The version that was kept last.
summary-early = The discussion still runs: the summary can be published once it has closed.
summary-preview = How it will look
draft-section-question = The question
draft-section-participation = Who took part
draft-section-unclear = What was unclear
draft-section-unanswered = What nobody answered
draft-section-quotes = In members’ words
draft-few = fewer than 5
draft-question = It was asked: { $question }
draft-day = { $theme }: { $prompt }
draft-posts = Posts: { $posts }, by { $writers } people.
draft-votes = Statements: { $statements }; { $voters } people gave { $votes } votes on them.
draft-country = { $country }: { $writers } writers.
draft-countries = Other countries together ({ $countries }): { $writers } writers.
draft-groups = The votes of { $voters } people show { $groups } groups.
draft-no-groups = The votes of { $voters } people show no groups.
draft-common-ground = “{ $statement }”: { $share } in 100 agree ({ $low } to { $high }; { $seen } answered).
draft-common-ground-more = And { $count } more statements that meet the rule.
draft-no-common-ground = No statement meets the rule of common ground.
draft-dividing-line = “{ $statement }”: { $share } in 100 of all agree ({ $low } to { $high }; { $seen } answered).
draft-dividing-group = Group { $group }: { $share } in 100 of { $seen } agree.
draft-dividing-line-more = And { $count } more statements that divide the groups.
draft-no-dividing-line = On no statement do the groups lie on opposite sides.
draft-unclear = “{ $statement }”: { $share } in 100 of those who answered found it unclear ({ $unclear } people).
draft-claim = “{ $claim }” The evidence says: { $says }; certainty { $certainty }.
draft-claim-divergent = “{ $claim }” The evidence says: { $says }; certainty { $certainty }; members believe otherwise.
draft-unanswered = “{ $question }”
draft-unanswered-more = And { $count } more questions that nobody answered.
draft-quote-group = Group { $group } agrees most with: “{ $words }”
draft-quote-all = Agreed with most: “{ $words }”
follow-up = What was done about it
follow-up-how = Added by the facilitators after the end.
follow-up-none = Nothing has been reported yet.
follow-up-text = What was done
follow-up-link = Where it can be read
follow-up-link-hint = An address that begins with https://.
follow-up-send = Add it
