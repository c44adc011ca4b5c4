//! Payment batches: the list, gathering a new one, one batch with its file.

use axum::body::Body;
use axum::response::Response;
use backend::audit::Kind;
use backend::disbursements::queries::DisbursementRow;
use backend::disbursements::{self, BatchView, Candidates, FundAccountState, PayeeAccount};
use domain::disbursements::{BATCH, BATCH_CANCEL, BatchProgress};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PaymentBatchId;
use domain::message::Argument;
use domain::roles::Action;
use leptos::prelude::*;

use super::account::{confirmation, waiting};
use super::state_tag;
use crate::ui::{
    Choice, FormState, Page, argument, audit_trail, column, date, definition, filters, form, form_fields, instant,
    money, notice, page_head, pager, section, status, summary, t, table, tw,
};
use crate::web::{Done, Sent, Visit, attachment};

const PATH: &str = "/disbursements/batches";
const CREATE: &str = "/disbursements/batches/create";

fn state_of(progress: BatchProgress) -> AnyView {
    let tone = match progress {
        BatchProgress::Open => "info",
        BatchProgress::NotAllPaid => "warning",
        BatchProgress::Completed => "good",
        BatchProgress::Cancelled => "neutral",
    };
    status(&progress.label_key(), tone)
}

/// `/disbursements/batches`
pub async fn list(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let batches = disbursements::batches(&visit.context, &request).await?;
    let account = disbursements::fund_account(&visit.context).await?;
    let gathers = disbursements::may_pay(&visit.context).await?;
    let candidates = if gathers { disbursements::candidates(&visit.context).await? } else { Candidates::default() };
    let sets_account = visit.may(Action::WriteFundAccount);
    let confirmation = account.proposed.as_ref().map(|proposed| confirmation(&visit, proposed));
    let initial = Typed::default()
        .with("command_id", uuid::Uuid::now_v7().to_string())
        .with("execution_date", visit.context.today().to_string());
    let state = visit.form_state(CREATE, initial);
    Ok(Page::new(visit.reader.text("batches-title"), move || {
        let states = BatchProgress::ALL.iter().map(|one| Choice::new(one.code(), t(&one.label_key()))).collect();
        let heads = [
            column("batches-batch", false),
            column("batches-execution", false),
            column("batches-payments", true),
            column("batches-sum", true),
            column("batches-made", false),
            column("batches-state", false),
        ];
        let rows = batches
            .rows
            .iter()
            .map(|row| {
                vec![
                    view! { <a href=format!("{PATH}/{}", row.id)>{row.message_id.clone()}</a> }.into_any(),
                    date(row.execution_date).into_any(),
                    crate::ui::count(row.payments).into_any(),
                    money(row.sum),
                    instant(row.created_at).into_any(),
                    state_of(row.progress),
                ]
            })
            .collect();
        view! {
            {page_head(&t("batches-title"), Some(t("batches-lead")), ())}
            <div class="stack">
                {account_view(&account, sets_account)}
                {account.proposed.as_ref().zip(confirmation.as_ref()).map(|(proposed, state)| {
                    waiting(proposed, account.current.is_none(), state)
                })}
            </div>
            {gathers.then(|| section("batches-new", gather(&candidates, &state)))}
            {section("batches-list", view! {
                {filters(PATH, &request, Some(("batches-state", states)))}
                {table("batches-title", &heads, rows)}
                {pager(PATH, &request, &batches)}
            })}
        }
        .into_any()
    })
    .wide()
    .under(visit.reader.text("disbursements-title"), "/disbursements"))
}

fn account_view(account: &FundAccountState, may_set: bool) -> AnyView {
    let link = may_set.then(|| {
        view! { <p><a class="button button-secondary" href="/disbursements/account/edit">{t("fund-account-edit")}</a></p> }
    });
    let link = view! { {link} <p><a href="/contributions/accounts">{t("listed-accounts-title")}</a></p> };
    match &account.current {
        Some(account) => {
            let arguments = [
                ("bank", argument(account.bank_name.as_str())),
                ("ending", argument(account.ending.as_str())),
                ("holder", argument(account.account_holder.as_str())),
            ];
            view! { <p>{tw("batches-account", &arguments)}</p>{link} }.into_any()
        }
        // What stands below says what is missing.
        None if account.proposed.is_some() => link.into_any(),
        None => view! { {notice("warning", view! { <p>{t("batches-no-account")}</p> })}{link} }.into_any(),
    }
}

/// The form of a new batch, with a box for each payment.
fn gather(candidates: &Candidates, state: &FormState) -> AnyView {
    let others = for_colleagues(candidates);
    if candidates.payable.is_empty() {
        return view! { <p class="empty">{t("batches-nothing")}</p>{others} }.into_any();
    }
    let choices = candidates.payable.iter().map(|row| Choice::new(row.id, candidate(candidates, row))).collect();
    view! {
        <p>{t("batches-new-lead")}</p>
        {form(CREATE, PATH, view! {
            {form_fields(&BATCH, state, &[("payments", choices)])}
            <div class="button-row"><button class="button button-primary">{t("batches-create")}</button></div>
        })}
        {others}
    }
    .into_any()
}

