//! What reviewers, the Board and organisations of the demo write: several variants of each text, chosen by number, so
//! that no two records that stand beside each other read the same.

use domain::help::Theme;

/// One of several texts, by number.
fn choose(texts: &[&'static str], number: usize) -> &'static str {
    texts.get(number % texts.len().max(1)).copied().unwrap_or_default()
}

/// A reviewer's comment on the criterion in a row of the sheet.
pub fn review_comment(recommended: bool, number: usize, row: usize) -> &'static str {
    let good = [
        "Well argued; some figures could be firmer.",
        "Clear and specific. The links to hospitals and police are described step by step.",
        "Convincing: survivors took part in the planning, and it shows.",
        "Sound, although the second year depends on a grant that is not yet confirmed.",
        "Good for an organisation of this size. Indicators can be counted without asking anybody twice.",
        "Realistic and modest. A plan for staff leaving would make it stronger.",
    ];
    let weak = [
        "Too general: it could be about any place.",
        "The figures of the plan and of the budget do not fit together.",
        "It does not say how people learn of the help, or what it does when the shelter is full.",
        "Little direct help; most of the work is meetings and posters.",
        "Consent and confidentiality are named, but nobody is made responsible for them.",
        "The results cannot be told from the activities.",
    ];
    choose(if recommended { &good } else { &weak }, number + row)
}

/// A reviewer's judgement on the whole.
pub fn review_overall(recommended: bool, number: usize) -> &'static str {
    let good = [
        "A realistic plan by people who know the place. The budget is modest and clear.",
        "Strong on care and on legal aid. I would ask for a firmer plan for the time after the grant.",
        "The organisation does little, and does it well. The target numbers are careful and can be reached.",
        "Survivors have a say in every part of it. The costs of transport should be watched.",
        "Good value: most of the money reaches people directly, and the district shares the rent.",
    ];
    let weak = [
        "The need is real, but the plan does not yet say who will be helped, and how.",
        "An honest organisation with a plan that is too wide for its size. It should apply again.",
        "The budget carries an office rather than help. I cannot recommend it as it stands.",
    ];
    if recommended { choose(&good, number) } else { choose(&weak, number) }
}

/// What the Board makes an award depend on.
pub fn award_condition(number: usize) -> &'static str {
    let conditions = [
        "A child protection policy.",
        "A written agreement with the regional hospital.",
        "The accounts of last year, audited.",
        "Staff who drive participants are trained in safeguarding.",
        "A plan for the rent after the last instalment.",
    ];
    choose(&conditions, number)
}

/// Why the Board rejects an application.
pub fn rejection(number: usize) -> &'static str {
    let reasons = [
        "The plan does not reach the people it describes, and the score is below the threshold.",
        "Most of the budget is for an office and vehicles; the score is below the threshold.",
        "The plan names no way to refer people who need more than it offers, and the score is below the threshold.",
        "Two of the three activities are paid for by another fund already.",
    ];
    choose(&reasons, number)
}

/// What an organisation writes into a report.
pub struct ReportTexts {
    /// What was done.
    pub achievements: &'static str,
    /// What was hard.
    pub challenges: &'static str,
    /// What was learned.
    pub lessons: &'static str,
}

/// The texts of a report on a project of a theme.
pub fn report(theme: Theme, number: usize) -> ReportTexts {
    let achievements: [&str; 4] = match theme {
        Theme::LabourMigration => [
            "The desk for wage claims was open three days a week. Two employers paid in full after a first letter.",
            "Recruiters in four villages signed a code of conduct, and the labour office now posts it.",
            "The safe house was never full, and nobody was turned away. A course in welding began in spring.",
            "Legal aid reached the port as well: a lawyer sits there every second Friday.",
        ],
        Theme::Trafficking => [
            "The shelter was open every day, and the groups met each week. The first participants found work with two local \
             employers.",
            "A nurse joined the team. Emergency help came within a day of each call, as planned.",
            "The police of the district now refer to us in writing, and the prosecutor names a contact for each case.",
            "The house moved to a quieter street. The garden is run by those who live there.",
        ],
        Theme::PostTrafficking => [
            "Papers were obtained for most of those who asked for them, and the school takes late entrants now.",
            "Three savings groups run themselves. Small loans were paid back on time.",
            "Family mediation began in a second district, with a counsellor who speaks its language.",
            "The workshop sold its first series to a hotel, and pays its own materials.",
        ],
    };
    let challenges = [
        "Papers took longer than planned; prices of food and rent rose.",
        "Roads were cut for five weeks in the rainy season, and visits had to wait.",
        "A counsellor left, and finding another one took two months.",
        "The hospital changed its rules for admission; we had to agree on referral anew.",
        "Many prefer to come in the evening; opening hours had to change.",
    ];
    let lessons = [
        "Groups led by survivors are asked for more than individual counselling. We shift time towards them.",
        "A stipend in the first month decides whether somebody can stay in a course.",
        "It helps to meet the employer before the training begins, not after it.",
        "Visits in pairs are safer, and cost less than we had thought.",
        "Legal aid works best where a social worker goes along.",
    ];
    ReportTexts {
        achievements: choose(&achievements, number),
        challenges: choose(&challenges, number + number / 4),
        lessons: choose(&lessons, number + number / 3),
    }
}

/// Why more was spent on food and hygiene kits than planned.
pub fn overspent(number: usize) -> &'static str {
    let reasons = [
        "Prices of food rose by a fifth in the second half of the project.",
        "The supplier raised the price of the kits in the middle of the year.",
        "More children came than planned, who need clothing twice a year.",
    ];
    choose(&reasons, number)
}

/// Why less was spent on training than planned.
pub fn underspent(number: usize) -> &'static str {
    let reasons = [
        "Two employers trained participants at their own cost, so less was needed.",
        "The district lent its workshop for two months, so less was paid in fees.",
        "Several participants found work before their course began, and their kits were not needed.",
    ];
    choose(&reasons, number)
}

/// What the secretariat asks for when it returns a report.
pub const RETURN_COMMENTS: &str = "Thank you. Please explain why the line for training is well below the plan, and count \
                                   the people in the groups in the same way as in the report before.";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_criteria_of_a_review_and_no_two_neighbours_read_the_same() {
        for number in 0..60 {
            for recommended in [true, false] {
                let sheet: BTreeSet<_> = (0..6).map(|row| review_comment(recommended, number, row)).collect();
                assert_eq!(sheet.len(), 6, "{number}");
                assert_ne!(review_overall(recommended, number), review_overall(recommended, number + 1));
            }
            assert_ne!(award_condition(number), award_condition(number + 1));
            assert_ne!(rejection(number), rejection(number + 1));
            assert_ne!(overspent(number), overspent(number + 1));
            assert_ne!(underspent(number), underspent(number + 1));
            for theme in [Theme::LabourMigration, Theme::Trafficking, Theme::PostTrafficking] {
                let (one, other) = (report(theme, number), report(theme, number + 1));
                assert_ne!(one.achievements, other.achievements);
                assert_ne!(one.challenges, other.challenges);
                assert_ne!(one.lessons, other.lessons);
            }
        }
    }
}
