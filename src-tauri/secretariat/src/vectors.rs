//! Checks the program against published test vectors: holidays, business days, quorum and majorities.
