//! Grants at every stage: agreement, instalments, reports, a late report, a failed payment. Each takes its course step by
//! step, so that those of all grants can be entered in the order of their days.

use backend::grants::queries::GrantView;
use backend::{Context, Result, grants, reports};
use chrono::{NaiveDate, TimeDelta};
use domain::forms::Typed;
use domain::grants::GrantState;
use domain::ids::{DisbursementId, PaymentBatchId};
use domain::roles::Role;
use domain::time::add_days;

use super::applications::{Award, FIRST_AWARDS};
use super::data::ORGANISATIONS;
use super::narratives::{self, Part};
use super::people::People;
use super::{Demo, command, payments, texts};

/// Where a grant of the second call stops. Those of the first call go as far as their reports allow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    Preparing,
    ToSign,
    Requested,
    Certified,
    Approved,
    Released,
    Failed,
    Nowhere,
}

const STOPS: [Stop; 8] = [
    Stop::Preparing,
    Stop::ToSign,
    Stop::Requested,
    Stop::Certified,
    Stop::Approved,
    Stop::Released,
    Stop::Failed,
    Stop::Nowhere,
];

/// The application whose first payment was confirmed by a file of the bank.
const FIRST_BY_FILE: usize = 1;
/// The grant of the first call whose report is late.
const LATE: usize = 3;
/// The grant of the first call whose latest report was returned to the organisation.
const RETURNED: usize = 5;
/// The grant of the first call whose latest report waits to be looked at.
const SUBMITTED: usize = 6;
/// The grant of the first call whose next report is being written.
const DRAFTED: usize = 8;

/// What happens to a grant. Payments have the position of their instalment, reports their turn, both from 0.
#[derive(Clone, Copy)]
pub(super) enum Step {
    Offer,
    Countersign,
    Request(usize),
    Certify(usize, DisbursementId),
    Approve(usize, DisbursementId),
    Release(usize, DisbursementId),
    Confirm(usize, DisbursementId),
    /// The bank tells of a batch in a file.
    ReadFile(usize, PaymentBatchId),
    DraftReport(usize),
    SubmitReport(usize),
    ReturnReport(usize),
    AcceptReport(usize),
    Close,
}

/// A grant on its way.
pub(super) struct Course {
    pub award: Award,
    pub stop: Stop,
    position: usize,
    /// What comes next, and when.
    pub next: Step,
    pub day: NaiveDate,
}

/// The course of the grant that was awarded after so many others; none for one that stays as it is.
pub(super) fn course(award: Award, position: usize) -> Option<Course> {
    let second = position.checked_sub(FIRST_AWARDS);
    let stop = second.and_then(|second| STOPS.get(second)).copied().unwrap_or(Stop::Nowhere);
    let course = Course { award, stop, position, next: Step::Offer, day: add_days(award.day, 10) };
    (stop != Stop::Preparing).then_some(course)
}

impl Course {
    /// The context of a member of staff on the step's day.
    pub(super) fn context(&self, demo: &Demo, people: &People, role: Role) -> Context {
        demo.at(&people.one(role), self.day)
    }

    /// A form with the caller's id of a command.
    pub(super) fn form(&self, event: &str, index: usize) -> Typed {
        Typed::default().with("command_id", command(format!("{event}-{}-{index}", self.award.number)))
    }

    /// Whether the first payment goes through a batch and the bank's file, as that one does that is on its way.
    pub(super) fn is_by_file(&self, index: usize) -> bool {
        self.stop == Stop::Nowhere && self.award.number == FIRST_BY_FILE && index == 0
    }

    /// Takes the next step, and says what comes after it on which day; none where the grant stays as it is.
    pub(super) async fn step(&self, demo: &Demo, people: &People) -> Result<Option<(Step, NaiveDate)>> {
        match self.next {
            Step::Offer => self.offer(demo, people).await,
            Step::Countersign => self.countersign(demo, people).await,
            Step::DraftReport(turn) => self.draft(demo, people, turn).await,
            Step::SubmitReport(turn) => self.submit(demo, people, turn).await,
            Step::ReturnReport(turn) => self.return_report(demo, people, turn).await,
            Step::AcceptReport(turn) => self.accept(demo, people, turn).await,
            Step::Close => self.close(demo, people).await,
            _ => payments::step(self, demo, people).await,
        }
    }

    /// The grant as it is.
    pub(super) async fn view(&self, demo: &Demo, people: &People) -> Result<GrantView> {
        grants::queries::get(&demo.at(&people.one(Role::ProgrammeOfficer), demo.today), self.award.grant).await
    }

