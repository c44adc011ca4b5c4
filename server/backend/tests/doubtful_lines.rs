//! Lines of bank statements of which the program cannot know by itself what they are. On every database.
#![allow(clippy::unwrap_used)]

mod support;

use backend::contributions;
use backend::contributions::statements::{self, LineState};
use domain::forms::Typed;
use domain::ids::PledgeId;
use support::money::{finance_and_donor, pledge, receipt};
use support::on_both;
use support::statements::{counts, file, key, lines};

#[tokio::test]
async fn other_money_under_a_reference_of_the_books_is_taken_by_hand_and_never_lost() {
    on_both(|world| async move {
        let (finance, donor) = finance_and_donor(&world).await;
        let norway: PledgeId = contributions::pledge(&finance, &pledge(donor, "1000", "EUR")).await.unwrap();
        let mut typed = receipt("100", "EUR", "2026-04-02");
        typed.set("bank_reference", "YEARLY");
        contributions::hold(&finance, &typed).await.unwrap();
        // The same money; another amount; another day; another currency; and no reference at all.
        let table = "date;amount;currency;payer;reference\n2026-04-03;100.00;EUR;Norway;YEARLY\n\
                     2026-04-03;1000.00;EUR;Norway;YEARLY\n2026-04-20;100.00;EUR;Norway;NONREF\n";
        let account = |name: &str| Typed::default().with("account", name);
        let first = statements::import(&finance, &account("DE1"), "a.csv", table.as_bytes()).await.unwrap();
        assert_eq!(counts(&finance, first).await, [2, 0, 0, 1, 0]);
        let other = "date;amount;currency;payer;reference\n2026-04-20;1000.00;EUR;Norway;YEARLY\n";
        let second = statements::import(&finance, &account("DE2"), "b.csv", other.as_bytes()).await.unwrap();
        let doubtful = lines(&finance, second).await.pop().unwrap();
        assert_eq!(doubtful.state, LineState::Doubtful);
        assert!(doubtful.bank_reference.starts_with("YEARLY/"), "{}", doubtful.bank_reference);
        assert_eq!(doubtful.suggestions[0].pledge, norway);
        assert_eq!(statements::match_sure(&finance, second).await.unwrap(), 0, "somebody has to look at it");
        assert_eq!(statements::hold_rest(&finance, second).await.unwrap(), 0);
        let typed = Typed::default().with("pledge", norway.to_string());
        statements::match_line(&finance, doubtful.id, &typed).await.unwrap();
        assert_eq!(key(statements::hold_line(&finance, doubtful.id).await, ""), "refused-line-taken");
        assert_eq!(contributions::queries::get(&finance, norway).await.unwrap().row.standing.outstanding.minor, 0);
        world.assert_books().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_the_bank_took_back_is_shown_as_such() {
    on_both(|world| async move {
        let (finance, _) = finance_and_donor(&world).await;
        let text = String::from_utf8(file("statement-camt.053.001.08.xml")).unwrap();
        let credit = "985.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>";
        assert_eq!(text.matches(credit).count(), 1);
        let reversed = text.replace(credit, "985.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>");
        let id = statements::import(&finance, &Typed::default(), "r.xml", reversed.as_bytes()).await.unwrap();
        let line = lines(&finance, id).await.into_iter().find(|line| line.number == 1).unwrap();
        assert_eq!((line.state, line.credit), (LineState::Reversal, false));
        assert_eq!(key(statements::hold_line(&finance, line.id).await, ""), "refused-line-taken");
    })
    .await;
}
