use manufactory::Factory;

#[derive(Factory)]
#[factory(param(domain = value("example.com"), secure))]
#[factory(column(tenant = value(1)))]
struct Site {
    #[factory(lazy(|domain, secure| format!("{domain}{secure}")))]
    url: String,
}

fn main() {
    Site::factory().domain("a.org").secure(true).tenant(3).build();
}
