//! Random sequences of everything that moves money, through the use cases, compared after each step with a model of
//! what should have come of it. `MODEL_STEPS` says how many steps a sequence has, `MODEL_SEQUENCES` how many
//! sequences there are, `MODEL_SEED` repeats a run's chance (it is printed). A new operation is a row in
//! `operations::OPERATIONS`, and a command in `commands::Command`.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod bank;
mod books;
mod chance;
mod commands;
mod contributions;
mod grants;
mod model;
mod operations;
mod proofs;

use std::collections::BTreeMap;

use crate::support::on_both;
use chance::Chance;
use model::Model;
use operations::{OPERATIONS, Outcome};

/// A number from the environment.
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// Takes so many steps, and proves the books after each and all of it at the end.
async fn sequence(world: crate::support::World, seed: u64, steps: u64) -> BTreeMap<&'static str, [u64; 3]> {
    let mut model = Model::new(world, Chance::new(seed)).await;
    let mut tally = BTreeMap::new();
    let weights: u64 = OPERATIONS.iter().map(|operation| operation.weight).sum();
    for step in 0..steps {
        let mut drawn = model.chance.between(1, weights);
        let operation = OPERATIONS
            .iter()
            .find(|operation| {
                let found = drawn <= operation.weight;
                drawn = drawn.saturating_sub(operation.weight);
                found
            })
            .unwrap();
        let before = proofs::trace(&model).await;
        let outcome = (operation.run)(&mut model).await;
        let place = format!("MODEL_SEED={seed}, step {step}, {}: {outcome:?}", operation.name);
        proofs::position_is_as_expected(&model, &place).await;
        if outcome != Outcome::Done {
            assert_eq!(proofs::trace(&model).await, before, "{place}, and something changed");
        }
        let counts: &mut [u64; 3] = tally.entry(operation.name).or_default();
        counts[match outcome {
            Outcome::Done => 0,
            Outcome::Unchanged => 1,
            Outcome::Nothing => 2,
        }] += 1;
        if step % 100 == 99 {
            model.world.assert_books().await;
        }
    }
    proofs::everything(&model, seed).await;
    tally
}

#[tokio::test]
async fn random_sequences_of_all_money_operations_keep_the_books_right() {
    let (sequences, steps) = (setting("MODEL_SEQUENCES", 6), setting("MODEL_STEPS", 500));
    let seed = setting("MODEL_SEED", u64::from(std::process::id()) * 1_000);
    eprintln!("MODEL_SEED={seed}, {sequences} sequences of {steps} steps");
    let mut all: BTreeMap<&'static str, [u64; 3]> = BTreeMap::new();
    // What chance left out gets more chances: a model whose every step is refused proves nothing.
    let is_missing = |all: &BTreeMap<&'static str, [u64; 3]>, name: &'static str| {
        let never = ["repeat an earlier command", "receive in a closed month"];
        !never.contains(&name) && all.get(name).is_none_or(|[done, _, _]| *done == 0)
    };
    for number in 0..sequences * 5 {
        if number >= sequences && !OPERATIONS.iter().any(|operation| is_missing(&all, operation.name)) {
            break;
        }
        let world = crate::support::World::fast().await;
        let tally = sequence(world, seed + number, steps).await;
        for (name, [done, unchanged, nothing]) in &tally {
            let sums: &mut [u64; 3] = all.entry(*name).or_default();
            *sums = [sums[0] + done, sums[1] + unchanged, sums[2] + nothing];
        }
    }
    for (name, [done, unchanged, nothing]) in &all {
        eprintln!("{name:28} {done:5} done {unchanged:5} refused or repeated {nothing:5} had no record");
    }
    for operation in OPERATIONS {
        assert!(!is_missing(&all, operation.name), "{} was never done", operation.name);
    }
}

#[tokio::test]
async fn a_short_random_sequence_keeps_the_books_right_on_both_databases() {
    on_both(|world| async move {
        sequence(world, 7, 60).await;
    })
    .await;
}
