//! Claims and answers, as the conversations they form.

use scenario::Claim;

/// Claims in the conversations they form: a claim, its answers, and their answers. Newest conversation first,
/// oldest claim first within one.
pub fn threads(claims: &[Claim]) -> Vec<Vec<&Claim>> {
    let mut of: Vec<usize> = (0..claims.len()).collect();
    for (k, claim) in claims.iter().enumerate() {
        for answer in &claim.answered_by {
            if let Some(other) = claims.iter().position(|c| c.id == *answer) {
                let (from, to) = (of[other], of[k]);
                of.iter_mut().filter(|t| **t == from).for_each(|t| *t = to);
            }
        }
    }
    let mut seen: Vec<usize> = Vec::new();
    of.iter().for_each(|t| {
        if !seen.contains(t) {
            seen.push(*t)
        }
    });
    let mut threads: Vec<Vec<&Claim>> = seen
        .into_iter()
        .map(|t| {
            let mut thread: Vec<&Claim> =
                claims.iter().zip(&of).filter(|(_, o)| **o == t).map(|(c, _)| c).collect();
            thread.sort_by_key(|claim| claim.said);
            thread
        })
        .collect();
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.iter().map(|c| c.said).max()));
    threads
}
