//! What the store promises, on SQLite always and on PostgreSQL when there is a server.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod backup;
mod concurrency;
#[cfg(test)]
mod discussion;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod example;
#[cfg(test)]
mod forum;
#[cfg(test)]
mod many_writers;
#[cfg(test)]
mod members;
#[cfg(test)]
mod packets;
#[cfg(test)]
mod people;
#[cfg(test)]
mod place;
#[cfg(test)]
mod queues;
mod safety;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sessions;
mod story;
