//! The long list of applications: every page of every order once, and counts that follow each change.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use crate::support::applications::{complete_draft, complete_sections, declaration, open_call};
use crate::support::{World, on_both};
use backend::applications::queries::{ApplicationRow, list};
use backend::page::{More, PageRequest};
use backend::{Context, applications};
use domain::applications::Section;
use domain::forms::Typed;
use domain::ids::OrganisationId;
use domain::roles::Role;
use sea_orm::{ConnectionTrait as _, Statement};

const SORTS: [&str; 7] = ["", "number", "title", "organisation", "state", "country", "requested"];
const THEN: &str = "'2026-01-01 00:00:00+00:00'";

async fn number(world: &World, sql: &str) -> i64 {
    let statement = Statement::from_string(world.services.database.get_database_backend(), sql);
    world.services.database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "value").unwrap()
}

/// Sixty-four applications of three organisations in four states, one in four a draft; many share a title, a country,
/// an amount and a moment.
async fn many(world: &World) {
    world.sql(&format!("INSERT INTO calls (id, title, objectives, themes, priority_groups, regions, smallest_usd_minor, largest_usd_minor, shortest_months, longest_months, opens_at, closes_at, state, created_at) VALUES (1, 'c', '', '', '', '', 1, 2, 12, 24, {THEN}, {THEN}, 'decided', {THEN})")).await;
    for (id, name) in [(1, "Same name"), (2, "Casa Aurora"), (3, "Same name")] {
        world.sql(&format!("INSERT INTO organisations (id, legal_name, country, registration_number, kind, yearly_income_usd_minor, address, contact_name, contact_email, contact_phone, experience, profile_complete, vetting_status, vetting_reason, created_at) VALUES ({id}, '{name}', 'PE', '{id}', 'ngo', 1, '', '', '', '', '', TRUE, 'vetted', '', {THEN})")).await;
    }
    for id in 1..=64 {
        let state = ["draft", "submitted", "eligible", "awarded"][id % 4];
        let (revision, organisation, day) = (i32::from(id % 4 != 0), id % 3 + 1, id % 5 + 1);
        let name = ["same name", "casa aurora", "same name"][id % 3];
        let (title, country, minor) = (id % 7, ["PE", "NP"][id % 2], id % 6 + 1);
        world.sql(&format!("INSERT INTO applications (id, number, search, call_id, organisation_id, state, title, theme, country, duration_months, requested_usd_minor, revision, clarification, updated_at, created_at) VALUES ({id}, 'A-{id:03}', 'a-{id:03} title {title} {name}', 1, {organisation}, '{state}', 'Title {title}', 'trafficking', '{country}', 12, {minor}, {revision}, '', '2026-01-0{day} 00:00:00+00:00', {THEN})")).await;
    }
}

/// All pages one after another.
async fn whole(context: &Context, request: &PageRequest) -> (u64, Vec<ApplicationRow>) {
    let mut rows = Vec::new();
    let mut page = 1;
    loop {
        let found = list(context, &PageRequest { page, ..request.clone() }).await.unwrap();
        let pages = found.pages();
        rows.extend(found.rows);
        if page >= pages {
            return (found.total, rows);
        }
        page += 1;
    }
}

/// What a row is sorted by, so that a row before another is never greater.
fn key(sort: &str, row: &ApplicationRow) -> (String, i64) {
    let (up, down) = (row.id.0, -row.id.0);
    match sort {
        "number" => (String::new(), up),
        "title" => (row.title.clone(), up),
        "organisation" => (row.organisation.clone(), 0),
        "state" => (row.state.code().to_owned(), up),
        "country" => (row.country.clone(), up),
        "requested" => (format!("{:09}", 1_000 - row.requested.minor), down),
        _ => (format!("{:015}", 1_000_000_000_000_000 - row.updated_at.timestamp()), down),
    }
}

