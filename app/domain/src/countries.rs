//! Countries by ISO 3166-1 alpha-2 code: the Member States of the United Nations and the observer States (Holy
//! See, State of Palestine), with the UN regional group and the regional mechanisms that they belong to.

use serde::Serialize;

code_list! {
    /// The regional groups of Member States (UN Department for General Assembly and Conference Management).
    Region, "region", {
        Africa = "africa",
        AsiaPacific = "asia-pacific",
        EasternEurope = "eastern-europe",
        LatinAmericaCaribbean = "latin-america-caribbean",
        WesternEuropeOthers = "western-europe-others",
    }
}

code_list! {
    /// Regional mechanisms whose work the Global Plan of Action wants aligned with the Protocol (paragraph 22).
    Mechanism, "mechanism", {
        Saarc = "saarc",
        Asean = "asean",
        AfricanUnion = "african-union",
        Ecowas = "ecowas",
        EuropeanUnion = "european-union",
        CouncilOfEurope = "council-of-europe",
        Osce = "osce",
        Oas = "oas",
        Caricom = "caricom",
        Mercosur = "mercosur",
        LeagueOfArabStates = "league-of-arab-states",
        Cis = "cis",
        Sadc = "sadc",
        Eac = "eac",
        PacificIslandsForum = "pacific-islands-forum",
    }
}

/// One country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: &'static str,
    /// The UN regional group.
    pub region: Region,
}

impl Country {
    /// The key of the name in the locale files: `country-NP`.
    #[must_use]
    pub fn label_key(&self) -> String {
        label_key(self.code)
    }

    /// The regional mechanisms that the country belongs to.
    #[must_use]
    pub fn mechanisms(&self) -> Vec<Mechanism> {
        mechanisms(self.code)
    }
}

/// The key of a country's name in the locale files.
#[must_use]
pub fn label_key(code: &str) -> String {
    format!("country-{code}")
}

macro_rules! countries {
    ($($region:ident: $($code:literal)+;)+) => {
        /// All countries, by region. The State of Palestine takes part in the Asia-Pacific group, the Holy See
        /// is an observer of the Western European and Others group; Türkiye is counted there, as in elections.
        const COUNTRIES: &[Country] = &[$($(Country { code: $code, region: Region::$region }),+),+];
    };
}

countries! {
    Africa: "AO" "BF" "BI" "BJ" "BW" "CD" "CF" "CG" "CI" "CM" "CV" "DJ" "DZ" "EG" "ER" "ET" "GA" "GH" "GM" "GN" "GQ"
        "GW" "KE" "KM" "LR" "LS" "LY" "MA" "MG" "ML" "MR" "MU" "MW" "MZ" "NA" "NE" "NG" "RW" "SC" "SD" "SL" "SN" "SO"
        "SS" "ST" "SZ" "TD" "TG" "TN" "TZ" "UG" "ZA" "ZM" "ZW";
    AsiaPacific: "AE" "AF" "BD" "BH" "BN" "BT" "CN" "CY" "FJ" "FM" "ID" "IN" "IQ" "IR" "JO" "JP" "KG" "KH" "KI" "KP"
        "KR" "KW" "KZ" "LA" "LB" "LK" "MH" "MM" "MN" "MV" "MY" "NP" "NR" "OM" "PG" "PH" "PK" "PS" "PW" "QA" "SA" "SB"
        "SG" "SY" "TH" "TJ" "TL" "TM" "TO" "TV" "UZ" "VN" "VU" "WS" "YE";
    EasternEurope: "AL" "AM" "AZ" "BA" "BG" "BY" "CZ" "EE" "GE" "HR" "HU" "LT" "LV" "MD" "ME" "MK" "PL" "RO" "RS"
        "RU" "SI" "SK" "UA";
    LatinAmericaCaribbean: "AG" "AR" "BB" "BO" "BR" "BS" "BZ" "CL" "CO" "CR" "CU" "DM" "DO" "EC" "GD" "GT" "GY" "HN"
        "HT" "JM" "KN" "LC" "MX" "NI" "PA" "PE" "PY" "SR" "SV" "TT" "UY" "VC" "VE";
    WesternEuropeOthers: "AD" "AT" "AU" "BE" "CA" "CH" "DE" "DK" "ES" "FI" "FR" "GB" "GR" "IE" "IL" "IS" "IT" "LI"
        "LU" "MC" "MT" "NL" "NO" "NZ" "PT" "SE" "SM" "TR" "US" "VA";
}

/// All countries, by region and then by code. Screens sort them by name in the reader's language.
#[must_use]
pub const fn all() -> &'static [Country] {
    COUNTRIES
}

/// The country of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code == code)
}

