//! Which lines of a file were told before, and which may have been: the same line is known by everything that the bank
//! says of it; what agrees in part only is for somebody to decide, and nothing is dropped for it.

use std::collections::{HashMap, HashSet, VecDeque};

use domain::matching::is_same_name;

use super::ParsedLine;
use crate::contributions::bank_entity::bank_line;

/// Known lines of a day and an amount that one without a reference is held against.
const MOST: usize = 200;

/// What a line of a file is beside the lines that were told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twin {
    /// None that it could be.
    None,
    /// It is this one: known by its identifier.
    Is(i64),
    /// It may be this one.
    MayBe(i64),
    /// It may be the line at this place of the same file.
    Repeats(usize),
}

/// What of a line is compared, of a file's and of one that is known.
struct Seen<'a> {
    own: &'a str,
    references: String,
    payer: &'a str,
    text: &'a str,
    entry: &'a str,
    money: Movement,
}

/// A movement: its day, currency, amount, direction, and whether it takes back another one.
type Movement = (chrono::NaiveDate, String, i64, bool, bool);

impl<'a> Seen<'a> {
    fn parsed(line: &'a ParsedLine) -> Self {
        let code = line.amount.currency.code().to_owned();
        Self {
            own: &line.bank_reference,
            references: line.references.join("\n"),
            payer: &line.payer,
            text: &line.text,
            entry: &line.entry,
            money: (line.date, code, line.amount.minor, line.credit, line.reversal),
        }
    }

    fn known(row: &'a bank_line::Model) -> Self {
        Self {
            own: &row.own_reference,
            references: row.payment_references.clone(),
            payer: &row.payer,
            text: &row.remittance,
            entry: &row.entry,
            money: (row.date, row.currency.clone(), row.amount_minor, row.credit, row.reversal),
        }
    }

    /// Everything that makes a line the same one. Without a reference of the bank's own its place counts, too.
    fn identity(&self, entry: &str) -> String {
        let entry = if self.own.is_empty() { entry } else { "" };
        let money = format!("{:?}", self.money);
        [self.own, &self.references, self.payer, self.text, entry, &money].join("\u{1f}")
    }

    fn same_amount(&self, other: &Self) -> bool {
        let (one, two) = (&self.money, &other.money);
        (&one.1, one.2, one.3, one.4) == (&two.1, two.2, two.3, two.4)
    }

    fn shares_reference(&self, other: &Self) -> bool {
        let all = |seen: &Self| -> HashSet<String> {
            seen.references.lines().chain([seen.own]).filter(|one| !one.is_empty()).map(str::to_owned).collect()
        };
        !all(self).is_disjoint(&all(other))
    }

    /// True where one of the two has no reference of the bank's own, and nothing else tells them apart for sure.
    fn may_be(&self, other: &Self) -> bool {
        let named = self.payer.is_empty() || other.payer.is_empty() || is_same_name(self.payer, other.payer);
        (self.own.is_empty() || other.own.is_empty()) && (named || self.shares_reference(other))
    }
}

/// The lines that are known, as they are looked for.
struct Known<'a> {
    lines: Vec<(i64, Seen<'a>)>,
    by_identity: HashMap<String, VecDeque<usize>>,
    by_own: HashMap<&'a str, Vec<usize>>,
    /// By day, amount and direction; those with a reference of the bank's own, and those without.
    by_money: HashMap<(Movement, bool), Vec<usize>>,
    used: HashSet<usize>,
}

