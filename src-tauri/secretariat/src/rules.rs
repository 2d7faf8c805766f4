//! Quorum and majority as arithmetic that explains itself.
