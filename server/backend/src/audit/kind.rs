//! What kind of record a row of the trail is about.

domain::code_list! {
    /// What kind of record a row of the trail is about.
    Kind, "audit-kind", {
        /// A person.
        User = "user",
        /// An invitation.
        Invitation = "invitation",
        /// A donor.
        Donor = "donor",
        /// A pledge, with its receipts.
        Pledge = "pledge",
        /// Money that nobody has identified yet.
        Unidentified = "unidentified",
        /// An imported bank statement.
        BankStatement = "bank-statement",
        /// A file of past contributions.
        PastImport = "past-import",
        /// A rate of exchange.
        Rate = "rate",
        /// An organisation.
        Organisation = "organisation",
        /// A call.
        Call = "call",
        /// An application, with screening and reviews.
        Application = "application",
        /// A Board session.
        Session = "session",
        /// A grant.
        Grant = "grant",
        /// A disbursement.
        Disbursement = "disbursement",
        /// A report.
        Report = "report",
        /// A mail.
        Mail = "mail",
        /// A journal entry of the books.
        Entry = "entry",
        /// A period of the books; its number is that of the year and the month, 202605 for May 2026 and 202613 for the year.
        Period = "period",
        /// Payments that go to the bank together.
        PaymentBatch = "payment-batch",
        /// A file of the bank about payments.
        BankFile = "bank-file",
        /// A setting of the Fund.
        Setting = "setting",
    }
}
