//! `many_to_many`: rows between, made or to what is there, with a composite key or none.

use super::{Tables, both};
use manufactory::{Factory, Memory, Stage, among};
use std::collections::HashSet;

#[derive(Debug, Clone, Factory)]
#[factory(table = "articles")]
#[factory(many_to_many(tags: TagFactory, through = ArticleTagFactory(article, tag)))]
#[factory(many_to_many(labels: LabelFactory = 2, through = ArticleLabelFactory(article, label)))]
struct Article {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags")]
struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(format("tag{n}"))]
    name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Factory)]
#[factory(table = "article_tags")]
struct ArticleTag {
    #[factory(key, sub_factory(ArticleFactory))]
    article_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    tag_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "labels", get_or_create(name))]
struct Label {
    #[factory(key)]
    id: i64,
    #[factory(cycle(["new", "old"]))]
    name: String,
}

/// A row between without any key.
#[derive(Debug, Clone, Factory)]
#[factory(table = "article_labels")]
struct ArticleLabel {
    #[factory(sub_factory(ArticleFactory))]
    article_id: i64,
    #[factory(sub_factory(LabelFactory))]
    label_id: i64,
    #[factory(value("by hand"))]
    origin: String,
}

const SCHEMA: &str = "
    create table articles (id integer primary key);
    create table tags (id integer primary key, name text not null);
    create table article_tags (article_id integer not null references articles, tag_id integer not null references tags,
                               primary key (article_id, tag_id)) without rowid;
    create table labels (id integer primary key, name text not null unique);
    create table article_labels (article_id integer not null references articles,
                                 label_id integer not null references labels, origin text not null);
";

fn memory() -> Memory {
    Memory::new().unique("labels", &["name"])
}

both! {
    async fn far_ends_are_made_or_given(db) {
        let article = || Article::factory().labels(0);
        let made = article().tags(3).times(2).create_graph(&mut db).await.unwrap();
        assert_eq!((made.all::<Tag>().len(), made.all::<ArticleTag>().len()), (6, 6));
        let tags = made.all::<Tag>().to_vec();
        let named = Tag::factory().times(2).each(|i, tag| tag.name(format!("no. {i}")));
        let made = article().tags(named).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Tag>().iter().map(|tag| &*tag.name).collect::<Vec<_>>(), ["no. 0", "no. 1"]);
        let made = article().tags(&tags).create_graph(&mut db).await.unwrap();
        let linked: Vec<_> = made.all::<ArticleTag>().iter().map(|link| link.tag_id).collect();
        assert_eq!(linked, tags.iter().map(|tag| tag.id).collect::<Vec<_>>());
        assert!(made.all::<Tag>().is_empty(), "none was made");
        let made = article().tags([Tag::factory(), Tag::factory()]).create_graph(&mut db).await.unwrap();
        assert_eq!(made.all::<Tag>().len(), 2);
        assert_eq!((db.rows_in("tags").await, db.rows_in("article_tags").await), (10, 16));
    }

    async fn no_pair_comes_twice(db) {
        let tags = Tag::factory().create_batch(&mut db, 4).await.unwrap();
        let twice = [tags[0].clone(), tags[1].clone(), tags[0].clone()];
        Article::factory().labels(0).tags(&twice).create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("article_tags").await, 2);
        let sampled = Article::factory().labels(0).tags(among(&tags).zipf(2.0).sample(3)).times(20);
        let made = sampled.create_graph(&mut db).await.unwrap();
        let pairs: HashSet<_> = made.all::<ArticleTag>().iter().copied().collect();
        assert_eq!((made.all::<ArticleTag>().len(), pairs.len()), (60, 60));
        let all = Article::factory().labels(0).tags(among(&tags).sample(9)).create_graph(&mut db).await.unwrap();
        assert_eq!(all.all::<ArticleTag>().len(), 4, "there are no more");
    }

    async fn ends_that_are_found_are_linked_once(db) {
        // The automatic names are two; three labels are two rows at most.
        Article::factory().labels(3).create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("labels").await, db.rows_in("article_labels").await), (2, 2));
        let made = Article::factory().labels(Label::factory().name("old").times(2)).times(3).create_graph(&mut db);
        let made = made.await.unwrap();
        assert_eq!((db.rows_in("labels").await, made.all::<ArticleLabel>().len()), (2, 3));
        assert!(made.all::<ArticleLabel>().iter().all(|link| link.origin == "by hand"));
    }

    async fn a_default_number_and_none(db) {
        Article::factory().create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("article_labels").await, 2);
        Article::factory().labels(0).create(&mut db).await.unwrap();
        assert_eq!(db.rows_in("article_labels").await, 2);
    }

    async fn nothing_to_choose_from(db) {
        let none: &[Tag] = &[];
        let error = Article::factory().tags(among(none).sample(2)).create(&mut db).await.unwrap_err();
        assert_eq!(error.stage(), Stage::Resolve);
        assert!(error.to_string().contains("Article.tags"), "{error}");
        assert_eq!(db.rows_in("articles").await, 0);
        Article::factory().labels(0).tags(none).create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("articles").await, db.rows_in("article_tags").await), (1, 0));
    }
}
