//! How often something may be tried: by the client's network, by what a field names, by the member.
//!
//! Rule: the generic cell rate algorithm (ITU-T I.371): one try every `every`, `burst` at once. Counts live in memory:
//! several servers on one database each count for themselves, and a restart forgets. Whole mobile carriers share one
//! address, so no limit by network stands in the way of the mail link, whose own limit is by mail address. Left out:
//! locking an account, which would let a stranger lock its owner out.

use governor::clock::Clock;
use governor::state::keyed::DashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use time::OffsetDateTime;

/// Tries between two clearings of what no longer matters.
const CLEAR_EVERY: u64 = 1_024;

/// What a count is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The client's network: an IPv4 address or the first 64 bits of an IPv6 address.
    Client,
    /// What this field of the form says, in lower case.
    Field(&'static str),
    /// Who is signed in.
    Member,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident, $by:expr, every $seconds:literal, burst $burst:literal;)*) => {
        /// A limit on one kind of try.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Rule { $($(#[$doc])* $rule),* }

        impl Rule {
            /// All of them, in the order of their numbers.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$rule),*];
            /// What its count is kept for.
            pub(crate) fn by(self) -> By {
                match self { $(Self::$rule => $by),* }
            }
            fn every(self) -> Duration {
                match self { $(Self::$rule => Duration::from_secs($seconds)),* }
            }
            /// How many may be tried at once.
            pub(crate) fn burst(self) -> u32 {
                match self { $(Self::$rule => $burst),* }
            }
        }
    };
}

rules! {
    /// Asking for a link, by the address it would go to.
    LinkByAddress, By::Field("address"), every 1_200, burst 3;
    /// Asking for a link, by network. Wide, because thousands of people may share one address.
    LinkByClient, By::Client, every 10, burst 30;
    /// Typing a code or showing a link, by network.
    ProofByClient, By::Client, every 6, burst 30;
    /// Trying a password or a passkey, by network.
    PasswordByClient, By::Client, every 20, burst 3;
    /// Trying a password, by account: high on purpose, so that nobody can lock someone else out.
    PasswordByAddress, By::Field("address"), every 2, burst 60;
    /// Trying a second factor, by member.
    FactorByMember, By::Member, every 180, burst 5;
    /// Asking to join, by network.
    JoinByClient, By::Client, every 1_200, burst 3;
    /// Changing one's account.
    ChangeByMember, By::Member, every 2, burst 30;
    /// Taking out everything one has given.
    TakeOutByMember, By::Member, every 17_280, burst 5;
    /// Inviting.
    InviteByMember, By::Member, every 5, burst 60;
}

/// The wall clock that the program handed in, as the limiter wants it.
#[derive(Debug, Clone)]
struct Wall(fn() -> OffsetDateTime);

impl Clock for Wall {
    type Instant = Duration;

    fn now(&self) -> Duration {
        let since = (self.0)() - OffsetDateTime::UNIX_EPOCH;
        since.try_into().unwrap_or(Duration::ZERO)
    }
}

type Limiter =
    RateLimiter<String, DashMapStateStore<String>, Wall, governor::middleware::NoOpMiddleware<Duration>>;

/// All counts.
pub(crate) struct Rates {
    limiters: Vec<Limiter>,
    tries: AtomicU64,
    clock: Wall,
}

impl std::fmt::Debug for Rates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rates").field("tries", &self.tries).finish_non_exhaustive()
    }
}

impl Rates {
    /// Nothing counted yet.
    pub(crate) fn new(clock: fn() -> OffsetDateTime) -> Self {
        let clock = Wall(clock);
        let limiter = |rule: &Rule| {
            let burst = NonZeroU32::new(rule.burst()).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(rule.every()).unwrap_or(Quota::per_hour(burst));
            RateLimiter::dashmap_with_clock(quota.allow_burst(burst), clock.clone())
        };
        Self { limiters: Rule::ALL.iter().map(limiter).collect(), tries: AtomicU64::new(0), clock }
    }

    /// Counts one try of `key` under a rule.
    ///
    /// # Errors
    /// How many seconds to wait, at least 1, when it is one too many; it is then not counted.
    pub(crate) fn count(&self, rule: Rule, key: &str) -> Result<(), u64> {
        let Some(limiter) = self.limiters.get(rule as usize) else { return Ok(()) };
        if self.tries.fetch_add(1, Ordering::Relaxed) % CLEAR_EVERY == CLEAR_EVERY - 1 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        let wait = |until: NotUntil<Duration>| until.wait_time_from(self.clock.now()).as_secs() + 1;
        limiter.check_key(&key.to_lowercase()).map_err(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicI64;

    static SECONDS: AtomicI64 = AtomicI64::new(1_800_000_000);

    fn clock() -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(SECONDS.load(Ordering::Relaxed)).unwrap()
    }

    #[test]
    fn a_burst_then_one_at_a_time_for_each_key() {
        let rates = Rates::new(clock);
        for _ in 0..3 {
            assert_eq!(rates.count(Rule::LinkByAddress, "a@b.org"), Ok(()));
        }
        let wait = rates.count(Rule::LinkByAddress, "A@b.org").unwrap_err();
        assert!((1_190..=1_201).contains(&wait), "{wait}");
        assert_eq!(rates.count(Rule::LinkByAddress, "other@b.org"), Ok(()));
        assert_eq!(rates.count(Rule::LinkByClient, "a@b.org"), Ok(()));
        SECONDS.fetch_add(1_201, Ordering::Relaxed);
        assert_eq!(rates.count(Rule::LinkByAddress, "a@b.org"), Ok(()));
        assert!(rates.count(Rule::LinkByAddress, "a@b.org").is_err());
    }

    #[test]
    fn every_rule_stands_at_its_number() {
        for (at, rule) in Rule::ALL.iter().enumerate() {
            assert_eq!(*rule as usize, at);
        }
    }
}
