//! What a visitor sees first: what the Fund does, how to apply, what its money did.

use backend::published;
use domain::errors::AppError;
use leptos::prelude::*;

use crate::pages::results::{theme_chart, years_chart};
use crate::ui::{Page, count, figure_card, t, tw, usd};
use crate::web::Visit;

/// `/` for a visitor.
pub async fn page(visit: Visit) -> Result<Page, AppError> {
    let figures = published::summary(&visit.context).await?;
    Ok(Page::new(visit.reader.text("home-title"), move || {
        let received: i64 = figures.years.values().map(|year| year.received).sum();
        let disbursed: i64 = figures.years.values().map(|year| year.disbursed).sum();
        let grants: i64 = figures.themes.values().map(|theme| theme.grants).sum();
        let countries = figures.countries;
        let helped = figures.helped.shown();
        view! {
            <div class="hero">
                <div class="hero-body">
                    <h1>{t("home-title")}</h1>
                    <p class="lead">{t("home-lead")}</p>
                    <div class="button-row">
                        <a class="button button-primary" href="/calls">{t("home-calls")}</a>
                        <a class="button button-secondary" href="/results">{t("home-results")}</a>
                    </div>
                </div>
            </div>
            <div class="page">
                <section class="section">
                    <h2>{t("home-figures")}</h2>
                    <ul class="figure-cards">
                        {figure_card("home-received", usd(received), None)}
                        {figure_card("home-disbursed", usd(disbursed), None)}
                        {figure_card("home-grants", count(grants), Some(tw("home-grants-note", &[("countries", countries.into())])))}
                        {helped.map(|helped| figure_card("home-helped", count(helped), Some(t("home-helped-note"))))}
                    </ul>
                </section>
                <section class="section">
                    <h2>{t("home-how")}</h2>
                    <ol class="steps">
                        {["register", "apply", "review", "help"].map(|step| view! {
                            <li><h3>{t(&format!("home-step-{step}"))}</h3><p>{t(&format!("home-step-{step}-text"))}</p></li>
                        })}
                    </ol>
                </section>
                <section class="section">
                    {years_chart(&figures.years)}
                    {theme_chart(&figures.themes)}
                    <p><a href="/results">{t("home-all-results")}</a></p>
                </section>
            </div>
        }
        .into_any()
    })
    .hero())
}
