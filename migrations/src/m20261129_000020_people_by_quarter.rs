//! People helped by what is shown of them and by the quarter from which they count, so that a change of few people can
//! be told from one of many.

use sea_orm_migration::prelude::*;

use crate::sql;

/// The step.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Every grouping, and what makes its codes.
const GROUPINGS: [(&str, &str); 6] = [
    ("sex-age", "sex || '/' || age"),
    ("movement", "movement"),
    ("returnee", "returnee"),
    ("exploitation", "exploitation"),
    ("help", "help"),
    ("help-sex", "help || '/' || sex"),
];
/// What was accepted before counts from a day before all quarters.
const BEFORE: &str = "2000-01-01";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(
            manager,
            &[
                "ALTER TABLE reports ADD COLUMN people_from {day}",
                &format!("UPDATE reports SET people_from = '{BEFORE}' WHERE state = 'accepted'"),
                "CREATE TABLE people_counts (grouping TEXT NOT NULL, code TEXT NOT NULL, people_from {day} NOT NULL, \
                 people BIGINT NOT NULL, PRIMARY KEY (grouping, code, people_from))",
            ],
        )
        .await?;
        for (grouping, code) in GROUPINGS {
            let fill = format!(
                "INSERT INTO people_counts (grouping, code, people_from, people) \
                 SELECT '{grouping}', {code}, people_from, SUM(people) FROM report_people \
                 JOIN reports ON reports.id = report_id WHERE state = 'accepted' GROUP BY {code}, people_from"
            );
            sql::run(manager, &[&fill]).await?;
        }
        let people = "figure LIKE 'people/%'";
        let figures = |table: &str| format!("UPDATE {table} SET figure = figure || '/{BEFORE}' WHERE {people}");
        sql::run(manager, &[&figures("donor_figures"), &figures("donor_grant_figures"), "DROP TABLE people_totals"])
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = "sex, age, movement, returnee, exploitation, help";
        let fill = format!(
            "INSERT INTO people_totals ({columns}, people) SELECT {columns}, SUM(people) FROM report_people \
             JOIN reports ON reports.id = report_id WHERE state = 'accepted' GROUP BY {columns}"
        );
        // What counts from several quarters counts once more as one.
        let short = "substr(figure, 1, length(figure) - 11)";
        let people = "figure LIKE 'people/%'";
        let merge = |table: &str, key: &str| {
            [
                format!(
                    "CREATE TABLE merged AS SELECT {key}, {short} AS figure, CAST(SUM(amount) AS BIGINT) AS amount \
                         FROM {table} WHERE {people} GROUP BY {key}, {short}"
                ),
                format!("DELETE FROM {table} WHERE {people}"),
                format!("INSERT INTO {table} ({key}, figure, amount) SELECT {key}, figure, amount FROM merged"),
                "DROP TABLE merged".to_owned(),
            ]
        };
        let merged: Vec<String> = merge("donor_figures", "donor_id")
            .into_iter()
            .chain(merge("donor_grant_figures", "donor_id, grant_id"))
            .collect();
        sql::run(
            manager,
            &[
                "CREATE TABLE people_totals (sex TEXT NOT NULL, age TEXT NOT NULL, movement TEXT NOT NULL, returnee TEXT NOT NULL, \
                 exploitation TEXT NOT NULL, help TEXT NOT NULL, people BIGINT NOT NULL, \
                 PRIMARY KEY (sex, age, movement, returnee, exploitation, help))",
                &fill,
                "DROP TABLE people_counts",
            ],
        )
        .await?;
        sql::run(manager, &merged.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        sql::run(manager, &["ALTER TABLE reports DROP COLUMN people_from"]).await
    }
}
