//! Any calls on the factory of an article: all that it does agrees with the model, in memory and in a database.

use super::articles::{Article, Call, SCHEMA, Writer, article};
use super::expected::{self, Drawn};
use crate::cases::{hold, runtime};
use crate::places::{self, InMemory, Reads};
use manufactory::{Factory, Session, Stage, create_all};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::HashMap;
use std::mem::discriminant;

/// What is drawn in the rows of a session: each declaration is asked by itself.
fn drawn(seed: u64, rows: usize) -> Vec<Drawn> {
    let built = |calls: &[Call]| {
        let _session = Session::seeded(seed).enter();
        article(calls, Article::factory()).build_batch(rows)
    };
    let (plain, short, fancy, best) = (built(&[]), built(&[Call::Short]), built(&[Call::Fancy]), built(&[Call::Best]));
    let row = |i: usize| Drawn {
        stars: plain[i].stars,
        stars_if_short: short[i].stars,
        has_note: plain[i].note.is_some(),
        has_note_if_fancy: fancy[i].note.is_some(),
        colour: plain[i].colour.clone(),
        colour_if_best: best[i].colour.clone(),
    };
    (0..rows).map(row).collect()
}

/// What the rows of one batch have to be, whose writers are numbered row by row, as `build` makes them, or first those of
/// all rows, and then their reviewers. `None` where the calls of a row contradict each other.
fn expected(seed: u64, rows: &[Vec<Call>], is_built: bool) -> Option<Vec<expected::Article>> {
    let drawn = drawn(seed, rows.len());
    let (mut built, mut reviewers) = (0, rows.len() as u64);
    let of_row = |(i, calls): (usize, &Vec<Call>)| {
        let numbers = if is_built { [built, built + 1] } else { [i as u64, reviewers] };
        let article = expected::article(calls, i as u64, &drawn[i], numbers)?;
        built += if article.reviewer.is_some() { 2 } else { 1 };
        reviewers += u64::from(article.reviewer.is_some());
        Some(article)
    };
    rows.iter().enumerate().map(of_row).collect()
}

/// A row that was made, with its writers in place of their keys.
fn seen(article: &Article, writers: &HashMap<i64, Writer>) -> expected::Article {
    let writer = |id: &i64| {
        let Writer { badge, name, role, level, .. } = writers[id].clone();
        expected::Writer { badge, name, role, level }
    };
    let Article { summary, slug, title, kind, stars, note, colour, credit, .. } = article.clone();
    let (writer, reviewer) = (writer(&article.writer_id), article.reviewer_id.as_ref().map(writer));
    expected::Article { summary, slug, title, kind, stars, note, colour, credit, writer, reviewer }
}

fn by_key(writers: impl IntoIterator<Item = Writer>) -> HashMap<i64, Writer> {
    writers.into_iter().map(|writer| (writer.id, writer)).collect()
}

/// A row that was built: its writers are nowhere to be seen but in what was read of them.
fn assert_built(built: &[Article], expected: &[expected::Article]) {
    assert_eq!(built.len(), expected.len());
    for (built, expected) in built.iter().zip(expected) {
        assert_eq!(built.reviewer_id.is_some(), expected.reviewer.is_some());
        let writers =
            [(built.writer_id, Some(&expected.writer)), (built.reviewer_id.unwrap_or(-1), expected.reviewer.as_ref())];
        let writer = |(id, writer): (i64, Option<&expected::Writer>)| {
            let expected::Writer { badge, name, role, level } = writer?.clone();
            Some(Writer { id, badge, name, role, level })
        };
        let writers = by_key(writers.into_iter().filter_map(writer));
        assert_eq!(&seen(built, &writers), expected);
    }
}

/// The same rows in both, through one call each; what contradicts itself is an error, and leaves nothing.
async fn assert_created(seed: u64, base: &[Call], each: &[Vec<Call>], expected: Option<&[expected::Article]>) {
    let rows = || article(base, Article::factory()).times(each.len()).each(|i, row| article(&each[i], row));
    let mut memory = InMemory::default();
    let made = {
        let _session = Session::seeded(seed).enter();
        rows().create_graph(&mut memory.0)
    };
    let mut sqlite = places::sqlx::sqlite(SCHEMA).await;
    let stored = {
        let _session = Session::seeded(seed).enter();
        rows().create(&mut sqlite.db)
    };
    let (made, stored) = (made.await, stored.await);
    let writers: Vec<Writer> = sqlite.read("select * from writers").await;
    let Some(expected) = expected else {
        let (error, other) = (made.unwrap_err(), stored.unwrap_err());
        assert_eq!((error.stage(), error.to_string()), (Stage::Resolve, other.to_string()));
        assert!(format!("{error:?}").contains("_with(..)` changes how the "), "{error:?}");
        assert_eq!((writers.len(), memory.0.count("writers")), (0, 0));
        return;
    };
    let (made, stored) = (made.unwrap(), stored.unwrap());
    let in_memory = by_key(made.all::<Writer>().iter().cloned());
    assert_eq!(writers.len(), in_memory.len());
    assert_eq!(made.roots().iter().map(|row| seen(row, &in_memory)).collect::<Vec<_>>(), expected);
    let in_sqlite = by_key(writers);
    assert_eq!(stored.iter().map(|row| seen(row, &in_sqlite)).collect::<Vec<_>>(), expected);
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    vec(Call::any(), 0..10)
}

