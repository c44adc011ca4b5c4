//! What a call binds its applications to.
#![allow(clippy::unwrap_used)]

mod support;

use backend::applications::{self, queries};
use backend::calls;
use domain::applications::Section;
use domain::errors::AppError;
use domain::message::Argument;
use domain::roles::Role;
use support::applications::{call_form, complete_draft, complete_sections, declaration};
use support::on_both;

fn refusal<T: std::fmt::Debug>(outcome: backend::Result<T>) -> AppError {
    AppError::from(outcome.unwrap_err())
}

fn key(error: &AppError) -> &str {
    match error {
        AppError::Refused(message) | AppError::Conflict(message) => &message.key,
        AppError::Invalid(errors) => &errors.0[0].message.key,
        _ => "",
    }
}

#[tokio::test]
async fn an_application_outside_the_calls_themes_or_regions_is_kept_and_not_submitted() {
    on_both(|world| async move {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let mut form = call_form();
        form.set("themes", "labour-migration");
        form.push("regions", "eastern-europe");
        form.push("regions", "asia-pacific");
        let call = calls::create(&officer, &form).await.unwrap();
        calls::publish(&officer, call).await.unwrap();
        // Written for Kenya, about what comes after trafficking.
        let (signatory, _, id) = complete_draft(&world, call).await;
        let points = queries::open_points(&signatory, id).await.unwrap();
        let found: Vec<_> = points.iter().map(|point| (point.field.as_str(), point.message.key.as_str())).collect();
        assert_eq!(found, [("theme", "error-theme-outside-call"), ("country", "error-country-outside-call")]);
        let regions = ["region-asia-pacific", "region-eastern-europe"].map(str::to_owned).to_vec();
        let (_, Argument::Keys(mut named)) = points[1].message.arguments[0].clone() else { panic!("{points:?}") };
        named.sort();
        assert_eq!(named, regions);
        assert_eq!(key(&refusal(applications::submit(&signatory, id, &declaration()).await)), "refused-open-points");
        let mut summary = complete_sections().swap_remove(0).1;
        assert_eq!(applications::sections(&signatory, id).await.unwrap()[0].typed, summary, "the draft is kept");
        summary.set("theme", "labour-migration");
        summary.set("country", "NP");
        applications::save_section(&signatory, id, Section::Summary, &summary, None).await.unwrap();
        applications::submit(&signatory, id, &declaration()).await.unwrap();
    })
    .await;
}
