"""Writes ledger/schedules/usa.schedule: ordinary duties of the US tariff schedule, editions 2025-01-01 to 2026 rev. 10.

    python3 scripts/us_schedule.py [--shared ../shared]

The source tables were cut from the JSON editions of the US International Trade Commission (public domain). The
format is told in ledger/schedules/README.md.
"""
import argparse
import collections
import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


# Programmes of the special column (general notes 3(c) and 4 to 36): the name a shipment claims, the symbols of
# the column, and the countries whose goods may claim it (`*`: its own list is not kept here).
PREFERENCES = [
    ("USMCA", "S S+", "CAN MEX"), ("KORUS", "KR", "KOR"), ("AUSFTA", "AU", "AUS"), ("BHFTA", "BH", "BHR"),
    ("CLFTA", "CL", "CHL"), ("COTPA", "CO", "COL"), ("CAFTA-DR", "P P+", "CRI DOM GTM HND NIC SLV"),
    ("ILFTA", "IL", "ISR"), ("JOFTA", "JO", "JOR"), ("MAFTA", "MA", "MAR"), ("OMFTA", "OM", "OMN"),
    ("PATPA", "PA", "PAN"), ("PETPA", "PE", "PER"), ("SGFTA", "SG", "SGP"), ("USJTA", "JP", "JPN"),
    ("AGOA", "D", "*"), ("CBERA", "E E*", "*"), ("CBTPA", "R", "*"), ("PHARMA", "K", "*"), ("DYES", "L", "*"),
    ("CIVIL-AIRCRAFT", "C", "*"),
]


def table(path):
    with open(path, newline="") as text:
        return list(csv.DictReader(text))


def dotted(code):
    return ".".join(part for part in (code[:4], code[4:6], code[6:8], code[8:10]) if part)


class Days:
    """Turns first and last revision into days: the change record's own day, else the revision's main day."""

    def __init__(self, base):
        revisions = table(base / "hts_revisions.csv")
        self.order = [r["revision"] for r in revisions]
        self.main = {r["revision"]: r["principal_effective_date"] for r in revisions}
        self.own = {}
        for record in table(base / "hts_change_records.csv"):
            code = re.sub(r"\D", "", record["item"])
            day = record["effective_date"]
            if re.fullmatch(r"[0-9.]+", record["item"]) and day[:4] in ("2025", "2026"):
                self.own.setdefault((record["revision"], code), day)

    def begins(self, code, first):
        if first == self.order[0]:
            return ""
        return self.own.get((first, code), self.main[first])

    def ends(self, code, last):
        if last == self.order[-1]:
            return ""
        following = self.order[self.order.index(last) + 1]
        return self.own.get((following, code), self.main[following])

    def window(self, code, first, last):
        begins, ends = self.begins(code, first), self.ends(code, last)
        return f"[{begins}..{ends}]" if begins or ends else ""


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    base = arguments.parse_args().shared / "data" / "us-tariffs"
    days = Days(base)

    statistical = collections.defaultdict(list)
    for line in table(base / "hts10_lines.csv"):
        code = line["hts10"]
        statistical[code[:8]].append(code[8:] + days.window(code, line["first_revision"], line["last_revision"]))

    lines = table(base / "hts8_rates.csv")
    specials = collections.Counter(re.sub(r"\s+", " ", line["special"]).replace(", ", ",") for line in lines)
    names = {}
    for special, count in specials.most_common():
        if special and count > 1:
            names[special] = f"@{len(names) + 1}"

    out = ["# Harmonized Tariff Schedule of the United States: ordinary duties, editions of 1 January 2025 to 2026 rev. 10.",
           "# Source: US International Trade Commission, JSON editions (public domain). Format: README.md.",
           "schedule USA HTSUS", ""]
    for r in table(base / "hts_revisions.csv"):
        name = r["revision"].replace("_basic", " basic").replace("_rev_", " rev. ")
        out.append("\t".join(["edition", name, r["published"], r["principal_effective_date"], r["citation"]]))
    out.append("")
    out.append("column 2\tCOL2")
    out += ["\t".join(["preference", *row]) for row in PREFERENCES] + [""]
    out += [f"special\t{name}\t{special}" for special, name in names.items()] + [""]
    chapter, seen = None, set()
    for line in sorted(lines, key=lambda l: (l["hts8"], days.order.index(l["first_revision"]))):
        code = line["hts8"]
        if code[:2] != chapter:
            chapter = code[:2]
            out.append(f"# chapter {chapter}")
        special = re.sub(r"\s+", " ", line["special"]).replace(", ", ",")
        # The statistical lines stand on the first row of a code.
        suffixes = "" if code in seen else " ".join(statistical.pop(code, []))
        seen.add(code)
        out.append("\t".join([
            dotted(code) + days.window(code, line["first_revision"], line["last_revision"]),
            line["general"].replace("\n", " ").strip(), names.get(special, special),
            line["col2"].replace("\n", " ").strip(), suffixes, line["description"].replace("\t", " ").strip(),
        ]))
    out.append("")
    # Official links between statistical lines, as the change records print them.
    links = []
    for record in table(base / "hts_change_records.csv"):
        if not record["detail"].startswith("transferred"):
            continue
        codes = [re.sub(r"\D", "", c) for c in re.findall(r"\d{4}\.\d\d\.\d{4}", record["detail"])]
        own = re.sub(r"\D", "", record["item"])
        for other in codes:
            old, new = (own, other) if record["detail"].startswith("transferred to") else (other, own)
            links.append((old, new, record["effective_date"]))
    for old, new, day in sorted(set(links)):
        out.append("\t".join(["link", dotted(old), dotted(new), day]))
    path = ROOT / "ledger" / "schedules" / "usa.schedule"
    path.write_text("\n".join(out) + "\n")
    print(f"{path.relative_to(ROOT)}: {len(lines)} rows, {path.stat().st_size} bytes; without rows: {sorted(statistical)[:10]}")


if __name__ == "__main__":
    main()
