//! The documents of an application.

use crate::roles::{Action, Actor, Role, role_may};

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

    /// True when such a document names the account: beside the own organisation only those who may read bank details
    /// get it.
    #[must_use]
    pub const fn names_account(self) -> bool {
        matches!(self, Self::BankLetter)
    }

    /// What somebody of the Fund must be allowed to do to get such a document.
    #[must_use]
    pub const fn permission(self) -> Action {
        if self.names_account() { Action::ReadBankDetails } else { Action::ReadApplications }
    }

    /// True when the actor gets such a document of an application that the actor may read. The own organisation wrote
    /// it, whoever there reads it.
    #[must_use]
    pub fn is_for(self, actor: &Actor) -> bool {
        actor.system || actor.role.is_some_and(Role::of_organisation) || role_may(actor.role, self.permission())
    }
}

/// The required documents that are not there.
#[must_use]
pub fn missing_documents(present: &[DocumentKind]) -> Vec<DocumentKind> {
    DocumentKind::ALL.iter().copied().filter(|kind| kind.required() && !present.contains(kind)).collect()
}
