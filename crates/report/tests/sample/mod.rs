//! A brief written by hand, for looking at and for testing the report room alone.
//!
//! The record is that of June 2025, shortened; the results of the model are made up, so that a test of the
//! layout cannot be mistaken for one of the economics.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "the sample is written by hand")]

mod headlines;
mod record;

use scenario::*;
use terms::Day;

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The question of 9 June 2025.
pub fn june_2025() -> Brief {
    Brief {
        account: Account {
            title: "London, June 2025".into(),
            on: day("2025-06-09"),
            known_on: Some(day("2025-06-08")),
            parties: [party("USA", "United States", "US"), party("CHN", "China", "Chinese")],
            directions: record::directions(),
            truce: Some(record::truce()),
            pending: record::pending(),
            timeline: record::timeline(),
            talks: record::talks(),
            claims: record::claims(),
            clauses: record::clauses(),
            controls: record::controls(),
            definitions: definitions(),
        },
        costs: [
            ("today", "today's rates", [30.0, 10.0], 1.0),
            ("lapse", "if the truce lapses", [54.0, 34.0], 1.7),
            ("peak", "at the peak of April", [145.0, 125.0], 3.1),
        ]
        .into_iter()
        .map(|(key, name, headlines, scale)| cost(key, name, headlines, scale))
        .collect(),
        payoffs: payoffs(),
        self_enforcement: Some(self_enforcement()),
        headlines: Some(headlines::headlines()),
        months: Some(headlines::months()),
        evidence: evidence(),
        manifest: Manifest::of(
            [("economy default".to_owned(), hash(b"economy")), ("ledger".to_owned(), hash(b"ledger"))]
                .into_iter()
                .collect(),
            [("on".to_owned(), "2025-06-09".into()), ("deficits".to_owned(), "held".into())]
                .into_iter()
                .collect(),
        ),
    }
}

/// The same conflict on the eve of Geneva: no truce, both sides at their peak.
pub fn may_2025() -> Brief {
    let mut brief = june_2025();
    (brief.account.on, brief.account.known_on) = (day("2025-05-11"), Some(day("2025-05-11")));
    (brief.account.truce, brief.self_enforcement) = (None, None);
    (brief.headlines, brief.months) = (None, None);
    for (direction, peak) in brief.account.directions.iter_mut().zip([145.0, 125.0]) {
        direction.steps.retain(|step| step.from <= brief.account.on);
        direction.headline_pp = peak;
        for part in &mut direction.parts {
            (part.until, part.suspended_pp) = (None, 0.0);
        }
    }
    brief.account.timeline.retain(|event| event.on <= brief.account.on);
    brief.account.claims.retain(|claim| claim.said <= brief.account.on);
    brief.account.pending.clear();
    brief
}

/// The same conflict in March 2026: fourteen months of steps, a truce of a year on one side only.
pub fn march_2026() -> Brief {
    let mut brief = june_2025();
    (brief.account.on, brief.account.known_on) = (day("2026-03-10"), Some(day("2026-03-10")));
    brief.self_enforcement = None;
    brief.payoffs.today = None;
    for direction in &mut brief.account.directions {
        direction.steps.retain(|step| !step.scheduled);
    }
    let [usa, china] = &mut brief.account.directions;
    usa.headline_pp = 10.0;
    china.headline_pp = 10.0;
    usa.steps.extend(record::later_steps(0));
    china.steps.extend(record::later_steps(1));
    brief.account.truce = brief.account.truce.map(|truce| Truce {
        name: "Kuala Lumpur arrangement".into(),
        from: day("2025-11-10"),
        until: day("2026-11-10"),
        day: 121,
        days: 365,
        days_left: 245,
        returns: truce.returns.into_iter().skip(1).collect(),
        ..truce
    });
    brief
}

/// A brief in which every list is empty and every option absent: the least a door may hand over.
pub fn bare() -> Brief {
    let mut brief = june_2025();
    brief.account.truce = None;
    brief.self_enforcement = None;
    (brief.headlines, brief.months) = (None, None);
    brief.account.pending.clear();
    brief.costs.clear();
    brief.payoffs = Payoffs { rows: vec![], columns: vec![], cells: vec![], today: None, equilibria: vec![] };
    brief.account.timeline.clear();
    brief.account.talks.clear();
    brief.account.claims.clear();
    brief.account.clauses.clear();
    brief.account.controls.clear();
    brief.account.definitions.clear();
    for direction in &mut brief.account.directions {
        direction.headline_pp = 0.0;
        direction.parts.clear();
        direction.steps.clear();
        direction.trade_weighted_pct = None;
        direction.simple_mean_pct = None;
        direction.coverage_pct = None;
    }
    brief
}

