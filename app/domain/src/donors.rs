//! Donors: who gives to the Fund.

use crate::contacts::CONTACTS;
use crate::forms::{Form, Kind, Options, optional, required};
use crate::users::Language;

code_list! {
    /// What a donor is (Global Plan of Action, paragraph 38: governments, organisations, private sector, individuals).
    DonorKind, "donor-kind", {
        MemberState = "member-state",
        Intergovernmental = "intergovernmental",
        Ngo = "ngo",
        PrivateSector = "private-sector",
        Foundation = "foundation",
        Individual = "individual",
    }
}

/// Entering or changing a donor.
pub const DONOR: Form = Form {
    name: "donor",
    fields: &[
        required("name", Kind::Line(200)),
        required("kind", Kind::Choice(DonorKind::OPTIONS)),
        optional("country", Kind::Choice(Options::Countries)),
        required("contact_name", Kind::Name(120)),
        required("contact_email", Kind::Email),
        optional("contact_phone", Kind::Line(40)),
        required("language", Kind::Choice(Language::OPTIONS)),
    ],
    groups: &[CONTACTS],
};