#[test]
fn one_row_holds_what_its_calls_say() {
    let runtime = runtime();
    hold(&(any::<u64>(), calls()), |(seed, calls)| {
        let expected = expected(seed, std::slice::from_ref(&calls), true);
        if let Some(expected) = &expected {
            let _session = Session::seeded(seed).enter();
            assert_built(&[article(&calls, Article::factory()).build()], expected);
        }
        runtime.block_on(assert_created(seed, &calls, &[Vec::new()], expected.as_deref()));
    });
}

#[test]
fn each_row_of_a_batch_holds_what_was_said_of_all_and_of_it() {
    let runtime = runtime();
    hold(&(any::<u64>(), calls(), vec(vec(Call::any(), 0..4), 1..6)), |(seed, base, each)| {
        let rows: Vec<_> = each.iter().map(|calls| [base.clone(), calls.clone()].concat()).collect();
        if let Some(expected) = expected(seed, &rows, true) {
            let _session = Session::seeded(seed).enter();
            let built = article(&base, Article::factory()).times(each.len()).each(|i, row| article(&each[i], row));
            assert_built(&built.build(), &expected);
        }
        let expected = expected(seed, &rows, false);
        runtime.block_on(assert_created(seed, &base, &each, expected.as_deref()));
    });
}

#[test]
fn any_mix_of_factories_is_a_batch() {
    let runtime = runtime();
    hold(&(any::<u64>(), vec(calls(), 1..6)), |(seed, rows)| {
        let Some(expected) = expected(seed, &rows, false) else { return };
        let mut memory = InMemory::default();
        let made = {
            let _session = Session::seeded(seed).enter();
            create_all(&mut memory.0, rows.iter().map(|calls| article(calls, Article::factory())))
        };
        let made = runtime.block_on(made).unwrap();
        let credits: Vec<_> = made.iter().map(|row| (&row.credit, &row.summary, row.reviewer_id.is_some())).collect();
        let expected = expected.iter().map(|row| (&row.credit, &row.summary, row.reviewer.is_some()));
        assert_eq!(credits, expected.collect::<Vec<_>>());
    });
}

#[test]
fn attributes_are_those_of_the_row_that_is_built() {
    hold(&(any::<u64>(), calls()), |(seed, calls)| {
        let Some(expected) = expected(seed, std::slice::from_ref(&calls), true) else { return };
        let _session = Session::seeded(seed).enter();
        let attributes = article(&calls, Article::factory()).attributes().unwrap();
        let expected::Article { summary, slug, title, kind, stars, note, colour, credit, .. } = &expected[0];
        let plain = serde_json::json!({
            "summary": summary, "slug": slug, "title": title, "kind": kind, "stars": stars, "note": note,
            "colour": colour, "credit": credit,
        });
        for (name, value) in plain.as_object().unwrap() {
            assert_eq!(attributes.get(name), Some(value), "{name}");
        }
        let others: Vec<_> = attributes.keys().filter(|name| plain.get(name.as_str()).is_none()).collect();
        assert!(others.iter().all(|name| *name == "reviewer_id"), "{others:?}");
    });
}

/// What may not change its place among its like: presets, and what is said of one attribute.
fn lane(call: &Call) -> std::mem::Discriminant<Call> {
    match call {
        Call::Loud | Call::Short | Call::Fancy | Call::Best | Call::Reviewed => discriminant(&Call::Loud),
        Call::Writer(_) | Call::WriterWith(_) => discriminant(&Call::WriterWith(Vec::new())),
        Call::Reviewer(_) | Call::ReviewerWith(_) => discriminant(&Call::WithoutReviewer),
        other => discriminant(other),
    }
}

#[test]
fn calls_of_different_attributes_may_be_made_in_any_order() {
    let calls = vec((Call::any(), any::<u16>()), 0..12);
    hold(&(any::<u64>(), calls), |(seed, ranked)| {
        let calls: Vec<_> = ranked.iter().map(|(call, _)| call.clone()).collect();
        let Some(expected) = expected(seed, std::slice::from_ref(&calls), true) else { return };
        // Each lane keeps its order: its ranks are given out anew, from the lowest on.
        let ranks = |wanted| {
            let mut ranks: Vec<_> =
                ranked.iter().filter(|(call, _)| lane(call) == wanted).map(|(_, rank)| *rank).collect();
            ranks.sort_unstable();
            ranks.into_iter()
        };
        let mut lanes = HashMap::new();
        let mut shuffled: Vec<_> = calls
            .iter()
            .map(|call| (lanes.entry(lane(call)).or_insert_with(|| ranks(lane(call))).next(), call.clone()))
            .collect();
        shuffled.sort_by_key(|(rank, _)| *rank);
        let shuffled: Vec<_> = shuffled.into_iter().map(|(_, call)| call).collect();
        let _session = Session::seeded(seed).enter();
        assert_built(&[article(&shuffled, Article::factory()).build()], &expected);
    });
}

#[test]
fn a_row_is_the_same_whatever_was_said_of_those_before() {
    hold(&(any::<u64>(), vec(calls(), 0..5), calls()), |(seed, before, last)| {
        let is_sound = |calls: &Vec<Call>| expected(seed, std::slice::from_ref(calls), true).is_some();
        if !is_sound(&last) {
            return;
        }
        let before: Vec<_> = before.into_iter().filter(is_sound).collect();
        let built = |before: &[Vec<Call>]| {
            let _session = Session::seeded(seed).enter();
            for calls in before {
                article(calls, Article::factory()).build();
            }
            let article = article(&last, Article::factory()).build();
            // What is numbered by how many writers there were before.
            Article { credit: String::new(), writer_id: 0, reviewer_id: article.reviewer_id.map(|_| 0), ..article }
        };
        let plain: Vec<_> = before.iter().map(|_| Vec::new()).collect();
        assert_eq!(built(&before), built(&plain));
    });
}
