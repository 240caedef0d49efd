//! How a member proves who they are: sign-in links and codes, passkeys, passwords with one-time codes.
//!
//! Pure functions over bytes: random bytes and the time are arguments, nothing is stored here.