fn party(code: &str, name: &str, adjective: &str) -> Party {
    Party { code: code.into(), name: name.into(), adjective: adjective.into() }
}

const COUNTRIES: [(&str, &str, f64); 32] = [
    ("USA", "United States", -0.142),
    ("CHN", "China", -0.131),
    ("MEX", "Mexico", 0.094),
    ("VNM", "Viet Nam", 0.231),
    ("CAN", "Canada", 0.046),
    ("DEU", "Germany", 0.012),
    ("JPN", "Japan", 0.018),
    ("KOR", "South Korea", 0.039),
    ("TWN", "Chinese Taipei", 0.071),
    ("IND", "India", 0.022),
    ("GBR", "United Kingdom", 0.008),
    ("FRA", "France", 0.006),
    ("ITA", "Italy", 0.009),
    ("ESP", "Spain", 0.004),
    ("NLD", "Netherlands", 0.011),
    ("IRL", "Ireland", 0.032),
    ("POL", "Poland", 0.005),
    ("BRA", "Brazil", 0.014),
    ("AUS", "Australia", -0.011),
    ("IDN", "Indonesia", 0.017),
    ("THA", "Thailand", 0.066),
    ("MYS", "Malaysia", 0.083),
    ("SGP", "Singapore", 0.021),
    ("PHL", "Philippines", 0.037),
    ("TUR", "Türkiye", 0.007),
    ("SAU", "Saudi Arabia", -0.028),
    ("RUS", "Russian Federation", -0.019),
    ("ZAF", "South Africa", 0.003),
    ("CHE", "Switzerland", 0.015),
    ("NOR", "Norway", -0.007),
    ("ARG", "Argentina", 0.002),
    ("ROW", "Rest of the world", -0.004),
];

fn cost(key: &str, name: &str, headlines_pp: [f64; 2], scale: f64) -> Cost {
    let countries = COUNTRIES
        .iter()
        .map(|(code, name, base)| {
            let value = base * scale;
            CountryCost {
                country: (*code).into(),
                name: (*name).into(),
                real_income_pct: value,
                real_income_usd_mn: value * 180_000.0,
                low_pct: value - 0.2 * value.abs() - 0.004,
                high_pct: value + 0.25 * value.abs() + 0.003,
                real_wage_pct: value * 1.4,
                revenue_usd_mn: value.abs() * 90_000.0,
                imports_pct: value * 9.0,
                exports_pct: value * 8.0,
            }
        })
        .collect();
    let sector = |importer: &str, sector: &str, name: &str, price_pct: f64, imports_pct: f64| SectorCost {
        importer: importer.into(),
        sector: sector.into(),
        name: name.into(),
        price_pct: price_pct * scale,
        imports_pct: (imports_pct * scale).max(-99.0),
    };
    Cost {
        key: key.into(),
        name: name.into(),
        headlines_pp,
        countries,
        bilateral_imports_pct: [(-41.3 * scale).max(-97.2), (-22.8 * scale).max(-93.0)],
        sectors: vec![
            sector("USA", "C26", "Computers, electronics", 1.92, -38.0),
            sector("USA", "C13T15", "Textiles, clothing, leather", 1.71, -33.5),
            sector("USA", "C27", "Electrical equipment", 1.44, -36.2),
            sector("CHN", "A01", "Farm products", 0.63, -24.1),
            sector("CHN", "C30", "Aircraft, ships, trains", 0.58, -19.0),
        ],
    }
}

