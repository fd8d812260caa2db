//! The world of Caliendo and Parro (2015) from its raw tables, under the paper's three kinds of input links.
//!
//! The tables contradict each other (some inputs exceed all that is bought of them; final demand below zero is set to
//! zero), so the base year is no equilibrium: only shares, value added and deficits of it are used, and the world
//! without deficits is solved for first, as in the paper.

use equilibrium::Accounts;
use terms::{CountryId, Cube, Grid, Rate, SectorId};

/// What sectors buy from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inputs {
    /// As the tables say.
    Recorded,
    /// From their own sector alone, the rest of cost being value added: γᵛ = 1 − the table's own coefficient.
    OwnSector,
    /// Nothing.
    None,
}

/// Accounts, tariffs of 2005 between Canada, Mexico and the United States, and these countries.
pub struct Nafta {
    pub accounts: Accounts,
    pub tariffs: Cube<Rate>,
    pub members: [(&'static str, CountryId); 3],
}

fn rows(name: &str) -> Option<Vec<Vec<String>>> {
    let path = format!("{}/../../../shared/data/nafta-1993/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: `../shared/data/nafta-1993/{name}.csv` is not beside the repository");
        return None;
    };
    Some(text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

/// The raw tables: values in dollars, duties as shares.
struct Raw {
    codes: Vec<String>,
    theta: Vec<f64>,
    /// Trade before duty, the home market not yet among it; duties of 1993 and of 2005.
    flow: Cube<f64>,
    before: Cube<f64>,
    after: Cube<f64>,
    output: Grid<f64>,
    /// Shares of output.
    value_added: Grid<f64>,
    /// By country, user and input; a user's sum to one.
    coefficient: Vec<f64>,
}

impl Raw {
    /// The tables, if they lie beside the repository.
    fn read() -> Option<Self> {
        let number = |text: &str| text.parse::<f64>().unwrap();
        let sector = |text: &str| SectorId::new(text.parse::<usize>().unwrap() - 1);
        let codes: Vec<String> = rows("countries")?.into_iter().map(|row| row[1].clone()).collect();
        let country = |code: &str| CountryId::new(codes.iter().position(|known| known == code).unwrap());
        let theta: Vec<f64> = rows("sectors")?.iter().map(|row| number(&row[3])).collect();
        let (countries, sectors) = (codes.len(), theta.len());
        let cube = || Cube::filled(countries, sectors, 0.0);
        let (mut flow, mut before, mut after) = (cube(), cube(), cube());
        for row in rows("trade")? {
            let place = (country(&row[1]), country(&row[2]), sector(&row[0]));
            // Trade is in thousands, output in dollars.
            flow[place] = 1000.0 * number(&row[3]);
            (before[place], after[place]) = (0.01 * number(&row[4]), 0.01 * number(&row[5]));
        }
        let mut output = Grid::filled(countries, sectors, 0.0_f64);
        let mut value_added = output.clone();
        for row in rows("output")? {
            let place = (country(&row[1]), sector(&row[0]));
            (output[place], value_added[place]) = (number(&row[2]), number(&row[3]));
        }
        let mut coefficient = vec![0.0; countries * sectors * sectors];
        for row in rows("io")? {
            let (n, k, s) = (country(&row[0]), sector(&row[2]), sector(&row[1]));
            coefficient[(n.at() * sectors + k.at()) * sectors + s.at()] = number(&row[3]);
        }
        let mut raw = Self { codes, theta, flow, before, after, output, value_added, coefficient };
        // Printed shares sum to one to six digits only.
        raw.normalise();
        Some(raw)
    }

    fn normalise(&mut self) {
        for user in self.coefficient.chunks_mut(self.theta.len()) {
            let sum: f64 = user.iter().sum();
            user.iter_mut().filter(|_| sum > 0.5).for_each(|share| *share /= sum);
        }
    }

    /// One sector of goods and one of services, as the paper's own programs put them together: trade and output are
    /// sums, duties and shares of value added medians over sectors, coefficients means, θ is 4.55.
    fn in_one_sector(self) -> Self {
        const GOODS: usize = 20;
        let (countries, sectors) = (self.codes.len(), self.theta.len());
        let parts = [0..GOODS, GOODS..sectors];
        let of = |s: SectorId| parts[s.at()].clone().map(SectorId::new);
        let cube = |cell: &dyn Fn(CountryId, CountryId, SectorId) -> f64| Cube::from_fn(countries, 2, cell);
        let grid = |cell: &dyn Fn(CountryId, SectorId) -> f64| Grid::from_fn(countries, 2, cell);
        let mut coefficient = Vec::with_capacity(4 * countries);
        for n in 0..countries {
            for (user, input) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let (users, inputs) = (parts[user].clone(), parts[input].clone());
                let cells = users.flat_map(|k| inputs.clone().map(move |s| (n * sectors + k) * sectors + s));
                let cells: Vec<f64> = cells.map(|cell| self.coefficient[cell]).collect();
                coefficient.push(cells.iter().sum::<f64>() / cells.len() as f64);
            }
        }
        let mut raw = Self {
            theta: vec![4.55; 2],
            flow: cube(&|n, i, s| of(s).map(|s| self.flow[(n, i, s)]).sum()),
            before: cube(&|n, i, s| median(of(s).map(|s| self.before[(n, i, s)]))),
            after: cube(&|n, i, s| median(of(s).map(|s| self.after[(n, i, s)]))),
            output: grid(&|n, s| of(s).map(|s| self.output[(n, s)]).sum()),
            value_added: grid(&|n, s| median(of(s).map(|s| self.value_added[(n, s)]))),
            coefficient,
            codes: self.codes,
        };
        // A country's means sum to less than one; a user's are to sum to one.
        for user in raw.coefficient.chunks_mut(2) {
            let sum: f64 = user.iter().sum();
            user.iter_mut().for_each(|share| *share /= sum);
        }
        raw
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len().is_multiple_of(2) { 0.5 * (sorted[middle - 1] + sorted[middle]) } else { sorted[middle] }
}

/// The raw world, if its tables lie beside the repository.
pub fn nafta_1993(inputs: Inputs) -> Option<Nafta> {
    Some(world(Raw::read()?, inputs))
}

/// The same in one sector of goods and one of services.
pub fn nafta_1993_in_one_sector() -> Option<Nafta> {
    Some(world(Raw::read()?.in_one_sector(), Inputs::Recorded))
}

fn world(raw: Raw, inputs: Inputs) -> Nafta {
    let Raw { codes, theta, mut flow, before, after, mut output, value_added, coefficient } = raw;
    let (countries, sectors) = (codes.len(), theta.len());
    let country = |code: &str| CountryId::new(codes.iter().position(|known| known == code).unwrap());
    let at = |n: CountryId, k: SectorId, s: SectorId| (n.at() * sectors + k.at()) * sectors + s.at();
    let cells = || CountryId::all(countries).flat_map(|n| SectorId::all(sectors).map(move |s| (n, s)));
    for (i, s) in cells() {
        let exports: f64 = CountryId::all(countries).filter(|n| *n != i).map(|n| flow[(n, i, s)]).sum();
        output[(i, s)] = output[(i, s)].max(exports);
        flow[(i, i, s)] = output[(i, s)] - exports;
    }
    let mut factor_share = Grid::filled(countries, sectors, 1.0);
    let mut γ = vec![0.0; coefficient.len()];
    for (n, k) in cells() {
        let own = coefficient[at(n, k, k)];
        let buys = SectorId::all(sectors).map(|s| coefficient[at(n, k, s)]).sum::<f64>() > 0.5;
        match inputs {
            Inputs::Recorded if buys => {
                factor_share[(n, k)] = value_added[(n, k)];
                for s in SectorId::all(sectors) {
                    γ[at(n, k, s)] = (1.0 - value_added[(n, k)]) * coefficient[at(n, k, s)];
                }
            }
            Inputs::OwnSector => {
                factor_share[(n, k)] = 1.0 - own;
                γ[at(n, k, k)] = own;
            }
            Inputs::Recorded | Inputs::None => {}
        }
    }
    let used = |n: CountryId, s: SectorId, output: &Grid<f64>| -> f64 {
        SectorId::all(sectors).map(|k| γ[at(n, k, s)] * output[(n, k)]).sum()
    };
    let mut spending = Grid::filled(countries, sectors, 0.0);
    let mut deficit = vec![0.0; countries];
    for ((n, i, s), value) in flow.cells() {
        spending[(n, s)] += value * (1.0 + before[(n, i, s)]);
        deficit[n.at()] += value;
        deficit[i.at()] -= value;
    }
    let share = Cube::from_fn(countries, sectors, |n, i, s| {
        let bought = spending[(n, s)];
        if bought > 0.0 { flow[(n, i, s)] * (1.0 + before[(n, i, s)]) / bought } else { 0.0 }
    });
    let wanted =
        Grid::from_fn(countries, sectors, |n, s| f64::max(spending[(n, s)] - used(n, s, &output), 0.0));
    let final_share =
        Grid::from_fn(countries, sectors, |n, s| wanted[(n, s)] / wanted.row(n).iter().sum::<f64>());
    let paid = |n: CountryId| factor_share.row(n).iter().zip(output.row(n)).map(|(γᵛ, y)| γᵛ * y).sum();
    let factor_income: Vec<f64> = CountryId::all(countries).map(paid).collect();
    // Spending and output that agree with the shares: the levels that the wage gaps are about.
    let (mut income, mut revenue) = (factor_income.clone(), vec![0.0; countries]);
    for _ in 0..200 {
        let mut made = Grid::filled(countries, sectors, 0.0);
        revenue.fill(0.0);
        for ((n, i, s), π) in share.cells() {
            let landed = π * spending[(n, s)] / (1.0 + before[(n, i, s)]);
            made[(i, s)] += landed;
            revenue[n.at()] += landed * before[(n, i, s)];
        }
        for n in 0..countries {
            income[n] = factor_income[n] + revenue[n] + deficit[n];
        }
        spending = Grid::from_fn(countries, sectors, |n, s| {
            final_share[(n, s)] * income[n.at()] + used(n, s, &made)
        });
        output = made;
    }
    let members = ["MEX", "CAN", "USA"].map(|code| (code, country(code)));
    let inside = |n: CountryId| members.iter().any(|(_, member)| *member == n);
    let tariffs = Cube::from_fn(countries, sectors, |n, i, s| {
        Rate::share(if inside(n) && inside(i) { after[(n, i, s)] } else { before[(n, i, s)] })
    });
    let accounts = Accounts {
        share,
        tariff: before,
        spending,
        output,
        input_share: (inputs != Inputs::None).then_some(γ),
        factor_share,
        final_share,
        income,
        factor_income,
        revenue,
        deficit,
        exporter_wedge: None,
        theta,
        psi: None,
    };
    Nafta { accounts, tariffs, members }
}
