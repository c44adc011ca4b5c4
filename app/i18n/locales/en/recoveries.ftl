# Recoveries: what organisations pay back of grants that ended.

recoveries-title = Recoveries
recoveries-lead = What organisations have to pay back of grants that ended with money not spent.
recoveries-number = Number
recoveries-grant = Grant
recoveries-amount = To be paid back
recoveries-received = Paid back
recoveries-written-off = Written off
recoveries-left = Still owed
recoveries-due = Due by
recoveries-began = Since
recoveries-steps = What happened
recoveries-day = Day
recoveries-step = Step
recoveries-reference = Bank reference or reason
recoveries-by = Entered by
recoveries-shares = The contributions that paid
recovery-title = Recovery { $number }
recovery-lead = Paid on grant { $grant } and not spent. While it is open, the organisation gets no new instalment.
recovery-late = Late
recovery-receive = Enter money that came back
recovery-receive-lead = The money can be committed again at once, from the contributions that paid and for their purposes.
recovery-write-off = Write off
recovery-write-off-lead = For what the organisation will not pay back. It is lost to the contributions that paid; this cannot be undone.
recovery-receive-amount = Amount, USD
recovery-receive-date = Day on which the bank received it
recovery-receive-bank_reference = Bank reference
recovery-write-off-amount = Amount, USD
recovery-write-off-reason = Reason
recovery-write-off-reason-hint = Auditors read it.

recovery-state-open = Open
recovery-state-settled = Settled
recovery-step-received = Paid back
recovery-step-written-off = Written off

error-recovery-zero = Enter an amount above zero.
error-recovery-too-much = Only { $left } are still owed.
error-recovery-in-future = The day cannot be in the future.
error-recovery-too-early = The day cannot be before the recovery began.
error-recovery-reference-used = This bank reference is entered already.

done-recovery-received = The money is entered. It can be committed again.
done-recovery-written-off = The amount is written off.
audit-recovery-due = made a recovery of what was not spent
audit-recovery-received = entered money paid back
audit-recovery-written-off = wrote off a recovery

waits-recoveries = { $count ->
    [one] { $count } recovery to collect
   *[other] { $count } recoveries to collect
}

mail-grant-closed = Grant closed
mail-grant-closed-subject = Grant { $number } is closed
mail-grant-closed-text =
    Your grant { $number }, “{ $title }”, is closed: every report is accepted. Thank you for your work.

    If something has to be paid back, you get a mail of its own about it.
mail-grant-closed-link = See the grant
mail-grant-ended = Running grant terminated
mail-grant-ended-subject = Grant { $number } is terminated
mail-grant-ended-text =
    The executive director has terminated your grant { $number }, “{ $title }”.

    Reason: { $reason }

    Nothing more is paid. If something has to be paid back, you get a mail of its own about it.
mail-grant-ended-link = See the grant
mail-recovery-due = Money to pay back
mail-recovery-due-subject = Please pay back { $amount } of grant { $number }
mail-recovery-due-text =
    Grant { $number } has ended. { $amount } that were paid to you are not accounted for and have to be paid back by { $due }.

    Please name { $recovery } in the payment. Until then no new instalment can be paid to your organisation.
mail-recovery-due-link = See what is owed
mail-recovery-received = Money paid back received
mail-recovery-received-subject = We received { $amount } for { $recovery }
mail-recovery-received-text =
    We received { $amount } that you paid back of grant { $number }. Still owed: { $left }.
mail-recovery-received-link = See the recovery
recoveries-late = Overdue
