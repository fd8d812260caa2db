"""Prints 2024 US imports by tariff line (eight digits) of goods from one partner, and of all, as CSV:
line,industry,imports_usd_th,all_origins_usd_th.

    python3 scripts/us_lines.py CHN [--shared ../shared] > data/lines/USA-CHN-2024.csv

Thousand dollars; chapters 98-99, and lines of which all bring in less than half a thousand, are left out. Needs pandas
and pyarrow.
"""
import argparse
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("partner")
    arguments.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    words = arguments.parse_args()
    imports = pd.read_parquet(words.shared / "data" / "us-imports-2024" / "us_imports_2024.parquet")
    imports = imports[imports["sector"] != "XXXX"].assign(line=imports["hts10"].str[:8])
    imports["sector"] = imports["sector"].astype(str)
    everyone = imports.groupby(["line", "sector"])["imports_usd"].sum()
    own = imports[imports["partner"] == words.partner].groupby("line")["imports_usd"].sum()
    sys.stdout.write("line,industry,imports_usd_th,all_origins_usd_th\n")
    for (line, industry), value in sorted(everyone.items()):
        if round(value / 1e3) > 0:
            sys.stdout.write(f"{line},{industry},{round(own.get(line, 0) / 1e3)},{round(value / 1e3)}\n")


if __name__ == "__main__":
    main()
