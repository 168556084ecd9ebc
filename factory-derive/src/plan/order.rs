//! Who reads whom, and the order that follows: depth first, in the order of declaration; then cut into stages at the
//! relations. Names the whole circle where there is one.

use super::{Attribute, Need, Node, Relation, Value, find};
use crate::diagnostics::Diagnostics;
use crate::spec::{Closure, Declaration, Hole, Item, Source};
use std::collections::{HashMap, HashSet};
use syn::Ident;
use syn::ext::IdentExt;

/// One mention of an attribute or relation in another's declaration, or in a hook.
pub(crate) struct Use<'a> {
    /// Who mentions it; `None` for a hook.
    pub(super) by: Option<Node>,
    /// The word of the declaration it is mentioned in.
    pub(super) word: &'static str,
    pub(super) name: &'a Ident,
    /// A format string goes into its fields.
    pub(super) goes_into: bool,
    /// `None` for what is no attribute: `n`, `rng`, `now`, or a slip.
    pub(super) target: Option<Node>,
}

/// What else a declaration may name.
pub(super) fn is_special(word: &str, name: &Ident) -> bool {
    match word {
        "lazy" => ["n", "rng", "now"].iter().any(|special| name.unraw() == special),
        "format" => name.unraw() == "n",
        _ => false,
    }
}

