//! The one table of attribute words, how each is written, and the nearest valid word for a wrong one.

/// A word, and how it is written.
pub(crate) type Word = (&'static str, &'static str);

/// Words that say how an attribute gets its value.
pub(crate) const DECLARATIONS: &[Word] = &[
    ("auto", "auto(from)` or `auto(from = Type)"),
    ("value", "value(expression)"),
    ("default", "default"),
    ("sequence", "sequence(|n| expression)"),
    ("lazy", "lazy(|attribute, ..| expression)"),
    ("format", "format(\"text {attribute} {n}\")"),
    ("fake", "fake(Faker())"),
    ("cycle", "cycle([a, b, ..])"),
    ("choice", "choice([a, b, ..])"),
    ("weighted", "weighted([(3, a), (1, b)])"),
    ("maybe", "maybe(0.3, declaration)"),
    ("sub_factory", "sub_factory(UserFactory)"),
    ("list", "list(UserFactory, 3)"),
];

/// Words on a field besides the declarations.
pub(crate) const FIELD: &[Word] = &[
    ("key", "key"),
    ("database", "database"),
    ("column", "column = \"name\""),
    ("skip", "skip"),
    ("as", "as(Type)"),
    ("json", "json"),
    ("secret", "secret"),
    ("setter", "setter = name"),
];

/// Words on the struct.
pub(crate) const STRUCT: &[Word] = &[
    ("table", "table = \"users\""),
    ("on", "on(postgres, sqlite)"),
    ("no_returning", "no_returning"),
    ("param", "param(name: Type = declaration)"),
    ("column", "column(name: Type = declaration)"),
    ("preset", "preset(name: attribute = declaration, ..)"),
    ("has_many", "has_many(posts: PostFactory, by = author)"),
    ("has_one", "has_one(profile: ProfileFactory, by = user)"),
    ("many_to_many", "many_to_many(tags: TagFactory, through = PostTagFactory(post, tag))"),
    ("get_or_create", "get_or_create(attribute, ..)"),
    ("after_build", "after_build(|model, attribute, ..| statement)"),
    ("after_create", "after_create"),
    ("construct", "construct = |attribute, ..| expression"),
    ("returns", "returns = Type"),
    ("active_model", "active_model = entity::ActiveModel"),
    ("model", "model = path::User"),
    ("name", "name = UserFactory"),
    ("crate", "crate = path"),
];

/// Options of `sub_factory`.
pub(crate) const SUB_FACTORY: &[Word] = &[
    ("optional", "optional"),
    ("key", "key = field"),
    ("name", "name = relation"),
    ("with", "with = |parent, attribute, ..| parent.setter(..)"),
];

/// Options of `has_many`, `has_one` and `many_to_many`.
pub(crate) const CHILDREN: &[Word] = &[("by", "by = relation"), ("through", "through = JoinFactory(here, there)")];

/// Databases, as `on` names them.
pub(crate) const DATABASES: &[Word] = &[("sqlite", "sqlite"), ("postgres", "postgres"), ("mysql", "mysql")];

/// Libraries, as `on` names them.
pub(crate) const LIBRARIES: &[Word] =
    &[("sqlx", "sqlx"), ("diesel", "diesel"), ("diesel_async", "diesel_async"), ("sea_orm", "sea_orm")];

/// Options of `fake`.
pub(crate) const FAKE: &[Word] = &[("unique", "fake(Faker(), unique)")];

/// Options of `auto`.
pub(crate) const AUTO: &[Word] = &[("from", "auto(from)")];

/// Words on a type that derives `Auto`.
pub(crate) const AUTO_TYPE: &[Word] = &[("auto", "auto(from)"), ("crate", "crate = path")];

