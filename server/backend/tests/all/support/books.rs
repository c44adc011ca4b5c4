//! Books with something of everything in them, and statements of them.

use backend::ledger::closing::{self, Closing};
use backend::ledger::{periods, transfer_programme_support};
use backend::statements::{Asked, Cell, Row, Statement, open};
use backend::{Context, contributions, donors};
use domain::errors::AppError;
use domain::forms::Typed;
use domain::ids::PledgeId;
use domain::periods::Period;
use domain::roles::Actor;

use super::grants::{Case, awarded, on};
use super::money::{command, donor, pledge, receipt};
use super::{World, later, noon};

/// Asks for a period to be closed and does what a server's job does then; the error is why it stays open.
pub async fn close(context: &Context, period: Period, typed: &Typed) -> backend::Result<()> {
    closing::ask(context, period, typed).await?;
    assert!(closing::go_on(&job(context)).await?, "somebody else closes it");
    match periods::get(context, period).await?.closing {
        Some(Closing { refused: Some(why), .. }) => Err(AppError::Refused(why).into()),
        left => {
            assert_eq!(left, None);
            Ok(())
        }
    }
}

/// The context of a server's job at the same time.
pub fn job(context: &Context) -> Context {
    Context { actor: Actor::system(), ..context.clone() }
}

/// A statement with all of its rows, read in small parts.
pub async fn whole(context: &Context, asked: &Asked) -> (Statement, Vec<Row>) {
    let mut statement = open(context, asked).await.unwrap();
    let mut rows = Vec::new();
    loop {
        let part = statement.next(context, 3).await.unwrap();
        if part.is_empty() {
            break;
        }
        assert!(part.len() <= 3);
        rows.extend(part);
    }
    assert_eq!(statement.count, rows.len() as u64);
    (statement, rows)
}

/// The amount of a cell.
pub fn minor(cell: &Cell) -> i64 {
    match cell {
        Cell::Money(money) => money.minor,
        Cell::Empty => 0,
        other => panic!("{other:?}"),
    }
}

/// Two donors, two currencies, a grant in two earmarks that was paid and reported on, and PSC paid over.
pub async fn scene(world: World) -> Case {
    let case = awarded(world).await.active().await;
    let finance = &case.finance;
    for (from, rate) in [("2025-03-01", "0.92"), ("2026-05-01", "0.9")] {
        let typed = Typed::default().with("currency", "EUR").with("from", from).with("units_per_usd", rate);
        contributions::record_rate(finance, &typed).await.unwrap();
    }
    let euro = donors::create(finance, &donor().with("contact_phone", "1")).await.unwrap();
    let mut promised = pledge(euro, "46000", "EUR");
    promised.set("date", "2025-03-31");
    let promised = contributions::pledge(finance, &promised).await.unwrap();
    contributions::receive(finance, promised, &receipt("20000", "EUR", "2026-05-12")).await.unwrap();
    contributions::receive(finance, promised, &receipt("30000.07", "EUR", "2026-05-20")).await.unwrap();
    let mut open = pledge(euro, "777.77", "USD");
    open.set("date", "2026-04-10");
    let open = contributions::pledge(finance, &open).await.unwrap();
    held(finance, open).await;
    let first = case.request(1, noon()).await.unwrap();
    case.pay(first, on("2026-06-15")).await;
    case.reported(1, [900_000, 100_000, 55_555], on("2026-12-10")).await;
    let typed = Typed::default()
        .with("amount", "1000")
        .with("date", "2026-08-01")
        .with("bank_reference", "PSC-1")
        .with("command_id", command());
    transfer_programme_support(&later(finance, on("2026-08-02")), &typed).await.unwrap();
    case.world.assert_books().await;
    case
}

/// Of money that nobody could identify one part is found to be a pledge's, one goes back and one waits; and a part
/// of the pledge is written down.
async fn held(finance: &Context, open: PledgeId) {
    let mut ids = Vec::new();
    for (amount, currency) in [("300", "USD"), ("90", "EUR"), ("200", "USD")] {
        ids.push(contributions::hold(finance, &receipt(amount, currency, "2026-05-10")).await.unwrap());
    }
    let why = || Typed::default().with("reason", "The bank said so").with("command_id", command());
    let found = why().with("pledge", open.to_string());
    contributions::identify(&later(finance, on("2026-06-03")), ids[0], &found).await.unwrap();
    let back = why().with("date", "2026-06-10");
    contributions::send_back(&later(finance, on("2026-06-10")), ids[1], &back).await.unwrap();
    let less = why().with("amount", "77.77").with("currency", "USD").with("date", "2026-06-18");
    contributions::write_down(&later(finance, on("2026-06-18")), open, &less).await.unwrap();
}
