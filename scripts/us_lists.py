"""Writes the line lists of US measures under ledger/scopes/, from the tables beside the repository.

    python3 scripts/us_lists.py [--shared ../shared]

Which line stands on which list since when is a legal fact; this script turns the tables that hold these facts
(US International Trade Commission, public domain; typed out in part by the Budget Lab at Yale, MIT licence)
into the texts of the ledger, one file per list. Corrections of the tables are made here, each with its reason.
"""
import argparse
import collections
import csv
import gzip
import re
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USITC = "US International Trade Commission, tariff schedule (public domain)"
YALE = "typed out by the Budget Lab at Yale (MIT licence)"


def table(path):
    with open(path, newline="") as text:
        return list(csv.DictReader(text))


def dotted(code):
    return ".".join(part for part in (code[:4], code[4:6], code[6:8], code[8:10]) if part)


def plain(code):
    return re.sub(r"\D", "", code)


class Lists:
    def __init__(self, folder):
        self.folder, self.lists = folder, {}

    def list(self, name, title, source, edition="HTSUS 2025", note=None):
        self.lists[name] = dict(title=title, source=source, edition=edition, note=note, entries=[])

    def entry(self, name, act, start, codes, verb="add", part=None, described=None, test=None, note=None):
        codes = sorted(set(codes))
        assert codes, (name, act)
        self.lists[name]["entries"].append(dict(
            act=act, start=start, codes=codes, verb=verb, part=part, described=described, test=test, note=note))

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, what in self.lists.items():
            out = [f"# {what['note'][0].upper()}{what['note'][1:]}."] if what["note"] else []
            out += ["[scope]", f'id = "{name}"', f'title = "{what["title"]}"', f'edition = "{what["edition"]}"',
                    f'source = "{what["source"]}"']
            for entry in what["entries"]:
                out += ["", f"[[scope.{entry['verb']}]]", f'act = "{entry["act"]}"', f'from = "{entry["start"]}"']
                for key in ("part", "described", "test", "note"):
                    if entry[key]:
                        out.append(f'{key} = "{entry[key]}"')
                body = textwrap.wrap(" ".join(dotted(code) for code in entry["codes"]), 108)
                out += ['lines = """', *body, '"""']
            (self.folder / f"{name}.toml").write_text("\n".join(out) + "\n")
        size = sum((self.folder / f"{name}.toml").stat().st_size for name in self.lists)
        print(f"{len(self.lists)} lists, {size} bytes")


# --- Section 301 ------------------------------------------------------------------------------------------

