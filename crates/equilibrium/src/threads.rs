//! Independent works shared out among threads; the answers come in the order of the works.

/// What `work` gives for each of `items`, on up to `threads` threads, the caller's own among them. No answer depends on how
/// many there are.
pub fn in_order<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    each_in_order(threads, items.iter().collect(), work)
}

/// The same for works that each hold something of their own, as a part of an array to write to.
pub(crate) fn each_in_order<T: Send, R: Send>(
    threads: usize,
    mut items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let each = items.len().div_ceil(threads.max(1)).max(1);
    if threads <= 1 || items.len() <= 1 {
        return items.into_iter().map(work).collect();
    }
    let work = &work;
    std::thread::scope(|scope| {
        let mut others = items.split_off(each);
        let mut running = Vec::new();
        while !others.is_empty() {
            let later = others.split_off(each.min(others.len()));
            let part = std::mem::replace(&mut others, later);
            running.push(scope.spawn(move || part.into_iter().map(work).collect::<Vec<R>>()));
        }
        let mut all: Vec<R> = items.into_iter().map(work).collect();
        for thread in running {
            match thread.join() {
                Ok(part) => all.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_the_order_of_the_works_on_any_number_of_threads() {
        let works: Vec<usize> = (0..7).collect();
        for threads in [0, 1, 2, 3, 16] {
            assert_eq!(in_order(threads, &works, |n| n * n), [0, 1, 4, 9, 16, 25, 36]);
        }
    }
}
