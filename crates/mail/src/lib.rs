//! The mail side of the forum: what a message looks like, and how it leaves through an SMTP server.
//!
//! Left out: the queue, which is the store's, and when to try again, which is the program's.
