//! From accounts to tables and folders.

use diagnostic::Diagnostic;
use indexmap::IndexSet;
use terms::{CountryId, SectorId};

use crate::sheet::{Column, Sheet};
use crate::{Draft, Meta};

/// In which form the large tables of a folder are written. The lists are always CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated text.
    Csv,
    /// Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl Draft {
    /// The folder that reads back as these accounts: names of files and their bytes. Flows are written before
    /// duty, zeros left out.
    ///
    /// # Errors
    /// As the writers of the form.
    pub fn folder(&self, form: Form) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
        let mut files = vec![("economy.toml".to_owned(), self.meta.to_toml().into_bytes())];
        for sheet in self.sheets() {
            let (ending, bytes) = match form {
                #[cfg(feature = "parquet")]
                Form::Parquet if !["countries", "sectors", "elasticities"].contains(&sheet.name()) => {
                    ("parquet", sheet.to_parquet()?)
                }
                _ => ("csv", sheet.to_csv()),
            };
            files.push((format!("{}.{ending}", sheet.name()), bytes));
        }
        Ok(files)
    }

    /// All tables of these accounts: the lists, then `trade`, `tariffs`, `use`, `final`, `output`,
    /// `elasticities`, `weights`, as far as there are any.
    pub fn sheets(&self) -> Vec<Sheet> {
        let mut sheets =
            vec![self.countries_sheet(), self.sectors_sheet(), self.trade_sheet(), self.tariffs_sheet()];
        if let Some(inputs) = &self.inputs {
            let cells = self.nodes().flat_map(|(n, k)| self.sector_ids().map(move |s| (n, k, s)));
            let cells: Vec<_> = cells.filter(|cell| inputs[*cell] != 0.0).collect();
            sheets.push(
                Sheet::new("use")
                    .with("country", Column::words(cells.iter().map(|(n, _, _)| self.country_code(*n))))
                    .with("sector", Column::words(cells.iter().map(|(_, k, _)| self.sector_code(*k))))
                    .with("input", Column::words(cells.iter().map(|(_, _, s)| self.sector_code(*s))))
                    .with("value", Column::Numbers(cells.iter().map(|cell| inputs[*cell]).collect())),
            );
            let value = self.final_demand.as_slice().to_vec();
            sheets.push(self.node_sheet("final").with("value", Column::Numbers(value)));
        }
        let output = self.output.as_slice().to_vec();
        let value_added = self.value_added.as_slice().to_vec();
        sheets.push(
            self.node_sheet("output")
                .with("output", Column::Numbers(output))
                .with("value_added", Column::Numbers(value_added)),
        );
        if self.elasticities.columns().next().is_some() {
            let sectors = Column::words(self.sectors.iter().map(|entry| entry.code.as_str()));
            let mut sheet = Sheet::new("elasticities").with("sector", sectors);
            for (set, values) in self.elasticities.columns() {
                let values = values.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
                sheet = sheet.with(set, Column::Numbers(values));
            }
            sheets.push(sheet);
        }
        if let Some(weights) = &self.weights {
            let weight = Column::Numbers(weights.weight.as_slice().to_vec());
            let mut sheet = self.node_sheet("weights").with("weight", weight);
            if let Some(tariff) = &weights.noncooperative_tariff {
                let rates = tariff.as_slice().iter().map(|rate| rate.as_share()).collect();
                sheet = sheet.with("noncoop_tariff", Column::Numbers(rates));
            }
            sheets.push(sheet);
        }
        sheets
    }

    fn countries_sheet(&self) -> Sheet {
        let sheet = Sheet::new("countries")
            .with("code", Column::words(self.countries.iter().map(|entry| entry.code.as_str())))
            .with("name", Column::words(self.countries.iter().map(|entry| &entry.name)));
        extras(sheet, self.countries.iter().map(|entry| &entry.extra))
    }

    fn sectors_sheet(&self) -> Sheet {
        let sheet = Sheet::new("sectors")
            .with("code", Column::words(self.sectors.iter().map(|entry| entry.code.as_str())))
            .with("name", Column::words(self.sectors.iter().map(|entry| &entry.name)))
            .with(
                "good",
                Column::Numbers(self.sectors.iter().map(|entry| f64::from(u8::from(entry.good))).collect()),
            );
        extras(sheet, self.sectors.iter().map(|entry| &entry.extra))
    }

    fn trade_sheet(&self) -> Sheet {
        let cells = self.trade.cells().filter(|(_, value)| **value != 0.0);
        let (places, values): (Vec<_>, Vec<f64>) = cells.map(|(place, value)| (place, *value)).unzip();
        self.flow_sheet("trade", &places).with("value", Column::Numbers(values))
    }

    fn tariffs_sheet(&self) -> Sheet {
        let cells = self.tariffs.cells().filter(|(_, rate)| rate.as_share() != 0.0);
        let (places, rates): (Vec<_>, Vec<f64>) = cells.map(|(place, rate)| (place, rate.as_share())).unzip();
        self.flow_sheet("tariffs", &places).with("rate", Column::Numbers(rates))
    }

    fn flow_sheet(&self, name: &str, places: &[(CountryId, CountryId, SectorId)]) -> Sheet {
        Sheet::new(name)
            .with("importer", Column::words(places.iter().map(|(n, _, _)| self.country_code(*n))))
            .with("exporter", Column::words(places.iter().map(|(_, i, _)| self.country_code(*i))))
            .with("sector", Column::words(places.iter().map(|(_, _, s)| self.sector_code(*s))))
    }

    fn node_sheet(&self, name: &str) -> Sheet {
        Sheet::new(name)
            .with("country", Column::words(self.nodes().map(|(n, _)| self.country_code(n))))
            .with("sector", Column::words(self.nodes().map(|(_, s)| self.sector_code(s))))
    }

    fn nodes(&self) -> impl Iterator<Item = (CountryId, SectorId)> + '_ {
        CountryId::all(self.countries.len()).flat_map(|n| self.sector_ids().map(move |s| (n, s)))
    }

    fn sector_ids(&self) -> impl Iterator<Item = SectorId> + use<> {
        SectorId::all(self.sectors.len())
    }

    fn country_code(&self, id: CountryId) -> &str {
        self.countries[id.at()].code.as_str()
    }

    fn sector_code(&self, id: SectorId) -> &str {
        self.sectors[id.at()].code.as_str()
    }
}

