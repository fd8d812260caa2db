"""Recomputes data/coverage/us-2025.csv: which share of a sector's imports each all-goods duty reaches.

    python3 scripts/coverage.py [--shared ../shared] [--check]

Reads the scope lists and the 2024 import weights kept beside the repository (`../shared`), needs pandas and
pyarrow. `--check` compares with the committed table and exits 1 when a share differs by more than 0.00005.
The method is told step by step in data/coverage/README.md; the order here is the same.
"""
import argparse
import csv
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent

# Step 1. The goods an executive order under IEEPA cannot reach (50 U.S.C. 1702(b)(3)): informational
# materials. Lines that hold nothing else; mixed lines count as reached.
INFORMATIONAL = ["49", "3706", "85234950", "85238010", "9701", "9702", "9703"]

# Step 2. Exempt from the reciprocal duty by the memorandum of 11 April 2025, back to 5 April.
ELECTRONICS = ["8471", "847330", "8486", "85171300", "85176200", "85235100", "8524", "85285200"]

# Step 3. Lines of the auto-parts list that name vehicles in their own text; on the others ("bearings",
# "batteries") the duty falls on described parts only, and the described part is not presumed.
VEHICLE_PARTS = ("4011", "4012", "4013", "7007", "7009", "732010", "732020", "8301", "8302", "8407", "8408",
                 "8409", "841330", "841430", "841520", "842123", "842132", "8511", "8512", "8527", "853910",
                 "854430", "8706", "8707", "8708", "871690", "902920", "940120")

# Steel derivatives outside chapter 73 that the lists at hand lack: appliances (90 FR 25208).
APPLIANCES = ["84181000", "84183000", "84184000", "84221100", "84501100", "84502000", "84512100", "84512900",
              "85098020", "85166040", "9403999020"]

# Civil aircraft: lines that are nothing else.
AIRCRAFT = ["8802", "8803", "8806", "8807", "841111", "841112", "841191"]

# Steps of the reciprocal duty's reach: first day, first day it could be known, act.
STEPS = [
    ("2025-04-05", "2025-04-02", "EO 14257"),
    ("2025-04-05", "2025-04-11", "memorandum of 11 April 2025"),
    ("2025-05-03", "2025-04-11", "Proc. 10908, parts"),
    ("2025-06-04", "2025-06-03", "Proc. 10947: content only"),
    ("2025-06-23", "2025-06-16", "90 FR 25208"),
    ("2025-08-01", "2025-07-30", "Proc. 10962, copper"),
    ("2025-08-18", "2025-08-15", "90 FR 40326"),
    ("2025-09-08", "2025-09-05", "EO 14346"),
    ("2025-10-14", "2025-09-29", "Proc. 10976, wood"),
    ("2025-11-01", "2025-10-17", "Proc. 10984, trucks"),
    ("2025-11-13", "2025-11-14", "EO 14360, food"),
    ("2026-01-15", "2026-01-14", "91 FR 2443, chips"),
]


def codes(path, column, keep=lambda row: True):
    with open(path, newline="") as text:
        return [row[column].replace(".", "") for row in csv.DictReader(text) if keep(row)]


class Scope:
    """A set of code prefixes."""

    def __init__(self, prefixes):
        self.prefixes = set(prefixes)

    def holds(self, line):
        return any(line[:n] in self.prefixes for n in (2, 4, 6, 8, 10))


def read(shared):
    base = shared / "data" / "us-tariffs"
    imports = pd.read_parquet(shared / "data" / "us-imports-2024" / "us_imports_2024.parquet")
    sectors = {}
    for row in csv.DictReader(open(shared / "economies" / "default" / "sectors.csv", newline="")):
        if row["good"] == "1":
            sectors.update({member: row["code"] for member in row["members"].split(";")})
    # Chapters 98-99 (`XXXX`: goods returned, special provisions) belong to no sector.
    imports["to"] = imports["sector"].map(sectors)
    imports = imports.dropna(subset=["to"])
    return base, imports, list(dict.fromkeys(sectors.values()))


