//! Amounts of money: a whole number of the currency's minor units (cents for USD), checked arithmetic only.
//! Minor units per currency follow ISO 4217.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// The currencies that can be used, by number of minor units (ISO 4217, list one as of amendment 179), and those
/// withdrawn since the Fund began in 2010, in which older contributions came: ANG, BGN, EEK, HRK, LTL, LVL. Left out
/// are the codes without minor units (precious metals, XDR, XSU, XTS, XUA, XXX), in which nothing can be paid.
const MINOR_UNITS: &[(u32, &str)] = &[
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
    (
        2,
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE \
         CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EEK EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD \
         HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL LTL LVL MAD MDL MGA MKD MMK \
         MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR \
         SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS \
         VED VES WST XAD XCD XCG YER ZAR ZMW ZWG",
    ),
];

/// Whether a code is in a list of codes with one space between them. Every amount that is read or written asks this, a
/// long file tens of thousands of times.
fn is_listed(codes: &str, code: [u8; 3]) -> bool {
    codes.as_bytes().chunks(4).any(|known| known.starts_with(&code))
}

impl Currency {
    /// The Fund's functional currency.
    pub const USD: Self = Self(*b"USD");

    /// The currency of an ISO 4217 code in capitals, if it is one in use.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        MINOR_UNITS.iter().any(|(_, codes)| is_listed(codes, bytes)).then_some(Self(bytes))
    }

    /// The ISO 4217 code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// Digits after the decimal sign: 0 for JPY, 2 for USD, 3 for KWD.
    #[must_use]
    pub fn minor_units(self) -> u32 {
        MINOR_UNITS.iter().find(|(_, codes)| is_listed(codes, self.0)).map_or(2, |(units, _)| *units)
    }

    /// The minor units of one whole unit: 1 for JPY, 100 for USD, 1000 for KWD.
    #[must_use]
    pub fn unit(self) -> i64 {
        10_i64.pow(self.minor_units())
    }

    /// All codes in alphabetical order.
    #[must_use]
    pub fn all_codes() -> Vec<&'static str> {
        let mut codes: Vec<&str> = MINOR_UNITS.iter().flat_map(|(_, codes)| codes.split_whitespace()).collect();
        codes.sort_unstable();
        codes
    }
}

impl std::fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}
impl std::fmt::Display for Currency {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}
impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("unknown currency"))
    }
}

/// What can go wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is no number.
    #[error("not a number")]
    NotANumber,
    /// More digits after the decimal sign than the currency has.
    #[error("too many decimals")]
    TooPrecise,
    /// Larger than the books can hold.
    #[error("too large")]
    TooLarge,
    /// Below zero where that makes no sense.
    #[error("negative")]
    Negative,
    /// Two currencies in one sum.
    #[error("currencies differ")]
    CurrenciesDiffer,
}

