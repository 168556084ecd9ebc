//! What every backend and store promises of children, links, `get_or_create` and hooks. Knows no backend.

use super::{Subject, made, refused};
use crate::error::{BoxError, Stage};
use crate::persist::{Backend, Create};
use crate::{AfterCreate, Factory};
use std::sync::{Arc, Mutex};

/// What happened, in order.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, what: String) {
        if let Ok(mut log) = self.0.lock() {
            log.push(what);
        }
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().map(|log| log.clone()).unwrap_or_default()
    }
}

/// A row of the table `shelves`, with volumes as its children.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "shelves", table = super::schema::shelves, after_create, param(log: Log = default))]
#[factory(has_many(volumes: VolumeFactory, by = shelf))]
pub struct Shelf {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Any text; `torn` makes the hook fail.
    #[factory(format("shelf {n}"))]
    pub label: String,
}

/// A row of the table `volumes`, linked to topics.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "volumes", table = super::schema::volumes, after_create, param(log: Log = default))]
#[factory(many_to_many(topics: TopicFactory, through = VolumeTopicFactory(volume, topic)))]
pub struct Volume {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Points at a shelf.
    #[factory(sub_factory(ShelfFactory))]
    pub shelf_id: i64,
    /// Any text.
    #[factory(format("volume {n}"))]
    pub label: String,
}

/// A row of the table `topics`.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "topics", table = super::schema::topics)]
pub struct Topic {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Unique.
    #[factory(format("topic {n}"))]
    pub name: String,
    /// Any text.
    #[factory(format("note {n}"))]
    pub note: String,
}

/// The same row, looked for by its name.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "topics", table = super::schema::topics, get_or_create(name))]
pub struct Known {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Unique.
    #[factory(value("known"))]
    pub name: String,
    /// Any text.
    #[factory(format("note {n}"))]
    pub note: String,
}

/// A row of the table `volume_topics`, whose key is both of its columns.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "volume_topics", table = super::schema::volume_topics)]
pub struct VolumeTopic {
    /// Points at a volume.
    #[factory(key, sub_factory(VolumeFactory))]
    pub volume_id: i64,
    /// Points at a topic.
    #[factory(key, sub_factory(TopicFactory))]
    pub topic_id: i64,
}

/// A volume whose topics may be there.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "volumes", table = super::schema::volumes)]
#[factory(many_to_many(topics: KnownFactory, through = TaggedFactory(volume, topic)))]
pub struct Tagging {
    /// Made by the backend: 1, 2, 3..
    #[factory(key)]
    pub id: i64,
    /// Points at a shelf.
    #[factory(sub_factory(ShelfFactory))]
    pub shelf_id: i64,
    /// Any text.
    #[factory(format("volume {n}"))]
    pub label: String,
}

/// What links such a volume to them.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(crate = crate, table = "volume_topics", table = super::schema::volume_topics)]
pub struct Tagged {
    /// Points at a volume.
    #[factory(key, sub_factory(TaggingFactory))]
    pub volume_id: i64,
    /// Points at a topic.
    #[factory(key, sub_factory(KnownFactory))]
    pub topic_id: i64,
}

impl<B: Backend> AfterCreate<B> for ShelfFactory {
    async fn after_create<'c>(self, shelf: &'c mut Shelf, _: B::Connection<'c>) -> Result<(), BoxError> {
        self.resolved_log().note(format!("shelf {}", shelf.id));
        if shelf.label == "torn" { Err("a torn label".into()) } else { Ok(()) }
    }
}

impl<B: Backend> AfterCreate<B> for VolumeFactory {
    async fn after_create<'c>(self, volume: &'c mut Volume, _: B::Connection<'c>) -> Result<(), BoxError> {
        self.resolved_log().note(format!("volume {} of {}", volume.id, volume.shelf_id));
        Ok(())
    }
}

/// Children are made for every row of a batch, in its order, and point at their row.
pub async fn children_point_at_their_row<S: Subject>(subject: &mut S)
where
    ShelfFactory: Create<S::Backend>,
{
    let volumes = Volume::factory().times(2).each(|i, volume| volume.label(format!("part {i}")));
    let shelves = made(Shelf::factory().volumes(volumes).times(3).create_graph(subject.handle())).await;
    for shelf in shelves.roots() {
        let volumes = shelves.of(shelf);
        let volumes = volumes.all::<Volume>();
        assert_eq!(volumes.iter().map(|volume| &*volume.label).collect::<Vec<_>>(), ["part 0", "part 1"]);
        assert!(volumes.iter().all(|volume| volume.shelf_id == shelf.id));
    }
    assert_eq!((subject.count("shelves").await, subject.count("volumes").await), (3, 6));
    made(Shelf::factory().create(subject.handle())).await;
    assert_eq!((subject.count("shelves").await, subject.count("volumes").await), (4, 6));
}

