//! Structs with attributes, valid and nearly valid, by the rules in `grammar.txt`: the name of a rule, and below it what it
//! may stand for, each behind a `¦`. Where a text says `~name`, a text of that rule follows; `~word` is any word there is.

use super::random::Random;
use crate::spec::words::{AUTO_TYPE, CHILDREN, DECLARATIONS, FIELD, STRUCT, SUB_FACTORY};

/// As deep go rules into each other; from there on the first text is taken, which ends soon.
const DEEPEST: usize = 24;

/// What stands for a name. A text that is to be taken more often stands there more often.
struct Rule {
    name: &'static str,
    texts: Vec<&'static str>,
}

pub(super) struct Grammar(Vec<Rule>);

impl Grammar {
    pub(super) fn new() -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in include_str!("grammar.txt").lines().filter(|line| !line.is_empty()) {
            match (line.split_once('¦'), rules.last_mut()) {
                (Some((_, texts)), Some(rule)) => rule.texts.extend(texts.split('¦').map(str::trim)),
                _ => rules.push(Rule { name: line, texts: Vec::new() }),
            }
        }
        Self(rules)
    }

    /// Every text, with the names of rules in it.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().flat_map(|rule| rule.texts.iter().copied())
    }

    /// A struct as text.
    pub(super) fn input(&self, random: &mut Random) -> String {
        let mut text = String::new();
        self.write("input", DEEPEST, random, &mut text);
        text
    }

    fn write(&self, name: &str, depth: usize, random: &mut Random, text: &mut String) {
        if name == "word" {
            let table = random.pick(&[DECLARATIONS, FIELD, STRUCT, SUB_FACTORY, CHILDREN, AUTO_TYPE]);
            text.push_str(random.pick(table).0);
            return;
        }
        let rule = self.0.iter().find(|rule| rule.name == name).expect("every name that is used has a rule");
        let chosen = if depth == 0 { rule.texts[0] } else { *random.pick(&rule.texts) };
        let mut parts = chosen.split('~');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let end = part.find(|char: char| char != '_' && !char.is_ascii_alphanumeric()).unwrap_or(part.len());
            self.write(&part[..end], depth.saturating_sub(1), random, text);
            text.push_str(&part[end..]);
        }
    }
}
