//! What every question about two governments opens: the record's account, the economy, both sides' packages.

use diagnostic::Faults;
use equilibrium::{Links, Options};
use ledger::View;
use tariffs::{Coverage, Duties, Weights};
use terms::{Country, Instant};

use crate::account::{account_of, account_of_any};
use crate::brief::Account;
use crate::clock::Days;
use crate::contest::Contest;
use crate::covered::covered;
use crate::duty_tables::bought;
use crate::economies::{self, Opened};
use crate::extent::beyond;
use crate::packages::{Law, Policy, distinct, others, packages};
use crate::question::Question;
use crate::records::Record;
use crate::sized::{Among, Sizing, sizing};
use crate::territories::members;

/// The parts of a question before anything is solved.
pub(crate) struct Opening {
    /// What the record says.
    pub account: Account,
    /// The economy and its hash.
    pub opened: Opened,
    /// What each programme reaches and charges of each sector.
    pub coverage: Coverage,
    /// What was bought in the year of the weights.
    pub bought: Weights,
    /// The names of these tables and their hashes.
    pub tables: [(String, String); 2],
    /// The groups each party belongs to.
    pub groups: [Vec<Country>; 2],
    /// Each side's packages: none, today's, what a lapse returns, the peak.
    pub policies: [Vec<Policy>; 2],
    /// Every other duty in force.
    others: Duties,
    /// The closure.
    pub options: Options,
    /// Warnings of the texts and tables read.
    pub warnings: Faults,
}

impl Opening {
    /// Opens a question between two governments that act on record.
    ///
    /// # Errors
    /// All faults of the texts and tables.
    pub(crate) fn of(question: &Question, record: &Record) -> Result<Self, Faults> {
        let days = Days { on: question.on, known_on: Some(question.known_on) };
        let agreement = question.truce.agreement.as_deref();
        let title = question.title.as_deref();
        let account = account_of(&record.ledger, &question.parties, days, title, agreement)?;
        Self::with(account, question, record)
    }

    /// The same where one of the two acts on record: what the other charges beyond the base year is unread.
    ///
    /// # Errors
    /// As [`Opening::of`].
    pub(crate) fn of_any(question: &Question, record: &Record) -> Result<Self, Faults> {
        let recorded = |code: &Country| record.ledger.border(code.as_str(), Instant::MAX).is_some();
        if question.parties.iter().all(recorded) {
            return Self::of(question, record);
        }
        let days = Days { on: question.on, known_on: Some(question.known_on) };
        let account = account_of_any(&record.ledger, &question.parties, days, question.title.as_deref())?;
        Self::with(account, question, record)
    }

    fn with(account: Account, question: &Question, record: &Record) -> Result<Self, Faults> {
        let (ledger, parties) = (&record.ledger, &question.parties);
        let days = Days { on: question.on, known_on: Some(question.known_on) };
        let timetable = ledger.timetable(days.known(ledger)?, View::Collected);
        let opened = economies::open(&question.model.economy)?;
        let Sizing { coverage, input: coverage_hash, warnings: sized, .. } = sizing(
            record,
            Among::Economy(&members(&opened.economy)),
            &[question.on],
            Some(question.known_on),
        )?;
        let (bought, bought_hash) = bought()?;
        let (sectors, unknown) = covered(&opened.economy)?;
        let law = Law { ledger, timetable: &timetable, coverage: &coverage, sectors: &sectors, days };
        let mut warnings = record.warnings.clone();
        warnings.append(sized);
        warnings.append(opened.economy.warnings().clone());
        unknown.into_iter().for_each(|warning| warnings.push(warning));
        beyond(ledger, parties, question.on).into_iter().for_each(|warning| warnings.push(warning));
        let side = |at: usize| {
            let pair = [&parties[at], &parties[1 - at]];
            packages(&law, pair, &account.directions[at], account.truce.as_ref())
        };
        let policies = distinct([side(0)?, side(1)?]);
        let others = others(&law, &opened.economy, parties)?;
        let groups = [law.groups(&parties[0])?, law.groups(&parties[1])?];
        let options = Options {
            links: if question.model.links { Links::Recorded } else { Links::Absent },
            deficits: question.model.deficits,
            elasticity: question.model.elasticities.first().cloned(),
            ..Options::default()
        };
        let tables = [coverage_hash, bought_hash];
        Ok(Self { account, opened, coverage, bought, tables, groups, policies, others, options, warnings })
    }

    /// The contest with the elasticity sets `sets`.
    ///
    /// # Errors
    /// `unknown-country` when the economy does not keep a party apart; faults of an elasticity set.
    pub(crate) fn contest(&self, question: &Question, sets: &[String]) -> Result<Contest<'_>, Faults> {
        Contest::new(
            &self.opened.economy,
            (&self.coverage, &self.bought),
            &question.parties,
            self.others.clone(),
            (question.on, question.known_on),
            (&self.options, sets),
        )
    }
}
