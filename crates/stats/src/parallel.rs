//! The same work for each of some numbers, on several threads; the answers come back in the order of the numbers.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `work` of 0 to `count` − 1. Threads take the next number when they are free; with one thread, or one number, the
/// caller's own does it all.
pub(crate) fn in_parallel<T: Send>(
    count: usize,
    threads: NonZeroUsize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let threads = threads.get().min(count);
    if threads <= 1 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let free = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < count);
        std::iter::from_fn(free).map(|number| (number, work(number))).collect::<Vec<(usize, T)>>()
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let own = take();
        let theirs = others
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        own.into_iter().chain(theirs).collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_in_order_whatever_the_threads() {
        for threads in [1, 2, 3, 40] {
            let squares = in_parallel(17, NonZeroUsize::new(threads).unwrap(), |number| number * number);
            assert_eq!(squares, (0..17).map(|number| number * number).collect::<Vec<_>>());
        }
        assert!(in_parallel(0, NonZeroUsize::MIN, |number| number).is_empty());
    }
}
