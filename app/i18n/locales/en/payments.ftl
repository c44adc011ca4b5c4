# Payments: conditions, officers, batches for the bank, the bank’s files.

# Conditions of an instalment.
conditions-title = Conditions
conditions-page-title = Conditions of { $number }, instalment { $instalment }
conditions-lead = The system looks at each of these again at every step, until the payment is with the bank.
conditions-grant = Grant { $number }
conditions-payment = Payment
conditions-see-number = Conditions of instalment { $number }
conditions-waive = Waive a condition
conditions-waive-lead = An approving officer may waive a condition for one payment of this instalment: the one under way, or else the next one. When that payment is returned, rejected or voided, fails or comes back, the waiver has ended, and another try needs a new one with its own reason. Names and reasons stay on record.
conditions-waive-one = Waive: { $condition }
conditions-waive-button = Waive this condition
conditions-waive-link = Waive a condition
condition-waiver-reason = Why the payment may go on without it
condition-waiver-reason-hint = Only people of the Fund read this.
condition-met = Met
condition-unmet = Not met
condition-waived = Waived
condition-waived-by = Waived by { $name } on { $at }: { $reason }
condition-waived-at = Waived by the Fund on { $at }
payment-condition-countersigned = The agreement is countersigned
payment-condition-bank-verified = A second person has verified the bank details
payment-condition-vetted = The organisation’s vetting holds
payment-condition-report-accepted = The report is accepted
payment-condition-previous-spent = At least { RULE("spent-per-cent") } per cent of the instalment before is spent, by accepted reports
payment-condition-no-late-report = No report is late
payment-condition-no-open-recovery = The organisation has nothing to pay back
payment-condition-board-conditions = The conditions of the Board are met
done-condition-waived = The condition is waived for this payment of the instalment.
refused-condition-met = This condition is met; there is nothing to waive.
refused-condition-of-law = Nobody may waive this condition. It has to be met.
refused-board-conditions = { $number ->
    [one] One condition of the Board is open. Tick it on the grant’s page once it is met.
   *[other] { $number } conditions of the Board are open. Tick each on the grant’s page once it is met.
}
refused-previous-not-spent = Of instalment { $number }, { $amount }, only { $spent } are spent by accepted reports. At least { $share } per cent must be, or an approving officer waives this condition.
refused-open-recovery = The organisation has to pay back { $amount } of earlier grants. It must do so first, or an approving officer waives this condition.
refused-bank-details-unverified = The bank details of { $at } are not verified. An officer who did not enter them must verify them first.
audit-condition-waived = waived a condition of an instalment

# Officers: limits and absence.
officers-title = Officers
officers-lead = Who certifies, approves and pays, up to which amount, and who stands in for whom.
officers-name = Name
officers-role = Role
officers-most = Limit
officers-limit = Set a limit
officers-limit-button = Save the limit
officer-limit-officer = Officer
officer-limit-most = The most for one payment
officer-limit-most-hint = With a limit of 0, as at the beginning, an officer signs nothing. The other officers and the administrators are told.
officers-delegations = Standing in
officers-no-delegations = Nobody has given their role to somebody else.
officers-delegate = Give your role while you are absent
officers-delegate-lead = The person acts in your place on these days. Your steps and theirs count as one person’s: neither may sign what the other has signed.
officers-delegate-button = Give the role
officers-from = Absent
officers-to = Stands in
officers-starts = From
officers-ends = To
officers-reason = Reason
officers-state = State
officers-end = End it now
delegation-delegate = Who stands in for you
delegation-delegate-hint = An officer of another role.
delegation-starts_on = First day
delegation-ends_on = Last day
delegation-reason = Reason
delegation-running = Today
delegation-coming = To come
delegation-over = Over
error-delegation-past = Enter today or a later day.
error-delegation-order = The last day is before the first one.
done-officer-limit = The limit is saved.
done-role-delegated = Your role is given for these days. The person has been told.
done-delegation-ended = The delegation has ended.
forbidden-no-delegation = Nobody whose role includes this step has given it to you for today.
refused-beyond-limit = { $amount } is beyond the limit of { $most }. These officers may sign it: { $names }.
refused-beyond-limit-nobody = { $amount } is beyond the limit of { $most }, and no officer may sign that much. An administrator must raise a limit first.
refused-no-limit = Your limit, or that of the officer for whom you stand in, is 0, so no payment can be signed. An administrator sets limits on the page “Officers”.
refused-own-limit = Nobody sets their own limit. Another administrator must do it.
refused-same-person-delegate = The officer for whom you stand in took another step of this disbursement. Somebody else must take this one.
audit-officer-limit = set the officer’s limit
audit-role-delegated = gave the role to another officer
audit-delegation-ended = ended a delegation

