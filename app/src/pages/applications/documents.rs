//! The documents of an application: list, upload, removal, and handing them out.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_SECURITY_POLICY};
use axum::response::Response;
use backend::applications::{FrozenDocument, queries};
use backend::documents;
use domain::applications::{DocumentKind, Section, missing_documents};
use domain::errors::AppError;
use domain::forms::{Form, Kind, Typed, required};
use domain::ids::{ApplicationId, DocumentId};
use domain::roles::{Actor, Role};
use leptos::prelude::*;
use tokio_util::io::ReaderStream;

use super::section::tabs;
use crate::ui::{FormState, Page, argument, file_form, form_fields, hidden, notice, page_head, t, tw};
use crate::web::{Done, Sent, Visit, attachment};

/// Bytes of a document that are in memory while somebody downloads it, whatever its size.
const PIECE: usize = 32 * 1024;

/// Adding a document.
const UPLOAD: Form = Form {
    name: "document-upload",
    fields: &[required("kind", Kind::Choice(DocumentKind::OPTIONS)), required("file", Kind::File)],
    groups: &[],
};

/// `/applications/{application}/documents`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let id: ApplicationId = visit.id("application")?;
    let view = queries::get(&visit.context, id).await?;
    let present = documents::list(&visit.context, id).await?;
    let path = visit.path.clone();
    let state = visit.form_state(&path, Typed::default());
    let actor = visit.actor().clone();
    let staff = !visit.actor().role.is_some_and(Role::of_organisation);
    let may_edit = view.may_edit;
    Ok(Page::new(visit.reader.text("section-documents"), move || {
        let kinds: Vec<DocumentKind> = present.iter().map(|document| document.kind).collect();
        let missing: Vec<AnyView> = missing_documents(&kinds)
            .iter()
            .map(|kind| view! { <li>{t(&kind.label_key())}</li> }.into_any())
            .collect();
        view! {
            {page_head(&t("section-documents"), Some(t("documents-lead")), ())}
            {staff.then(|| tabs(id, Section::Documents))}
            {may_edit.then(|| view! { <div class="warning-text"><p>{t("documents-no-persons")}</p></div> })}
            {(!missing.is_empty()).then(|| notice("info", view! { <h2>{t("documents-missing")}</h2><ul>{missing}</ul> }))}
            {document_list(&present, &actor, may_edit.then_some(id), false)}
            {may_edit.then(|| upload_form(&path, id, &state))}
        }
        .into_any()
    })
    .under(visit.reader.text("applications-title"), "/applications")
    .under(format!("{} {}", view.number, view.title), format!("/applications/{id}")))
}

/// Documents by name, with kind and size; removable where an application is given; with hashes in revisions. One that
/// names the account is a link only for those who get it, and its file's name, which may hold the number, is theirs too.
pub fn document_list(
    present: &[FrozenDocument],
    reader: &Actor,
    removable: Option<ApplicationId>,
    hashes: bool,
) -> AnyView {
    if present.is_empty() {
        return view! { <p class="empty">{t("documents-none")}</p> }.into_any();
    }
    let items: Vec<AnyView> = present
        .iter()
        .map(|document| {
            let kilobytes = (document.size + 1023) / 1024;
            let size = tw("documents-size", &[("kilobytes", argument(kilobytes))]);
            let kind = t(&document.kind.label_key());
            let (name, meta) = if document.kind.is_for(reader) {
                let link = view! { <a href=format!("/documents/{}", document.id)>{document.file_name.clone()}</a> };
                (link.into_any(), format!("{kind} · {size}"))
            } else {
                (view! { <span>{kind}</span> }.into_any(), t("documents-names-account"))
            };
            let remove = removable.map(|id| remove_form(id, document));
            let hash = hashes
                .then(|| view! { <span class="meta small">{t("documents-hash")}" "<code>{document.sha256.clone()}</code></span> });
            view! {
                <li>
                    {name}
                    <span class="meta">{meta}</span>
                    {hash}
                    {remove}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="files">{items}</ul> }.into_any()
}

fn remove_form(id: ApplicationId, document: &FrozenDocument) -> AnyView {
    let name = document.file_name.clone();
    view! {
        <form method="post" action=format!("/applications/{id}/documents/{}/remove", document.id)>
            {hidden("back", &format!("/applications/{id}/documents"))}
            <button class="button button-quiet button-small">
                {t("documents-remove")}<span class="visually-hidden">" "{name}</span>
            </button>
        </form>
    }
    .into_any()
}

fn upload_form(path: &str, id: ApplicationId, state: &FormState) -> AnyView {
    view! {
        <section class="section">
            <h2>{t("documents-add")}</h2>
            {file_form(path, path, view! {
                {form_fields(&UPLOAD, state, &[])}
                <div class="button-row">
                    <button class="button button-primary">{t("documents-upload")}</button>
                    <a class="button button-secondary" href=format!("/applications/{id}/check")>{t("applications-check")}</a>
                    <a class="button button-quiet" href=format!("/applications/{id}")>{t("applications-back")}</a>
                </div>
            })}
        </section>
    }
    .into_any()
}

/// `POST /applications/{application}/documents`
pub async fn upload(visit: Visit, sent: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    // A browser sends an empty part without a name when no file was chosen.
    let file = sent.file().ok_or_else(|| AppError::field("file", "error-file-missing"))?;
    documents::upload(&visit.context, id, sent.typed.get("kind"), &file.file_name, file.bytes.to_vec()).await?;
    Ok(Done::to(format!("/applications/{id}/documents"), "done-document-uploaded"))
}

/// `POST /applications/{application}/documents/{document}/remove`
pub async fn remove(visit: Visit, _: Sent) -> Result<Done, AppError> {
    let id: ApplicationId = visit.id("application")?;
    documents::remove(&visit.context, id, visit.id("document")?).await?;
    Ok(Done::to(format!("/applications/{id}/documents"), "done-document-removed"))
}

/// `/documents/{document}`: always as a file to keep, never drawn by the browser on this site.
pub async fn download(visit: Visit) -> Result<Response, AppError> {
    let id: DocumentId = visit.id("document")?;
    let document = documents::download(&visit.context, id).await?;
    let content = ReaderStream::with_capacity(tokio::fs::File::from_std(document.content), PIECE);
    let mut response = attachment(Body::from_stream(content), &document.file_name, &document.media_type);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, document.size.into());
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    Ok(response)
}
