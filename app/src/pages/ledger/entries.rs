//! One entry with what it reverses, and the entries behind a figure.

use backend::audit::Kind;
use backend::ledger::entries::{self, EntryView, Wanted, Whose};
use backend::ledger::reverse as reverse_entry;
use backend::page::PageRequest;
use domain::errors::AppError;
use domain::ids::EntryId;
use domain::ledger::{Account, Correction, Event, PositionFigure, REVERSAL};
use domain::roles::Action;
use leptos::prelude::*;

use super::{account_name, entry_list, entry_title, posting_table, source_link};
use crate::pages::contributions::money_form;
use crate::ui::{
    FormState, Page, audit_trail, date, definition, form, form_fields, page_head, pager, section, summary, t, tw,
};
use crate::web::{Done, Sent, Visit, encode};
use domain::forms::Typed;

/// `/ledger/entries`, with `figure`, `account`, `donor`, `grant`, `event`, `from` and `to`
pub async fn list_page(visit: Visit) -> Result<Page, AppError> {
    let wanted = Wanted {
        account: Account::from_code(visit.query("account")),
        donor: Whose::from_query(visit.query("donor")),
        grant: visit.query("grant").parse().ok(),
        from: visit.query("from").parse().ok(),
        to: visit.query("to").parse().ok(),
        event: Event::from_code(visit.query("event")),
        figure: PositionFigure::from_code(visit.query("figure")),
    };
    let request = PageRequest { page: visit.page_request().page, ..PageRequest::default() };
    let found = entries::list(&visit.context, &wanted, &request).await?;
    let kept: Vec<String> = ["figure", "account", "donor", "grant", "event", "from", "to"]
        .into_iter()
        .filter(|name| !visit.query(name).is_empty())
        .map(|name| format!("{name}={}", encode(visit.query(name))))
        .collect();
    let path = format!("/ledger/entries?{}&", kept.join("&"));
    Ok(Page::new(visit.reader.text("ledger-entries"), move || {
        let facts = [
            wanted.figure.map(|figure| definition("books-figure", t(&figure.label_key()))),
            wanted.account.map(|account| definition("ledger-account", account_name(account))),
            wanted.event.map(|event| definition("ledger-event", t(&event.label_key()))),
            wanted.from.map(|from| definition("ledger-from", date(from))),
            wanted.to.map(|to| definition("ledger-to", date(to))),
        ];
        view! {
            {page_head(&t("ledger-entries"), Some(t("ledger-entries-lead")), ())}
            {summary(facts.into_iter().flatten().collect())}
            {section("ledger-entries-found", entry_list(&found.rows))}
            {pager(path.trim_end_matches('&'), &request, &found)}
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger")
    .wide())
}

/// `/ledger/entries/{entry}`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: EntryId = visit.id("entry")?;
    let entry = entries::get(&visit.context, id).await?;
    let trail = visit.trail(Kind::Entry, id.0).await?;
    let action = format!("/ledger/entries/{id}/reverse");
    let state = money_form(&visit, &action, Typed::default());
    let may_reverse = visit.may(Action::ReverseEntries);
    let title = entry_title(visit.reader, &entry.row);
    Ok(Page::new(title.clone(), move || {
        view! {
            {page_head(&title, Some(t("ledger-entry-lead")), ())}
            {facts(&entry)}
            {section("ledger-postings", posting_table(&entry.row))}
            {correction(&entry, may_reverse, &action, &state)}
            {trail.map(audit_trail)}
        }
        .into_any()
    })
    .under(visit.reader.text("ledger-title"), "/ledger")
    .under(visit.reader.text("ledger-journal"), "/ledger/journal"))
}

fn facts(entry: &EntryView) -> AnyView {
    let (kind, source) = &entry.row.source;
    let link = |(id, number): &(EntryId, String)| {
        view! { <a href=format!("/ledger/entries/{id}")>{number.clone()}</a> }.into_any()
    };
    let mut rows = vec![
        definition("ledger-date", date(entry.row.date)),
        definition("ledger-actor", entry.row.actor.clone()),
        definition("ledger-source", source_link(kind, *source)),
    ];
    if let Some((id, name)) = &entry.donor {
        rows.push(definition("ledger-donor", view! { <a href=format!("/donors/{id}")>{name.clone()}</a> }));
    }
    if let Some((id, number)) = &entry.grant {
        rows.push(definition("ledger-grant", view! { <a href=format!("/grants/{id}")>{number.clone()}</a> }));
    }
    if let Some((reference, note)) = &entry.transfer {
        rows.push(definition("psc-transfer-bank_reference", reference.clone()));
        rows.extend((!note.is_empty()).then(|| definition("psc-transfer-note", note.clone())));
    }
    rows.extend(entry.reverses.as_ref().map(|other| definition("ledger-reverses", link(other))));
    rows.extend(entry.reversed_by.as_ref().map(|other| definition("ledger-reversed-by", link(other))));
    summary(rows)
}

/// How a mistake in the entry is put right: by reversing it, or on the record that it goes with.
fn correction(entry: &EntryView, may_reverse: bool, action: &str, state: &FormState) -> Option<AnyView> {
    if !may_reverse || entry.reversed_by.is_some() {
        return None;
    }
    let (kind, id) = &entry.row.source;
    let content = match entry.row.event.correction() {
        Correction::Never => return None,
        Correction::Record => view! { <p>{t("ledger-correct-record")}" "{source_link(kind, *id)}</p> }.into_any(),
        Correction::Reverse => {
            let number = format!("{}/{}", entry.row.fiscal_year, entry.row.number);
            view! {
                <p>{tw("ledger-reverse-lead", &[("number", number.into())])}</p>
                {form(action, &format!("/ledger/entries/{}", entry.row.id), view! {
                    {form_fields(&REVERSAL, state, &[])}
                    <div class="button-row"><button class="button button-danger">{t("ledger-reverse")}</button></div>
                })}
            }
            .into_any()
        }
    };
    Some(section("ledger-correct", content))
}

/// `POST /ledger/entries/{entry}/reverse`
pub async fn reverse(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: EntryId = visit.id("entry")?;
    let made = reverse_entry(&visit.context, id, &sent.typed).await?;
    Ok(Done::to(format!("/ledger/entries/{made}"), "done-entry-reversed"))
}