def section_301(lists, base):
    rows = table(base / "s301_china_coverage.csv")
    of = collections.defaultdict(set)
    for row in rows:
        if len(row["code"]) == 8:
            of[row["heading"]].add(row["code"])
    credit = f"footnotes and notes 20 and 31 of the schedule, editions 2025-26; {USITC}"
    back = "projected back from the editions of 2025"

    # Lines that moved to a review heading stand on their old list until then. The notice prints the former
    # rate (25 or 7.5), not the list; the list is inferred from the rate and the day.
    cars = {c for c in of["9903.91.03"] if c.startswith("8703")}
    cells = of["9903.91.02"]
    chips = {c for c in of["9903.91.05"] if c.startswith(("8541", "8542"))}
    wafers = {"28046100", "38180000"}

    lists.list("us-301-list-1", "Section 301, list 1", credit, note=back)
    lists.entry("us-301-list-1", "83-fr-28710", "2018-07-06", of["9903.88.01"])
    lists.entry("us-301-list-1", "83-fr-28710", "2018-07-06", cars, note="list inferred from the former rate")
    lists.entry("us-301-list-1", "89-fr-76581", "2024-09-27", cars, "drop")

    lists.list("us-301-list-2", "Section 301, list 2", credit, note=back)
    lists.entry("us-301-list-2", "83-fr-40823", "2018-08-23", of["9903.88.02"])
    lists.entry("us-301-list-2", "83-fr-40823", "2018-08-23", cells | chips, note="list inferred from the former rate")
    lists.entry("us-301-list-2", "89-fr-76581", "2024-09-27", cells, "drop")
    lists.entry("us-301-list-2", "89-fr-76581", "2025-01-01", chips, "drop")

    lists.list("us-301-list-3", "Section 301, list 3", credit, note=back)
    lists.entry("us-301-list-3", "83-fr-47974", "2018-09-24", of["9903.88.03"])
    lists.entry("us-301-list-3", "83-fr-47974", "2018-09-24", wafers, note="list inferred from the former rate")
    lists.entry("us-301-list-3", "89-fr-101682", "2025-01-01", wafers, "drop")

    # Note 20(g): these lines, but for statistical lines it names.
    spared = ["2931909051", "8517620090", "9401614001", "9401696001", "9401710001", "9401710005", "9401710006",
              "9401710007", "9401790001", "9401790002", "9401790003", "9401790004", "9401802001", "9401804001",
              "9401806021", "9401806023", "9403704003", "9403708003"]
    lists.list("us-301-list-3-split", "Section 301, list 3, lines reached in part", credit, note=back)
    lists.entry("us-301-list-3-split", "83-fr-47974", "2018-09-24", of["9903.88.04"])
    lists.entry("us-301-list-3-split", "83-fr-47974", "2018-09-24", spared, "drop", note="note 20(g)")

    # Note 20(s)(ii): the ten-digit lines it names are spared, not reached (the table at hand reads it the other
    # way round). 9401.61.40 is not on list 4A.
    four = (of["9903.88.15"] | {"85176200", "49019900", "94016960", "94017100", "63079098"}) - {"94016140"}
    spared = ["4901990040", "8517620010", "8517620020", "9401696011", "9401696031", "9401710001", "9401710005",
              "9401710006", "9401710008", "9401710011", "9401710031"]
    masks = ["6307909842", "6307909844", "6307909850", "6307909875"]
    disposable = "6307909870"
    batteries = "8507600010"
    lists.list("us-301-list-4a", "Section 301, list 4A", credit, note=back)
    lists.entry("us-301-list-4a", "84-fr-43304", "2019-09-01", four | {"85076000", "40151210"})
    lists.entry("us-301-list-4a", "84-fr-43304", "2019-09-01", spared, "drop", note="note 20(s)(ii)")
    lists.entry("us-301-list-4a", "89-fr-76581", "2024-09-27", [*masks, batteries], "drop")
    lists.entry("us-301-list-4a", "89-fr-76581", "2025-01-01", ["40151210", disposable], "drop")
    lists.entry("us-301-list-4a", "89-fr-76581", "2026-01-01", ["85076000"], "drop")

    lists.list("us-301-review-25", "Section 301, review of 2024: 25 % from 27 September 2024", credit)
    first = of["9903.91.01"] - {"85076000", "63079098"}
    lists.entry("us-301-review-25", "89-fr-76581", "2024-09-27", first | {batteries, *masks})
    lists.entry("us-301-review-25", "89-fr-76581", "2026-01-01", [batteries, *masks], "drop")
    lists.list("us-301-review-solar", "Section 301, review of 2024: solar cells", credit)
    lists.entry("us-301-review-solar", "89-fr-76581", "2024-09-27", cells)
    lists.list("us-301-review-100", "Section 301, review of 2024: electric vehicles, syringes and needles", credit)
    lists.entry("us-301-review-100", "89-fr-76581", "2024-09-27", of["9903.91.03"])
    lists.list("us-301-review-masks", "Section 301, review of 2024: disposable textile face masks, in 2025", credit)
    lists.entry("us-301-review-masks", "89-fr-76581", "2025-01-01", [disposable])
    lists.list("us-301-review-50", "Section 301, review of 2024: semiconductors, polysilicon and wafers; in 2025 medical gloves",
               credit)
    lists.entry("us-301-review-50", "89-fr-76581", "2025-01-01", chips | {"40151210"})
    lists.entry("us-301-review-50", "89-fr-101682", "2025-01-01", wafers)
    lists.entry("us-301-review-50", "89-fr-76581", "2026-01-01", ["40151210"], "drop")
    lists.list("us-301-review-2026-25", "Section 301, review of 2024: batteries, graphite and magnets, from 2026", credit)
    lists.entry("us-301-review-2026-25", "89-fr-76581", "2026-01-01", of["9903.91.06"])
    lists.list("us-301-review-2026-50", "Section 301, review of 2024: respirators and face masks, from 2026", credit)
    lists.entry("us-301-review-2026-50", "89-fr-76581", "2026-01-01", [*masks, disposable])
    lists.list("us-301-review-2026-100", "Section 301, review of 2024: rubber medical gloves, from 2026", credit)
    lists.entry("us-301-review-2026-100", "89-fr-76581", "2026-01-01", ["40151210"])
    lists.list("us-301-review-tungsten", "Section 301, review of 2024: tungsten", credit)
    lists.entry("us-301-review-tungsten", "89-fr-101682", "2025-01-01", of["9903.91.11"])

    named = collections.defaultdict(set)
    for row in table(base / "s301_exclusion_lines.csv"):
        named[row["ch99_code"]].add(row["hts10"])
    for heading, title in (("9903.88.69", "Section 301 exclusions of 9903.88.69: lines with an excluded article"),
                           ("9903.88.70", "Section 301 exclusions of 9903.88.70 (machinery): lines with an excluded article")):
        name = f"us-301-exclusion-{heading[-2:]}"
        lists.list(name, title, f"notes 20(vvv) and 20(www); {USITC}; {YALE}",
                   note="an exclusion spares described articles inside the line, never the whole line")
        lists.entry(name, "89-fr-46948" if heading.endswith("69") else "89-fr-46252",
                    "2024-06-15" if heading.endswith("69") else "2024-01-01", named[heading])
    print("exclusion headings:", {k: len(v) for k, v in named.items()})


