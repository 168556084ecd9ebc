//! The model: what an article has to hold after some calls. Knows the calls and what was drawn, and no factory.

use super::articles::{Call, OfWriter};

/// What is drawn for each random declaration in one row. It is the same whatever else was said.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    pub(crate) stars: i32,
    pub(crate) stars_if_short: i32,
    pub(crate) has_note: bool,
    pub(crate) has_note_if_fancy: bool,
    pub(crate) colour: String,
    pub(crate) colour_if_best: String,
}

/// A writer, but for its key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Writer {
    pub(crate) badge: String,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) level: i32,
}

/// An article, with its writers in place of their keys.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Article {
    pub(crate) summary: String,
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) stars: i32,
    pub(crate) note: Option<String>,
    pub(crate) colour: String,
    pub(crate) credit: String,
    pub(crate) writer: Writer,
    pub(crate) reviewer: Option<Writer>,
}

/// The presets, in the order in which the calls turn them on: first those that one names, then itself.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Preset {
    Loud,
    Short,
    Fancy,
    Best,
    Reviewed,
}

fn presets(calls: &[Call]) -> Vec<Preset> {
    let on = |call: &Call| match call {
        Call::Loud => vec![Preset::Loud],
        Call::Short => vec![Preset::Short],
        Call::Fancy => vec![Preset::Loud, Preset::Fancy],
        Call::Best => vec![Preset::Loud, Preset::Fancy, Preset::Short, Preset::Best],
        Call::Reviewed => vec![Preset::Reviewed],
        _ => Vec::new(),
    };
    calls.iter().flat_map(on).collect()
}

/// What was said last of one attribute.
fn said<T>(calls: &[Call], of: impl Fn(&Call) -> Option<T>) -> Option<T> {
    calls.iter().rev().find_map(of)
}

/// The last of these presets that was turned on.
fn last(calls: &[Call], speaking: &[Preset]) -> Option<Preset> {
    presets(calls).into_iter().rev().find(|preset| speaking.contains(preset))
}

/// What the calls make of a row with this number, whose writers have those. `None` where they contradict each other.
pub(crate) fn article(calls: &[Call], n: u64, drawn: &Drawn, numbers: [u64; 2]) -> Option<Article> {
    macro_rules! said {
        ($call:ident) => {
            said(calls, |call| if let Call::$call(value) = call { Some(value.clone()) } else { None })
        };
    }
    let kind = said!(Kind).unwrap_or_else(|| match last(calls, &[Preset::Fancy]) {
        Some(_) => "fancy".into(),
        None => "plain".into(),
    });
    let title = said!(Title).unwrap_or_else(|| match last(calls, &[Preset::Loud, Preset::Short]) {
        Some(Preset::Loud) => "loud".into(),
        Some(_) => format!("{kind}{n}"),
        None => format!("{kind} no. {n}"),
    });
    let is_loud = said!(IsLoud).unwrap_or(last(calls, &[Preset::Loud]).is_some());
    let slug = said!(Slug).unwrap_or_else(|| if is_loud { title.to_uppercase() } else { title.clone() });
    let stars = said!(Stars).unwrap_or(match last(calls, &[Preset::Short, Preset::Best]) {
        Some(Preset::Short) => drawn.stars_if_short,
        Some(_) => 5,
        None => drawn.stars,
    });
    let summary = said!(Summary).unwrap_or_else(|| format!("{slug}/{stars}"));
    let note = said!(Note).unwrap_or_else(|| match last(calls, &[Preset::Fancy]) {
        Some(_) => drawn.has_note_if_fancy.then(|| format!("fancy {title}")),
        None => drawn.has_note.then(|| format!("note of {title}")),
    });
    let colour = said!(Colour).unwrap_or_else(|| match last(calls, &[Preset::Best]) {
        Some(_) => drawn.colour_if_best.clone(),
        None => drawn.colour.clone(),
    });
    let of_writer = Relation::of(calls.iter().filter_map(|call| match call {
        Call::Writer(calls) => Some(Said::Factory(calls)),
        Call::WriterWith(calls) => Some(Said::With(calls)),
        _ => None,
    }))?;
    let of_reviewer = Relation::of(calls.iter().filter_map(|call| match call {
        Call::Reviewer(calls) => Some(Said::Factory(calls)),
        Call::ReviewerWith(calls) => Some(Said::With(calls)),
        Call::WithoutReviewer => Some(Said::Nobody),
        _ => None,
    }))?;
    let writer = self::writer(&of_writer.calls(), Some(&kind), None, numbers[0]);
    let level = last(calls, &[Preset::Reviewed]).map(|_| stars);
    let reviewer = match of_reviewer {
        Relation::Nothing => level.map(|level| self::writer(&[], None, Some(level), numbers[1])),
        Relation::Nobody => None,
        made => Some(self::writer(&made.calls(), None, level, numbers[1])),
    };
    let credit = said!(Credit).unwrap_or_else(|| format!("{} ({})", writer.badge, writer.name));
    Some(Article { summary, slug, title, kind, stars, note, colour, credit, writer, reviewer })
}

