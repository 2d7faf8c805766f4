//! Holidays and business days.
