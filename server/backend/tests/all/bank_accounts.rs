//! The Fund's bank accounts: their numbers stand nowhere but sealed, and of no other account is anything read. On every
//! database.
#![allow(clippy::unwrap_used)]

use crate::support::money::finance_and_donor;
use crate::support::payments::{approved, camt, gathered, import, refusal, state};
use crate::support::statements::{key, list_account, listed};
use crate::support::{later, noon, on_both};
use backend::contributions::statements::{self, AccountState, AccountView, queries};
use backend::disbursements::import_bank_file;
use backend::page::PageRequest;
use backend::sealed::{BankKeys, rotate};
use backend::{Context, Services};
use domain::disbursements::{BankOutcome, DisbursementState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::StatementId;
use domain::message::Message;
use domain::roles::Role;
use migrations::Migrator;
use sea_orm_migration::MigratorTrait as _;

const AUSTRIAN: &str = "AT611904300234573201";
/// Ends like the other one.
const ALIKE: &str = "00762011623853201";
const OTHER: &str = "AT483200000012345864";

/// Imports a table with one line in euros.
async fn bring(finance: &Context, account: &str, amount: &str) -> backend::Result<StatementId> {
    let table = format!("Date,Payer,Amount,Currency,Text\n2026-05-10,Norway,{amount},EUR,\n");
    statements::import(finance, &Typed::default().with("account", account), "may.csv", table.as_bytes()).await
}

/// Why a file was refused.
fn why<T: std::fmt::Debug>(result: backend::Result<T>, field: &str) -> Message {
    let AppError::Invalid(errors) = AppError::from(result.unwrap_err()) else { panic!("of a field") };
    errors.of(field).cloned().unwrap()
}

fn refused(why: &str, ending: &str) -> Message {
    Message::new(format!("error-bank-account-{why}")).with("ending", ending)
}

fn seen(account: &AccountView) -> Typed {
    Typed::default().with("seen", account.seen.as_str())
}

/// The account that was entered or read last.
async fn newest(reader: &Context) -> AccountView {
    let accounts = statements::accounts(reader).await.unwrap();
    accounts.into_iter().max_by_key(|account| account.id.0).unwrap()
}

#[tokio::test]
async fn the_number_of_an_account_is_sealed_and_two_that_end_alike_are_two() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        for number in ["AT61 1904 3002 3457 3201", ALIKE, "770077"] {
            list_account(&world, number, "EUR").await;
        }
        for (named, amount, code) in [
            ("AT61 1904 3002 3457 3201", "1", "…3201"),
            (ALIKE, "2", "…3201 (2)"),
            (AUSTRIAN, "3", "…3201"),
            ("…3201 (2)", "4", "…3201 (2)"),
            (ALIKE, "4.00", "…3201 (2)"),
            ("770077", "5", "…0077"),
        ] {
            let id = bring(&finance, named, amount).await.unwrap();
            assert_eq!(queries::get(&finance, id).await.unwrap().account, code, "{}: {named}", world.kind);
        }
        let rows = queries::list(&finance, &PageRequest::default()).await.unwrap().rows;
        assert_eq!(rows[1].known_lines, 1, "the line is known, whether its account was named by number or by code");
        assert_eq!(why(bring(&finance, "…9999", "6").await, "account"), refused("unknown", "9999"));
        let (codes, _) = queries::accounts(&finance, "").await.unwrap();
        assert_eq!(codes, ["…0077", "…3201", "…3201 (2)"]);
        for (table, column) in [
            ("bank_accounts", "number_sealed"),
            ("bank_statements", "account"),
            ("bank_lines", "account"),
            ("bank_columns", "account"),
            ("audit", "after"),
        ] {
            for part in ["190430023457", "07620116238"] {
                let sql = format!("SELECT COUNT(*) AS value FROM {table} WHERE {column} LIKE '%{part}%'");
                assert_eq!(world.number(&sql).await, 0, "{}: {table}", world.kind);
            }
        }

        // A newer key takes over, and accounts are found by their numbers as before.
        let newer = BankKeys::generate().unwrap().replacen('1', "2", 1);
        let with = |keys: BankKeys, context: &Context| {
            let services = Services { bank_keys: keys, ..(*world.services).clone() };
            Context { services: std::sync::Arc::new(services), ..context.clone() }
        };
        let both = world.services.bank_keys.clone().with_newest(&newer);
        assert_eq!(rotate(&with(both, &world.system())).await.unwrap().accounts, 3);
        let finance = with(BankKeys::parse(&newer).unwrap(), &finance);
        let id = bring(&finance, "0076 2011 6238 5320 1", "7").await.unwrap();
        assert_eq!(queries::get(&finance, id).await.unwrap().account, "…3201 (2)");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_statement_of_a_strangers_account_confirms_no_payment_and_is_refused_by_its_ending() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (_, end_to_end) = gathered(&case, id).await;
        for kind in ["camt.053", "camt.054"] {
            let paid = String::from_utf8(camt(kind, "DBIT", &end_to_end, "25000.01", "")).unwrap();
            let bring = async |text: String| import_bank_file(&case.finance, "bank.xml", text.as_bytes()).await;
            let strangers = paid.replace(AUSTRIAN, OTHER);
            assert_eq!(why(bring(strangers.clone()).await, "file"), refused("unknown", "5864"), "{kind}");
            let beside = format!("<Acct><Id><IBAN>{OTHER}</IBAN></Id></Acct><Ntry>");
            let two = paid.replacen("<Ntry>", &beside, 1);
            assert_eq!(why(bring(two).await, "file"), refused("unknown", "5864"), "{kind}");
            let nobodys = paid.replacen(&format!("<Acct><Id><IBAN>{AUSTRIAN}</IBAN></Id></Acct>"), "", 1);
            assert_eq!(key(bring(nobodys).await, "file"), "error-statement-no-account", "{kind}");
            let euros = why(bring(paid.replace("\"USD\"", "\"EUR\"")).await, "file");
            let expected = refused("currency", "3201").with("currency", "USD").with("found", "EUR");
            assert_eq!(euros, expected, "{kind}");
            if kind == "camt.053" {
                let none = Typed::default();
                let told = statements::import(&case.finance, &none, "bank.xml", strangers.as_bytes()).await;
                assert_eq!(why(told, "file"), refused("unknown", "5864"));
            }
        }
        assert_eq!(state(&case, id).await, DisbursementState::Released);
        assert_eq!(case.world.number("SELECT COUNT(*) AS value FROM bank_lines").await, 0);
        let paid = camt("camt.053", "DBIT", &end_to_end, "25000.01", "");
        assert_eq!(import(&case, &paid).await, [BankOutcome::Confirmed], "payments leave from this one");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_read_of_an_account_until_a_second_person_has_confirmed_what_was_entered() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let administrator = world.staff(Role::Administrator).await;
        let approver = world.staff(Role::ApprovingOfficer).await;
        assert_eq!(refusal(statements::enter_account(&finance, &listed(AUSTRIAN, "USD")).await), "forbidden-role");
        let wrong = statements::enter_account(&administrator, &listed("AT611904300234573202", "USD")).await;
        assert_eq!(key(wrong, "account_number"), "error-iban");
        statements::enter_account(&administrator, &listed(AUSTRIAN, "USD")).await.unwrap();
        assert_eq!(why(bring(&finance, AUSTRIAN, "1").await, "account"), refused("unconfirmed", "3201"));
        let waiting = newest(&approver).await;
        assert_eq!(waiting.number.as_deref(), Some(AUSTRIAN), "the approver compares the whole number");
        assert_eq!(newest(&finance).await.number, None);
        let waits = async |person: &Context| {
            let waits = backend::home::waits(person).await.unwrap();
            waits.iter().find(|waiting| waiting.key == "waits-listed-accounts").map_or(0, |waiting| waiting.count)
        };
        // Whoever entered it and was given the other role meanwhile does not confirm it.
        let mut moved = administrator.clone();
        moved.actor.role = Some(Role::ApprovingOfficer);
        assert_eq!((waits(&approver).await, waits(&moved).await), (1, 0));
        let confirm =
            async |person: &Context, seen: &Typed| statements::confirm_account(person, waiting.id, seen).await;
        assert_eq!(key(confirm(&moved, &seen(&waiting)).await, ""), "refused-fund-account-own");
        assert_eq!(refusal(confirm(&administrator, &seen(&waiting)).await), "forbidden-role");
        // Another currency is entered while the first is looked at.
        let later_on = later(&administrator, noon() + chrono::TimeDelta::seconds(5));
        statements::enter_account(&later_on, &listed(AUSTRIAN, "EUR")).await.unwrap();
        assert_eq!(key(confirm(&approver, &seen(&waiting)).await, ""), "refused-fund-account-changed");
        assert_eq!(why(bring(&finance, AUSTRIAN, "1").await, "account"), refused("unconfirmed", "3201"));
        confirm(&approver, &seen(&newest(&approver).await)).await.unwrap();
        assert_eq!(waits(&approver).await, 0);
        let first = bring(&finance, AUSTRIAN, "1").await.unwrap();
        assert_eq!(bring(&finance, AUSTRIAN, "1").await.unwrap(), first);
        let again = statements::enter_account(&administrator, &listed(AUSTRIAN, "USD")).await;
        assert_eq!(key(again, "account_number"), "error-listed-account-known");
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn lines_in_another_currency_than_the_accounts_are_refused_and_so_is_a_closed_account() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        list_account(&world, AUSTRIAN, "USD").await;
        let other = refused("currency", "3201").with("currency", "USD").with("found", "EUR");
        assert_eq!(why(bring(&finance, "…3201", "1").await, "account"), other);
        let administrator = world.staff(Role::Administrator).await;
        let id = newest(&finance).await.id;
        assert_eq!(refusal(statements::close_account(&finance, id).await), "forbidden-role");
        for _ in 0..2 {
            statements::close_account(&administrator, id).await.unwrap();
        }
        assert_eq!(why(bring(&finance, "…3201", "1").await, "account"), refused("closed", "3201"));
        // Entered anew it waits; taken back it is closed as before.
        statements::enter_account(&administrator, &listed(AUSTRIAN, "EUR")).await.unwrap();
        assert_eq!(why(bring(&finance, "…3201", "1").await, "account"), refused("unconfirmed", "3201"));
        statements::withdraw_account(&administrator, id).await.unwrap();
        assert_eq!(newest(&finance).await.state, AccountState::Closed);
        list_account(&world, AUSTRIAN, "EUR").await;
        bring(&finance, "…3201", "1").await.unwrap();
        let told = "SELECT COUNT(*) AS value FROM audit WHERE action LIKE 'audit-listed-account-%'";
        assert_eq!(world.number(told).await, 7, "three entered, two confirmed, one closed, one taken back");
    })
    .await;
}