# --- IEEPA ------------------------------------------------------------------------------------------------

def ieepa(lists, base, notes):
    lists.list("us-informational", "Lines that hold nothing but informational materials",
               "50 U.S.C. 1702(b)(3); our reading of the schedule",
               note="publications, films, posters, records, photographs, discs, artworks; on other lines such goods are a described part")
    lists.entry("us-informational", "usc-50-1702", "1988-08-23", ["49", "3706", "85234950", "85238010", "9701", "9702", "9703"])

    rows = table(base / "ieepa_reciprocal_exempt.csv")
    electronics = {"8471", "847330", "8486", "85171300", "85176200", "85235100", "8524", "85285200"}
    # Heading 8542 stands in the memorandum, its subheadings in Annex II.
    later = electronics | {"8542"}
    lists.list("annex-ii", "Goods outside the reciprocal duty: Annex II of EO 14257, note 2(v)(iii)",
               f"Annex II and its changes; {USITC}; {YALE}")
    name = "annex-ii"
    first = {plain(r["code_prefix"]) for r in rows if r["valid_from"] == "2025-04-05"}
    lists.entry(name, "eo-14257", "2025-04-05", first - later)
    lists.entry(name, "memo-2025-04-11", "2025-04-05", later)
    drops = {"2025-07-31": ("proc-10962", "2025-08-01"), "2025-09-07": ("eo-14346", "2025-09-08"),
             "2025-10-13": ("proc-10976", "2025-10-14")}
    for last, (act, day) in drops.items():
        lists.entry(name, act, day, [plain(r["code_prefix"]) for r in rows if r["valid_to"] == last], "drop")
    lists.entry(name, "eo-14346", "2025-09-08", [plain(r["code_prefix"]) for r in rows if r["valid_from"] == "2025-09-08"])
    food = {plain(r["code_prefix"]) for r in rows if r["valid_from"] == "2025-11-13"}
    lists.entry(name, "eo-14360", "2025-11-13", food)
    religious = notes.codes(12802, 12841)
    lists.entry(name, "eo-14360", "2025-11-13", religious, part="named-article",
                described="the articles of note 2(v)(iii)(b): etrogs, acai, coconut water, goods for religious purposes")

    carve = collections.defaultdict(set)
    for row in table(base / "ieepa_ca_mx_carveouts.csv"):
        carve[row["category"]].add(row["hts8"])
    for tag, name, title, act, day in (
        ("energy_ca", "us-border-ca-energy", "Energy and critical minerals of Canada at the lower rate: 9903.01.13", "eo-14193", "2025-03-04"),
        ("potash_ca", "us-border-ca-potash", "Potash of Canada at the lower rate: 9903.01.15", "eo-14231", "2025-03-07"),
        ("potash_mx", "us-border-mx-potash", "Potash of Mexico at the lower rate: 9903.01.05", "eo-14232", "2025-03-07"),
    ):
        lists.list(name, title, f"{USITC}; {YALE}")
        lists.entry(name, act, day, carve[tag])

    floor = collections.defaultdict(set)
    for row in table(base / "floor_country_exempt.csv"):
        floor[row["country_group"], row["category"]].add(row["hts8"])
    aircraft = "civil aircraft, their engines, parts and components, and ground flight simulators"
    lists.list("us-civil-aircraft", "Lines on which civil aircraft and their parts are spared",
               f"notes 2(v)(xxii), 2(aa)(iv), 35; {USITC}; {YALE}",
               note="one list for all orders that spare civil aircraft; the orders differ by a few lines")
    every = floor["eu", "civil_aircraft"] | floor["korea", "civil_aircraft"]
    whole = {c for c in every if c.startswith(("8802", "8806", "8807"))} | {"84111140", "84111180", "84111240", "84111280"} & every
    lists.entry("us-civil-aircraft", "90-fr-27851", "2025-06-30", every - whole, part="civil-aircraft", described=aircraft)
    lists.entry("us-civil-aircraft", "90-fr-27851", "2025-06-30", whole)
    for group, act, day, label in (("eu", "90-fr-46136", "2025-09-01", "the European Union"),
                                   ("swiss", "90-fr-59281", "2025-11-14", "Switzerland and Liechtenstein")):
        lists.list(f"us-floor-{group}-unavailable", f"Natural resources not available and others, of {label}: spared", f"{USITC}; {YALE}")
        lists.entry(f"us-floor-{group}-unavailable", act, day, floor[group, "ptaap"])
        lists.list(f"us-floor-{group}-pharma", f"Non-patented pharmaceutical goods of {label}: spared", f"{USITC}; {YALE}")
        lists.entry(f"us-floor-{group}-pharma", act, day, floor[group, "pharma"], part="non-patented-pharma",
                    described="non-patented articles for use in pharmaceutical applications")

    brazil = notes.codes(14372, 14468)
    kept = {"08012100", "08012200", "20091100", "20091225", "20091245"}
    november = (brazil & food) - kept
    lists.list("us-brazil-exempt", "Goods of Brazil outside the duty of 40: note 2(x)(iii)", f"{USITC}, 2026 rev. 6",
               note="the annex of 30 July 2025 is taken as the list of 2026 less the foods of November 2025")
    lists.entry("us-brazil-exempt", "eo-14323", "2025-08-06", brazil - november)
    lists.entry("us-brazil-exempt", "eo-14361", "2025-11-13", november)
    lists.entry("us-brazil-exempt", "eo-14361", "2025-11-13", notes.codes(14468, 14507), part="named-article",
                described="the articles of note 2(x)(iii)(b)")
    print("brazil:", len(brazil), len(november))


