//! Models that are no plain table of independent columns, one row and many, in memory and in a database that checks them.

use manufactory::{Factory, Memory};
use sqlx::{Connection, SqliteConnection};

const SCHEMA: &str = "
    pragma foreign_keys = on;
    create table orgs (id integer primary key, code text not null, unique (id, code));
    create table members (org_id integer not null references orgs, number integer not null, primary key (org_id, number));
    create table badges (org_id integer not null, number integer not null, colour text not null,
                         primary key (org_id, number), foreign key (org_id, number) references members);
    create table tickets (id integer primary key, org_id integer not null, org_code text not null,
                          foreign key (org_id, org_code) references orgs (id, code));
    create table profiles (org_id integer primary key references orgs, motto text not null);
    create table details (profile_id integer primary key references profiles, text text not null);
    create table visits (id integer primary key, org_id integer not null references orgs, host_id integer references orgs,
                         guest integer not null references profiles);
    create table accounts (id integer primary key, email text not null,
                           hash text not null check (hash = 'hash of ' || email));
";

/// Runs the same test on both, each of them empty.
macro_rules! on_both {
    ($($name:ident($db:ident) $body:block)*) => {$(
        #[tokio::test]
        async fn $name() {
            let $db = &mut Memory::new();
            $body
            let $db = &mut SqliteConnection::connect("sqlite::memory:").await.unwrap();
            sqlx::raw_sql(SCHEMA).execute(&mut *$db).await.unwrap();
            $body
        }
    )*};
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "orgs")]
struct Org {
    #[factory(key)]
    id: i64,
    #[factory(format("org{n}"))]
    code: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "members")]
struct Member {
    #[factory(key, sub_factory(OrgFactory))]
    org_id: i64,
    #[factory(key, sequence)]
    number: i32,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "badges", param(member = sub_factory(MemberFactory)))]
struct Badge {
    #[factory(key, lazy(|member| member.org_id))]
    org_id: i64,
    #[factory(key, lazy(|member| member.number))]
    number: i32,
    #[factory(value("red"))]
    colour: String,
}

on_both! {
    several_fields_are_the_key(db) {
        let member = Member::factory().number(7).create(&mut *db).await.unwrap();
        let badge = Badge::factory().member(&member).create(&mut *db).await.unwrap();
        assert_eq!((badge.org_id, badge.number), (member.org_id, 7));
        Badge::factory().member(&member).create(&mut *db).await.unwrap_err();
        let badges = Badge::factory().create_batch(&mut *db, 3).await.unwrap();
        assert_eq!(badges.iter().map(|badge| badge.org_id).collect::<Vec<_>>(), [2, 3, 4]);
        let org = Org::factory().create(&mut *db).await.unwrap();
        let badges = Badge::factory().member_with(|member| member.org(&org));
        let badges = badges.create_batch(&mut *db, 3).await.unwrap();
        assert!(badges.iter().all(|badge| badge.org_id == org.id) && badges[0].number != badges[1].number);
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tickets", param(org = sub_factory(OrgFactory)))]
struct Ticket {
    #[factory(key)]
    id: i64,
    #[factory(lazy(|org| org.id))]
    org_id: i64,
    #[factory(lazy(|org| org.code.clone()))]
    org_code: String,
}

on_both! {
    one_parent_feeds_several_columns(db) {
        let ticket = Ticket::factory().org_with(|org| org.code("a")).create(&mut *db).await.unwrap();
        assert_eq!((ticket.id, ticket.org_id, ticket.org_code.as_str()), (1, 1, "a"));
        let org = Org::factory().code("b").create(&mut *db).await.unwrap();
        let rows = Ticket::factory().times(3).each(|i, ticket| if i == 1 { ticket } else { ticket.org(&org) });
        let tickets = rows.create(&mut *db).await.unwrap();
        assert_eq!(tickets.iter().map(|ticket| ticket.org_id).collect::<Vec<_>>(), [2, 3, 2]);
        assert_ne!(tickets[1].org_code, "b");
        assert_eq!((tickets[2].id, tickets[2].org_code.as_str()), (4, "b"));
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "profiles")]
struct Profile {
    #[factory(key, sub_factory(OrgFactory))]
    org_id: i64,
    #[factory(value("onwards"))]
    motto: String,
}

/// Its key is its parent's, which is that parent's parent's.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "details")]
struct Detail {
    #[factory(key, sub_factory(ProfileFactory))]
    profile_id: i64,
    #[factory(value("x"))]
    text: String,
}

on_both! {
    the_key_is_the_parents(db) {
        let detail = Detail::factory().create(&mut *db).await.unwrap();
        assert_eq!(detail.profile_id, 1);
        let details = Detail::factory().create_batch(&mut *db, 3).await.unwrap();
        assert_eq!(details.iter().map(|detail| detail.profile_id).collect::<Vec<_>>(), [2, 3, 4]);
        let org = Org::factory().id(50).create(&mut *db).await.unwrap();
        let profile = Profile::factory().org(&org).create(&mut *db).await.unwrap();
        assert_eq!(Detail::factory().profile(&profile).create(&mut *db).await.unwrap().profile_id, 50);
        let error = Profile::factory().org(&org).create(&mut *db).await.unwrap_err();
        assert_eq!(error.row(), Some((0, 1)));
    }
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "visits")]
struct Visit {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(OrgFactory))]
    org: Org,
    #[factory(sub_factory(OrgFactory, optional))]
    host: Option<Box<Org>>,
    #[factory(column = "guest", sub_factory(ProfileFactory))]
    visitor: Profile,
    #[factory(skip, lazy(|org, visitor| format!("{} to {}", visitor.org_id, org.id)))]
    label: String,
    #[factory(skip)]
    cached: Option<u8>,
}

