//! `get_or_create` when somebody else is faster: the row is not there, and then it is.

use manufactory::persist::Stores;
use manufactory::{AfterCreate, Batch, BoxError, Factory, Memory, Search, Store, async_trait};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "countries", get_or_create(code), after_create, has_many(cities: CityFactory = 1, by = country))]
struct Country {
    #[factory(key)]
    id: i64,
    #[factory(value("KR"))]
    code: String,
    #[factory(format("made {n}"))]
    name: String,
    #[factory(sub_factory(FlagFactory))]
    flag_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "flags")]
struct Flag {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "cities")]
struct City {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CountryFactory))]
    country_id: i64,
}

impl AfterCreate<Stores> for CountryFactory {
    async fn after_create<'c>(self, country: &'c mut Country, _: &'c mut (dyn Store + 'c)) -> Result<(), BoxError> {
        country.name.push_str(" by us");
        Ok(())
    }
}

/// Does not see what is there, the first few times.
struct Blind {
    memory: Memory,
    times: usize,
    inserts: usize,
}

#[async_trait]
impl Store for Blind {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.inserts += 1;
        self.memory.insert(batch).await
    }

    async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
        if self.times > 0 {
            self.times -= 1;
            return Ok(());
        }
        self.memory.find(search).await
    }

    async fn begin(&mut self) -> Result<(), BoxError> {
        self.memory.begin().await
    }

    async fn commit(&mut self) -> Result<(), BoxError> {
        self.memory.commit().await
    }

    async fn rollback(&mut self) -> Result<(), BoxError> {
        self.memory.rollback().await
    }

    fn abandon(&mut self) {
        self.memory.abandon();
    }
}

/// A country that somebody else has made, and a store that does not see it so often.
async fn rival(times: usize) -> (Country, Blind) {
    let mut memory = Memory::new().unique("countries", &["code"]);
    let theirs = Country::factory().name("theirs").create(&mut memory).await.unwrap();
    (theirs, Blind { memory, times, inserts: 0 })
}

#[tokio::test]
async fn theirs_is_taken() {
    let (theirs, mut db) = rival(1).await;
    let made = Country::factory().create(&mut db).await.unwrap();
    assert_eq!((made.id, &*made.name), (theirs.id, "theirs"), "no second hook");
    assert_eq!((db.memory.count("countries"), db.memory.count("cities")), (1, 1), "no second city");
}

#[tokio::test]
async fn the_rest_of_the_batch_is_made() {
    let (theirs, mut db) = rival(1).await;
    let codes = ["FR", "KR", "DE", "KR"];
    let rows = Country::factory().times(4).each(|i, country| country.code(codes[i]));
    let made = rows.create_graph(&mut db).await.unwrap();
    assert_eq!(made.roots().iter().map(|country| &*country.code).collect::<Vec<_>>(), codes);
    assert_eq!((made.roots()[1].id, made.roots()[3].id), (theirs.id, theirs.id));
    assert!(made.roots()[0].name.ends_with(" by us") && made.roots()[2].name.ends_with(" by us"));
    assert_eq!((db.memory.count("countries"), db.memory.count("cities")), (3, 3));
    assert_eq!(made.all::<City>().len(), 2);
}

#[tokio::test]
async fn a_row_that_stays_unseen_is_the_databases_error() {
    let (_, mut db) = rival(usize::MAX).await;
    let rows =
        Country::factory().times(3).each(|i, country| if i < 2 { country.code(format!("C{i}")) } else { country });
    let error = rows.create(&mut db).await.unwrap_err();
    assert_eq!((error.factory(), error.row()), ("Country", Some((2, 3))));
    assert!(format!("{error:?}").contains("has the same `code`"), "{error:?}");
    assert_eq!((db.memory.count("countries"), db.memory.count("flags"), db.memory.count("cities")), (1, 1, 1));
}

#[tokio::test]
async fn nothing_is_tried_one_by_one_without_need() {
    let (_, mut db) = rival(0).await;
    Country::factory().times(50).each(|i, country| country.code(format!("C{i}"))).create(&mut db).await.unwrap();
    assert_eq!(db.inserts, 3, "flags, countries, cities");
}
