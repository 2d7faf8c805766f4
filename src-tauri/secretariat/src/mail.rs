//! E-mail is where papers come from.
