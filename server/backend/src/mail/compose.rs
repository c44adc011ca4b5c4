//! What a mail says: subject, plain text and HTML, from the locale files, in the recipient's language.

use domain::message::Argument;
use i18n::Reader;

use super::Recipient;

domain::code_list! {
    /// Why a mail is sent.
    MailKind, "mail", {
        Confirm = "confirm",
        AlreadyRegistered = "already-registered",
        Reset = "reset",
        Invite = "invite",
        AccountLocked = "account-locked",
        AccountShut = "account-shut",
        SignatoryMade = "signatory-made",
        SignatoryEnded = "signatory-ended",
        ApplicationReceived = "application-received",
        ApplicationReturned = "application-returned",
        ApplicationIneligible = "application-ineligible",
        ApplicationReconsidered = "application-reconsidered",
        CallExtended = "call-extended",
        ReviewAssigned = "review-assigned",
        ReviewReopened = "review-reopened",
        ReviewTakenBack = "review-taken-back",
        DecisionAwarded = "decision-awarded",
        DecisionRejected = "decision-rejected",
        DecisionReserved = "decision-reserved",
        AgreementToSign = "agreement-to-sign",
        AgreementTakenBack = "agreement-taken-back",
        AmendmentToSign = "amendment-to-sign",
        AmendmentInForce = "amendment-in-force",
        AmendmentRefused = "amendment-refused",
        GrantClosed = "grant-closed",
        GrantEnded = "grant-ended",
        RecoveryDue = "recovery-due",
        RecoveryReceived = "recovery-received",
        DisbursementRequested = "disbursement-requested",
        DisbursementCertified = "disbursement-certified",
        DisbursementApproved = "disbursement-approved",
        GrantTerminated = "grant-terminated",
        DisbursementReleased = "disbursement-released",
        DisbursementConfirmed = "disbursement-confirmed",
        DisbursementHeld = "disbursement-held",
        DisbursementResumed = "disbursement-resumed",
        DisbursementReturned = "disbursement-returned",
        DisbursementRejected = "disbursement-rejected",
        DisbursementFailed = "disbursement-failed",
        DisbursementVoided = "disbursement-voided",
        DisbursementBounced = "disbursement-bounced",
        RoleDelegated = "role-delegated",
        ReportDue = "report-due",
        ReportLate = "report-late",
        ReportReturned = "report-returned",
        ReportAccepted = "report-accepted",
        PledgeOverdue = "pledge-overdue",
    }
}

impl MailKind {
    /// True when the mail holds a link that opens an account: once sent, its text is nobody's business any more.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Confirm | Self::Reset | Self::Invite)
    }
}

/// A mail ready to be queued.
pub struct Composed {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML, without anything that a mail program would have to fetch.
    pub html: String,
}

/// Composes a mail. Keys: `mail-kind-subject`, `mail-kind-text` and, with a link, `mail-kind-link`.
pub fn compose(to: &Recipient, kind: MailKind, arguments: &[(&'static str, Argument)], url: Option<&str>) -> Composed {
    let reader = Reader::new(to.language);
    let key = |part: &str| format!("mail-{}-{part}", kind.code());
    let subject = reader.with(&key("subject"), arguments).replace('\n', " ");
    let greeting = reader.with("mail-greeting", &[("name", to.name.as_str().into())]);
    let body = reader.with(&key("text"), arguments);
    let link = url.map(|url| (reader.text(&key("link")), url));
    let footer = reader.text("mail-footer");

    let mut text = format!("{greeting}\n\n{body}\n");
    if let Some((label, url)) = &link {
        text.push_str(&format!("\n{label}:\n{url}\n"));
    }
    text.push_str(&format!("\n-- \n{footer}\n"));

    let paragraphs: String = std::iter::once(greeting.as_str())
        .chain(body.split("\n\n"))
        .map(|paragraph| format!("<p>{}</p>", escape(paragraph).replace('\n', "<br>")))
        .collect();
    let button = link.map_or_else(String::new, |(label, url)| {
        format!(
            "<p><a href=\"{}\" style=\"display:inline-block;padding:12px 20px;background:#0b5c8a;color:#ffffff;\
             border-radius:4px;text-decoration:none\">{}</a></p><p style=\"font-size:13px;color:#555555\">{}</p>",
            escape(url),
            escape(&label),
            escape(url)
        )
    });
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;color:#1d2b36;max-width:36em\">\
         {paragraphs}{button}<hr><p style=\"font-size:13px;color:#555555\">{}</p></body></html>",
        reader.tag(),
        reader.direction(),
        escape(&subject),
        escape(&footer).replace('\n', "<br>")
    );
    Composed { subject, text, html }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
