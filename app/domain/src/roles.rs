//! Who may do what: one table. `may` is asked by every use case and by every page that shows a button;
//! the full matrix is kept in a golden file, so that every change of it is a visible difference.

use serde::{Deserialize, Serialize};

use crate::errors::AppError;
use crate::ids::{DonorId, OrganisationId, UserId};
use crate::message::Message;

code_list! {
    /// What a person is to the Fund. Each person has one role.
    Role, "role", {
        /// Runs the system and its users.
        Administrator = "administrator",
        /// Runs calls, screening, grants and reports.
        ProgrammeOfficer = "programme-officer",
        /// Scores applications.
        TechnicalReviewer = "technical-reviewer",
        /// One of the five trustees.
        BoardMember = "board-member",
        /// Approves what the Board recommends.
        ExecutiveDirector = "executive-director",
        /// Certifies that the money is there and the purpose right.
        CertifyingOfficer = "certifying-officer",
        /// Approves that the payee is right and the papers complete.
        ApprovingOfficer = "approving-officer",
        /// Keeps pledges, receipts and rates, and pays.
        FinanceOfficer = "finance-officer",
        /// Reads all, changes nothing.
        Auditor = "auditor",
        /// Writes an organisation's applications and reports.
        OrganisationEditor = "organisation-editor",
        /// Also submits and signs for the organisation.
        OrganisationSignatory = "organisation-signatory",
        /// Sees and adds to one donor's contributions.
        DonorRepresentative = "donor-representative",
    }
}

impl Role {
    /// Roles of people who work for the Fund; an administrator invites them.
    pub const STAFF: &'static [Self] = &[
        Self::Administrator,
        Self::ProgrammeOfficer,
        Self::TechnicalReviewer,
        Self::BoardMember,
        Self::ExecutiveDirector,
        Self::CertifyingOfficer,
        Self::ApprovingOfficer,
        Self::FinanceOfficer,
        Self::Auditor,
    ];

    /// True for members of an organisation.
    #[must_use]
    pub const fn of_organisation(self) -> bool {
        matches!(self, Self::OrganisationEditor | Self::OrganisationSignatory)
    }

    /// True for people who work for the Fund.
    #[must_use]
    pub fn is_staff(self) -> bool {
        Self::STAFF.contains(&self)
    }

    /// True for people who certify, approve or pay, and for those who invite them: no one person gives such a role.
    #[must_use]
    pub fn touches_payments(self) -> bool {
        role_may(Some(self), Action::ReleaseDisbursements) || self.watches_payments()
    }

    /// True for those of them who are told when such a role is given or a limit changes.
    #[must_use]
    pub fn watches_payments(self) -> bool {
        [Action::ManageUsers, Action::CertifyDisbursements, Action::ApproveDisbursements]
            .iter()
            .any(|action| role_may(Some(self), *action))
    }
}

code_list! {
    /// Everything that can be asked of the system.
    Action, "action", {
        ReadPublic = "public.read",
        UseOwnAccount = "account.use",
        InviteColleagues = "colleagues.invite",
        InviteSignatories = "signatories.invite",
        ReadInvitations = "invitations.read",
        ConfirmInvitations = "invitations.confirm",
        ManageColleagues = "colleagues.manage",
        ReadUsers = "users.read",
        ManageUsers = "users.manage",
        ReadAudit = "audit.read",
        ReadMail = "mail.read",
        RetryMail = "mail.retry",
        ReadDonors = "donors.read",
        WriteDonors = "donors.write",
        ReadContributions = "contributions.read",
        WritePledges = "pledges.write",
        WriteReceipts = "receipts.write",
        ReadRates = "rates.read",
        WriteRates = "rates.write",
        ReadLedger = "ledger.read",
        ReverseEntries = "entries.reverse",
        TransferProgrammeSupport = "psc.transfer",
        ClosePeriods = "periods.close",
        ReopenPeriods = "periods.reopen",
        ReadCalls = "calls.read",
        WriteCalls = "calls.write",
        ReadOrganisations = "organisations.read",
        WriteOrganisations = "organisations.write",
        VetOrganisations = "organisations.vet",
        ReadBankDetails = "bank-details.read",
        WriteBankDetails = "bank-details.write",
        VerifyBankDetails = "bank-details.verify",
        ReadApplications = "applications.read",
        ReadDocuments = "documents.read",
        WriteApplications = "applications.write",
        SubmitApplications = "applications.submit",
        ScreenApplications = "applications.screen",
        AssignReviews = "reviews.assign",
        ReadReviews = "reviews.read",
        WriteReviews = "reviews.write",
        ReadRanking = "ranking.read",
        ReadBoard = "board.read",
        ManageBoard = "board.manage",
        VoteOnBoard = "board.vote",
        DecideAwards = "awards.decide",
        ReadGrants = "grants.read",
        ManageGrants = "grants.manage",
        ConfirmIndicators = "indicators.confirm",
        SignAgreements = "agreements.sign",
        ApproveAmendments = "amendments.approve",
        TerminateGrants = "grants.terminate",
        ReadRecoveries = "recoveries.read",
        ReceiveRecoveries = "recoveries.receive",
        WriteOffRecoveries = "recoveries.write-off",
        ReadDisbursements = "disbursements.read",
        RequestDisbursements = "disbursements.request",
        CertifyDisbursements = "disbursements.certify",
        ApproveDisbursements = "disbursements.approve",
        ReleaseDisbursements = "disbursements.release",
        HoldDisbursements = "disbursements.hold",
        StandInDisbursements = "disbursements.stand-in",
        WaiveConditions = "conditions.waive",
        ReadPayments = "payments.read",
        ReadOfficers = "officers.read",
        LimitOfficers = "officers.limit",
        DelegateOfficers = "officers.delegate",
        WriteFundAccount = "fund-account.write",
        ConfirmFundAccount = "fund-account.confirm",
        ReadReports = "reports.read",
        WriteReports = "reports.write",
        SubmitReports = "reports.submit",
        AssessReports = "reports.assess",
    }
}

