//! What people of the Fund see and do on pages of records: inviting a signatory of an organisation without one, confirming
//! what an indicator counts, thinking a long agenda through, drafts and accounts that wait.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use domain::roles::Role;

const TIME: &str = "2026-01-01T00:00:00+00:00";

/// A call, and an organisation in which nobody has an account.
async fn site() -> TestSite {
    let site = TestSite::new().await;
    site.sql(&format!(
        "INSERT INTO calls (id, title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, \
         shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES (1, 'Call of 2026', 'Help', 'trafficking', \
         'women', '', 2000000, 6000000, 12, 24, '{TIME}', '{TIME}', 'published', '{TIME}')"
    ))
    .await;
    site.sql(&format!(
        "INSERT INTO organisations (id, legal_name, country, registration_number, kind, yearly_income_usd_minor, address, \
         contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) \
         VALUES (1, 'Shelter House', 'KE', 'R1', 'ngo', 1, 'Nairobi', 'Ana Ruiz', 'ana@example.org', '', 'Ten years', TRUE, 'vetted', '', '{TIME}')"
    ))
    .await;
    site
}

async fn application(site: &TestSite, id: i64, state: &str) {
    site.sql(&format!(
        "INSERT INTO applications (id, number, call_id, organisation_id, state, title, theme, country, duration_months, \
         requested_usd_minor, clarification, revision, updated_at, created_at) VALUES ({id}, 'A-{id}', 1, 1, '{state}', 'Project {id}', \
         'trafficking', 'KE', 12, 2500000, '', 1, '{TIME}', '{TIME}')"
    ))
    .await;
}

#[tokio::test]
async fn who_changes_the_name_of_a_vetted_organisation_is_told_before_and_after() {
    let site = site().await;
    let signatory = site.session(Role::OrganisationSignatory).await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let warning = "Your organisation is vetted.";
    assert!(site.get("/organisations/1/edit", Some(&signatory)).await.body.contains(warning));
    let form = |name: &str| {
        format!(
            "back=/organisations/1/edit&legal_name={name}&country=KE&registration_number=R1&registration_date=2010-01-01&kind=ngo\
             &yearly_income=1&town=Nairobi&contact_name=Ana&contact_email=ana@example.org&experience=Ten"
        )
    };
    let same = site.post("/organisations/1/edit", Some(&signatory), &form("Shelter+House")).await;
    assert_eq!(same.location(), "/organisations/1?done=done-saved");
    let other = site.post("/organisations/1/edit", Some(&signatory), &form("House+of+Hope")).await;
    assert_eq!(other.location(), "/organisations/1?done=done-saved-vetting-anew");
    let told = site.get(other.location(), Some(&signatory)).await.body;
    assert!(told.contains("vets your organisation anew") && told.contains("Being vetted"), "{told}");
    assert!(!site.get("/organisations/1/edit", Some(&signatory)).await.body.contains(warning));
    let shown = site.get("/organisations/1", Some(&officer)).await.body;
    assert!(shown.contains("as Shelter House, Kenya, registered under R1"), "{shown}");
    assert!(site.get("/organisations?filter=to-vet", Some(&officer)).await.body.contains("House of Hope"));
}

