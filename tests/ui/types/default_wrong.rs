use manufactory::Memory;

struct Role;

fn main() {
    Memory::new().with_default("users", "role", Role);
}