def section_122(lists, base):
    rows = table(base / "s122_exempt.csv")
    pick = lambda condition: [plain(r["code"]) for r in rows if r["condition"] == condition]
    lists.list("s122-exempt", "Goods outside the surcharge of Section 122: note 2(aa)(ii)-(iv)", USITC, "HTSUS 2026")
    lists.entry("s122-exempt", "proc-11012", "2026-02-24", pick(""))
    lists.entry("s122-exempt", "proc-11012", "2026-02-24", pick("named article only"), part="named-article",
                described="the articles of note 2(aa)(iii)")
    aircraft = set(pick("civil aircraft only")) - set(pick(""))
    whole = {c for c in aircraft if c.startswith(("8802", "8806", "8807"))}
    lists.entry("s122-exempt", "proc-11012", "2026-02-24", aircraft - whole, part="civil-aircraft",
                described="civil aircraft, their engines, parts and components, and ground flight simulators")
    lists.entry("s122-exempt", "proc-11012", "2026-02-24", whole, note="lines that hold nothing but aircraft and their parts")
    lists.list("forced-labour-exempt", "Goods outside the forced-labour duty, as proposed in June 2026",
               f"91 FR 34272, Annex A; {YALE}", "HTSUS 2026", "the final list of July 2026 was not read; it is longer (about 2,113 codes)")
    lists.entry("forced-labour-exempt", "ustr-2026-07-23", "2026-07-24",
                [plain(r["hts8"]) for r in table(base / "s301_forced_labor_proposed_exempt.csv")])