/// An amount in minor units of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units: cents for USD, yen for JPY.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// The largest amount that a form takes, in minor units: one hundred thousand million of a two-digit currency.
/// It leaves the sums of a million such amounts far inside 64 bits.
pub const LARGEST_MINOR: i64 = 10_000_000_000_000;

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// US cents.
    #[must_use]
    pub const fn usd(minor: i64) -> Self {
        Self::new(minor, Currency::USD)
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Sum of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrenciesDiffer`] or [`MoneyError::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrenciesDiffer);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Difference of two amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::CurrenciesDiffer`] or [`MoneyError::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self::new(other.minor.checked_neg().ok_or(MoneyError::TooLarge)?, other.currency))
    }

    /// The amount as a decimal number of major units.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_units())
    }

    /// Reads what a person typed: `1234.5`, `1 234,50`, `1,234.50`, `1'234.50`, `14,30,000`, `३३`. The last point or comma is the
    /// decimal sign, except a single comma before exactly three digits, which groups thousands
    /// unless a zero comes first. A single point before exactly three digits is refused where the currency has no
    /// three decimals: `1.000` is one to some people and a thousand to others; `0.500` is not.
    ///
    /// # Errors
    /// [`MoneyError`] for what is no number, too precise for the currency, below zero or beyond [`LARGEST_MINOR`].
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = &in_ascii(text);
        let number = parse_number(text)?;
        if number.is_sign_negative() && !number.is_zero() {
            return Err(MoneyError::Negative);
        }
        let thousands = |(whole, part): (&str, &str)| part.len() == 3 && whole != "0" && !whole.contains(['.', ',']);
        if currency.minor_units() != 3 && text.rsplit_once('.').is_some_and(thousands) {
            return Err(MoneyError::TooPrecise);
        }
        let scaled =
            number.checked_mul(Decimal::from(10_i64.pow(currency.minor_units()))).ok_or(MoneyError::TooLarge)?;
        if !scaled.fract().is_zero() {
            return Err(MoneyError::TooPrecise);
        }
        let minor = i64::try_from(scaled.trunc()).map_err(|_| MoneyError::TooLarge)?;
        if minor > LARGEST_MINOR {
            return Err(MoneyError::TooLarge);
        }
        Ok(Self::new(minor, currency))
    }

    /// Reads what a program wrote: digits and perhaps a decimal point, nothing else.
    #[must_use]
    pub fn parse_plain(text: &str, currency: Currency) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = Decimal::from_str_exact(text).ok().filter(|_| plain)?;
        let scaled = number.checked_mul(Decimal::from(10_i64.pow(currency.minor_units())))?;
        let minor = i64::try_from(scaled).ok().filter(|_| scaled.fract().is_zero())?;
        (minor <= LARGEST_MINOR).then_some(Self::new(minor, currency))
    }

    /// The amount in USD at a UN operational rate (units of this currency for one USD).
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], also for a rate of zero.
    pub fn to_usd(self, units_per_usd: Decimal) -> Result<Self, MoneyError> {
        if self.currency == Currency::USD {
            return Ok(self);
        }
        let major = self.to_decimal().checked_div(units_per_usd).ok_or(MoneyError::TooLarge)?;
        Self::from_decimal(major, Currency::USD)
    }

    /// A share of the amount: `self × numerator ÷ denominator`, rounded half away from zero.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`], also for a denominator of zero.
    pub fn share(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator == 0 {
            return Err(MoneyError::TooLarge);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let half = denominator.abs() / 2;
        let away = if (product < 0) == (denominator < 0) { half } else { -half };
        let rounded = (product + if denominator < 0 { -away } else { away }) / denominator;
        i64::try_from(rounded).map(|minor| Self::new(minor, self.currency)).map_err(|_| MoneyError::TooLarge)
    }

    /// An amount from major units, rounded half away from zero to the minor unit.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`].
    pub fn from_decimal(major: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let units = currency.minor_units();
        let minor = major
            .checked_mul(Decimal::from(10_i64.pow(units)))
            .ok_or(MoneyError::TooLarge)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        i64::try_from(minor).map(|minor| Self::new(minor, currency)).map_err(|_| MoneyError::TooLarge)
    }
}

impl std::fmt::Display for Money {
    /// Plain, for logs and CSV: `1234.50 USD`. People read money through the `i18n` crate.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.to_decimal(), self.currency)
    }
}

/// Reads a number as people of several countries type it; see [`Money::parse`].
///
/// # Errors
/// [`MoneyError::NotANumber`], [`MoneyError::TooPrecise`] or [`MoneyError::TooLarge`].
pub fn parse_number(text: &str) -> Result<Decimal, MoneyError> {
    let compact = in_ascii(text);
    let (sign, digits) = match compact.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", compact.as_str()),
    };
    // The Arabic decimal sign is nothing else.
    if let Some((whole, part)) = digits.split_once('\u{66b}') {
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        return match plain(whole) && plain(part) {
            true => exact(&format!("{sign}{whole}.{part}")),
            false => Err(MoneyError::NotANumber),
        };
    }
    let valid = !digits.is_empty()
        && digits.starts_with(|character: char| character.is_ascii_digit())
        && digits.chars().all(|character| character.is_ascii_digit() || character == '.' || character == ',');
    if !valid {
        return Err(MoneyError::NotANumber);
    }
    if digits.len() > 40 {
        return Err(MoneyError::TooLarge);
    }
    let decimal_at = decimal_position(digits)?;
    let mut plain = String::from(sign);
    for (position, character) in digits.char_indices() {
        if Some(position) == decimal_at {
            plain.push('.');
        } else if character.is_ascii_digit() {
            plain.push(character);
        }
    }
    exact(&plain)
}