def reciprocal_reach(base, lines, shares):
    """For every step, the share of each line's value that the reciprocal duty reaches."""
    exempt = list(csv.DictReader(open(base / "ieepa_reciprocal_exempt.csv", newline="")))
    metals = list(csv.DictReader(open(base / "s232_metals_scope.csv", newline="")))
    later = list(csv.DictReader(open(base / "s232_derivatives_2025.csv", newline="")))
    vehicles = list(csv.DictReader(open(base / "s232_vehicles_wood.csv", newline="")))
    parts = codes(base / "s232_auto_parts.csv", "code_prefix")
    copper = codes(base / "s232_copper.csv", "hts10")
    trucks = [v["code_prefix"] for v in vehicles if v["programme"] in ("trucks", "buses")]
    wood = [v["code_prefix"] for v in vehicles
            if v["programme"] in ("softwood", "upholstered_wood_furniture", "kitchen_cabinets")]
    cars = [v["code_prefix"] for v in vehicles if v["programme"] in ("autos_passenger", "light_trucks")]
    vehicle_parts = [p for p in parts if p.startswith(VEHICLE_PARTS)]

    for day, known, act in STEPS:
        free = Scope([e["code_prefix"] for e in exempt
                      if e["valid_from"] <= day and (not e["valid_to"] or day <= e["valid_to"])]
                     + INFORMATIONAL)
        if known < "2025-04-11":
            free.prefixes -= set(ELECTRONICS)
        metal_whole, metal_content = set(), {"steel": set(), "aluminum": set(), "copper": set()}
        for m in metals:
            if not m["effective_date"] or m["effective_date"] <= day:
                metal_whole.add(m["hts_prefix"])
        for d in later:
            if (d["effective_date"] or "2025-03-12") <= day:
                if d["hts_prefix"].startswith(("73", "76")):
                    metal_whole.add(d["hts_prefix"])
                else:
                    metal_content[d["derivative_type"]].add(d["hts_prefix"])
        if day >= "2025-06-23":
            metal_content["steel"].update(APPLIANCES)
        whole = set(cars)
        if day >= "2025-05-03":
            whole.update(vehicle_parts)
        if day >= "2025-08-01":
            metal_content["copper"].update(copper)
        if day >= "2025-10-14":
            whole.update(wood)
        if day >= "2025-11-01":
            whole.update(trucks)
        vehicle_scope, metal_scope = Scope(whole), Scope(metal_whole)
        content = {metal: Scope(prefixes) for metal, prefixes in metal_content.items()}

        def reach(line):
            if free.holds(line) or vehicle_scope.holds(line) or metal_scope.holds(line):
                return 0.0
            owed = [metal for metal, scope in content.items() if scope.holds(line)]
            if not owed:
                return 1.0
            if day < "2025-06-04":
                return 0.0  # the article as a whole owes Section 232
            return max(0.0, 1.0 - sum(shares.get(line, {}).get(metal, 0.5) for metal in owed))

        yield day, known, act, {line: reach(line) for line in lines}


def preference_use(base, imports):
    """Step 6. What of a partner's dutiable 2024 imports came in free, by sector."""
    general = {}
    for row in csv.DictReader(open(base / "hts8_rates.csv", newline="")):
        if row["first_revision"] == "2025_basic" and row["general_pct"]:
            general[row["hts8"]] = float(row["general_pct"]) / 100
    rate = imports["hts10"].str[:8].map(general).fillna(0.0)
    due = (rate * imports["imports_usd"]).where(rate > 0, 0.0)
    paid = imports["duty_usd"].where(rate > 0, 0.0)
    table = pd.DataFrame({"partner": imports["partner"], "to": imports["to"], "due": due, "paid": paid})
    use = {}
    for partner in ("CAN", "MEX"):
        own = table[table["partner"] == partner]
        country = 1 - own["paid"].sum() / own["due"].sum()
        for sector, group in own.groupby("to"):
            enough = group["due"].sum() > 2e6
            use[partner, sector] = max(0.0, 1 - group["paid"].sum() / group["due"].sum()) if enough else country
    return use


