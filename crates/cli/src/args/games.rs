//! The words of `war`, `best` and `bargain`.

use clap::{Args, ValueEnum};

use super::{Links, OutputArgs, WantsArgs};

/// The economy, the closure and the duties of a game.
#[derive(Debug, Clone, Args)]
pub struct GameArgs {
    /// `default`, or an economy folder
    #[arg(long, value_name = "ECONOMY", default_value = "default")]
    pub economy: String,
    /// A column of the economy's elasticities [default: the one the economy names]
    #[arg(long, value_name = "SET")]
    pub elasticity: Option<String>,
    /// What sellers keep [default: what the economy was made for]
    #[arg(long, value_enum)]
    pub market: Option<GameMarket>,
    /// Whether industries buy inputs from each other
    #[arg(long, value_enum, default_value_t = Links::No)]
    pub links: Links,
    /// What happens to trade deficits
    #[arg(long, value_enum, default_value_t = GameDeficits::Held)]
    pub deficits: GameDeficits,
    /// Which rates are one decision
    #[arg(long, value_enum, default_value_t = Instrument::Uniform)]
    pub instrument: Instrument,
    /// Rates reach services too
    #[arg(long)]
    pub all_sectors: bool,
    /// Rates may fall below zero, to −90 %
    #[arg(long, conflicts_with = "floor")]
    pub subsidies: bool,
    /// The lowest rate, % [default: 0]
    #[arg(long, value_name = "RATE", allow_negative_numbers = true)]
    pub floor: Option<f64>,
    /// The highest rate, % [default: 1000]
    #[arg(long, value_name = "RATE", allow_negative_numbers = true)]
    pub cap: Option<f64>,
    /// Rates that stay as they are: a sector or chapter (`NFM`, `HS:30`), a flow from seller to buyer (`CHN>USA`), or one sector of it (`CHN>USA:NFM`); commas between several, or repeated
    #[arg(long, value_name = "WHAT,…")]
    pub exempt: Vec<String>,
    #[command(flatten)]
    pub wants: WantsArgs,
    /// What is listed beside the players
    #[arg(long, value_enum)]
    pub detail: Option<Detail>,
    /// Threads [default: all]; no digit depends on it
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..1025))]
    pub threads: Option<u16>,
}

/// What sellers keep of their sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GameMarket {
    /// Nothing: perfect competition
    Perfect,
    /// A markup: fixed firms with profits
    Firms,
}

/// What happens to trade deficits in a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GameDeficits {
    /// They stay, in units of world wages
    Held,
    /// They are removed first; changes are against the balanced world
    Removed,
}

/// Which rates are one decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Instrument {
    /// One rate on everything from everyone
    Uniform,
    /// One rate for each partner
    Partner,
    /// One rate for each sector, for all partners alike
    Sector,
    /// A rate for each partner and sector
    PartnerSector,
}

/// The border at which governments act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AtBorder {
    /// Duties on what they buy
    Imports,
    /// Taxes on what they sell abroad
    Exports,
    /// Both
    Both,
}

/// What is listed beside the players.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Detail {
    /// Every rate: importer, exporter, sector, rate
    Tariffs,
}

/// Where the duties of a war come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Rule {
    /// Every government's own best reply to all others
    Exact,
    /// Lashkaripour (2021): the inverse of the elasticity of demand for a country's exports
    Formula,
}

/// `war`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente war --players USA,CHN --thorough
  detente war --players USA,CHN --border both --instrument sector
  detente war --players USA,CHN --revenue-weight USA=0.5")]
