//! Whom the Fund helps and how: themes, groups of people, forms of exploitation and kinds of help. People are
//! only ever counted; nothing here can describe one of them.

use serde::{Deserialize, Serialize};

code_list! {
    /// What a project is about.
    Theme, "theme", {
        LabourMigration = "labour-migration",
        Trafficking = "trafficking",
        PostTrafficking = "post-trafficking",
    }
}

code_list! {
    /// A closer look at a theme.
    SubTheme, "sub-theme", { Stigma = "stigma", Livelihoods = "livelihoods", Citizenship = "citizenship" }
}

code_list! {
    /// Sex, as far as stated.
    Sex, "sex", { Female = "female", Male = "male", Other = "other" }
}

code_list! {
    /// Age: a child is under 18 (Convention on the Rights of the Child, article 1).
    AgeGroup, "age", { Child = "child", Adult = "adult", NotStated = "not-stated" }
}

code_list! {
    /// Whether people were trafficked within a country or across a border.
    Movement, "movement", { Internal = "internal", CrossBorder = "cross-border" }
}

code_list! {
    /// Whether people came back to where they lived.
    Returnee, "returnee", { Yes = "yes", No = "no", NotStated = "not-stated" }
}

code_list! {
    /// For what people were exploited (Trafficking in Persons Protocol, article 3, and the practice of the Fund).
    Exploitation, "exploitation", {
        Sexual = "sexual",
        ForcedLabour = "forced-labour",
        DomesticServitude = "domestic-servitude",
        ForcedBegging = "forced-begging",
        ForcedCrime = "forced-crime",
        ForcedMarriage = "forced-marriage",
        OrganRemoval = "organ-removal",
        ChildSoldiering = "child-soldiering",
        AbuseMaterial = "abuse-material",
        MixedOrOther = "mixed-or-other",
        NotStated = "not-stated",
    }
}

code_list! {
    /// The situation in which a project works.
    HelpContext, "context", {
        ArmedConflict = "armed-conflict",
        LargeMovements = "large-movements",
        InternalDisplacement = "internal-displacement",
        Disaster = "disaster",
        None = "none",
    }
}

code_list! {
    /// Kinds of recovery that help serves (Trafficking in Persons Protocol, article 6, paragraph 3).
    HelpKind, "help", { Physical = "physical", Psychological = "psychological", Social = "social" }
}

code_list! {
    /// What is done for people.
    HelpService, "service", {
        Shelter = "shelter",
        FoodAndClothing = "food-and-clothing",
        MedicalCare = "medical-care",
        SafeTransport = "safe-transport",
        Counselling = "counselling",
        Therapy = "therapy",
        PeerSupport = "peer-support",
        LegalAid = "legal-aid",
        CompensationClaims = "compensation-claims",
        IdentityDocuments = "identity-documents",
        Education = "education",
        VocationalTraining = "vocational-training",
        Livelihoods = "livelihoods",
        Reintegration = "reintegration",
        CommunityWork = "community-work",
    }
}

impl HelpService {
    /// The kind of help that the service is.
    #[must_use]
    pub const fn kind(self) -> HelpKind {
        match self {
            Self::Shelter | Self::FoodAndClothing | Self::MedicalCare | Self::SafeTransport => HelpKind::Physical,
            Self::Counselling | Self::Therapy | Self::PeerSupport => HelpKind::Psychological,
            _ => HelpKind::Social,
        }
    }
}

code_list! {
    /// Groups that a call or a project gives priority to.
    PriorityGroup, "priority-group", {
        Women = "women",
        Men = "men",
        Children = "children",
        Returnees = "returnees",
        PersonsWithDisabilities = "persons-with-disabilities",
        RefugeesAndDisplaced = "refugees-and-displaced",
        IndigenousAndMinority = "indigenous-and-minority",
        Lgbtqi = "lgbtqi",
        OlderPersons = "older-persons",
    }
}

code_list! {
    /// What an activity is: direct help, or one of the measures that the Global Plan of Action asks for beside it.
    ActivityKind, "activity", {
        DirectHelp = "direct-help",
        ReferralMechanism = "referral-mechanism",
        Awareness = "awareness",
        Training = "training",
        Research = "research",
        LawAndPolicy = "law-and-policy",
    }
}

code_list! {
    /// Sectors of development that a project links to.
    Sector, "sector", {
        Development = "development",
        Gender = "gender",
        Education = "education",
        Health = "health",
        Migration = "migration",
        HumanRights = "human-rights",
        Governance = "governance",
        DisasterAndPostConflict = "disaster-and-post-conflict",
    }
}

/// How many people of one group are to be helped or were helped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HelpedCell {
    /// Sex.
    pub sex: Sex,
    /// Age group.
    pub age: AgeGroup,
    /// Within a country or across a border.
    pub movement: Movement,
    /// Came back or not.
    pub returnee: Returnee,
    /// Form of exploitation.
    pub exploitation: Exploitation,
    /// People, from 0.
    pub count: i64,
}

impl HelpedCell {
    /// True when two cells count the same group of people.
    #[must_use]
    pub fn same_group(&self, other: &Self) -> bool {
        Self { count: 0, ..*self } == Self { count: 0, ..*other }
    }
}

/// All people in some cells.
#[must_use]
pub fn people(cells: &[HelpedCell]) -> i64 {
    cells.iter().fold(0, |sum, cell| sum.saturating_add(cell.count))
}

/// True when any child is among the people.
#[must_use]
pub fn children_helped(cells: &[HelpedCell]) -> bool {
    cells.iter().any(|cell| cell.age == AgeGroup::Child && cell.count > 0)
}
