//! A game on an economy: who sits at the table, whose rates are whose, and what a point of play means for each.

use std::ops::Range;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::json;
use strategy::{Instruments, Player, PlayerOutcome, StrategyError, TariffGame, player_outcome};
use terms::{Country, Sector};

use super::GameQuestion;
use super::faults::failed;
use crate::economies::Opened;
use crate::manifest::Manifest;
use crate::settings::{self, Told, settings};

/// One rate of an outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TariffRow {
    /// Who buys; it charges a duty.
    pub importer: Country,
    /// Who sells; it charges an export tax.
    pub exporter: Country,
    /// Of which.
    pub sector: Sector,
    /// Share of value: 25 % is `0.25`.
    pub rate: f64,
}

/// What an outcome means for a country that does not play.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bystander {
    /// Code.
    pub country: Country,
    /// Real income, % of the base.
    pub real_income_pct: f64,
}

/// The economy, the game on it, and who may do what.
pub(crate) struct Table<G> {
    pub(crate) opened: Opened,
    pub(crate) game: G,
    pub(crate) instruments: Instruments,
    pub(crate) blocs: Vec<Player>,
    pub(crate) model: String,
    /// What every change is a change from, in words.
    pub(crate) base: String,
    pub(crate) settings: Told,
}

impl<G: TariffGame> Table<G> {
    pub(crate) fn economy(&self) -> &Economy {
        &self.opened.economy
    }

    /// The players named; none: every country, blocs as one.
    pub(crate) fn players(&self, named: Option<&[String]>) -> Result<Vec<(Player, Instruments)>, Faults> {
        let economy = self.economy();
        let players: Vec<Player> = match named {
            None => {
                let alone = economy.country_ids().filter(|n| self.blocs.iter().all(|bloc| !bloc.holds(*n)));
                let alone = alone.map(|n| Player::alone(economy.country(n).code.clone(), n));
                self.blocs.iter().cloned().chain(alone).collect()
            }
            Some([]) => {
                return Err(Diagnostic::error(
                    "impossible-game",
                    "no one plays: the list of players is empty",
                )
                .help("name countries with commas between them: `--players USA,CHN`")
                .into());
            }
            Some(names) => {
                let mut faults = Faults::new();
                let mut players = Vec::new();
                for name in names {
                    match self.player(name) {
                        Ok(player) => players.push(player),
                        Err(fault) => faults.push(fault),
                    }
                }
                faults.or(players)?
            }
        };
        Ok(players.into_iter().map(|player| (player, self.instruments.clone())).collect())
    }

