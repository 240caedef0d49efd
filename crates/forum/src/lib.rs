//! The acts of the forum: each checks who may do it, holds the domain's rules, and happens in one transaction.
//!
//! Pages and mail both call these functions, so what is allowed does not depend on the way it came.
