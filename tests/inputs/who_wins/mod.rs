//! Who decides what an attribute holds: the call, then the later preset, then the earlier one, then the declaration; and
//! that nothing else changes with it. What has to come out is said a second time, by a model that knows no factories.

mod articles;
mod calls;
mod expected;
mod families;
