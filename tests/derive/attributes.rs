//! `.attributes()`, `.attributes_as::<T>()`

use manufactory::{Factory, Session, Stage};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::error::Error as _;

fn object(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { panic!("{value} is no object") };
    map
}

#[derive(Debug, Clone, Serialize, Factory)]
#[factory(table = "users", on(sqlx))]
#[factory(param(domain: String = value("example.com")))]
#[factory(column(password_hash: String = value("hash")))]
#[factory(preset(admin: role = value(Role::Admin)))]
#[factory(after_build(|user| user.username.push('!')))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(format("{username}@{domain}"))]
    email: String,
    #[factory(value(Role::Member))]
    role: Role,
    nickname: Option<String>,
    #[factory(database)]
    version: i32,
    #[factory(skip)]
    posts: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
enum Role {
    Member,
    Admin,
}

#[test]
fn a_row_has_what_a_client_would_send() {
    let _session = Session::seeded(1).enter();
    let expected = |n: u64, role: &str| {
        let (username, email) = (format!("user{n}"), format!("user{n}@example.com"));
        object(json!({ "username": username, "email": email, "role": role, "nickname": null }))
    };
    assert_eq!(User::factory().attributes().unwrap(), expected(0, "member"));
    assert_eq!(User::factory().admin().attributes().unwrap(), expected(1, "admin"));
}

#[test]
fn overrides_are_in_it_whoever_makes_the_value_otherwise() {
    let user = User::factory().id(3).username("bob").nickname("b").version(2).posts(4_usize).domain("x.org");
    let expected = json!({
        "id": 3, "username": "bob", "email": "bob@x.org", "role": "member", "nickname": "b", "version": 2, "posts": 4,
    });
    assert_eq!(user.attributes().unwrap(), object(expected));
}

#[test]
fn the_values_are_those_of_build() {
    #[derive(Debug, Factory, Serialize)]
    struct Sample {
        #[factory(sequence)]
        n: u64,
        #[factory(lazy(|rng| rand::RngExt::random(rng)))]
        random: u64,
        #[factory(choice(["a", "b", "c", "d", "e", "f"]))]
        letter: String,
    }
    let samples = || Sample::factory().times(20).each(|i, sample| if i == 3 { sample.n(99_u64) } else { sample });
    let built = {
        let _session = Session::seeded(7).enter();
        samples().build().iter().map(|sample| object(json!(sample))).collect::<Vec<_>>()
    };
    let _session = Session::seeded(7).enter();
    assert_eq!(samples().attributes().unwrap(), built);
    assert_eq!(samples().build()[0].n, 20);
}

#[derive(Debug, Factory)]
#[factory(table = "posts", on(sqlx))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    reviewer_id: Option<i64>,
    #[factory(value("Hello"))]
    title: String,
}

#[test]
fn a_key_is_in_it_only_if_given() {
    let _session = Session::seeded(1).enter();
    let alice = User::factory().id(5).build();
    let attributes = |post: PostFactory| Value::Object(post.attributes().unwrap());
    let post = Post::factory;
    assert_eq!(attributes(post()), json!({ "title": "Hello" }));
    assert_eq!(attributes(post().author(User::factory())), json!({ "title": "Hello" }));
    assert_eq!(attributes(post().reviewer_with(UserFactory::admin)), json!({ "title": "Hello" }));
    assert_eq!(attributes(post().author_id(7)), json!({ "title": "Hello", "author_id": 7 }));
    assert_eq!(attributes(post().author(&alice)), json!({ "title": "Hello", "author_id": 5 }));
    assert_eq!(attributes(post().reviewer(&alice)), json!({ "title": "Hello", "reviewer_id": 5 }));
    assert_eq!(attributes(post().reviewer_id(8)), json!({ "title": "Hello", "reviewer_id": 8 }));
    assert_eq!(attributes(post().reviewer_id(None)), json!({ "title": "Hello", "reviewer_id": null }));
    assert_eq!(attributes(post().without_reviewer()), json!({ "title": "Hello", "reviewer_id": null }));
    // Nobody was made for any of them.
    assert_eq!(User::factory().build().username, "user1!");
}

#[derive(Factory)]
#[factory(table = "comments", on(sqlx))]
struct Comment {
    #[factory(key, sequence)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(format("{author.username} on {post_id}"))]
    text: String,
}