# --- Section 232 ------------------------------------------------------------------------------------------

APPLIANCES = ["84181000", "84183000", "84184000", "84221100", "84501100", "84502000", "84512100", "84512900",
              "85098020", "85166040", "9403999020"]

# Lines of the parts lists that name vehicles or their engines in their own text; on all others the duty falls
# on parts of vehicles only.
OWN_TEXT = ("4011", "4012", "4013", "7007", "7009", "732010", "732020", "8301", "8302", "8407", "8408", "8409", "841330",
            "841430", "841520", "842123", "842132", "8511", "8512", "8527", "853910", "854430", "8706", "8707", "8708",
            "871690", "902920", "940120")


def section_232(lists, base):
    metals = table(base / "s232_metals_scope.csv")
    pick = lambda metal, kind, day="": [plain(m["hts_prefix"]) for m in metals
                                        if (m["metal_type"], m["kind"], m["effective_date"]) == (metal, kind, day)]
    source = f"notes 16 and 19; {USITC}; {YALE}"
    lists.list("us-232-steel", "Steel mill articles: note 16(b), later 16(j)", source)
    lists.entry("us-232-steel", "proc-9705", "2018-03-23", pick("steel", "mill"))
    lists.list("us-232-steel-derivatives", "Steel derivatives charged on full value: notes 16(l) and (m)", source)
    lists.entry("us-232-steel-derivatives", "proc-9980", "2020-02-08", [c for c in pick("steel", "derivative") if c.startswith("73")])
    lists.entry("us-232-steel-derivatives", "proc-10896", "2025-03-12", pick("steel", "derivative", "2025-03-12"))
    lists.entry("us-232-steel-derivatives", "90-fr-40326", "2025-08-18", pick("steel", "derivative", "2025-08-18"))
    print("steel derivatives of 2020 outside 73:", [c for c in pick("steel", "derivative") if not c.startswith("73")])
    lists.list("us-232-aluminium", "Aluminium articles: note 19(b), later 19(g)", source)
    lists.entry("us-232-aluminium", "proc-9704", "2018-03-23", pick("aluminum", "mill"))
    later = table(base / "s232_derivatives_2025.csv")
    lists.list("us-232-aluminium-derivatives", "Aluminium derivatives charged on full value: notes 19(i) and (j)", source)
    lists.entry("us-232-aluminium-derivatives", "proc-9980", "2020-02-08", pick("aluminum", "derivative"))
    lists.entry("us-232-aluminium-derivatives", "proc-10895", "2025-03-12", pick("aluminum", "derivative", "2025-03-12"))
    lists.entry("us-232-aluminium-derivatives", "90-fr-14786", "2025-04-04", pick("aluminum", "derivative", "2025-04-03"))
    lists.entry("us-232-aluminium-derivatives", "90-fr-40326", "2025-08-18", pick("aluminum", "derivative", "2025-08-18"))

    content = lambda metal, day: [plain(d["hts_prefix"]) for d in later
                                  if d["derivative_type"] == metal and d["effective_date"] == day and not d["hts_prefix"].startswith(("73", "76"))]
    lists.list("us-232-steel-content", "Steel derivatives charged on their steel: note 16(n)", source,
               note="the lines of 12 March 2025 outside chapter 73 were not at hand; appliances from 90 FR 25208")
    lists.entry("us-232-steel-content", "90-fr-25208", "2025-06-23", APPLIANCES)
    lists.entry("us-232-steel-content", "90-fr-40326", "2025-08-18", content("steel", "2025-08-18"))
    lists.list("us-232-aluminium-content", "Aluminium derivatives charged on their aluminium: note 19(k)", source)
    lists.entry("us-232-aluminium-content", "proc-10895", "2025-03-12", content("aluminum", ""))
    old = [plain(d["hts_prefix"]) for d in later if d["ch99_code"] == "9903.85.04" and d["hts_prefix"].startswith("87")]
    lists.entry("us-232-aluminium-derivatives", "proc-9980", "2020-02-08", old, part="bumper-stamping", described="bumper and body stampings of aluminium")
    lists.lists["us-232-aluminium-content"]["entries"][-1]["codes"] = sorted(set(content("aluminum", "")) - set(old))
    lists.entry("us-232-aluminium-content", "90-fr-40326", "2025-08-18", content("aluminum", "2025-08-18"))
    lists.list("us-232-copper", "Semi-finished copper and copper-intensive goods: note 36(b)", source)
    lists.entry("us-232-copper", "proc-10962", "2025-08-01", [plain(r["hts10"]) for r in table(base / "s232_copper.csv")])

    others = table(base / "s232_vehicles_wood.csv")
    of = lambda *names: [plain(v["code_prefix"]) for v in others if v["programme"] in names]
    source = f"notes 33, 37, 38, 39; {USITC}; {YALE}"
    lists.list("us-232-cars", "Passenger vehicles and light trucks: note 33(b)", source)
    # Note 33(b) has no 8703.34: there is no such subheading.
    lists.entry("us-232-cars", "proc-10908", "2025-04-03",
                [code for code in of("autos_passenger", "light_trucks") if code != "870334"])
    parts = [plain(r["code_prefix"]) for r in table(base / "s232_auto_parts.csv")]
    lists.list("us-232-car-parts", "Parts of passenger vehicles and light trucks: note 33(g)", source,
               note="lines that name vehicles or their engines in their own text count whole; on the others the use is a fact of the shipment")
    lists.entry("us-232-car-parts", "proc-10908", "2025-05-03", [p for p in parts if p.startswith(OWN_TEXT)])
    lists.entry("us-232-car-parts", "proc-10908", "2025-05-03", [p for p in parts if not p.startswith(OWN_TEXT)],
                part="vehicle", described="parts of passenger vehicles or light trucks")
    lists.list("us-232-softwood", "Softwood timber and lumber: note 37(b)", source)
    lists.entry("us-232-softwood", "proc-10976", "2025-10-14", of("softwood"))
    lists.list("us-232-upholstered", "Upholstered wooden furniture: note 37(d)", source)
    lists.entry("us-232-upholstered", "proc-10976", "2025-10-14", of("upholstered_wood_furniture"))
    lists.list("us-232-cabinets", "Kitchen cabinets, vanities and parts: note 37(f)", source)
    lists.entry("us-232-cabinets", "proc-10976", "2025-10-14", of("kitchen_cabinets"), part="kitchen-cabinet",
                described="completed kitchen cabinets and vanities, and their parts")
    lists.list("us-232-trucks", "Medium- and heavy-duty vehicles: note 38(b)", source)
    lists.entry("us-232-trucks", "proc-10984", "2025-11-01", of("trucks"))
    lists.list("us-232-buses", "Buses: note 38(c)", source)
    lists.entry("us-232-buses", "proc-10984", "2025-11-01", of("buses"))
    trucks = [plain(r["code_prefix"]) for r in table(base / "s232_truck_parts.csv")]
    lists.list("us-232-truck-parts", "Parts of medium- and heavy-duty vehicles: note 38(i)", source)
    lists.entry("us-232-truck-parts", "proc-10984", "2025-11-01", trucks, part="heavy-vehicle",
                described="parts of medium- and heavy-duty vehicles")
    lists.list("us-232-chips", "Advanced semiconductors: note 39", source, "HTSUS 2026")
    lists.entry("us-232-chips", "91-fr-2443", "2026-01-15", [plain(r["hts10"]) for r in table(base / "s232_semiconductors.csv")],
                part="note-39", described="logic circuits and goods that hold them, within the bounds of note 39(b)", test="note-39")

    annexes = table(base / "s232_annexes_2026.csv")
    source = f"note 16(c) from 6 April 2026; Proc. 11021 and 11032; {USITC}; {YALE}"
    for annex, metal, name, title in (
        ("1a", "steel", "us-232-annex-1a-steel", "Annex I-A: articles and derivatives of steel"),
        ("1a", "aluminum", "us-232-annex-1a-aluminium", "Annex I-A: articles and derivatives of aluminium"),
        ("1a", "copper", "us-232-annex-1a-copper", "Annex I-A: articles of copper"),
        ("1b", "steel", "us-232-annex-1b-steel", "Annex I-B: derivatives of steel"),
        ("1b", "aluminum", "us-232-annex-1b-aluminium", "Annex I-B: derivatives of aluminium"),
        ("1b", "copper", "us-232-annex-1b-copper", "Annex I-B: articles of copper"),
        ("1c", "steel", "us-232-annex-1c", "Annex I-C: derivatives of steel"),
        ("3", "steel", "us-232-annex-3-steel", "Annex III: derivatives of steel charged up to a total"),
        ("3", "aluminum", "us-232-annex-3-aluminium", "Annex III: derivatives of aluminium charged up to a total"),
    ):
        lists.list(name, title, source, "HTSUS 2026")
        for act, day in (("proc-11021", "2026-04-06"), ("proc-11032", "2026-06-08")):
            codes = [plain(a["hts_prefix"]) for a in annexes if (a["annex"], a["metal_type"], a["effective_date"]) == (annex, metal, day)]
            # What an annex of 8 June takes over leaves the annex it stood in.
            gone = [plain(a["hts_prefix"]) for a in annexes if a["effective_date"] == "2026-06-08" and (a["annex"], a["metal_type"]) != (annex, metal)]
            if codes:
                lists.entry(name, act, day, codes)
            if day == "2026-06-08":
                before = set(lists.lists[name]["entries"][0]["codes"]) if lists.lists[name]["entries"] else set()
                moved = before & set(gone)
                if moved:
                    lists.entry(name, act, day, moved, "drop")


