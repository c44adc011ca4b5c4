//! One pledge: how it stands, its instalments and receipts, the form for a receipt, and its entries in the books.

use backend::audit::Kind;
use backend::contributions::queries::{PledgeView, ReceiptView};
use backend::contributions::statements::Alike;
use backend::contributions::{self, letters, queries};
use backend::page::Page as Rows;
use domain::contributions::RECEIPT;
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::{PledgeId, ReceiptId};
use domain::matching::payment_reference;
use domain::money::Currency;
use domain::roles::Action;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::bank_lines::{alike_choices, alike_links};
use super::list::standing_status;
use super::money_form;
use crate::pages::ledger::entry_list;
use crate::ui::{
    FormState, Page, audit_trail, column, date, definition, figure_card, form, form_fields, money, page_head, pager,
    percent, reader, section, summary, t, table, tw, usd,
};
use crate::web::{Done, Sent, Visit};

/// `/contributions/{pledge}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: PledgeId = visit.id("pledge")?;
    let pledge = queries::get(&visit.context, id).await?;
    let entries = match visit.may(Action::ReadLedger) {
        true => Some(queries::entries(&visit.context, &pledge).await?),
        false => None,
    };
    let trail = visit.trail(Kind::Pledge, id.into()).await?;
    let receipt_form = visit.may(Action::WriteReceipts).then(|| {
        let initial = Typed::default()
            .with("currency", pledge.row.standing.pledged.currency.code())
            .with("date", visit.context.today().to_string());
        money_form(&visit, &format!("/contributions/{id}/receive"), initial)
    });
    let told = match &receipt_form {
        Some(state) if !state.typed.get("amount").is_empty() => {
            contributions::told_of_receipt(&visit.context, id, &state.typed).await?
        }
        _ => Vec::new(),
    };
    let may_change = visit.may(Action::WriteReceipts);
    let request = visit.page_request();
    let shown = Rows::cut(pledge.receipts.iter().rev().cloned(), &request);
    let ids: Vec<ReceiptId> = shown.rows.iter().map(|receipt| receipt.id).collect();
    let issued = letters::issued(&visit.context, &ids).await?;
    let title = visit.reader.with("pledge-title", &[("donor", pledge.row.donor_name.as_str().into())]);
    Ok(Page::new(title.clone(), move || {
        let lead = tw("pledge-subtitle", &[("date", pledge.row.date.into())]);
        view! {
            {page_head(&title, Some(lead), view! {
                {may_change.then(|| view! {
                    <a class="button button-secondary" href=format!("/contributions/{id}/change")>{t("change-title")}</a>
                })}
                <a class="button button-secondary" href=format!("/donors/{}/statement", pledge.row.donor)>{t("statement-link")}</a>
            })}
            {standing(&pledge)}
            {facts(&pledge)}
            {section("pledge-instalments", instalments(&pledge))}
            {super::change::changes(&pledge)}
            {section("pledge-receipts", view! {
                {receipts(&pledge, &shown.rows, &issued, may_change)}
                {pager(&format!("/contributions/{id}"), &request, &shown)}
            })}
            {receipt_form.map(|state| section("receipt-new", receipt_fields(id, &state, &told)))}
            {entries.map(|entries| section("ledger-entries", entry_list(&entries)))}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("contributions-title"), "/contributions")
    .wide())
}

fn standing(pledge: &PledgeView) -> AnyView {
    let standing = pledge.row.standing;
    view! {
        <ul class="figure-cards">
            {figure_card("standing-pledged", money(standing.pledged), in_usd(pledge))}
            {figure_card("standing-received", money(standing.received), None)}
            {figure_card("standing-outstanding", money(standing.outstanding), None)}
            {figure_card("standing-overdue", money(standing.overdue), None)}
            {(standing.written_down.minor > 0)
                .then(|| figure_card("standing-written-down", money(standing.written_down), None))}
        </ul>
    }
    .into_any()
}

/// What the pledge is worth in USD, where it is in another currency.
fn in_usd(pledge: &PledgeView) -> Option<String> {
    (pledge.row.standing.pledged.currency != Currency::USD).then(|| {
        tw(
            "pledge-in-usd",
            &[
                ("amount", domain::money::Money::usd(pledge.row.usd_minor).into()),
                ("rate", reader().decimal(pledge.rate).into()),
                ("currency", pledge.row.standing.pledged.currency.code().into()),
            ],
        )
    })
}

fn facts(pledge: &PledgeView) -> AnyView {
    let row = &pledge.row;
    let note = (!pledge.note.is_empty()).then(|| definition("pledge-note", pledge.note.clone()));
    let mut facts = vec![
        definition("pledge-donor", view! { <a href=format!("/donors/{}", row.donor)>{row.donor_name.clone()}</a> }),
        definition("standing-state", standing_status(row)),
        definition("pledge-reference", view! { <code>{payment_reference(row.id)}</code> }),
        definition("pledge-instrument", t(&row.instrument.label_key())),
        definition("pledge-earmark", t(&row.earmark.label_key())),
        definition("pledge-psc_per_cent", percent(Decimal::new(pledge.psc_basis_points, 2).normalize())),
    ];
    facts.extend(note);
    summary(facts)
}

fn instalments(pledge: &PledgeView) -> AnyView {
    let heads = [column("pledge-instalments-due", false), column("pledge-instalments-amount", true)];
    let rows = pledge.instalments.iter().map(|due| vec![date(due.due).into_any(), money(due.amount)]).collect();
    table("pledge-instalments", &heads, rows)
}

/// Receipts, newest first.
fn receipts(pledge: &PledgeView, shown: &[ReceiptView], issued: &[(ReceiptId, String)], may_issue: bool) -> AnyView {
    let own = pledge.row.standing.pledged.currency;
    let charged = pledge.receipts.iter().any(|receipt| receipt.charge.minor != 0);
    let spent = pledge.receipts.iter().any(|receipt| receipt.spent_before_usd_minor != 0);
    let foreign = pledge.receipts.iter().any(|receipt| receipt.amount.currency != own);
    let mut heads =
        vec![column("receipt-date", false), column("receipt-bank_reference", false), column("receipt-amount", true)];
    heads.extend(charged.then(|| column("receipt-bank_charge", true)));
    heads.extend(foreign.then(|| column("receipt-credited", true)));
    heads.push(column("receipt-rate", true));
    heads.extend(foreign.then(|| column("receipt-pledge-rate", true)));
    heads.extend([column("receipt-usd", true), column("receipt-psc", true)]);
    heads.extend(spent.then(|| column("receipt-spent-before", true)));
    heads.push(column("letter-column", false));
    let may_undo = may_issue || pledge.receipts.iter().any(|receipt| receipt.undone);
    heads.extend(may_undo.then(|| column("undo-receipt-column", false)));
    let rows = shown
        .iter()
        .map(|receipt| {
            let mut cells =
                vec![date(receipt.date).into_any(), receipt.bank_reference.clone().into_any(), money(receipt.amount)];
            cells.extend(charged.then(|| money(receipt.charge)));
            cells.extend(foreign.then(|| money(receipt.credited)));
            cells.push(reader().decimal(receipt.rate).into_any());
            cells.extend(foreign.then(|| pledge_rate(receipt)));
            cells.extend([usd(receipt.usd_minor), usd(receipt.psc_usd_minor)]);
            cells.extend(spent.then(|| usd(receipt.spent_before_usd_minor)));
            cells.push(super::letters::cell(pledge.row.id, receipt, issued, may_issue));
            cells.extend(may_undo.then(|| super::undo::cell(pledge.row.id, receipt, may_issue)));
            cells
        })
        .collect();
    table("pledge-receipts", &heads, rows)
}

/// By what money in another currency was turned into the pledge's: that currency's rate, or what finance said.
fn pledge_rate(receipt: &ReceiptView) -> AnyView {
    match receipt.pledge_rate {
        Some(rate) => reader().decimal(rate).into_any(),
        None if receipt.stated => t("receipt-stated").into_any(),
        None => ().into_any(),
    }
}

fn receipt_fields(id: PledgeId, state: &FormState, told: &[Alike]) -> AnyView {
    view! {
        <p>{t("receipt-lead")}</p>
        {alike_links(told)}
        {form(&format!("/contributions/{id}/receive"), &format!("/contributions/{id}"), view! {
            {form_fields(&RECEIPT, state, &[("other_money", alike_choices(told))])}
            <div class="button-row"><button class="button button-primary">{t("receipt-send")}</button></div>
        })}
    }
    .into_any()
}

/// `POST /contributions/{pledge}/receive`
pub async fn receive(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: PledgeId = visit.id("pledge")?;
    contributions::receive(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/contributions/{id}"), "done-received"))
}