on_both! {
    whole_models_are_stored_as_their_keys_and_the_skipped_not_at_all(db) {
        let visit = Visit::factory().cached(3).create(&mut *db).await.unwrap();
        assert_eq!((visit.org.id, visit.visitor.org_id, visit.label.as_str()), (1, 2, "2 to 1"));
        assert_eq!((visit.host, visit.cached), (None, Some(3)));
        let visits = Visit::factory().org(&visit.org).host_with(|host| host.code("host"));
        let visits = visits.create_batch(&mut *db, 3).await.unwrap();
        assert_eq!((visits[2].id, &visits[2].org), (4, &visit.org));
        assert!(visits.iter().all(|visit| visit.host.as_ref().unwrap().code == "host"));
        assert_ne!(visits[0].host, visits[1].host);
        assert_eq!(visits[1].label, format!("{} to 1", visits[1].visitor.org_id));
    }
}

/// Has a constructor, and no field for what the table demands.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "accounts", construct = |id, email| Account::new(id, &email))]
#[factory(column(hash: String = format("hash of {email}")))]
struct Account {
    #[factory(key)]
    id: i64,
    #[factory(format("a{n}@x"))]
    email: String,
}

impl Account {
    fn new(id: i64, email: &str) -> Self {
        Self { id, email: email.to_uppercase() }
    }
}

on_both! {
    constructed_models_and_columns_without_a_field(db) {
        let account = Account::factory().email("e").create(&mut *db).await.unwrap();
        assert_eq!(account, Account { id: 1, email: "E".into() });
        let accounts = Account::factory().create_batch(&mut *db, 3).await.unwrap();
        assert!(accounts[2].id == 4 && accounts[2].email.ends_with("@X"));
    }
}

#[tokio::test]
async fn what_is_stored_of_them() {
    let mut db = Memory::new();
    Visit::factory().create(&mut db).await.unwrap();
    let columns: Vec<_> = db.rows("visits")[0].iter().map(|(column, _)| *column).collect();
    assert_eq!(columns, ["id", "org_id", "host_id", "guest"]);
    Account::factory().email("e").create(&mut db).await.unwrap();
    let row = &db.rows("accounts")[0];
    assert_eq!((row.get("email"), row.get("hash")), (Some(&"e".into()), Some(&"hash of e".into())));
}

/// A definition stores what it defines.
mod defined {
    use super::Factory;

    #[derive(Debug, PartialEq)]
    pub(super) struct Org {
        pub(super) id: i64,
        pub(super) code: String,
    }

    #[derive(Factory)]
    #[factory(model = Org, table = "orgs")]
    #[factory(after_build(|org| org.code.push('!')))]
    pub(super) struct OrgDefinition {
        #[factory(key)]
        id: i64,
        #[factory(value("defined"))]
        code: String,
    }
}

on_both! {
    models_from_elsewhere(db) {
        let org = defined::OrgFactory::new().create(&mut *db).await.unwrap();
        assert_eq!(org, defined::Org { id: 1, code: "defined!".into() });
        let orgs = defined::OrgDefinition::factory().create_batch(&mut *db, 3).await.unwrap();
        assert_eq!((orgs[2].id, orgs[2].code.as_str()), (4, "defined!"));
    }
}
