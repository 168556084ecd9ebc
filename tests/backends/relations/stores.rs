//! Relations in a store of the user's own: one batch for each level, and a store that cannot look for rows.

use manufactory::{Batch, BoxError, Factory, Memory, Search, Store, async_trait};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(get_or_create(code))]
struct Country {
    #[factory(key)]
    id: i64,
    #[factory(value("KR"))]
    code: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CountryFactory))]
    country_id: i64,
    #[factory(sub_factory(PostFactory, optional))]
    pinned_id: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(many_to_many(tags: TagFactory, through = PostTagFactory(post, tag)))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
struct Tag {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
struct PostTag {
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(TagFactory))]
    tag_id: i64,
}

/// Keeps a log, and looks for nothing.
#[derive(Default)]
struct Api {
    memory: Memory,
    log: Vec<String>,
}

#[async_trait]
impl Store for Api {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.log.push(format!("{} {}", batch.len(), batch.factory()));
        self.memory.insert(batch).await
    }
}

/// The same, and finds countries by their type.
#[derive(Default)]
struct Finder(Api);

#[async_trait]
impl Store for Finder {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.0.insert(batch).await
    }

    async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
        self.0.log.push(format!("find {} {} by {:?}", search.len(), search.factory(), search.columns()));
        for row in 0..search.len() {
            if search.row(row).get("code") == Some(&"FR".into()) {
                search.found_model(row, Country { id: 33, code: "FR".to_owned() })?;
            }
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_batch_for_each_level() {
    let mut api = Api::default();
    let posts = Post::factory().tags(2).times(3);
    let made = User::factory().country_id(1).posts(posts).times(4).create_graph(&mut api).await.unwrap();
    assert_eq!(api.log, ["4 User", "12 Post", "24 Tag", "24 PostTag"]);
    assert_eq!(made.to_string(), "4 User\n└─ posts: 12 Post\n   ├─ tags: 24 Tag\n   └─ tags: 24 PostTag");
    let second = &made.roots()[1];
    assert!(made.of(second).all::<Post>().iter().all(|post| post.author_id == second.id));
    // A circle: the post that a user has pinned is another user's.
    let user = User::factory().country_id(1).pinned_with(|post| post.author_with(|author| author.country_id(1)));
    assert!(user.create(&mut api).await.unwrap().pinned_id.is_some());
}

#[tokio::test]
async fn a_store_that_cannot_look_says_so() {
    let mut api = Api::default();
    let error = User::factory().create(&mut api).await.unwrap_err();
    assert_eq!(error.path().collect::<Vec<_>>(), ["User", "country"]);
    let text = format!("{error:?}");
    assert!(text.contains("`Country` is `get_or_create`, and `Api` cannot look for rows"), "{text}");
    assert!(text.contains("implement `Store::find`"), "{text}");
    assert!(api.log.is_empty());
}

#[tokio::test]
async fn a_store_finds_by_type() {
    let mut finder = Finder::default();
    let users = User::factory().country_with(|country| country.code("FR")).create_batch(&mut finder, 3).await.unwrap();
    assert!(users.iter().all(|user| user.country_id == 33));
    assert_eq!(finder.0.log, ["find 3 Country by [\"code\"]", "3 User"]);
}

#[tokio::test]
async fn rows_that_are_the_same_need_not_be_found_again() {
    let mut finder = Finder::default();
    let users = User::factory().create_batch(&mut finder, 3).await.unwrap();
    assert!(users.iter().all(|user| user.country_id == users[0].country_id));
    assert_eq!(finder.0.log, ["find 3 Country by [\"code\"]", "1 Country", "3 User"]);
}

/// Not `Clone`.
#[derive(Debug, Factory)]
#[factory(get_or_create(code, name))]
struct Language {
    #[factory(key)]
    id: i64,
    #[factory(value("ko"))]
    code: String,
    #[factory(value("Korean"))]
    name: String,
}

#[tokio::test]
async fn a_row_that_is_lost_is_an_error_in_words() {
    let languages = Language::factory().create_batch(&mut Memory::new(), 3).await.unwrap();
    assert_eq!(languages.iter().map(|language| language.id).collect::<Vec<_>>(), [1, 1, 1]);
    // It finds no language, although it has just made one.
    let error = Language::factory().create_batch(&mut Finder::default(), 3).await.unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("`Language` was made, and is not found by `code` and `name`"), "{text}");
}

/// Keeps every promise but those of `get_or_create`.
mod without_find {
    use super::{Batch, BoxError, Memory, Store, async_trait};
    use manufactory::Handle;
    use manufactory::conformance::{Subject, conformance};
    use manufactory::persist::Stores;

    struct Sightless(Memory);

    #[async_trait]
    impl Store for Sightless {
        async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
            self.0.insert(batch).await
        }

        async fn begin(&mut self) -> Result<(), BoxError> {
            self.0.begin().await
        }

        async fn commit(&mut self) -> Result<(), BoxError> {
            self.0.commit().await
        }

        async fn rollback(&mut self) -> Result<(), BoxError> {
            self.0.rollback().await
        }
    }

    impl Subject for Sightless {
        type Backend = Stores;

        fn handle(&mut self) -> impl Handle<'_, Backend = Stores> {
            self
        }

        async fn count(&mut self, table: &'static str) -> usize {
            self.0.count(table)
        }

        async fn begin(&mut self) {
            self.0.begin().await.unwrap();
        }

        async fn rollback(&mut self) {
            self.0.rollback().await.unwrap();
        }
    }

    async fn subject() -> Sightless {
        Sightless(Memory::new().unique("authors", &["name"]).with_default("authors", "joined", "today"))
    }

    conformance!(
        #[tokio::test]
        subject,
        without find
    );
}
