use manufactory::Factory;

mod schema {
    diesel::table! {
        shirts (id) {
            id -> Integer,
            colour -> Text,
            size -> Integer,
            label -> Text,
            price -> Nullable<Integer>,
        }
    }
}

#[derive(Clone)]
struct Colour(u8);

#[derive(Factory)]
#[factory(table = schema::shirts, on(diesel, sqlite))]
struct Shirt {
    #[factory(key)]
    id: i32,
    #[factory(value(Colour(1)))]
    colour: Colour,
    size: i64,
    label: Option<String>,
    prize: Option<i32>,
}

fn make(db: &mut diesel::SqliteConnection) {
    let _ = Shirt::factory().create(&mut *db);
    let _ = Shirt::factory().create_batch(db, 3);
}

fn main() {}