/// What a reader of decimal commas means by `33,333`, which would else be read as thousands: `33.333`. None for any other
/// text, so that nothing else that is typed, such as a password, becomes another one.
#[must_use]
pub fn with_decimal_point(text: &str) -> Option<String> {
    let (whole, part) = text.trim().split_once(',')?;
    let digits = |text: &str| in_ascii(text).bytes().all(|byte| byte.is_ascii_digit());
    let one_group = (1..=3).contains(&whole.chars().count()) && part.chars().count() == 3;
    let is_number = one_group && digits(whole) && digits(part);
    is_number.then(|| format!("{whole}.{part}"))
}

fn exact(plain: &str) -> Result<Decimal, MoneyError> {
    if plain.len() > 42 {
        return Err(MoneyError::TooLarge);
    }
    Decimal::from_str_exact(plain).map_err(|error| match error {
        rust_decimal::Error::Underflow => MoneyError::TooPrecise,
        _ => MoneyError::TooLarge,
    })
}

/// The zeros of the scripts with ten digits of their own in which amounts are typed; the others follow each.
const ZEROS: [char; 19] =
    ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '０', '߀'];

/// A number with the digits of any script as those of ASCII, without the signs that can only group: blanks, apostrophes
/// and the Arabic one for thousands.
fn in_ascii(text: &str) -> String {
    let digit = |character: char| {
        let of = |zero: &char| u32::from(character).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
        ZEROS.iter().find_map(of).and_then(|value| char::from_digit(value, 10)).unwrap_or(character)
    };
    let groups = |character: &char| character.is_whitespace() || matches!(character, '\'' | '\u{2019}' | '\u{66c}');
    text.chars().filter(|character| !groups(character)).map(digit).collect()
}

/// Where the decimal sign stands, after checking that the other signs group thousands, or lakhs and crores.
fn decimal_position(digits: &str) -> Result<Option<usize>, MoneyError> {
    let Some(last) = digits.rfind(['.', ',']) else { return Ok(None) };
    let sign = digits.as_bytes()[last];
    let same = digits.bytes().filter(|byte| *byte == sign).count();
    let others = digits.bytes().any(|byte| (byte == b'.' || byte == b',') && byte != sign);
    let after = digits.len() - last - 1;
    let groups_thousands = same > 1 || (sign == b',' && after == 3 && !others && !digits.starts_with('0'));
    let decimal_at = (!groups_thousands).then_some(last);
    let whole = &digits[..decimal_at.unwrap_or(digits.len())];
    let groups: Vec<usize> = whole.split(['.', ',']).map(str::len).collect();
    let grouped = match groups.as_slice() {
        [first] => *first > 0,
        [first, rest @ ..] if rest.iter().all(|length| *length == 3) => (1..=3).contains(first),
        // Twos before the last three: 14,30,000.
        [first, twos @ .., 3] => {
            (1..=2).contains(first) && twos.iter().all(|length| *length == 2) && !whole.contains('.')
        }
        _ => false,
    };
    let ok = grouped && (decimal_at.is_none() || after > 0);
    let mixed = others && same > 1;
    if ok && !mixed { Ok(decimal_at) } else { Err(MoneyError::NotANumber) }
}

/// Splits a total into parts in proportion to weights, to the last minor unit: the largest remainders get the
/// units that rounding down left over; of equal remainders the earlier one. Weights that are all zero give zeros.
#[must_use]
pub fn split_in_proportion(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let negative = total < 0;
    let total = i128::from(total).abs();
    let mut parts: Vec<i128> = Vec::with_capacity(weights.len());
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    for (position, weight) in weights.iter().enumerate() {
        let product = total * i128::from((*weight).max(0));
        parts.push(product / sum);
        remainders.push((product % sum, position));
    }
    let mut left = total - parts.iter().sum::<i128>();
    remainders.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    for (_, position) in remainders {
        if left == 0 {
            break;
        }
        parts[position] += 1;
        left -= 1;
    }
    parts.into_iter().map(|part| i64::try_from(if negative { -part } else { part }).unwrap_or(i64::MAX)).collect()
}
