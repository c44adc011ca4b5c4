//! Who may sign a disbursement: whatever people try, in their own name or for somebody absent, no two steps are one
//! person's word, and nobody acts for their own organisation.

use std::collections::BTreeSet;

use domain::disbursements::{
    DisbursementEvent as Event, DisbursementState as State, Signature, Signatures, check_separation, enough_spent,
    transition,
};
use domain::ids::{OrganisationId, UserId};
use domain::users::check_no_tie;
use proptest::prelude::*;

/// The organisation that is paid; person number 1 belongs to it, number 2 to another one.
const PAID: OrganisationId = OrganisationId(1);

fn organisation(person: UserId) -> Option<OrganisationId> {
    (person.0 <= 2).then_some(OrganisationId(person.0))
}

fn people(signature: Signature) -> BTreeSet<UserId> {
    signature.people().collect()
}

fn signatures() -> impl Strategy<Value = Signature> {
    (1..9_i64, prop::option::of(1..9_i64)).prop_map(|(person, stands_for)| Signature {
        person: UserId(person),
        stands_for: stands_for.filter(|other| *other != person).map(UserId),
    })
}

/// A disbursement as the use cases keep it.
#[derive(Default)]
struct Kept {
    signed: Signatures,
    paid_by: Option<Signature>,
}

impl Kept {
    fn sign(&mut self, event: Event, signer: Signature) {
        match event {
            Event::Certify => self.signed.certified = Some(signer),
            Event::Approve => self.signed.approved = Some(signer),
            Event::Release => self.paid_by = Some(signer),
            Event::Resubmit => {
                self.signed = Signatures { requested: Some(Signature::own(signer.person)), ..Signatures::default() };
            }
            _ => {}
        }
    }

    fn all(&self) -> Vec<Signature> {
        let Signatures { requested, certified, approved } = self.signed;
        [requested, certified, approved, self.paid_by].into_iter().flatten().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn no_two_signatures_share_a_person_also_through_delegates(
        requester in 1..9_i64,
        tries in prop::collection::vec((proptest::sample::select(Event::ALL), signatures()), 0..60),
    ) {
        let mut kept = Kept::default();
        kept.signed.requested = Some(Signature::own(UserId(requester)));
        let mut state = State::Requested;
        for (event, signer) in tries {
            let Ok(next) = transition(state, event) else { continue };
            let theirs: Vec<_> = signer.people().filter_map(organisation).collect();
            if check_separation(event, signer, &kept.signed).is_err() || check_no_tie(PAID, &theirs).is_err() {
                continue;
            }
            state = next;
            kept.sign(event, signer);
            prop_assert!(event == Event::Resubmit || !people(signer).contains(&UserId(1)), "a member of the paid");
            let signed = kept.all();
            for (position, one) in signed.iter().enumerate() {
                for other in &signed[position + 1..] {
                    prop_assert!(people(*one).is_disjoint(&people(*other)), "{one:?} {other:?}");
                }
            }
        }
        if matches!(state, State::Released | State::Confirmed | State::Bounced | State::Failed) {
            let signed = kept.all();
            prop_assert_eq!(signed.len(), 4, "four signatures on every payment");
        }
    }

    #[test]
    fn whoever_signed_is_refused_whomever_they_stand_for(
        certified in signatures(),
        stands_for in 10..20_i64,
    ) {
        let signed = Signatures { requested: Some(Signature::own(UserId(30))), certified: Some(certified), approved: None };
        for person in certified.people() {
            let signer = Signature { person, stands_for: Some(UserId(stands_for)) };
            prop_assert!(check_separation(Event::Approve, signer, &signed).is_err());
            let sent = Signature { person: UserId(stands_for), stands_for: Some(person) };
            prop_assert!(check_separation(Event::Approve, sent, &signed).is_err());
            prop_assert!(check_separation(Event::Release, Signature::own(person), &signed).is_err());
        }
    }

    #[test]
    fn more_spent_never_unmakes_enough(spent in 0..10_000_000_i64, more in 0..10_000_000_i64, earlier in 0..5_000_000_i64, previous in 1..6_000_000_i64) {
        prop_assert!(!enough_spent(spent, earlier, previous) || enough_spent(spent + more, earlier, previous));
        prop_assert!(enough_spent(earlier + previous, earlier, previous), "all of it is enough");
    }
}