/// Adds the further columns of a list, in the order in which they first come.
fn extras<'a>(
    mut sheet: Sheet,
    rows: impl Iterator<Item = &'a indexmap::IndexMap<String, String>> + Clone,
) -> Sheet {
    let names: IndexSet<&String> = rows.clone().flat_map(|row| row.keys()).collect();
    for name in names {
        let cells = rows.clone().map(|row| row.get(name).map_or("", String::as_str));
        sheet = sheet.with(name, Column::words(cells));
    }
    sheet
}

impl Meta {
    /// The text of `economy.toml`. Flows in memory are before duty, so it says so.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        let mut line = |key: &str, value: String| {
            if value != "\"\"" {
                text.push_str(&format!("{key} = {value}\n"));
            }
        };
        let quoted = |word: &str| toml::Value::String(word.to_owned()).to_string();
        line("name", quoted(&self.name));
        line("title", quoted(&self.title));
        line("year", self.year.to_string());
        line("currency", quoted(&self.currency));
        line("unit", quoted(self.unit.word()));
        line("valuation", quoted(crate::Valuation::BeforeDuty.word()));
        if let Some(set) = &self.elasticity {
            line("elasticity", quoted(set));
        }
        line("market", quoted(self.market.word()));
        line("source", quoted(&self.source));
        line("licence", quoted(&self.licence));
        if self.tolerance != Self::TOLERANCE {
            line("tolerance", format!("{:e}", self.tolerance));
        }
        text
    }
}
