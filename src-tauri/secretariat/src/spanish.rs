//! Spanish wording of numbers, dates, lists and agreement, as official minutes write them.
