//! Batches for the bank, and the bank's answers: what is exported once, byte for byte, and confirmed or bounced once.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use crate::support::grants::{Case, commanded, fund_account, in_vienna};
use crate::support::payments::{approved, camt, gathered, import, of, refusal, state};
use crate::support::{noon, on_both};
use backend::disbursements::{
    Candidates, approve, bank_files, batch, batch_file, batches, cancel_batch, candidates, certify, create_batch,
    import_bank_file, queries, write_fund_account,
};
use backend::page::PageRequest;
use backend::sealed::{BankKeys, rotate};
use backend::{Context, Services};
use domain::disbursements::{BankOutcome, BatchProgress, DisbursementState};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PaymentBatchId;
use domain::message::Argument;
use domain::roles::Role;

#[tokio::test]
async fn a_batch_releases_its_payments_and_gives_the_same_bytes_each_time() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let offered = candidates(&case.finance).await.unwrap();
        assert_eq!(offered.payable.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        let payee = &offered.payees[&id];
        assert_eq!([&payee.ending, &payee.bank_name, &payee.bank_country], ["0123", "Himal Bank", "NP"]);
        assert!(offered.for_colleagues.is_empty());
        assert_eq!(refusal(create_batch(&case.certifier, &of(&[id])).await), "forbidden-role");
        let form = of(&[id]);
        // The partner's bank is in another country than the partner.
        case.world.sql("UPDATE organisations SET country = 'KE'").await;
        let made = create_batch(&case.finance, &form).await.unwrap();
        assert_eq!(create_batch(&case.finance, &form).await.unwrap(), made, "a repeated command");
        assert_eq!(state(&case, id).await, DisbursementState::Released);
        let view = batch(&case.approver, made).await.unwrap();
        assert_eq!((view.row.payments, view.row.message_id.as_str()), (1, "UNVTF-2026-0001"));
        assert_eq!(view.row.sum, queries::get(&case.finance, id).await.unwrap().row.amount);
        let (name, file) = batch_file(&case.finance, made).await.unwrap();
        assert_eq!(name, "UNVTF-2026-0001.xml");
        for part in [
            "<MsgId>UNVTF-2026-0001</MsgId>",
            "<NbOfTxs>1</NbOfTxs>",
            "<CtrlSum>25000.01</CtrlSum>",
            "<InstdAmt Ccy=\"USD\">25000.01</InstdAmt>",
            "<IBAN>AT611904300234573201</IBAN>",
            "<Id>NP00123</Id>",
            "<BICFI>HIMANPKA</BICFI>",
            "<Ctry>KE</Ctry>",
            "<Nm>UN Voluntary Trust Fund + Co</Nm>",
        ] {
            assert!(file.contains(part), "{part} is not in {file}");
        }
        let squeezed: String = file.lines().map(str::trim).collect();
        for address in [
            "<StrtNm>Wagramer Strasse</StrtNm><BldgNb>5</BldgNb><PstCd>1220</PstCd><TwnNm>Vienna</TwnNm><Ctry>AT</Ctry>",
            "<StrtNm>Baluwatar Marg</StrtNm><BldgNb>1</BldgNb><PstCd>44600</PstCd><TwnNm>Kathmandu</TwnNm><Ctry>KE</Ctry>",
        ] {
            assert!(squeezed.contains(&format!("<PstlAdr>{address}</PstlAdr>")), "{address} is not in {squeezed}");
        }
        let other = crate::support::grants::account("AT483200000012345864");
        fund_account(&case.world, &case.approver, &other).await;
        assert_eq!(batch_file(&case.finance, made).await.unwrap().1, file, "the file of a batch never changes");
        assert_eq!(refusal(batch_file(&case.certifier, made).await), "forbidden-role");
        let seen =
            case.world.number("SELECT COUNT(*) AS value FROM payment_batches WHERE file_sealed LIKE '%NP00123%'");
        assert_eq!(seen.await, 0);
        case.world.assert_books().await;
    })
    .await;
}

