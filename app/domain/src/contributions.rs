//! Contributions: pledges, the instalments in which they are due, receipts, earmarks, rates of exchange and
//! programme support costs (PSC).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::countries::Region;
use crate::errors::FieldErrors;
use crate::forms::{Answers, Form, Group, Kind, Options, optional, required};
use crate::help::Theme;
use crate::ids::ReceiptId;
use crate::message::Message;
use crate::money::{Money, MoneyError};

code_list! {
    /// The paper by which a donor pledges.
    Instrument, "instrument", {
        NoteVerbale = "note-verbale",
        ExchangeOfLetters = "exchange-of-letters",
        Agreement = "agreement",
        Online = "online",
    }
}

code_list! {
    /// What a donor binds its money to.
    Earmark, "earmark", {
        /// The common pool.
        None = "none",
        LabourMigration = "theme-labour-migration",
        Trafficking = "theme-trafficking",
        PostTrafficking = "theme-post-trafficking",
        Africa = "region-africa",
        AsiaPacific = "region-asia-pacific",
        EasternEurope = "region-eastern-europe",
        LatinAmericaCaribbean = "region-latin-america-caribbean",
        WesternEuropeOthers = "region-western-europe-others",
    }
}

impl Earmark {
    /// True when money with this earmark may pay for a grant of the theme in the region.
    #[must_use]
    pub fn fits(self, theme: Theme, region: Option<Region>) -> bool {
        match self {
            Self::None => true,
            Self::LabourMigration | Self::Trafficking | Self::PostTrafficking => {
                self.code().strip_prefix("theme-") == Some(theme.code())
            }
            _ => region.is_some_and(|region| self.code().strip_prefix("region-") == Some(region.code())),
        }
    }
}

/// Programme support costs in hundredths of a per cent: 13 per cent, the UN's standard rate (ST/AI/286).
pub const STANDARD_PSC_BASIS_POINTS: i64 = 1300;

/// Entering a pledge. `command_id` is made by the page, so that a form sent twice pledges once.
pub const PLEDGE: Form = Form {
    name: "pledge",
    fields: &[
        required("donor", Kind::Choice(Options::Given)),
        required("currency", Kind::Choice(Options::Currencies)),
        required("amount", Kind::Amount),
        required("instrument", Kind::Choice(Instrument::OPTIONS)),
        required("date", Kind::Date),
        required("earmark", Kind::Choice(Earmark::OPTIONS)),
        optional("psc_per_cent", Kind::Percent),
        optional("note", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[Group {
        name: "instalments",
        fields: &[required("due", Kind::Date), required("amount", Kind::Amount)],
        least: 0,
        most: 12,
    }],
};

/// Entering money that came in for a pledge.
pub const RECEIPT: Form = Form {
    name: "receipt",
    fields: &[
        required("amount", Kind::Amount),
        required("currency", Kind::Choice(Options::Currencies)),
        required("date", Kind::Date),
        required("bank_reference", Kind::Line(60)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Entering one rate of exchange.
pub const RATE: Form = Form {
    name: "rate",
    fields: &[
        required("currency", Kind::Choice(Options::Currencies)),
        required("from", Kind::Date),
        required("units_per_usd", Kind::Rate),
    ],
    groups: &[],
};

/// Importing rates: lines of `currency,date,units per USD`.
pub const RATE_IMPORT: Form =
    Form { name: "rate-import", fields: &[required("csv", Kind::Text(200_000))], groups: &[] };

/// One instalment of a pledge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeInstalment {
    /// Day on which it is due.
    pub due: NaiveDate,
    /// Amount in the pledge's currency.
    pub amount: Money,
}

/// The instalments of a pledge as typed; where none are typed, the whole is due on the pledge's day.
///
/// # Errors
/// `error-instalments-sum` when they do not add up to the amount.
pub fn instalments(answers: &Answers, amount: Money, date: NaiveDate) -> Result<Vec<PledgeInstalment>, FieldErrors> {
    let rows = answers.group("instalments");
    if rows.is_empty() {
        return Ok(vec![PledgeInstalment { due: date, amount }]);
    }
    let mut instalments: Vec<PledgeInstalment> = rows
        .iter()
        .filter_map(|(_, row)| Some(PledgeInstalment { due: row.date("due")?, amount: row.money("amount")? }))
        .collect();
    instalments.sort_by_key(|instalment| instalment.due);
    let sum: i64 = instalments.iter().map(|instalment| instalment.amount.minor).sum();
    if sum != amount.minor {
        let message =
            Message::new("error-instalments-sum").with("sum", Money::new(sum, amount.currency)).with("amount", amount);
        return Err(FieldErrors::one("instalments.0.amount", message));
    }
    Ok(instalments)
}

/// How much of a pledge came in, is still to come, and is overdue on a day. All in the pledge's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PledgeStanding {
    /// What the donor pledged.
    pub pledged: Money,
    /// What came in.
    pub received: Money,
    /// What is still to come; never below zero.
    pub outstanding: Money,
    /// What should have come by now.
    pub overdue: Money,
}

/// Works out the standing of a pledge.
#[must_use]
pub fn standing(pledged: Money, instalments: &[PledgeInstalment], received: Money, today: NaiveDate) -> PledgeStanding {
    let due: i64 =
        instalments.iter().filter(|instalment| instalment.due < today).map(|instalment| instalment.amount.minor).sum();
    let money = |minor: i64| Money::new(minor.max(0), pledged.currency);
    PledgeStanding {
        pledged,
        received,
        outstanding: money(pledged.minor - received.minor),
        overdue: money(due - received.minor),
    }
}

/// Programme support costs of a receipt in USD, rounded half away from zero.
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn programme_support_costs(receipt_usd: Money, basis_points: i64) -> Result<Money, MoneyError> {
    receipt_usd.share(basis_points, 10_000)
}

/// One line of a file of rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLine {
    /// ISO 4217 code.
    pub currency: String,
    /// First day on which the rate holds.
    pub from: NaiveDate,
    /// Units of the currency for one USD.
    pub units_per_usd: Decimal,
}

/// A receipt's share in a grant, in US cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingShare {
    /// The receipt that pays.
    pub receipt: ReceiptId,
    /// US cents.
    pub usd_minor: i64,
}
