use manufactory::Factory;

#[derive(Clone)]
struct Email(String);

impl TryFrom<String> for Email {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self(text))
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(as(String))]
    email: Email,
}

fn main() {}
