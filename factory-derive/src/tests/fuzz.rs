//! Inputs that nobody would write, by the thousands: none of them makes a derive panic, hang, or write what is no Rust.
//!
//! `MANUFACTORY_FUZZ_INPUTS` says how many there are, `MANUFACTORY_FUZZ_SEED` which.

mod corpus;
mod grammar;
mod mutation;
mod pieces;
mod random;
mod trial;

use crate::spec::words;
use grammar::Grammar;
use proc_macro2::{TokenStream, TokenTree};
use random::Random;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use std::{env, panic, thread};
use trial::{Fault, Outcome};

/// So many inputs are tried with every other test.
const FEW: u64 = 1_000;

/// Nothing takes as long, on a busy machine and without optimisation, unless it has no end.
const LONGEST: Duration = Duration::from_secs(20);

/// So often something else is made where rustc would refuse it before a derive gets it.
const ATTEMPTS: usize = 8;

/// The threads in which panics are expected.
const THREAD: &str = "fuzz";

/// What inputs are made of.
struct Source {
    seed: u64,
    grammar: Grammar,
    structs: Vec<TokenStream>,
    words: Vec<TokenTree>,
}

impl Source {
    fn new(seed: u64) -> Self {
        let (grammar, structs) = (Grammar::new(), corpus::structs());
        assert!(structs.len() > 100, "the tests have more structs than {}", structs.len());
        let tables = [words::DECLARATIONS, words::FIELD, words::STRUCT, words::SUB_FACTORY, words::CHILDREN];
        let usages = tables.concat().into_iter().map(|(_, usage)| usage);
        let texts = grammar.texts().chain(usages);
        // Rules are named by a sign that is no token of Rust.
        let tokens = texts.filter_map(|text| text.replace('~', " ").parse::<TokenStream>().ok());
        let words = tokens.flat_map(pieces::apart).filter_map(|piece| match piece {
            pieces::Piece::Token(token) => Some(token),
            pieces::Piece::Open(_) | pieces::Piece::Close => None,
        });
        let words = words.collect();
        Self { seed, grammar, structs, words }
    }

    /// The input of this number.
    fn input(&self, number: u64) -> TokenStream {
        let mut random = Random::of(self.seed, number);
        let mut input = self.attempt(&mut random);
        // What no derive ever gets is of little use.
        for _ in 0..ATTEMPTS {
            if trial::is_struct(&input) {
                break;
            }
            input = self.attempt(&mut random);
        }
        input
    }

    fn attempt(&self, random: &mut Random) -> TokenStream {
        match random.below(5) {
            0 | 1 => self.written(random),
            2 | 3 => mutation::of(self.any(random), self.any(random), &self.words, random),
            _ => mutation::noise(self.any(random), &self.words, random),
        }
    }

    fn any(&self, random: &mut Random) -> TokenStream {
        if random.below(2) == 0 { self.written(random) } else { random.pick(&self.structs).clone() }
    }

    /// A struct of the grammar; what cannot be split into tokens never gets to a derive.
    fn written(&self, random: &mut Random) -> TokenStream {
        loop {
            if let Ok(input) = self.grammar.input(random).parse() {
                return input;
            }
        }
    }
}

/// What has been seen so far.
#[derive(Default)]
struct Tally {
    /// How many were faulty for each derive.
    faulty: [u64; 2],
    no_structs: u64,
    wrong: u64,
    slowest: (Duration, u64),
}

impl Tally {
    fn add(&mut self, number: u64, outcome: Outcome) {
        self.slowest = self.slowest.max((outcome.time, number));
        if outcome.is_no_struct {
            self.no_structs += 1;
            return;
        }
        for (count, is_faulty) in self.faulty.iter_mut().zip(outcome.is_faulty) {
            *count += u64::from(is_faulty);
        }
    }
}

#[test]
fn no_input_makes_a_derive_panic() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse().expect("it is a number"));
    let (inputs, seed) =
        (number("MANUFACTORY_FUZZ_INPUTS").unwrap_or(FEW), number("MANUFACTORY_FUZZ_SEED").unwrap_or(1));
    quieten();
    let (start, (said, hears)) = (Instant::now(), channel());
    let worker = thread::Builder::new().name(THREAD.to_owned());
    let worker = worker.spawn(move || run(seed, inputs, &said)).expect("there is a thread to be had");
    watch(seed, &hears);
    let (tally, faults) = worker.join().expect("what panics in a derive is caught");
    tell(&Source::new(seed), inputs, start.elapsed(), &tally);
    assert!(faults.is_empty(), "seed {seed}\n\n{}", faults.join("\n\n"));
}

/// Tries every input, its number said before; what is wrong is told once of each kind.
fn run(seed: u64, inputs: u64, said: &Sender<u64>) -> (Tally, Vec<String>) {
    let (source, mut tally) = (Source::new(seed), Tally::default());
    let (mut faults, mut told): (Vec<Fault>, Vec<String>) = Default::default();
    for number in 0..inputs {
        said.send(number).expect("the other end waits");
        let input = source.input(number);
        match trial::run(&input) {
            Ok(outcome) => tally.add(number, outcome),
            Err(fault) if faults.iter().any(|other| other.is_like(&fault)) => tally.wrong += 1,
            Err(fault) => {
                tally.wrong += 1;
                let (input, fault) =
                    trial::minimised(input, fault, &|| said.send(number).expect("the other end waits"));
                told.push(format!("input {number}\n{}\n{fault}", pieces::shown(input)));
                faults.push(fault);
            }
        }
    }
    (tally, told)
}

/// Waits for the last input; fails when one has no end.
fn watch(seed: u64, hears: &Receiver<u64>) {
    let mut last = 0;
    loop {
        match hears.recv_timeout(LONGEST) {
            Ok(number) => last = number,
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                let input = Source::new(seed).input(last);
                panic!("input {last} of seed {seed} takes longer than {LONGEST:?}\n{}", pieces::shown(input));
            }
        }
    }
}

/// Keeps panics that are caught out of what the test prints.
fn quieten() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some(THREAD) {
            usual(info);
        }
    }));
}

fn tell(source: &Source, inputs: u64, time: Duration, tally: &Tally) {
    let Tally { faulty, no_structs, wrong, slowest: (slowest, number) } = tally;
    println!(
        "{inputs} inputs of seed {} in {time:.1?}; {no_structs} that are no struct, {wrong} that went wrong",
        source.seed
    );
    for ((name, _), faulty) in trial::DERIVES.iter().zip(faulty) {
        println!("`{name}`: {} valid, {faulty} with errors", inputs - no_structs - wrong - faulty);
    }
    println!("slowest, {slowest:.1?}: {}", pieces::shown(source.input(*number)));
}

#[test]
fn every_word_is_in_the_grammar() {
    let grammar = Grammar::new();
    let tables = [
        words::DECLARATIONS,
        words::FIELD,
        words::STRUCT,
        words::SUB_FACTORY,
        words::CHILDREN,
        words::DATABASES,
        words::LIBRARIES,
        words::FAKE,
        words::AUTO,
    ];
    for (word, _) in tables.concat() {
        assert!(grammar.texts().any(|text| text.contains(word)), "no input has `{word}`");
    }
}