pub struct WarArgs {
    /// Who fights: codes with commas between them, or `all`
    #[arg(long, value_name = "A,B,…", default_value = "all")]
    pub players: String,
    /// Where the duties come from
    #[arg(long, value_enum, default_value_t = Rule::Exact)]
    pub rule: Rule,
    /// Search for everyone's better replies, from the duties played, free entry and 100 %, however large the game; without it
    /// small games are searched from free entry and 100 %, and in large ones the payoffs there are looked at
    #[arg(long)]
    pub thorough: bool,
    /// The war alone: begun at the duties of the base only, until no 1 + rate would still move by more than 0.003 %, and
    /// no better reply searched for
    #[arg(long, conflicts_with = "thorough")]
    pub quick: bool,
    /// A bloc that chooses as one, with one external tariff: `EU=DEU,FRA,ITA`, or a group of the record, `EU27`; repeatable
    #[arg(long, value_name = "NAME=A,B,…")]
    pub bloc: Vec<String>,
    /// Whether governments set duties, export taxes, or both
    #[arg(long, value_enum, default_value_t = AtBorder::Imports)]
    pub border: AtBorder,
    #[command(flatten)]
    pub game: GameArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `best`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente best USA --instrument partner
  detente best CHN --border exports --instrument sector
  detente best USA --others reply --instrument sector --cap 50 --exempt 'MEX>USA'")]
pub struct BestArgs {
    /// Whose best duties
    #[arg(value_name = "COUNTRY")]
    pub country: String,
    /// What all others do
    #[arg(long, value_enum, default_value_t = OthersDo::Hold)]
    pub others: OthersDo,
    /// A bloc that chooses as one, with one external tariff: `EU=DEU,FRA,ITA`, or a group of the record, `EU27`; repeatable
    #[arg(long, value_name = "NAME=A,B,…")]
    pub bloc: Vec<String>,
    /// Whether governments set duties, export taxes, or both
    #[arg(long, value_enum, default_value_t = AtBorder::Imports)]
    pub border: AtBorder,
    #[command(flatten)]
    pub game: GameArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What happens if talks fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ThreatPoint {
    /// The duties of the base stay, or with `--on` those in force on the day
    Today,
    /// The truce that holds on the day of `--on` lapses
    Lapse,
    /// Those at the table fight, until the first-order conditions of each hold
    War,
    /// Those at the table charge nothing
    FreeTrade,
}

/// How the gain is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Sharing {
    /// Everyone gains the same per cent (Ossa 2014)
    EqualGains,
    /// The product of gains is largest (Nash 1950)
    Nash,
    /// In the ratio of the most each could get (Kalai and Smorodinsky 1975)
    KalaiSmorodinsky,
}

/// `bargain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente bargain USA CHN --threat war --out talks.html
  detente bargain USA CHN --threat lapse --on 2025-06-09 --transfers
  detente bargain USA CHN --threat lapse --on 2025-06-09 --issue 'minerals=CHN>USA:NFM=0.05'
  detente bargain USA CHN --threat war --border both --instrument sector")]
pub struct BargainArgs {
    /// Who sits at the table [default: everyone]
    #[arg(value_name = "COUNTRY")]
    pub table: Vec<String>,
    /// What happens if talks fail
    #[arg(long, value_enum, default_value_t = ThreatPoint::Today)]
    pub threat: ThreatPoint,
    /// How the gain is shared
    #[arg(long, value_enum, default_value_t = Sharing::EqualGains)]
    pub solution: Sharing,
    /// Their duties on outsiders are on the table too [default: only those on each other]
    #[arg(long)]
    pub outsiders: bool,
    /// Money may change hands
    #[arg(long)]
    pub transfers: bool,
    /// What else is on the table; repeatable: `NAME=CHN>USA:NFM=0.4` (licences that now hold a flow to two fifths, priced by the economy), `NAME=USA:+0.02,CHN:-0.01` (your price, % of real income)
    #[arg(long, value_name = "NAME=…")]
    pub issue: Vec<String>,
    /// Start from the duties on all goods in force between the two on this day
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// With `--on`: use only what was public by this day [default: that day]
    #[arg(long, value_name = "DATE", requires = "on")]
    pub known_on: Option<String>,
    /// Whether duties, export taxes, or both are on the table
    #[arg(long, value_enum, default_value_t = AtBorder::Imports)]
    pub border: AtBorder,
    #[command(flatten)]
    pub game: GameArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `weights`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  detente weights USA --market perfect")]
pub struct WeightsArgs {
    /// Whose duties are to be explained [default: everyone's]
    #[arg(value_name = "COUNTRY")]
    pub countries: Vec<String>,
    /// `default`, or an economy folder
    #[arg(long, value_name = "ECONOMY", default_value = "default")]
    pub economy: String,
    /// A column of the economy's elasticities [default: the one the economy names]
    #[arg(long, value_name = "SET")]
    pub elasticity: Option<String>,
    /// What sellers keep [default: what the economy was made for]
    #[arg(long, value_enum)]
    pub market: Option<GameMarket>,
    /// What happens to trade deficits
    #[arg(long, value_enum, default_value_t = GameDeficits::Removed)]
    pub deficits: GameDeficits,
    /// Explain the duties in force, also where the economy has non-cooperative ones
    #[arg(long)]
    pub observed: bool,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `coalitions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  detente coalitions USA CHN DEU JPN --free-inside")]
pub struct CoalitionsArgs {
    /// Two to five countries that fight, the rest of the world holding
    #[arg(value_name = "COUNTRY", required = true)]
    pub candidates: Vec<String>,
    /// Members of a bloc charge each other nothing [default: duties inside a bloc stay as they are]
    #[arg(long)]
    pub free_inside: bool,
    /// Whether governments set duties, export taxes, or both
    #[arg(long, value_enum, default_value_t = AtBorder::Imports)]
    pub border: AtBorder,
    #[command(flatten)]
    pub game: GameArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What all others do when a government moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OthersDo {
    /// They hold their duties
    Hold,
    /// Each charges the mover, flow by flow, what the mover charges it
    Mirror,
    /// Each answers with its own best reply, to the mover and to each other: the mover leads
    Reply,
}
