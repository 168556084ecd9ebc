//! What a call has made: the models by their type, which are whose children, and the relations that led to them. Knows
//! rows by number.

use super::Kept;
use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::ops::Range;

/// A place in the tree: the rows that one relation has led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Branch(usize);

impl Branch {
    /// The rows that were asked for.
    pub(crate) const ROOT: Self = Self(0);
}

/// What the rows of a branch are to those that asked for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Parents without which they cannot be.
    Needed,
    /// Parents without which they could be.
    Optional,
    /// Models in a list, which could be empty.
    Listed,
    /// Children, and what stands between.
    Child,
}

/// Rows that a row could do without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spare {
    pub(crate) rows: usize,
    pub(crate) factory: &'static str,
    /// The relations that led to them. None: a hook has made them.
    pub(crate) path: Vec<&'static str>,
    /// Why they were made. `None` of what others of them ask for, or a hook has made.
    pub(crate) part: Option<Part>,
}

/// What was made.
#[derive(Default)]
pub(crate) struct Tree {
    branches: Vec<Node>,
    /// Rows that the users' hooks have made in calls of their own.
    hooked: BTreeMap<&'static str, usize>,
    /// All models of a type, as a `Vec`.
    models: HashMap<TypeId, Box<dyn Any + Send>>,
    /// Where the model of each row is: its type, and its place among those.
    rows: HashMap<usize, (TypeId, usize)>,
    /// The rows that were made as children of a row.
    children: HashMap<usize, Vec<usize>>,
    /// Rows that were there already.
    found: HashSet<usize>,
    next_row: usize,
}

struct Node {
    relation: &'static str,
    part: Part,
    factory: &'static str,
    made: usize,
    below: Vec<usize>,
}

impl Tree {
    /// The place that a relation leads to from another.
    pub(crate) fn branch(&mut self, from: Branch, relation: &'static str, factory: &'static str, part: Part) -> Branch {
        self.root();
        let is_it = |node: &Node| node.relation == relation && node.factory == factory;
        let known = self.branches[from.0].below.iter().copied().find(|&node| is_it(&self.branches[node]));
        Branch(known.unwrap_or_else(|| {
            let node = self.branches.len();
            self.branches.push(Node { relation, part, factory, made: 0, below: Vec::new() });
            self.branches[from.0].below.push(node);
            node
        }))
    }

    fn root(&mut self) {
        if self.branches.is_empty() {
            let (relation, part) = ("", Part::Needed);
            self.branches.push(Node { relation, part, factory: "", made: 0, below: Vec::new() });
        }
    }

    /// Numbers for so many rows.
    pub(crate) fn number(&mut self, rows: usize) -> usize {
        self.next_row += rows;
        self.next_row - rows
    }

    /// Counts rows of a factory, made at this place.
    pub(crate) fn count(&mut self, at: Branch, factory: &'static str, made: usize) {
        self.root();
        let node = &mut self.branches[at.0];
        node.factory = factory;
        node.made += made;
    }

    /// Counts rows of a factory that a hook has made.
    pub(crate) fn count_hooked(&mut self, factory: &'static str, made: usize) {
        *self.hooked.entry(factory).or_default() += made;
    }

    /// The rows that those asked for could do without. What the rows they need make of their own accord is not among them.
    pub(crate) fn spare(&self) -> Vec<Spare> {
        let mut spare = Vec::new();
        self.spare_below(0, &[], &mut spare);
        let hooked = self.hooked.iter().filter(|(_, rows)| **rows > 0);
        spare.extend(hooked.map(|(&factory, &rows)| Spare { rows, factory, path: Vec::new(), part: None }));
        spare
    }

    fn spare_below(&self, node: usize, path: &[&'static str], spare: &mut Vec<Spare>) {
        let below = self.branches.get(node).map_or(&[][..], |node| &node.below);
        for &node in below {
            let Node { relation, part, factory, made, .. } = self.branches[node];
            let path = [path, &[relation]].concat();
            let is_first = path.len() == 1;
            if is_first && part == Part::Needed {
                continue;
            }
            if made > 0 {
                spare.push(Spare { rows: made, factory, path: path.clone(), part: Some(part).filter(|_| is_first) });
            }
            self.spare_below(node, &path, spare);
        }
    }

    /// Notes a row that was there already: nothing was made.
    pub(crate) fn found(&mut self, row: usize) {
        self.found.insert(row);
    }

    /// Keeps the model of a row that was made.
    pub(crate) fn keep<M>(&mut self, row: usize, kept: &Kept<M>, model: M) {
        if !self.found.contains(&row) {
            self.keep_asked(row, kept, model);
        }
    }

    /// Keeps the model of a row that was asked for, whether it was made or not.
    pub(crate) fn keep_asked<M>(&mut self, row: usize, kept: &Kept<M>, model: M) {
        let list = self.models.entry(kept.model()).or_insert_with(|| kept.list());
        if let Some(list) = kept.open(&mut **list) {
            self.rows.insert(row, (kept.model(), list.len()));
            list.push(model);
        }
    }

    /// Notes whose child a row is.
    pub(crate) fn child(&mut self, parent: usize, child: usize) {
        self.children.entry(parent).or_default().push(child);
    }

    /// All models of a type.
    pub(crate) fn all<M: 'static>(&self) -> &[M] {
        let list = self.models.get(&TypeId::of::<M>()).and_then(|list| list.downcast_ref::<Vec<M>>());
        list.map_or(&[], Vec::as_slice)
    }

    /// All models of a type.
    pub(crate) fn list<M>(&self, kept: &Kept<M>) -> &[M] {
        let list = self.models.get(&kept.model()).and_then(|list| kept.look(&**list));
        list.map_or(&[], Vec::as_slice)
    }

    /// Where the models of these rows are among all of their type.
    pub(crate) fn place(&self, rows: Range<usize>) -> Option<Range<usize>> {
        let (_, start) = self.rows.get(&rows.start)?;
        Some(*start..start + rows.len())
    }

    /// The row whose model is the one at this place of its type.
    pub(crate) fn row_of(&self, model: TypeId, place: usize) -> Option<usize> {
        self.rows.iter().find(|(_, at)| **at == (model, place)).map(|(row, _)| *row)
    }

    /// The places of a type's models among the children of a row, and among theirs.
    pub(crate) fn descendants(&self, row: usize, model: TypeId) -> Vec<usize> {
        let (mut places, mut open) = (Vec::new(), vec![row]);
        while let Some(row) = open.pop() {
            for child in self.children.get(&row).into_iter().flatten() {
                open.push(*child);
                places.extend(self.rows.get(child).filter(|(ty, _)| *ty == model).map(|(_, place)| *place));
            }
        }
        places.sort_unstable();
        places
    }

    /// Whether any row was made here, or further down.
    fn has_made(&self, node: usize) -> bool {
        let Node { made, below, .. } = &self.branches[node];
        *made > 0 || below.iter().any(|node| self.has_made(*node))
    }

    fn draw(&self, node: usize, indent: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below: Vec<_> = self.branches[node].below.iter().filter(|node| self.has_made(**node)).collect();
        for (i, &&node) in below.iter().enumerate() {
            let Node { relation, factory, made, .. } = &self.branches[node];
            let is_last = i + 1 == below.len();
            let (fork, more) = if is_last { ("└─", "   ") } else { ("├─", "│  ") };
            write!(f, "\n{indent}{fork} {relation}: {made} {factory}")?;
            self.draw(node, &format!("{indent}{more}"), f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Node { factory, made, .. }) = self.branches.first() else { return f.write_str("nothing") };
        write!(f, "{made} {factory}")?;
        self.draw(0, "", f)
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
