//! The program's tests through its front door, and the rules of the house.

mod pool;
mod reference;
mod tidy;
