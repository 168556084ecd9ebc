//! Unique values: the number of a row, where it starts, and what moves it on.
//!
//! `cargo run --example sequences`

use manufactory::{Factory, Session};

#[derive(Factory)]
struct Invoice {
    #[factory(sequence)] // the number itself: 0, 1, 2, ..
    position: u32,
    #[factory(sequence(|n| format!("INV-{:05}", n + 1)))]
    code: String,
    #[factory(format("invoices/{code}.pdf"))] // from another attribute
    file: String,
    #[factory(lazy(|n| 14 * (n + 1)))] // from the number, and from other attributes if need be
    due_in_days: u64,
}

#[derive(Factory)]
struct Reminder {
    #[factory(format("REM-{n}"))]
    code: String,
}

fn main() {
    // Numbers start at 0 in each session that is entered. Without one they are unique in the whole process, because
    // tests that run at the same time may share a database.
    let _session = Session::seeded(1).enter();

    println!("All attributes of a row see the same number:");
    for invoice in Invoice::factory().build_batch(2) {
        show(&invoice);
    }

    println!("\nA row takes its number even if the sequence is overridden:");
    show(&Invoice::factory().code("GIFT").build());
    show(&Invoice::factory().build());

    println!("\nEvery factory counts for itself:");
    println!("  {}", Reminder::factory().build().code);

    println!("\nA session within counts from 0 again,");
    {
        let _session = Session::seeded(1).enter();
        show(&Invoice::factory().build());
    }
    println!("and after it the first one goes on:");
    show(&Invoice::factory().build());
}

fn show(Invoice { position, code, file, due_in_days }: &Invoice) {
    println!("  {position}  {code:<9}  {file:<22}  due in {due_in_days} days");
}
