//! The list of donors.

use backend::donors::queries::{self, UNCONFIRMED};
use domain::donors::DonorKind;
use domain::errors::AppError;
use domain::roles::Action;
use leptos::prelude::*;

use crate::ui::{Choice, Page, column, filters, label, page_head, pager, sort_link, t, table};
use crate::web::Visit;

/// `/donors`
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let request = visit.page_request();
    let donors = queries::list(&visit.context, &request).await?;
    let may_add = visit.may(Action::WriteDonors);
    Ok(Page::new(visit.reader.text("donors-title"), move || {
        let unconfirmed = Choice::new(UNCONFIRMED, t("donors-unconfirmed"));
        let kinds = std::iter::once(unconfirmed)
            .chain(DonorKind::ALL.iter().map(|kind| Choice::new(kind.code(), t(&kind.label_key()))))
            .collect();
        let heads = [
            sort_link("donor-name", false, "/donors", &request, "name"),
            sort_link("donor-kind", false, "/donors", &request, "kind"),
            sort_link("donor-country", false, "/donors", &request, "country"),
            column("donor-contact_name", false),
        ];
        let rows = donors
            .rows
            .iter()
            .map(|donor| {
                vec![
                    view! { <a href=format!("/donors/{}", donor.id)>{donor.name.clone()}</a> }.into_any(),
                    t(&donor.kind.label_key()).into_any(),
                    label("country", donor.country.as_deref().unwrap_or("")).into_any(),
                    donor.contact_name.clone().into_any(),
                ]
            })
            .collect();
        view! {
            {page_head(&t("donors-title"), Some(t("donors-lead")), may_add.then(|| view! {
                <a class="button button-primary" href="/donors/new">{t("donors-new")}</a>
            }))}
            {filters("/donors", &request, Some(("donor-kind", kinds)))}
            {table("donors-title", &heads, rows)}
            {pager("/donors", &request, &donors)}
        }
        .into_any()
    })
    .wide())
}