#[test]
fn parents_that_are_read_are_built_and_their_keys_left_out() {
    let _session = Session::seeded(1).enter();
    let alice = User::factory().id(5).username("alice").build();
    let comment = Comment::factory().attributes().unwrap();
    assert_eq!(Value::Object(comment), json!({ "id": 0, "text": "user1! on 1" }));
    let comment = Comment::factory().author(&alice).post_id(9).attributes().unwrap();
    assert_eq!(Value::Object(comment), json!({ "id": 1, "author_id": 5, "post_id": 9, "text": "alice! on 9" }));
}

#[derive(Debug, Clone, Serialize, Factory)]
struct Address {
    #[factory(value("Seoul"))]
    city: String,
    #[factory(sub_factory(UserFactory))]
    owner_id: i64,
}

#[derive(Factory)]
struct Shop {
    #[factory(sub_factory(AddressFactory))]
    address: Address,
    #[factory(sub_factory(AddressFactory, optional))]
    billing: Option<Address>,
    #[factory(sub_factory(AddressFactory))]
    store: Box<Address>,
    #[factory(list(AddressFactory, 2))]
    branches: Vec<Address>,
    #[factory(list(AddressFactory, 0))]
    closed: Vec<Address>,
    #[factory(skip, list(AddressFactory, 1))]
    cached: Vec<Address>,
    #[factory(skip, sub_factory(AddressFactory))]
    joined: Address,
}

#[test]
fn models_stand_in_the_row_as_their_attributes_when_made() {
    let _session = Session::seeded(1).enter();
    let made = |city: &str| json!({ "city": city });
    let shop = Shop::factory().store_with(|store| store.city("Busan")).attributes().unwrap();
    let expected = json!({
        "address": made("Seoul"), "billing": null, "store": made("Busan"),
        "branches": [made("Seoul"), made("Seoul")], "closed": [],
    });
    assert_eq!(Value::Object(shop), expected);
    assert_eq!(User::factory().build().username, "user0!", "no address had its owner made");
}

#[test]
fn models_stand_in_the_row_as_they_are_when_given() {
    let paris = Address { city: "Paris".into(), owner_id: 3 };
    let given = json!({ "city": "Paris", "owner_id": 3 });
    let shop = Shop::factory().address(&paris).billing(&paris).store(&paris);
    let shop = shop.branches([paris.clone()]).closed(Vec::new()).cached([paris.clone()]).joined(&paris);
    let expected = json!({
        "address": given, "billing": given, "store": given, "branches": [given], "closed": [], "cached": [given],
        "joined": given,
    });
    assert_eq!(Value::Object(shop.attributes().unwrap()), expected);
    let shop = Shop::factory().billing_with(|billing| billing.owner_id(4)).attributes().unwrap();
    assert_eq!(shop["billing"], json!({ "city": "Seoul", "owner_id": 4 }));
    assert_eq!(Shop::factory().billing(&paris).without_billing().attributes().unwrap()["billing"], Value::Null);
}

#[test]
fn a_model_that_is_read_is_the_one_that_stands_in_the_row() {
    #[derive(Factory)]
    #[factory(param(guest = sub_factory(UserFactory)))]
    #[factory(param(extras: Vec<Address> = list(AddressFactory, 2)))]
    struct Visit {
        #[factory(sub_factory(UserFactory))]
        host: User,
        #[factory(sub_factory(AddressFactory, name = place))]
        at: Address,
        #[factory(list(UserFactory, 2))]
        others: Vec<User>,
        #[factory(lazy(|host, guest, place, others, extras| {
            let others = others.iter().map(|other| other.username.as_str()).collect::<Vec<_>>().join(", ");
            format!("{} {} {} {} {others} {}", host.username, guest.username, place.city, place.owner_id, extras.len())
        }))]
        label: String,
    }
    let built = {
        let _session = Session::seeded(1).enter();
        Visit::factory().build()
    };
    let _session = Session::seeded(1).enter();
    let visit = Visit::factory().attributes().unwrap();
    // Hooks change models, not attributes.
    assert_eq!(visit["label"], "user3! user0! Seoul 5 user5!, user6! 2");
    assert_eq!(visit["label"], built.label);
    assert_eq!((&visit["host"]["username"], &visit["others"][1]["username"]), (&json!("user3"), &json!("user6")));
    assert_eq!((&visit["at"], built.at.owner_id), (&json!({ "city": "Seoul" }), 5));
}

#[derive(Debug, Clone)]
struct Opaque;

#[derive(Debug, Clone, Factory)]
struct Job {
    #[factory(value("x"))]
    name: String,
    #[factory(value(Some(Opaque)))]
    payload: Option<Opaque>,
}

