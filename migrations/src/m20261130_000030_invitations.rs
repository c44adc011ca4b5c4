//! An invitation is a row of its own and makes no account before it is accepted. Accounts that somebody was invited to and
//! never opened become invitations, and their addresses are free again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The accounts that were made by an invitation and never opened.
const NEVER_OPENED: &str =
    "password_hash IS NULL AND (state = 'unconfirmed' OR (state = 'disabled' AND state_before = 'unconfirmed'))";

/// Where something may have been recorded of such a person, who never signed in.
const RECORDED: &[(&str, &str)] = &[
    ("staff_ties", "user_id"),
    ("reviews", "reviewer_id"),
    ("board_votes", "member_id"),
    ("officer_limits", "user_id"),
    ("delegations", "from_user"),
    ("delegations", "to_user"),
    ("sessions", "user_id"),
    ("organisations", "vetted_by"),
];

/// Fourteen days after an instant, as the program keeps instants.
fn end_of(manager: &SchemaManager<'_>, from: &str) -> String {
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => format!("{from} + INTERVAL '14 days'"),
        _ => format!("strftime('%Y-%m-%dT%H:%M:%f+00:00', {from}, '+14 days')"),
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let place = "email, role, COALESCE(organisation_id, 0), COALESCE(donor_id, 0)";
        let columns = "email, name, role, organisation_id, donor_id, language, invited_at, expires_at, token_hash";
        let link = "FROM links WHERE links.user_id = users.id AND links.purpose = 'invite'";
        let unrecorded: String = RECORDED
            .iter()
            .map(|(table, column)| {
                format!(" AND NOT EXISTS (SELECT 1 FROM {table} AS other WHERE other.{column} = users.id)")
            })
            .collect();
        let from_accounts = format!(
            "INSERT INTO invitations ({columns}) SELECT email, name, role, organisation_id, donor_id, language, invited_at, {}, \
             token_hash FROM (SELECT users.*, COALESCE((SELECT MAX(created_at) {link}), created_at) AS invited_at, \
             COALESCE((SELECT MAX(token_hash) {link} AND used_at IS NULL), 'account-' || id) AS token_hash \
             FROM users WHERE state = 'unconfirmed' AND {NEVER_OPENED}) AS invited",
            end_of(manager, "invited_at")
        );
        let from_colleagues = format!(
            "INSERT INTO invitations ({columns}) SELECT email, name, 'organisation-editor', organisation_id, NULL, 'en', \
             invited_at, {}, 'colleague-' || id FROM colleague_invitations AS noted \
             WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.email = noted.email AND users.organisation_id = noted.organisation_id)",
            end_of(manager, "invited_at")
        );
        sql::run(
            manager,
            &[
                "CREATE TABLE invitations (id {id}, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, \
                 organisation_id BIGINT, donor_id BIGINT, language TEXT NOT NULL, invited_by BIGINT, \
                 invited_at {time} NOT NULL, expires_at {time} NOT NULL, token_hash TEXT NOT NULL UNIQUE)",
                &format!("CREATE UNIQUE INDEX invitations_once ON invitations ({place})"),
                "CREATE INDEX invitations_organisation ON invitations (organisation_id)",
                "CREATE INDEX invitations_donor ON invitations (donor_id)",
                "CREATE INDEX invitations_expires ON invitations (expires_at)",
                &from_accounts,
                &from_colleagues,
                "DROP TABLE colleague_invitations",
                &format!("DELETE FROM links WHERE user_id IN (SELECT id FROM users WHERE {NEVER_OPENED})"),
                "DELETE FROM links WHERE purpose = 'invite'",
                &format!("DELETE FROM users WHERE {NEVER_OPENED}{unrecorded}"),
                // Somebody of whom something is recorded stays in the list, shut, and without the address.
                &format!(
                    "UPDATE users SET email = 'freed-' || id || '@address.invalid', state = 'disabled', state_before = NULL \
                     WHERE {NEVER_OPENED}"
                ),
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let account = "SELECT MIN(id) FROM invitations WHERE email NOT IN (SELECT email FROM users) GROUP BY email";
        let columns = "email, name, search, role, organisation_id, donor_id, language, state, created_at";
        sql::run(
            manager,
            &[
                "CREATE TABLE colleague_invitations (id {id}, organisation_id BIGINT NOT NULL, email TEXT NOT NULL, \
                 name TEXT NOT NULL, invited_at {time} NOT NULL, UNIQUE (organisation_id, email))",
                "INSERT INTO colleague_invitations (organisation_id, email, name, invited_at) \
                 SELECT organisation_id, email, name, invited_at FROM invitations WHERE role = 'organisation-editor'",
                &format!(
                    "INSERT INTO users ({columns}) SELECT email, name, LOWER(name || ' ' || email), role, organisation_id, \
                     donor_id, language, 'unconfirmed', invited_at FROM invitations WHERE id IN ({account})"
                ),
                "INSERT INTO links (user_id, purpose, token_hash, created_at, expires_at) \
                 SELECT users.id, 'invite', token_hash, invited_at, expires_at FROM invitations \
                 JOIN users ON users.email = invitations.email AND users.role = invitations.role \
                 WHERE users.state = 'unconfirmed' AND users.password_hash IS NULL",
                "DROP TABLE invitations",
            ],
        )
        .await
    }
}
