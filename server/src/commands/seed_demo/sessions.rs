//! Sessions of the Board: agendas, votes and recommendations.

use backend::board::agenda::ItemView;
use backend::page::PageRequest;
use backend::{Context, Result, board};
use chrono::NaiveDate;
use domain::forms::Typed;
use domain::ids::{BoardItemId, BoardSessionId, CallId};
use domain::roles::{Actor, Role};

use super::applications::{Entered, Fate};
use super::people::People;
use super::{Demo, texts};

/// A session in which every item is voted on and recorded.
pub(super) async fn session(
    demo: &Demo,
    people: &People,
    call: CallId,
    day: NaiveDate,
    title: &str,
    items: &[&Entered],
) -> Result<()> {
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), day);
    let typed = Typed::default().with("call", call.to_string()).with("title", title).with("date", day.to_string());
    let session = board::create(&officer, &typed).await?;
    board::start(&officer, session).await?;
    for item in agenda(&officer, session).await? {
        let Some((_, _, number, fate)) = items.iter().find(|(id, _, _, _)| *id == item.application.id) else {
            continue;
        };
        let vote = match fate {
            Fate::Reserved => "reserve",
            Fate::Rejected => "reject",
            _ => "approve",
        };
        votes(demo, people, item.id, day, vote, 5).await?;
        let recommendation = match vote {
            "approve" => Typed::default().with("conditions", texts::award_condition(*number)),
            "reject" => Typed::default().with("reason", texts::rejection(*number)),
            _ => Typed::default(),
        };
        board::record(&officer, item.id, &recommendation).await?;
    }
    board::close(&officer, session).await?;
    board::release(&officer, session).await?;
    Ok(())
}

/// The whole agenda of a session.
async fn agenda(context: &Context, session: BoardSessionId) -> Result<Vec<ItemView>> {
    let mut items = Vec::new();
    let mut request = PageRequest { page: 1, ..PageRequest::default() };
    loop {
        let page = board::agenda::agenda(context, session, &request).await?;
        let last = request.page >= page.pages();
        items.extend(page.rows);
        if last {
            return Ok(items);
        }
        request.page += 1;
    }
}

/// A session that is going on today: two members have voted.
pub(super) async fn under_way(demo: &Demo, people: &People, call: CallId) -> Result<()> {
    let officer = demo.at(&people.one(Role::ProgrammeOfficer), demo.today);
    let typed = Typed::default()
        .with("call", call.to_string())
        .with("title", "Extraordinary session on the remaining applications")
        .with("date", demo.today.to_string());
    let session = board::create(&officer, &typed).await?;
    board::start(&officer, session).await?;
    for item in agenda(&officer, session).await? {
        votes(demo, people, item.id, demo.today, "approve", 2).await?;
    }
    Ok(())
}

async fn votes(
    demo: &Demo,
    people: &People,
    item: BoardItemId,
    day: NaiveDate,
    vote: &str,
    number: usize,
) -> Result<()> {
    let members: Vec<Actor> = people.all(Role::BoardMember);
    for (position, member) in members.iter().take(number).enumerate() {
        // One member sits on the board of a partner and takes no part.
        let own = if position == 4 && number == 5 { "recused" } else { vote };
        board::vote(&demo.at(member, day), item, &Typed::default().with("vote", own)).await?;
    }
    Ok(())
}
