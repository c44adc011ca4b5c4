//! The money and the grants of the demo in the order of their days: an award, and every payment of it, may only draw on
//! money that was there, and entries are numbered as their days follow each other.

use backend::Result;
use chrono::NaiveDate;

use super::Demo;
use super::applications::Award;
use super::grants::{self, Course};
use super::money::Timeline;
use super::people::People;

/// What donors give and what becomes of grants, of which a part is entered already.
pub struct Past {
    money: Timeline,
    /// Every award, in the order of the decisions.
    pub awards: Vec<Award>,
    /// The grants to which something is still to happen.
    courses: Vec<Course>,
}

impl Past {
    /// The past before the first award.
    pub fn new(money: Timeline) -> Self {
        Self { money, awards: Vec::new(), courses: Vec::new() }
    }

    /// Adds an award, whose grant takes its course from then on.
    pub fn add(&mut self, award: Award) {
        self.courses.extend(grants::course(award, self.awards.len()));
        self.awards.push(award);
    }

    /// Enters what happened until a day, that day included. On one day money comes in first.
    pub async fn until(&mut self, demo: &Demo, people: &People, day: NaiveDate) -> Result<()> {
        loop {
            let grant = self.courses.iter().enumerate().map(|(place, course)| (course.day, place)).min();
            self.money.until(demo, grant.map_or(day, |(next, _)| next.min(day))).await?;
            let Some((_, place)) = grant.filter(|(next, _)| *next <= day) else {
                return Ok(());
            };
            let course = &mut self.courses[place];
            match course.step(demo, people).await? {
                Some((next, at)) => (course.next, course.day) = (next, at),
                None => {
                    self.courses.remove(place);
                }
            }
        }
    }
}
