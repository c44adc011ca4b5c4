//! Contributions: pledges, the instalments in which they are due, receipts, earmarks, rates of exchange and
//! programme support costs (PSC).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::countries::Region;
use crate::errors::FieldErrors;
use crate::forms::{Answers, Field, Form, Group, Kind, Options, optional, required};
use crate::help::Theme;
use crate::ids::ReceiptId;
use crate::message::Message;
use crate::money::{Money, MoneyError};

mod rates;

pub use rates::{RATE, RATE_CORRECTION, RATE_IMPORT, RateLine, unusual_change};

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

/// The standard rate of programme support costs in per cent, as people read and type it.
#[must_use]
pub fn standard_psc_per_cent() -> Decimal {
    Decimal::new(STANDARD_PSC_BASIS_POINTS, 2).normalize()
}

const INSTALMENT_FIELDS: &[Field] = &[required("due", Kind::Date), required("amount", Kind::Amount)];

/// The rows in which the instalments of a pledge are typed.
const fn instalment_rows(least: usize) -> Group {
    Group { name: "instalments", fields: INSTALMENT_FIELDS, least, most: 120 }
}

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
    groups: &[instalment_rows(0)],
};

/// Entering money that came in for a pledge. `settled` is said where the receipt is in another currency than the
/// pledge and the donor says how much of the pledge it pays.
pub const RECEIPT: Form = Form {
    name: "receipt",
    fields: &[
        required("amount", Kind::Amount),
        required("currency", Kind::Choice(Options::Currencies)),
        required("date", Kind::Date),
        required("bank_reference", Kind::Line(60)),
        optional("bank_charge", Kind::Amount),
        optional("settled", Kind::Line(30)),
        optional("other_money", Kind::Choices(Options::Given)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Entering money that came in and of which nobody can say yet what it is.
pub const UNIDENTIFIED: Form = Form {
    name: "unidentified",
    fields: &[
        required("amount", Kind::Amount),
        required("currency", Kind::Choice(Options::Currencies)),
        required("date", Kind::Date),
        required("bank_reference", Kind::Line(60)),
        optional("payer", Kind::Line(200)),
        optional("remittance", Kind::Text(1000)),
        optional("bank_charge", Kind::Amount),
        optional("other_money", Kind::Choices(Options::Given)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Saying for which pledge held money is.
pub const IDENTIFY: Form = Form {
    name: "identify",
    fields: &[
        required("pledge", Kind::Choice(Options::Given)),
        optional("settled", Kind::Line(30)),
        required("reason", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

/// Taking back a receipt that was entered for the wrong pledge.
pub const UNDO_RECEIPT: Form = Form {
    name: "undo-receipt",
    fields: &[required("reason", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Sending held money back.
pub const SEND_BACK: Form = Form {
    name: "send-back",
    fields: &[required("date", Kind::Date), required("reason", Kind::Text(1000)), required("command_id", Kind::Hidden)],
    groups: &[],
};

/// Changing what a donor pledged, and when it is due.
pub const PLEDGE_AMENDMENT: Form = Form {
    name: "pledge-amendment",
    fields: &[
        required("amount", Kind::Amount),
        required("currency", Kind::Hidden),
        required("date", Kind::Date),
        required("reason", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[instalment_rows(1)],
};

/// Giving up a pledge, or a part of it.
pub const WRITE_DOWN: Form = Form {
    name: "write-down",
    fields: &[
        required("amount", Kind::Amount),
        required("currency", Kind::Hidden),
        required("date", Kind::Date),
        required("reason", Kind::Text(1000)),
        required("command_id", Kind::Hidden),
    ],
    groups: &[],
};

code_list! {
    /// In which order a bank's table writes a day.
    DateOrder, "date-order", { DayFirst = "day-first", MonthFirst = "month-first" }
}

code_list! {
    /// What stands before the cents in a bank's table.
    DecimalSign, "decimal-sign", { Point = "point", Comma = "comma" }
}

/// Importing a bank statement. What follows the file is for tables only: the heading of each column, found by itself
/// where the bank uses a common one, and remembered for the account.
pub const STATEMENT: Form = Form {
    name: "bank-statement",
    fields: &[
        optional("file", Kind::File),
        optional("account", Kind::Choice(Options::Given)),
        optional("currency", Kind::Choice(Options::Currencies)),
        optional("column_date", Kind::Line(60)),
        optional("column_amount", Kind::Line(60)),
        optional("column_debit", Kind::Line(60)),
        optional("column_direction", Kind::Line(60)),
        optional("column_currency", Kind::Line(60)),
        optional("column_payer", Kind::Line(60)),
        optional("column_text", Kind::Line(60)),
        optional("column_reference", Kind::Line(60)),
        optional("date_order", Kind::Choice(DateOrder::OPTIONS)),
        optional("decimal_sign", Kind::Choice(DecimalSign::OPTIONS)),
    ],
    groups: &[],
};

/// An account of the Fund whose statements are to be read.
pub const LISTED_ACCOUNT: Form = Form {
    name: "listed-account",
    fields: &[
        required("account_number", Kind::Line(40)),
        required("currency", Kind::Choice(Options::Currencies)),
        required("bank_name", Kind::Line(200)),
    ],
    groups: &[],
};

/// Confirming an account of the Fund: when it stands as it was looked at.
pub const LISTED_ACCOUNT_CONFIRM: Form =
    Form { name: "listed-account-confirm", fields: &[required("seen", Kind::Hidden)], groups: &[] };

/// Saying what a line of a bank statement is: money for a pledge.
pub const MATCH: Form = Form {
    name: "match",
    fields: &[required("pledge", Kind::Choice(Options::Given)), optional("settled", Kind::Line(30))],
    groups: &[],
};

/// Saying that a line of a bank statement is money that was entered, or another line.
pub const SAME_MONEY: Form = Form { name: "same-money", fields: &[required("what", Kind::Line(40))], groups: &[] };

/// Saying that a line is other money than what was shown beside it.
pub const OTHER_MONEY: Form = Form { name: "other-money", fields: &[required("seen", Kind::Line(400))], groups: &[] };

/// Saying that a line of a bank statement is no contribution, and why.
pub const SET_ASIDE: Form = Form { name: "set-aside", fields: &[required("reason", Kind::Line(300))], groups: &[] };

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
    /// What came in; what came in another currency counts as much as it was worth in the pledge's.
    pub received: Money,
    /// What is still to come; never below zero.
    pub outstanding: Money,
    /// What should have come by now.
    pub overdue: Money,
    /// What was given up.
    pub written_down: Money,
}

impl PledgeStanding {
    /// What the donor pledged, less what was given up: received and outstanding add up to it, unless more came in.
    #[must_use]
    pub const fn kept(self) -> Money {
        Money::new(self.pledged.minor - self.written_down.minor, self.pledged.currency)
    }
}

/// Works out the standing of a pledge. `received` is what came in, `written_down` what was given up.
#[must_use]
pub fn standing(
    pledged: Money,
    instalments: &[PledgeInstalment],
    received: Money,
    written_down: i64,
    today: NaiveDate,
) -> PledgeStanding {
    let money = |minor: i64| Money::new(minor.max(0), pledged.currency);
    let left = instalments.iter().zip(unpaid(instalments, received.minor, written_down));
    let late = left.filter(|(instalment, left)| instalment.due < today && is_awaited(*left));
    PledgeStanding {
        pledged,
        received,
        outstanding: money(pledged.minor - received.minor - written_down),
        overdue: money(late.map(|(_, left)| left.minor).sum()),
        written_down: money(written_down),
    }
}

/// Whether what is left of an instalment is money that somebody waits for. Less than one whole unit of the currency is
/// what exchange and the charges of banks leave over: nobody is reminded of it, and it is overdue nowhere.
#[must_use]
pub fn is_awaited(left: Money) -> bool {
    left.minor >= left.currency.unit()
}

/// Which reminder of an instalment is due on a day: the first after two weeks, the second after two months, the third
/// after four; none before.
#[must_use]
pub fn reminder_level(due: NaiveDate, today: NaiveDate) -> i64 {
    match (today - due).num_days() {
        120.. => 3,
        60.. => 2,
        14.. => 1,
        _ => 0,
    }
}

/// What of each instalment is still to come, the earliest paid first; what was given up is taken from the latest.
#[must_use]
pub fn unpaid(instalments: &[PledgeInstalment], received: i64, written_down: i64) -> Vec<Money> {
    let mut left: Vec<i64> = instalments.iter().map(|instalment| instalment.amount.minor).collect();
    let take = |from: &mut dyn Iterator<Item = &mut i64>, mut amount: i64| {
        for one in from {
            let taken = amount.clamp(0, (*one).max(0));
            *one -= taken;
            amount -= taken;
        }
    };
    take(&mut left.iter_mut(), received);
    take(&mut left.iter_mut().rev(), written_down);
    instalments.iter().zip(left).map(|(instalment, minor)| Money::new(minor, instalment.amount.currency)).collect()
}

/// Programme support costs of a receipt in USD, rounded half away from zero.
///
/// # Errors
/// [`MoneyError::TooLarge`].
pub fn programme_support_costs(receipt_usd: Money, basis_points: i64) -> Result<Money, MoneyError> {
    receipt_usd.share(basis_points, 10_000)
}

/// A receipt's share in a grant, in US cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingShare {
    /// The receipt that pays.
    pub receipt: ReceiptId,
    /// US cents.
    pub usd_minor: i64,
}
