//! Acts through a store in a fresh folder, with fixed times and seeded randomness.

#[cfg(test)]
mod claiming;
#[cfg(test)]
mod data;
#[cfg(test)]
mod deciding;
#[cfg(test)]
mod factors;
#[cfg(test)]
mod five_days;
#[cfg(test)]
mod join;
#[cfg(test)]
mod life;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod standing;
#[cfg(test)]
mod table;
#[cfg(test)]
mod voting;
#[cfg(test)]
mod writing;
