//! What holds for all factories: order, numbers, randomness, sessions, threads, memory.

#![allow(dead_code, reason = "models are built, not always read")]

mod allocation;
mod batch;
mod clock;
mod golden;
mod not_send;
mod order;
mod processes;
mod randomness;
mod runners;
mod threads;