#[tokio::test]
async fn every_order_shows_every_application_once_over_all_its_pages() {
    on_both(|world| async move {
        many(&world).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        for (filter, search, expected) in [
            ("", "", 48),
            ("awarded", "", 16),
            ("draft", "", 0),
            ("", "TITLE 3", 7),
            ("", "aurora", 16),
            ("", "a-01", 8),
        ] {
            for sort in SORTS {
                let request = PageRequest {
                    search: search.to_owned(),
                    sort: sort.to_owned(),
                    filter: filter.to_owned(),
                    page: 1,
                };
                let (total, rows) = whole(&officer, &request).await;
                let case = format!("{}: sort {sort:?}, filter {filter:?}, search {search:?}", world.kind);
                assert_eq!((total, rows.len()), (expected, usize::try_from(expected).unwrap()), "{case}");
                assert_eq!(rows.iter().map(|row| row.id).collect::<BTreeSet<_>>().len(), rows.len(), "{case}");
                assert!(rows.is_sorted_by_key(|row| key(sort, row)), "{case}: {rows:#?}");
            }
        }
        let beyond = list(&officer, &PageRequest { page: 99, ..PageRequest::default() }).await.unwrap();
        assert_eq!((beyond.total, beyond.rows.len()), (48, 0));
    })
    .await;
}

