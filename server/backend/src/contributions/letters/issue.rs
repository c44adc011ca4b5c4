//! Issuing a letter: numbered without gaps within a year, once for each receipt.

use chrono::Datelike as _;
use domain::contributions::Earmark;
use domain::errors::AppError;
use domain::ids::{DonorId, PledgeId, ReceiptId};
use domain::matching::payment_reference;
use domain::message::Argument;
use domain::money::{Currency, Money};
use domain::roles::{Action, Subject};
use domain::users::Language;
use i18n::Reader;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::{Letter, pdf};
use crate::audit;
use crate::codes;
use crate::context::{Context, Work};
use crate::contributions::entity::{pledge, receipt, receipt_letter, receipt_letter_file};
use crate::contributions::rates::to_decimal;
use crate::donors::entity::donor;
use crate::error::Result;

/// A letter as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedLetter {
    /// Such as `L-2026-0001`.
    pub number: String,
    /// The PDF.
    pub bytes: Vec<u8>,
}

/// Issues the letter of a receipt and gives its number; one that was issued before keeps its own.
///
/// # Errors
/// Not allowed, not found, a receipt that was taken back, or the database's.
pub async fn issue(context: &Context, id: ReceiptId) -> Result<String> {
    context.permit(Action::WriteReceipts, &Subject::NONE)?;
    let work = context.begin_money().await?;
    if let Some(known) = find(&work, id).await? {
        return Ok(read(&known)?.number);
    }
    let receipt = receipt::Entity::find_by_id(id.0).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    if receipt.undone {
        return Err(AppError::refused("refused-receipt-undone").into());
    }
    let pledge = pledge::Entity::find_by_id(receipt.pledge_id).one(&work.transaction).await?;
    let pledge = pledge.ok_or(AppError::NotFound)?;
    let donor = donor::Entity::find_by_id(pledge.donor_id).one(&work.transaction).await?.ok_or(AppError::NotFound)?;
    let year = i64::from(context.today().year());
    let last: Option<Option<i64>> = receipt_letter::Entity::find()
        .select_only()
        .column_as(receipt_letter::Column::Number.max(), "last")
        .filter(receipt_letter::Column::Year.eq(year))
        .into_tuple()
        .one(&work.transaction)
        .await?;
    let number = last.flatten().unwrap_or(0) + 1;
    let letter = compose(context, format!("L-{year}-{number:04}"), &receipt, &pledge, &donor)?;
    let row = receipt_letter::ActiveModel {
        year: Set(year),
        number: Set(number),
        receipt_id: Set(id.0),
        content: Set(serde_json::to_string(&letter)?),
        issued_by: Set(context.actor.user.map(Into::into)),
        issued_at: Set(context.now),
        ..Default::default()
    };
    row.insert(&work.transaction).await?;
    let after = serde_json::json!({ "number": letter.number, "receipt": id });
    let kind = audit::Kind::Pledge;
    audit::record::<(), _>(&work, "audit-letter-issued", kind, pledge.id, None, Some(&after)).await?;
    work.commit().await?;
    Ok(letter.number)
}

async fn find(work: &Work<'_>, id: ReceiptId) -> Result<Option<receipt_letter::Model>> {
    let query = receipt_letter::Entity::find().filter(receipt_letter::Column::ReceiptId.eq(id.0));
    Ok(query.one(&work.transaction).await?)
}

fn read(row: &receipt_letter::Model) -> Result<Letter> {
    Ok(serde_json::from_str(&row.content)?)
}

/// The letters of receipts, by number; none for those without.
///
/// # Errors
/// Not allowed, or the database's.
pub async fn issued(context: &Context, receipts: &[ReceiptId]) -> Result<Vec<(ReceiptId, String)>> {
    context.permit(Action::ReadContributions, &Subject::NONE)?;
    let rows: Vec<(i64, i64, i64)> = receipt_letter::Entity::find()
        .select_only()
        .column(receipt_letter::Column::ReceiptId)
        .column(receipt_letter::Column::Year)
        .column(receipt_letter::Column::Number)
        .filter(receipt_letter::Column::ReceiptId.is_in(receipts.iter().map(|id| id.0)))
        .into_tuple()
        .all(context.database())
        .await?;
    Ok(rows.into_iter().map(|(id, year, number)| (ReceiptId(id), format!("L-{year}-{number:04}"))).collect())
}

