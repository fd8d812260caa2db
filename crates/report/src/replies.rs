//! One government's best duties, as text: `best`.
//!
//! Every sentence says what was computed, from where, and what was found.

use scenario::{AnswersBegun, BesideLead, BestAnswer, DeviationKind, Others, PlayEvidence};
use strategy::{Mirroring, Peak, PlayStatus};

use crate::games::{
    bystanders, changes_from, deviations, evidence, incomes, moves, players, rates, twice_over,
};
use crate::rounding::{fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// Rates that differ by less, in points, are called the same.
const SAME_RATES: f64 = 1e-4;
/// A gain no larger, in %, is called none.
const NOTHING: f64 = 1e-6;

/// The page of a best reply.
pub fn best(found: &BestAnswer) -> String {
    let meanwhile = match found.others {
        Others::Hold => "while all others hold",
        Others::Mirror => "when each partner charges it in turn what it charges the partner, flow by flow",
        Others::Reply => {
            "when all others answer, to it and to each other, until the first-order conditions of all hold"
        }
    };
    let gain = signed(found.gain_pct, 4);
    let mut sentences = vec![
        format!("Moving there from the base gains {gain} % {meanwhile}."),
        ends(&found.peaks, &found.sought_from),
    ];
    match found.others {
        Others::Hold => sentences.push(deviations(&found.certificate)),
        Others::Mirror => {
            sentences.push(format!(
                "The last column is what a search from there, begun at the same places, still found to gain: {} %.",
                residual(found.certificate.largest_deviation_gain_pct.unwrap_or_default())
            ));
            sentences.extend(credible(&found.mirroring));
        }
        Others::Reply => {
            if !found.unanswered_from.is_empty() {
                let from = found.unanswered_from.join(", ");
                sentences.push(format!(
                    "Begun at {from} nothing was found: the others' war did not come to rest there."
                ));
            }
            sentences.extend(found.beside.iter().flat_map(|beside| led(found, beside)));
        }
    }
    // A mirrored tax is not uniform over the partner's other trade, so there the two differ.
    if found.others != Others::Mirror {
        sentences.extend(twice_over(found.border));
    }
    let others = match found.others {
        Others::Hold => bystanders(&found.bystanders),
        Others::Mirror => {
            let all = incomes("the partners, who mirror", &found.bystanders);
            format!("{all}\n{}", mirrors(&found.mirroring))
        }
        Others::Reply => incomes("all others, who answer", &found.bystanders),
    };
    let evidence = match found.others {
        Others::Hold | Others::Mirror => evidence(&found.certificate),
        Others::Reply => answered(&found.certificate),
    };
    format!(
        "{}\n{}\n{}{}\n{others}\n{}\n{evidence}{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        players(&found.players),
        changes_from(&found.base, ""),
        paragraph(&sentences, 0),
        rates(found.tariffs.as_deref(), found.export_taxes.as_deref()),
        found.manifest.id,
    )
}

/// Where the search for a best reply ended, from every start.
fn ends(peaks: &[Peak], sought_from: &[String]) -> String {
    let begun = sought_from.join(", ");
    let worth = |peak: &Peak| {
        let still = if matches!(peak.status, PlayStatus::Moving(_)) { " (not at rest)" } else { "" };
        format!("{}{still}", signed(peak.payoff_pct, 6))
    };
    match peaks {
        [] | [_] => {
            format!("From every start ({begun}) the search ended at the same worth, to 1e-7 points.")
        }
        peaks => format!(
            "From its starts ({begun}) the search ended at {} points of different worth, %: {}; the best is shown.",
            peaks.len(),
            peaks.iter().map(worth).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// What was looked at beside a leader's choice.
fn led(found: &BestAnswer, beside: &BesideLead) -> Vec<String> {
    let looked: Vec<String> = beside
        .looked_at
        .iter()
        .map(|at| {
            let worth = at.payoff_pct.map_or_else(|| "no rest".into(), |worth| signed(worth, 4));
            format!("{} {worth}", at.choice)
        })
        .collect();
    let mut sentences = vec![
        format!(
            "Looked at, each with the others' war played to rest, the mover's objective in %: {}.",
            looked.join("; ")
        ),
        format!(
            "The last column is the most that any of these gives over the choice shown, or its own next move through all \
             answers, to first order: {} %. Choices between were not looked at.",
            residual(found.certificate.largest_deviation_gain_pct.unwrap_or_default())
        ),
    ];
    let (same, other): (Vec<_>, Vec<_>) = beside
        .answers_begun
        .iter()
        .partition(|begun| begun.status == PlayStatus::AtRest && begun.largest_difference_pp < SAME_RATES);
    if !same.is_empty() {
        let from: Vec<&str> = same.iter().map(|begun| begun.from.as_str()).collect();
        sentences.push(format!(
            "Begun at {}, the others' war against the choice shown ends at the same rates, to 1e-4 points.",
            from.join("; ")
        ));
    }
    for begun in &other {
        sentences.push(match begun.status {
            PlayStatus::Moving(_) => {
                format!(
                    "Begun at {}, the others' war against the choice shown did not come to rest.",
                    begun.from
                )
            }
            PlayStatus::AtRest => format!(
                "Begun at {}, it ends elsewhere: a rate differs by {} points, and the mover gets {} %; {}.",
                begun.from,
                fixed(begun.largest_difference_pp, 2),
                signed(begun.payoff_pct, 4),
                left(begun)
            ),
        });
    }
    if other.iter().any(|begun| begun.largest_gain_pct.is_some_and(|gain| gain <= NOTHING)) {
        sentences.push(
            "So what the mover gets depends on which answers are played; those shown are the ones that its climb arrived at, \
             whose branch it followed."
                .into(),
        );
    }
    if let Some(gain) = beside.answers_largest_gain_pct {
        let by = beside.answers_by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
        let how = match beside.answers_deviations {
            DeviationKind::Searched => "in a search for its best reply begun at",
            DeviationKind::LookedAt | DeviationKind::FirstOrder | DeviationKind::NotSought => {
                "by its next move, to first order, or with all its rates at"
            }
        };
        sentences.push(format!(
            "The most that any of those who answer was found to gain by leaving the answers shown alone, {how} {}, is {} %{by}.",
            beside.answers_sought_from.join(", "),
            residual(gain)
        ));
    }
    sentences
}

/// Whether answers that differ from those shown are a war of those who answer.
fn left(begun: &AnswersBegun) -> String {
    let gain = begun.largest_gain_pct.unwrap_or_default();
    match &begun.by {
        Some(by) if gain > NOTHING => {
            format!(
                "but {by} would gain {} % by leaving those answers alone, so they are no war",
                signed(gain, 4)
            )
        }
        _ => "of the others none was found to gain by leaving those answers alone".into(),
    }
}

/// Whether partners would mirror of their own accord, as far as was searched.
fn credible(partners: &[Mirroring]) -> Vec<String> {
    let gaining: Vec<&Mirroring> = partners.iter().filter(|own| own.gain_pct > NOTHING).collect();
    let held = partners.iter().filter(|own| own.mirroring_pct > own.holding_pct).count();
    let count = partners.len();
    let Some(most) = gaining.iter().max_by(|a, b| a.gain_pct.total_cmp(&b.gain_pct)) else {
        return vec![format!(
            "Mirroring gives each of the {count} partners no less than the duties that it had and the best ones found for it \
             on the mover's goods, all others mirroring."
        )];
    };
    vec![
        format!(
            "For each partner alone, all others mirroring: mirroring gives {held} of {count} more than the duties of the base on \
             the mover's goods, and {} of {count} would gain by other duties on them, {} the most, {} %.",
            gaining.len(),
            most.partner,
            signed(most.gain_pct, 4)
        ),
        "Those would mirror only if something outside this game binds them; the numbers for the mover suppose that it does.".into(),
    ]
}

/// What mirroring is worth, partner by partner, those first who would gain most by not doing it.
fn mirrors(partners: &[Mirroring]) -> String {
    if partners.is_empty() {
        return String::new();
    }
    let mut rows: Vec<&Mirroring> = partners.iter().collect();
    rows.sort_by(|a, b| b.gain_pct.total_cmp(&a.gain_pct));
    let mut table = Table::headed([
        ("partner", Align::Left),
        ("mirrors %", Align::Right),
        ("keeps its duties", Align::Right),
        ("best on the mover", Align::Right),
        ("mean duty %", Align::Right),
        ("gain %", Align::Right),
    ]);
    for own in &rows {
        let still = if matches!(own.status, PlayStatus::Moving(_)) { " (moving)" } else { "" };
        table.row([
            own.partner.to_string(),
            signed(own.mirroring_pct, 4),
            signed(own.holding_pct, 4),
            format!("{}{still}", signed(own.best_pct, 4)),
            fixed(own.best_mean_rate_pct, 2),
            signed(own.gain_pct, 4),
        ]);
    }
    let told = "What a partner gets, its objective in %, when it mirrors; when it alone keeps the duties of the base on the \
                mover's goods; and at its own best rates on them, searched from the mirrored rates, free entry and 100 %. \
                The gain is of the better of the two over mirroring.";
    format!("{}{}", paragraph(&[told.into()], 0), table.print(0))
}

/// The evidence of a leader.
fn answered(found: &PlayEvidence) -> String {
    let slope = found.largest_slope.map_or_else(String::new, |slope| {
        format!(
            "largest slope left, the mover's through all answers and the others' own, {}; ",
            residual(slope)
        )
    });
    let residual = residual(found.clearing_residual);
    paragraph(
        &[format!(
            "Evidence: at rest after {}, each answered by a war of the others at rest; {slope}largest relative excess \
             demand {residual}.",
            moves(found.moves)
        )],
        0,
    )
}
