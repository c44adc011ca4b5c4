//! Money of the last weeks that still needs somebody: a bank statement with lines to decide, receipts that nobody has
//! identified, an amended and a written-down pledge, reminders that wait, and letters.

use backend::contributions::statements;
use backend::contributions::{self, letters, queries, reminders};
use backend::page::PageRequest;
use backend::{Context, Result};
use chrono::NaiveDate;
use domain::forms::Typed;
use domain::matching::payment_reference;
use domain::money::Money;
use domain::roles::Role;
use domain::time::month_start;

use super::people::{EURO_ACCOUNT, People};
use super::{Demo, command};

/// Enters everything, as of today.
pub async fn enter(demo: &Demo, people: &People) -> Result<()> {
    let finance = demo.at(&people.one(Role::FinanceOfficer), demo.today);
    let pledges = newest(&finance).await?;
    letters_of(&finance, &pledges).await?;
    unidentified(demo, &finance).await?;
    statement(demo, &finance, &pledges).await?;
    changes(demo, &finance, &pledges).await?;
    reminders::draft(&finance).await?;
    Ok(())
}

async fn newest(finance: &Context) -> Result<Vec<queries::PledgeRow>> {
    let request = PageRequest { page: 1, ..PageRequest::default() };
    Ok(queries::list(finance, &request).await?.rows)
}

/// The letters of the newest receipts.
async fn letters_of(finance: &Context, pledges: &[queries::PledgeRow]) -> Result<()> {
    for row in pledges.iter().take(4) {
        if let Some(receipt) = queries::get(finance, row.id).await?.receipts.first() {
            letters::issue(finance, receipt.id).await?;
        }
    }
    Ok(())
}

/// A day of this month, for which there is a rate.
fn early(demo: &Demo) -> NaiveDate {
    month_start(demo.today)
}

async fn unidentified(demo: &Demo, finance: &Context) -> Result<()> {
    for (number, (amount, currency, payer, text)) in
        [("2500.00", "EUR", "Amis de la dignité", "Don"), ("180.00", "USD", "J. Mbeki", "For the shelters")]
            .into_iter()
            .enumerate()
    {
        let typed = Typed::default()
            .with("amount", amount)
            .with("currency", currency)
            .with("date", early(demo).to_string())
            .with("bank_reference", format!("RCPT-U-{number}"))
            .with("payer", payer)
            .with("remittance", text)
            .with("command_id", command(format!("unidentified-{number}")));
        contributions::hold(finance, &typed).await?;
    }
    Ok(())
}

/// A table as a bank sends it, of the account in euros: a sure line, one that names a pledge with another amount, a
/// stranger, a payment out.
async fn statement(demo: &Demo, finance: &Context, pledges: &[queries::PledgeRow]) -> Result<()> {
    let day = early(demo);
    let mut table = String::from("Date,Amount,Currency,Payer,Text,Reference\n");
    let euros = |left: Money| left.minor > 0 && left.currency.code() == "EUR";
    let open = pledges.iter().filter(|row| euros(row.standing.outstanding)).take(2);
    for (number, row) in open.enumerate() {
        let whole = row.standing.outstanding;
        let amount = if number == 0 { whole } else { Money::new(whole.minor / 3, whole.currency) };
        let (decimal, currency) = (amount.to_decimal(), amount.currency);
        let reference = payment_reference(row.id);
        table.push_str(&format!("{day},{decimal},{currency},{},{reference},DEMO-{number}\n", row.donor_name));
    }
    table.push_str(&format!("{day},75.00,EUR,Anonymous,Donation,DEMO-8\n{day},-12.50,EUR,Bank,Account fees,DEMO-9\n"));
    let account = Typed::default().with("account", EURO_ACCOUNT);
    statements::import(finance, &account, "statement.csv", table.as_bytes()).await?;
    Ok(())
}

async fn changes(demo: &Demo, finance: &Context, pledges: &[queries::PledgeRow]) -> Result<()> {
    let mut open = pledges.iter().rev().filter(|row| row.standing.outstanding.minor > 100);
    let common = |name: &str, amount: Money, reason: &str| {
        Typed::default()
            .with("amount", amount.to_decimal().to_string())
            .with("date", demo.today.to_string())
            .with("reason", reason)
            .with("command_id", command(name))
    };
    if let Some(row) = open.next() {
        let tenth = Money::new(row.standing.outstanding.minor / 10, row.standing.outstanding.currency);
        let typed = common("written-down", tenth, "The donor’s budget was cut; letter of the ministry");
        contributions::write_down(finance, row.id, &typed).await?;
    }
    if let Some(row) = open.next() {
        // What came in stays as it was planned; only the rest is to come later.
        let planned = queries::get(finance, row.id).await?.instalments;
        let first = planned.first().map_or(row.date, |instalment| instalment.due);
        let standing = &row.standing;
        let typed = common("amended", standing.pledged, "The donor asked to pay the second instalment later")
            .with("instalments.0.due", first.to_string())
            .with("instalments.0.amount", standing.received.to_decimal().to_string())
            .with("instalments.1.due", domain::time::add_days(demo.today, 60).to_string())
            .with("instalments.1.amount", standing.outstanding.to_decimal().to_string());
        contributions::amend(finance, row.id, &typed).await?;
    }
    Ok(())
}
