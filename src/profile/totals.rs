//! What all calls of this process have cost, and the table of it.

use super::tally::{Cost, Entry};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

#[derive(Debug, Clone, Copy, Default)]
struct Total {
    asked: Cost,
    made: Cost,
}

type Totals = BTreeMap<String, Total>;

fn totals() -> MutexGuard<'static, Totals> {
    static TOTALS: Mutex<Totals> = Mutex::new(BTreeMap::new());
    TOTALS.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn add(entries: Vec<Entry>) {
    add_to(&mut totals(), entries);
}

fn add_to(totals: &mut Totals, entries: Vec<Entry>) {
    for Entry { factory, asked, cost } in entries {
        let total = totals.entry(factory).or_default();
        if asked { total.asked.add(cost) } else { total.made.add(cost) }
    }
}

pub(super) fn reset() {
    totals().clear();
}

pub(super) fn text() -> String {
    text_of(&totals())
}

fn text_of(totals: &Totals) -> String {
    let mut rows: Vec<_> = totals.iter().collect();
    let Some(width) = rows.iter().map(|(factory, _)| factory.chars().count()).max() else { return String::new() };
    let width = width.max("factory".len());
    // Names that cost the same stay in their order.
    rows.sort_by_key(|(_, total)| std::cmp::Reverse(total.asked.time + total.made.time));
    let mut text = format!("{:width$}  {:33}  made on the way\n", "", "asked for");
    let heading = format!("{:>9}  {:>10}  {:>8}", "rows", "statements", "ms");
    let _ = writeln!(text, "{:width$}  {heading}  {heading}", "factory");
    for (factory, Total { asked, made }) in rows {
        let _ = write!(text, "{factory:width$}");
        for cost in [asked, made] {
            let millis = cost.time.as_secs_f64() * 1e3;
            let _ = write!(text, "  {:>9}  {:>10}  {millis:>8.1}", cost.rows, cost.statements);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_most_expensive_factory_comes_first() {
        let entry = |factory: &str, asked, rows, statements, micros| Entry {
            factory: factory.to_owned(),
            asked,
            cost: Cost { rows, statements, time: Duration::from_micros(micros) },
        };
        let mut totals = Totals::new();
        add_to(&mut totals, vec![entry("AFactory", true, 2, 1, 100), entry("LongerFactory", false, 1000, 3, 12_345)]);
        add_to(&mut totals, vec![entry("AFactory", true, 1, 1, 200), entry("AFactory", false, 4, 2, 0)]);
        let lines = [
            "               asked for                          made on the way",
            "factory             rows  statements        ms       rows  statements        ms",
            "LongerFactory          0           0       0.0       1000           3      12.3",
            "AFactory               3           2       0.3          4           2       0.0",
        ];
        assert_eq!(text_of(&totals).lines().collect::<Vec<_>>(), lines);
        assert_eq!(text_of(&Totals::new()), "");
    }
}
