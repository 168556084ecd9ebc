//! `param(name: Type = declaration)`

use manufactory::Factory;

#[derive(Factory)]
#[factory(param(domain: String = value("example.com"), secure: bool))]
#[factory(param(port: Option<u16>))]
struct Site {
    #[factory(lazy(|domain, secure, port| {
        let scheme = if *secure { "https" } else { "http" };
        port.map_or_else(|| format!("{scheme}://{domain}"), |port| format!("{scheme}://{domain}:{port}"))
    }))]
    url: String,
}

#[test]
fn params_are_inputs_that_are_not_in_the_model() {
    assert_eq!(Site::factory().build().url, "http://example.com");
    assert_eq!(Site::factory().domain("a.org").secure(true).port(8080).build().url, "https://a.org:8080");
}