/// A payment with where it goes.
fn candidate(candidates: &Candidates, row: &DisbursementRow) -> String {
    let payee = candidates.payees.get(&row.id).map(payee).unwrap_or_default();
    let arguments = [
        ("number", argument(row.grant_number.as_str())),
        ("instalment", argument(row.instalment)),
        ("organisation", argument(row.organisation.as_str())),
        ("amount", argument(row.amount)),
        ("state", Argument::Key(row.state.label_key())),
        ("payee", argument(payee)),
    ];
    tw("batches-candidate", &arguments)
}

fn payee(account: &PayeeAccount) -> String {
    let arguments = [
        ("ending", argument(account.ending.as_str())),
        ("bank", argument(account.bank_name.as_str())),
        ("country", Argument::Key(domain::countries::label_key(&account.bank_country))),
    ];
    tw("batches-payee", &arguments)
}

/// Payments that wait for somebody else, so that nobody looks for them in vain.
fn for_colleagues(candidates: &Candidates) -> Option<AnyView> {
    let rows = &candidates.for_colleagues;
    let link = |row: &DisbursementRow| {
        view! { <li><a href=format!("/disbursements/{}", row.id)>{candidate(candidates, row)}</a></li> }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <p>{t("batches-for-colleagues")}</p>
            <ul>{rows.iter().map(link).collect_view()}</ul>
        }
        .into_any()
    })
}

/// `POST /disbursements/batches/create`
pub async fn create(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id = disbursements::create_batch(&visit.context, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-batch-created"))
}

/// `/disbursements/batches/{batch}`
pub async fn show(visit: Visit) -> Result<Page, AppError> {
    let id: PaymentBatchId = visit.id("batch")?;
    let view = disbursements::batch(&visit.context, id).await?;
    let trail = visit.trail(Kind::PaymentBatch, id.into()).await?;
    let acts = disbursements::may_pay(&visit.context).await?;
    let path = format!("{PATH}/{id}");
    let action = format!("{path}/cancel");
    let state = visit.form_state(&action, Typed::default());
    Ok(Page::new(view.row.message_id.clone(), move || {
        let download = (acts && view.row.progress != BatchProgress::Cancelled).then(|| {
            let file = format!("{path}/file");
            view! { <a class="button button-primary" href=file download="">{t("batches-download")}</a> }
        });
        let cancelled = view.cancelled.as_ref().map(|(name, at, reason)| {
            let arguments =
                [("name", argument(name.as_str())), ("at", argument(*at)), ("reason", argument(reason.as_str()))];
            notice("warning", view! { <p>{tw("batches-cancelled", &arguments)}</p> })
        });
        let cancel = (acts && view.may_be_cancelled).then(|| {
            let open = !state.errors.is_empty();
            let fields = form(&action, &path, view! {
                {form_fields(&BATCH_CANCEL, &state, &[])}
                <div class="button-row"><button class="button button-danger">{t("batches-cancel-button")}</button></div>
            });
            view! { <details open=open><summary>{t("batches-cancel")}</summary><p>{t("batches-cancel-lead")}</p>{fields}</details> }
        });
        view! {
            {page_head(&view.row.message_id, Some(t("batches-one-lead")), download)}
            {cancelled}
            {summary(vec![
                definition("batches-state", state_of(view.row.progress)),
                definition("batches-execution", date(view.row.execution_date)),
                definition("batches-payments", crate::ui::count(view.row.payments)),
                definition("batches-sum", money(view.row.sum)),
                definition("batches-made", instant(view.row.created_at)),
                definition("batches-made-by", view.row.created_by.clone()),
            ])}
            {section("batches-its-payments", payments_table(&view))}
            {cancel}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("batches-title"), PATH))
}

fn payments_table(view: &BatchView) -> AnyView {
    let heads = [
        column("disbursements-disbursement", false),
        column("disbursements-organisation", false),
        column("disbursements-amount", true),
        column("batches-account-to", false),
        column("batches-end-to-end", false),
        column("disbursements-state", false),
    ];
    let rows = view
        .payments
        .iter()
        .map(|payment| {
            let row = &payment.disbursement;
            let name = [("number", argument(row.grant_number.as_str())), ("instalment", argument(row.instalment))];
            vec![
                view! { <a href=format!("/disbursements/{}", row.id)>{tw("disbursements-name", &name)}</a> }.into_any(),
                row.organisation.clone().into_any(),
                money(row.amount),
                payment.payee.as_ref().map(payee).into_any(),
                payment.end_to_end_id.clone().into_any(),
                state_tag(row.state),
            ]
        })
        .collect();
    table("batches-its-payments", &heads, rows)
}

/// `/disbursements/batches/{batch}/file`
pub async fn file(visit: Visit) -> Result<Response, AppError> {
    let id: PaymentBatchId = visit.id("batch")?;
    let (name, file) = disbursements::batch_file(&visit.context, id).await?;
    Ok(attachment(Body::from(file), &name, "application/xml"))
}

/// `POST /disbursements/batches/{batch}/cancel`
pub async fn cancel(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: PaymentBatchId = visit.id("batch")?;
    disbursements::cancel_batch(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("{PATH}/{id}"), "done-batch-cancelled"))
}
