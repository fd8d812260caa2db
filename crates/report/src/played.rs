//! What `play` found, as text and as tables: rules against rules, and rules against the record.

use scenario::{Fitted, HistoryOf, Played, RuleLead, STEP_PP, TableEvidence};

use crate::rounding::{fixed, residual, short, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each pair of rules.
pub fn csv(found: &Played) -> String {
    let game = &found.tournament;
    let [first, second] = found.stage.sides.each_ref().map(|side| side.as_str().to_lowercase());
    let mut text = format!("{first}_rule,{second}_rule,{first}_mean_pct,{second}_mean_pct,kept_pct\n");
    for (a, first) in game.rules.iter().enumerate() {
        for (b, second) in game.rules.iter().enumerate() {
            let [own, other] = game.mean_payoff_pct[a][b];
            text.push_str(&format!("\"{first}\",\"{second}\",{own},{other},{}\n", game.kept_pct[a][b]));
        }
    }
    text
}

/// A page of text: the stage, the rules by score, the conditions.
pub fn text(found: &Played) -> String {
    let stage = &found.stage;
    let [first, second] = stage.sides.each_ref().map(|side| side.as_str());
    let mut pairs = Table::headed([
        (&*format!("{first} +pp"), Align::Right),
        (&*format!("{second} +pp"), Align::Right),
        (&*format!("{first} %"), Align::Right),
        (&*format!("{second} %"), Align::Right),
        ("", Align::Left),
    ]);
    let held = &found.certificate;
    for (a, line) in stage.levels_pp[0].iter().zip(&stage.payoff_pct) {
        for (b, payoff) in stage.levels_pp[1].iter().zip(line) {
            let rests = held.rests.iter().any(|rest| rest.levels_pp == [*a, *b]);
            pairs.row([
                short(*a),
                short(*b),
                signed(payoff[0], 4),
                signed(payoff[1], 4),
                if rests { "neither gains by another level" } else { "" }.into(),
            ]);
        }
    }
    let game = &found.tournament;
    let mut rules = Table::headed([
        ("rule", Align::Left),
        (&*format!("as {first} %"), Align::Right),
        ("±", Align::Right),
        (&*format!("as {second} %"), Align::Right),
        ("±", Align::Right),
        ("truce kept %", Align::Right),
    ]);
    let error = |rule: usize, side: usize| {
        game.score_error_pct.as_ref().map_or_else(|| "–".into(), |errors| fixed(errors[rule][side], 4))
    };
    let places = found.ranking[0].iter().filter_map(|name| game.rules.iter().position(|rule| rule == name));
    for rule in places {
        let kept = game.kept_pct[rule].iter().sum::<f64>() / game.rules.len() as f64;
        rules.row([
            game.rules[rule].clone(),
            signed(game.score_pct[rule][0], 4),
            error(rule, 0),
            signed(game.score_pct[rule][1], 4),
            error(rule, 1),
            fixed(kept, 1),
        ]);
    }
    let world = &game.conditions;
    let rests = |pair: [f64; 2]| held.rests.iter().any(|rest| rest.levels_pp == pair);
    let from = if rests(world.war_pp) {
        "from which neither gains by another of these levels".to_owned()
    } else if let Some(rest) = held.rests.last() {
        format!(
            "the highest: the pair from which neither gains by another of these levels, {} and {}, charges no more than \
             the truce on one side, and would leave its rules nothing to answer with",
            short(rest.levels_pp[0]),
            short(rest.levels_pp[1])
        )
    } else {
        "the highest, since from every pair one side gains by another of these levels".to_owned()
    };
    let mut sentences = vec![
        format!(
            "Truce is {} and {} points, war {} and {}, {from}.",
            short(world.truce_pp[0]),
            short(world.truce_pp[1]),
            short(world.war_pp[0]),
            short(world.war_pp[1])
        ),
        format!(
            "{} months, seen after {}; noise {}, false claims {}, missed breaches {}.",
            world.months, world.lag_months, world.noise_odds, world.false_claim_odds, world.missed_odds
        ),
        format!(
            "A rule's score is its mean payoff a month over all opponents, itself included, and over {} draws of chance \
             (seed {}); ± is the standard error of that.",
            game.draws, world.seed
        ),
    ];
    sentences
        .extend([0, 1].map(|side| leads(&held.leads[side], game.rules.len(), &found.level_with_best[side])));
    if let Some([from, to]) = found.observed {
        sentences.push(format!(
            "The observed history is what each side charged on all goods of the other from {from} to {to}, month by \
             month, to the nearest of these levels, the last held."
        ));
    }
    sentences.push(evidence(&held.table));
    sentences.push(limits(&held.limits));
    let stage_of = format!("A month of each pair of duties on all goods: {}", stage.payoff_is);
    format!(
        "{}\n{}\n{}{}\nEvery rule against every rule, by the score of {first}\n{}\n{}Manifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        paragraph(&[stage_of], 0),
        pairs.print(0),
        rules.print(0),
        paragraph(&sentences, 0),
        found.manifest.id,
    )
}

/// Which of the rules that played scores best in a chair, by how much, and which chance does not tell from it.
fn leads(lead: &RuleLead, rules: usize, level: &[String]) -> String {
    let RuleLead { country, rule, next, .. } = lead;
    let by = match lead.lead_error_pct {
        Some(error) => format!("{} ± {}", fixed(lead.lead_pct, 4), fixed(error, 4)),
        None => fixed(lead.lead_pct, 4),
    };
    let told = format!("As {country}, {rule} scores best of these {rules} rules, {by} points over {next}");
    match level {
        [] => format!("{told}, more than two standard errors."),
        level => format!(
            "{told}; chance does not tell it from {} (two standard errors).",
            crate::sentence::list(level)
        ),
    }
}

fn evidence(held: &TableEvidence) -> String {
    let between = held.interpolation_error_pct.map_or_else(String::new, |error| {
        format!(
            "; every pair of levels is solved, and none between them is used (interpolated there, payoffs would be off by \
             up to {} points)",
            residual(error)
        )
    });
    format!(
        "Evidence: {} equilibria, largest relative excess {}{between}.",
        held.solves,
        residual(held.clearing_residual)
    )
}

/// How far the claims of an answer reach.
pub(crate) fn limits(limits: &[String]) -> String {
    format!("Limits: {}.", limits.join("; "))
}

/// One line for each side and rule.
pub fn fit_csv(found: &Fitted) -> String {
    let mut text = String::from(
        "country,rule,hits_pct,hits_when_moving_pct,log_score_nats,over_no_change_nats,over_no_change_low_nats,\
         over_no_change_high_nats\n",
    );
    for fit in &found.fits {
        for rule in &fit.rules {
            let moving = rule.hits_when_moving_pct.map_or_else(String::new, |share| share.to_string());
            text.push_str(&format!(
                "{},\"{}\",{},{moving},{},{},{},{}\n",
                fit.country,
                rule.rule,
                rule.hits_pct,
                rule.log_score_nats,
                rule.over_no_change_nats,
                rule.over_no_change_low_nats,
                rule.over_no_change_high_nats
            ));
        }
    }
    text
}

/// What of the record was told.
fn history(found: &Fitted) -> String {
    let Fitted { from, to, in_base_pp: [a, b], .. } = found;
    match found.history_of {
        HistoryOf::Headlines => format!(
            "The record is each side's duty on all goods of the other, in points, on the last day of every month from {from} to \
             {to}: lists of goods are not in it, so in its first {} months both stand at zero (`--history averages` holds them).",
            found.history_pp.iter().take_while(|month| **month == [0.0; 2]).count()
        ),
        HistoryOf::Averages => format!(
            "The record is every duty on top of the ordinary one, lists of goods among them, weighed line by line by what \
             was bought in 2024 (where that is not known each subheading once), on the last day of every month from {from} to {to}, to the \
             nearest {} points. China's lists of 2018 to 2020 are not known by line and have no size, so its answers of those \
             years are missing. Payoffs are of one duty on all goods with that average; of the levels {} and {} points are in the base \
             rates, and no rate falls below zero. Truce is the lowest level that occurred, war the highest.",
            short(STEP_PP),
            fixed(*a, 1),
            fixed(*b, 1)
        ),
    }
}

/// A table for each side, and the sentence on what fits.
pub fn fit_text(found: &Fitted) -> String {
    let mut out = format!("{}\n{}", found.economy, paragraph(std::slice::from_ref(&found.model), 0));
    for fit in &found.fits {
        let country = &fit.country;
        let mut table = Table::headed([
            (&*format!("rule, {country}"), Align::Left),
            ("right %", Align::Right),
            ("moves %", Align::Right),
            ("score", Align::Right),
            ("over", Align::Right),
            ("band", Align::Right),
        ]);
        for rule in &fit.rules {
            table.row([
                rule.rule.clone(),
                fixed(rule.hits_pct, 1),
                rule.hits_when_moving_pct.map_or_else(|| "–".into(), |share| fixed(share, 1)),
                signed(rule.log_score_nats, 3),
                signed(rule.over_no_change_nats, 3),
                format!(
                    "{} to {}",
                    signed(rule.over_no_change_low_nats, 2),
                    signed(rule.over_no_change_high_nats, 2)
                ),
            ]);
        }
        out.push_str(&format!("\n{}", table.print(0)));
        let sure: Vec<&str> = fit
            .rules
            .iter()
            .filter(|rule| rule.over_no_change_low_nats > 0.0)
            .map(|rule| rule.rule.as_str())
            .collect();
        let verdict = match sure.as_slice() {
            [] => "no rule tells them better than expecting no change, in nine of ten draws".to_owned(),
            rules => format!("better than expecting no change, in nine of ten draws: {}", rules.join(", ")),
        };
        out.push_str(&paragraph(
            &[format!(
                "{} months of {country}, {} told before they came, {} of them moves: {verdict}.",
                fit.months, fit.scored_months, fit.moved_months
            )],
            0,
        ));
    }
    let lines = [
        "Right: months told before they came; moves: the same among months in which the side moved. Score: the mean log of \
         the odds given to what came; over: the same less that of expecting no change, with the band that holds nine in ten \
         bootstrap draws."
            .to_owned(),
        history(found),
        evidence(&found.certificate.table),
        limits(&found.certificate.limits),
    ];
    out.push_str(&format!("\n{}Manifest {}\n", paragraph(&lines, 0), found.manifest.id));
    out
}
