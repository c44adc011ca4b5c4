//! The people, donors and organisations of the demo. All invented.

use domain::contributions::{Earmark, Instrument};
use domain::donors::DonorKind;
use domain::help::Theme;
use domain::roles::Role;

/// The password of every demo person.
pub const PASSWORD: &str = "demo-fund-2026";

/// Staff: name, address before the `@`, role.
pub const STAFF: &[(&str, &str, Role)] = &[
    ("Astrid Hollmann", "astrid.hollmann", Role::Administrator),
    ("Amina Diallo", "amina.diallo", Role::ProgrammeOfficer),
    ("Rafael Ortega Lima", "rafael.ortega", Role::ProgrammeOfficer),
    ("Mei-Lin Hartmann", "mei-lin.hartmann", Role::TechnicalReviewer),
    ("Tomasz Wierzba", "tomasz.wierzba", Role::TechnicalReviewer),
    ("Noura Belkacem", "noura.belkacem", Role::TechnicalReviewer),
    ("Kofi Asante-Brown", "kofi.asante", Role::TechnicalReviewer),
    ("Ingrid Solheim", "ingrid.solheim", Role::BoardMember),
    ("Joseph Mbarga", "joseph.mbarga", Role::BoardMember),
    ("Priyanka Rajbanshi", "priyanka.rajbanshi", Role::BoardMember),
    ("Lucía Ferrand", "lucia.ferrand", Role::BoardMember),
    ("Danylo Kovalchuk", "danylo.kovalchuk", Role::BoardMember),
    ("Grace Okonjo", "grace.okonjo", Role::ExecutiveDirector),
    ("Henrik Aalto", "henrik.aalto", Role::CertifyingOfficer),
    ("Salma Rachidi", "salma.rachidi", Role::ApprovingOfficer),
    ("Benedikt Moser", "benedikt.moser", Role::FinanceOfficer),
    ("Yolanda Pereira", "yolanda.pereira", Role::Auditor),
];

/// A donor of the demo.
pub struct Donor {
    /// Name.
    pub name: &'static str,
    /// Kind.
    pub kind: DonorKind,
    /// Country.
    pub country: &'static str,
    /// Currency of its pledges.
    pub currency: &'static str,
    /// What it pledges each year, in major units.
    pub yearly: i64,
    /// What it binds its money to.
    pub earmark: Earmark,
    /// The paper by which it pledges.
    pub instrument: Instrument,
    /// Person to write to.
    pub contact: &'static str,
}

#[allow(clippy::too_many_arguments, reason = "one call is one row of the table below")]
const fn donor(
    name: &'static str,
    kind: DonorKind,
    country: &'static str,
    currency: &'static str,
    yearly: i64,
    earmark: Earmark,
    instrument: Instrument,
    contact: &'static str,
) -> Donor {
    Donor { name, kind, country, currency, yearly, earmark, instrument, contact }
}

use DonorKind as K;
use Earmark as E;
use Instrument as I;

/// The donors. Those that are states bear states' names; what they give is invented.
pub const DONORS: &[Donor] = &[
    donor("Norway", K::MemberState, "NO", "NOK", 1_600_000, E::None, I::NoteVerbale, "Solveig Brekke"),
    donor("Austria", K::MemberState, "AT", "EUR", 90_000, E::None, I::ExchangeOfLetters, "Magdalena Pichler"),
    donor("Japan", K::MemberState, "JP", "JPY", 9_000_000, E::AsiaPacific, I::NoteVerbale, "Haruto Minami"),
    donor("Switzerland", K::MemberState, "CH", "CHF", 80_000, E::None, I::Agreement, "Urs Zbinden"),
    donor("Canada", K::MemberState, "CA", "CAD", 70_000, E::LatinAmericaCaribbean, I::Agreement, "Claire Beauséjour"),
    donor("Sweden", K::MemberState, "SE", "SEK", 500_000, E::PostTrafficking, I::Agreement, "Elin Rosengren"),
    donor("Qatar", K::MemberState, "QA", "USD", 60_000, E::None, I::ExchangeOfLetters, "Hamad Al-Suwaidi"),
    donor("Portugal", K::MemberState, "PT", "EUR", 25_000, E::Africa, I::NoteVerbale, "Inês Valadares"),
    donor(
        "Regional Development Bank of the South",
        K::Intergovernmental,
        "",
        "USD",
        40_000,
        E::LabourMigration,
        I::Agreement,
        "Thandiwe Moyo",
    ),
    donor(
        "Lantern Street Foundation",
        K::Foundation,
        "US",
        "USD",
        50_000,
        E::Trafficking,
        I::Agreement,
        "Margaret Ellery",
    ),
    donor("Fondation Rive Claire", K::Foundation, "FR", "EUR", 30_000, E::None, I::Agreement, "Bastien Lacombe"),
    donor("Fairhaven Hotels Group", K::PrivateSector, "GB", "GBP", 20_000, E::None, I::Online, "Oliver Pemberton"),
    donor("Nordlys Shipping", K::PrivateSector, "DK", "EUR", 15_000, E::LabourMigration, I::Online, "Mikkel Thorsen"),
    donor("Network of Sister Cities", K::Ngo, "IT", "EUR", 8_000, E::None, I::Online, "Chiara Montefiori"),
    donor("Eleanor Whitcombe", K::Individual, "AU", "AUD", 5_000, E::None, I::Online, "Eleanor Whitcombe"),
];