#[tokio::test]
async fn an_organisation_without_a_signatory_is_given_one_from_its_page() {
    let site = site().await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let page = "/organisations/1";
    let shown = site.get(page, Some(&officer)).await.body;
    assert!(shown.contains("action=\"/organisations/1/invite\"") && shown.contains("ana@example.org"), "{shown}");
    let auditor = site.session(Role::Auditor).await;
    assert!(!site.get(page, Some(&auditor)).await.body.contains("/organisations/1/invite"), "an auditor only reads");
    let wrong = site.post("/organisations/1/invite", Some(&officer), "back=/organisations/1&name=Rosa&email=x").await;
    let kept = site.get(wrong.location(), Some(&officer)).await.body;
    assert!(kept.contains("value=\"Rosa\"") && kept.contains("error-text"), "{kept}");
    let form = "back=/organisations/1&name=Rosa&email=rosa@example.org&language=fr";
    let done = site.post("/organisations/1/invite", Some(&officer), form).await;
    assert_eq!(done.location(), "/organisations/1?done=done-invitation-proposed");
    let shown = site.get(page, Some(&officer)).await.body;
    assert!(shown.contains("rosa@example.org") && shown.contains("/organisations/1/invite"), "nobody has accepted yet");
    assert!(shown.contains("Waits to be confirmed") && !shown.contains("/invitations/1/again"), "{shown}");
    assert!(
        shown.contains("/invitations/1/take-back") && !shown.contains("/invitations/1/confirm"),
        "not by the officer"
    );
    let approver = site.session(Role::ApprovingOfficer).await;
    let home = site.get("/", Some(&approver)).await.body;
    assert!(home.contains("/users/invitations?filter=to-confirm"), "{home}");
    let list = site.get("/users/invitations?filter=to-confirm", Some(&approver)).await.body;
    assert!(list.contains("/invitations/1/confirm") && !list.contains("href=\"/users\""), "{list}");
    let done = site.post("/invitations/1/confirm", Some(&approver), "back=/users/invitations").await;
    assert_eq!(done.location(), "/users/invitations?done=done-invited");
    assert!(site.get(page, Some(&officer)).await.body.contains("/invitations/1/again"), "it is on its way");
    site.session(Role::OrganisationSignatory).await;
    assert!(!site.get(page, Some(&officer)).await.body.contains("/organisations/1/invite"), "somebody signs now");
}

#[tokio::test]
async fn a_programme_officer_confirms_on_the_grants_page_what_an_indicator_counts() {
    let site = site().await;
    application(&site, 1, "awarded").await;
    site.sql(&format!(
        "INSERT INTO grants (id, number, search, application_id, call_id, organisation_id, title, theme, country, award_usd_minor, state, \
         conditions, months, created_at) VALUES (1, 'G-1', '', 1, 1, 1, 'Project 1', 'trafficking', 'KE', 2500000, 'preparing', '', 12, '{TIME}')"
    ))
    .await;
    site.sql("INSERT INTO grant_indicators (id, grant_id, position, indicator, unit, counted, baseline, target) VALUES (1, 1, 1, 'Visits', 'visits', 'other', 0, 40)").await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let action = "/grants/1/indicators/1/confirm";
    let shown = site.get("/grants/1", Some(&officer)).await.body;
    assert!(shown.contains("Stated by the organisation"), "{shown}");
    assert_eq!(shown.matches(&format!("action=\"{action}\"")).count(), 2, "people, or anything else");
    let director = site.session(Role::ExecutiveDirector).await;
    assert!(!site.get("/grants/1", Some(&director)).await.body.contains(action));
    let done = site.post(action, Some(&officer), "back=/grants/1&counted=people").await;
    assert_eq!(done.location(), "/grants/1?done=done-indicator-confirmed");
    for (language, said) in [("en", "Checked by the Fund"), ("fr", "Vérifié par le Fonds")] {
        let shown = site.get("/grants/1", Some(&format!("{officer}; language={language}"))).await.body;
        assert!(shown.contains(said), "{shown}");
        assert_eq!(shown.matches(&format!("action=\"{action}\"")).count(), 1, "what it is not");
    }
}

#[tokio::test]
async fn what_is_ticked_on_one_page_of_a_scenario_stays_ticked_on_the_others() {
    let site = site().await;
    let insert = "INSERT INTO board_sessions (id, call_id, title, search, date, state, created_at)";
    site.sql(&format!("{insert} VALUES (1, 1, 'June', 'june', '2026-06-01', 'under-way', '{TIME}')")).await;
    for id in 1..=27 {
        application(&site, id, "reviewed").await;
        site.sql(&format!(
            "INSERT INTO board_items (id, session_id, application_id, conditions) VALUES ({id}, 1, {id}, '')"
        ))
        .await;
    }
    let member = site.session(Role::BoardMember).await;
    let agenda = site.get("/board/1", Some(&member)).await.body;
    assert!(agenda.contains("Project 25") && !agenda.contains("Project 26"), "{agenda}");
    let rest = site.get("/board/1?page=2", Some(&member)).await.body;
    assert!(rest.contains("Project 26") && rest.contains("Project 27") && !rest.contains("Project 25"), "{rest}");
    assert!(site.get("/board/1/items/27", Some(&member)).await.body.contains("Project 27"));
    let first = site.get("/board/1/scenario?a-1=yes&a-27=yes", Some(&member)).await.body;
    assert!(first.contains("<input type=\"hidden\" name=\"a-27\" value=\"yes\">"), "{first}");
    assert!(first.contains("/board/1/scenario?a-1=yes&amp;a-27=yes&amp;") && first.contains("page=2"), "{first}");
    assert!(first.contains("One ticked application on another page"), "{first}");
    let second = site.get("/board/1/scenario?a-1=yes&a-27=yes&page=2", Some(&member)).await.body;
    assert!(second.contains("<input type=\"hidden\" name=\"a-1\" value=\"yes\">"), "{second}");
    assert!(second.contains("Project 27") && !second.contains("Project 25"), "{second}");
}

