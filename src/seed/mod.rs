//! Seeding: a plan of steps, each a factory and a number of rows, carried out in a database or written to files. The same
//! plan and seed give the same rows, whatever was done before.

mod files;
mod pick;
