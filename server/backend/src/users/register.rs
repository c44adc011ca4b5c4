//! Registering: an NGO with its signatory, or a donor with its representative. An address that is known already
//! gets the same answer, and its owner a mail; until the address is confirmed, the newest registration holds.

use domain::donors::DONOR;
use domain::errors::FieldErrors;
use domain::forms::{Answers, Typed};
use domain::roles::{Action, Actor, Role, Subject};
use domain::users::{LinkPurpose, REGISTER_DONOR, REGISTER_ORGANISATION, UserState};
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _, Set};

use super::entity::user;
use super::registrations::drop_party;
use super::{limits, links, passwords, state_of, strength};
use crate::audit;
use crate::context::{Context, Work};
use crate::error::{Error, Result, is_duplicate};
use crate::mail::{self, MailKind, Recipient};
use crate::organisations::{Registration, insert};

/// Who registers.
#[derive(Clone, Copy)]
enum Party {
    Organisation,
    Donor,
}

/// Registers an organisation and its signatory, who gets a mail to confirm the address.
///
/// # Errors
/// Wrong fields, too many tries from one `address`, or the database's.
pub async fn register_organisation(context: &Context, typed: &Typed, address: &str) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = read(REGISTER_ORGANISATION.read_lenient(typed)).await?;
    register(context, Party::Organisation, &answers, address).await
}

/// Registers a donor and its representative, who gets a mail to confirm the address.
///
/// # Errors
/// Wrong fields, too many tries from one `address`, or the database's.
pub async fn register_donor(context: &Context, typed: &Typed, address: &str) -> Result<()> {
    context.permit(Action::ReadPublic, &Subject::NONE)?;
    let answers = read(REGISTER_DONOR.read_lenient(typed)).await?;
    register(context, Party::Donor, &answers, address).await
}

async fn read((answers, mut errors): (Answers, FieldErrors)) -> Result<Answers> {
    let own = ["email", "name", "legal_name", "donor_name"].map(|name| answers.text(name));
    strength::check(answers.text("password"), &own, &mut errors).await?;
    errors.into_result()?;
    Ok(answers)
}

async fn register(context: &Context, party: Party, answers: &Answers, address: &str) -> Result<()> {
    limits::take_address(context, address).await?;
    // Hashed in either case, so that the time does not tell whether the address is known.
    let hash = passwords::hash(answers.text("password")).await?;
    match attempt(context, party, answers, &hash).await {
        // Somebody registered the same address at the same time: now it is known.
        Err(Error::Database(cause)) if is_duplicate(&cause) => attempt(context, party, answers, &hash).await,
        outcome => outcome,
    }
}

async fn attempt(context: &Context, party: Party, answers: &Answers, hash: &str) -> Result<()> {
    let newcomer = Actor { name: answers.text("name").to_owned(), ..Actor::visitor() };
    let context = Context { actor: newcomer, ..context.clone() };
    let work = context.begin().await?;
    let known = user::Entity::find()
        .filter(user::Column::Email.eq(answers.text("email")))
        .lock_exclusive()
        .one(&work.transaction)
        .await?;
    match known {
        Some(person) if is_unconfirmed(&person)? => replace(&work, party, answers, hash, person).await?,
        Some(person) => tell_known(&work, &person).await?,
        None => enter(&work, party, answers, hash).await?,
    }
    work.commit().await
}

/// Registered and not confirmed yet.
fn is_unconfirmed(person: &user::Model) -> Result<bool> {
    Ok(state_of(person)? == UserState::Unconfirmed && person.password_hash.is_some())
}

/// Tells somebody that the own address is known already: at most once a day, so that nobody can fill the mailbox.
async fn tell_known(work: &Work<'_>, person: &user::Model) -> Result<()> {
    if state_of(person)? == UserState::Disabled {
        return Ok(());
    }
    let once = format!("already-registered-{}-{}", person.id, work.context.today());
    mail::queue(work, &Recipient::of(person), MailKind::AlreadyRegistered, &[], Some("/forgot"), Some(&once)).await
}

async fn send_confirmation(work: &Work<'_>, person: &user::Model) -> Result<()> {
    if links::sent_just_now(work, person.id, LinkPurpose::Confirm).await? {
        return Ok(());
    }
    let token = links::make(work, person.id, LinkPurpose::Confirm).await?;
    mail::queue(work, &Recipient::of(person), MailKind::Confirm, &[], Some(&format!("/confirm/{token}")), None).await
}

/// Whoever registers again before confirming means what was sent last, such as the right kind of party. The password is
/// the last one too: an earlier one may be a stranger's.
async fn replace(work: &Work<'_>, party: Party, answers: &Answers, hash: &str, before: user::Model) -> Result<()> {
    let (role, organisation, donor) = enter_party(work, party, answers).await?;
    let mut change: user::ActiveModel = before.clone().into();
    change.name = Set(answers.text("name").to_owned());
    change.password_hash = Set(Some(hash.to_owned()));
    change.role = Set(role.code().to_owned());
    change.organisation_id = Set(organisation);
    change.donor_id = Set(donor);
    change.language = Set(answers.text("language").to_owned());
    let after = change.update(&work.transaction).await?;
    audit::record(work, "audit-user-registered-anew", audit::Kind::User, after.id, Some(&before), Some(&after)).await?;
    drop_party(work, &before).await?;
    send_confirmation(work, &after).await
}

/// The organisation or donor, and the role of whoever registers it.
async fn enter_party(work: &Work<'_>, party: Party, answers: &Answers) -> Result<(Role, Option<i64>, Option<i64>)> {
    Ok(match party {
        Party::Organisation => (Role::OrganisationSignatory, Some(enter_organisation(work, answers).await?), None),
        Party::Donor => (Role::DonorRepresentative, None, Some(enter_donor(work, answers).await?)),
    })
}

async fn enter(work: &Work<'_>, party: Party, answers: &Answers, hash: &str) -> Result<()> {
    let (role, organisation, donor) = enter_party(work, party, answers).await?;
    let person = user::ActiveModel {
        email: Set(answers.text("email").to_owned()),
        name: Set(answers.text("name").to_owned()),
        password_hash: Set(Some(hash.to_owned())),
        role: Set(role.code().to_owned()),
        organisation_id: Set(organisation),
        donor_id: Set(donor),
        language: Set(answers.text("language").to_owned()),
        state: Set(UserState::Unconfirmed.code().to_owned()),
        demo: Set(false),
        created_at: Set(work.context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    audit::record::<(), _>(work, "audit-user-registered", audit::Kind::User, person.id, None, Some(&person)).await?;
    send_confirmation(work, &person).await
}

/// The rest of the profile is filled in after the first sign-in.
async fn enter_organisation(work: &Work<'_>, answers: &Answers) -> Result<i64> {
    let registration = Registration {
        legal_name: answers.text("legal_name"),
        country: answers.text("country"),
        contact_name: answers.text("name"),
        contact_email: answers.text("email"),
    };
    Ok(insert(work, registration).await?.into())
}

async fn enter_donor(work: &Work<'_>, answers: &Answers) -> Result<i64> {
    let typed = Typed::default()
        .with("name", answers.text("donor_name"))
        .with("kind", answers.text("donor_kind"))
        .with("country", answers.text("country"))
        .with("contact_name", answers.text("name"))
        .with("contact_email", answers.text("email"))
        .with("language", answers.text("language"));
    let donor = crate::donors::insert(work, &DONOR.read(&typed)?, false).await?;
    Ok(donor.into())
}
