# Amendments of grants: proposing, countersigning, deciding, the record.

amendments-title = Amendments
amendments-lead = Changes of grant agreements: who proposed, countersigned and approved them, and what they changed.
amendments-number = Number
amendments-kind = What changes
amendments-proposed = Proposed
grants-amendments = Amendments
amendment-title = Amendment { $number }
amendment-months = { $months ->
    [one] one month
   *[other] { $months } months
}
amendment-propose = Propose the amendment
amendment-propose-increase = Increase the award
amendment-propose-increase-lead = The organisation’s signatory countersigns, then the executive director approves. With the approval the money is committed, the instalments that are not paid grow with it, and every budget line grows in proportion.
amendment-propose-decrease = Decrease the award
amendment-propose-decrease-lead = The organisation’s signatory countersigns, then the executive director approves. With the approval the money goes back to the contributions that it came from. Instalments that are not paid shrink, and every budget line in proportion.
amendment-propose-reallocation = Move money in the budget
amendment-propose-reallocation-lead = Enter the new amount of each line; together they must be the award. If no category changes by more than { RULE("movable-per-cent") } per cent of what was last approved, the change is recorded at once. Otherwise the signatory countersigns and the executive director approves.
amendment-propose-extension = Extend without cost
amendment-propose-extension-lead = More time, not more money. Reports that are not sent yet are planned anew. All extensions together are at most { RULE("extension-months") } months.
amendment-propose-suspension = Suspend the grant
amendment-propose-suspension-lead = Nothing is paid while a grant is suspended; reports stay due. The executive director approves.
amendment-propose-resumption = Resume the grant
amendment-propose-resumption-lead = Payments are possible again once the executive director has approved.
amendment-available = { $amount } can be committed to the purpose of this grant today.
amendment-most-decrease = The award can be decreased by up to { $amount }: what is neither paid nor on its way, nor spent already.
amendment-available-now = Available for its purpose today
amendment-waits-signatory = Waits for the organisation’s signatory to countersign.
amendment-waits-director = Waits for the executive director’s decision.
amendment-is-in-force = Approved and in force.
amendment-recorded = Recorded by the programme officer: no category changed by more than { RULE("movable-per-cent") } per cent.
amendment-was-refused = Refused. Everything stays as it was.
amendment-was-withdrawn = Taken back. Everything stays as it was.
amendment-not-yet = Not yet
amendment-reason = Reason
amendment-proposed-by = Proposed by
amendment-countersigned-by = Countersigned by
amendment-decided-by = Decided by
amendment-note = Note of the executive director
amendment-changes = What changes
amendment-what = Item
amendment-before = Before
amendment-after = After
amendment-report-due = Report { $number }, due
amendment-countersign = Countersign the amendment
amendment-countersign-lead = Read what changes and countersign for your organisation. It is in force once the executive director has approved it.
amendment-decide = Decide on the amendment
amendment-decide-lead = With your approval the amendment is in force, and the books change with it. To refuse, write why.
amendment-approve = Approve
amendment-refuse = Refuse
amendment-withdraw = Take the amendment back

amendment-amount-amount = By how much, USD
amendment-amount-reason = Reason
amendment-amount-reason-hint = The organisation and the executive director read it.
amendment-budget-reason = Reason
amendment-budget-reason-hint = The organisation and the executive director read it.
amendment-budget-lines = Budget lines
amendment-budget-lines-row = Line { $number }
amendment-budget-lines-amount = New amount, USD
amendment-extension-months = By how many months
amendment-extension-reason = Reason
amendment-extension-reason-hint = The organisation and the executive director read it.
amendment-pause-reason = Reason
amendment-pause-reason-hint = The organisation and the executive director read it.
amendment-countersign-accept = I have read the amendment and I am authorised to sign it for the organisation.
amendment-countersign-full_name = Your full name
amendment-decision-note = Note
amendment-decision-note-hint = Needed when you refuse. The organisation reads it.

