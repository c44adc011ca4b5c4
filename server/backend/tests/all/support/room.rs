//! A Board session under way, with its members.

use backend::Context;
use backend::board::{self, agenda};
use backend::page::PageRequest;
use domain::board::{Outcome, Vote};
use domain::forms::Typed;
use domain::ids::{ApplicationId, BoardItemId, BoardSessionId, CallId};
use domain::roles::Role;

use super::{World, decide};

/// A vote as typed.
pub fn ballot(vote: Vote) -> Typed {
    Typed::default().with("vote", vote.code())
}

/// A call with reviewed applications in a session under way.
pub struct Room {
    pub officer: Context,
    pub director: Context,
    pub members: Vec<Context>,
    pub session: BoardSessionId,
    pub items: Vec<(ApplicationId, BoardItemId)>,
}

impl Room {
    /// A room with so many applications, each asking for so many US cents.
    pub async fn open(world: &World, applications: usize, minor: i64) -> Self {
        let call = decide::call(world).await;
        let organisation = decide::organisation(world, "vetted").await;
        for _ in 0..applications {
            decide::reviewed(world, call, organisation, minor, 80).await;
        }
        Self::of_call(world, call).await
    }

    /// A room in which the reviewed applications of a call are on the agenda.
    pub async fn of_call(world: &World, call: CallId) -> Self {
        let officer = world.staff(Role::ProgrammeOfficer).await;
        let typed = Typed::default().with("call", call.to_string()).with("title", "June").with("date", "2026-06-01");
        let session = board::create(&officer, &typed).await.unwrap();
        board::start(&officer, session).await.unwrap();
        let mut members = Vec::new();
        for _ in 0..5 {
            members.push(world.staff(Role::BoardMember).await);
        }
        let view = agenda::agenda(&officer, session, &PageRequest::default()).await.unwrap();
        let items = view.rows.iter().map(|item| (item.application.id, item.id)).collect();
        Self { officer, director: world.staff(Role::ExecutiveDirector).await, members, session, items }
    }

    /// The first members vote.
    pub async fn vote(&self, item: BoardItemId, votes: &[Vote]) {
        for (member, vote) in self.members.iter().zip(votes) {
            board::vote(member, item, &ballot(*vote)).await.unwrap();
        }
    }

    /// The session is closed, and its decisions are released.
    pub async fn release(&self) -> usize {
        board::close(&self.officer, self.session).await.unwrap();
        board::release(&self.officer, self.session).await.unwrap()
    }

    /// Three members approve, and the recommendation is recorded.
    pub async fn recommend(&self, item: BoardItemId) {
        self.vote(item, &[Vote::Approve; 3]).await;
        assert_eq!(board::record(&self.officer, item, &Typed::default()).await.unwrap(), Outcome::Approve);
    }
}