    /// Refuses a bloc that is none of the players, for it would change nothing.
    ///
    /// # Errors
    /// `bad-bloc`.
    pub(crate) fn all_blocs_play<'a>(
        &self,
        players: impl Iterator<Item = &'a Player>,
        help: &str,
    ) -> Result<(), Faults> {
        let names: Vec<&Country> = players.map(|player| &player.name).collect();
        let mut faults = Faults::new();
        for bloc in self.blocs.iter().filter(|bloc| !names.contains(&&bloc.name)) {
            faults.push(
                Diagnostic::error("bad-bloc", format!("the bloc `{}` does not play", bloc.name)).help(help),
            );
        }
        faults.or(())
    }

    /// A bloc or a country by its name.
    pub(crate) fn player(&self, name: &str) -> Result<Player, Diagnostic> {
        if let Some(bloc) = self.blocs.iter().find(|bloc| bloc.name.as_str() == name) {
            return Ok(bloc.clone());
        }
        let country = self.economy().country_id(name);
        country
            .map(|n| Player::alone(name.into(), n))
            .ok_or_else(|| self.economy().unknown_country(name).help("`--bloc NAME=A,B` makes a bloc"))
    }

    /// Whether the rate at this place in an array of wedges is this player's to set.
    pub(super) fn sets(&self, player: &Player, place: usize) -> bool {
        let (n, i, s) = self.game.place(place);
        let taxes = place >= self.game.cells();
        let (mover, partner) = if taxes { (i, n) } else { (n, i) };
        let border = self.instruments.border;
        (if taxes { border.exports() } else { border.imports() })
            && player.holds(mover)
            && !player.holds(partner)
            && self.instruments.reaches(n, i, s)
    }

    /// The base's wedges with every rate that a player may set at one.
    pub(crate) fn all_at(&self, players: &[(Player, Instruments)], rate: f64) -> Vec<f64> {
        let mut wedges = self.with_room(self.game.base_log_wedges());
        self.set(players, rate, &mut wedges);
        wedges
    }

    /// These wedges in an array that holds every rate that may be set: taxes that were not there are zero.
    pub(crate) fn with_room(&self, wedges: &[f64]) -> Vec<f64> {
        let mut wedges = wedges.to_vec();
        if self.instruments.border.exports() {
            wedges.resize(2 * self.game.cells(), 0.0);
        }
        wedges
    }

    /// Puts every rate that a player may set at what it is in `chosen`; taxes that are not there are zero.
    pub(crate) fn set_from(&self, players: &[(Player, Instruments)], chosen: &[f64], wedges: &mut [f64]) {
        for (place, wedge) in wedges.iter_mut().enumerate() {
            if players.iter().any(|(player, _)| self.sets(player, place)) {
                *wedge = chosen.get(place).copied().unwrap_or(0.0);
            }
        }
    }

    /// Puts every rate that a player may set, and that the array holds, at one rate.
    pub(crate) fn set(&self, players: &[(Player, Instruments)], rate: f64, wedges: &mut [f64]) {
        for (place, wedge) in wedges.iter_mut().enumerate() {
            if players.iter().any(|(player, _)| self.sets(player, place)) {
                *wedge = rate.ln_1p();
            }
        }
    }

    pub(crate) fn outcome(&self, player: &Player, log_wedges: &[f64], state: &G::State) -> PlayerOutcome {
        player_outcome(&self.game, player, Some(&self.instruments), log_wedges, state)
    }

    /// Every duty the players set, where asked for.
    pub(crate) fn tariffs(
        &self,
        question: &GameQuestion,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Option<Vec<TariffRow>> {
        let duties = 0..self.game.cells();
        question.list_tariffs.then(|| self.listed(players, log_wedges, duties))
    }

    /// Every export tax the players set, where they set any and the list is asked for.
    pub(crate) fn export_taxes(
        &self,
        question: &GameQuestion,
        players: &[&Player],
        log_wedges: &[f64],
    ) -> Option<Vec<TariffRow>> {
        let taxes = self.game.cells()..log_wedges.len();
        let asked = question.list_tariffs && question.border.exports();
        asked.then(|| self.listed(players, log_wedges, taxes))
    }

    fn listed(&self, players: &[&Player], log_wedges: &[f64], places: Range<usize>) -> Vec<TariffRow> {
        let economy = self.economy();
        let set = places.filter(|place| players.iter().any(|player| self.sets(player, *place)));
        set.map(|place| {
            let (n, i, s) = self.game.place(place);
            TariffRow {
                importer: economy.country(n).code.clone(),
                exporter: economy.country(i).code.clone(),
                sector: economy.sector(s).code.clone(),
                rate: log_wedges[place].exp_m1(),
            }
        })
        .collect()
    }

    /// Real income of those who do not play.
    pub(crate) fn bystanders(&self, players: &[&Player], state: &G::State) -> Vec<Bystander> {
        let real_income = self.game.real_income(state);
        let others = self.economy().country_ids().filter(|n| !players.iter().any(|p| p.holds(*n)));
        others
            .map(|n| Bystander {
                country: self.economy().country(n).code.clone(),
                real_income_pct: 100.0 * real_income[n.at()].exp_m1(),
            })
            .collect()
    }

    /// The plain mean over all countries of the change of real income, %.
    pub(crate) fn mean_real_income_pct(&self, state: &G::State) -> f64 {
        let real_income = self.game.real_income(state);
        100.0 * real_income.iter().map(|w| w.exp_m1()).sum::<f64>() / real_income.len() as f64
    }

    pub(crate) fn failed(&self, error: &StrategyError) -> Faults {
        failed(self.economy(), error).into()
    }

    /// The economy by its name and title.
    pub(crate) fn title(&self) -> String {
        format!("{}: {}", self.economy().name(), self.economy().meta().title)
    }

    /// What the answer of a command was computed from: what it `asked` beside the game, and the game.
    pub(crate) fn manifest(&self, command: &str, asked: Told) -> Manifest {
        let mut told = settings([("command", json!(command))]);
        told.extend(asked);
        told.extend(self.settings.clone());
        // A command that plays otherwise has said how.
        settings::playing().into_iter().for_each(|(name, value)| {
            told.entry(name).or_insert(value);
        });
        Manifest::of(IndexMap::from([self.opened.input.clone()]), told)
    }
}
