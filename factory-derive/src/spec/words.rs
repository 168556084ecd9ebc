//! The one table of attribute words, and the nearest valid word for a wrong one.

/// Words that say how an attribute gets its value.
pub(crate) const DECLARATIONS: &[&str] = &[
    "value", "default", "sequence", "lazy", "format", "fake", "cycle", "choice", "weighted", "maybe", "sub_factory", "list",
];

/// Words on a field besides the declarations.
pub(crate) const FIELD: &[&str] = &["key", "database", "column", "skip", "setter"];

/// Words on the struct.
pub(crate) const STRUCT: &[&str] = &["table", "param", "column", "preset", "after_build", "construct", "crate"];

/// Options of `sub_factory`.
pub(crate) const SUB_FACTORY: &[&str] = &["optional", "key", "name", "with"];

/// What is said of a word that is none of `known`: the nearest one, or all of them.
pub(crate) fn unknown<'a>(kind: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(word, known.clone()) {
        Some(nearest) => format!("unknown {kind} `{word}`; did you mean `{nearest}`?"),
        None => {
            let known: Vec<_> = known.map(|word| format!("`{word}`")).collect();
            if known.is_empty() {
                format!("unknown {kind} `{word}`; there is none here")
            } else {
                format!("unknown {kind} `{word}`; there are {}", known.join(", "))
            }
        }
    }
}

/// The word that is meant, if one is near enough.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    let near = known.map(|candidate| (distance(word, candidate), candidate));
    near.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// How many characters have to be inserted, deleted, replaced or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{DECLARATIONS, nearest};

    #[test]
    fn a_slip_finds_its_word() {
        for (slip, word) in [("sequnece", "sequence"), ("lasy", "lazy"), ("defualt", "default"), ("subfactory", "sub_factory")] {
            assert_eq!(nearest(slip, DECLARATIONS.iter().copied()), Some(word));
        }
        assert_eq!(nearest("elephant", DECLARATIONS.iter().copied()), None);
    }
}
