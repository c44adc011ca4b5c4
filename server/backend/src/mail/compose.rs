//! What a mail says: subject, plain text and HTML, from the locale files, in the recipient's language.

use domain::message::Argument;
use html_escape::encode_double_quoted_attribute as escape;
use i18n::Reader;

use super::Recipient;

domain::code_list! {
    /// Why a mail is sent.
    MailKind, "mail", {
        Confirm = "confirm",
        AlreadyRegistered = "already-registered",
        Reset = "reset",
        Invite = "invite",
        WrongPasswords = "wrong-passwords",
        PasswordChanged = "password-changed",
        NewDevice = "new-device",
        BankDetailsChanged = "bank-details-changed",
        AccountShut = "account-shut",
        SignatoryMade = "signatory-made",
        SignatoryEnded = "signatory-ended",
        RoleGranted = "role-granted",
        LimitChanged = "limit-changed",
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
        WhatWaits = "what-waits",
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
    let arguments: Vec<(&'static str, Argument)> =
        arguments.iter().map(|(name, value)| (*name, safe(name, value))).collect();
    let arguments = arguments.as_slice();
    let key = |part: &str| format!("mail-{}-{part}", kind.code());
    let subject = reader.with(&key("subject"), arguments).replace('\n', " ");
    let greeting = reader.with("mail-greeting", &[("name", plain(&to.name).into())]);
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

/// Arguments that are the Fund's own words to the recipient: long, and with whatever addresses they need.
const OWN_WORDS: &[&str] = &["comments", "note", "reason", "waiting"];
/// The longest that a name or a title may be in a mail.
const LONGEST: usize = 100;

/// Any other text may be a stranger's, who would like the Fund's mails to carry links.
fn safe(name: &str, value: &Argument) -> Argument {
    match value {
        Argument::Text(text) if !OWN_WORDS.contains(&name) => Argument::Text(plain(text)),
        other => other.clone(),
    }
}

/// A name or title as one line that is not too long, and of which no mail program makes a link.
pub(super) fn plain(text: &str) -> String {
    let hidden =
        |sign: char| matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}');
    let line: String = text
        .chars()
        .filter(|sign| !hidden(*sign))
        .map(|sign| if sign.is_whitespace() || sign.is_control() { ' ' } else { sign })
        .collect();
    let signs: Vec<char> =
        line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").chars().collect();
    let mut safe = String::with_capacity(line.len());
    for (at, sign) in signs.iter().take(LONGEST).enumerate() {
        let next = signs.get(at + 1).copied().unwrap_or(' ');
        safe.push(*sign);
        let dot = matches!(sign, '.' | '。' | '．' | '｡') && next.is_alphabetic();
        if dot || (matches!(sign, ':' | '/') && next == '/') || (*sign == '@' || next == '@') && next != ' ' {
            safe.push(' ');
        }
    }
    if signs.len() > LONGEST {
        safe.push('…');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_mail_is_one_short_line_without_links() {
        for (typed, sent) in [
            ("Casa Aurora", "Casa Aurora"),
            ("Dr. J.R.R. Müller", "Dr. J. R. R. Müller"),
            ("See https://evil.example/a", "See https: / /evil. example/a"),
            ("help@evil.example", "help @ evil. example"),
            ("Casa\r\nBcc: all\u{202E}", "Casa Bcc: all"),
            ("G-2026-0007 1.5", "G-2026-0007 1.5"),
        ] {
            assert_eq!(plain(typed), sent);
        }
        let long = plain(&"ä".repeat(500));
        assert_eq!((long.chars().count(), long.ends_with('…')), (LONGEST + 1, true));
    }

    #[test]
    fn no_strangers_text_makes_a_link_in_any_mail_and_the_funds_own_words_stay() {
        let to = Recipient {
            address: "a@example.org".to_owned(),
            name: "Visit evil.example".to_owned(),
            language: domain::users::Language::English,
        };
        let names = ["inviter", "of", "actor", "organisation", "donor", "title", "person", "confirmer"];
        let mut arguments: Vec<(&'static str, Argument)> =
            names.into_iter().map(|name| (name, "Go to https://evil.example/now".into())).collect();
        arguments.push(("place", "organisation".into()));
        arguments.push(("number", "G-2026-0007".into()));
        arguments.push(("reason", "See https://www.unodc.org".into()));
        for kind in MailKind::ALL {
            let mail = compose(&to, *kind, &arguments, None);
            for text in [&mail.subject, &mail.text, &mail.html] {
                assert!(!text.contains("evil.example") && !text.contains("https://evil"), "{kind:?}: {text}");
            }
        }
        let mail = compose(&to, MailKind::GrantTerminated, &arguments, None);
        assert!(mail.text.contains("https://www.unodc.org"), "{}", mail.text);
    }
}