/// All mentions.
pub(super) fn uses<'a>(attributes: &[Attribute<'a>], relations: &[Relation<'a>], item: &'a Item<'a>) -> Vec<Use<'a>> {
    let mut found: Vec<(Option<Node>, &'static str, &'a Ident, bool)> = Vec::new();
    for (i, attribute) in attributes.iter().enumerate() {
        if let Value::Declared { declaration, presets } = &attribute.value {
            for declaration in declaration.iter().copied().chain(presets.iter().map(|(_, declaration)| *declaration)) {
                found.extend(
                    mentions(declaration)
                        .into_iter()
                        .map(|(word, name, into)| (Some(Node::Attribute(i)), word, name, into)),
                );
            }
        }
    }
    for (i, relation) in relations.iter().enumerate() {
        let withs = relation.with.into_iter().chain(relation.presets.iter().filter_map(|(_, _, with)| *with));
        found.extend(withs.flat_map(rest).map(|name| (Some(Node::Relation(i)), "with", name, false)));
    }
    found.extend(item.options.after_build.iter().flat_map(rest).map(|name| (None, "after_build", name, false)));
    let target = |name: &Ident| find(name, attributes, relations);
    found
        .into_iter()
        .map(|(by, word, name, goes_into)| Use { by, word, name, goes_into, target: target(name) })
        .collect()
}

fn mentions(declaration: &Declaration) -> Vec<(&'static str, &Ident, bool)> {
    match &declaration.source {
        Source::Lazy(closure) => closure.params.iter().map(|param| ("lazy", &param.name, false)).collect(),
        Source::Format(template) => {
            template.holes.iter().map(|Hole { name, fields }| ("format", name, !fields.is_empty())).collect()
        }
        Source::Maybe(_, inner) => mentions(inner),
        _ => Vec::new(),
    }
}

/// The parameters after the first, which is the parent's factory or the model.
fn rest(closure: &Closure) -> impl Iterator<Item = &Ident> {
    closure.params.iter().skip(1).map(|param| &param.name)
}

/// Notes which attributes are read, and which parents' models.
pub(super) fn mark(uses: &[Use<'_>], attributes: &mut [Attribute<'_>], relations: &mut [Relation<'_>]) {
    for target in uses.iter().filter_map(|one| one.target) {
        match target {
            Node::Attribute(i) => attributes[i].read = true,
            Node::Relation(i) => {
                if let Need::Key(field) = relations[i].need {
                    relations[i].need = Need::Model(field);
                }
            }
        }
    }
}

/// Every node after those it reads.
pub(super) fn order(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    uses: &[Use<'_>],
    early: &[usize],
    diagnostics: &Diagnostics,
) -> Option<Vec<Node>> {
    let mut edges: HashMap<Node, Vec<(Node, &Ident)>> = HashMap::new();
    for one in uses {
        if let (Some(by), Some(target)) = (one.by, one.target) {
            edges.entry(by).or_default().push((target, one.name));
        }
    }
    for (i, attribute) in attributes.iter().enumerate() {
        if let Value::Parent(relation) = attribute.value {
            edges.entry(Node::Attribute(i)).or_default().push((Node::Relation(relation), attribute.ident));
        }
    }
    // A parent of its own, without an attribute, comes with the params.
    let held: HashSet<usize> = attributes
        .iter()
        .filter_map(|attribute| match attribute.value {
            Value::Parent(relation) => Some(relation),
            Value::Declared { .. } => None,
        })
        .collect();
    let free = (0..relations.len()).filter(|i| !held.contains(i)).map(Node::Relation);
    let early = early.iter().copied().map(Node::Attribute);
    let roots: Vec<Node> = early.chain(free).chain((0..attributes.len()).map(Node::Attribute)).collect();
    let (done, path, circles) = (Vec::new(), Vec::new(), HashSet::new());
    let mut walk = Walk { edges: &edges, done, path, sound: true, circles, attributes, relations, diagnostics };
    for root in roots {
        walk.visit(root);
    }
    walk.sound.then_some(walk.done)
}

struct Walk<'w, 'a> {
    edges: &'w HashMap<Node, Vec<(Node, &'w Ident)>>,
    done: Vec<Node>,
    path: Vec<(Node, Option<&'w Ident>)>,
    sound: bool,
    circles: HashSet<Vec<Node>>,
    attributes: &'w [Attribute<'a>],
    relations: &'w [Relation<'a>],
    diagnostics: &'w Diagnostics,
}

impl Walk<'_, '_> {
    fn visit(&mut self, node: Node) {
        if self.done.contains(&node) {
            return;
        }
        self.path.push((node, None));
        for (target, name) in self.edges.get(&node).into_iter().flatten() {
            if let Some(last) = self.path.last_mut() {
                last.1 = Some(name);
            }
            match self.path.iter().position(|(seen, _)| seen == target) {
                Some(start) => self.circle(start, name),
                None => self.visit(*target),
            }
        }
        self.path.pop();
        self.done.push(node);
    }

    /// Reports the whole circle, at the mention that begins it.
    fn circle(&mut self, start: usize, closing: &Ident) {
        self.sound = false;
        let path = &self.path[start..];
        let mut members: Vec<Node> = path.iter().map(|(node, _)| *node).collect();
        members.sort_unstable();
        // Two mentions may close the same circle: one in a declaration, one in a preset.
        if !self.circles.insert(members) {
            return;
        }
        let mut names: Vec<String> = path.iter().map(|(node, _)| self.name(*node)).collect();
        names.dedup();
        // Where somebody wrote it: not at a field that merely holds its parent.
        let written = path.iter().find(
            |(node, _)| !matches!(node, Node::Attribute(i) if matches!(self.attributes[*i].value, Value::Parent(_))),
        );
        let span = written.and_then(|(_, mention)| *mention).unwrap_or(closing).span();
        let first = &names[0];
        let message = match &names[1..] {
            [] => format!("`{first}` depends on itself; read other attributes, or make it of the row's number `n`"),
            others => format!(
                "`{first}` depends on itself: {first} -> {} -> {first}; one of them needs a declaration that reads none of the others",
                others.join(" -> ")
            ),
        };
        self.diagnostics.error(span, message);
    }

    fn name(&self, node: Node) -> String {
        match node {
            Node::Attribute(i) => self.attributes[i].ident.unraw().to_string(),
            Node::Relation(i) => self.relations[i].ident.unraw().to_string(),
        }
    }
}

/// Cuts the order at the relations, and puts the relations into the order of their stages.
pub(super) fn stages<'a>(
    order: &[Node],
    attributes: &mut [Attribute<'a>],
    relations: &mut Vec<Relation<'a>>,
) -> Vec<Vec<usize>> {
    let mut stages = vec![Vec::new()];
    let mut ranks = vec![0; relations.len()];
    for node in order {
        match *node {
            Node::Attribute(i) => {
                if let (Value::Declared { .. }, Some(stage)) = (&attributes[i].value, stages.last_mut()) {
                    stage.push(i);
                }
            }
            Node::Relation(i) => {
                ranks[i] = stages.len() - 1;
                stages.push(Vec::new());
            }
        }
    }
    let mut ranked: Vec<(usize, Relation<'a>)> = ranks.iter().copied().zip(relations.drain(..)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    relations.extend(ranked.into_iter().map(|(_, relation)| relation));
    for attribute in attributes {
        if let Value::Parent(relation) = &mut attribute.value {
            *relation = ranks[*relation];
        }
    }
    stages
}
