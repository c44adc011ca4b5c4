//! Whether an instalment can be paid now and, if not, why: one truth for screens and use cases.

use chrono::NaiveDate;
use domain::disbursements::DisbursementState;
use domain::grants::GrantState;
use domain::ledger::Account;
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::organisations::{Vetting, VettingStatus};
use domain::reports::{ReportState, is_late};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};

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
    bank_details: bool,
    late: Option<(i64, NaiveDate)>,
    accepted: Vec<i64>,
    /// Instalments by number.
    pub(crate) instalments: Vec<instalment::Model>,
    /// Every disbursement of the grant, oldest first.
    pub(crate) disbursements: Vec<disbursement::Model>,
    left: i64,
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
        let bank = bank_details::Entity::find_by_id(grant.organisation_id).count(database).await?;
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
            bank_details: bank > 0,
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
        if !self.bank_details {
            return Some(Message::new("refused-bank-details-missing"));
        }
        self.late.map(|(number, due)| Message::new("refused-report-late").with("report", number).with("due", due))
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