# Batches for the bank.
batches-title = Payment batches
batches-lead = Payments gathered into one order for the bank, as an ISO 20022 file (pain.001).
batches-list = All batches
batches-account = Payments leave from the account of { $holder } at { $bank }, ending in { $ending }.
batches-no-account = The Fund’s own account is not entered yet. An administrator must enter it before a batch can be made.
batches-new = New batch
batches-new-lead = Payments that are only approved are released with the batch, and their organisations are told.
batches-nothing = No payment waits for a batch.
batches-candidate = { $number }, instalment { $instalment }: { $amount } to { $organisation }, { $payee } ({ $state })
batches-payee = account ending in { $ending } at { $bank }, { $country }
batches-for-colleagues = You took another step of these, or have a tie with the organisation, so a colleague puts them into a batch:
payment-batch-payments = Payments
payment-batch-execution_date = When the bank is to pay
batches-create = Make the batch
batches-batch = Batch
batches-execution = Execution date
batches-payments = Payments
batches-sum = Control sum
batches-made = Made
batches-made-by = Made by
batches-state = State
payment-batch-state-live = Live
payment-batch-state-cancelled = Cancelled
payment-batch-progress-open = Waiting for the bank
payment-batch-progress-not-all-paid = Answered, not all paid
payment-batch-progress-completed = Completed
payment-batch-progress-cancelled = Cancelled
batches-one-lead = Load the file up to the bank once. It is the same, byte for byte, however often you download it.
batches-download = Download the file
batches-its-payments = Its payments
batches-account-to = Account
batches-end-to-end = Identification
batches-cancel = Cancel this batch
batches-cancel-lead = Only if the bank has not got the file, or has stopped it. The payments stay released and can go into another batch.
batches-cancel-button = Cancel the batch
payment-batch-cancel-reason = Reason
batches-cancelled = { $name } cancelled this batch on { $at }: { $reason }
error-execution-past = Enter today or a later day.
error-execution-far = Enter a day up to { $last }: banks are asked at most { RULE("order-ahead-days") } days ahead.
done-batch-created = The batch is made. Download its file and load it up to the bank.
done-batch-cancelled = The batch is cancelled.
refused-batch-payment = { $number }, instalment { $instalment }, cannot go into a batch: it is “{ $why }”. Nothing was done.
refused-batch-taken = { $number }, instalment { $instalment }, is already in batch { $batch }. It cannot be exported twice. Nothing was done.
refused-batch-taken-now = One of these payments has just gone into another batch. Nothing was done: reload the page.
refused-batch-answered = The bank has answered for a payment of this batch. It can no longer be cancelled.
refused-batch-cancelled = This batch is cancelled. Its file must not go to the bank any more.
refused-fund-account-missing = The Fund’s own account is not entered. An administrator must enter it, and an approving officer confirm it.
refused-fund-account-faulty = No payment order can carry the Fund’s own account: { $why } An administrator must enter the account again, with its address, and an approving officer confirm it.
audit-batch-created = made the batch
audit-batch-cancelled = cancelled the batch
audit-batch-downloaded = downloaded the file

# The Fund’s own account.
fund-account-title = The Fund’s account
fund-account-lead = The account from which grants are paid. An approving officer confirms it, and it then stands in every batch.
fund-account-known = For safety the old details are not shown. Enter all of them to replace the account ending in { $ending } at { $bank }.
fund-account-edit = Enter or change the Fund’s account
fund-account-account_holder = Account holder
fund-account-holder_latin = Account holder in Latin letters
fund-account-holder_latin-hint = Only if the name above is in another script.
fund-account-street = Street of the account holder
fund-account-street-hint = Without the number. Addresses are written in Latin letters.
fund-account-building_number = Number of the building
fund-account-post_code = Post code
fund-account-town = Town
fund-account-country = Country of the account holder
fund-account-order = In payment orders
fund-account-bank_name = Name of the bank
fund-account-bank_country = Country of the bank
fund-account-account_number = IBAN or account number
fund-account-bic = BIC (SWIFT code)
audit-bank-keys-rotated = sealed the bank details anew with the newest key

