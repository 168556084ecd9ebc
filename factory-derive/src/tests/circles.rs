//! Attributes that read each other in every way: each is filled behind what it reads, or the circle is named. Checked by
//! a second, simpler way to find an order.

use crate::diagnostics::Diagnostics;
use crate::plan::{Plan, Value};
use crate::spec::Item;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeSet;
use std::env;
use std::fmt::Write;

/// What one attribute reads, by numbers: in its declaration, and in that of a preset.
#[derive(Debug, Clone)]
struct Reads {
    /// `lazy`, `format`, or a `maybe` around the latter.
    kind: u8,
    declared: BTreeSet<usize>,
    preset: BTreeSet<usize>,
    /// A param, which is declared in front of all fields.
    is_param: bool,
}

const MOST: usize = 9;

fn any_reads(forward: bool) -> impl Strategy<Value = Vec<Reads>> {
    let numbers = || vec(0..MOST, 0..3).prop_map(BTreeSet::from_iter);
    let one = (0..3_u8, numbers(), numbers(), any::<bool>());
    let all = vec(one, 1..MOST);
    // In the order of a shuffle of their own there is no way back.
    (all, Just((0..MOST).collect::<Vec<_>>()).prop_shuffle()).prop_map(move |(all, ranks)| {
        let len = all.len();
        let keep = |i: usize, reads: BTreeSet<usize>| {
            reads.into_iter().filter(|other| *other < len && (!forward || ranks[*other] < ranks[i])).collect()
        };
        let all = all.into_iter().enumerate();
        all.map(|(i, (kind, declared, preset, is_param))| Reads {
            kind,
            declared: keep(i, declared),
            preset: keep(i, preset),
            is_param,
        })
        .collect()
    })
}

impl Reads {
    fn all(&self) -> BTreeSet<usize> {
        self.declared.union(&self.preset).copied().collect()
    }

    fn declaration(kind: u8, reads: &BTreeSet<usize>) -> String {
        let names = reads.iter().map(|i| format!("a{i}"));
        let holes = reads.iter().fold(String::new(), |holes, i| format!("{holes}{{a{i}}}"));
        match kind {
            0 => format!("lazy(|{}| String::new())", names.collect::<Vec<_>>().join(", ")),
            1 => format!("format(\"{holes}\")"),
            _ => format!("maybe(0.5, format(\"{holes}\"))"),
        }
    }
}

fn source(all: &[Reads]) -> String {
    let (mut attributes, mut fields) = (String::new(), String::new());
    for (i, reads) in all.iter().enumerate() {
        let declaration = Reads::declaration(reads.kind, &reads.declared);
        let ty = if reads.kind == 2 { "Option<String>" } else { "String" };
        if reads.is_param {
            let _ = write!(attributes, "#[factory(param(a{i}: {ty} = {declaration}))] ");
        } else {
            let _ = write!(fields, "#[factory({declaration})] a{i}: {ty}, ");
        }
        if !reads.preset.is_empty() {
            let preset = Reads::declaration(reads.kind, &reads.preset);
            let _ = write!(attributes, "#[factory(preset(p{i}: a{i} = {preset}))] ");
        }
    }
    format!("{attributes} struct A {{ {fields} }}")
}

/// The numbers of the attributes in the order in which they are filled, or what is wrong.
fn planned(source: &str) -> Result<Vec<usize>, Vec<String>> {
    let input: syn::DeriveInput = syn::parse_str(source).expect("it is a struct");
    let diagnostics = Diagnostics::new();
    let item = Item::read(&input, &diagnostics);
    let plan = Plan::make(&item, &diagnostics);
    match (diagnostics.finish(), plan) {
        (Ok(()), Some(plan)) => {
            let order = plan.stages.iter().flatten().map(|i| &plan.attributes[*i]);
            assert!(order.clone().all(|attribute| matches!(attribute.value, Value::Declared { .. })));
            Ok(order.map(|attribute| number(&attribute.ident.to_string())).collect())
        }
        (Err(errors), _) => Err(errors.into_iter().map(|error| error.to_string()).collect()),
        (Ok(()), None) => panic!("a plan is refused only with an error: {source}"),
    }
}

