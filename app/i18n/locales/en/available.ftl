# Money available to commit, at any day.

available-title = Available to commit
available-lead = What could be committed to grants at the end of a day: what had come in, less programme support costs and what grants had. All figures are in US dollars and come from the books.
available-date = At the end of
available-date-wrong = Enter a day such as 2026-06-30. Shown is today.
available-show = Show
available-by-earmark = By earmark
available-behind = What is behind
available-receipts = Receipts
available-receipts-lead = The receipts behind “{ $earmark }” until { $day }, oldest first: after programme support costs, what grants had of each, and what was left.
available-usable = After programme support costs
available-committed = Committed to grants
available-left = Left
available-entries = Entries
available-entries-lead = The entries of the books that made “{ $earmark }” more or less until { $day }, newest first.
available-entry = Entry
available-source = Record
available-by = By
available-any-day = What was available at any day, with the receipts and entries behind it
