//! `sequence`, `sequence(|n| ..)`

use manufactory::{Factory, Session};
use std::collections::HashSet;

#[derive(Debug, PartialEq, Factory)]
struct Line {
    #[factory(sequence)]
    position: i32,
    #[factory(sequence)]
    code: String,
    #[factory(sequence)]
    small: Option<u8>,
    #[factory(sequence(|i| format!("line-{i:03}")))]
    label: String,
}

#[test]
fn numbers_start_at_zero_in_a_session_and_are_shared_by_the_row() {
    let _session = Session::seeded(1).enter();
    let line =
        |i: u8| Line { position: i32::from(i), code: i.to_string(), small: Some(i), label: format!("line-{i:03}") };
    assert_eq!(Line::factory().build_batch(2), [line(0), line(1)]);
    assert_eq!(Line::factory().build(), line(2));
}

#[test]
fn sessions_count_for_themselves() {
    let outer = Session::seeded(1);
    let _outer = outer.enter();
    Line::factory().build();
    {
        let _inner = Session::seeded(2).enter();
        assert_eq!(Line::factory().build().position, 0);
    }
    assert_eq!(Line::factory().build().position, 1);
}

#[test]
fn numbers_wrap_at_the_maximum_of_their_type() {
    let _session = Session::seeded(1).enter();
    let last = Line::factory().build_batch(257).pop().unwrap();
    assert_eq!((last.position, last.small), (256, Some(0)));
}

#[derive(Factory)]
struct Article {
    #[factory(choice([1, 2, 3]))]
    tenant_id: i64,
    #[factory(format("A{n}"))]
    code: String,
    #[factory(choice(["a", "b"]))]
    shelf: String,
}

#[test]
fn columns_are_unique_together_where_one_is_made_of_the_number() {
    let articles = Article::factory().build_batch(1_000);
    let with_code: HashSet<_> = articles.iter().map(|article| (article.tenant_id, &article.code)).collect();
    let without: HashSet<_> = articles.iter().map(|article| (article.tenant_id, &article.shelf)).collect();
    assert_eq!((with_code.len(), without.len()), (1_000, 6));
}