/// The country to which banks of a territory with a code of its own belong here, such as Hong Kong or Réunion; any other
/// code is its own.
#[must_use]
pub fn sovereign(code: &str) -> &str {
    const TERRITORIES: &[(&str, &[&str])] = &[
        ("CN", &["HK", "MO", "TW"]),
        ("DK", &["FO", "GL"]),
        ("FI", &["AX"]),
        ("FR", &["BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"]),
        ("GB", &["AI", "BM", "FK", "GG", "GI", "IM", "JE", "KY", "MS", "SH", "TC", "VG"]),
        ("NL", &["AW", "BQ", "CW", "SX"]),
        ("NO", &["SJ"]),
        ("NZ", &["CK", "NU", "TK"]),
        ("US", &["AS", "GU", "MP", "PR", "VI"]),
    ];
    TERRITORIES.iter().find(|(_, territories)| territories.contains(&code)).map_or(code, |(country, _)| *country)
}

/// True when the code is a country's.
#[must_use]
pub fn is_country(code: &str) -> bool {
    find(code).is_some()
}

/// The UN regional group of a country.
#[must_use]
pub fn region(code: &str) -> Option<Region> {
    find(code).map(|country| country.region)
}

impl Mechanism {
    /// The members among [`all`], as the mechanisms' own secretariats listed them on 1 January 2026. Full members
    /// only; suspended ones count as long as they are listed as members (Mercosur lists Venezuela as suspended and
    /// it is left out; the OAS lists Cuba and Venezuela, and not Nicaragua, which left in 2023; Burkina Faso, Mali
    /// and the Niger left ECOWAS in January 2025; Timor-Leste joined ASEAN in October 2025). Members that are not
    /// States of the United Nations (Montserrat, Cook Islands, Niue, French Polynesia, New Caledonia) have no code.
    #[must_use]
    pub const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Saarc => &["AF", "BD", "BT", "IN", "LK", "MV", "NP", "PK"],
            Self::Asean => &["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"],
            Self::AfricanUnion => &[
                "AO", "BF", "BI", "BJ", "BW", "CD", "CF", "CG", "CI", "CM", "CV", "DJ", "DZ", "EG", "ER", "ET", "GA",
                "GH", "GM", "GN", "GQ", "GW", "KE", "KM", "LR", "LS", "LY", "MA", "MG", "ML", "MR", "MU", "MW", "MZ",
                "NA", "NE", "NG", "RW", "SC", "SD", "SL", "SN", "SO", "SS", "ST", "SZ", "TD", "TG", "TN", "TZ", "UG",
                "ZA", "ZM", "ZW",
            ],
            Self::Ecowas => &["BJ", "CI", "CV", "GH", "GM", "GN", "GW", "LR", "NG", "SL", "SN", "TG"],
            Self::EuropeanUnion => &[
                "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
                "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
            ],
            Self::CouncilOfEurope => &[
                "AD", "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
                "GB", "GE", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT",
                "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "TR", "UA",
            ],
            Self::Osce => &[
                "AD", "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "BY", "CA", "CH", "CY", "CZ", "DE", "DK", "EE", "ES",
                "FI", "FR", "GB", "GE", "GR", "HR", "HU", "IE", "IS", "IT", "KG", "KZ", "LI", "LT", "LU", "LV", "MC",
                "MD", "ME", "MK", "MN", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TJ",
                "TM", "TR", "UA", "US", "UZ", "VA",
            ],
            Self::Oas => &[
                "AG", "AR", "BB", "BO", "BR", "BS", "BZ", "CA", "CL", "CO", "CR", "CU", "DM", "DO", "EC", "GD", "GT",
                "GY", "HN", "HT", "JM", "KN", "LC", "MX", "PA", "PE", "PY", "SR", "SV", "TT", "US", "UY", "VC", "VE",
            ],
            Self::Caricom => &["AG", "BB", "BS", "BZ", "DM", "GD", "GY", "HT", "JM", "KN", "LC", "SR", "TT", "VC"],
            Self::Mercosur => &["AR", "BO", "BR", "PY", "UY"],
            Self::LeagueOfArabStates => &[
                "AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA",
                "SD", "SO", "SY", "TN", "YE",
            ],
            Self::Cis => &["AM", "AZ", "BY", "KG", "KZ", "MD", "RU", "TJ", "UZ"],
            Self::Sadc => {
                &["AO", "BW", "CD", "KM", "LS", "MG", "MU", "MW", "MZ", "NA", "SC", "SZ", "TZ", "ZA", "ZM", "ZW"]
            }
            Self::Eac => &["BI", "CD", "KE", "RW", "SO", "SS", "TZ", "UG"],
            Self::PacificIslandsForum => {
                &["AU", "FJ", "FM", "KI", "MH", "NR", "NZ", "PG", "PW", "SB", "TO", "TV", "VU", "WS"]
            }
        }
    }
}

/// The regional mechanisms that a country belongs to.
#[must_use]
pub fn mechanisms(country_code: &str) -> Vec<Mechanism> {
    Mechanism::ALL.iter().copied().filter(|mechanism| mechanism.members().contains(&country_code)).collect()
}
