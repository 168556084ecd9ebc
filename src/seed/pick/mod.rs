//! Which of many: distributions, exact shares, pairs without repeats, as functions of a row's number. Knows no row and no key.