#[tokio::test]
async fn a_search_knows_no_capitals_and_no_accents_and_follows_a_change_of_name() {
    on_both(|world| async move {
        let call = open_call(&world).await;
        let (signatory, organisation, id) = complete_draft(&world, call).await;
        let titled = complete_sections().swap_remove(0).1;
        let summary = |title: &str| {
            let mut summary = titled.clone();
            summary.set("title", title);
            summary
        };
        let title = "L’École \"Étoile\" de Łódź 100%";
        applications::save_section(&signatory, id, Section::Summary, &summary(title), None).await.unwrap();
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let found = |search: &str, context: &Context| {
            let request = PageRequest { search: search.to_owned(), ..PageRequest::default() };
            let context = context.clone();
            async move { list(&context, &request).await.unwrap().total }
        };
        assert_eq!(found("école", &officer).await, 0, "a draft is nobody else's");
        applications::submit(&signatory, id, &declaration()).await.unwrap();
        for search in
            ["École", "ÉCOLE", "ecole", "l'ecole", "COL", "ét", "\"étoile\"", "de  lodz", "100%", "casa aurora"]
        {
            for context in [&officer, &signatory] {
                assert_eq!(found(search, context).await, 1, "{}: {search}", world.kind);
            }
        }
        for search in ["ecolé d", "%", "_cole", "etoile AND", "ecole*", "\"", "\\", "école\" OR \"nothing"] {
            let expected = u64::from(search == "%" || search == "\"");
            assert_eq!(found(search, &officer).await, expected, "{}: {search}", world.kind);
        }
        let profile = Typed::default()
            .with("legal_name", "Maison d’Été")
            .with("country", "KE")
            .with("registration_number", "R-1")
            .with("registration_date", "2015-03-01")
            .with("kind", "ngo")
            .with("yearly_income", "120,000")
            .with("street", "1 Street")
            .with("town", "Lima")
            .with("contact_name", "A. B.")
            .with("contact_email", "office@example.org")
            .with("experience", "Ten years");
        backend::organisations::update(&signatory, organisation, &profile).await.unwrap();
        assert_eq!((found("maison d'ete", &officer).await, found("casa", &officer).await), (1, 0));
        let request = PageRequest { search: "ÉTÉ".to_owned(), ..PageRequest::default() };
        assert_eq!(backend::organisations::queries::list(&officer, &request).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_a_country_by_its_name_in_either_language_beside_what_holds_the_words() {
    on_both(|world| async move {
        many(&world).await;
        // One of another country that holds the word, and one that is found both ways.
        world.sql("UPDATE applications SET search = 'nepal ' || search WHERE id IN (2, 5)").await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let member = world.person(Role::OrganisationEditor, Some(OrganisationId(2)), None).await;
        for (person, filter, search, expected) in [
            (&officer, "", "Nepal", 33),
            (&officer, "", " NÉP", 33),
            (&officer, "", "nepal", 33),
            (&officer, "awarded", "nepal", 16),
            (&officer, "draft", "peru", 0),
            (&officer, "", "Pérou", 16),
            (&officer, "", "peru", 16),
            (&officer, "", "pe", 0),
            (&officer, "", "epal", 2),
            (&member, "", "nepal", 11),
        ] {
            let request = PageRequest {
                search: search.to_owned(),
                filter: filter.to_owned(),
                sort: "number".to_owned(),
                page: 1,
            };
            let (total, rows) = whole(person, &request).await;
            let case = format!("{}: {search:?} of {filter:?}", world.kind);
            assert_eq!((total, rows.len()), (expected, usize::try_from(expected).unwrap()), "{case}");
            assert!(rows.is_sorted_by_key(|row| key("number", row)), "{case}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_very_much_shows_the_newest_and_says_so() {
    on_both(|world| async move {
        many(&world).await;
        for id in 65..=170 {
            world.sql(&format!("INSERT INTO applications (id, number, search, call_id, organisation_id, state, title, theme, country, duration_months, requested_usd_minor, revision, clarification, updated_at, created_at) VALUES ({id}, 'A-{id:03}', 'a-{id:03} tracing', 1, 1, 'submitted', 'Tracing', 'trafficking', 'PE', 12, 1, 1, '', {THEN}, {THEN})")).await;
        }
        let officer = world.staff(Role::ProgrammeOfficer).await;
        for (search, newest, oldest, more) in
            [("tracing", 170, 71, More::NotShown), ("TR", 170, 71, More::NotShown), ("a-1", 170, 100, More::No), ("a-", 170, 71, More::NotShown)]
        {
            let request = PageRequest { search: search.to_owned(), sort: "number".to_owned(), ..PageRequest::default() };
            let (total, rows) = whole(&officer, &request).await;
            let case = format!("{}: {search}", world.kind);
            assert_eq!((total, rows.len()), (newest - oldest + 1, usize::try_from(total).unwrap()), "{case}");
            let numbers = (rows[0].number.clone(), rows[rows.len() - 1].number.clone());
            assert_eq!(numbers, (format!("A-{oldest:03}"), format!("A-{newest:03}")), "{case}");
            assert_eq!(list(&officer, &request).await.unwrap().more, more, "{case}");
        }
        world.sql("DELETE FROM applications WHERE id > 160").await;
        let request = PageRequest { search: "tracing".to_owned(), ..PageRequest::default() };
        let fewer = list(&officer, &request).await.unwrap();
        assert_eq!((fewer.total, fewer.more), (96, More::No));
    })
    .await;
}

#[tokio::test]
async fn counts_follow_whatever_happens_to_an_application() {
    on_both(|world| async move {
        many(&world).await;
        let officer = world.staff(Role::ProgrammeOfficer).await;
        for change in [
            "UPDATE applications SET state = 'submitted', revision = 1 WHERE id = 4",
            "UPDATE applications SET state = 'rejected' WHERE id IN (3, 7)",
            "UPDATE applications SET title = 'Other', state = state WHERE id = 1",
            "DELETE FROM applications WHERE id = 5",
        ] {
            world.sql(change).await;
            let differing = "SELECT COUNT(*) AS value FROM (SELECT call_id, state, revision > 0 AS submitted, COUNT(*) AS number \
                             FROM applications GROUP BY call_id, state, revision > 0) AS counted \
                             FULL JOIN (SELECT * FROM application_counts WHERE number <> 0) AS kept \
                             ON kept.call_id = counted.call_id AND kept.state = counted.state AND kept.submitted = counted.submitted \
                             WHERE kept.number IS NULL OR counted.number IS NULL OR kept.number <> counted.number";
            assert_eq!(number(&world, differing).await, 0, "{}: {change}", world.kind);
            let submitted = number(&world, "SELECT COUNT(*) AS value FROM applications WHERE revision > 0").await;
            let total = list(&officer, &PageRequest::default()).await.unwrap().total;
            assert_eq!(i64::try_from(total).unwrap(), submitted, "{}: {change}", world.kind);
        }
    })
    .await;
}
