//! What `play` found, as text and as tables: rules against rules, and rules against the record.

use scenario::{Fitted, HistoryOf, Played, STEP_PP};

use crate::rounding::{fixed, residual, short, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each pair of rules.
pub fn csv(found: &Played) -> String {
    let game = &found.tournament;
    let [first, second] = found.stage.sides.each_ref().map(|side| side.as_str().to_lowercase());
    let mut text = format!("{first}_rule,{second}_rule,{first}_mean_pct,{second}_mean_pct,kept_share\n");
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
        ("±", Align::Right),
        (&*format!("as {second} %"), Align::Right),
        ("±", Align::Right),
        ("truce kept %", Align::Right),
    ]);
    let error = |rule: usize, side: usize| {
        game.score_error.as_ref().map_or_else(|| "–".into(), |errors| fixed(errors[rule][side], 4))
    };
    for rule in game.ranking(0) {
        let kept = game.kept[rule].iter().sum::<f64>() / game.rules.len() as f64;
        rules.row([
            game.rules[rule].clone(),
            signed(game.score[rule][0], 4),
            error(rule, 0),
            signed(game.score[rule][1], 4),
            error(rule, 1),
            fixed(100.0 * kept, 1),
        ]);
    }
    let world = &game.conditions;
    let war = [points(0, world.war[0]), points(1, world.war[1])];
    let from = if found.equilibria.contains(&world.war) {
        "from which neither gains by another of these levels".to_owned()
    } else if let Some(rest) = found.equilibria.last() {
        format!(
            "the highest: the pair from which neither gains by another level, {} and {}, charges no more than the truce \
             on one side, and would leave its rules nothing to answer with",
            points(0, rest[0]),
            points(1, rest[1])
        )
    } else {
        "the highest, since from every pair one side gains by another level".to_owned()
    };
    let mut sentences = vec![
        format!(
            "Truce is {} and {} points, war {} and {}, {from}.",
            points(0, 0),
            points(1, 0),
            war[0],
            war[1]
        ),
        format!(
            "{} months, seen after {}; noise {}, false claims {}, missed breaches {}.",
            world.months, world.lag, world.noise, world.false_claim, world.missed
        ),
        format!(
            "A rule's score is its mean payoff a month over all opponents, itself included, and over {} draws of chance \
             (seed {}); ± is the standard error of that.",
            game.draws, world.seed
        ),
    ];
    sentences.extend([0, 1].map(|side| {
        let (best, who) = (&found.ranking[side][0], [first, second][side]);
        match found.level_with_best[side].as_slice() {
            [] => format!("As {who}, {best} scores best, the next by more than two standard errors less."),
            level => format!(
                "As {who}, {best} scores best, and within two standard errors of it {}.",
                crate::sentence::list(level)
            ),
        }
    }));
    if let Some([from, to]) = found.observed {
        sentences.push(format!(
            "The observed history is what each side charged on all goods of the other from {from} to {to}, month by \
             month, to the nearest of these levels, the last held."
        ));
    }
    sentences.push(evidence(found.solves, found.largest_excess, stage.interpolation_error));
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
            "; every pair of levels is solved, and none between them is used (interpolated there, payoffs would be off by \
             up to {} points)",
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
        history(found),
        "The levels a rule may say, and war as the highest of them, are the whole record's: that much is told with \
         hindsight."
            .to_owned(),
        evidence(found.solves, found.largest_excess, found.stage.interpolation_error),
    ];
    out.push_str(&format!("\n{}Manifest {}\n", paragraph(&lines, 0), found.manifest.id));
    out
}