amendment-kind-increase = Increase of the award
amendment-kind-decrease = Decrease of the award
amendment-kind-reallocation = Budget reallocation
amendment-kind-extension = Extension without cost
amendment-kind-suspension = Suspension
amendment-kind-resumption = Resumption
amendment-state-proposed = Proposed
amendment-state-countersigned = Countersigned
amendment-state-in-force = In force
amendment-state-refused = Refused
amendment-state-withdrawn = Taken back
amendment-event-countersign = Countersign
amendment-event-approve = Approve
amendment-event-refuse = Refuse
amendment-event-withdraw = Take back

error-amendment-zero = Enter an amount above zero.
error-amendment-above-largest = The largest award of the call is { $largest }. This grant can grow by at most { $left }.
error-amendment-decrease = The award can be decreased by at most { $most }. The rest is paid, on its way, or spent.
error-amendment-lines = Enter an amount for every budget line.
error-amendment-same = Change at least one line.
error-amendment-sum = The lines add up to { $sum }. Together they must be the award of { $award }.
error-amendment-months = Enter at least one month.
error-amendment-extension = { $left ->
    [0] This grant cannot be extended any further.
    [one] This grant can be extended by at most one month.
   *[other] This grant can be extended by at most { $left } months.
}
error-amendment-note = Write why you refuse.
refused-amendment-transition = “{ $event }” is not possible while the amendment is “{ $state }”. Reload the page to see how it stands.
refused-amendment-state = “{ $kind }” is not possible while the grant is “{ $state }”.
refused-amendment-open = Amendment { $number } is still open. Wait until it is decided, or take it back first.
refused-amendment-not-countersigned = The organisation’s signatory has not countersigned yet.
refused-amendment-no-signature = This amendment is the Fund’s own decision and needs no countersignature.
refused-amendment-own = You proposed this amendment yourself. Somebody else has to decide on it.
refused-amendment-instalments = The new award does not leave a cent for each instalment that is not paid.
refused-amendment-final-report = The final report is sent already, so the grant cannot be extended any more.

done-amendment-proposed = The amendment is entered.
done-amendment-countersigned = You countersigned the amendment. The executive director decides now.
done-amendment-approved = The amendment is in force.
done-amendment-refused = The amendment is refused. Nothing was changed.
done-amendment-withdrawn = The amendment is taken back.

audit-amendment-propose = proposed an amendment
audit-amendment-countersign = countersigned an amendment
audit-amendment-approve = approved an amendment
audit-amendment-refuse = refused an amendment
audit-amendment-withdraw = took an amendment back

amendments-to-decide = To be decided
amendments-to-countersign = To be countersigned
waits-amendments = { $count ->
    [one] { $count } amendment to decide
   *[other] { $count } amendments to decide
}
waits-own-amendments = { $count ->
    [one] { $count } amendment to countersign
   *[other] { $count } amendments to countersign
}

mail-amendment-to-sign = Amendment to countersign
mail-amendment-to-sign-subject = Amendment { $number } of grant { $grant } waits for your signature
mail-amendment-to-sign-text =
    The secretariat proposes to amend grant { $grant }: { $kind }.

    Reason: { $reason }

    Your signatory can read and countersign it in the grant system. After that the executive director decides.
mail-amendment-to-sign-link = Read the amendment
mail-amendment-in-force = Amendment in force
mail-amendment-in-force-subject = Amendment { $number } of grant { $grant } is in force
mail-amendment-in-force-text =
    Grant { $grant } is amended: { $kind }.

    Reason: { $reason }

    The grant’s page shows what changed.
mail-amendment-in-force-link = Read the amendment
mail-amendment-refused = Amendment refused
mail-amendment-refused-subject = Amendment { $number } of grant { $grant } is not approved
mail-amendment-refused-text =
    The executive director did not approve the amendment of grant { $grant }: { $kind }.

    Reason: { $reason }

    The agreement stays as it was.
mail-amendment-refused-link = Read the amendment