/// Who asks. Made from the session; a job of the system itself acts as [`Actor::system`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// The person, none for a visitor and for the system.
    pub user: Option<UserId>,
    /// Their role, none for a visitor.
    pub role: Option<Role>,
    /// The organisation of an organisation's member.
    pub organisation: Option<OrganisationId>,
    /// The donor of a donor's representative.
    pub donor: Option<DonorId>,
    /// Name as shown.
    pub name: String,
    /// True for the system's own jobs and commands, which may do everything.
    pub system: bool,
}

impl Actor {
    /// Somebody who is not signed in.
    #[must_use]
    pub fn visitor() -> Self {
        Self { user: None, role: None, organisation: None, donor: None, name: String::new(), system: false }
    }

    /// The system's own jobs and commands.
    #[must_use]
    pub fn system() -> Self {
        Self { system: true, name: "system".to_owned(), ..Self::visitor() }
    }

    /// The role is the given one.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.role == Some(role)
    }
}

/// Whose record it is that the action touches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The organisation that the record belongs to.
    pub organisation: Option<OrganisationId>,
    /// The donor that the record belongs to.
    pub donor: Option<DonorId>,
    /// The person that the record was given to (a reviewer's review).
    pub user: Option<UserId>,
}

impl Subject {
    /// No record in particular: only the role counts.
    pub const NONE: Self = Self { organisation: None, donor: None, user: None };

    /// A record of an organisation.
    #[must_use]
    pub const fn organisation(id: OrganisationId) -> Self {
        Self { organisation: Some(id), donor: None, user: None }
    }

    /// A record of a donor.
    #[must_use]
    pub const fn donor(id: DonorId) -> Self {
        Self { organisation: None, donor: Some(id), user: None }
    }

    /// A record given to one person.
    #[must_use]
    pub const fn user(id: UserId) -> Self {
        Self { organisation: None, donor: None, user: Some(id) }
    }
}

use Role::{
    Administrator as Adm, ApprovingOfficer as App, Auditor as Aud, BoardMember as Brd, CertifyingOfficer as Cer,
    DonorRepresentative as Don, ExecutiveDirector as Exe, FinanceOfficer as Fin, OrganisationEditor as Edi,
    OrganisationSignatory as Sig, ProgrammeOfficer as Prg, TechnicalReviewer as Rev,
};

/// The roles that may take an action, each within its own records. Empty means everybody, signed in or not.
#[must_use]
pub const fn roles_for(action: Action) -> &'static [Role] {
    match action {
        Action::ReadPublic => &[],
        Action::UseOwnAccount => Role::ALL,
        Action::ReadUsers | Action::ReadAudit | Action::ReadMail => &[Adm, Aud],
        Action::ManageUsers
        | Action::RetryMail
        | Action::ReopenPeriods
        | Action::LimitOfficers
        | Action::WriteFundAccount => &[Adm],
        Action::ManageColleagues => &[Adm, Sig],
        Action::InviteSignatories => &[Adm, Prg],
        Action::ReadInvitations => &[Adm, App, Aud],
        Action::ConfirmInvitations => &[Adm, App],
        Action::ReadDonors | Action::ReadContributions => &[Adm, Prg, Exe, Cer, App, Fin, Aud, Don],
        Action::WriteDonors => &[Adm, Fin],
        Action::WritePledges => &[Fin, Don],
        Action::WriteReceipts
        | Action::WriteRates
        | Action::ReleaseDisbursements
        | Action::ReverseEntries
        | Action::TransferProgrammeSupport
        | Action::ReceiveRecoveries
        | Action::ClosePeriods => &[Fin],
        Action::ReadRates | Action::ReadLedger => &[Adm, Prg, Exe, Cer, App, Fin, Aud],
        Action::ReadCalls => Role::ALL,
        Action::WriteCalls
        | Action::ScreenApplications
        | Action::AssignReviews
        | Action::ManageBoard
        | Action::VetOrganisations
        | Action::ManageGrants
        | Action::ConfirmIndicators
        | Action::RequestDisbursements
        | Action::AssessReports => &[Prg],
        Action::ReadOrganisations | Action::ReadDocuments | Action::ReadGrants | Action::ReadReports => {
            &[Adm, Prg, Rev, Brd, Exe, Cer, App, Fin, Aud, Edi, Sig]
        }
        Action::WriteOrganisations | Action::WriteApplications | Action::WriteReports => &[Edi, Sig],
        Action::ReadBankDetails
        | Action::VerifyBankDetails
        | Action::HoldDisbursements
        | Action::StandInDisbursements
        | Action::DelegateOfficers => &[Cer, App, Fin],
        Action::ReadPayments | Action::ReadOfficers => &[Adm, Cer, App, Fin, Aud],
        Action::WriteBankDetails
        | Action::SubmitApplications
        | Action::SignAgreements
        | Action::SubmitReports
        | Action::InviteColleagues => &[Sig],
        Action::ReadApplications => &[Adm, Prg, Rev, Brd, Exe, Aud, Edi, Sig],
        Action::ReadReviews => &[Adm, Prg, Rev, Brd, Exe, Aud],
        Action::WriteReviews => &[Rev],
        Action::ReadRanking | Action::ReadBoard => &[Adm, Prg, Brd, Exe, Aud],
        Action::VoteOnBoard => &[Brd],
        Action::DecideAwards | Action::ApproveAmendments | Action::TerminateGrants | Action::WriteOffRecoveries => {
            &[Exe]
        }
        Action::ReadDisbursements | Action::ReadRecoveries => &[Adm, Prg, Exe, Cer, App, Fin, Aud, Edi, Sig],
        Action::CertifyDisbursements => &[Cer],
        Action::ApproveDisbursements | Action::WaiveConditions | Action::ConfirmFundAccount => &[App],
    }
}