/// The letter of a receipt as PDF: the same bytes each time, also from a later version of the program, because the file
/// is kept when it is drawn first.
///
/// # Errors
/// Not allowed, somebody else's, not issued, or the database's.
pub async fn download(context: &Context, id: ReceiptId) -> Result<IssuedLetter> {
    context.permit(Action::ReadContributions, &Subject::NONE)?;
    let receipt = receipt::Entity::find_by_id(id.0).one(context.database()).await?.ok_or(AppError::NotFound)?;
    let pledge = pledge::Entity::find_by_id(receipt.pledge_id).one(context.database()).await?;
    let donor = DonorId(pledge.ok_or(AppError::NotFound)?.donor_id);
    context.permit(Action::ReadContributions, &Subject::donor(donor))?;
    let query = receipt_letter::Entity::find().filter(receipt_letter::Column::ReceiptId.eq(id.0));
    let row = query.one(context.database()).await?.ok_or(AppError::NotFound)?;
    let letter = read(&row)?;
    let number = letter.number.clone();
    let kept = receipt_letter_file::Entity::find_by_id(row.id).one(context.database()).await?;
    let bytes = match kept {
        Some(kept) => kept.pdf,
        None => keep(context, row.id, letter).await?,
    };
    Ok(IssuedLetter { number, bytes })
}

/// Draws a letter and keeps it; of two that were drawn at the same moment the first is given to both.
async fn keep(context: &Context, id: i64, letter: Letter) -> Result<Vec<u8>> {
    // Setting type is work for a processor; other requests do not wait behind it.
    let bytes = tokio::task::spawn_blocking(move || pdf::draw(&letter))
        .await
        .map_err(|cause| crate::error::Error::Defect(format!("letter: {cause}")))??;
    let work = context.begin().await?;
    let row = receipt_letter_file::ActiveModel { letter_id: Set(id), pdf: Set(bytes) };
    let first = OnConflict::column(receipt_letter_file::Column::LetterId).do_nothing().to_owned();
    receipt_letter_file::Entity::insert(row).on_conflict(first).exec_without_returning(&work.transaction).await?;
    let kept = receipt_letter_file::Entity::find_by_id(id).one(&work.transaction).await?;
    work.commit().await?;
    Ok(kept.ok_or(AppError::NotFound)?.pdf)
}

/// Writes the letter, in the donor's language.
fn compose(
    context: &Context,
    number: String,
    receipt: &receipt::Model,
    pledge: &pledge::Model,
    donor: &donor::Model,
) -> Result<Letter> {
    let reader = Reader::new(Language::from_code(&donor.language).unwrap_or(Language::English));
    let currency = codes::currency(&receipt.currency)?;
    let amount = Money::new(receipt.amount_minor, currency);
    let settled = Money::new(receipt.settled_minor, codes::currency(&pledge.currency)?);
    let earmark = codes::earmark(&pledge.earmark)?;
    let pledged_on: Argument = pledge.date.into();
    let arguments: Vec<(&'static str, Argument)> = vec![
        ("donor", donor.name.as_str().into()),
        ("amount", amount.into()),
        ("date", receipt.date.into()),
        ("pledged", pledged_on),
        ("number", number.as_str().into()),
    ];
    let text = |key: &str| reader.with(key, &arguments);
    let mut rows = vec![
        (text("letter-row-number"), number.clone()),
        (text("letter-row-donor"), donor.name.clone()),
        (text("letter-row-amount"), reader.money(amount)),
    ];
    if receipt.charge_minor != 0 {
        rows.push((text("letter-row-charge"), reader.money(Money::new(receipt.charge_minor, currency))));
    }
    if currency != Currency::USD {
        rows.push((text("letter-row-usd"), reader.money(Money::usd(receipt.usd_minor))));
        rows.push((text("letter-row-rate"), reader.decimal(to_decimal(&receipt.rate)?)));
    }
    if settled != amount {
        rows.push((text("letter-row-settled"), reader.money(settled)));
    }
    rows.extend([
        (text("letter-row-date"), reader.date(receipt.date)),
        (text("letter-row-bank"), receipt.bank_reference.clone()),
        (text("letter-row-pledge"), payment_reference(PledgeId(pledge.id))),
        (text("letter-row-earmark"), reader.text(&earmark.label_key())),
    ]);
    let bound = if earmark == Earmark::None { "letter-text-pool" } else { "letter-text-earmarked" };
    let earmark_text = reader.text(&earmark.label_key());
    Ok(Letter {
        language: reader.tag().to_owned(),
        sender: vec![text("letter-fund"), text("letter-fund-place")],
        recipient: recipient(donor),
        dated: reader.with("letter-dated", &[("date", context.today().into())]),
        subject: text("letter-subject"),
        paragraphs: vec![
            reader.with("letter-greeting", &[("name", donor.contact_name.as_str().into())]),
            text("letter-text-thanks"),
            reader.with(bound, &[("earmark", earmark_text.as_str().into())]),
            text("letter-text-use"),
            text("letter-closing"),
            text("letter-signature"),
        ],
        receipt_title: text("letter-receipt-title"),
        rows,
        notes: vec![text("letter-note-again")],
        number,
    })
}

/// The lines above the letter; an individual is named once.
fn recipient(donor: &donor::Model) -> Vec<String> {
    let mut lines = vec![donor.contact_name.clone(), donor.name.clone()];
    lines.dedup();
    lines
}