/// What other libraries call these things.
const ELSEWHERE: &[(&str, &str)] = &[
    ("association", "sub_factory"),
    ("belongs_to", "sub_factory"),
    ("constant", "value"),
    ("django_get_or_create", "get_or_create"),
    ("has_and_belongs_to_many", "many_to_many"),
    ("ignore", "skip"),
    ("iterator", "cycle"),
    ("mariadb", "mysql"),
    ("one_of", "choice"),
    ("pg", "postgres"),
    ("pk", "key"),
    ("post_generation", "after_build"),
    ("primary_key", "key"),
    ("related_factory", "has_many"),
    ("rename", "column"),
    ("trait", "preset"),
    ("transient", "param"),
];

/// The entry of a word.
pub(crate) fn find(word: &str, known: &[Word]) -> Option<Word> {
    known.iter().copied().find(|(text, _)| *text == word)
}

/// The words of these tables.
pub(crate) fn texts(known: &[&[Word]]) -> Vec<&'static str> {
    known.iter().flat_map(|words| words.iter().map(|(text, _)| *text)).collect()
}

/// What is said of a word that is none of `known`: the nearest one, or all of them.
pub(crate) fn unknown(kind: &str, word: &str, known: &[&str]) -> String {
    if let Some(nearest) = nearest(word, known) {
        return format!("unknown {kind} `{word}`; did you mean `{nearest}`?");
    }
    let known: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
    match &known[..] {
        [] => format!("unknown {kind} `{word}`; there is none here"),
        [only] => format!("unknown {kind} `{word}`; there is only {only}"),
        [most @ .., last] => format!("unknown {kind} `{word}`; there are {} and {last}", most.join(", ")),
    }
}

/// The word that is meant, if one is near enough: a slip of the pen, its name elsewhere, or a part of the word.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let find = |is_meant: &dyn Fn(&str) -> bool| known.iter().copied().find(|candidate| is_meant(candidate));
    let allowed = (word.chars().count() / 3).max(1);
    let near = known.iter().map(|candidate| (distance(word, candidate), *candidate));
    // Of a single letter nothing is left that would be near to another one.
    let slip = near
        .filter(|(distance, _)| *distance <= allowed && *distance < word.chars().count())
        .min_by_key(|(distance, _)| *distance);
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == word).map(|(_, ours)| *ours);
    let is_part = |candidate: &str| {
        candidate.len().min(word.len()) > 2 && (candidate.starts_with(word) || word.starts_with(candidate))
    };
    slip.map(|(_, word)| word).or_else(|| find(&|candidate| Some(candidate) == elsewhere)).or_else(|| find(&is_part))
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
    use super::{DATABASES, DECLARATIONS, ELSEWHERE, FIELD, STRUCT, SUB_FACTORY, find, nearest, texts, unknown};

    #[test]
    fn a_slip_finds_its_word() {
        let slips = [
            ("sequnece", "sequence"),
            ("lasy", "lazy"),
            ("defualt", "default"),
            ("subfactory", "sub_factory"),
            ("seq", "sequence"),
            ("lazy_attribute", "lazy"),
            ("constant", "value"),
        ];
        for (slip, word) in slips {
            assert_eq!(nearest(slip, &texts(&[DECLARATIONS])), Some(word));
        }
        assert_eq!(nearest("elephant", &texts(&[DECLARATIONS])), None);
        assert_eq!(nearest("o", &["n", "of"]), None, "one letter is near to everything");
        assert_eq!(nearest("constant", &["title"]), None, "only where the word is to be had");
    }

    #[test]
    fn what_there_is_is_listed() {
        let said = |known: &[&'static str]| unknown("word", "elephant", known);
        assert_eq!(said(&[]), "unknown word `elephant`; there is none here");
        assert_eq!(said(&["a"]), "unknown word `elephant`; there is only `a`");
        assert_eq!(said(&["a", "b", "c"]), "unknown word `elephant`; there are `a`, `b` and `c`");
    }

    #[test]
    fn names_from_elsewhere_are_none_of_ours() {
        let ours = [DATABASES, DECLARATIONS, FIELD, STRUCT, SUB_FACTORY].concat();
        for (other, word) in ELSEWHERE {
            assert!(find(other, &ours).is_none() && find(word, &ours).is_some(), "{other}");
        }
    }
}
