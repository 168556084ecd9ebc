use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(admin: role = value("admin")))]
#[factory(preset(staff: admn), preset(guest: role), preset(nobody: planet))]
struct User {
    role: String,
}

fn main() {
    User::factory().admin().staff().guest().nobody().build();
}