/// The schema is not part of the project: `make test` fetches it and says where it is.
#[tokio::test]
async fn the_file_is_valid_against_the_schema_of_pain_001_001_09() {
    on_both(|world| async move {
        let Some(schema) = std::env::var_os("PAIN_SCHEMA") else {
            assert!(
                std::env::var_os("CI").is_none() && std::env::var_os("TEST_POSTGRES_URL").is_none(),
                "PAIN_SCHEMA must name pain.001.001.09.xsd in make test"
            );
            eprintln!("PAIN_SCHEMA is not set: the file is not compared with its schema");
            return;
        };
        let (case, id) = approved(world).await;
        let (made, _) = gathered(&case, id).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("batch.xml");
        let (_, file) = batch_file(&case.finance, made).await.unwrap();
        let check = |file: &str| {
            std::fs::write(&path, file).unwrap();
            let mut xmllint = std::process::Command::new("xmllint");
            xmllint
                .args(["--noout", "--nonet", "--schema"])
                .arg(&schema)
                .arg(&path)
                .output()
                .expect("xmllint is needed")
        };
        let outcome = check(&file);
        assert!(outcome.status.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
        assert!(!check(&file.replace("<PmtMtd>TRF", "<PmtMtd>TRANSFER")).status.success(), "the check can fail");
    })
    .await;
}

/// What refused a payment, and what that says of its payee.
fn why<T: std::fmt::Debug>(outcome: backend::Result<T>) -> (String, String) {
    let AppError::Refused(message) = outcome.unwrap_err().into() else { panic!("not refused") };
    let why = message.arguments.into_iter().find_map(|(name, value)| match value {
        Argument::Key(key) if name == "why" => Some(key),
        _ => None,
    });
    (message.key, why.unwrap_or_default())
}

/// What each batch waits for, as the list and each filter of it say, too.
async fn progress(case: &Case) -> Vec<(PaymentBatchId, BatchProgress)> {
    let list = async |filter: &str| {
        let request = PageRequest { filter: filter.to_owned(), ..PageRequest::default() };
        let rows = batches(&case.finance, &request).await.unwrap().rows;
        rows.iter().map(|row| (row.id, row.progress)).collect::<Vec<_>>()
    };
    let all = list("").await;
    for wanted in BatchProgress::ALL {
        let expected: Vec<_> = all.iter().copied().filter(|(_, progress)| progress == wanted).collect();
        assert_eq!(list(wanted.code()).await, expected, "{wanted}");
    }
    for (id, progress) in &all {
        assert_eq!(batch(&case.finance, *id).await.unwrap().row.progress, *progress);
    }
    all
}

#[tokio::test]
async fn a_payment_is_in_one_live_batch_only_also_at_the_same_moment() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (finance, form) = (case.finance.clone(), of(&[id]));
                tokio::spawn(async move { create_batch(&finance, &form).await.map_err(AppError::from) })
            })
            .collect();
        let mut made = Vec::new();
        for attempt in tries {
            match attempt.await.unwrap() {
                Ok(batch) => made.push(batch),
                Err(AppError::Refused(message)) => {
                    assert!(message.key.starts_with("refused-batch-taken"), "{message:?}")
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(made.len(), 1);
        assert_eq!(candidates(&case.finance).await.unwrap(), Candidates::default());
        let reason = Typed::default().with("reason", "Sent to the wrong bank");
        assert!(cancel_batch(&case.finance, made[0], &Typed::default()).await.is_err(), "a reason is needed");
        cancel_batch(&case.finance, made[0], &reason).await.unwrap();
        assert_eq!(refusal(batch_file(&case.finance, made[0]).await), "refused-batch-cancelled");
        assert_eq!(state(&case, id).await, DisbursementState::Released);
        let (second, end_to_end) = gathered(&case, id).await;
        assert_eq!(end_to_end, format!("UNVTF-2026-0002-{id}"));
        assert_eq!(progress(&case).await, [(second, BatchProgress::Open), (made[0], BatchProgress::Cancelled)]);
        import(&case, &camt("camt.053", "DBIT", &end_to_end, "25000.01", "")).await;
        assert_eq!(progress(&case).await, [(second, BatchProgress::Completed), (made[0], BatchProgress::Cancelled)]);
        assert_eq!(refusal(cancel_batch(&case.finance, second, &reason).await), "refused-batch-answered");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_may_not_be_paid_keeps_the_whole_batch_back() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let entries = case.entries().await;
        case.world.sql("UPDATE organisations SET vetting_status = 'refused'").await;
        assert_eq!(refusal(create_batch(&case.finance, &of(&[id])).await), "refused-vetting-lapsed");
        case.world.sql("UPDATE organisations SET vetting_status = 'vetted'").await;
        let mut approver = case.approver.clone();
        approver.actor.role = Some(Role::FinanceOfficer);
        assert_eq!(refusal(create_batch(&approver, &of(&[id])).await), "refused-same-person");
        case.world.sql("DELETE FROM settings WHERE name = 'fund-account'").await;
        assert_eq!(refusal(create_batch(&case.finance, &of(&[id])).await), "refused-fund-account-missing");
        assert_eq!(case.entries().await, entries, "nothing was released");
        assert_eq!(state(&case, id).await, DisbursementState::Approved);
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn what_no_order_could_carry_stops_at_the_first_officer_and_says_who_mends_it() {
    on_both(|world| async move {
        let case = crate::support::grants::awarded(world).await.active().await;
        fund_account(&case.world, &case.approver, &crate::support::grants::account("AT611904300234573201")).await;
        let id = case.request(1, noon()).await.unwrap();
        case.world.sql("UPDATE organisations SET town = '', address = 'Baluwatar Marg 1, Kathmandu'").await;
        let stopped = certify(&case.certifier, id, &commanded()).await;
        assert_eq!(why(stopped), ("refused-payee-faulty".to_owned(), "refused-order-town".to_owned()));
        case.world.sql("UPDATE organisations SET town = 'काठमाडौं'").await;
        assert_eq!(why(certify(&case.certifier, id, &commanded()).await).1, "error-latin");
        case.world.sql("UPDATE organisations SET town = 'Kathmandu'").await;
        certify(&case.certifier, id, &commanded()).await.unwrap();
        approve(&case.approver, id, &commanded()).await.unwrap();
        case.world.sql("UPDATE organisations SET town = ''").await;
        let batch = create_batch(&case.finance, &of(&[id])).await;
        assert_eq!(why(batch), ("refused-payee-faulty".to_owned(), "refused-order-town".to_owned()));
        case.world.sql("UPDATE organisations SET town = 'Kathmandu'").await;
        for (day, key) in [
            ("2026-05-31", "error-execution-past"),
            ("2036-06-03", "error-execution-far"),
            ("2026-07-02", "error-execution-far"),
        ] {
            let mut form = of(&[id]);
            form.set("execution_date", day);
            let AppError::Invalid(errors) = create_batch(&case.finance, &form).await.unwrap_err().into() else {
                panic!("{day} is taken");
            };
            assert_eq!(errors.of("execution_date").unwrap().key, key, "{day}");
        }
        let mut last = of(&[id]);
        last.set("execution_date", "2026-07-01");
        create_batch(&case.finance, &last).await.unwrap();
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_banks_files_confirm_and_bounce_a_payment_once() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (made, end_to_end) = gathered(&case, id).await;
        let wrong = camt("camt.054", "DBIT", &end_to_end, "25000.00", "");
        assert_eq!(import(&case, &wrong).await, [BankOutcome::Refused], "another amount");
        assert_eq!(import(&case, &camt("camt.054", "DBIT", "NOTOURS", "1.00", "")).await, []);
        let statement = camt("camt.053", "DBIT", &end_to_end, "25000.01", "");
        assert_eq!(import(&case, &statement).await, [BankOutcome::Confirmed]);
        let view = queries::get(&case.finance, id).await.unwrap();
        assert_eq!((view.row.state, view.paid_on), (DisbursementState::Confirmed, "2026-06-01".parse().ok()));
        let entries = case.entries().await;
        assert_eq!(import(&case, &statement).await, [BankOutcome::Confirmed], "the same file, its first outcome");
        let notice = camt("camt.054", "DBIT", &end_to_end, "25000.01", "");
        assert_eq!(import(&case, &notice).await, [BankOutcome::Known], "another file of the same payment");
        let text = String::from_utf8(notice).unwrap();
        for (other, why) in [("<Amt Ccy=\"USD\">99000.01", "another amount"), ("", "another reference of the bank")] {
            let second = match other {
                "" => text.replace("<AcctSvcrRef>", "<AcctSvcrRef>SECOND-"),
                other => text.replace("<Amt Ccy=\"USD\">25000.01", other),
            };
            assert_ne!(second, text);
            assert_eq!(import(&case, second.as_bytes()).await, [BankOutcome::Refused], "{why}");
        }
        assert_eq!(case.entries().await, entries, "nothing was posted twice");
        let back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Account &quot;closed&quot;</AddtlInf></RtrInf>";
        let returned = camt("camt.053", "CRDT", &end_to_end, "25000.01", back);
        assert_eq!(import(&case, &returned).await, [BankOutcome::Bounced]);
        assert_eq!(progress(&case).await, [(made, BatchProgress::NotAllPaid)], "money that came back is not paid");
        let view = queries::get(&case.finance, id).await.unwrap();
        assert_eq!((view.row.state, view.reason.as_str()), (DisbursementState::Bounced, "AC04 Account \"closed\""));
        assert_eq!(bank_files(&case.approver, &PageRequest::default()).await.unwrap().total, 7);
        assert_eq!(refusal(import_bank_file(&case.approver, "x", &returned).await), "forbidden-role");
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_never_left_fails_and_what_is_no_bank_file_is_refused() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (made, end_to_end) = gathered(&case, id).await;
        let pending = String::from_utf8(camt("camt.053", "DBIT", &end_to_end, "25000.01", "")).unwrap();
        assert_eq!(import(&case, pending.replace("BOOK", "PDNG").as_bytes()).await, [], "not booked yet");
        assert_eq!(import(&case, &camt("camt.053", "CRDT", &end_to_end, "25000.01", "")).await, [BankOutcome::Failed]);
        assert_eq!(state(&case, id).await, DisbursementState::Failed);
        assert_eq!(progress(&case).await, [(made, BatchProgress::NotAllPaid)]);
        for bytes in [
            &b"no xml"[..],
            b"<Document><Other/></Document>",
            b"<Document><BkToCstmrStmt>",
            b"\xff\xfe",
            b"<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><Document><BkToCstmrStmt/></Document>",
        ] {
            let error = AppError::from(import_bank_file(&case.finance, "x", bytes).await.unwrap_err());
            assert!(matches!(&error, AppError::Invalid(errors) if errors.of("file").is_some()), "{error:?}");
        }
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn rotating_the_keys_seals_everything_anew_and_changes_nothing_else() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let (made, _) = gathered(&case, id).await;
        let (_, file) = batch_file(&case.finance, made).await.unwrap();
        // An account that waits for its confirmation is sealed, too.
        let administrator = case.world.staff(Role::Administrator).await;
        write_fund_account(&administrator, &in_vienna(crate::support::grants::account("AT483200000012345864")))
            .await
            .unwrap();
        // A second process with a newer key beside the old one. The test's own key is number 1.
        let newer = BankKeys::generate().unwrap().replacen('1', "2", 1);
        let both = case.world.services.bank_keys.clone().with_newest(&newer);
        let with = |keys: &BankKeys, context: &Context| {
            let services = Services { bank_keys: keys.clone(), ..(*case.world.services).clone() };
            Context { services: std::sync::Arc::new(services), ..context.clone() }
        };
        assert!(rotate(&with(&both, &case.finance)).await.is_err(), "the command only");
        let rotated = rotate(&with(&both, &case.world.system())).await.unwrap();
        assert_eq!((rotated.accounts, rotated.payees, rotated.files), (4, 1, 1));
        assert_eq!(
            rotate(&with(&both, &case.world.system())).await.unwrap().accounts,
            0,
            "there is nothing left to do"
        );
        let new_only = BankKeys::parse(&newer).unwrap();
        let finance = with(&new_only, &case.finance);
        assert_eq!(batch_file(&finance, made).await.unwrap().1, file);
        let waiting = backend::disbursements::fund_account(&with(&new_only, &case.approver)).await.unwrap().proposed;
        assert_eq!(waiting.unwrap().numbers.unwrap().1, "AT483200000012345864");
        assert_eq!(queries::get(&finance, id).await.unwrap().payee.unwrap().account_number, "NP00123");
        assert!(queries::get(&case.finance, id).await.is_err(), "the old key opens nothing any more");
        assert_eq!(backend::sealed::check_keys(&finance.services).await.unwrap(), Ok(()));
        assert!(backend::sealed::check_keys(&case.world.services).await.unwrap().is_err());
        case.world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn servers_that_start_at_the_same_moment_agree_on_the_key() {
    on_both(|world| async move {
        let other = Services {
            bank_keys: BankKeys::parse(&BankKeys::generate().unwrap()).unwrap(),
            ..(*world.services).clone()
        };
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let services = world.services.clone();
                tokio::spawn(async move { backend::sealed::check_keys(&services).await.unwrap() })
            })
            .collect();
        for attempt in tries {
            assert_eq!(attempt.await.unwrap(), Ok(()));
        }
        assert!(backend::sealed::check_keys(&other).await.unwrap().unwrap_err().contains("key 1 is not the one"));
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn the_funds_account_changes_only_once_a_second_person_has_confirmed_what_was_entered() {
    on_both(|world| async move {
        let (case, id) = approved(world).await;
        let administrator = case.world.staff(Role::Administrator).await;
        let ending = async || {
            let state = backend::disbursements::fund_account(&case.approver).await.unwrap();
            (state.current.unwrap().ending, state.proposed)
        };
        write_fund_account(&administrator, &in_vienna(crate::support::grants::account("AT483200000012345864")))
            .await
            .unwrap();
        let (current, proposed) = ending().await;
        let proposed = proposed.unwrap();
        assert_eq!((current.as_str(), proposed.account.ending.as_str()), ("3201", "5864"));
        assert_eq!(proposed.numbers.unwrap().1, "AT483200000012345864", "the approver compares the whole number");
        let waits = backend::home::waits(&case.approver).await.unwrap();
        assert!(waits.iter().any(|waiting| waiting.key == "waits-fund-account"), "{waits:?}");
        let of_finance = backend::disbursements::fund_account(&case.finance).await.unwrap().proposed.unwrap();
        assert_eq!(of_finance.numbers, None);
        let (made, _) = gathered(&case, id).await;
        let file = batch_file(&case.finance, made).await.unwrap().1;
        assert!(file.contains("AT611904300234573201"), "an account that waits is not used");
        let seen = |at: chrono::DateTime<chrono::Utc>| Typed::default().with("seen", at.to_rfc3339());
        let confirm = backend::disbursements::confirm_fund_account;
        assert_eq!(refusal(confirm(&administrator, &seen(proposed.at)).await), "forbidden-role");
        assert_eq!(refusal(confirm(&case.finance, &seen(proposed.at)).await), "forbidden-role");
        // Whoever entered it and was given the other role meanwhile does not confirm it.
        let mut moved = administrator.clone();
        moved.actor.role = Some(Role::ApprovingOfficer);
        assert_eq!(refusal(confirm(&moved, &seen(proposed.at)).await), "refused-fund-account-own");
        // Another one is entered while the first is looked at.
        let later_on = crate::support::later(&administrator, noon() + chrono::TimeDelta::seconds(5));
        write_fund_account(&later_on, &in_vienna(crate::support::grants::account("DE89370400440532013000")))
            .await
            .unwrap();
        assert_eq!(refusal(confirm(&case.approver, &seen(proposed.at)).await), "refused-fund-account-changed");
        for _ in 0..2 {
            confirm(&case.approver, &seen(later_on.now)).await.unwrap();
        }
        assert_eq!(ending().await, ("3000".to_owned(), None));
        let waits = backend::home::waits(&case.approver).await.unwrap();
        assert!(waits.iter().all(|waiting| waiting.key != "waits-fund-account"), "{waits:?}");
        let trail = "SELECT COUNT(*) AS value FROM audit WHERE action = 'audit-fund-account'";
        assert_eq!(case.world.number(trail).await, 2, "confirmed twice in all");
        case.world.assert_books().await;
    })
    .await;
}
