"""Prints 2024 US imports by line as CSV, for tests that weigh duties: partner,hts10,sector,value,duty,steel,aluminium,copper.

    python3 scripts/us_flows.py [--shared ../shared] > flows.csv

`sector` is the code of the embedded `default` economy; chapters 98-99 belong to no sector and are left out. The
shares of metal are estimates from input-output tables (Budget Lab at Yale, MIT licence); neither they nor the flows are
part of this repository. Needs pandas and pyarrow.
"""
import argparse
import csv
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = arguments.parse_args().shared
    imports = pd.read_parquet(shared / "data" / "us-imports-2024" / "us_imports_2024.parquet")
    sectors = {}
    with open(shared / "economies" / "default" / "sectors.csv", newline="") as text:
        for row in csv.DictReader(text):
            if row["good"] == "1":
                sectors.update({member: row["code"] for member in row["members"].split(";")})
    imports["sector"] = imports["sector"].map(sectors)
    imports = imports.dropna(subset=["sector"])
    metals = pd.read_csv(shared / "data" / "us-tariffs" / "metal_content_shares.csv", dtype={"hts10": str})
    table = imports.merge(metals, on="hts10", how="left")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["partner", "hts10", "sector", "value", "duty", "steel", "aluminium", "copper"])
    for row in table.itertuples(index=False):
        share = lambda value: "" if pd.isna(value) else f"{value:.4f}"
        out.writerow([row.partner, row.hts10, row.sector, int(row.imports_usd), int(row.duty_usd),
                      share(row.steel), share(row.aluminum), share(row.copper)])


if __name__ == "__main__":
    main()