fn payoffs() -> Payoffs {
    let packages = |levels: [f64; 4]| -> Vec<Package> {
        let names = [
            ("none", "No duties"),
            ("today", "Truce terms"),
            ("lapse", "Truce lapses"),
            ("peak", "Peak of April"),
        ];
        names
            .iter()
            .zip(levels)
            .map(|((key, name), headline_pp)| Package {
                key: (*key).into(),
                name: (*name).into(),
                headline_pp,
            })
            .collect()
    };
    let usa = [
        [0.0, -0.031, -0.088, -0.151],
        [0.052, 0.018, -0.142, -0.214],
        [0.028, -0.047, -0.201, -0.271],
        [-0.102, -0.168, -0.331, -0.441],
    ];
    let chn = [
        [0.0, 0.012, -0.021, -0.094],
        [-0.092, -0.081, -0.131, -0.197],
        [-0.184, -0.166, -0.212, -0.279],
        [-0.281, -0.262, -0.294, -0.406],
    ];
    let cells: Vec<Vec<[f64; 2]>> =
        (0..4).map(|r| (0..4).map(|c| [usa[r][c], chn[r][c]]).collect()).collect();
    let best = |r: usize, c: usize| -> [bool; 2] {
        [(0..4).all(|k| cells[k][c][0] <= cells[r][c][0]), (0..4).all(|k| cells[r][k][1] <= cells[r][c][1])]
    };
    let squares = (0..4)
        .map(|r| (0..4).map(|c| Cell { real_income_pct: cells[r][c], best_reply: best(r, c) }).collect())
        .collect();
    let equilibria = (0..16).map(|k| (k / 4, k % 4)).filter(|(r, c)| best(*r, *c) == [true, true]).collect();
    Payoffs {
        rows: packages([0.0, 30.0, 54.0, 145.0]),
        columns: packages([0.0, 10.0, 34.0, 125.0]),
        cells: squares,
        today: Some((1, 1)),
        equilibria,
    }
}

fn self_enforcement() -> SelfEnforcement {
    let start = day("2025-05-14");
    let by_day: Vec<DaySlack> = (0..90)
        .map(|k| {
            let left = f64::from(90 - k) / 90.0;
            DaySlack {
                day: start.checked_add(jiff::Span::new().days(k)).unwrap(),
                slack_pct: [0.09 * left - 0.011, 0.062 * left + 0.004],
            }
        })
        .collect();
    let side = |party: &str, temptation_pct, punishment_pct, critical_patience| Side {
        party: party.into(),
        temptation_pct,
        deviation: "lapse".into(),
        deviation_pp: if party == "USA" { 54.0 } else { 34.0 },
        sought_pp: Vec::new(),
        punishment_pct,
        critical_patience,
        slack_today_pct: 0.04,
        critical_patience_today: critical_patience,
        flips_on: None,
        revenue_at_stake: RevenueAtStake { tempts_from: Some(0.0), breaks_from: None },
    };
    SelfEnforcement {
        judged_by: "real income".into(),
        sides: [side("USA", 0.034, 0.183, Some(0.157)), side("CHN", 0.012, 0.131, Some(0.084))],
        lag_months: 1.0,
        punishment: "both sides return to the rates of the lapse for good".into(),
        punished_pp: [54.0, 34.0],
        monthly_patience: 0.996,
        verdict: Verdict::HoldsIfPatient,
        holds_today: true,
        flips_on: by_day.iter().find(|day| day.slack_pct.iter().any(|slack| *slack < 0.0)).map(|day| day.day),
        by_day,
    }
}

fn definitions() -> Vec<Definition> {
    [
        ("headline add-on", "the sum of the duties one side puts on all goods of the other, in points of customs value, on top of ordinary duties and duties on listed goods"),
        ("trade-weighted statutory rate", "every duty in force on each sector's goods, weighted by 2022 trade before the conflict; it does not fall when trade moves away"),
        ("simple mean", "the same rates, each goods sector counting once"),
        ("coverage", "the share of the exporter's goods, by value, that the all-goods duties reach"),
        ("real income", "what final spending buys, per cent of the world without the conflict's duties"),
    ]
    .into_iter()
    .map(|(term, meaning)| Definition { term: term.into(), meaning: meaning.into() })
    .collect()
}

fn evidence() -> Evidence {
    Evidence {
        economy: "default: 32 economies × 28 sectors, 2022, from OECD ICIO".into(),
        weights: "imports before duty of the base year 2022".into(),
        model: "Caliendo–Parro with input links, perfect competition, deficits held".into(),
        elasticity_sets: vec!["default".into(), "caliendo-parro-2015".into(), "fontagne-2022".into()],
        solves: 48,
        all_cleared: true,
        worst_residual: 4.2e-13,
        worst_market: "labour of Viet Nam".into(),
        walras_residual: 7.1e-15,
        evaluations: 61,
        caveats: vec![
            "Duties on lists of goods are averaged over sectors; the next edition works by tariff line.".into(),
            "Quantities adjust within a year or two; the numbers describe where trade settles, not the first month.".into(),
        ],
    }
}