/// What calls make of a writer, of whom its article says this.
fn writer(calls: &[OfWriter], role: Option<&str>, level: Option<i32>, n: u64) -> Writer {
    let said = |of: &dyn Fn(&OfWriter) -> Option<String>| calls.iter().rev().find_map(of);
    let preset = |speaking: &[&str]| {
        let on = |call: &OfWriter| match call {
            OfWriter::Known => Some("known"),
            OfWriter::Editor => Some("editor"),
            _ => None,
        };
        calls.iter().rev().filter_map(on).find(|preset| speaking.contains(preset))
    };
    let role = said(&|call| if let OfWriter::Role(role) = call { Some(role.clone()) } else { None })
        .or(role.map(str::to_owned))
        .unwrap_or_else(|| {
            match preset(&["known", "editor"]) {
                Some("known") => "author",
                Some(_) => "editor",
                None => "guest",
            }
            .to_owned()
        });
    let level = said(&|call| if let OfWriter::Level(level) = call { Some(level.to_string()) } else { None })
        .map(|level| level.parse().unwrap())
        .or(level)
        .unwrap_or(if preset(&["editor"]).is_some() { 7 } else { 1 });
    let name = said(&|call| if let OfWriter::Name(name) = call { Some(name.clone()) } else { None })
        .unwrap_or_else(|| if preset(&["known"]).is_some() { format!("known {n}") } else { "writer".to_owned() });
    let badge = said(&|call| if let OfWriter::Badge(badge) = call { Some(badge.clone()) } else { None })
        .unwrap_or_else(|| format!("{role} {level}"));
    Writer { badge, name, role, level }
}

/// One thing said of a parent.
enum Said<'c> {
    Factory(&'c [OfWriter]),
    With(&'c [OfWriter]),
    Nobody,
}

/// All that was said of it: what makes a parent is changed by what follows, and takes the place of what does not make
/// one. Changes to one that is not made contradict themselves, and so does a parent given beside changes.
enum Relation {
    Nothing,
    Nobody,
    Given(Vec<OfWriter>),
    Changed(Vec<OfWriter>),
}

impl Relation {
    fn of<'c>(said: impl Iterator<Item = Said<'c>>) -> Option<Self> {
        let mut relation = Self::Nothing;
        for one in said {
            relation = match (relation, one) {
                (Self::Changed(_), Said::Factory(_) | Said::Nobody) | (Self::Nobody, Said::With(_)) => return None,
                (_, Said::Factory(calls)) => Self::Given(calls.to_vec()),
                (_, Said::Nobody) => Self::Nobody,
                (Self::Nothing, Said::With(calls)) => Self::Changed(calls.to_vec()),
                (Self::Given(before), Said::With(calls)) => Self::Given([before, calls.to_vec()].concat()),
                (Self::Changed(before), Said::With(calls)) => Self::Changed([before, calls.to_vec()].concat()),
            };
        }
        Some(relation)
    }

    fn calls(&self) -> Vec<OfWriter> {
        match self {
            Self::Given(calls) | Self::Changed(calls) => calls.clone(),
            Self::Nothing | Self::Nobody => Vec::new(),
        }
    }
}
