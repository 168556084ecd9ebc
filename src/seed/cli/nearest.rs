//! The name that a misspelled one was meant to be.

/// The name that needs the fewest changes, if that is at most a third of its letters.
pub(super) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let measured = names.into_iter().map(|name| {
        let letters: Vec<char> = name.to_lowercase().chars().collect();
        (changes(&typed, &letters), letters.len().max(typed.len()).div_ceil(3), name)
    });
    let near = measured.filter(|(changes, most, _)| changes <= most);
    near.min_by_key(|(changes, ..)| *changes).map(|(.., name)| name)
}

/// How many letters have to be put in, left out, exchanged, or swapped with their neighbour.
fn changes(from: &[char], to: &[char]) -> usize {
    let first: Vec<usize> = (0..=to.len()).collect();
    let (mut before, mut above) = (first.clone(), first);
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let exchanged = above[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            let mut least = exchanged.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_if_it_is_near() {
        let names = ["users", "posts", "post_tags"];
        let near = |typed| nearest(typed, names);
        assert_eq!(near("usres"), Some("users"));
        assert_eq!(near("user"), Some("users"));
        assert_eq!(near("Posts"), Some("posts"));
        assert_eq!(near("posttags"), Some("post_tags"));
        assert_eq!(near("invoices"), None);
        assert_eq!(near(""), None);
    }
}
