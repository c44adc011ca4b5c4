//! Taking back an agreement that was offered and that nobody signed yet, such as one with a wrong day: it is drawn up
//! once more, and the money stays committed.

use domain::forms::Typed;
use domain::grants::{GrantEvent, TAKE_BACK};
use domain::ids::GrantId;
use domain::roles::{Action, Subject};
use sea_orm::Set;

use super::step::{load, step};
use crate::context::Context;
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::reports::drop_open;
use crate::users::ties;

/// Takes the agreement back. The reports that were planned with it are dropped, its dates are forgotten, and the
/// organisation's signatories, who were asked to sign it, are told why.
///
/// # Errors
/// Not allowed, not found, no reason, not offered or signed already, a tie with the organisation, or the database's.
pub async fn take_back(context: &Context, id: GrantId, typed: &Typed) -> Result<()> {
    context.permit(Action::ManageGrants, &Subject::NONE)?;
    let answers = TAKE_BACK.read(typed)?;
    let reason = answers.text("mistake");
    let work = context.begin().await?;
    let before = load(&work, id).await?;
    ties::check(&work.transaction, before.organisation_id, context.actor.user.as_slice()).await?;
    let after = step(&work, before, GrantEvent::TakeBack, |row| {
        row.start_date = Set(None);
        row.end_date = Set(None);
        row.offered_by = Set(None);
        row.offered_at = Set(None);
        row.taken_back_reason = Set(reason.to_owned());
    })
    .await?;
    drop_open(&work, id).await?;
    let arguments =
        [("number", after.number.as_str().into()), ("title", after.title.as_str().into()), ("reason", reason.into())];
    let link = format!("/grants/{id}");
    mail::queue_to_signatories(&work, after.organisation_id, MailKind::AgreementTakenBack, &arguments, Some(&link))
        .await?;
    work.commit().await
}
