//! What happens when a row is built, and after it was created; and what remains when that fails.
//!
//! `cargo run --example hooks`

#![allow(dead_code, reason = "most columns are stored, and not read here")]

use manufactory::{AfterCreate, BoxError, Factory, Session};
use sqlx::{Connection, Sqlite, SqliteConnection};
use std::error::Error;

#[derive(Debug, Clone, Factory)]
#[factory(table = "accounts", after_create)]
#[factory(param(password: String = value("secret")), param(deposit: i64 = value(0)))]
#[factory(after_build(|account, password| account.set_password(password)))] // before the insert
#[factory(has_many(entries: EntryFactory, by = account))]
struct Account {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    owner: String,
    #[factory(value(""))]
    password_hash: String,
}

impl Account {
    fn set_password(&mut self, password: &str) {
        self.password_hash = format!("<{} letters>", password.len());
    }
}

#[derive(Debug, Factory)]
#[factory(table = "entries")]
struct Entry {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(AccountFactory))]
    account_id: i64,
    #[factory(value(1))]
    amount: i64,
}

/// After the insert: in the same call, on the same connection, and before the children are made.
impl AfterCreate<Sqlite> for AccountFactory {
    async fn after_create(self, account: &mut Account, db: &mut SqliteConnection) -> Result<(), BoxError> {
        match *self.resolved_deposit() {
            0 => {}
            deposit if deposit < 0 => return Err(format!("{} cannot pay in {deposit}", account.owner).into()),
            deposit => {
                Entry::factory().account(&*account).amount(deposit).create(db).await?;
            }
        }
        Ok(())
    }
}

const SCHEMA: &str = "
    create table accounts (id integer primary key, owner text not null, password_hash text not null);
    create table entries (id integer primary key, account_id integer not null references accounts, amount integer not null);
";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    let _session = Session::seeded(1).enter();

    println!("In memory, and in the database:");
    show(&Account::factory().password("123456").build());
    show(&Account::factory().create(&mut db).await?);

    println!("\nWith a deposit, which the hook pays in, and two entries of its own, made after it:");
    let account = Account::factory().deposit(500).entries(2).create(&mut db).await?;
    show(&account);
    let entries: Vec<(i64, i64)> = sqlx::query_as("select id, amount from entries where account_id = ?")
        .bind(account.id)
        .fetch_all(&mut db)
        .await?;
    for (id, amount) in entries {
        println!("    entry {id}: {amount}");
    }

    println!("\nThree accounts, the hook of one of which fails:");
    println!("  before: {}", rows(&mut db).await?);
    let accounts = Account::factory().times(3).each(|i, account| account.deposit([10, 20, -30][i]));
    if let Err(error) = accounts.create(&mut db).await {
        println!("  error:   {error}\n  because: {}", error.source().map(ToString::to_string).unwrap_or_default());
    }
    println!("  after:  {}", rows(&mut db).await?);
    Ok(())
}

fn show(Account { id, owner, password_hash }: &Account) {
    println!("  account {id} of {owner}, password {password_hash}");
}

async fn rows(db: &mut SqliteConnection) -> Result<String, sqlx::Error> {
    let sql = "select (select count(*) from accounts), (select count(*) from entries)";
    let (accounts, entries): (i64, i64) = sqlx::query_as(sql).fetch_one(db).await?;
    Ok(format!("{accounts} accounts, {entries} entries"))
}
