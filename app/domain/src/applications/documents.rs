//! The documents of an application.

code_list! {
    /// What a document is.
    DocumentKind, "document", {
        RegistrationCertificate = "registration-certificate",
        Statutes = "statutes",
        AuditedAccounts = "audited-accounts",
        ActivityReport = "activity-report",
        BankLetter = "bank-letter",
        SignatoryAuthorisation = "signatory-authorisation",
        SupportLetter = "support-letter",
    }
}

impl DocumentKind {
    /// True when an application needs such a document.
    #[must_use]
    pub const fn required(self) -> bool {
        !matches!(self, Self::SupportLetter)
    }
}

/// The required documents that are not there.
#[must_use]
pub fn missing_documents(present: &[DocumentKind]) -> Vec<DocumentKind> {
    DocumentKind::ALL.iter().copied().filter(|kind| kind.required() && !present.contains(kind)).collect()
}
