//! Whether an instalment can be paid now and, if not, why: one truth for screens and use cases.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::disbursements::{
    DisbursementEvent, DisbursementState, LEAST_SPENT_PER_CENT, PaymentCondition, enough_spent,
};
use domain::grants::GrantState;
use domain::ids::OrganisationId;
use domain::ledger::Account as BookAccount;
use domain::message::{Argument, Message};
use domain::money::Money;
use domain::organisations::{Address, Vetting, VettingStatus};
use domain::reports::{ReportState, is_late};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::entity::{condition_waiver, disbursement, disbursement_step};
use crate::error::{Error, Result, unknown_code};
use crate::grants::books;
use crate::grants::entity::{grant, instalment};
use crate::organisations::account::{Account, about_organisation};
use crate::organisations::entity::{bank_details, organisation};
use crate::organisations::queries::address_of;
use crate::reports::entity::report;
use crate::sealed::BankKeys;

/// Everything that decides whether a grant's instalments can be paid on a day.
pub(crate) struct Conditions {
    state: GrantState,
    countersigned: bool,
    vetting: Vetting,
    today: NaiveDate,
    /// The account as it is now.
    pub(crate) bank: Option<bank_details::Model>,
    /// Where the organisation is.
    address: Address,
    late: Option<(i64, NaiveDate)>,
    accepted: Vec<i64>,
    /// Instalments by number.
    pub(crate) instalments: Vec<instalment::Model>,
    /// Every disbursement of the grant, oldest first.
    pub(crate) disbursements: Vec<disbursement::Model>,
    left: i64,
    /// US cents spent by accepted reports.
    spent: i64,
    /// What the organisation has to pay back.
    owed: Option<Money>,
    /// How many conditions of the Board are open.
    board_open: i64,
    /// Those that count.
    waivers: Vec<condition_waiver::Model>,
    /// The latest step of the payments of each instalment.
    latest_steps: HashMap<i64, i64>,
}

/// A condition of an instalment as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionView {
    /// Which.
    pub condition: PaymentCondition,
    /// Why it is not met; none when it is.
    pub unmet: Option<Message>,
    /// Who waived it, when and why.
    pub waived: Option<(String, DateTime<Utc>, String)>,
    /// True when an approving officer may waive it now.
    pub may_be_waived: bool,
}

impl ConditionView {
    /// Leaves out who waived it and why, for those who need not know the officers.
    pub(super) fn hide_officer(&mut self) {
        if let Some((name, _, reason)) = &mut self.waived {
            (*name, *reason) = (String::new(), String::new());
        }
    }

