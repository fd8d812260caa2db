//! Independent works shared out among threads; the answers come in the order of the works.

/// What `work` gives for each of `items`, on up to `threads` threads. No answer depends on how many there are.
pub(crate) fn in_order<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let each = items.len().div_ceil(threads.max(1)).max(1);
    if threads <= 1 || items.len() <= 1 {
        return items.iter().map(work).collect();
    }
    let work = &work;
    std::thread::scope(|scope| {
        let running: Vec<_> = items
            .chunks(each)
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        let mut all = Vec::with_capacity(items.len());
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