def rows(shared):
    base, imports, sectors = read(shared)
    lines = sorted(imports["hts10"].unique())
    shares = {}
    for row in csv.DictReader(open(base / "metal_content_shares.csv", newline="")):
        shares[row["hts10"]] = {metal: float(row[metal]) for metal in ("steel", "aluminum", "copper")}

    def share(reach, which):
        own = imports[which]
        weighted = own["imports_usd"] * own["hts10"].map(reach)
        return (weighted.groupby(own["to"]).sum() / own["imports_usd"].groupby(own["to"]).sum()).to_dict()

    china = imports["partner"] == "CHN"
    informational = Scope(INFORMATIONAL)
    out = []

    def emit(programme, day, known, origin, by_sector, default=1.0):
        for sector in sectors:
            out.append((programme, day, known, origin, sector, round(by_sector.get(sector, default), 4)))

    opioid = {line: 0.0 if informational.holds(line) else 1.0 for line in lines}
    emit("opioids-china", "2025-02-04", "2025-02-01", "CHN", share(opioid, china))

    for day, known, _, reach in reciprocal_reach(base, lines, shares):
        emit("reciprocal", day, known, "CHN", share(reach, china))
        emit("reciprocal", day, known, "*", share(reach, ~china & ~imports["partner"].isin(["CAN", "MEX"])))
    last = reach

    # Step 5. Canada and Mexico: preference use, and goods at the lower rate counted in proportion.
    use = preference_use(base, imports)
    carve = list(csv.DictReader(open(base / "ieepa_ca_mx_carveouts.csv", newline="")))
    for partner, programme, tag, start in (("CAN", "border-canada", "_ca", 25), ("MEX", "border-mexico", "_mx", 25)):
        lower = Scope([c["hts8"] for c in carve if c["category"].endswith(tag)])
        own = imports["partner"] == partner
        steps = [("2025-03-04", "2025-02-01", 25, False), ("2025-03-07", "2025-03-06", 25, True)]
        if partner == "CAN":
            steps.append(("2025-08-01", "2025-07-31", 35, True))
        for day, known, headline, usmca in steps:
            reach = {line: (0.0 if informational.holds(line) else 10 / headline if lower.holds(line) else 1.0)
                     for line in lines}
            by_sector = share(reach, own)
            if usmca:
                by_sector = {s: v * (1 - use.get((partner, s), 0.0)) for s, v in by_sector.items()}
            emit(programme, day, known, partner, by_sector)

    # Step 7. Section 122: its own list, civil aircraft, goods that owe Section 232 (on 24 February 2026 by
    # content, from 6 April by annex on full value), USMCA goods.
    listed = Scope(codes(base / "s122_exempt.csv", "code", lambda r: not r["condition"]) + AIRCRAFT + INFORMATIONAL)
    annexes = Scope(codes(base / "s232_annexes_2026.csv", "hts_prefix", lambda r: r["annex"] in ("1a", "1b", "3")))
    free = Scope([e["code_prefix"] for e in csv.DictReader(open(base / "ieepa_reciprocal_exempt.csv", newline=""))
                  if not e["valid_to"]] + INFORMATIONAL)
    vehicles = Scope(codes(base / "s232_vehicles_wood.csv", "code_prefix")
                     + [p for p in codes(base / "s232_auto_parts.csv", "code_prefix") if p.startswith(VEHICLE_PARTS)])

    def owes_232(line):
        return 1.0 - last[line] if not free.holds(line) else 0.0

    february = {line: 0.0 if listed.holds(line) else 1.0 - owes_232(line) for line in lines}
    april = {line: 0.0 if listed.holds(line) or annexes.holds(line) or vehicles.holds(line) else 1.0 for line in lines}
    forced = Scope(codes(base / "s301_forced_labor_proposed_exempt.csv", "hts8") + AIRCRAFT)
    july = {line: 0.0 if forced.holds(line) or annexes.holds(line) or vehicles.holds(line) else 1.0 for line in lines}
    for programme, day, known, reach in (
        ("section-122", "2026-02-24", "2026-02-20", february),
        ("section-122", "2026-04-06", "2026-04-02", april),
        ("301-forced-labour", "2026-07-24", "2026-07-22", july),
    ):
        emit(programme, day, known, "CHN", share(reach, china))
        emit(programme, day, known, "*", share(reach, ~china & ~imports["partner"].isin(["CAN", "MEX"])))
        for partner in ("CAN", "MEX"):
            by_sector = share(reach, imports["partner"] == partner)
            emit(programme, day, known, partner,
                 {s: v * (1 - use.get((partner, s), 0.0)) for s, v in by_sector.items()})

    # Step 8. China's all-goods duty of 2025 names no exempt goods.
    emit("answer-reciprocal", "2025-04-10", "2025-04-04", "USA", {})
    return only_changes(out)


def only_changes(table):
    """Leaves a row out when the step before it, for the same cell, says the same."""
    last, kept = {}, []
    for row in table:
        cell = (row[0], row[3], row[4])
        if last.get(cell) != row[5]:
            kept.append(row)
            last[cell] = row[5]
    return kept


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    arguments.add_argument("--check", action="store_true")
    chosen = arguments.parse_args()
    table = ROOT / "data" / "coverage" / "us-2025.csv"
    found = rows(chosen.shared)
    if chosen.check:
        with open(table, newline="") as text:
            committed = [tuple(r.values()) for r in csv.DictReader(text)]
        same = [tuple(map(str, r[:5])) for r in found] == [c[:5] for c in committed] and all(
            abs(f[5] - float(c[5])) <= 5e-5 for f, c in zip(found, committed))
        print(f"{len(found)} rows recomputed: {'as committed' if same else 'DIFFERENT from the committed table'}")
        sys.exit(0 if same else 1)
    with open(table, "w", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["programme", "from", "known", "origin", "sector", "share"])
        writer.writerows(r[:5] + (f"{r[5]:.4f}",) for r in found)
    print(f"{len(found)} rows written to {table.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