fn number(name: &str) -> usize {
    name.trim_start_matches('a').parse().expect("attributes are called by their numbers")
}

/// Those that are part of a circle, or behind one: what is left when all that reads nothing of the rest is taken out,
/// again and again.
fn endless(all: &[Reads]) -> BTreeSet<usize> {
    let mut left: BTreeSet<_> = (0..all.len()).collect();
    loop {
        let free: Vec<_> = left.iter().copied().filter(|i| all[*i].all().is_disjoint(&left)).collect();
        if free.is_empty() {
            return left;
        }
        left.retain(|i| !free.contains(i));
    }
}

/// The order of declaration: params first.
fn declared(all: &[Reads]) -> Vec<usize> {
    let mut order: Vec<_> = (0..all.len()).collect();
    order.sort_by_key(|i| !all[*i].is_param);
    order
}

/// The order that is promised: in that of the declarations, each with all that it reads in front of it.
fn expected(all: &[Reads]) -> Vec<usize> {
    fn visit(i: usize, order: &mut Vec<usize>, reading: &dyn Fn(usize) -> Vec<usize>) {
        if !order.contains(&i) {
            for other in reading(i) {
                visit(other, order, reading);
            }
            order.push(i);
        }
    }
    // As they are written: those of the declaration, then those of the preset.
    let reading = |i: usize| all[i].declared.iter().chain(&all[i].preset).copied().collect();
    let mut order = Vec::new();
    for i in declared(all) {
        visit(i, &mut order, &reading);
    }
    order
}

fn hold<S: Strategy>(inputs: &S, property: impl Fn(S::Value)) {
    let said = |name| env::var_os(name).is_some();
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if !said("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(1);
    }
    let outcome = TestRunner::new(config).run(inputs, |input| {
        property(input);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn each_is_filled_behind_what_it_reads() {
    hold(&any_reads(true), |all| {
        let source = source(&all);
        let order = planned(&source).unwrap_or_else(|errors| panic!("{errors:?}\n{source}"));
        assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), (0..all.len()).collect(), "each once\n{source}");
        let place = |i: usize| order.iter().position(|other| *other == i);
        for (i, reads) in all.iter().enumerate() {
            assert!(reads.all().into_iter().all(|other| place(other) < place(i)), "{order:?}\n{source}");
        }
        assert_eq!(order, expected(&all), "{source}");
    });
}

#[test]
fn circles_are_found_and_named_and_nothing_else_is() {
    hold(&any_reads(false), |all| {
        let (source, endless) = (source(&all), endless(&all));
        let Err(errors) = planned(&source) else {
            return assert!(endless.is_empty(), "{endless:?}\n{source}");
        };
        assert!(!endless.is_empty(), "{errors:?}\n{source}");
        for error in errors {
            let (first, rest) =
                error.trim_start_matches('`').split_once("` depends on itself").expect("it is a circle");
            let first = number(first);
            let mut circle = vec![first];
            if let Some((names, remedy)) =
                rest.trim_start_matches(": ").split_once("; ").filter(|_| rest.starts_with(':'))
            {
                assert_eq!(remedy, "one of them needs a declaration that reads none of the others");
                circle = names.split(" -> ").map(number).collect();
                assert_eq!(circle.pop(), Some(first), "it ends where it began: {error}");
            } else {
                assert_eq!(rest, "; read other attributes, or make it of the row's number `n`");
            }
            assert_eq!(circle.iter().collect::<BTreeSet<_>>().len(), circle.len(), "no other is in it: {error}");
            for (i, reader) in circle.iter().enumerate() {
                let read = circle[(i + 1) % circle.len()];
                assert!(all[*reader].all().contains(&read), "`a{reader}` reads no `a{read}`: {error}\n{source}");
                assert!(endless.contains(reader), "{error}\n{source}");
            }
        }
    });
}
