//! The name that a misspelled one was meant to be.

use strsim::damerau_levenshtein;

/// The name that needs the fewest changes, if that is at most a third of its letters.
pub(super) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let measured = names.into_iter().map(|name| {
        let longest = name.chars().count().max(typed.chars().count());
        (damerau_levenshtein(&typed, &name.to_lowercase()), longest.div_ceil(3), name)
    });
    let near = measured.filter(|(changes, most, _)| changes <= most);
    near.min_by_key(|(changes, ..)| *changes).map(|(.., name)| name)
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
