//! The page of a war.
//!
//! Every sentence says what the certificate carries: what was searched, from where, and what was found.

use scenario::{Effort, ExactBeside, OtherStart, WarAnswer, WarRule};
use strategy::PlayStatus;

use crate::games::{bystanders, changes_from, deviations, evidence, players, rates, twice_over};
use crate::rounding::{fixed, signed};
use crate::table::paragraph;

/// The page of a war.
pub fn war(found: &WarAnswer) -> String {
    let mut sentences = by_its_rule(found);
    sentences.extend(found.exact.as_ref().map(|exact| beside_the_exact(found, exact)));
    sentences.extend((found.effort == Effort::Quick).then(quickly));
    sentences.extend(found.other_starts.iter().map(begun_elsewhere));
    sentences.extend(twice_over(found.border));
    format!(
        "{}\n{}\n{}{}\n{}\nMean over all countries {} %, each counted once.\n{}\n{}{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        players(&found.players),
        changes_from(&found.base, ""),
        bystanders(&found.bystanders),
        signed(found.mean_real_income_pct, 3),
        paragraph(&sentences, 0),
        evidence(&found.certificate),
        rates(found.tariffs.as_deref(), found.export_taxes.as_deref()),
        found.manifest.id,
    )
}

/// Where the duties come from, and what each player was found to gain by leaving them.
fn by_its_rule(found: &WarAnswer) -> Vec<String> {
    let gains = deviations(&found.certificate);
    match found.rule {
        WarRule::Exact => vec![gains],
        WarRule::Formula => {
            let mut sentences = vec![
                "Duties by the formula of Lashkaripour (2021), which holds foreign wages and incomes fixed."
                    .into(),
                gains,
            ];
            if found.certificate.largest_deviation_gain_pct.is_some_and(|gain| gain > 1e-6) {
                sentences.push("So it is no equilibrium.".into());
            }
            sentences
        }
    }
}

/// The war by the formula beside the exact one.
fn beside_the_exact(found: &WarAnswer, exact: &ExactBeside) -> String {
    let by = exact.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    format!(
        "In the exact war the mean change is {} %, by the formula {} %; a rate differs by up to {} points{by}.",
        signed(exact.mean_real_income_pct, 3),
        signed(found.mean_real_income_pct, 3),
        fixed(exact.largest_difference_pp, 2),
    )
}

/// What a war asked for quickly leaves out.
fn quickly() -> String {
    "Asked for quickly: play ended where no 1 + rate would still move by more than 0.003 %, and was begun at the duties of \
     the base alone."
        .into()
}

/// Where play ends that began elsewhere.
fn begun_elsewhere(other: &OtherStart) -> String {
    match other.status {
        PlayStatus::AtRest if other.largest_difference_pp < 1e-4 => {
            format!("Begun at {}, play ends at the same rates, to 1e-4 points.", other.from)
        }
        PlayStatus::AtRest => format!(
            "Begun at {}, play ends elsewhere: a rate differs by {} points, and the mean change is {} %.",
            other.from,
            fixed(other.largest_difference_pp, 2),
            signed(other.mean_real_income_pct, 3)
        ),
        PlayStatus::Moving(_) => format!("Begun at {}, play did not come to rest.", other.from),
    }
}
