use manufactory::Factory;

#[derive(Factory)]
#[factory(param(domain: String = "example.com"))]
#[factory(param(port: u16 = 80, path: String = vaule("/")))]
struct Site {
    #[factory(lazy(|domain, port, path| format!("{domain}:{port}{path}")))]
    url: String,
}

fn main() {
    Site::factory().domain("a.org").port(8080).path("x").build();
}