/// Editors of the first organisations, in their order.
pub const EDITORS: &[&str] = &["Kiran Gurung", "Sarita Tharu", "Mateo Ibáñez", "Baraka Mwangi"];

/// An organisation of the demo.
pub struct Organisation {
    /// Legal name.
    pub name: &'static str,
    /// Country.
    pub country: &'static str,
    /// Where it works.
    pub place: &'static str,
    /// Theme of its projects.
    pub theme: Theme,
    /// The authorised signatory.
    pub signatory: &'static str,
}

const fn organisation(
    name: &'static str,
    country: &'static str,
    place: &'static str,
    theme: Theme,
    signatory: &'static str,
) -> Organisation {
    Organisation { name, country, place, theme, signatory }
}

use Theme::{LabourMigration as L, PostTrafficking as P, Trafficking as T};

/// The organisations: 42 in 37 countries.
pub const ORGANISATIONS: &[Organisation] = &[
    organisation("Himalaya Return and Recovery", "NP", "Kathmandu and Sindhupalchok", P, "Sunita Tamang"),
    organisation("Asha Ghar Women's Shelter", "NP", "Nepalgunj", T, "Bimala Chaudhary"),
    organisation("Casa Aurora", "MX", "Tijuana", T, "Lorena Villaseñor"),
    organisation("Maisha Mapya Trust", "KE", "Mombasa and Kilifi", P, "Wanjiru Kamau"),
    organisation("Nuevo Amanecer", "CO", "Cúcuta", L, "Paola Cárdenas"),
    organisation("Steps Forward Society", "IN", "Murshidabad", P, "Anindita Sarkar"),
    organisation("Maison Lumière", "CM", "Douala", T, "Clarisse Ngo Bikai"),
    organisation("Safe Harbour Initiative", "PH", "Zamboanga", L, "Maribel Santos"),
    organisation("Open Window Centre", "MD", "Chișinău", P, "Doina Rusu"),
    organisation("Kalyna Support Network", "UA", "Lviv", T, "Oksana Melnyk"),
    organisation("Sahil Migrant Aid", "TN", "Sfax", L, "Rim Gharbi"),
    organisation("Second Dawn Association", "ET", "Addis Ababa", P, "Tigist Alemu"),
    organisation("Vida Digna", "BR", "Belém", L, "Juliana Tavares"),
    organisation("House of the Banyan", "LK", "Batticaloa", P, "Dilani Perera"),
    organisation("Good Road Foundation", "GH", "Volta Region", T, "Efua Mensah"),
    organisation("Rivière d'Espoir", "SN", "Saint-Louis", T, "Aïssatou Sarr"),
    organisation("Bridge of Friendship", "VN", "Lào Cai", T, "Trần Thu Hà"),
    organisation("New Shore Alliance", "TH", "Samut Sakhon", L, "Kanokwan Srisai"),
    organisation("Hogar Semilla", "GT", "Quetzaltenango", P, "Rosa Xicay"),
    organisation("Protecting Hands", "NG", "Benin City", P, "Osaro Ighodaro"),
    organisation("Women of the Delta", "BD", "Khulna", P, "Shirin Akter"),
    organisation("Mountain Children's Rights Group", "PK", "Gilgit", T, "Zahra Baig"),
    organisation("Phare du Sud", "MG", "Toliara", T, "Hanta Rakotomalala"),
    organisation("Bright Loom Cooperative", "KH", "Battambang", L, "Sophea Chan"),
    organisation("Sol de los Andes", "PE", "Madre de Dios", L, "Yesenia Quispe"),
    organisation("Tajalli Legal Aid", "LB", "Beirut", L, "Nadine Khoury"),
    organisation("Balkan Safe Path", "RS", "Niš", T, "Jelena Stojanović"),
    organisation("Danube Survivors' Network", "RO", "Galați", P, "Ioana Munteanu"),
    organisation("Umoja wa Wasafiri", "TZ", "Arusha", T, "Neema Mushi"),
    organisation("Roots and Wings", "ZA", "Durban", P, "Lindiwe Zulu"),
    organisation("Kizuna Migrant Workers' Centre", "ID", "Kupang", L, "Yohana Lay"),
    organisation("Light of Issyk-Kul", "KG", "Karakol", L, "Aizada Toktosunova"),
    organisation("Puerta Abierta", "EC", "Esmeraldas", T, "Gabriela Mina"),
    organisation("Hope Workshop", "AL", "Elbasan", P, "Mirela Hoxha"),
    organisation("Terra Nossa", "MZ", "Nampula", T, "Celeste Macuácua"),
    organisation("Blue Lotus House", "MM", "Mandalay", T, "Thiri Aung"),
    organisation("Voix des Filles", "CI", "Abidjan", T, "Mariam Kouassi"),
    organisation("Casa del Río", "AR", "Posadas", L, "Florencia Acuña"),
    organisation("Northern Star Youth Shelter", "IN", "Siliguri", T, "Pema Lama"),
    organisation("Garden Gate Recovery", "KE", "Busia", T, "Akinyi Odhiambo"),
    organisation("Fresh Start Livelihoods", "NG", "Kano", L, "Hauwa Bello"),
    organisation("Sapling Community Care", "PH", "Cebu", P, "Teresita Abad"),
];
