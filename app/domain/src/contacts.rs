//! Further contacts of a donor or an organisation, beside the one to whom the Fund's mails go.

use serde::{Deserialize, Serialize};

use crate::forms::{Answers, Group, Kind, Typed, optional, required};

/// The rows of further contacts in a form.
pub const CONTACTS: Group = Group {
    name: "contacts",
    fields: &[
        required("name", Kind::Name(120)),
        optional("position", Kind::Line(120)),
        optional("email", Kind::Email),
        optional("phone", Kind::Line(40)),
    ],
    least: 0,
    most: 10,
};

/// A person who can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// What the person does there; may be empty.
    pub position: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
}

impl Contact {
    /// What is known of the person besides the name.
    #[must_use]
    pub fn details(&self) -> String {
        let known = [&self.position, &self.email, &self.phone].map(String::as_str);
        known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The contacts of checked answers.
#[must_use]
pub fn contacts(answers: &Answers) -> Vec<Contact> {
    let text = |row: &crate::forms::Values, name: &str| row.text(name).to_owned();
    answers
        .group(CONTACTS.name)
        .iter()
        .map(|(_, row)| Contact {
            name: text(row, "name"),
            position: text(row, "position"),
            email: text(row, "email"),
            phone: text(row, "phone"),
        })
        .collect()
}

/// Puts contacts into the rows of a form, as they would be typed.
pub fn fill(typed: &mut Typed, contacts: &[Contact]) {
    for (row, contact) in contacts.iter().enumerate() {
        for (field, value) in [
            ("name", &contact.name),
            ("position", &contact.position),
            ("email", &contact.email),
            ("phone", &contact.phone),
        ] {
            typed.set(&format!("{}.{row}.{field}", CONTACTS.name), value.as_str());
        }
    }
}
