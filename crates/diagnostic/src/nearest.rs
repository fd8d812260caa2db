//! Names close to one that was not found.

/// The known names nearest to `name`, best first, at most three.
///
/// Distance is the number of single-letter edits, neighbours swapped counted once (optimal string
/// alignment); names further than a third of their length are not offered.
///
/// ```
/// assert_eq!(diagnostic::nearest("CNH", ["CHN", "USA", "CHE"]), ["CHN"]);
/// ```
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let mut close: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            let distance = edits(&wanted, &other);
            let reach = (wanted.len().max(other.len()) / 3).max(1);
            let contained = wanted.len() >= 3 && candidate.to_lowercase().contains(&name.to_lowercase());
            (distance <= reach || contained).then_some((distance, candidate))
        })
        .collect();
    close.sort();
    close.dedup();
    close.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// A help line naming the nearest known names, if any is close.
pub fn help_nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let close = nearest(name, known);
    let list: Vec<String> = close.iter().map(|candidate| format!("`{candidate}`")).collect();
    (!list.is_empty()).then(|| format!("did you mean {}?", list.join(" or ")))
}

fn edits(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}