/// A child that is refused takes its row with it.
pub async fn children_fail_with_their_row<S: Subject>(subject: &mut S)
where
    ShelfFactory: Create<S::Backend>,
{
    let volumes = Volume::factory().id(7).times(2);
    let error = refused(Shelf::factory().volumes(volumes).create(subject.handle())).await;
    assert_eq!(error.path().collect::<Vec<_>>(), ["Shelf", "volumes"]);
    assert_eq!((error.factory(), error.row()), ("Volume", Some((1, 2))));
    assert_eq!((subject.count("shelves").await, subject.count("volumes").await), (0, 0));
}

/// Rows are linked to others that are made, or were there before; the same pair once.
pub async fn rows_are_linked_through_a_table_between<S: Subject>(subject: &mut S)
where
    TopicFactory: Create<S::Backend>,
    VolumeFactory: Create<S::Backend>,
{
    made(Volume::factory().topics(2).times(2).create(subject.handle())).await;
    assert_eq!((subject.count("topics").await, subject.count("volume_topics").await), (4, 4));
    let topic = made(Topic::factory().create(subject.handle())).await;
    let twice = [topic.clone(), topic];
    let links = made(Volume::factory().topics(&twice).create_graph(subject.handle())).await;
    let [link] = links.all::<VolumeTopic>() else { panic!("one link") };
    assert_eq!((link.volume_id, link.topic_id), (links.roots()[0].id, twice[0].id));
    assert_eq!((subject.count("topics").await, subject.count("volume_topics").await), (5, 5));
}

/// Parents and their hooks, the row and its hook, its children and theirs.
pub async fn a_hook_runs_between_its_row_and_its_children<S: Subject>(subject: &mut S)
where
    ShelfFactory: Create<S::Backend>,
    VolumeFactory: Create<S::Backend>,
{
    let log = Log::default();
    let volumes = Volume::factory().log(log.clone()).times(2);
    made(Shelf::factory().log(log.clone()).volumes(volumes).create(subject.handle())).await;
    let shelf = |shelf: ShelfFactory| shelf.log(log.clone());
    made(Volume::factory().log(log.clone()).shelf_with(shelf).create(subject.handle())).await;
    assert_eq!(log.all(), ["shelf 1", "volume 1 of 1", "volume 2 of 1", "shelf 2", "volume 3 of 2"]);
}

/// Nothing of the call remains where a hook fails.
pub async fn a_hook_that_fails_undoes_the_call<S: Subject>(subject: &mut S)
where
    ShelfFactory: Create<S::Backend>,
{
    let rows = Shelf::factory().volumes(1).times(3).each(|i, shelf| if i == 2 { shelf.label("torn") } else { shelf });
    let error = refused(rows.create(subject.handle())).await;
    assert_eq!((error.stage(), error.factory(), error.row()), (Stage::AfterCreate, "Shelf", Some((2, 3))));
    assert_eq!((subject.count("shelves").await, subject.count("volumes").await), (0, 0));
}

/// A row that is there is given back as it is.
pub async fn what_is_there_is_found<S: Subject>(subject: &mut S)
where
    KnownFactory: Create<S::Backend>,
{
    let first = made(Known::factory().create(subject.handle())).await;
    let again = made(Known::factory().note("ignored").create(subject.handle())).await;
    assert_eq!((again, subject.count("topics").await), (first, 1));
}

/// What is missing of a batch is made once, however often it is asked for; all come back in order.
pub async fn a_batch_makes_what_is_missing_once<S: Subject>(subject: &mut S)
where
    KnownFactory: Create<S::Backend>,
{
    let known = made(Known::factory().create(subject.handle())).await;
    let names = ["b", "known", "a", "b", "a", "b"];
    let batch = Known::factory().times(names.len()).each(|i, topic| topic.name(names[i]));
    let batch = made(batch.create(subject.handle())).await;
    assert_eq!(batch.iter().map(|topic| &*topic.name).collect::<Vec<_>>(), names);
    assert_eq!((&batch[1], &batch[0], &batch[2]), (&known, &batch[5], &batch[4]));
    assert_eq!(subject.count("topics").await, 3);
}

/// Far ends that are the same row are linked once.
pub async fn links_to_what_is_found_are_made_once<S: Subject>(subject: &mut S)
where
    TaggingFactory: Create<S::Backend>,
{
    made(Tagging::factory().topics(3).times(2).create(subject.handle())).await;
    assert_eq!((subject.count("topics").await, subject.count("volume_topics").await), (1, 2));
}
