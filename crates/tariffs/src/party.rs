//! Whose border and whose goods: the codes of a question, and the union at whose border a member's goods enter.

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Country, Instant};

use crate::Book;

impl Book<'_> {
    /// The government at whose border goods are charged, and a remark where that is not the one named: a member
    /// of a customs union that issues acts here is answered at the union's border.
    ///
    /// # Errors
    /// `unknown-country` for a code that is none, `unknown-government` for an importer without acts here, and
    /// `same-party` for goods that cross no border: all together.
    pub(crate) fn border_of(
        &self,
        importer: &Country,
        origin: &Country,
        on: Instant,
    ) -> Result<(Country, Option<String>), Faults> {
        let mut faults = Faults::new();
        let charges = self.border.ledger.border(importer.as_str(), on).map(|border| border.code.clone());
        if charges.is_none() {
            faults.push(self.no_border(importer));
        }
        if self.border.place(origin).is_none() {
            faults.push(self.no_country(origin));
        }
        let areas = self.border.ledger.areas();
        if charges.as_ref().is_some_and(|charges| areas.holds(charges, origin, on)) {
            faults.push(
                Diagnostic::error("same-party", format!("goods of `{origin}` cross no border of {importer}"))
                    .at(asked(origin), "the importer itself")
                    .help("name another origin; goods that come back are left out of the record"),
            );
        }
        faults.or(())?;
        let charges = charges.unwrap_or_else(|| importer.clone());
        let remark = (charges != *importer)
            .then(|| format!("{importer} belongs to {charges}: answered at the border of {charges}"));
        Ok((charges, remark))
    }

    fn no_border(&self, importer: &Country) -> Diagnostic {
        let ledger = self.border.ledger;
        if !ledger.areas().knows(importer.as_str()) {
            return self.no_country(importer);
        }
        let known: Vec<&str> = ledger.governments().map(|government| government.code.as_str()).collect();
        Diagnostic::error("unknown-government", format!("`{importer}` issues no acts in this ledger"))
            .at(asked(importer), "nothing is recorded of its border")
            .help(format!("ask at the border of {}", known.join(" or ")))
    }

    fn no_country(&self, code: &Country) -> Diagnostic {
        let help = self.border.ledger.areas().meant(code.as_str());
        let help = help.unwrap_or_else(|| "write an ISO 3166-1 alpha-3 code, such as `CHN`".into());
        Diagnostic::error("unknown-country", format!("`{code}` is no country of the ledger"))
            .at(asked(code), "this code")
            .help(help)
    }
}

fn asked(code: &Country) -> diagnostic::Place {
    Source::new("question", code.as_str()).at(0..code.as_str().len())
}
