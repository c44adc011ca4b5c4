//! Typed identifiers: a grant's number can never be handed over as a donor's.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

ids! {
    /// A person who signs in.
    UserId,
    /// An invitation that nobody has accepted yet.
    InvitationId,
    /// A donor.
    DonorId,
    /// A donor's pledge.
    PledgeId,
    /// Money that came in.
    ReceiptId,
    /// Money that came in and of which nobody has said yet what it is.
    UnidentifiedId,
    /// A bank account of the Fund.
    BankAccountId,
    /// An imported bank statement.
    StatementId,
    /// A line of a bank statement.
    BankLineId,
    /// A rate of exchange.
    RateId,
    /// A file of past contributions.
    PastImportId,
    /// A reminder of an overdue instalment of a pledge.
    PledgeReminderId,
    /// A call for proposals.
    CallId,
    /// An organisation that applies or is helped to help.
    OrganisationId,
    /// An application to a call.
    ApplicationId,
    /// One reviewer's review of one application.
    ReviewId,
    /// A session of the Board of Trustees.
    BoardSessionId,
    /// One application on the agenda of a session.
    BoardItemId,
    /// A grant.
    GrantId,
    /// An indicator of a grant.
    IndicatorId,
    /// A planned part of a grant.
    InstalmentId,
    /// An instalment being paid.
    DisbursementId,
    /// A change of a grant's agreement.
    AmendmentId,
    /// What an organisation has to pay back.
    RecoveryId,
    /// An officer's role given to another officer for some days.
    DelegationId,
    /// A tie of a member of staff with an organisation.
    TieId,
    /// Payments that go to the bank together.
    PaymentBatchId,
    /// A file of the bank that tells what became of payments.
    BankFileId,
    /// A report of a grantee.
    ReportId,
    /// An uploaded document.
    DocumentId,
    /// A journal entry of the books.
    EntryId,
    /// A mail in the outbox.
    MailId,
}
