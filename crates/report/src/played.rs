//! What `play` found, as text and as a table of rules.

use scenario::Played;

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
                if rests { "neither gains by moving alone" } else { "" }.into(),
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
        "from which neither gains by moving alone"
    } else {
        "the best replies to the truce, since no pair of levels is at rest"
    };
    let sentences = [
        format!("War is {} and {} points, {from}.", war[0], war[1]),
        format!(
            "{} months, seen after {}; noise {}, false claims {}, missed breaches {}; seed {}.",
            world.months, world.lag, world.noise, world.false_claim, world.missed, world.seed
        ),
        "A rule's score is its mean payoff over all opponents, itself included.".into(),
        format!(
            "Evidence: {} equilibria, largest relative excess {}.",
            found.solves,
            residual(found.largest_excess)
        ),
    ];
    format!(
        "{}\n{}\nA month of each pair of duties on all goods: {}\n{}\nEvery rule against every rule, by the score of {first}\n{}\n{}Manifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        stage.unit,
        pairs.print(0),
        rules.print(0),
        paragraph(&sentences, 0),
        found.manifest.id,
    )
}
