//! Coming from another library: how fields get their values.

use fake::faker::{internet::en::SafeEmail, name::en::Name};
use manufactory::{Factory, Session};
use std::collections::HashSet;
use std::time::{Duration, SystemTime};

#[test]
fn constants() {
    #[derive(Factory)]
    struct User {
        #[factory(value("member"))]
        role: String,
    }
    assert_eq!(User::factory().build().role, "member");
}

#[test]
fn numbered_values() {
    #[derive(Factory)]
    struct User {
        #[factory(sequence(|n| format!("user{n}")))]
        name: String,
        #[factory(format("code{n}"))]
        code: String,
    }
    let _session = Session::seeded(1).enter();
    let user = User::factory().build_batch(3).remove(2);
    assert_eq!((user.name.as_str(), user.code.as_str()), ("user2", "code2"));
}

#[test]
fn values_made_of_others() {
    #[derive(Factory)]
    struct User {
        #[factory(lazy(|name, n| format!("{name}-{n}")))]
        login: String,
        #[factory(format("{login}@example.com"))]
        email: String,
        #[factory(value("ada"))]
        name: String,
    }
    let _session = Session::seeded(1).enter();
    assert_eq!(User::factory().build().email, "ada-0@example.com");
}

#[test]
fn values_of_the_moment() {
    #[derive(Factory)]
    struct User {
        #[factory(value(6 * 7))]
        answer: u8,
        #[factory(lazy(|now| (now - Duration::from_secs(60)).into()))]
        joined: SystemTime,
    }
    let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(43_200);
    let _session = Session::seeded(1).at(noon).enter();
    let user = User::factory().build();
    assert_eq!((user.answer, user.joined), (42, noon - Duration::from_secs(60)));
}

#[test]
fn fakers() {
    #[derive(Factory)]
    struct User {
        #[factory(fake(Name()))]
        name: String,
        #[factory(fake(18..100))]
        age: u8,
    }
    let name = |factory: UserFactory| {
        let _session = Session::seeded(1).enter();
        factory.build().name
    };
    assert_eq!(name(User::factory()), name(User::factory().age(50)), "an override shifts no other value");
}

#[test]
fn unique_fakers() {
    #[derive(Factory)]
    struct User {
        #[factory(fake(SafeEmail(), unique))]
        email: String,
    }
    let emails: HashSet<_> = User::factory().build_batch(2_000).into_iter().map(|user| user.email).collect();
    assert_eq!(emails.len(), 2_000);
}

#[test]
fn random_choices() {
    #[derive(Factory)]
    struct Ticket {
        #[factory(choice(["mail", "phone"]))]
        channel: String,
        #[factory(weighted([(9, "open"), (0, "lost")]))]
        state: String,
        #[factory(fake(1..=6))]
        stars: u8,
    }
    let tickets = Ticket::factory().build_batch(100);
    assert_eq!(tickets.iter().map(|ticket| &ticket.channel).collect::<HashSet<_>>().len(), 2);
    assert!(tickets.iter().all(|ticket| ticket.state == "open" && (1..=6).contains(&ticket.stars)));
}

#[test]
fn values_that_may_be_missing() {
    #[derive(Factory)]
    struct User {
        #[factory(maybe(0.3, value("ali")))]
        nickname: Option<String>,
    }
    let users = User::factory().build_batch(1_000);
    let named = users.iter().filter(|user| user.nickname.is_some()).count();
    assert!((200..400).contains(&named), "{named}");
}

#[test]
fn values_in_turn() {
    #[derive(Factory)]
    struct Shirt {
        #[factory(cycle(["S", "M", "L"]))]
        size: String,
    }
    let _session = Session::seeded(1).enter();
    assert_eq!(Shirt::factory().build_batch(5)[4].size, "M");
}

#[test]
fn one_value_or_another() {
    #[derive(Factory)]
    #[factory(param(is_admin: bool = value(false)))]
    struct User {
        #[factory(lazy(|is_admin| if *is_admin { 9 } else { 1 }))]
        level: u8,
    }
    assert_eq!((User::factory().build().level, User::factory().is_admin(true).build().level), (1, 9));
}

#[test]
fn values_with_values_in_them() {
    #[derive(Factory)]
    struct Address {
        #[factory(value("Paju"))]
        city: String,
    }
    #[derive(Factory)]
    struct User {
        #[factory(sub_factory(AddressFactory))]
        home: Address,
        #[factory(list(AddressFactory, 3))]
        others: Vec<Address>,
        #[factory(value(vec![1, 2]))]
        levels: Vec<u8>,
    }
    let user = User::factory().home_with(|home| home.city("Seoul")).build();
    assert_eq!((user.home.city.as_str(), user.others.len(), user.levels.len()), ("Seoul", 3, 2));
}

#[test]
fn transformed_values() {
    #[derive(Factory)]
    #[factory(param(password: String = value("secret")))]
    struct User {
        #[factory(lazy(|password| format!("hash of {password}")))]
        hash: String,
    }
    assert_eq!(User::factory().password("123").build().hash, "hash of 123");
    assert_eq!(User::factory().hash("raw").build().hash, "raw");
}