#[tokio::test]
async fn who_entered_an_account_takes_it_back_until_it_is_confirmed() {
    on_both(|world| async move {
        let administrator = world.staff(Role::Administrator).await;
        let other = world.staff(Role::Administrator).await;
        statements::enter_account(&administrator, &listed(AUSTRIAN, "EUR")).await.unwrap();
        let id = newest(&administrator).await.id;
        assert!(newest(&administrator).await.own && !newest(&other).await.own);
        assert_eq!(key(statements::withdraw_account(&other, id).await, ""), "refused-listed-account-withdraw");
        statements::withdraw_account(&administrator, id).await.unwrap();
        assert!(statements::accounts(&other).await.unwrap().is_empty());
        list_account(&world, AUSTRIAN, "EUR").await;
        let id = newest(&administrator).await.id;
        assert_eq!(key(statements::withdraw_account(&administrator, id).await, ""), "refused-listed-account-withdraw");
    })
    .await;
}

#[tokio::test]
async fn an_account_that_two_confirm_at_once_is_confirmed_once() {
    on_both(|world| async move {
        let administrator = world.staff(Role::Administrator).await;
        let (one, two) = (world.staff(Role::ApprovingOfficer).await, world.staff(Role::ApprovingOfficer).await);
        statements::enter_account(&administrator, &listed(AUSTRIAN, "EUR")).await.unwrap();
        let waiting = newest(&one).await;
        let seen = seen(&waiting);
        let (first, second) = tokio::join!(
            statements::confirm_account(&one, waiting.id, &seen),
            statements::confirm_account(&two, waiting.id, &seen)
        );
        first.unwrap();
        second.unwrap();
        let trail = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-listed-account-confirmed'";
        assert_eq!(world.number(trail).await, 1);
        assert_eq!(newest(&one).await.state, AccountState::Open);
    })
    .await;
}