# The bank’s files.
bank-files-title = The bank’s files
bank-files-lead = What the bank says of payments (camt.053 and camt.054) confirms them or records that they came back.
bank-files-import = Import a file
bank-files-import-lead = Payments are found by the identification of their batch. The same file again tries only what was refused before.
bank-files-import-button = Import
bank-file-file = File of the bank (XML)
bank-files-list = Imported files
bank-files-file = File
bank-files-kind = Kind
bank-files-imported = Imported
bank-files-by = Imported by
bank-files-payments = Payments
bank-files-look = To look at
bank-files-one-lead = What became of each payment that the file names.
bank-files-outcomes = Payments
bank-files-outcome = Outcome
bank-files-why = Why
bank-files-none-of-ours = The file names no payment of a batch.
bank-outcome-confirmed = Confirmed
bank-outcome-failed = Not paid
bank-outcome-bounced = Came back
bank-outcome-known = Known already
bank-outcome-refused = Look at it
error-bank-file-broken = This file is no complete XML. Download it from the bank again.
error-bank-file-kind = This is neither a camt.053 nor a camt.054.
error-bank-file-hostile = The file holds things that no bank writes, such as entities or endless nesting. It was not read any further.
error-bank-file-entry-amount = Entry { $number } (reference { $reference }): “{ $value }” is not an amount of its currency. Ask the bank for a corrected file.
error-bank-file-entry-currency = Entry { $number } (reference { $reference }): “{ $value }” is not a currency of ISO 4217. Ask the bank for a corrected file.
error-bank-file-entry-direction = Entry { $number } (reference { $reference }): “{ $value }” does not say whether the money came in or went out. Ask the bank for a corrected file.
error-bank-file-entry-date = Entry { $number } (reference { $reference }): “{ $value }” is not a date. Ask the bank for a corrected file.
error-bank-file-entry-reversal = Entry { $number } (reference { $reference }): “{ $value }” does not say whether the entry takes back another one. Ask the bank for a corrected file.
error-bank-file-entry-status = Entry { $number } (reference { $reference }): “{ $value }” does not say whether the bank has booked the entry. Ask the bank for a corrected file.
refused-bank-file-state = The payment is “{ $state }”, which does not fit what the bank says.
refused-bank-file-amount = The bank names another amount than { $amount }.
refused-bank-file-cancelled = The payment stands in a batch that was cancelled. See to it that it is not paid twice.
refused-bank-file-less = Of the { $paid } that were paid, { $arrived } arrived. Nothing was recorded, because the books know no fee of a payment that comes back. Finance settles it by hand: ask the bank for the difference, and record on the payment’s page that it came back once all of it is there.
refused-bank-file-unclear = The file does not say how much of the { $paid } arrived. Nothing was recorded. Finance records it on the payment’s page.
refused-bank-file-left-again = The bank took the money once more after the payment had come back. Nothing was recorded: ask the bank what it did, and whether the payee has the money.
refused-bank-file-paid-again = The payment is confirmed already under the bank’s reference { $known }, and this line has { $reference }. Nothing was recorded. If the money left twice, ask the bank to send it back; if it is the same payment, nothing is to be done.
done-bank-file-imported = The file is imported. Below is what became of its payments.
audit-bank-file-imported = imported a file of the bank
audit-bank-file-retried = imported a file of the bank again

# Holding, returning, bouncing, standing in.
disbursements-on-hold = On hold
disbursements-held = Since { $at } this payment is on hold.
disbursements-held-by = { $name } holds this payment since { $at }: { $reason }
disbursements-bounced-on = Came back on
disbursements-batch = Batch
disbursements-stands-for = You stand in for { $name }. What you sign is recorded with both names.
disbursements-in-place-of = in the place of { $name }
disbursements-resubmit-title = Request again
disbursements-resubmit-lead = Once what it came back for is put right. It starts anew with the certifying officer.
disbursements-resubmit-button = Request again
disbursements-return-title = Return to whoever requested it
disbursements-return-lead = The request can be put right and sent again.
disbursements-return-button = Return
disbursements-hold-title = Hold
disbursements-hold-lead = No step can be taken until somebody lets it go on. Whoever requested it is told.
disbursements-hold-button = Hold
disbursements-resume-title = Let it go on
disbursements-resume-lead = Say why the payment can go on.
disbursements-resume-button = Let it go on
disbursements-bounce-title = The money came back
disbursements-bounce-lead = Record it once the whole amount is there. The commitment is open again then, and the instalment can be requested again.
disbursements-bounce-button = Record that it came back
disbursement-bounce-bounced_on = Day on which the money came back
disbursement-bounce-reason = Reason
disbursement-bounce-reason-hint = The organisation reads this, by mail and on the page of the payment.
disbursement-state-returned = Returned
disbursement-state-bounced = Came back
disbursement-event-resubmit = Request again
disbursement-event-return = Return
disbursement-event-bounce = Record as come back
disbursement-step-kind-request = Requested
disbursement-step-kind-certify = Certified
disbursement-step-kind-approve = Approved
disbursement-step-kind-release = Released
disbursement-step-kind-confirm = Paid
disbursement-step-kind-resubmit = Requested again
disbursement-step-kind-return = Returned
disbursement-step-kind-reject = Rejected
disbursement-step-kind-fail = Failed
disbursement-step-kind-void = Voided
disbursement-step-kind-bounce = Came back
disbursement-step-kind-hold = Put on hold
disbursement-step-kind-resume = Goes on
audit-disbursement-resubmit = requested the payment again
audit-disbursement-return = returned the request
audit-disbursement-bounce = recorded that the money came back
audit-disbursement-hold = put the payment on hold
audit-disbursement-resume = let the payment go on
done-disbursement-returned = Returned. Whoever requested it has been told.
done-disbursement-bounced = Recorded: the money came back. The instalment can be requested again.
done-disbursement-held = The payment is on hold.
done-disbursement-resumed = The payment goes on.
done-disbursement-stood-in = Done in the place of the absent officer.
refused-disbursement-held = The payment is on hold: { $reason }
refused-held-already = The payment is on hold already.
refused-not-held = The payment is not on hold.
refused-hold-too-late = Only a payment that is not with the bank yet can be held.
refused-resume-other = Whoever holds the payment, or an approving officer, lets it go on.
refused-resubmit-amount = This disbursement is of { $amount }, but an amendment has made the instalment { $planned }. Request the instalment anew.
refused-resubmit-taken = The instalment has another disbursement by now.
refused-bounce-spent = The grant has ended, and of the { $amount } that came back its advances hold only { $left }: the rest is accounted for, or has to be paid back. If a recovery is due, record the money there; otherwise hold it as a receipt that is not identified.
error-bounced-before-paid = This day is before the bank paid.

# Verifying bank details.
bank-verify-title = Verify these bank details
bank-verify-lead = Ask the organisation by a way you know from before, such as a call to a number on file, and note how. Nothing is paid to this account before.
bank-verify-button = Verify
bank-verification-note = How you verified them
bank-unverified = A second person has not verified these details yet. Nothing is paid until somebody has.
bank-unverified-filter = Bank details to verify
bank-verified-tag = Verified
bank-verified = on { $at }
bank-verified-by = by { $name } on { $at }: { $note }
done-bank-verified = The bank details are verified.
refused-bank-verify-own = Bank details are verified by somebody who did not enter them.
refused-bank-verify-faulty = Nothing can be paid to these bank details: { $why } A signatory of the organisation must enter them again; then they are verified.
refused-payee-faulty = No payment order can carry this payment: { $why } A signatory of the organisation corrects the bank details, or any of its members the address in the profile. New bank details must be verified before the payment goes on.
refused-bank-verify-changed = The bank details were changed since you opened the page. Look at the new ones first.
audit-organisation-bank-verified = verified the bank details

# What waits on the home page.

# Mails.
mail-disbursement-requested-subject = To certify: grant { $number }, { $amount }
mail-disbursement-requested-text = { $actor } requested instalment { $instalment } of grant { $number }, { $amount }. A certifying officer comes next.
mail-disbursement-requested-link = See the disbursement
mail-disbursement-requested = Payment to certify
mail-disbursement-certified-subject = To approve: grant { $number }, { $amount }
mail-disbursement-certified-text = { $actor } certified instalment { $instalment } of grant { $number }, { $amount }. An approving officer comes next.
mail-disbursement-certified-link = See the disbursement
mail-disbursement-certified = Payment to approve
mail-disbursement-approved-subject = To pay: grant { $number }, { $amount }
mail-disbursement-approved-text = { $actor } approved instalment { $instalment } of grant { $number }, { $amount }. Finance pays next.
mail-disbursement-approved-link = See the disbursement
mail-disbursement-approved = Payment to release
mail-disbursement-confirmed-subject = The bank has paid { $amount } of grant { $number }
mail-disbursement-confirmed-text = The bank confirms that instalment { $instalment } of grant { $number }, { $amount }, left for your organisation’s account.
mail-disbursement-confirmed-link = See the disbursement
mail-disbursement-confirmed = Payment confirmed
mail-disbursement-held-subject = On hold: grant { $number }, { $amount }
mail-disbursement-held-text = { $actor } put instalment { $instalment } of grant { $number }, { $amount }, on hold: { $reason }
mail-disbursement-held-link = See the disbursement
mail-disbursement-held = Payment on hold
mail-disbursement-resumed-subject = Goes on: grant { $number }, { $amount }
mail-disbursement-resumed-text = { $actor } lets instalment { $instalment } of grant { $number }, { $amount }, go on: { $reason }
mail-disbursement-resumed-link = See the disbursement
mail-disbursement-resumed = Payment goes on
mail-disbursement-returned-subject = Returned: grant { $number }, { $amount }
mail-disbursement-returned-text =
    { $actor } returned your request for instalment { $instalment } of grant { $number }, { $amount }: { $reason }

    Put it right and request it again.
mail-disbursement-returned-link = See the disbursement
mail-disbursement-returned = Request returned
mail-disbursement-rejected-subject = Rejected: grant { $number }, { $amount }
mail-disbursement-rejected-text = { $actor } rejected instalment { $instalment } of grant { $number }, { $amount }: { $reason }
mail-disbursement-rejected-link = See the disbursement
mail-disbursement-rejected = Request rejected
mail-disbursement-failed-subject = Not paid: grant { $number }, { $amount }
mail-disbursement-failed-text =
    The bank did not pay instalment { $instalment } of grant { $number }, { $amount }: { $reason }

    The commitment is open again. Organisations: look whether your bank details are right.
mail-disbursement-failed-link = See the disbursement
mail-disbursement-failed = Payment failed
mail-disbursement-voided-subject = Voided: grant { $number }, { $amount }
mail-disbursement-voided-text = { $actor } voided instalment { $instalment } of grant { $number }, { $amount }: { $reason }
mail-disbursement-voided-link = See the disbursement
mail-disbursement-voided = Payment voided
mail-disbursement-bounced-subject = Came back: grant { $number }, { $amount }
mail-disbursement-bounced-text =
    The payment of instalment { $instalment } of grant { $number }, { $amount }, came back from the bank: { $reason }

    The instalment can be paid again. Organisations: look whether your bank details are right.
mail-disbursement-bounced-link = See the disbursement
mail-disbursement-bounced = Payment came back
mail-role-delegated-subject = You stand in for { $actor } from { $starts } to { $ends }
mail-role-delegated-text =
    { $actor } gave you their role from { $starts } to { $ends }: { $reason }

    What you sign in their place is recorded with both names.
mail-role-delegated-link = See who stands in for whom
mail-role-delegated = Role delegated
waits-bank-details = { $count ->
    [one] { $count } organisation with bank details to verify
   *[other] { $count } organisations with bank details to verify
}
waits-fund-account = The Fund’s account, to be confirmed
waits-returned-payments = { $count ->
    [one] { $count } returned request to put right
   *[other] { $count } returned requests to put right
}
disbursement-task-to-certify = To certify, not on hold
disbursement-task-to-approve = To approve, not on hold
disbursement-task-to-release = To release, not on hold
disbursement-task-to-confirm = To confirm
disbursement-task-to-put-right = To put right
done-fund-account-saved = The account is entered. It is used once an approving officer has confirmed it.
done-fund-account-confirmed = The account is confirmed. Batches use it from now on.
fund-account-waits = The account ending in { $ending } at { $bank }, entered by { $name } on { $at }, waits for an approving officer to confirm it. Batches use the account before it until then.
fund-account-waits-first = The account ending in { $ending } at { $bank }, entered by { $name } on { $at }, waits for an approving officer to confirm it. No batch can be made until then.
fund-account-confirm-lead = Compare every detail with what the bank wrote to the Fund, not with what a colleague says. Grants are paid from this account once you have confirmed it.
fund-account-confirm-button = Confirm this account
refused-fund-account-changed = Another account was entered since you looked. Look at it, and confirm it if it is right.
refused-fund-account-own = You entered this account yourself. Somebody else must confirm it.
audit-fund-account-proposed = entered an account for the Fund, to be confirmed
audit-fund-account = confirmed the Fund’s account
