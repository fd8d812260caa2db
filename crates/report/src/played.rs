//! What `play` found, as text and as tables: rules against rules, and rules against the record.

use scenario::{Fitted, Played};

use crate::rounding::{fixed, residual, short, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each pair of rules.
pub fn csv(found: &Played) -> String {
    let game = &found.tournament;
    let mut text = String::from("first_rule,second_rule,first_mean_pct,second_mean_pct,kept_share\n");
    for (a, first) in game.rules.iter().enumerate() {
        for (b, second) in game.rules.iter().enumerate() {
            let [own, other] = game.mean_payoff[a][b];
            text.push_str(&format!("\"{first}\",\"{second}\",{own},{other},{}\n", game.kept[a][b]));
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
    let points = |side: usize, at: usize| short(100.0 * stage.levels[side][at].as_share());
    for (a, line) in stage.payoffs.iter().enumerate() {
        for (b, payoff) in line.iter().enumerate() {
            let rests = found.equilibria.contains(&[a, b]);
            pairs.row([
                points(0, a),
                points(1, b),
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
        (&*format!("as {second} %"), Align::Right),
        ("truce kept %", Align::Right),
    ]);
    for rule in game.ranking(0) {
        let kept = game.kept[rule].iter().sum::<f64>() / game.rules.len() as f64;
        rules.row([
            game.rules[rule].clone(),
            signed(game.score[rule][0], 4),
            signed(game.score[rule][1], 4),
            fixed(100.0 * kept, 1),
        ]);
    }
    let world = &game.conditions;
    let war = [points(0, world.war[0]), points(1, world.war[1])];
    let from = if found.equilibria.contains(&world.war) {
        "from which neither gains by another of these levels"
    } else {
        "the best replies to the truce, since no pair of levels is at rest"
    };
    let same =
        "Truce and war are the same levels here, so no rule differs from another; `--levels` sets others.";
    let mut sentences = vec![format!("War is {} and {} points, {from}.", war[0], war[1])];
    sentences.extend((world.war == world.truce).then(|| same.to_string()));
    sentences.extend([
        format!(
            "{} months, seen after {}; noise {}, false claims {}, missed breaches {}; seed {}.",
            world.months, world.lag, world.noise, world.false_claim, world.missed, world.seed
        ),
        "A rule's score is its mean payoff over all opponents, itself included.".into(),
        evidence(found.solves, found.largest_excess, stage.interpolation_error),
    ]);
    let stage_of = format!("A month of each pair of duties on all goods: {}", stage.unit);
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

fn evidence(solves: usize, excess: f64, interpolation: Option<f64>) -> String {
    let between = interpolation.map_or_else(String::new, |error| {
        format!(
            "; between levels payoffs are interpolated, off by up to {} points in the middle",
            residual(error)
        )
    });
    format!("Evidence: {solves} equilibria, largest relative excess {}{between}.", residual(excess))
}

/// One line for each side and rule.
pub fn fit_csv(found: &Fitted) -> String {
    let mut text = String::from(
        "country,rule,hits,hits_when_moving,log_score,over_no_change,over_no_change_low,over_no_change_high\n",
    );
    for (country, fit) in found.stage.sides.iter().zip(&found.fits) {
        for rule in &fit.rules {
            let moving = rule.hits_when_moving.map_or_else(String::new, |share| share.to_string());
            let [over, low, high] = rule.over_no_change;
            text.push_str(&format!(
                "{country},\"{}\",{},{moving},{},{over},{low},{high}\n",
                rule.rule, rule.hits, rule.log_score
            ));
        }
    }
    text
}

/// A table for each side, and the sentence on what fits.
pub fn fit_text(found: &Fitted) -> String {
    let mut out = format!("{}\n{}", found.economy, paragraph(std::slice::from_ref(&found.model), 0));
    for (country, fit) in found.stage.sides.iter().zip(&found.fits) {
        let mut table = Table::headed([
            (&*format!("rule, {country}"), Align::Left),
            ("right %", Align::Right),
            ("moves %", Align::Right),
            ("score", Align::Right),
            ("over", Align::Right),
            ("band", Align::Right),
        ]);
        for rule in &fit.rules {
            let [over, low, high] = rule.over_no_change;
            table.row([
                rule.rule.clone(),
                fixed(100.0 * rule.hits, 1),
                rule.hits_when_moving.map_or_else(|| "–".into(), |share| fixed(100.0 * share, 1)),
                signed(rule.log_score, 3),
                signed(over, 3),
                format!("{} to {}", signed(low, 2), signed(high, 2)),
            ]);
        }
        out.push_str(&format!("\n{}", table.print(0)));
        let sure: Vec<&str> = fit
            .rules
            .iter()
            .filter(|rule| rule.over_no_change[1] > 0.0)
            .map(|rule| rule.rule.as_str())
            .collect();
        let verdict = match sure.as_slice() {
            [] => "no rule tells them better than expecting no change, in nine of ten draws".to_owned(),
            rules => format!("better than expecting no change, in nine of ten draws: {}", rules.join(", ")),
        };
        out.push_str(&paragraph(
            &[format!(
                "{} months of {country}, {} told before they came, {} of them moves: {verdict}.",
                fit.months, fit.scored, fit.moved
            )],
            0,
        ));
    }
    let lines = [
        "Right: months told before they came; moves: the same among months in which the side moved. Score: the mean log of \
         the odds given to what came; over: the same less that of expecting no change, with the band that holds nine in ten \
         bootstrap draws."
            .to_owned(),
        format!(
            "The record is each side's duty on all goods of the other, in points, on the last day of every month from {} to \
             {}: lists of goods are not in it, so before 2025 both stand at zero.",
            found.from, found.to
        ),
        evidence(found.solves, found.largest_excess, found.stage.interpolation_error),
    ];
    out.push_str(&format!("\n{}Manifest {}\n", paragraph(&lines, 0), found.manifest.id));
    out
}