#[derive(Factory)]
struct Queue {
    #[factory(sub_factory(JobFactory))]
    next: Job,
}

#[test]
fn a_type_that_cannot_be_serialized_is_an_error_that_names_the_attribute() {
    assert_eq!(Job::factory().build().name, "x");
    let error = Job::factory().attributes().unwrap_err();
    assert_eq!(
        (error.stage(), error.factory(), error.to_string()),
        (Stage::Serialize, "Job", "cannot serialize Job.payload".into())
    );
    let why = error.source().unwrap().to_string();
    assert!(
        why.starts_with("`derive::attributes::Opaque` is not `Serialize`; add `#[derive(serde::Serialize)]`"),
        "{why}"
    );

    let error = Queue::factory().times(3).attributes().unwrap_err();
    assert_eq!(error.to_string(), "cannot serialize Job.payload (Queue -> next), row 0 of 3");
    let error = Queue::factory().next(&Job::factory().build()).attributes().unwrap_err();
    assert_eq!(error.to_string(), "cannot serialize Queue.next");
}

#[test]
fn a_value_without_a_form_in_json_is_an_error_too() {
    #[derive(Factory)]
    struct Odd {
        #[factory(value(HashMap::from([((1, 2), 3)])))]
        map: HashMap<(u8, u8), u8>,
    }
    let error = Odd::factory().attributes().unwrap_err();
    assert_eq!(error.to_string(), "cannot serialize Odd.map");
    assert_eq!(error.source().unwrap().to_string(), "key must be a string");
}

#[test]
fn of_many_rows_each_is_a_map() {
    let posts = Post::factory().times(2).each(|i, post| post.title(format!("t{i}"))).attributes().unwrap();
    assert_eq!(json!(posts), json!([{ "title": "t0" }, { "title": "t1" }]));
    assert_eq!(Post::factory().times(0).attributes().unwrap(), []);
}

#[test]
fn one_override_for_many_rows_has_to_be_clone() {
    #[derive(Serialize)]
    struct Once(u8);

    #[derive(Factory)]
    struct Ticket {
        #[factory(value(Once(1)))]
        once: Once,
    }
    assert_eq!(json!(Ticket::factory().once(Once(2)).times(1).attributes().unwrap()), json!([{ "once": 2 }]));
    let error = Ticket::factory().once(Once(2)).times(2).attributes().unwrap_err();
    assert_eq!((error.stage(), error.to_string()), (Stage::Repeat, "cannot repeat Ticket.once".into()));
}

#[derive(Debug, PartialEq, Deserialize)]
struct CreatePost {
    title: String,
    author_id: Option<i64>,
}

#[test]
fn a_request_type_is_made_of_them() {
    let request: CreatePost = Post::factory().author_id(2).attributes_as().unwrap();
    assert_eq!(request, CreatePost { title: "Hello".into(), author_id: Some(2) });
    let requests = Post::factory().times(2).attributes_as::<CreatePost>().unwrap();
    assert_eq!((requests.len(), &requests[1].title, requests[1].author_id), (2, &"Hello".to_owned(), None));

    let error = User::factory().attributes_as::<CreatePost>().unwrap_err();
    assert_eq!(
        (error.stage(), error.to_string()),
        (Stage::Deserialize, "cannot deserialize the attributes of User".into())
    );
    let why = error.source().unwrap().to_string();
    assert_eq!(why, "`derive::attributes::CreatePost`: missing field `title`");
    let error = User::factory().times(2).attributes_as::<CreatePost>().unwrap_err();
    assert_eq!(error.row(), Some((0, 2)));
}

#[derive(Clone, Serialize, Factory)]
struct Page<T, const N: usize = 1> {
    #[factory(default)]
    item: T,
    others: Vec<T>,
}

#[derive(Factory)]
struct Holder<T> {
    #[factory(sub_factory(PageFactory<T>))]
    page: Page<T>,
    #[factory(default)]
    number: T,
}

#[derive(Factory)]
struct Fixed {
    #[factory(sub_factory(PageFactory<Silent>))]
    page: Page<Silent>,
}

#[derive(Clone, Default)]
struct Silent;

#[test]
fn generic_models_have_attributes_where_their_types_are_serialize() {
    let page = Page::<u8, 3>::factory().others([1, 2]).attributes().unwrap();
    assert_eq!(Value::Object(page), json!({ "item": 0, "others": [1, 2] }));
    let holder = Holder::<i64>::factory().attributes().unwrap();
    assert_eq!(Value::Object(holder), json!({ "page": { "item": 0, "others": [] }, "number": 0 }));
    let error = Fixed::factory().attributes().unwrap_err();
    assert_eq!(error.to_string(), "cannot serialize Page (Fixed -> page)");
    assert!(Fixed::factory().build().page.others.is_empty());
}

