//! Organisations: NGOs that apply, their vetting and their bank details.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::contacts::CONTACTS;
use crate::forms::{Field, Form, Kind, Options, Values, optional, required};

code_list! {
    /// What an organisation is.
    OrganisationKind, "organisation-kind", {
        Ngo = "ngo",
        CommunityBased = "community-based",
        FaithBased = "faith-based",
        SurvivorLed = "survivor-led",
        Network = "network",
        Foundation = "foundation",
    }
}

code_list! {
    /// How far the secretariat has come in vetting an organisation.
    VettingStatus, "vetting", {
        NotVetted = "not-vetted",
        InProgress = "in-progress",
        Vetted = "vetted",
        Refused = "refused",
    }
}

/// Who an organisation is: what vetting is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Name as registered.
    pub legal_name: String,
    /// Country.
    pub country: String,
    /// Number in the country's register.
    pub registration_number: String,
}

/// How vetting stands after a change of the profile: who is somebody else now than whoever was vetted is vetted anew. A
/// refusal stays one, whatever the organisation calls itself.
#[must_use]
pub fn vetting_after(status: VettingStatus, before: &Identity, after: &Identity) -> VettingStatus {
    match status {
        VettingStatus::Vetted if before != after => VettingStatus::InProgress,
        status => status,
    }
}

/// Years an organisation must have been registered before it may apply (the Fund's published rule).
pub const LEAST_YEARS_REGISTERED: u32 = 3;

/// Days before its end from which a vetting has to be renewed.
pub const RENEWED_WITHIN_DAYS: u64 = 30;

/// Shortest account number; the last characters of a shorter one would give all of it away.
pub const SHORTEST_ACCOUNT_NUMBER: usize = 6;

/// A postal address in the parts in which payment orders carry it, as long as they may be there (ISO 20022,
/// `PostalAddress24`); the country is a field of its own.
pub const ADDRESS_FIELDS: [Field; 4] = [
    optional("street", Kind::Line(70)),
    optional("building_number", Kind::Line(16)),
    optional("post_code", Kind::Line(16)),
    required("town", Kind::Line(35)),
];

/// A postal address in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street, without the number.
    pub street: String,
    /// Number of the building.
    pub building_number: String,
    /// Post code.
    pub post_code: String,
    /// Town. Banks have refused orders without the payee's since November 2026.
    pub town: String,
    /// Country.
    pub country: String,
}

impl Address {
    /// The address of a form with [`ADDRESS_FIELDS`] and a field `country`.
    #[must_use]
    pub fn of(answers: &Values) -> Self {
        let text = |name: &str| answers.text(name).to_owned();
        Self {
            street: text("street"),
            building_number: text("building_number"),
            post_code: text("post_code"),
            town: text("town"),
            country: text("country"),
        }
    }

    /// The parts with the names of their fields.
    #[must_use]
    pub fn parts(&self) -> [(&'static str, &str); 4] {
        let values = [&self.street, &self.building_number, &self.post_code, &self.town];
        let names = ADDRESS_FIELDS.map(|field| field.name);
        [(names[0], values[0]), (names[1], values[1]), (names[2], values[2]), (names[3], values[3])]
    }

    /// Street and town as two lines of a letter, without the country.
    #[must_use]
    pub fn lines(&self) -> [String; 2] {
        let join = |one: &str, other: &str| format!("{one} {other}").trim().to_owned();
        [join(&self.street, &self.building_number), join(&self.post_code, &self.town)]
    }
}

/// The profile of an organisation.
pub const ORGANISATION: Form = Form {
    name: "organisation",
    fields: &[
        required("legal_name", Kind::Line(200)),
        required("country", Kind::Choice(Options::Countries)),
        required("registration_number", Kind::Line(80)),
        required("registration_date", Kind::Date),
        required("kind", Kind::Choice(OrganisationKind::OPTIONS)),
        required("yearly_income", Kind::Amount),
        ADDRESS_FIELDS[0],
        ADDRESS_FIELDS[1],
        ADDRESS_FIELDS[2],
        ADDRESS_FIELDS[3],
        required("contact_name", Kind::Name(120)),
        required("contact_email", Kind::Email),
        optional("contact_phone", Kind::Line(40)),
        required("experience", Kind::Text(1500)),
    ],
    groups: &[CONTACTS],
};

/// What names a bank account.
pub const BANK_ACCOUNT_FIELDS: &[Field] = &[
    required("account_holder", Kind::Line(140)),
    optional("holder_latin", Kind::Line(140)),
    required("bank_name", Kind::Line(140)),
    required("bank_country", Kind::Choice(Options::Countries)),
    required("account_number", Kind::Line(34)),
    required("bic", Kind::Line(11)),
];

/// Bank details, read by finance, certifying and approving officers only.
pub const BANK_DETAILS: Form = Form { name: "bank", fields: BANK_ACCOUNT_FIELDS, groups: &[] };

/// The second person's word that the bank details are the organisation's. `seen` is when those were written that the
/// person had in view.
pub const BANK_VERIFICATION: Form = Form {
    name: "bank-verification",
    fields: &[required("note", Kind::Text(1000)), required("seen", Kind::Hidden)],
    groups: &[],
};

/// A programme officer's vetting.
pub const VETTING: Form = Form {
    name: "vetting",
    fields: &[
        required("status", Kind::Choice(VettingStatus::OPTIONS)),
        optional("valid_until", Kind::Date),
        required("reason", Kind::Text(1500)),
    ],
    groups: &[],
};

/// Vetting as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vetting {
    /// Status set by a programme officer.
    pub status: VettingStatus,
    /// Last day on which it holds.
    pub valid_until: Option<NaiveDate>,
}

impl Vetting {
    /// True when the organisation may be awarded and paid on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.status == VettingStatus::Vetted && self.valid_until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_identity_ends_a_vetting_and_it_ends_no_refusal() {
        let known = Identity {
            legal_name: "Casa Aurora".to_owned(),
            country: "BR".to_owned(),
            registration_number: "BR-4711".to_owned(),
        };
        let changed = [
            Identity { legal_name: "Casa Nova".to_owned(), ..known.clone() },
            Identity { country: "PY".to_owned(), ..known.clone() },
            Identity { registration_number: "BR-4712".to_owned(), ..known.clone() },
        ];
        for status in VettingStatus::ALL {
            assert_eq!(vetting_after(*status, &known, &known), *status);
            for other in &changed {
                let expected = if *status == VettingStatus::Vetted { VettingStatus::InProgress } else { *status };
                assert_eq!(vetting_after(*status, &known, other), expected, "{status} {other:?}");
            }
        }
    }
}
