//! Where labels go so that none covers another and no leader crosses one.

/// A label that wants to hang on a leader at `x`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flag {
    /// Where the leader stands.
    pub x: f64,
    /// How wide the label is.
    pub width: f64,
}

/// Where a flag flies: its row above the plot (0 is the lowest) and the side of the leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flown {
    /// Row, counted upwards.
    pub row: usize,
    /// Whether the label lies to the left of its leader.
    pub leftward: bool,
}

/// Flies flags in rows above a plot that spans `left..right`, with `air` between neighbours.
///
/// Leaders run down from each flag to the plot, so a flag may not lie where the leader of a higher one
/// passes. For given sides that orders the rows, and each flag takes the lowest one left to it; sides are
/// chosen by turning one flag at a time from a few starts while the picture gets lower. Flags are given in the
/// order of their leaders. A flag for which no place exists is not flown.
pub fn fly(flags: &[Flag], (left, right): (f64, f64), air: f64) -> Vec<Option<Flown>> {
    let fits = |flag: &Flag, leftward: bool| {
        let (from, to) = span(flag, leftward);
        from >= left && to <= right
    };
    let mut flying: Vec<usize> =
        (0..flags.len()).filter(|k| fits(&flags[*k], true) || fits(&flags[*k], false)).collect();
    loop {
        let aloft: Vec<Flag> = flying.iter().map(|k| flags[*k]).collect();
        if let Some(places) = lowest_flight(&aloft, &fits, air) {
            let mut flown = vec![None; flags.len()];
            for (k, place) in flying.into_iter().zip(places) {
                flown[k] = Some(place);
            }
            return flown;
        }
        // No order of rows works: the widest flag comes down.
        let widest = (0..flying.len()).max_by(|a, b| aloft[*a].width.total_cmp(&aloft[*b].width));
        match widest {
            Some(k) => flying.remove(k),
            None => return vec![None; flags.len()],
        };
    }
}

fn lowest_flight(flags: &[Flag], fits: &impl Fn(&Flag, bool) -> bool, air: f64) -> Option<Vec<Flown>> {
    let allowed = |k: usize, leftward: bool| if fits(&flags[k], leftward) { leftward } else { !leftward };
    let dislike = |sides: &[bool]| heights(flags, sides, air).map(|rows| dislike(&rows, sides));
    let mut best: Option<(Dislike, Vec<bool>)> = None;
    for turn in (0..=flags.len()).step_by(1 + flags.len() / 6) {
        for early in [false, true] {
            let mut sides: Vec<bool> = (0..flags.len()).map(|k| allowed(k, (k < turn) == early)).collect();
            let mut here = dislike(&sides);
            let mut improved = true;
            while improved {
                improved = false;
                for k in 0..flags.len() {
                    sides[k] = !sides[k];
                    let there = dislike(&sides);
                    if fits(&flags[k], sides[k]) && there.is_some() && (here.is_none() || there < here) {
                        (here, improved) = (there, true);
                    } else {
                        sides[k] = !sides[k];
                    }
                }
            }
            if let Some(here) = here
                && best.as_ref().is_none_or(|(there, _)| here < *there)
            {
                best = Some((here, sides));
            }
        }
    }
    let (_, sides) = best?;
    let rows = heights(flags, &sides, air)?;
    Some(rows.into_iter().zip(sides).map(|(row, leftward)| Flown { row, leftward }).collect())
}

/// How much a picture is disliked: its height, then all heights, then flags to the left.
type Dislike = (usize, usize, usize);

fn dislike(rows: &[usize], sides: &[bool]) -> Dislike {
    let high = rows.iter().copied().max().unwrap_or(0);
    (high, rows.iter().sum(), sides.iter().filter(|left| **left).count())
}

/// The lowest row of each flag for given sides; none if leaders and labels block each other in a circle.
fn heights(flags: &[Flag], sides: &[bool], air: f64) -> Option<Vec<usize>> {
    let spans: Vec<(f64, f64)> = flags.iter().zip(sides).map(|(flag, left)| span(flag, *left)).collect();
    // A leader may run along the edge where a label begins: there is a gap before its first letter.
    let pierced = |leader: usize, label: usize| {
        let (x, (from, to)) = (flags[leader].x, spans[label]);
        match sides[label] {
            true => from - air < x && x < to - 0.5,
            false => from + 0.5 < x && x < to + air,
        }
    };
    let touching = |a: usize, b: usize| spans[a].1 + air > spans[b].0 && spans[b].1 + air > spans[a].0;
    let mut rows: Vec<Option<usize>> = vec![None; flags.len()];
    for _ in flags {
        // The next flag is one whose lower neighbours all have their rows.
        let next = (0..flags.len()).rev().find(|k| {
            rows[*k].is_none() && (0..flags.len()).all(|j| j == *k || !pierced(j, *k) || rows[j].is_some())
        })?;
        let above =
            (0..flags.len()).filter(|j| *j != next && pierced(*j, next)).filter_map(|j| rows[j]).max();
        let floor = above.map_or(0, |row| row + 1);
        let taken = |row: usize| (0..flags.len()).any(|j| rows[j] == Some(row) && touching(j, next));
        rows[next] = (floor..=floor + flags.len()).find(|row| !taken(*row));
    }
    rows.into_iter().collect()
}

fn span(flag: &Flag, leftward: bool) -> (f64, f64) {
    if leftward { (flag.x - flag.width, flag.x) } else { (flag.x, flag.x + flag.width) }
}