# --- China ------------------------------------------------------------------------------------------------

def china(lists, shared):
    rows = table(shared / "data" / "us-china" / "cn_list_march_2025.csv")
    print("cn columns:", rows[0])
    rate = next(k for k in rows[0] if "rate" in k or "pct" in k)
    code = next(k for k in rows[0] if "code" in k or "hs" in k or "line" in k)
    source = "annexes of Tariff Commission 2025 No. 2 as typed out by the tradewartracker project (MIT licence)"
    for value in ("15", "10"):
        name = f"cn-march-{value}"
        lists.list(name, f"Chinese duty of March 2025 on US farm goods: the {value} % list", source, "CN 2025",
                   None if value == "15" else "691 of 711 lines; the source dropped 20")
        lists.entry(name, "cn-tc-2025-2", "2025-03-10", [plain(r[code]) for r in rows if float(r[rate]) == float(value)])


class Notes:
    """Codes printed between two lines of the text of chapter 99 (2026 rev. 6)."""

    def __init__(self, base):
        with gzip.open(base / "chapter99_2026_rev6.txt.gz", "rt") as text:
            self.lines = text.read().split("\n")

    def codes(self, first, last):
        text = "\n".join(self.lines[first - 1:last - 1])
        found = {plain(c) for c in re.findall(r"\b\d{4}\.\d\d(?:\.\d\d(?:\.?\d\d)?)?\b", text)}
        return {c for c in found if not c.startswith(("98", "99"))}


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = arguments.parse_args().shared
    base = shared / "data" / "us-tariffs"
    lists = Lists(ROOT / "ledger" / "scopes")
    section_301(lists, base)
    ieepa(lists, base, Notes(base))
    section_122(lists, base)
    section_232(lists, base)
    china(lists, shared)
    lists.write()


if __name__ == "__main__":
    main()