    /// What forbids the payment, unless it was waived.
    fn obstacle(&self) -> Option<Message> {
        self.unmet.clone().filter(|_| self.waived.is_none())
    }
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
        let (mut late, mut accepted, mut spent) = (None, Vec::new(), 0);
        for row in &reports {
            let state = ReportState::from_code(&row.state).ok_or_else(|| unknown_code("report state", &row.state))?;
            if state == ReportState::Accepted {
                accepted.push(row.number);
                spent += row.spent_usd_minor;
            }
            if late.is_none() && is_late(state, row.due, today) {
                late = Some((row.number, row.due));
            }
        }
        let pending = [BookAccount::DisbursementsRequested, BookAccount::DisbursementsCertified];
        let open = books::total(database, grant.id, &[BookAccount::CommitmentsOpen]).await?;
        let instalments = instalment::Entity::find()
            .filter(instalment::Column::GrantId.eq(grant.id))
            .order_by_asc(instalment::Column::Number)
            .all(database)
            .await?;
        let disbursements = disbursement::Entity::find()
            .filter(disbursement::Column::GrantId.eq(grant.id))
            .order_by_asc(disbursement::Column::Id)
            .all(database)
            .await?;
        let (latest_steps, taken_back) = steps(database, &disbursements).await?;
        let mut waivers = condition_waiver::Entity::find()
            .filter(condition_waiver::Column::InstalmentId.is_in(instalments.iter().map(|row| row.id)))
            .all(database)
            .await?;
        waivers.retain(|row| taken_back.get(&row.instalment_id).is_none_or(|back| row.after_step >= *back));
        Ok(Self {
            state: crate::grants::state_of(grant)?,
            countersigned: grant.countersigned_at.is_some(),
            vetting: Vetting { status, valid_until: organisation.vetting_valid_until },
            today,
            bank,
            address: address_of(&organisation),
            late,
            accepted,
            disbursements,
            left: open - books::total(database, grant.id, &pending).await?,
            spent,
            owed: crate::grants::open_recovery(database, OrganisationId(grant.organisation_id)).await?,
            board_open: crate::grants::open_conditions(database, grant.id).await?,
            waivers,
            latest_steps,
            instalments,
        })
    }

    /// The conditions of an instalment, each with how it stands.
    pub(crate) fn checks(&self, instalment: &instalment::Model) -> Vec<ConditionView> {
        PaymentCondition::ALL
            .iter()
            .copied()
            .filter(|condition| match condition {
                PaymentCondition::ReportAccepted => instalment.after_report.is_some(),
                PaymentCondition::PreviousSpent => instalment.number > 1,
                PaymentCondition::BoardConditions => instalment.number == 1,
                // A new one is asked of every instalment until it says here of which.
                _ => true,
            })
            .map(|condition| self.check(condition, instalment))
            .collect()
    }

    fn check(&self, condition: PaymentCondition, instalment: &instalment::Model) -> ConditionView {
        let unmet = self.unmet(condition, instalment);
        // What lapsed can be waived for a payment that is right; a refused vetting cannot.
        let may_be_waived = condition.may_be_waived()
            && (condition != PaymentCondition::Vetted || self.vetting.status == VettingStatus::Vetted);
        let waiver = self
            .waivers
            .iter()
            .find(|row| may_be_waived && row.instalment_id == instalment.id && row.condition == condition.code());
        ConditionView {
            condition,
            may_be_waived: may_be_waived && unmet.is_some() && waiver.is_none(),
            waived: waiver.map(|row| (row.waived_by_name.clone(), row.waived_at, row.reason.clone())),
            unmet,
        }
    }

    /// Why a condition is not met, if it is not.
    fn unmet(&self, condition: PaymentCondition, instalment: &instalment::Model) -> Option<Message> {
        match condition {
            PaymentCondition::Countersigned => (!self.countersigned
                || matches!(self.state, GrantState::Preparing | GrantState::ToSign))
            .then(|| Message::new("refused-agreement-not-countersigned")),
            PaymentCondition::BankVerified => match &self.bank {
                None => Some(Message::new("refused-bank-details-missing")),
                Some(bank) if bank.verified_at.is_none() => {
                    Some(Message::new("refused-bank-details-unverified").with("at", bank.updated_at))
                }
                Some(_) => None,
            },
            PaymentCondition::Vetted => {
                (!self.vetting.holds_on(self.today)).then(|| Message::new("refused-vetting-lapsed"))
            }
            PaymentCondition::NoLateReport => self
                .late
                .map(|(number, due)| Message::new("refused-report-late").with("report", number).with("due", due)),
            PaymentCondition::ReportAccepted => instalment
                .after_report
                .filter(|report| !self.accepted.contains(report))
                .map(|report| Message::new("refused-report-not-accepted").with("report", report)),
            PaymentCondition::PreviousSpent => self.previous_not_spent(instalment),
            PaymentCondition::NoOpenRecovery => {
                self.owed.map(|owed| Message::new("refused-open-recovery").with("amount", owed))
            }
            PaymentCondition::BoardConditions => {
                (self.board_open > 0).then(|| Message::new("refused-board-conditions").with("number", self.board_open))
            }
        }
    }

    fn previous_not_spent(&self, instalment: &instalment::Model) -> Option<Message> {
        let previous = self.instalments.iter().rev().find(|row| row.number < instalment.number)?;
        let earlier: i64 =
            self.instalments.iter().filter(|row| row.number < previous.number).map(|row| row.usd_minor).sum();
        (!enough_spent(self.spent, earlier, previous.usd_minor)).then(|| {
            Message::new("refused-previous-not-spent")
                .with("number", previous.number)
                .with("share", LEAST_SPENT_PER_CENT)
                .with("spent", Money::usd(Ord::max(self.spent - earlier, 0)))
                .with("amount", Money::usd(previous.usd_minor))
        })
    }

    /// What forbids a payment of the instalment, if anything. Whatever is shown as neither met nor waived does: the
    /// conditions that are named here are only the ones that are said first.
    fn payment_obstacle(&self, instalment: &instalment::Model) -> Option<Message> {
        use PaymentCondition as P;
        let checks = self.checks(instalment);
        let first_of = |wanted: &[P]| {
            let mut named = wanted.iter().filter_map(|wanted| checks.iter().find(|check| check.condition == *wanted));
            named.find_map(ConditionView::obstacle)
        };
        first_of(&[P::Countersigned])
            .or_else(|| {
                (self.state != GrantState::Active).then(|| {
                    Message::new("refused-grant-not-active").with("state", Argument::Key(self.state.label_key()))
                })
            })
            .or_else(|| first_of(&[P::Vetted, P::BankVerified, P::NoLateReport]))
            .or_else(|| self.earlier_obstacle(instalment))
            .or_else(|| checks.iter().find_map(ConditionView::obstacle))
    }

    /// What forbids a step of a disbursement, if anything: also an account that is another one than the officer
    /// before had in view. Who approves has seen the account as it was certified; who releases pays to the account
    /// that was approved. No step brings a payment on its way that no order could carry.
    pub(crate) fn step_obstacle(
        &self,
        event: DisbursementEvent,
        row: &disbursement::Model,
        organisation: i64,
        keys: &BankKeys,
    ) -> Result<Option<Message>> {
        let Some(instalment) = self.instalments.iter().find(|planned| planned.id == row.instalment_id) else {
            return Err(Error::Defect(format!("disbursement {} without an instalment", row.id)));
        };
        if event == DisbursementEvent::Resubmit {
            return Ok(self.obstacle(instalment).or_else(|| changed_amount(row, instalment)));
        }
        if let Some(message) = self.payment_obstacle(instalment) {
            return Ok(Some(message));
        }
        let Some(bank) = self.bank.as_ref() else { return Ok(None) };
        let about = about_organisation(organisation);
        let now = Account::open(keys, &about, &bank.sealed)?;
        if let Some(key) = now.order_fault(&self.address) {
            return Ok(Some(Message::new("refused-payee-faulty").with("why", Argument::Key(key))));
        }
        let changed = match event {
            DisbursementEvent::Approve => row.certified_at.is_some_and(|certified| bank.updated_at >= certified),
            DisbursementEvent::Release => match &row.payee_sealed {
                Some(sealed) => Account::open(keys, &about, sealed)? != now,
                None => true,
            },
            _ => false,
        };
        Ok(changed.then(|| Message::new("refused-bank-details-changed").with("at", bank.updated_at)))
    }

    /// An instalment before it that is not paid, or no longer since its payment came back.
    fn earlier_obstacle(&self, instalment: &instalment::Model) -> Option<Message> {
        let unpaid = self.instalments.iter().find(|earlier| {
            earlier.number < instalment.number
                && self.live(earlier.id).is_none_or(|row| row.state != DisbursementState::Confirmed.code())
        });
        unpaid.map(|earlier| Message::new("refused-earlier-instalment").with("number", earlier.number))
    }

    /// What forbids requesting an instalment, if anything.
    pub(crate) fn obstacle(&self, instalment: &instalment::Model) -> Option<Message> {
        if self.live(instalment.id).is_some() {
            return Some(Message::new("refused-instalment-taken").with("number", instalment.number));
        }
        if let Some(message) = self.payment_obstacle(instalment) {
            return Some(message);
        }
        (instalment.usd_minor > self.left).then(|| {
            Message::new("refused-beyond-commitment")
                .with("amount", Money::usd(instalment.usd_minor))
                .with("left", Money::usd(self.left))
        })
    }

    /// The latest step of any payment of an instalment, 0 without one.
    pub(super) fn latest_step(&self, instalment: i64) -> i64 {
        self.latest_steps.get(&instalment).copied().unwrap_or(0)
    }

    /// The disbursement that holds an instalment.
    pub(crate) fn live(&self, instalment: i64) -> Option<&disbursement::Model> {
        self.disbursements.iter().rev().find(|row| {
            row.instalment_id == instalment
                && DisbursementState::from_code(&row.state).is_some_and(DisbursementState::holds_instalment)
        })
    }
}

