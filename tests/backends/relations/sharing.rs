//! `share`, `share_all`, `recycle`, `_among`, and what a session shares: which of them wins, and how far each holds.

use super::{Tables, both};
use manufactory::{Factory, Memory, Session, among, create_all};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "orgs")]
struct Org {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(OrgFactory))]
    org_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory))]
    editor_id: i64,
    #[factory(sub_factory(OrgFactory))]
    org_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "notes")]
struct Note {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

const SCHEMA: &str = "
    create table orgs (id integer primary key);
    create table users (id integer primary key, org_id integer not null references orgs, boss_id integer);
    create table posts (id integer primary key, author_id integer not null, editor_id integer not null, org_id integer not null);
    create table notes (id integer primary key, post_id integer not null, author_id integer not null);
";

fn memory() -> Memory {
    Memory::new()
}

fn text(error: &manufactory::Error) -> String {
    format!("{error:?}")
}

both! {
    async fn one_parent_across_relations_and_depths(db) {
        let notes = Note::factory().share::<UserFactory>().create_batch(&mut db, 5).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("posts").await), (1, 5));
        assert!(notes.iter().all(|note| note.author_id == 1));
        // The user's org and one for each post.
        assert_eq!(db.rows_in("orgs").await, 6);
        Note::factory().share::<UserFactory>().share::<OrgFactory>().create_batch(&mut db, 2).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("orgs").await), (2, 7));
        Note::factory().share_all().create_batch(&mut db, 3).await.unwrap();
        assert_eq!((db.rows_in("users").await, db.rows_in("orgs").await, db.rows_in("posts").await), (3, 8, 8));
    }

    async fn what_wins(db) {
        let users = User::factory().create_batch(&mut db, 5).await.unwrap();
        let [given, picked, recycled, ..] = &users[..] else { panic!("five") };
        let post = || Post::factory().recycle(given).org_id(1);
        let all = post().author(picked).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (picked.id, given.id), "given over recycled");
        let all = post().author_among(&[picked.clone()]).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (picked.id, given.id), "picked over recycled");
        let all = post().author_id(99).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (99, given.id), "a key over recycled");
        let all = post().author(User::factory().org_id(3)).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (6, given.id), "a factory over recycled");
        let all = post().author_with(|author| author.org_id(3)).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (7, given.id), "a change over recycled");
        let shared = || Post::factory().share::<UserFactory>().org_id(1);
        let all = shared().recycle(recycled).create(&mut db).await.unwrap_err();
        assert!(text(&all).contains("share::<UserFactory>()"), "recycled over shared, which is then of no use");
        let all = shared().author_among(&[picked.clone()]).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (picked.id, 8), "picked over shared");
        let all = shared().author(given).create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (given.id, 9), "given over shared");
        let all = shared().create(&mut db).await.unwrap();
        assert_eq!((all.author_id, all.editor_id), (10, 10), "shared over new");
    }

    async fn the_calls_own_rules_win_over_the_sessions(db) {
        let [org, other] = &Org::factory().create_batch(&mut db, 2).await.unwrap()[..] else { panic!("two") };
        let session = Session::seeded(1);
        session.share(org);
        let _entered = session.enter();
        // Not strict: nothing here wants one.
        Org::factory().create(&mut db).await.unwrap();
        assert_eq!(User::factory().create(&mut db).await.unwrap().org_id, org.id);
        assert_eq!(User::factory().recycle(other).create(&mut db).await.unwrap().org_id, other.id);
        assert_eq!(User::factory().share::<OrgFactory>().create(&mut db).await.unwrap().org_id, 4);
        assert_eq!(User::factory().org(other).create(&mut db).await.unwrap().org_id, other.id);
        assert_eq!(User::factory().build().org_id, org.id);
    }

    async fn a_sharing_that_nothing_uses_is_an_error(db) {
        let org = Org::factory().create(&mut db).await.unwrap();
        let user = User::factory().create(&mut db).await.unwrap();
        let cases = [
            (User::factory().share::<PostFactory>(), "`share::<PostFactory>()`"),
            (User::factory().org(&org).share::<OrgFactory>(), "`share::<OrgFactory>()`"),
            (User::factory().org(&org).share_all(), "`share_all()`"),
            (User::factory().recycle(&user), "`recycle(..)` of `User`"),
            (User::factory().recycle_among(&[user.clone()]), "`recycle_among(..)` of `User`"),
            (User::factory().boss(User::factory().org(&org).recycle(&org)), "`recycle(..)` of `Org`"),
        ];
        for (factory, rule) in cases {
            let error = factory.clone().create(&mut db).await.unwrap_err();
            assert!(text(&error).contains(&format!("nothing here uses {rule}:")), "{error:?}");
            let panic = catch_unwind(AssertUnwindSafe(|| factory.build())).unwrap_err();
            let panic = panic.downcast_ref::<String>().expect("a text");
            assert!(panic.contains(&format!("nothing here uses {rule}:")), "{panic}");
        }
        assert_eq!((db.rows_in("orgs").await, db.rows_in("users").await), (2, 1));
    }

    async fn a_rule_of_a_parents_factory_holds_below_it_only(db) {
        let org = Org::factory().create(&mut db).await.unwrap();
        let author = || User::factory().recycle(&org);
        let post = Post::factory().author(author()).create_graph(&mut db).await.unwrap();
        let author_made = post.all::<User>().iter().find(|user| user.id == post.roots()[0].author_id).unwrap();
        let editor_made = post.all::<User>().iter().find(|user| user.id == post.roots()[0].editor_id).unwrap();
        assert_eq!(author_made.org_id, org.id);
        assert_ne!(editor_made.org_id, org.id);
        assert_ne!(post.roots()[0].org_id, org.id);
        // Shared by the authors of all rows, and by nobody else.
        let posts = Post::factory().author_with(|author| author.share::<OrgFactory>()).times(3);
        let made = posts.create_graph(&mut db).await.unwrap();
        let orgs: HashSet<_> = made.all::<User>().iter().map(|user| user.org_id).collect();
        assert_eq!(orgs.len(), 1 + 3, "one for the authors, one for each editor");
    }

    async fn rules_within_a_batch_of_different_rows(db) {
        // Whoever says it: the call has one user.
        let posts = [
            Post::factory().share::<UserFactory>().org_id(1),
            Post::factory().share::<UserFactory>().org_id(2),
            Post::factory().org_id(3),
        ];
        let posts = create_all(&mut db, posts).await.unwrap();
        let of = |post: &Post| (post.author_id, post.editor_id);
        assert_eq!((of(&posts[0]), of(&posts[1])), ((of(&posts[0]).0, of(&posts[0]).0), of(&posts[0])));
        assert_eq!(HashSet::from([of(&posts[0]).0, posts[2].author_id, posts[2].editor_id]).len(), 3);
        let posts = Post::factory().org_id(1).times(4).each(|_, post| post.share::<UserFactory>());
        let made = posts.create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<User>().len(), 1);
        let org = Org::factory().create_batch(&mut db, 2).await.unwrap();
        let users = User::factory().times(2).each(|i, user| user.recycle(&org[i])).create(&mut db).await.unwrap();
        assert_eq!((users[0].org_id, users[1].org_id), (org[0].id, org[1].id));
    }

    async fn every_call_shares_anew(db) {
        let template = Post::factory().share::<UserFactory>().org_id(1);
        let first = template.clone().create(&mut db).await.unwrap();
        let second = template.clone().create(&mut db).await.unwrap();
        assert_ne!(first.author_id, second.author_id);
        // A call that fails leaves none behind.
        let users = db.rows_in("users").await;
        template.clone().id(1).create(&mut db).await.unwrap_err();
        assert_eq!(db.rows_in("users").await, users);
        let third = template.create(&mut db).await.unwrap();
        assert_eq!((third.author_id, db.rows_in("users").await), (third.editor_id, users + 1));
    }

    async fn nobody_is_put_where_nobody_was_asked_for(db) {
        let user = User::factory().create(&mut db).await.unwrap();
        let post = Post::factory().recycle(&user).create(&mut db).await.unwrap();
        assert_eq!(post.author_id, user.id);
        let made = Post::factory().share_all().create_graph(&mut db).await.unwrap();
        assert_eq!((made.all::<User>().len(), made.all::<User>()[0].boss_id), (1, None));
        let made = Post::factory().author_with(|author| author.boss_with(|boss| boss)).recycle(&user);
        let made = made.create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<User>().len(), 2, "the author and the boss that was asked for");
        let boss = User::factory().without_boss().share::<OrgFactory>().create(&mut db).await.unwrap();
        assert_eq!(boss.boss_id, None);
    }

    async fn one_of_several(db) {
        let users = User::factory().create_batch(&mut db, 3).await.unwrap();
        let posts = Post::factory().org_id(1).recycle_among(among(&users).round_robin());
        let posts = posts.create_batch(&mut db, 3).await.unwrap();
        let ids: HashSet<_> = posts.iter().flat_map(|post| [post.author_id, post.editor_id]).collect();
        assert_eq!((ids.len(), db.rows_in("users").await), (3, 3));
        let error = Post::factory().recycle_among(&users[..0]).create(&mut db).await.unwrap_err();
        assert!(text(&error).contains("there is no `User` to recycle"), "{error:?}");
        let error = Post::factory().editor_among(&users[..0]).create(&mut db).await.unwrap_err();
        assert!(error.to_string().contains("Post.editor"), "{error}");
        assert!(text(&error).contains("`editor_among(..)` was given nothing to choose from"), "{error:?}");
        let in_turn = Post::factory().org_id(1).editor_id(1).author_among(among(&users).round_robin());
        let in_turn = in_turn.create_batch(&mut db, 4).await.unwrap();
        let authors: Vec<_> = in_turn.iter().map(|post| post.author_id).collect();
        assert_eq!(authors, [users[0].id, users[1].id, users[2].id, users[0].id]);
    }
}

#[test]
fn built_rows_share_as_created_ones_do() {
    let users = |posts: &[Post]| posts.iter().flat_map(|post| [post.author_id, post.editor_id]).collect::<HashSet<_>>();
    let posts = Post::factory().share::<UserFactory>().build_batch(3);
    assert_eq!(users(&posts).len(), 1);
    let posts = Post::factory().times(3).each(|_, post| post.share::<UserFactory>()).build();
    assert_eq!(users(&posts).len(), 1, "said row by row");
    let org = Org { id: -7 };
    let user = |factory: UserFactory| factory.build();
    assert_eq!(user(User::factory().recycle(&org)).org_id, -7);

    #[derive(Factory)]
    struct Card {
        #[factory(sub_factory(UserFactory))]
        owner: User,
    }
    assert_eq!(Card::factory().owner(User::factory().recycle(&org)).build().owner.org_id, -7, "below the parent");
    let cards = Card::factory().owner_with(|owner| owner.share::<OrgFactory>()).build_batch(3);
    assert_eq!(cards.iter().map(|card| card.owner.org_id).collect::<HashSet<_>>().len(), 1, "as in a database");
    let bossless = Card::factory().share_all().build();
    assert_eq!(bossless.owner.boss_id, None);
}