    async fn offer(&self, demo: &Demo, people: &People) -> Result<Option<(Step, NaiveDate)>> {
        let officer = self.context(demo, people, Role::ProgrammeOfficer);
        let view = self.view(demo, people).await?;
        for indicator in &view.indicators {
            let typed = Typed::default().with("counted", indicator.counted.code());
            grants::confirm_indicator(&officer, self.award.grant, indicator.id, &typed).await?;
        }
        let months = super::projects::months(self.award.number);
        let typed = Typed::default()
            .with("start_date", add_days(self.award.day, 25).to_string())
            .with("months", months.to_string());
        grants::offer(&officer, self.award.grant, &typed).await?;
        Ok((self.stop != Stop::ToSign).then(|| (Step::Countersign, add_days(self.day, 6))))
    }

    async fn countersign(&self, demo: &Demo, people: &People) -> Result<Option<(Step, NaiveDate)>> {
        let signatory = demo.at(&people.signatories[self.award.organisation], self.day);
        let signature =
            Typed::default().with("accept", "yes").with("full_name", ORGANISATIONS[self.award.organisation].signatory);
        grants::countersign(&signatory, self.award.grant, &signature).await?;
        Ok(Some((Step::Request(0), add_days(self.award.day, 28))))
    }

    /// What follows once everything before a report is done: the report a little before it is due, or the end.
    pub(super) fn before_report(&self, demo: &Demo, view: &GrantView, turn: usize) -> Option<(Step, NaiveDate)> {
        let Some(report) = view.reports.get(turn) else {
            return Some((Step::Close, demo.ago(1).max(self.day)));
        };
        let sent = report.due - TimeDelta::days(5);
        if self.position == LATE && turn == 1 {
            None
        } else if sent > demo.today {
            (self.position == DRAFTED).then(|| (Step::DraftReport(turn), demo.ago(2)))
        } else {
            Some((Step::SubmitReport(turn), sent))
        }
    }

    async fn draft(&self, demo: &Demo, people: &People, turn: usize) -> Result<Option<(Step, NaiveDate)>> {
        let view = self.view(demo, people).await?;
        let part = Part { turn, number: view.reports.len(), little_training: false };
        narratives::write(demo, people, &self.award, view.reports[turn].id, part, self.day).await?;
        Ok(None)
    }

    async fn submit(&self, demo: &Demo, people: &People, turn: usize) -> Result<Option<(Step, NaiveDate)>> {
        let view = self.view(demo, people).await?;
        let report = view.reports[turn].id;
        let latest = view.reports.get(turn + 1).is_none_or(|next| next.due > demo.today);
        let returned = self.position == RETURNED && latest;
        let part = Part { turn, number: view.reports.len(), little_training: returned };
        narratives::write(demo, people, &self.award, report, part, self.day).await?;
        narratives::submit(demo, people, &self.award, report, self.day).await?;
        Ok(match self.position {
            RETURNED if latest => Some((Step::ReturnReport(turn), demo.ago(4).max(self.day))),
            SUBMITTED if latest => None,
            _ => Some((Step::AcceptReport(turn), add_days(self.day, 10))),
        })
    }

    async fn return_report(&self, demo: &Demo, people: &People, turn: usize) -> Result<Option<(Step, NaiveDate)>> {
        let officer = self.context(demo, people, Role::ProgrammeOfficer);
        let view = self.view(demo, people).await?;
        let comments = Typed::default().with("comments", texts::RETURN_COMMENTS);
        reports::return_to_organisation(&officer, view.reports[turn].id, &comments).await?;
        Ok(None)
    }

    async fn accept(&self, demo: &Demo, people: &People, turn: usize) -> Result<Option<(Step, NaiveDate)>> {
        let officer = self.context(demo, people, Role::ProgrammeOfficer);
        let view = self.view(demo, people).await?;
        let report = &view.reports[turn];
        reports::accept(&officer, report.id, &Typed::default()).await?;
        let paid = view.instalments.iter().position(|instalment| instalment.after_report == Some(report.number));
        Ok(match paid {
            Some(index) => Some((Step::Request(index), add_days(self.day, 4))),
            None => self.before_report(demo, &view, turn + 1),
        })
    }

    async fn close(&self, demo: &Demo, people: &People) -> Result<Option<(Step, NaiveDate)>> {
        let view = self.view(demo, people).await?;
        if view.row.state == GrantState::Active && view.close_obstacle.is_none() {
            let officer = self.context(demo, people, Role::ProgrammeOfficer);
            let typed = Typed::default().with("command_id", command(format!("close-{}", self.award.number)));
            grants::close(&officer, self.award.grant, &typed).await?;
        }
        Ok(None)
    }
}