/// While a payment was back with the programme officer, an amendment may have changed what its instalment is: such a
/// payment does not come again, the instalment is requested anew.
fn changed_amount(row: &disbursement::Model, instalment: &instalment::Model) -> Option<Message> {
    (row.usd_minor != instalment.usd_minor).then(|| {
        Message::new("refused-resubmit-amount")
            .with("amount", Money::usd(row.usd_minor))
            .with("planned", Money::usd(instalment.usd_minor))
    })
}

/// By instalment, the latest step of its payments, and the latest one that took a payment back.
async fn steps<C: ConnectionTrait>(
    database: &C,
    disbursements: &[disbursement::Model],
) -> Result<(HashMap<i64, i64>, HashMap<i64, i64>)> {
    let instalments: HashMap<i64, i64> = disbursements.iter().map(|row| (row.id, row.instalment_id)).collect();
    let rows = disbursement_step::Entity::find()
        .filter(disbursement_step::Column::DisbursementId.is_in(instalments.keys().copied()))
        .order_by_asc(disbursement_step::Column::Id)
        .all(database)
        .await?;
    let (mut latest, mut taken_back) = (HashMap::new(), HashMap::new());
    for row in rows {
        let Some(instalment) = instalments.get(&row.disbursement_id) else { continue };
        latest.insert(*instalment, row.id);
        if DisbursementEvent::from_code(&row.step).is_some_and(DisbursementEvent::takes_back) {
            taken_back.insert(*instalment, row.id);
        }
    }
    Ok((latest, taken_back))
}
