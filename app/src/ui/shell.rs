//! The frame of every page: head, banner, header with navigation, content, footer.

use domain::roles::Action;
use domain::users::Language;
use leptos::prelude::*;

use super::errors::error_summary;
use super::layout::notice;
use super::page::Page;
use super::refused::RefusedFields;
use super::script;
use super::text::{reader, t};
use crate::web::Visit;

/// Entries of the main navigation: path, key, permission.
const NAVIGATION: &[(&str, &str, Action)] = &[
    ("/calls", "nav-calls", Action::ReadPublic),
    ("/applications", "nav-applications", Action::ReadApplications),
    ("/reviews", "nav-reviews", Action::WriteReviews),
    ("/board", "nav-board", Action::ReadBoard),
    ("/grants", "nav-grants", Action::ReadGrants),
    ("/disbursements", "nav-disbursements", Action::ReadDisbursements),
    ("/reports", "nav-reports", Action::ReadReports),
    ("/organisations", "nav-organisations", Action::ReadOrganisations),
    ("/donors", "nav-donors", Action::ReadDonors),
    ("/contributions", "nav-contributions", Action::ReadContributions),
    ("/ledger", "nav-ledger", Action::ReadLedger),
    ("/users", "nav-users", Action::ReadUsers),
    ("/mail", "nav-mail", Action::ReadMail),
    ("/audit", "nav-audit", Action::ReadAudit),
    ("/results", "nav-results", Action::ReadPublic),
];

/// The whole document.
pub fn shell(visit: Visit, page: Page) -> impl IntoView {
    let reader = reader();
    let title = format!("{} – {}", page.title, t("site-name"));
    let islands = page.islands.then(|| script::islands(visit.site.options.clone()));
    // What a visitor types is short, and stays in the page.
    let person = visit.actor().user.map(i64::from);
    let keeping =
        person.zip(visit.site.scripts.get(reader.tag())).map(|(person, known)| script::keeping(known, person));
    // The body first: the summary names the fields that it draws with an error.
    let drawn = RefusedFields::open();
    let body = (page.body)();
    let summary = visit.kept.as_ref().filter(|kept| kept.is_refused()).map(|kept| error_summary(&kept.error, &drawn));
    let title = if summary.is_some() { format!("{} – {title}", t("error-title-prefix")) } else { title };
    let done = done_notice(&visit);
    let breadcrumbs = breadcrumbs(&page.breadcrumbs);
    view! {
        <!DOCTYPE html>
        <html lang=reader.tag() dir=reader.direction()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                <link rel="stylesheet" href=visit.site.stylesheet.clone()/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                {keeping}
                {islands}
            </head>
            <body>
                <a class="skip" href="#main">{t("skip-to-content")}</a>
                {visit.site.demo.then(|| view! {
                    <div class="banner banner-demo"><p><strong>{t("demo-banner")}</strong>" "{t("demo-banner-text")}</p></div>
                })}
                {header(&visit)}
                <main id="main" class=page.class tabindex="-1">
                    {breadcrumbs}
                    {done}
                    {summary}
                    {body}
                </main>
                <footer class="site-footer">
                    <div class="site-foot">
                        <p>{t("footer-text")}</p>
                        <ul><li><a href="/results">{t("nav-results")}</a></li><li><a href="/calls">{t("nav-calls")}</a></li></ul>
                    </div>
                </footer>
            </body>
        </html>
    }
}

/// The line that says what was done, if the address names one that the locale files have.
fn done_notice(visit: &Visit) -> Option<AnyView> {
    let key = visit.query("done");
    if !key.starts_with("done-") {
        return None;
    }
    reader().optional(key).map(|text| notice("good", view! { <p><strong>{text}</strong></p> }))
}

fn breadcrumbs(steps: &[(String, String)]) -> Option<AnyView> {
    if steps.is_empty() {
        return None;
    }
    let items: Vec<AnyView> = steps
        .iter()
        .map(|(title, path)| view! { <li><a href=path.clone()>{title.clone()}</a></li> }.into_any())
        .collect();
    Some(view! { <nav class="breadcrumbs" aria-label=t("breadcrumbs-label")><ol>{items}</ol></nav> }.into_any())
}

fn header(visit: &Visit) -> AnyView {
    let entries: Vec<AnyView> = NAVIGATION
        .iter()
        .filter(|(_, _, permission)| visit.may(*permission))
        .map(|(path, key, _)| {
            let here = visit.path == *path || visit.path.starts_with(&format!("{path}/"));
            view! { <li><a href=*path aria-current=here.then_some("page")>{t(key)}</a></li> }.into_any()
        })
        .collect();
    let home = (visit.path == "/").then_some("page");
    view! {
        <header class="site-header">
            <div class="site-bar">
                <a class="site-name" href="/">
                    <svg class="mark" viewBox="0 0 32 32" width="40" height="40" aria-hidden="true" focusable="false">
                        <rect class="mark-ground" width="32" height="32" rx="7"></rect>
                        <path class="mark-ring" d="M20.6 8.1A9 9 0 1 0 24.6 14.1"></path>
                        <circle class="mark-dot" cx="24.9" cy="7.3" r="2.3"></circle>
                    </svg>
                    <span>{t("site-name")}" "<small>{t("site-name-second")}</small></span>
                </a>
                <details class="menu">
                    <summary>{t("menu")}</summary>
                    <nav class="site-nav" aria-label=t("nav-label")>
                        <ul><li><a href="/" aria-current=home>{t("nav-home")}</a></li>{entries}</ul>
                    </nav>
                    {person(visit)}
                </details>
            </div>
        </header>
    }
    .into_any()
}

fn person(visit: &Visit) -> AnyView {
    let here = visit.page.clone();
    let languages: Vec<AnyView> = Language::ALL
        .iter()
        .map(|language| {
            let current = (visit.reader.language() == *language).then_some("true");
            // A language is named in itself, whatever the page's language is.
            let name = i18n::Reader::new(*language).text(&language.label_key());
            view! { <button name="language" value=language.code() lang=language.code() aria-current=current>{name}</button> }.into_any()
        })
        .collect();
    let actor = visit.actor();
    let account = match actor.role {
        Some(role) => view! {
            <p><a href="/account">{actor.name.clone()}</a>" "<small>{t(&role.label_key())}</small></p>
        }
        .into_any(),
        None => ().into_any(),
    };
    let leave = if actor.role.is_some() {
        view! { <form method="post" action="/sign-out"><button>{t("sign-out")}</button></form> }.into_any()
    } else {
        view! { <a href="/sign-in">{t("nav-sign-in")}</a> }.into_any()
    };
    view! {
        <div class="site-user">
            {account}
            <form class="language" method="post" action="/language">
                <input type="hidden" name="next" value=here/>
                {languages}
            </form>
            {leave}
        </div>
    }
    .into_any()
}