#[tokio::test]
async fn accounts_from_before_there_was_a_list_stay_and_have_to_be_confirmed() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let (administrator, approver) =
            (world.staff(Role::Administrator).await, world.staff(Role::ApprovingOfficer).await);
        for number in [AUSTRIAN, OTHER] {
            list_account(&world, number, "EUR").await;
            for amount in ["1", "2"] {
                bring(&finance, number, amount).await.unwrap();
            }
        }
        // As an earlier program left them, the other one with lines in two currencies.
        world.sql("UPDATE bank_lines SET currency = 'USD' WHERE account = '…5864' AND amount_minor = 100").await;
        let database = &world.services.database;
        let steps = Migrator::migrations();
        let since = steps.iter().position(|step| step.name().ends_with("_funds_accounts")).unwrap();
        Migrator::down(database, u32::try_from(steps.len() - since).ok()).await.unwrap();
        migrations::apply(database).await.unwrap();
        let found = statements::accounts(&approver).await.unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|account| (account.state, account.currency.map(|code| code.to_string()), account.number.is_some()))
            .collect();
        let before = AccountState::ReadBefore;
        assert_eq!(told[0], (before, Some("EUR".to_owned()), true));
        assert_eq!(told[1], (before, None, false), "somebody has to enter its currency");
        assert_eq!(why(bring(&finance, AUSTRIAN, "3").await, "account"), refused("unconfirmed", "3201"));
        statements::confirm_account(&approver, found[0].id, &seen(&found[0])).await.unwrap();
        bring(&finance, AUSTRIAN, "3").await.unwrap();
        // What lacks something is confirmed by nobody until it is entered.
        let incomplete = statements::confirm_account(&approver, found[1].id, &seen(&found[1])).await;
        assert_eq!(key(incomplete, "seen"), "error-required");
        statements::enter_account(&administrator, &listed(OTHER, "EUR")).await.unwrap();
        let entered = statements::accounts(&approver).await.unwrap();
        let entered = entered.iter().find(|account| account.id == found[1].id).unwrap();
        assert_eq!((entered.state, entered.code.as_str()), (AccountState::Waiting, "…5864"));
        statements::confirm_account(&approver, entered.id, &seen(entered)).await.unwrap();
        bring(&finance, OTHER, "3").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_from_before_numbers_were_sealed_takes_its_number_from_who_enters_it() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        list_account(&world, AUSTRIAN, "EUR").await;
        bring(&finance, AUSTRIAN, "1").await.unwrap();
        world.sql("UPDATE bank_accounts SET number_sealed = NULL, entered_at = NULL, confirmed_at = NULL").await;
        assert_eq!(why(bring(&finance, AUSTRIAN, "3").await, "account"), refused("unconfirmed", "3201"));
        list_account(&world, "00762011623850077", "EUR").await;
        list_account(&world, AUSTRIAN, "EUR").await;
        let id = bring(&finance, AUSTRIAN, "3").await.unwrap();
        assert_eq!(queries::get(&finance, id).await.unwrap().account, "…3201", "{}", world.kind);
        assert_eq!(world.number("SELECT COUNT(number_sealed) AS value FROM bank_accounts").await, 2);
        list_account(&world, ALIKE, "EUR").await;
        let id = bring(&finance, ALIKE, "4").await.unwrap();
        assert_eq!(queries::get(&finance, id).await.unwrap().account, "…3201 (2)", "from now on it is another one");
    })
    .await;
}
