//! Whether an instalment can be paid now and, if not, why: one truth for screens and use cases.

use chrono::NaiveDate;
use domain::disbursements::{DisbursementEvent, DisbursementState};
use domain::grants::GrantState;
use domain::ids::OrganisationId;
use domain::ledger::Account;
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::organisations::{Vetting, VettingStatus};
use domain::reports::{ReportState, is_late};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::disbursement;
use crate::error::{Error, Result, unknown_code};
use crate::grants::books;
use crate::grants::entity::{grant, instalment};
use crate::organisations::entity::{bank_details, organisation};
use crate::reports::entity::report;

/// Everything that decides whether a grant's instalments can be paid on a day.
pub(crate) struct Conditions {
    state: GrantState,
    countersigned: bool,
    vetted: bool,
    /// The account as it is now.
    pub(crate) bank: Option<bank_details::Model>,
    late: Option<(i64, NaiveDate)>,
    accepted: Vec<i64>,
    /// Instalments by number.
    pub(crate) instalments: Vec<instalment::Model>,
    /// Every disbursement of the grant, oldest first.
    pub(crate) disbursements: Vec<disbursement::Model>,
    left: i64,
    recovery: Option<Money>,
}

impl Conditions {
    /// Loads what decides.
    pub(crate) async fn load<C: ConnectionTrait>(database: &C, grant: &grant::Model, today: NaiveDate) -> Result<Self> {
        let organisation = organisation::Entity::find_by_id(grant.organisation_id)
            .one(database)
            .await?
            .ok_or_else(|| Error::Defect(format!("grant {} without an organisation", grant.id)))?;
        let status = VettingStatus::from_code(&organisation.vetting_status)
            .ok_or_else(|| unknown_code("vetting status", &organisation.vetting_status))?;
        let bank = bank_details::Entity::find_by_id(grant.organisation_id).one(database).await?;
        let reports = report::Entity::find()
            .filter(report::Column::GrantId.eq(grant.id))
            .order_by_asc(report::Column::Number)
            .all(database)
            .await?;
        let (mut late, mut accepted) = (None, Vec::new());
        for row in &reports {
            let state = ReportState::from_code(&row.state).ok_or_else(|| unknown_code("report state", &row.state))?;
            if state == ReportState::Accepted {
                accepted.push(row.number);
            }
            if late.is_none() && is_late(state, row.due, today) {
                late = Some((row.number, row.due));
            }
        }
        let pending = [Account::DisbursementsRequested, Account::DisbursementsCertified];
        let open = books::total(database, grant.id, &[Account::CommitmentsOpen]).await?;
        Ok(Self {
            state: crate::grants::state_of(grant)?,
            countersigned: grant.countersigned_at.is_some(),
            vetted: Vetting { status, valid_until: organisation.vetting_valid_until }.holds_on(today),
            bank,
            late,
            accepted,
            instalments: instalment::Entity::find()
                .filter(instalment::Column::GrantId.eq(grant.id))
                .order_by_asc(instalment::Column::Number)
                .all(database)
                .await?,
            disbursements: disbursement::Entity::find()
                .filter(disbursement::Column::GrantId.eq(grant.id))
                .order_by_asc(disbursement::Column::Id)
                .all(database)
                .await?,
            recovery: crate::grants::open_recovery(database, OrganisationId(grant.organisation_id)).await?,
            left: open - books::total(database, grant.id, &pending).await?,
        })
    }

    /// What forbids any payment to the grant, if anything. Asked again at each step until the money leaves.
    pub(crate) fn general_obstacle(&self) -> Option<Message> {
        if !self.countersigned || matches!(self.state, GrantState::Preparing | GrantState::ToSign) {
            return Some(Message::new("refused-agreement-not-countersigned"));
        }
        if self.state != GrantState::Active {
            let state = Argument::Key(self.state.label_key());
            return Some(Message::new("refused-grant-not-active").with("state", state));
        }
        if !self.vetted {
            return Some(Message::new("refused-vetting-lapsed"));
        }
        if self.bank.is_none() {
            return Some(Message::new("refused-bank-details-missing"));
        }
        self.late.map(|(number, due)| Message::new("refused-report-late").with("report", number).with("due", due))
    }

    /// What forbids a step of a disbursement, if anything: also an account that is another one than the officer
    /// before had in view. Who approves has seen the account as it was certified; who releases pays to the account
    /// that was approved.
    pub(crate) fn step_obstacle(&self, event: DisbursementEvent, row: &disbursement::Model) -> Option<Message> {
        if let Some(message) = self.general_obstacle() {
            return Some(message);
        }
        let bank = self.bank.as_ref()?;
        let changed = match event {
            DisbursementEvent::Approve => row.certified_at.is_some_and(|certified| bank.updated_at >= certified),
            DisbursementEvent::Release => {
                let approved =
                    [&row.payee_holder, &row.payee_bank, &row.payee_country, &row.payee_number, &row.payee_bic];
                let now = [&bank.account_holder, &bank.bank_name, &bank.bank_country, &bank.account_number, &bank.bic];
                approved.into_iter().zip(now).any(|(approved, now)| approved.as_ref() != Some(now))
            }
            _ => false,
        };
        changed.then(|| Message::new("refused-bank-details-changed").with("at", bank.updated_at))
    }

    /// What forbids requesting an instalment, if anything.
    pub(crate) fn obstacle(&self, instalment: &instalment::Model) -> Option<Message> {
        if self.live(instalment.id).is_some() {
            return Some(Message::new("refused-instalment-taken").with("number", instalment.number));
        }
        if let Some(message) = self.general_obstacle() {
            return Some(message);
        }
        let unpaid = self.instalments.iter().find(|earlier| {
            earlier.number < instalment.number
                && self.live(earlier.id).is_none_or(|row| row.state != DisbursementState::Confirmed.code())
        });
        if let Some(earlier) = unpaid {
            return Some(Message::new("refused-earlier-instalment").with("number", earlier.number));
        }
        if let Some(report) = instalment.after_report.filter(|report| !self.accepted.contains(report)) {
            return Some(Message::new("refused-report-not-accepted").with("report", report));
        }
        if let Some(open) = self.recovery {
            return Some(Message::new("refused-open-recovery").with("amount", open));
        }
        (instalment.usd_minor > self.left).then(|| {
            Message::new("refused-beyond-commitment")
                .with("amount", Money::usd(instalment.usd_minor))
                .with("left", Money::usd(self.left))
        })
    }

    /// The disbursement that holds an instalment.
    pub(crate) fn live(&self, instalment: i64) -> Option<&disbursement::Model> {
        self.disbursements.iter().rev().find(|row| {
            row.instalment_id == instalment
                && DisbursementState::from_code(&row.state).is_some_and(DisbursementState::holds_instalment)
        })
    }
}
