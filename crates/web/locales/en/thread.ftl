# The thread and the votes of a question: posts, statements, ballots, objections.

vote = Vote
vote-agree = Agree
vote-disagree = Disagree
vote-pass = Pass
vote-because = because
vote-only-if-pass = (only if you pass)
vote-unclear = it is unclear
vote-no-view = I have no view
vote-not-my-field = not my field
vote-pass-because = Pass ({ $reason })
vote-unseen = { $count ->
    [0] You have voted on every statement.
    [one] 1 statement you have not voted on.
   *[other] { $count } statements you have not voted on.
 }
vote-secret = Only totals are ever shown: nobody sees how you voted, facilitators included. The last vote counts.
vote-all-statements = All statements with their votes
vote-send = { $count ->
    [one] Vote
   *[other] Send these votes
 }
vote-receipt = { $count ->
    [one] Your vote counts:
   *[other] Your votes count:
 }
vote-done = You have voted on every statement that is open. New ones may still come.
vote-none = No statement is open to vote yet. Propose one below.
vote-change = { $count ->
    [one] See or change your vote
   *[other] See or change your { $count } votes
 }
vote-closed = Voting is closed.
vote-visitor = { $count ->
    [one] Members vote on 1 statement.
   *[other] Members vote on { $count } statements.
 }
vote-sign-in = Sign in to vote
votes-title = Your votes
votes-say = Change what you like and send the page: the last vote counts. Nobody but you sees this page.
statement = Statement
statements = Statements
statements-how = Every answer is an exposure: what is put before more people is voted on more.
statements-say = Every statement of this question with its votes. A wording is never changed once voted on: another one replaces it.
statements-caption = Statements, in the order in which they came. Passes are of every kind.
statements-empty = No statement is open to vote yet.
statement-exposures = Exposures
statement-held = waits for a facilitator
statement-shown = open to vote
statement-out = taken out
statement-replaced = replaced
statement-now = Now statement { $number }.
statement-before = Replaces statement { $number }.
statement-propose = Propose a statement
statement-yours = Your statement
statement-hint = One idea, something to agree or disagree with, at most { $most } characters, in any language. Your own statement is not voted on for you.
statement-send = Propose
statement-sent-shown = Your statement is open to vote.
statement-sent-held = Your statement waits for a facilitator.
statement-meant = It is one idea, as it stands
language-written = Language it is written in
language-other = another language
thread = Thread
thread-posts = { $count ->
    [one] 1 post.
   *[other] { $count } posts.
 }
thread-times = Times are universal time (UTC).
thread-as-tree = In order
thread-newest = Newest first
thread-unanswered = Unanswered for a day
thread-next = Read on
thread-visitor = { $posts ->
    [0] Nobody has written yet.
    [one] 1 post has been written. Members read it with its author’s name.
   *[other] { $posts } posts from { $countries ->
        [one] 1 country
       *[other] { $countries } countries
     }. Members read them with their authors’ names.
 }
thread-sign-in = Sign in to read and write
thread-empty = Nobody has written yet.
author-former = Former member
trust-facilitator = facilitator
trust-appointed = expert
post-by-mail = by mail
post-edited = edited
post-answers = answers p{ $number }
post-link = p{ $number }: post { $number }
post-answer = answer
post-answer-name = Answer
post-held = Waits for a facilitator; only you see it.
post-rejected = Not shown:
post-removed = Taken down:
post-late = The discussion is closed. What you write now waits for a facilitator.
post-closed = The thread is closed.
post-yours = Write a post
post-your-answer = Your answer
post-hint = In any language; one idea a post reads best. Members see your name and country.
post-send = Post
post-title = Post { $number }
post-in-thread = In its thread
post-answers-this = It answers:
post-answers-many = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 }
post-history = History
post-history-how = What went is struck out, what came is underlined.
post-first-wording = First wording
post-change = Change
post-change-how = A post can be changed for 24 hours. Every wording stays in its history.
post-change-label = The post
post-change-send = Change it
post-withdraw = Take this post down
post-withdraw-how = Its place in the thread stays, without the text.
flag = Flag
flag-how = Tells the facilitators that this post breaks a rule of the house. They decide; the writer is not told who flagged it.
flag-reason = Reason
flag-words = In your own words
flag-send = Flag it
flag-done = You have flagged this post. The facilitators decide.
appeal = Object
appeal-how = A steward who did not decide reads your objection and answers it.
appeal-label = Why the decision is wrong
appeal-send = Object
appeal-waits = Your objection waits for a steward.
appeal-upheld = Upheld: the decision was taken back.
appeal-dismissed = Dismissed: the decision stands.
house-rules = House rules
reason-fine = Nothing stands against it
reason-off-topic = Not about the question
reason-insult = Against a person, not a point
reason-personal-data = Tells what is another person’s to tell
reason-promotion = Promotes a product or an institution
reason-no-source = States a fact that needs its source
reason-duplicate = Has been said already
reason-two-ideas = Holds two ideas
reason-unclear = Cannot be understood in one way
reason-withdrawn = Taken back by its author
reason-other = Something else:
