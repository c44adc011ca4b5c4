# The mails of the Fund: for each kind a subject, a text and the words on its link; and the page of the outbox.

mail-greeting = Dear { $name },
mail-footer =
    UN Voluntary Trust Fund for Victims of Trafficking in Persons
    This mail was sent by the Fund’s grant system. Please do not answer it.

mail-confirm-subject = Confirm your e-mail address
mail-confirm-text =
    You registered with the UN Voluntary Trust Fund for Victims of Trafficking in Persons. Please confirm that this address is yours. After that you can sign in.

    The link works once, for { RULE("link-days") } days. If you did not register, do nothing: the account stays closed.
mail-confirm-link = Confirm the address
mail-already-registered-subject = You already have an account
mail-already-registered-text =
    Somebody, perhaps you, tried to register with this e-mail address. You already have an account, so nothing was changed.

    Sign in with your password, or set a new one if you have forgotten it. If it was not you, there is nothing to do.
mail-already-registered-link = Set a new password
mail-reset-subject = Set a new password
mail-reset-text =
    Somebody, perhaps you, asked for a new password for your account.

    The link works once, for { RULE("reset-hours") ->
        [one] one hour
       *[other] { RULE("reset-hours") } hours
    }, and only until you ask for another. Setting a new password signs you out everywhere. If you did not ask for it, do nothing: your password stays as it is.
mail-reset-link = Set a new password
mail-invite-subject = Invitation to the UN Voluntary Trust Fund
mail-invite-text =
    { $place ->
        [organisation] { $inviter } invites you to work for the organisation “{ $of }”
        [donor] { $inviter } invites you to represent the donor “{ $of }”
       *[fund] { $inviter } invites you to work for the Fund
    } in the grant system of the UN Voluntary Trust Fund for Victims of Trafficking in Persons. Your role would be: { $role }.

    The link shows the invitation and lets you accept it, once, until { $until }. Until you accept, nothing is opened in your name. If you do not know the sender, do nothing. You can register an organisation of your own at any time.
mail-invite-link = Accept the invitation
mail-wrong-passwords-subject = Many wrong passwords were entered for your account
mail-wrong-passwords-text =
    Somebody, perhaps you, has entered a wrong password for your account many times. The account is not locked, but whoever goes on trying has to wait between tries. We write about this once a day at most.

    If it was you, wait a little or set a new password; with that you can sign in at once. If it was somebody else, you need not do anything; please tell the secretariat if it happens again.
mail-wrong-passwords-link = Set a new password
mail-password-changed-subject = Your password was changed
mail-password-changed-text =
    The password of your account was changed on { $at }. Wherever else you were signed in, you are signed out.

    If it was not you, set a new password at once and tell the secretariat.
mail-password-changed-link = Set a new password
mail-new-device-subject = A sign-in from a new device
mail-new-device-text =
    Somebody signed in to your account on { $at }, in a browser from which you had not signed in before. The request came from the address { $address }.

    If it was you, you need not do anything. If it was not, set a new password at once, which signs everybody out, and tell the secretariat.
mail-new-device-link = Set a new password
mail-bank-details-changed-subject = New bank details of { $organisation }
mail-bank-details-changed-text =
    { $actor } entered bank details for { $organisation } on { $at }. The account now ends in { $ending }. The Fund verifies it before anything is paid to it.

    You receive this mail because you sign for the organisation. If you do not know of this change, tell the secretariat at once.
mail-bank-details-changed-link = See the organisation
mail-application-received-subject = We have received application { $number }
mail-application-received-text =
    Your application { $number }, “{ $title }”, reached the Fund on { $at } as revision { $revision }.

    It is frozen as you sent it. The secretariat first checks whether it fulfils the conditions of the call; we will write to you about every next step.
mail-application-received-link = See the application
mail-application-returned-subject = Application { $number } needs clarification
mail-application-returned-text =
    The secretariat has read your application { $number }, “{ $title }”, and asks you to clarify:

    { $comments }

    Please change the application and submit it again by { $due }.
mail-application-returned-link = Open the application
mail-application-ineligible-subject = Application { $number } is not eligible
mail-application-ineligible-text =
    The secretariat has checked your application { $number }, “{ $title }”, against the Fund’s published conditions. We regret that it is not eligible. These conditions are not met: { $conditions }.

    { $note }

    If this is a mistake, please write to the secretariat, which can consider the application again.
mail-application-ineligible-link = See the application
mail-application-reconsidered-subject = Application { $number } is considered again
mail-application-reconsidered-text =
    The secretariat considers your application { $number }, “{ $title }”, again, which was found not eligible. You need not do anything. We will write to you when it is decided.

    { $note }
mail-application-reconsidered-link = See the application
mail-call-extended-subject = The deadline is now { $deadline }
mail-call-extended-text =
    The deadline of the call “{ $call }”, for which you have begun the application “{ $title }”, is extended from { $before } to { $deadline }.

    { $reason }
mail-call-extended-link = Go on with the application
mail-review-assigned-subject = Application { $number } is waiting for your review
mail-review-assigned-text =
    You have been asked to review application { $number }, “{ $title }”.

    Please first say whether you have a conflict of interest, then score each criterion with a comment.
mail-review-assigned-link = Open the review
mail-review-reopened-subject = Please look again at your review of application { $number }
mail-review-reopened-text =
    The secretariat asks you to look again at your review of application { $number }, “{ $title }”, and to hand it in again:

    { $reason }
mail-review-reopened-link = Open the review
mail-review-taken-back-subject = You need not review application { $number } any more
mail-review-taken-back-text =
    Application { $number }, “{ $title }”, which you were asked to review, has been taken back, because no review was handed in. You need not do anything.

    If you were about to hand in your review, please write to the secretariat.
mail-review-taken-back-link = See your other reviews
mail-decision-awarded-subject = Application { $number } is awarded a grant
mail-decision-awarded-text =
    We are glad to tell you that your application { $number }, “{ $title }”, is awarded a grant of { $amount }.

    The secretariat prepares the grant agreement. We will write to you when your authorised signatory can sign it.
mail-decision-awarded-link = See the grant
mail-decision-reserved-subject = Application { $number } is on the reserve list
mail-decision-reserved-text =
    The Board of Trustees has put your application { $number }, “{ $title }”, on the reserve list. It may still be awarded a grant if money becomes available; the Board takes it up again before the call ends.

    You need not do anything. We will write to you when it is decided.
mail-decision-reserved-link = See the application
mail-decision-rejected-subject = Decision on application { $number }
mail-decision-rejected-text =
    Thank you for your application { $number }, “{ $title }”. We regret that it is not awarded a grant in this call.

    { $note }

    The Fund receives many more good applications than it can pay for. You are welcome to apply to a later call.
mail-decision-rejected-link = See the application
mail-agreement-to-sign-subject = Grant agreement { $number } is ready to be signed
mail-agreement-to-sign-text =
    The agreement of grant { $number }, “{ $title }”, over { $amount }, is ready. Your organisation’s authorised signatory can read and sign it now.
mail-agreement-to-sign-link = Read and sign the agreement
mail-agreement-taken-back-subject = Grant agreement { $number } will be offered anew
mail-agreement-taken-back-text =
    The secretariat has taken back the agreement of grant { $number }, “{ $title }”, which waited for your organisation’s signature. The grant itself remains. You will be asked to sign once the agreement is offered anew.

    Reason: { $reason }
mail-agreement-taken-back-link = See the grant
mail-grant-terminated-subject = Grant { $number } is terminated
mail-grant-terminated-text =
    The secretariat has terminated grant { $number }, “{ $title }”, before the agreement was signed by both. Nothing will be paid, and no reports are due.

    Reason: { $reason }
mail-grant-terminated-link = See the grant
mail-disbursement-released-subject = { $amount } of grant { $number } is on its way
mail-disbursement-released-text =
    Instalment { $instalment } of grant { $number }, { $amount }, is on its way to your organisation’s bank account. Banks may take some days.

    If it has not arrived after two weeks, please tell the secretariat.
mail-disbursement-released-link = See the disbursement
mail-report-due-subject = Report of grant { $number } due { $due }
mail-report-due-text =
    Report { $report } of grant { $number } is due on { $due }.

    The next instalment can only be paid once it is accepted.
mail-report-due-link = Write the report
mail-report-late-subject = Report of grant { $number } is late
mail-report-late-text =
    Report { $report } of grant { $number } was due on { $due } and has not reached us.

    Until it has, no instalment can be paid. Please send it as soon as you can, or write to the secretariat if something keeps you from it.
mail-report-late-link = Write the report
mail-report-returned-subject = Report of grant { $number } needs changes
mail-report-returned-text =
    The secretariat has read report { $report } of grant { $number } and asks you to change it:

    { $comments }

    Please send it again by { $due }.
mail-report-returned-link = Open the report
mail-report-accepted-subject = Report of grant { $number } is accepted
mail-report-accepted-text =
    The secretariat has accepted report { $report } of grant { $number }. Thank you.
mail-report-accepted-link = See the report
mail-what-waits-subject = What waits for you in the grant system
mail-what-waits-text =
    This waits for you today:

    { $waiting }

    You can switch this mail off on the page “Your account”.
mail-what-waits-link = Open your home page

# Kinds of mail, for the list of the outbox.
mail-confirm = Confirm an address
mail-already-registered = Address already registered
mail-reset = New password
mail-invite = Invitation
mail-account-locked = Account locked
mail-wrong-passwords = Wrong passwords
mail-password-changed = Password changed
mail-new-device = Sign-in from a new device
mail-bank-details-changed = Bank details changed
mail-application-received = Application received
mail-application-returned = Application returned
mail-application-ineligible = Application not eligible
mail-application-reconsidered = Application considered again
mail-call-extended = Deadline extended
mail-review-assigned = Review assigned
mail-review-reopened = Review reopened
mail-review-taken-back = Review taken back
mail-decision-awarded = Grant awarded
mail-decision-rejected = Application rejected
mail-decision-reserved = Application on the reserve list
mail-agreement-to-sign = Agreement to sign
mail-agreement-taken-back = Agreement taken back
mail-grant-terminated = Grant terminated
mail-disbursement-released = Instalment on its way
mail-report-due = Report due
mail-report-late = Report late
mail-report-returned = Report returned
mail-report-accepted = Report accepted
mail-what-waits = What waits
mail-pledge-overdue = Instalment of a pledge overdue
mail-state-queued = Waiting
mail-state-sent = Sent
mail-state-stuck = Stuck

mails-title = Mail
mails-lead = Mails that the system sends. One that cannot be sent is tried again after growing pauses; after the eighth try it is stuck until somebody tries it again here.
mails-subject = Subject
mails-kind = Kind
mails-to = To
mails-state = State
mails-tries = Tries
mails-created = Queued
mails-what = What happened
mails-sent-at = Sent { $at }
mails-next-try = Next try { $at }
mails-retry = Try again now
mail-failed-silent = The mail server did not answer within { $seconds } seconds.
mail-failed-refused = The mail server did not take the mail ({ $code }). It said: “{ $words }”
mail-failed-unreachable = The mail server could not be reached. The system said: “{ $words }”
mail-failed-file = The mail could not be written to a file. The system said: “{ $words }”
mail-failed-unfit = This cannot be sent as a mail: “{ $words }”
mail-failed-words = It could not be sent: “{ $words }”
done-mail-retried = The mail is back in the queue and will be tried within seconds.
audit-mail-retried = put the mail back into the queue

mail-pledge-overdue-subject = { $level ->
    [1] Reminder: your contribution to the Fund
    [2] Second reminder: your contribution to the Fund
   *[other] Third reminder: your contribution to the Fund
}
mail-pledge-overdue-text =
    We thank { $donor } for its pledge to the UN Voluntary Trust Fund for Victims of Trafficking in Persons.

    Of the instalment of { $amount } that was due on { $due }, { $open } has not reached our account yet. If it is on its way, please disregard this mail.

    Please name the reference { $reference } on the payment. If the instalment should be due on another day, please write to the secretariat.
mail-pledge-overdue-link = See the pledge

mail-account-shut = Account shut
mail-account-shut-subject = Your account was shut
mail-account-shut-text =
    { $actor } has shut your account in the grant system. You can no longer sign in. Nothing that you did is deleted.

    If this is a mistake, please write to your organisation or to the secretariat.
mail-account-shut-link = Open the grant system
mail-signatory-made = Made signatory
mail-signatory-made-subject = You sign for { $organisation } now
mail-signatory-made-text =
    { $actor } has made you an authorised signatory of { $organisation }. You can submit applications and reports, sign agreements and change the bank details.

    If you are not authorised to sign for the organisation, please write to the secretariat.
mail-signatory-made-link = Open your account
mail-signatory-ended = No longer signatory
mail-signatory-ended-subject = You no longer sign for { $organisation }
mail-signatory-ended-text =
    { $actor } has ended your signature for { $organisation }. You can still write applications and reports; an authorised signatory submits and signs them.

    If this is a mistake, please write to the secretariat.
mail-signatory-ended-link = Open your account
mail-role-granted = Role given
mail-role-granted-subject = { $person } takes part in payments from now on
mail-role-granted-text =
    { $person } has accepted an invitation to the Fund. Role: { $role }. Invited by: { $inviter }. Confirmed by: { $confirmer }.

    You receive this mail because you watch over payments as well. If you did not expect this, talk to the other officers and to the administrators at once.
mail-role-granted-link = See the officers
mail-limit-changed = Limit of an officer changed
mail-limit-changed-subject = { $person } may now sign payments of up to { $amount }
mail-limit-changed-text =
    { $actor } has changed the limit of { $person } for one payment from { $earlier } to { $amount }.

    You receive this mail because you watch over payments as well. If you did not expect this, talk to the other officers and to the administrators at once.
mail-limit-changed-link = See the officers