impl<'a> Known<'a> {
    fn new(rows: &'a [bank_line::Model], told: &HashSet<i64>) -> Self {
        let lines: Vec<(i64, Seen<'_>)> = rows.iter().map(|row| (row.id, Seen::known(row))).collect();
        let mut known = Self {
            lines,
            by_identity: HashMap::new(),
            by_own: HashMap::new(),
            by_money: HashMap::new(),
            used: HashSet::new(),
        };
        for (place, row) in rows.iter().enumerate() {
            let seen = Seen::known(row);
            if told.contains(&row.id) {
                known.used.insert(place);
            } else {
                known.by_identity.entry(seen.identity(seen.entry)).or_default().push_back(place);
            }
            if !row.own_reference.is_empty() {
                known.by_own.entry(&row.own_reference).or_default().push(place);
            }
            known.by_money.entry((seen.money, row.own_reference.is_empty())).or_default().push(place);
        }
        known
    }

    /// The line that a file tells again. Lines of before their places were kept have none.
    fn take(&mut self, line: &Seen<'_>) -> Option<i64> {
        for entry in [line.entry, ""] {
            let found = self.by_identity.get_mut(&line.identity(entry)).and_then(VecDeque::pop_front);
            if let Some(place) = found {
                self.used.insert(place);
                return self.lines.get(place).map(|(id, _)| *id);
            }
        }
        None
    }

    fn may_be(&self, line: &Seen<'_>) -> Option<i64> {
        if !line.own.is_empty() {
            let same = self.by_own.get(line.own).into_iter().flatten();
            let found = same.filter_map(|place| self.lines.get(*place)).find(|(_, seen)| seen.same_amount(line));
            if let Some((id, _)) = found {
                return Some(*id);
            }
        }
        let with: &[bool] = if line.own.is_empty() { &[true, false] } else { &[true] };
        let near = with.iter().filter_map(|none| self.by_money.get(&(line.money.clone(), *none)));
        let mut near = near.flat_map(|places| places.iter().take(MOST)).filter(|place| !self.used.contains(*place));
        near.find_map(|place| self.lines.get(*place).filter(|(_, seen)| seen.may_be(line)).map(|(id, _)| *id))
    }
}

/// Says of each line of a file what it is beside the known ones of its account, of which the file told some already.
pub(super) fn twins(lines: &[ParsedLine], rows: &[bank_line::Model], told: &HashSet<i64>) -> Vec<Twin> {
    let mut known = Known::new(rows, told);
    let seen: Vec<Seen<'_>> = lines.iter().map(Seen::parsed).collect();
    let mut twins: Vec<Twin> = seen.iter().map(|line| known.take(line).map_or(Twin::None, Twin::Is)).collect();
    let mut before: HashMap<String, usize> = HashMap::new();
    for (place, line) in seen.iter().enumerate() {
        let repeated = repeats(line).into_iter().filter_map(|key| match before.get(&key) {
            Some(first) => Some(*first),
            None => {
                before.insert(key, place);
                None
            }
        });
        // The payments of one entry share what is said of the entry.
        let ordinal = |place: usize| lines.get(place).map(|line| line.ordinal);
        let repeated = repeated.last().filter(|first| ordinal(*first) != ordinal(place));
        if twins[place] != Twin::None {
            continue;
        }
        twins[place] = match (known.may_be(line), repeated) {
            (Some(id), _) => Twin::MayBe(id),
            (None, Some(first)) => Twin::Repeats(first),
            (None, None) => Twin::None,
        };
    }
    twins
}

/// What a second line of a file must not share with the first to be other money without a question: the bank's own
/// reference and the amount; without one, payer, day, amount and a reference of the payment.
fn repeats(line: &Seen<'_>) -> Vec<String> {
    if !line.own.is_empty() {
        let (_, code, minor, credit, reversal) = &line.money;
        return vec![format!("{}\u{1f}{code}{minor}{credit}{reversal}", line.own)];
    }
    let payer = line.payer.to_lowercase();
    line.references.lines().map(|one| format!("{one}\u{1f}{payer}\u{1f}{:?}", line.money)).collect()
}

/// True when a line agrees with another one in everything but its place in the file.
pub(super) fn tells_again(line: &bank_line::Model, other: &bank_line::Model) -> bool {
    let (one, two) = (Seen::known(line), Seen::known(other));
    one.identity("") == two.identity("")
}