#[test]
fn names_are_those_of_the_fields() {
    #[derive(Factory)]
    #[factory(construct = |r#type| Tagged { r#type, label: String::new() })]
    struct Tagged<'a> {
        #[factory(value("a"), column = "kind")]
        r#type: &'a str,
        #[factory(setter = build_label, value("b"))]
        label: String,
    }
    assert_eq!(json!(Tagged::factory().attributes().unwrap()), json!({ "type": "a", "label": "b" }));
}

#[test]
fn what_another_attribute_reads_is_left_out_all_the_same() {
    #[derive(Factory)]
    struct Draft {
        #[factory(key)]
        id: i64,
        #[factory(skip, value(3))]
        words: u32,
        #[factory(format("{id} {words}"))]
        label: String,
    }
    let _session = Session::seeded(1).enter();
    assert_eq!(json!(Draft::factory().attributes().unwrap()), json!({ "label": "1 3" }));
    let given = Draft::factory().id(9).words(1_u32).attributes().unwrap();
    assert_eq!(json!(given), json!({ "id": 9, "words": 1, "label": "9 1" }));
}

#[derive(Factory)]
struct Node {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(NodeFactory, optional))]
    parent_id: Option<i64>,
    #[factory(list(LeafFactory, 1))]
    leaves: Vec<Leaf>,
}

#[derive(Clone, Serialize, Factory)]
struct Leaf {
    #[factory(sub_factory(NodeFactory, optional))]
    node_id: Option<i64>,
    #[factory(value(1))]
    size: u8,
}

#[test]
fn factories_may_point_at_each_other() {
    let node = Node::factory().parent(Node::factory()).attributes().unwrap();
    assert_eq!(json!(node), json!({ "leaves": [{ "size": 1 }] }));
}

#[test]
fn what_is_secret_is_in_it_and_in_no_error() {
    #[derive(Debug, Factory)]
    struct Login {
        #[factory(secret, value("hunter2"))]
        password: String,
    }

    #[derive(Debug, serde::Deserialize)]
    struct Wrong {
        #[allow(dead_code, reason = "it never comes so far")]
        password: u8,
    }

    assert_eq!(Login::factory().attributes().unwrap()["password"], "hunter2");
    let error = Login::factory().attributes_as::<Wrong>().unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[derive(Factory)]
#[factory(param(writer = sub_factory(UserFactory)), param(reader = sub_factory(UserFactory)))]
struct Letter {
    #[factory(lazy(|writer, reader| format!("{} to {}", writer.username, reader.username)))]
    address: String,
}

#[test]
fn parents_that_are_only_read_are_shared_within_a_row() {
    let _session = Session::seeded(1).enter();
    let apart = Letter::factory().attributes().unwrap();
    assert_eq!(Value::Object(apart), json!({ "address": "user0! to user1!" }));
    let shared = Letter::factory().share::<UserFactory>().attributes().unwrap();
    assert_eq!(Value::Object(shared), json!({ "address": "user2! to user2!" }));
    assert_eq!(Letter::factory().share::<UserFactory>().build().address, "user3! to user3!");
}

#[test]
fn parents_that_are_there_already_are_in_it() {
    let _session = Session::seeded(1).enter();
    let alice = User::factory().id(5).build();
    let paris = Address::factory().city("Paris").build();
    let attributes = |post: PostFactory| Value::Object(post.attributes().unwrap());
    assert_eq!(attributes(Post::factory().recycle(&alice)), json!({ "title": "Hello", "author_id": 5 }));
    assert_eq!(
        attributes(Post::factory().recycle_among(std::slice::from_ref(&alice))),
        json!({ "title": "Hello", "author_id": 5 })
    );
    assert_eq!(Shop::factory().recycle(&paris).attributes().unwrap()["store"], json!(paris));
    // One that is made for the call is not there yet.
    assert_eq!(attributes(Post::factory().share::<UserFactory>()), json!({ "title": "Hello" }));

    Session::current().share(&alice);
    assert_eq!(attributes(Post::factory()), json!({ "title": "Hello", "author_id": 5 }));
    assert_eq!(attributes(Post::factory().author_id(7)), json!({ "title": "Hello", "author_id": 7 }));
    assert_eq!(attributes(Post::factory().share::<UserFactory>()), json!({ "title": "Hello" }));
}
