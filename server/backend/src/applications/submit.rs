//! Submitting an application, for the first time or after clarification: a numbered revision is frozen.

use domain::applications::{
    ApplicationEvent, ApplicationState, DECLARATION_VERSION, SUBMIT, Section, check_all, declared,
};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::ApplicationId;
use domain::roles::{Action, Subject};
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, Set};

use super::entity::{application, application_revision, revision_document};
use super::reading::{Frozen, document_kinds, frozen_documents, live_sections};
use super::save_section::write_gist;
use super::{load_editable, state_of, step};
use crate::calls::terms_of;
use crate::context::{Context, Work};
use crate::error::Result;
use crate::mail::{self, MailKind};
use crate::organisations::entity::organisation;

/// Submits for the organisation; only its authorised signatory may.
///
/// # Errors
/// Not allowed, not found, wrong fields, in the wrong state, after the deadline, an incomplete profile of the
/// organisation, open points, or the database's.
pub async fn submit(context: &Context, id: ApplicationId, typed: &Typed) -> Result<i64> {
    context.permit(Action::SubmitApplications, &Subject::NONE)?;
    let answers = SUBMIT.read(typed)?;
    let work = context.begin().await?;
    let (row, call) = load_editable(&work, id, Action::SubmitApplications).await?;
    let profile = organisation::Entity::find_by_id(row.organisation_id)
        .one(&work.transaction)
        .await?
        .ok_or(AppError::NotFound)?;
    if !profile.profile_complete {
        return Err(AppError::refused("refused-profile-incomplete").into());
    }
    let sections = live_sections(&work.transaction, id).await?;
    let documents = document_kinds(&work.transaction, id).await?;
    let open = check_all(&sections, &terms_of(&call), &documents).len();
    if open > 0 {
        return Err(AppError::refused_with("refused-open-points", "number", open).into());
    }
    let frozen = Frozen {
        organisation: profile.legal_name,
        declared: declared(sections.get(&Section::Safeguarding).unwrap_or(&Typed::default()))
            .into_iter()
            .map(str::to_owned)
            .collect(),
        documents: frozen_documents(&work.transaction, id).await?,
        sections,
    };
    let after = freeze(&work, row, &frozen, answers.text("full_name")).await?;
    let arguments = [
        ("number", after.number.as_str().into()),
        ("title", after.title.as_str().into()),
        ("revision", after.revision.into()),
        ("at", context.now.into()),
    ];
    let link = format!("/applications/{id}");
    let organisation = after.organisation_id;
    mail::queue_to_organisation(&work, organisation, MailKind::ApplicationReceived, &arguments, Some(&link)).await?;
    work.commit().await?;
    Ok(after.revision)
}

async fn freeze(work: &Work<'_>, row: application::Model, frozen: &Frozen, name: &str) -> Result<application::Model> {
    let context = work.context;
    let number = row.revision + 1;
    application_revision::ActiveModel {
        application_id: Set(row.id),
        number: Set(number),
        content: Set(serde_json::to_string(frozen)?),
        declaration_version: Set(DECLARATION_VERSION.to_owned()),
        declared_by: Set(context.actor.user.map(Into::into)),
        declared_name: Set(name.to_owned()),
        submitted_at: Set(context.now),
        ..Default::default()
    }
    .insert(&work.transaction)
    .await?;
    for document in &frozen.documents {
        revision_document::ActiveModel {
            application_id: Set(row.id),
            number: Set(number),
            document_id: Set(document.id.into()),
        }
        .insert(&work.transaction)
        .await?;
    }
    let event = match state_of(&row)? {
        ApplicationState::Returned => ApplicationEvent::Resubmit,
        _ => ApplicationEvent::Submit,
    };
    let first = row.submitted_at.unwrap_or(context.now);
    step(work, row, event, |change| {
        write_gist(change, &frozen.sections);
        change.revision = Set(number);
        change.submitted_at = Set(Some(first));
        change.clarification_due = Set(None);
    })
    .await
}
