//! When to try a message again that a mail server did not take for now.
//!
//! Rule: soon at first, since most troubles are short and a sign-in link is good for ten minutes, then ever later;
//! given up after four days (RFC 5321 §4.5.4.1: at least four to five). Left out: chance, which spreads many messages
//! apart; the queue sends one after another anyway.

use std::time::Duration;

/// Minutes before the second, third, … try.
const MINUTES: [u64; 13] = [1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440, 1440, 1440];

/// How long to wait after `tries` tries that failed for now; none when it is time to give up. After 0 tries: at once.
pub fn after(tries: u32) -> Option<Duration> {
    let Some(index) = tries.checked_sub(1) else { return Some(Duration::ZERO) };
    MINUTES.get(index as usize).map(|minutes| Duration::from_mins(*minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soon_at_first_then_later_then_never() {
        assert_eq!(after(0), Some(Duration::ZERO));
        assert_eq!(after(1), Some(Duration::from_mins(1)));
        let waits: Vec<Duration> = (1..).map_while(after).collect();
        assert!(waits.is_sorted());
        let days = waits.iter().sum::<Duration>().as_secs_f64() / 86_400.0;
        assert!((4.0..=6.0).contains(&days), "{days}");
        assert_eq!(after(14), None);
        assert_eq!(after(u32::MAX), None);
    }
}
