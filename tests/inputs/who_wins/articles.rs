//! A factory whose attributes read each other in another order than they are declared, with presets that overlap and turn
//! one another on; and the calls that can be made of it.

use manufactory::Factory;
use proptest::prelude::*;
use rand::RngExt;

#[derive(Debug, Clone, PartialEq, sqlx::FromRow, Factory)]
#[factory(table = "writers", on(sqlx, sqlite))]
#[factory(preset(known: name = format("known {n}"), role = value("author")))]
#[factory(preset(editor: role = value("editor"), level = value(7)))]
pub(crate) struct Writer {
    #[factory(key)]
    pub(crate) id: i64,
    #[factory(format("{role} {level}"))]
    pub(crate) badge: String,
    #[factory(value("writer"))]
    pub(crate) name: String,
    #[factory(value("guest"))]
    pub(crate) role: String,
    #[factory(value(1))]
    pub(crate) level: i32,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "articles", on(sqlx, sqlite))]
#[factory(param(is_loud: bool = value(false)))]
#[factory(preset(loud: is_loud = value(true), title = value("loud")))]
#[factory(preset(short: title = lazy(|kind, n| format!("{kind}{n}")), stars = lazy(|rng| rng.random_range(0..9))))]
#[factory(preset(fancy: loud, kind = value("fancy"), note = maybe(0.5, format("fancy {title}"))))]
#[factory(preset(best: fancy, short, stars = value(5), colour = choice(["gold", "silver"])))]
#[factory(preset(reviewed: reviewer = sub_factory(WriterFactory, with = |writer, stars| writer.level(*stars))))]
pub(crate) struct Article {
    #[factory(key)]
    pub(crate) id: i64,
    /// Reads what is declared behind it.
    #[factory(format("{slug}/{stars}"))]
    pub(crate) summary: String,
    #[factory(lazy(|title, is_loud| if *is_loud { title.to_uppercase() } else { title.clone() }))]
    pub(crate) slug: String,
    #[factory(format("{kind} no. {n}"))]
    pub(crate) title: String,
    #[factory(value("plain"))]
    pub(crate) kind: String,
    #[factory(lazy(|rng| rng.random_range(10..10_000)))]
    pub(crate) stars: i32,
    #[factory(maybe(0.5, format("note of {title}")))]
    pub(crate) note: Option<String>,
    #[factory(choice(["red", "green", "blue"]))]
    pub(crate) colour: String,
    #[factory(sub_factory(WriterFactory, with = |writer, kind| writer.role(kind.clone())))]
    pub(crate) writer_id: i64,
    /// Reads the whole parent, and so has it made before.
    #[factory(format("{writer.badge} ({writer.name})"))]
    pub(crate) credit: String,
    #[factory(sub_factory(WriterFactory, optional))]
    pub(crate) reviewer_id: Option<i64>,
}

pub(crate) const SCHEMA: &str = "
    create table writers (id integer primary key, badge text, name text, role text, level integer);
    create table articles (id integer primary key, summary text, slug text, title text, kind text, stars integer,
                           note text, colour text, writer_id integer references writers, credit text,
                           reviewer_id integer references writers);
";

/// A call on the factory of a writer.
#[derive(Debug, Clone)]
pub(crate) enum OfWriter {
    Badge(String),
    Name(String),
    Role(String),
    Level(i32),
    Known,
    Editor,
}

impl OfWriter {
    pub(crate) fn any() -> BoxedStrategy<Self> {
        prop_oneof![
            text().prop_map(Self::Badge),
            text().prop_map(Self::Name),
            text().prop_map(Self::Role),
            (0..100).prop_map(Self::Level),
            Just(Self::Known),
            Just(Self::Editor),
        ]
        .boxed()
    }

    fn on(&self, writer: WriterFactory) -> WriterFactory {
        match self.clone() {
            Self::Badge(badge) => writer.badge(badge),
            Self::Name(name) => writer.name(name),
            Self::Role(role) => writer.role(role),
            Self::Level(level) => writer.level(level),
            Self::Known => writer.known(),
            Self::Editor => writer.editor(),
        }
    }
}

pub(crate) fn writer(calls: &[OfWriter], writer: WriterFactory) -> WriterFactory {
    calls.iter().fold(writer, |writer, call| call.on(writer))
}

/// A call on the factory of an article.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    Summary(String),
    Slug(String),
    Title(String),
    Kind(String),
    Stars(i32),
    Note(Option<String>),
    Colour(String),
    Credit(String),
    IsLoud(bool),
    Loud,
    Short,
    Fancy,
    Best,
    Reviewed,
    Writer(Vec<OfWriter>),
    WriterWith(Vec<OfWriter>),
    Reviewer(Vec<OfWriter>),
    ReviewerWith(Vec<OfWriter>),
    WithoutReviewer,
}

fn text() -> BoxedStrategy<String> {
    "[a-zé'\"?${} ]{0,8}".boxed()
}

impl Call {
    pub(crate) fn any() -> BoxedStrategy<Self> {
        let writer = || proptest::collection::vec(OfWriter::any(), 0..4);
        let attribute = prop_oneof![
            text().prop_map(Self::Summary),
            text().prop_map(Self::Slug),
            text().prop_map(Self::Title),
            text().prop_map(Self::Kind),
            (-9..9).prop_map(Self::Stars),
            proptest::option::of(text()).prop_map(Self::Note),
            text().prop_map(Self::Colour),
            text().prop_map(Self::Credit),
            any::<bool>().prop_map(Self::IsLoud),
        ];
        let preset = proptest::sample::select(vec![Self::Loud, Self::Short, Self::Fancy, Self::Best, Self::Reviewed]);
        let parent = prop_oneof![
            writer().prop_map(Self::Writer),
            writer().prop_map(Self::WriterWith),
            writer().prop_map(Self::Reviewer),
            writer().prop_map(Self::ReviewerWith),
            Just(Self::WithoutReviewer),
        ];
        prop_oneof![3 => attribute, 4 => preset, 2 => parent].boxed()
    }

    fn on(&self, article: ArticleFactory) -> ArticleFactory {
        match self.clone() {
            Self::Summary(text) => article.summary(text),
            Self::Slug(text) => article.slug(text),
            Self::Title(text) => article.title(text),
            Self::Kind(text) => article.kind(text),
            Self::Stars(stars) => article.stars(stars),
            Self::Note(note) => article.note(note),
            Self::Colour(text) => article.colour(text),
            Self::Credit(text) => article.credit(text),
            Self::IsLoud(is_loud) => article.is_loud(is_loud),
            Self::Loud => article.loud(),
            Self::Short => article.short(),
            Self::Fancy => article.fancy(),
            Self::Best => article.best(),
            Self::Reviewed => article.reviewed(),
            Self::Writer(calls) => article.writer(writer(&calls, Writer::factory())),
            Self::WriterWith(calls) => article.writer_with(|made| writer(&calls, made)),
            Self::Reviewer(calls) => article.reviewer(writer(&calls, Writer::factory())),
            Self::ReviewerWith(calls) => article.reviewer_with(|made| writer(&calls, made)),
            Self::WithoutReviewer => article.without_reviewer(),
        }
    }
}

pub(crate) fn article(calls: &[Call], article: ArticleFactory) -> ArticleFactory {
    calls.iter().fold(article, |article, call| call.on(article))
}
