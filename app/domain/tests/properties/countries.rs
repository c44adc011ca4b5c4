//! Countries, regions and mechanisms as data: counted against the published numbers of members.

use std::collections::BTreeSet;

use domain::countries::{Mechanism, Region, all, find, is_country, mechanisms};

#[test]
fn there_are_193_member_states_and_two_observer_states_each_once() {
    let codes: BTreeSet<&str> = all().iter().map(|country| country.code).collect();
    assert_eq!(codes.len(), 195);
    assert_eq!(all().len(), 195);
    assert!(codes.contains("VA") && codes.contains("PS"));
    assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
}

#[test]
fn the_regional_groups_have_their_numbers_of_members() {
    let number = |region| all().iter().filter(|country| country.region == region).count();
    assert_eq!(number(Region::Africa), 54);
    assert_eq!(number(Region::AsiaPacific), 54 + 1, "with the State of Palestine");
    assert_eq!(number(Region::EasternEurope), 23);
    assert_eq!(number(Region::LatinAmericaCaribbean), 33);
    assert_eq!(number(Region::WesternEuropeOthers), 29 + 1, "with the Holy See");
}

#[test]
fn the_mechanisms_have_their_numbers_of_members_each_a_country() {
    for (mechanism, members) in [
        (Mechanism::Saarc, 8),
        (Mechanism::Asean, 11),
        (Mechanism::AfricanUnion, 54),
        (Mechanism::Ecowas, 12),
        (Mechanism::EuropeanUnion, 27),
        (Mechanism::CouncilOfEurope, 46),
        (Mechanism::Osce, 57),
        (Mechanism::Oas, 34),
        (Mechanism::Caricom, 14),
        (Mechanism::Mercosur, 5),
        (Mechanism::LeagueOfArabStates, 22),
        (Mechanism::Cis, 9),
        (Mechanism::Sadc, 16),
        (Mechanism::Eac, 8),
        (Mechanism::PacificIslandsForum, 14),
    ] {
        let codes: BTreeSet<&str> = mechanism.members().iter().copied().collect();
        assert_eq!(codes.len(), members, "{mechanism}");
        assert_eq!(mechanism.members().len(), members, "{mechanism}");
        assert!(codes.iter().all(|code| is_country(code)), "{mechanism}");
    }
    let africa: BTreeSet<&str> =
        all().iter().filter(|country| country.region == Region::Africa).map(|country| country.code).collect();
    assert_eq!(africa, Mechanism::AfricanUnion.members().iter().copied().collect());
}

#[test]
fn a_country_knows_its_mechanisms_and_nonsense_is_no_country() {
    assert_eq!(mechanisms("NP"), [Mechanism::Saarc]);
    assert_eq!(mechanisms("TZ"), [Mechanism::AfricanUnion, Mechanism::Sadc, Mechanism::Eac]);
    assert_eq!(find("AT").map(|country| country.label_key()).as_deref(), Some("country-AT"));
    for nonsense in ["", "at", "XX", "AUT", "../", "\u{202e}TA", "é"] {
        assert!(!is_country(nonsense), "{nonsense}");
        assert!(mechanisms(nonsense).is_empty());
    }
}
