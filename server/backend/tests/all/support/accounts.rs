//! People who register, and the mails that reach them.

use backend::Context;
use backend::users::{self, Caller, Entered};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::InvitationId;
use domain::roles::{Actor, Role};
use sea_orm::ConnectionTrait as _;

use super::{World, noon};

/// A password that the rules allow.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who is not signed in.
pub fn visitor(world: &World) -> Context {
    world.at(Actor::visitor(), noon())
}

/// What is typed to sign in.
pub fn credentials(email: &str, password: &str) -> Typed {
    Typed::default().with("email", email).with("password", password)
}

/// What an NGO types to register.
pub fn organisation_form(email: &str) -> Typed {
    credentials(email, PASSWORD)
        .with("name", "Maria Silva")
        .with("language", "en")
        .with("legal_name", "Casa Aurora")
        .with("country", "BR")
        .with("authorised", "yes")
}

/// What is typed to confirm an address.
pub fn confirmation(token: &str, password: &str) -> Typed {
    Typed::default().with("token", token).with("password", password)
}

/// What somebody without an account types to accept an invitation.
pub fn acceptance(token: &str) -> Typed {
    confirmation(token, PASSWORD).with("name", "Rosa Weber")
}

/// Has a second person of the Fund confirm an invitation.
pub async fn confirmed(world: &World, id: InvitationId) {
    let approver = world.staff(Role::ApprovingOfficer).await;
    users::confirm_invitation(&approver, id).await.unwrap();
}

/// Who is behind a session.
pub async fn person_of(context: &Context, session: &str) -> Actor {
    users::sessions::find(context.database(), session, context.now).await.unwrap().unwrap().actor
}

/// Confirms the address by the link in the last mail to it, and gives the person.
pub async fn register_and_confirm(world: &World, email: &str) -> Actor {
    let visitor = visitor(world);
    let mail = mails(world).await.into_iter().rev().find(|mail| mail.to == email && mail.kind == "confirm").unwrap();
    users::confirm(&visitor, &confirmation(&token_in(&mail, "/confirm/"), PASSWORD)).await.unwrap();
    let session = try_password(&visitor, email, PASSWORD, "192.0.2.9").await.unwrap();
    users::sessions::find(visitor.database(), &session, noon()).await.unwrap().unwrap().actor
}

/// A mail in the outbox.
pub struct Mail {
    pub kind: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub state: String,
    pub tries: i64,
}

/// The outbox, oldest first.
pub async fn mails(world: &World) -> Vec<Mail> {
    let sql = "SELECT kind, to_address, subject, text_body, state, tries FROM outbox ORDER BY id";
    let database = &world.services.database;
    let statement = sea_orm::Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| Mail {
            kind: row.try_get("", "kind").unwrap(),
            to: row.try_get("", "to_address").unwrap(),
            subject: row.try_get("", "subject").unwrap(),
            text: row.try_get("", "text_body").unwrap(),
            state: row.try_get("", "state").unwrap(),
            tries: row.try_get("", "tries").unwrap(),
        })
        .collect()
}

/// The token of the link in a mail.
pub fn token_in(mail: &Mail, path: &str) -> String {
    let (_, rest) = mail.text.split_once(path).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Where people of the tests sign in from.
pub const HOME: &str = "192.0.2.1";

/// Signs in with a password, and gives the session.
pub async fn try_password(context: &Context, email: &str, password: &str, address: &str) -> Result<String, AppError> {
    let caller = Caller { address, ..Caller::default() };
    try_from(context, email, password, &caller).await.map(|entered| entered.session)
}

/// Signs in with a password from a device.
pub async fn try_from(
    context: &Context,
    email: &str,
    password: &str,
    caller: &Caller<'_>,
) -> Result<Entered, AppError> {
    users::sign_in(context, &credentials(email, password), caller).await.map_err(AppError::from)
}

/// The answer to a wrong password.
pub fn wrong() -> AppError {
    AppError::field("password", "error-sign-in")
}

/// A member of staff with a password.
pub async fn officer(world: &World) -> (Context, String) {
    let officer = world.staff(Role::ProgrammeOfficer).await;
    let id = officer.actor.user.unwrap();
    let hash = users::hash_password(PASSWORD).await.unwrap();
    let email = format!("officer{id}@example.org");
    world.sql(&format!("UPDATE users SET password_hash = '{hash}', email = '{email}' WHERE id = {id}")).await;
    (officer, email)
}