/// True when the role may take the action on some record; `None` is a visitor.
#[must_use]
pub fn role_may(role: Option<Role>, action: Action) -> bool {
    let roles = roles_for(action);
    roles.is_empty() || role.is_some_and(|role| roles.contains(&role))
}

/// Asks whether an actor may take an action on a record.
///
/// # Errors
/// [`AppError::SignInNeeded`] for a visitor, [`AppError::Forbidden`] for the wrong role, and
/// [`AppError::NotFound`] for somebody else's record, so that nobody learns that it exists.
pub fn may(actor: &Actor, action: Action, subject: &Subject) -> Result<(), AppError> {
    if actor.system {
        return Ok(());
    }
    if !role_may(actor.role, action) {
        return Err(match actor.role {
            None => AppError::SignInNeeded,
            Some(_) => AppError::Forbidden(Message::new("forbidden-role")),
        });
    }
    let foreign = match actor.role {
        Some(Role::OrganisationEditor | Role::OrganisationSignatory) => {
            subject.organisation.is_some() && subject.organisation != actor.organisation
        }
        Some(Role::DonorRepresentative) => subject.donor.is_some() && subject.donor != actor.donor,
        Some(Role::TechnicalReviewer) => subject.user.is_some() && subject.user != actor.user,
        _ => false,
    };
    if foreign { Err(AppError::NotFound) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints the table as it is, one action a line.
    fn matrix() -> String {
        let mut text = String::from("action");
        let columns = std::iter::once(None).chain(Role::ALL.iter().copied().map(Some));
        for role in columns.clone() {
            text.push(',');
            text.push_str(role.map_or("visitor", Role::code));
        }
        text.push('\n');
        for action in Action::ALL {
            text.push_str(action.code());
            for role in columns.clone() {
                text.push_str(if role_may(role, *action) { ",yes" } else { ",-" });
            }
            text.push('\n');
        }
        text
    }

    #[test]
    fn the_matrix_is_the_golden_file() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/roles.golden.csv");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(path, matrix()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), matrix(), "UPDATE_GOLDEN=1 writes the new matrix");
    }

    #[test]
    fn an_auditor_may_only_read() {
        for action in Action::ALL.iter().filter(|action| role_may(Some(Role::Auditor), **action)) {
            assert!(action.code().ends_with(".read") || *action == Action::UseOwnAccount, "{action}");
        }
    }

    #[test]
    fn nobody_may_request_certify_approve_or_release_in_one_role() {
        let steps = [
            Action::RequestDisbursements,
            Action::CertifyDisbursements,
            Action::ApproveDisbursements,
            Action::ReleaseDisbursements,
        ];
        for role in Role::ALL {
            assert!(steps.iter().filter(|step| role_may(Some(*role), **step)).count() <= 1, "{role}");
        }
    }

    #[test]
    fn an_organisation_does_not_find_the_records_of_another() {
        let actor = Actor {
            user: Some(UserId(1)),
            role: Some(Role::OrganisationSignatory),
            organisation: Some(OrganisationId(1)),
            ..Actor::visitor()
        };
        let own = Subject::organisation(OrganisationId(1));
        let other = Subject::organisation(OrganisationId(2));
        assert_eq!(may(&actor, Action::ReadApplications, &own), Ok(()));
        assert_eq!(may(&actor, Action::ReadApplications, &other), Err(AppError::NotFound));
    }
}