#[tokio::test]
async fn the_funds_first_account_is_not_said_to_be_missing_while_it_waits_for_its_confirmation() {
    let site = site().await;
    let finance = site.session(Role::FinanceOfficer).await;
    let missing = "account is not entered yet";
    assert!(site.get("/disbursements/batches", Some(&finance)).await.body.contains(missing));
    let administrator = site.session(Role::Administrator).await;
    let account = "account_holder=UN+Fund&bank_name=Bank&bank_country=AT&account_number=AT611904300234573201&bic=BKAUATWW\
                   &street=Wagramer+Strasse&town=Vienna&country=AT&back=/disbursements/account/edit";
    let answer = site.post("/disbursements/account/edit", Some(&administrator), account).await;
    assert!(answer.location().contains("done=done-fund-account-saved"), "{}", answer.location());
    for person in [&finance, &administrator] {
        let page = site.get("/disbursements/batches", Some(person)).await.body;
        assert!(!page.contains(missing) && page.contains("No batch can be made until then"), "{page}");
    }
}

#[tokio::test]
async fn drafts_are_told_from_what_officers_can_open() {
    let site = site().await;
    application(&site, 1, "submitted").await;
    application(&site, 2, "draft").await;
    application(&site, 3, "withdrawn").await;
    site.sql("UPDATE applications SET revision = 0 WHERE id > 1").await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let page = site.get("/", Some(&officer)).await.body;
    assert!(page.contains("Being written, not submitted") && !page.contains("Withdrawn"), "{page}");
}

#[tokio::test]
async fn the_mail_about_what_waits_is_switched_off_on_the_own_account() {
    let site = site().await;
    let officer = site.session(Role::ProgrammeOfficer).await;
    let ticked = "name=\"wanted\" value=\"yes\" checked";
    assert!(site.get("/account", Some(&officer)).await.body.contains(ticked));
    let answer = site.post("/account/digest", Some(&officer), "back=/account").await;
    assert_eq!(answer.location(), "/account?done=done-saved");
    let page = site.get("/account", Some(&officer)).await.body;
    assert!(page.contains("name=\"wanted\"") && !page.contains(ticked), "{page}");
    let signatory = site.session(Role::OrganisationSignatory).await;
    assert!(!site.get("/account", Some(&signatory)).await.body.contains("name=\"wanted\""));
}

#[tokio::test]
async fn the_page_of_a_shut_account_says_why_opening_it_is_only_proposed() {
    let site = TestSite::new().await;
    site.session(Role::FinanceOfficer).await;
    site.session(Role::ProgrammeOfficer).await;
    let administrator = site.session(Role::Administrator).await;
    for (id, button, done) in [
        (1, "Propose to open this account again", "done-user-enable-proposed"),
        (2, "Open this account again", "done-user-enabled"),
    ] {
        let page = format!("/users/{id}");
        site.post(&format!("{page}/disable"), Some(&administrator), "").await;
        let body = site.get(&page, Some(&administrator)).await.body;
        assert!(body.contains(button), "{body}");
        assert_eq!(body.contains("Nobody opens this account alone"), id == 1, "{body}");
        let answer = site.post(&format!("{page}/enable"), Some(&administrator), "").await;
        assert_eq!(answer.location(), format!("{page}?done={done}"));
    }
    let open = site.get("/users/invitations", Some(&administrator)).await.body;
    assert!(open.contains("Waits to be confirmed"), "{open}");
}
