//! Random, and yet the same on every run: what decides a value, and what does not.
//!
//! `cargo run --example reproducible`

use fake::faker::name::en::Name;
use manufactory::{Factory, Session};
use rand::RngExt;
use std::thread;

#[derive(PartialEq, Factory)]
struct Player {
    #[factory(fake(Name()))]
    name: String,
    #[factory(lazy(|rng| rng.random_range(1..=99)))]
    shirt: u8,
    #[factory(choice(["goal", "defence", "midfield", "attack"]))]
    position: String,
    #[factory(weighted([(9, "fit"), (1, "injured")]))]
    health: String,
    #[factory(maybe(0.3, value("captain")))]
    title: Option<String>,
}

#[derive(Factory)]
struct Referee {
    #[factory(fake(Name()))]
    name: String,
}

fn main() {
    // A test says nothing of all this: its session is its own, seeded by its name and by the environment variable
    // `FACTORY_SEED` (0 unless set; `random` draws one and prints it).
    println!("Seed 42");
    let team = in_session(42, || Player::factory().build_batch(4));
    show(&team);

    println!("\nThe same players?");
    let compare = |what: &str, other: Vec<Player>| {
        println!("  {what:<24} {}", if other == team { "yes" } else { "no" });
    };
    compare("seed 42 again", in_session(42, || Player::factory().build_batch(4)));
    compare("seed 43", in_session(43, || Player::factory().build_batch(4)));
    compare("one by one", in_session(42, || (0..4).map(|_| Player::factory().build()).collect()));
    let thread = thread::spawn(|| in_session(42, || Player::factory().build_batch(4)));
    compare("on another thread", thread.join().unwrap());
    let second = in_session(42, || {
        println!("  ({} has the whistle)", Referee::factory().build().name);
        Player::factory().build_batch(4)
    });
    compare("after a referee", second);

    println!("\nAn override changes nothing else: no number is drawn for it");
    let rename = |i, player: PlayerFactory| if i == 1 { player.name("Kim") } else { player };
    show(&in_session(42, || Player::factory().times(4).each(rename).build()));
}

/// What `make` makes in a session of this seed.
fn in_session<T>(seed: u64, make: impl FnOnce() -> T) -> T {
    let _session = Session::seeded(seed).enter(); // left when the guard goes out of scope
    make()
}

fn show(players: &[Player]) {
    for Player { name, shirt, position, health, title } in players {
        let title = title.as_deref().unwrap_or_default();
        println!("{}", format!("  {shirt:>2}  {name:<22} {position:<9} {health:<8} {title}").trim_end());
    }
}