/// Rows for labels along an axis: each span `(from, to)` takes the first row where it keeps `air` from the
/// spans before it in the list.
pub fn rows(spans: &[(f64, f64)], air: f64) -> Vec<usize> {
    let mut rows: Vec<Vec<(f64, f64)>> = Vec::new();
    spans
        .iter()
        .map(|(from, to)| {
            let clear = |row: &Vec<(f64, f64)>| row.iter().all(|(f, t)| to + air <= *f || t + air <= *from);
            let row = rows.iter().position(clear).unwrap_or(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            rows[row].push((*from, *to));
            row
        })
        .collect()
}

/// Moves labels of one `height` along a line so that none overlaps, each as near its wish as that allows, all
/// within `low..high` while they fit. The order of the wishes is kept.
pub fn spread(wishes: &[f64], height: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]).then(a.cmp(b)));
    // Blocks of touching labels: (sum of wished starts, count); neighbours merge while they overlap.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    let start = |(sum, count): (f64, usize)| {
        let length = count as f64 * height;
        (sum / count as f64).min(high - length).max(low)
    };
    for k in &order {
        let mut block = (wishes[*k], 1);
        while let Some(last) = blocks.last().copied() {
            if start(last) + last.1 as f64 * height <= start(block) + 1e-9 {
                break;
            }
            blocks.pop();
            block = (last.0 + block.0 - block.1 as f64 * last.1 as f64 * height, last.1 + block.1);
        }
        blocks.push(block);
    }
    let mut places = vec![0.0; wishes.len()];
    let mut next = order.into_iter();
    let mut floor = f64::NEG_INFINITY;
    for block in blocks {
        let mut at = start(block).max(floor);
        for _ in 0..block.1 {
            if let Some(k) = next.next() {
                places[k] = at;
            }
            at += height;
        }
        floor = at;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_apart(flags: &[Flag], flown: &[Option<Flown>]) {
        let flown: Vec<Flown> = flown.iter().map(|f| f.unwrap()).collect();
        let span = |k: usize| span(&flags[k], flown[k].leftward);
        for a in 0..flags.len() {
            for b in 0..flags.len() {
                if a == b {
                    continue;
                }
                let ((from, to), (other_from, other_to)) = (span(a), span(b));
                if flown[a].row == flown[b].row {
                    assert!(to <= other_from || other_to <= from, "{a} covers {b}");
                }
                if flown[b].row > flown[a].row {
                    assert!(
                        flags[b].x <= from + 0.5 || flags[b].x >= to - 0.5,
                        "leader {b} crosses label {a}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_crowded_april_still_reads() {
        let xs = [40.0, 120.0, 209.0, 212.0, 212.0, 224.0, 230.0, 320.0, 396.0, 560.0];
        let flags: Vec<Flag> = xs.iter().map(|x| Flag { x: *x, width: 118.0 }).collect();
        let flown = fly(&flags, (30.0, 620.0), 6.0);
        assert_apart(&flags, &flown);
        assert!(flown.iter().flatten().all(|f| f.row < 10));
        assert!(flown[9].unwrap().leftward);
    }

    #[test]
    fn lonely_flags_stay_low_and_to_the_right() {
        let flags = [Flag { x: 10.0, width: 20.0 }, Flag { x: 50.0, width: 20.0 }];
        let flown = fly(&flags, (0.0, 100.0), 4.0);
        assert!(flown.iter().all(|f| *f == Some(Flown { row: 0, leftward: false })));
    }

    #[test]
    fn a_flag_wider_than_the_picture_is_not_flown() {
        let flags = [Flag { x: 10.0, width: 200.0 }, Flag { x: 50.0, width: 20.0 }];
        let flown = fly(&flags, (0.0, 100.0), 4.0);
        assert!(flown[0].is_none() && flown[1].is_some());
    }

    #[test]
    fn any_crowd_is_placed_without_a_crossing() {
        // A small linear congruence gives many different crowds, the same ones every time.
        let mut seed = 7u32;
        let mut draw = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((seed >> 8) % below)
        };
        for _ in 0..40 {
            let mut flags: Vec<Flag> =
                (0..14).map(|_| Flag { x: draw(690), width: 30.0 + draw(110) }).collect();
            flags.sort_by(|a, b| a.x.total_cmp(&b.x));
            let flown = fly(&flags, (0.0, 720.0), 3.0);
            let (kept, places): (Vec<Flag>, Vec<Option<Flown>>) =
                flags.iter().zip(&flown).filter(|(_, f)| f.is_some()).map(|(flag, f)| (*flag, *f)).unzip();
            assert!(kept.len() >= 12);
            assert_apart(&kept, &places);
        }
    }

    #[test]
    fn rows_hold_labels_apart() {
        let spans = [(0.0, 10.0), (5.0, 15.0), (12.0, 20.0), (16.0, 30.0)];
        assert_eq!(rows(&spans, 1.0), [0, 1, 0, 1]);
    }

    #[test]
    fn spread_labels_touch_but_never_overlap() {
        let places = spread(&[50.0, 52.0, 51.0, 90.0], 10.0, (0.0, 100.0));
        assert_eq!(places[3], 90.0);
        let mut sorted = places.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= 10.0 - 1e-9));
        assert!(places[0] < places[2] && places[2] < places[1]);
        let high = spread(&[99.0, 99.0], 10.0, (0.0, 100.0));
        assert!(high.iter().all(|p| *p + 10.0 <= 100.0 + 1e-9));
    }
}
