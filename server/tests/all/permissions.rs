//! Calls every route as every role and as nobody, and compares with the golden file.
#![allow(clippy::unwrap_used)]

use crate::support::TestSite;
use app::web::RouteKind;
use axum::http::StatusCode;
use domain::roles::{Role, role_may};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/permissions.golden.csv");

/// A path with every parameter filled in by the number of a record that does not exist.
fn example(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "999999" } else { part }).collect::<Vec<_>>().join("/")
}

/// What the answer says of permission: `sign-in`, `forbidden` or `allowed` (whatever else came of it).
async fn call(site: &TestSite, path: &str, kind: RouteKind, cookie: Option<&str>) -> &'static str {
    let answer = match kind {
        RouteKind::Action => site.post(path, cookie, "").await,
        RouteKind::Page | RouteKind::Download => site.get(path, cookie).await,
    };
    assert!(answer.status.as_u16() < 500, "{path} answered {}", answer.status);
    if answer.status == StatusCode::SEE_OTHER && answer.location().starts_with("/sign-in?next=") {
        "sign-in"
    } else if answer.status == StatusCode::FORBIDDEN {
        "forbidden"
    } else {
        "allowed"
    }
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_golden_file_says() {
    let site = TestSite::new().await;
    let mut people = vec![(None, None)];
    for role in Role::ALL {
        people.push((Some(*role), Some(site.session(*role).await)));
    }
    let mut matrix = String::from("kind,path,permission");
    for (role, _) in &people {
        matrix.push(',');
        matrix.push_str(role.map_or("visitor", Role::code));
    }
    matrix.push('\n');
    for route in app::pages::routes().list() {
        // Signing out ends the session that the next routes need.
        if route.path == "/sign-out" {
            continue;
        }
        matrix.push_str(&format!("{:?},{},{}", route.kind, route.path, route.permission));
        for (role, cookie) in &people {
            let outcome = call(&site, &example(route.path), route.kind, cookie.as_deref()).await;
            let expected = match (role_may(*role, route.permission), role) {
                (true, _) => "allowed",
                (false, None) => "sign-in",
                (false, Some(_)) => "forbidden",
            };
            assert_eq!(outcome, expected, "{:?} {} as {role:?}", route.kind, route.path);
            matrix.push(',');
            matrix.push_str(outcome);
        }
        matrix.push('\n');
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &matrix).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap();
    assert_eq!(golden, matrix, "UPDATE_GOLDEN=1 writes the new matrix");
}
